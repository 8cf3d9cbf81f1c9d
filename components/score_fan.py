"""The score up to the cut-off: measured days as ink, the forecast as a fan of two bands around its median."""

from dataclasses import dataclass
from datetime import datetime

from dash import html

from components.formats import day_month
from components.grade_mark import grade_mark
from components.score_fan_axis import days_axis
from components.score_fan_days import day_strips, fan_table
from components.score_fan_labels import end_labels
from components.score_scale import Grades, Point, Scale, area, limit_text, limits, line, score_text

Bands = tuple[float, float, float, float, float]  # P10 P25 P50 P75 P90
LEAST_POINTS = 14  # of the axis, so that a quiet month does not look wild
MARGIN_SHARE = 0.14  # of the axis above and below what is drawn: there stand words
TURN_PERCENT = 50  # beyond it words stand at the left of what they name
NOW_TURN_PERCENT = 28  # room for the words of the last point
RECENT_DAYS = 6


@dataclass(frozen=True)
class Fan:
    """Unrounded scores at aware instants from `begins` to `ends` (the cut-off).

    `measured` ends with the score now; `fan` begins with it and is empty without a forecast, `plan` is the median with
    the plan. `previous` is the month before, moved to the days of this one. `entry_ends`: when no new report joins.
    """

    grades: Grades
    begins: datetime
    ends: datetime
    entry_ends: datetime
    measured: list[tuple[datetime, float]]
    fan: list[tuple[datetime, Bands]]
    plan: list[tuple[datetime, float]]
    previous: list[tuple[datetime, float]]
    previous_name: str
    closed: bool = False


def score_fan(chart: Fan) -> html.Div:
    """The chart with its axis, its direct labels, what each day says on hover, and the forecast as a spoken table."""
    scale = scale_of(chart)
    drawn = html.Div(
        [*_ground(chart, scale), *_lines(chart, scale), *_now(chart, scale), *day_strips(chart)], className="ar"
    )
    plot = [_limit_labels(chart, scale), drawn, end_labels(chart, scale)]
    body = [
        html.Div(plot, className="plot", role="img", **{"aria-label": _sentence(chart)}),
        days_axis(chart),
        html.Div(fan_table(chart), className="only-spoken"),
    ]
    return html.Div(body, className="fan-chart")


def scale_of(chart: Fan) -> Scale:
    """What is measured and expected with the best grade's limit, at least 14 points, and room for words."""
    values = [value for _, value in chart.measured + chart.plan]
    values += [bands[place] for _, bands in chart.fan for place in (0, 4)]
    values += [value for _, value in chart.previous[-1:]]
    best = next(iter(limits(chart.grades).values()))
    low, high = min([*values, best]), max([*values, best])
    missing = max(LEAST_POINTS - (high - low), 0)
    low, high = low - missing / 2, high + missing / 2
    return Scale(low - MARGIN_SHARE * (high - low), high + MARGIN_SHARE * (high - low))


def from_left(chart: Fan, at: datetime) -> float:
    """Place of an instant, 0 to 100 percent of the axis of days."""
    share = (at - chart.begins) / (chart.ends - chart.begins)
    return round(100 * min(max(share, 0.0), 1.0), 2)


def _ground(chart: Fan, scale: Scale) -> list:
    """The zone of the best grade, the limits, and where new reports end."""
    best, top = next(iter(limits(chart.grades).items()))
    zone = html.I(className="zone", style={"height": f"{scale.from_top(top):g}%"})
    rules = [
        html.I(
            className=f"limit gr-{letter.lower()}" + (" best" if letter == best else ""),
            style={"top": f"{scale.from_top(limit):g}%"},
        )
        for letter, limit in limits(chart.grades).items()
        if scale.low < limit < scale.high
    ]
    return [zone, *rules, *_entry_end(chart)]


def _entry_end(chart: Fan) -> list:
    left = from_left(chart, chart.entry_ends)
    if not 0 < left < 100 or (chart.measured and chart.measured[-1][0] >= chart.entry_ends):
        return []
    side = " before" if left > TURN_PERCENT else ""
    place = {"left": f"{left:g}%"}
    words = html.Span("laporan baru berhenti", className=f"an{side}", style=place)
    return [html.I(className="rule end", style=place), words]


def _lines(chart: Fan, scale: Scale) -> list:
    def path(series) -> list[Point]:
        return [(from_left(chart, at), scale.from_top(value)) for at, value in series]

    def quantile(place: int) -> list[Point]:
        return path([(at, bands[place]) for at, bands in chart.fan])

    drawn = []
    if len(chart.previous) > 1:
        drawn.append(line(path(chart.previous), "before", 1.25, "0 4"))
    if chart.fan:
        drawn += [area(quantile(4), quantile(0), "f80"), area(quantile(3), quantile(1), "f50")]
        drawn.append(line(quantile(2), "median", 2.5))
    if chart.plan:
        drawn.append(line(path(chart.plan), "planned", 1.5, "6 4"))
    if len(chart.measured) > 1:
        drawn.append(line(path(chart.measured), "ink", 2))
    return drawn


def _now(chart: Fan, scale: Scale) -> list:
    """The last measured point with its words; they stand where the line did not come from."""
    if not chart.measured:
        return []
    at, value = chart.measured[-1]
    left = from_left(chart, at)
    side = "left" if left > NOW_TURN_PERCENT else "right"
    height = "up" if _clear_above(chart, side) else "down"
    place = {"left": f"{left:g}%", "top": f"{scale.from_top(value):g}%"}
    word = "nilai akhir " if chart.closed else "sekarang "
    words = html.Span(
        [word, html.B(score_text(value, chart.grades))],
        className=f"an now {side} {height}",
        style=place,
    )
    rule = [] if chart.closed else [html.I(className="rule", style={"left": f"{left:g}%"})]
    return [*rule, html.I(className="pt", style=place), words]


def _clear_above(chart: Fan, side: str) -> bool:
    """Whether the line at that side of the last point is below it: measured days at its left, the fan at its right."""
    value = chart.measured[-1][1]
    if side == "left":
        beside = [score for _, score in chart.measured[-RECENT_DAYS:]]
    else:
        beside = [bands[2] for _, bands in chart.fan[:2]] or [value]
    return value >= sum(beside) / len(beside)


def _limit_labels(chart: Fan, scale: Scale) -> html.Div:
    """At the left of the chart, clear of every line: the letter at its limit."""
    marks = [
        html.Span([grade_mark(letter, "small"), limit_text(limit)], style={"top": f"{scale.from_top(limit):g}%"})
        for letter, limit in limits(chart.grades).items()
        if scale.low < limit < scale.high
    ]
    return html.Div(marks, className="ll")


def _sentence(chart: Fan) -> str:
    words = [f"Nilai dari {day_month(chart.begins)} sampai cut-off"]
    if chart.measured:
        words.append(f"sekarang {score_text(chart.measured[-1][1], chart.grades)}")
    if chart.fan:
        low, _, middle, _, high = (score_text(value, chart.grades) for value in chart.fan[-1][1])
        words.append(f"perkiraan saat cut-off {middle}, delapan dari sepuluh kemungkinan antara {low} dan {high}")
    if chart.plan:
        words.append(f"dengan rencana {score_text(chart.plan[-1][1], chart.grades)}")
    return ", ".join(words) + "."
