"""One ruler of scores: now (a bar), expected (a dot in its 80 % range), best reachable (a diamond)."""

from dataclasses import dataclass

from dash import html

from components.score_scale import Grades, Scale, limit_text, limits, score_text

BEST_WORD = "terbaik kini"  # from the reports there are; new ones in time can lift the expected score above it


@dataclass(frozen=True)
class Ruler:
    """Unrounded scores, None for what is not known. `low` and `high` are the 80 % range of `expected`."""

    grades: Grades
    now: float | None
    low: float | None = None
    expected: float | None = None
    high: float | None = None
    best: float | None = None
    now_word: str = "sekarang"


def ruler(scores: Ruler) -> html.Div:
    """The ruler with its labels: limits above, now and best below, expected under them, so that none meets another."""
    scale = scale_of(scores)
    marks = [_mark("now", scores.now, scale), _mark("exp", scores.expected, scale), _mark("best", scores.best, scale)]
    track = html.Div([*_bands(scores.grades, scale), _range(scores, scale), *marks], className="track")
    rows = [
        html.Div(_limit_labels(scores.grades, scale), className="lab"),
        track,
        html.Div(
            [
                _label("now", scores.now_word, scores.now, scores, scale),
                _label("best", BEST_WORD, scores.best, scores, scale),
            ],
            className="lab",
        ),
        html.Div(_label("exp", "perkiraan", scores.expected, scores, scale), className="lab"),
    ]
    return html.Div(rows, className="ruler", role="img", **{"aria-label": _sentence(scores)})


def scale_of(scores: Ruler) -> Scale:
    """From half a grade below the second limit to as far above the first; lower from the limit below the lowest score.

    With the limits 85 and 75 that is 70 to 95.
    """
    first, second = list(limits(scores.grades).values())[:2]
    shown = [value for value in (scores.now, scores.expected, scores.low, scores.best) if value is not None]
    low, high = second - (first - second) / 2, first + (first - second)
    lowest, highest = min(shown, default=low), max([*shown, scores.high or 0])
    if lowest < low:
        low = max((limit for limit in limits(scores.grades).values() if limit <= lowest), default=0.0)
    return Scale(low, high if highest <= high else 100.0)


def _bands(grades: Grades, scale: Scale) -> list[html.Span]:
    """One box per grade in view, the best tinted."""
    best = next(iter(grades))
    edges = {letter: scale.percent(limit) for letter, limit in limits(grades).items() if limit > scale.low}
    return [
        html.Span(className="bd a" if letter == best else "bd", style={"left": f"{left}%"})
        for letter, left in edges.items()
        if left < 100
    ]


def _limit_labels(grades: Grades, scale: Scale) -> list[html.Span]:
    """'A mulai 85'; on a long ruler, where limits stand close, 'A 85'."""
    inside = {letter: limit for letter, limit in limits(grades).items() if scale.low < limit < scale.high}
    between = html.I(" mulai") if len(inside) < 3 else None
    return [
        html.Span(
            [letter, between, f" {limit_text(limit)}"], style={"left": f"{scale.percent(limit)}%"}, className="lim"
        )
        for letter, limit in inside.items()
    ]


def _range(scores: Ruler, scale: Scale) -> html.Span | None:
    if scores.low is None or scores.high is None:
        return None
    left, right = scale.percent(scores.low), scale.percent(scores.high)
    return html.Span(className="rng", style={"left": f"{left}%", "width": f"{right - left:g}%"})


def _mark(name: str, value: float | None, scale: Scale) -> html.Span | None:
    return None if value is None else html.Span(className=f"at {name}", style={"left": f"{scale.percent(value)}%"})


def _label(name: str, word: str, value: float | None, scores: Ruler, scale: Scale) -> html.Span | None:
    """CSS keeps it inside the ruler and apart from its neighbour, whatever the width."""
    if value is None:
        return None
    text = [f"{word} ", html.B(score_text(value, scores.grades))]
    return html.Span(text, className=name, style={"--x": f"{scale.percent(value)}%"})


def _sentence(scores: Ruler) -> str:
    named = ((scores.now_word, scores.now), ("perkiraan", scores.expected), (BEST_WORD, scores.best))
    known = ", ".join(f"{word} {score_text(value, scores.grades)}" for word, value in named if value is not None)
    letter, limit = next(iter(limits(scores.grades).items()))
    return f"Skala nilai: {known}; batas {letter} {limit_text(limit)}"
