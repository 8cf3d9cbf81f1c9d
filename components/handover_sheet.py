"""The hand-over sheet as it is read, printed and copied: a few short parts, each with its count."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html

from components.formats import integer
from components.report_list import report_href
from components.states import empty


@dataclass(frozen=True)
class Part:
    """`rows`: cells per column of `head`, words first, the `numbers` last columns right; `nothing` is said without
    rows; `more`: what is said of those that are not shown."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple]
    nothing: str
    numbers: int = 0
    more: object = None


def sheet(parts: Sequence[Part], figures: Sequence[tuple], ends: Sequence[tuple[str, str]]) -> list:
    """Figures first, then the parts, then what is written below: (class, words)."""
    cells = [html.Div([html.Dt(words), html.Dd(number)]) for words, number in figures]
    below = [html.P(words, className=class_name) for class_name, words in ends]
    return [html.Dl(cells, className="ho-figs"), *(_part(part) for part in parts), *below]


def unfolded(numbers: Sequence[str]) -> html.Details | str:
    """How many reports, and on request which: each opens its own history."""
    if not numbers:
        return integer(0)
    links = [html.A(number, href=report_href(number), className="num", **{"data-page": ""}) for number in numbers]
    return html.Details([html.Summary(integer(len(numbers)), className="num"), html.Div(links)], className="ho-which")


def _part(part: Part) -> html.Section:
    if not part.rows:
        return html.Section([html.H3(part.title), empty(part.nothing)], className="ho-part")
    first_number = len(part.head) - part.numbers
    kinds = ["r" if column >= first_number else "" for column in range(len(part.head))]
    head = [html.Th(title, scope="col", className=kind) for title, kind in zip(part.head, kinds, strict=True)]
    rows = [html.Tr([html.Th(row[0], scope="row"), *_cells(row, part.head, kinds)]) for row in part.rows]
    caption = html.Caption(part.title, className="only-spoken")
    table = html.Table([caption, html.Thead(html.Tr(head)), html.Tbody(rows)])
    more = [html.P(part.more, className="t2 xs")] if part.more else []
    return html.Section([html.H3(part.title), table, *more], className="ho-part")


def _cells(row: tuple, head: tuple[str, ...], kinds: list[str]) -> list[html.Td]:
    """Each says its column where a narrow screen shows no head."""
    told = list(zip(row, head, kinds, strict=True))[1:]
    return [html.Td(cell, className=kind, **{"data-head": title}) for cell, title, kind in told]
