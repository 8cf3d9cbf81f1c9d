"""A horizontal waterfall: from one score to another by causes, in their own order. The scale is cut and says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from dash import dcc, html

from components.formats import DASH
from components.rounding import as_hundredths, points, signed_points

MARGIN = 0.04  # of the span of the scale, so that no bar touches its edge
FULL = 100_00  # hundredths: no score is beyond
NARROWEST = 20  # hundredths: a smaller move fills no more than its part of the line


@dataclass(frozen=True)
class Cause:
    """One reason: its sentence, the points (hundredths), and what its words open: a list here, or another page."""

    words: str
    points: int
    href: str | None = None
    stays: bool = True


@dataclass(frozen=True)
class End:
    """A score before or after: when, and its figure as the screen shows it; None without a score, which counts as 0."""

    words: str
    shown: str | None

    @property
    def value(self) -> int:
        """Hundredths."""
        return 0 if self.shown is None else as_hundredths(self.shown)


def waterfall(start: End, causes: Sequence[Cause], end: End) -> html.Ol:
    """The rows, from `start` to `end`; the causes add up to their difference."""
    levels = list(accumulate((cause.points for cause in causes), initial=start.value))
    low, high = scale_of(start, causes)
    rows = [
        _cause(cause, _position(min(pair), low, high), _position(max(pair), low, high))
        for cause, pair in zip(causes, pairwise(levels), strict=True)
    ]
    ends = (_end(start, low, high), _end(end, low, high))
    return html.Ol([ends[0], *rows, ends[1]], className="wf", **{"aria-label": _spoken(start, causes, end)})


def scale_of(start: End, causes: Sequence[Cause]) -> tuple[float, float]:
    """(lowest, highest) of the scale in hundredths, with a margin; never so narrow that a trifle fills it."""
    levels = list(accumulate((cause.points for cause in causes), initial=start.value))
    span = max(max(levels) - min(levels), NARROWEST)
    return max(min(levels) - span * MARGIN, 0), min(min(levels) + span * (1 + MARGIN), FULL)


def scale_words(start: End, causes: Sequence[Cause]) -> str:
    """'Skala poin 82,34 sampai 84,16.'"""
    low, high = scale_of(start, causes)
    return f"Skala poin {points(round(low))} sampai {points(round(high))}."


def _position(value: int, low: float, high: float) -> float:
    return (value - low) / (high - low)


def _end(end: End, low: float, high: float) -> html.Li:
    mark = html.Span(className="tot", style={"left": f"{_position(end.value, low, high):.2%}"})
    figure = html.B(end.shown or DASH)
    return html.Li([html.Span(end.words), html.Span(mark, className="wb"), figure], className="end")


def _cause(cause: Cause, left: float, right: float) -> html.Li:
    kind = "neg" if cause.points < 0 else "pos"
    bar = html.Span(className=kind, style={"left": f"{left:.2%}", "width": f"{right - left:.2%}"})
    return html.Li([_words(cause), html.Span(bar, className="wb"), html.B(signed_points(cause.points))])


def _words(cause: Cause):
    if cause.href is None:
        return html.Span(cause.words)
    if not cause.stays:
        return dcc.Link(cause.words, href=cause.href, className="num")
    return html.Span(html.A(cause.words, href=cause.href, className="num", **{"data-stay": ""}))


def _spoken(start: End, causes: Sequence[Cause], end: End) -> str:
    moves = ", ".join(f"{cause.words} {signed_points(cause.points)}" for cause in causes) or "tidak ada perubahan"
    return f"{start.words}: {start.shown or 'belum ada nilai'}; {moves}; {end.words}: {end.shown or 'belum ada nilai'}"
