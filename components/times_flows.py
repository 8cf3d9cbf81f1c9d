"""Who passes reports to whom: a matrix; and the reports that were passed on most."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html

from components.formats import DASH, integer

SHADES_FROM = (1, 10, 50, 200, 1000)  # reports: the shades are fixed, so that months compare


@dataclass(frozen=True)
class PassedRow:
    """A report that was passed on `count` times. `way`: names of its holders in order; `hours` since entry."""

    number: str
    href: str
    count: int
    returned_count: int
    category: str
    place: str
    state: str
    way: tuple[str, ...]


def passed_list(rows: Sequence[PassedRow]) -> html.Ol:
    """The most passed-on reports, the way of each under it."""
    return html.Ol([_passed(row) for row in rows], className="passed")


def _passed(row: PassedRow) -> html.Li:
    way = [part for name in row.way for part in (html.I(" → "), html.Span(name))][1:]
    returned = html.Span(f", {row.returned_count} kali kembali", className="t2") if row.returned_count else None
    return html.Li(
        [
            html.B(f"{row.count} kali"),
            html.Div(
                [
                    dcc.Link(row.number, href=row.href, className="num"),
                    html.Span([" ", row.category, html.Span(f" {row.place}", className="t2"), returned]),
                    html.Div(way, className="way"),
                ]
            ),
            html.Span(row.state, className="t2"),
        ]
    )


@dataclass(frozen=True)
class FlowCell:
    """Reports that went one way, and how many of them back to a unit that had held them."""

    count: int
    returned_count: int
    href: str
    chosen: bool = False


def flows_matrix(parties: Sequence[str], cells: Sequence[Sequence[FlowCell]], caption: str) -> html.Table:
    """Rows give, columns take."""
    heads = [html.Th(html.Span(name), scope="col") for name in parties]
    return html.Table(
        [
            html.Caption(caption),
            html.Thead(html.Tr([html.Td("dari ↓ ke →", className="corner"), *heads])),
            html.Tbody(
                [
                    html.Tr(
                        [
                            html.Th(name, scope="row"),
                            *(_cell(name, to, cell) for to, cell in zip(parties, row, strict=True)),
                        ]
                    )
                    for name, row in zip(parties, cells, strict=True)
                ]
            ),
        ],
        className="flows",
    )


def _cell(source: str, target: str, cell: FlowCell) -> html.Td:
    if not cell.count:
        return html.Td(DASH, className="none")
    words = f"Dari {source} ke {target}: {integer(cell.count)} laporan"
    if cell.returned_count:
        words += f", {integer(cell.returned_count)} di antaranya kembali ke unit yang pernah memegang"
    shade = sum(cell.count >= least for least in SHADES_FROM)
    data = {"data-stay": "", "aria-label": words}
    link = html.A(integer(cell.count), href=cell.href, title=words, **data)
    back = html.I(className="back", **{"aria-hidden": "true"}) if cell.returned_count else None
    return html.Td([link, back], className=f"s{shade}{' on' if cell.chosen else ''}")
