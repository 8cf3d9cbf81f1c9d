"""The five figures over the desk: what waits, what drops, what is due, and what changed since the last check."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html

from components.formats import integer
from components.number_link import maybe_link

WIDTH_OF_WORDS = 0.25  # of the whole bar


@dataclass(frozen=True)
class Figure:
    """`href` opens the list of `count` reports, or narrows the desk when `stays`; `context` is the line below."""

    title: str
    count: int
    context: str
    href: str | None = None
    stays: bool = False
    alarm: bool = False


@dataclass(frozen=True)
class Flow:
    """What became of the reports that waited at the last check: then `handled` + `still`, now `still` + `new`.

    Each `..._href` narrows the desk to those reports; `sentence` is the line below.
    """

    since: str
    before_clock: str
    now_clock: str
    handled: int
    handled_href: str
    still: int
    still_href: str
    new: int
    new_href: str
    sentence: list


def strip(figures: Sequence[Figure], flow: Flow | None, no_flow: str) -> list:
    """The figures in their order, the first one large; `no_flow` says why there is no comparison."""
    cells = [_figure(figure, first=place == 0) for place, figure in enumerate(figures)]
    return [*cells, _flow(flow) if flow else html.Div([html.H2("Berubah"), html.P(no_flow)], className="flow")]


def _figure(figure: Figure, first: bool) -> html.Div:
    mark = [html.Span("◆", className="w24", **{"aria-hidden": "true"}), " "] if figure.alarm and figure.count else []
    return html.Div(
        [
            html.H2([*mark, figure.title]),
            html.Span(_number(figure), className="big"),
            html.P(figure.context),
        ],
        className="k main" if first else "k",
    )


def _number(figure: Figure):
    text = integer(figure.count)
    if figure.stays and figure.count:
        return html.A(text, href=figure.href, className="to-list", **{"data-stay": ""})
    return maybe_link(text, figure.href, figure.count)


def _flow(flow: Flow) -> html.Div:
    """Two bars on one scale. What was handled begins at the left, what is new ends at the right: CSS holds both."""
    total = max(flow.handled + flow.still + flow.new, 1)
    handled, still = flow.handled / total, flow.still / total
    middle = {"left": f"{handled:.2%}", "width": f"{still:.2%}"}
    still_words = f"{integer(flow.still)} masih"
    first = [
        _bar("fd", handled, f"{integer(flow.handled)} ditindaklanjuti", flow.handled_href),
        _bar("fs", still, still_words, flow.still_href, middle),
    ]
    second = [
        html.Span(_fitting(still_words, still), className="fs", style=middle) if still else None,
        _bar("fn", flow.new / total, f"{integer(flow.new)} baru", flow.new_href),
    ]
    return html.Div(
        [
            html.H2(f"Berubah sejak {flow.since}"),
            _line(flow.before_clock, first, flow.handled + flow.still),
            _line(flow.now_clock, second, flow.still + flow.new),
            html.P(flow.sentence),
        ],
        className="flow",
    )


def _line(clock: str, bars: list, count: int) -> html.Div:
    return html.Div(
        [html.Span(clock, className="t2"), html.Div(bars, className="fb"), html.B(integer(count), className="r")],
        className="fl",
    )


def _bar(kind: str, share: float, words: str, href: str, place: dict[str, str] | None = None):
    """A part of a bar; a click narrows the desk to its reports."""
    if not share:
        return None
    rest = {"aria-label": words, "data-stay": ""}
    place = place or {"width": f"{share:.2%}"}
    return html.A(_fitting(words, share), href=href, className=kind, title=words, style=place, **rest)


def _fitting(words: str, share: float) -> str:
    """Where words do not fit the number stands alone."""
    return words if share >= WIDTH_OF_WORDS else words.split()[0]
