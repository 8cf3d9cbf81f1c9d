"""What came in and what was closed, day by day: two bars per day from zero, each a link to its reports."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html

from components.formats import integer

TICKS = 2  # lines beside zero


@dataclass(frozen=True)
class Day:
    """One day: its name in words, whether it is named on the axis, counts and the lists behind them."""

    words: str
    named: bool
    entered_count: int
    closed_count: int
    entered_href: str
    closed_href: str


def day_bars(days: Sequence[Day]) -> html.Div:
    """The chart; the days are one scale from zero to the highest bar, rounded up."""
    top = ceiling(max((max(day.entered_count, day.closed_count) for day in days), default=0))
    lines = [_line(top, step) for step in range(TICKS + 1)]
    columns = [html.Div([_bar(day, top), html.Small(day.words if day.named else "")], className="d") for day in days]
    return html.Div([html.Div(lines, className="ax"), html.Div(columns, className="ds")], className="io")


def _line(top: int, step: int) -> html.Span:
    return html.Span(integer(top * step // TICKS), style={"bottom": f"{step / TICKS:.0%}"})


def ceiling(count: int) -> int:
    """The next round number that is even: 347 -> 400, 12 -> 20, 0 -> 2."""
    if count < 2:
        return 2
    step = 10 ** (len(str(count)) - 1)
    return -(-count // step) * step if step > 1 else count + count % 2


def _bar(day: Day, top: int) -> html.Div:
    entered = f"{day.words}: {integer(day.entered_count)} masuk"
    closed = f"{day.words}: {integer(day.closed_count)} selesai"
    bars = [
        _link("in", entered, day.entered_href, day.entered_count / top),
        _link("out", closed, day.closed_href, day.closed_count / top),
    ]
    return html.Div(bars, className="b")


def _link(class_name: str, words: str, href: str, share: float) -> html.A:
    height = {"height": f"{share:.1%}"}
    return html.A(href=href, className=class_name, title=words, style=height, **{"aria-label": words})


def legend() -> html.P:
    """Which bar is which."""
    return html.P([html.I(className="in"), "masuk ", html.I(className="out"), "selesai"], className="io-key")
