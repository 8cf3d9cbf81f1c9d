"""The labels at the right end of the fan: in the order of their values, never on top of each other."""

from dash import html

from components.score_scale import Grades, Scale, line, score_text

APART_PERCENT = 4.4  # 14 px of the lowest chart (CSS: 320 px)
LEADER_PERCENT = 0.6  # a label that stands further from its value has a line to it


def end_labels(chart, scale: Scale) -> html.Div:
    """Labels of `chart` (a Fan): the P90, the plan, the median, P10, and the month before where they end."""
    found = sorted(_ends(chart), key=lambda end: -end[0])
    true = [scale.from_top(value) for value, _, _ in found]
    anchor = next((place for place, end in enumerate(found) if end[1] == "tengah"), 0)
    placed = spread(true, anchor)
    words = [_label(*end, top, chart.grades) for end, top in zip(found, placed, strict=True)]
    return html.Div([_leaders(true, placed), *words], className="rl")


def spread(tops: list[float], anchor: int) -> list[float]:
    """Places (percent from the top, rising) pushed outward from the one at `anchor` until they stand apart.

    If that would push one beyond the edge of the chart, the whole row moves back inside.
    """
    placed = list(tops)
    for index in range(anchor + 1, len(placed)):
        placed[index] = max(placed[index], placed[index - 1] + APART_PERCENT)
    for index in range(anchor - 1, -1, -1):
        placed[index] = min(placed[index], placed[index + 1] - APART_PERCENT)
    for index in range(len(placed) - 1, -1, -1):
        placed[index] = min(placed[index], 100 - APART_PERCENT * (len(placed) - 1 - index))
    for index in range(len(placed)):
        placed[index] = max(placed[index], APART_PERCENT * index)
    return [round(top, 2) for top in placed]


def _ends(chart) -> list[tuple[float, str, str]]:
    """(value, word, class) of what ends at the cut-off."""
    ends = []
    if chart.fan:
        low, _, middle, _, high = chart.fan[-1][1]
        ends += [(high, "P90", ""), (middle, "tengah", "strong"), (low, "P10", "")]
    if chart.plan:
        ends.append((chart.plan[-1][1], "dgn rencana", "strong"))
    if chart.previous:
        ends.append((chart.previous[-1][1], chart.previous_name, "quiet"))
    return ends


def _label(value: float, word: str, class_name: str, top: float, grades: Grades) -> html.Span:
    return html.Span(
        [html.B(score_text(value, grades)), html.Em(word)], className=class_name, style={"top": f"{top:g}%"}
    )


def _leaders(true: list[float], placed: list[float]) -> html.Div | None:
    moved = [(a, b) for a, b in zip(true, placed, strict=True) if abs(a - b) > LEADER_PERCENT]
    if not moved:
        return None
    points = [point for a, b in moved for point in ((0.0, a), (100.0, b), None)]
    return html.Div(line(points, "lead-line", 1), className="leaders")
