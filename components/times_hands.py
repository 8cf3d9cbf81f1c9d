"""In whose hands the hours were spent: a bar of shares per group of reports, the hours in figures beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html

from components.formats import decimal, integer, percent

LABELS = {
    "kelurahan": "Kelurahan",
    "wilayah": "Kecamatan, kota",
    "sudin": "Sudin, suban",
    "dinas": "Dinas, badan, biro",
    "lain": "Unit lain",
    "validasi": "Menunggu validasi",
    "tak_tercatat": "Tak tercatat",
}
LABEL_FROM_SHARE = 0.08  # a part of the bar narrower than this carries no figure


@dataclass(frozen=True)
class HandsRow:
    """A group of finished reports; `hours` mean per report and `shares` 0-1, by the keys of LABELS."""

    name: str
    count: int
    href: str
    hours: dict[str, float]
    shares: dict[str, float]


def hands_table(rows: Sequence[HandsRow], caption: str) -> html.Table:
    """Only kinds of holders that had any hours get a column."""
    kinds = [kind for kind in LABELS if any(row.hours[kind] >= 0.05 for row in rows)]
    heads = [html.Th([html.I(className=f"swatch h-{kind}"), LABELS[kind]], scope="col") for kind in kinds]
    head = [html.Th("Lama", scope="col"), html.Th("Laporan", scope="col"), html.Th("Bagian jam, %", scope="col")]
    return html.Table(
        [
            html.Caption(caption),
            html.Thead(html.Tr([*head, *heads])),
            html.Tbody([_row(row, kinds) for row in rows]),
        ],
        className="hands",
    )


def _row(row: HandsRow, kinds: Sequence[str]) -> html.Tr:
    return html.Tr(
        [
            html.Th(row.name, scope="row"),
            html.Td(dcc.Link(integer(row.count), href=row.href, className="num")),
            html.Td(_bar(row, kinds), className="c-batang"),
            *(html.Td([html.Em(LABELS[kind]), decimal(row.hours[kind])]) for kind in kinds),
        ]
    )


def _bar(row: HandsRow, kinds: Sequence[str]) -> html.Div:
    return html.Div([_part(kind, row.shares[kind]) for kind in kinds if row.shares[kind]], className="parts100")


def _part(kind: str, share: float) -> html.Span:
    words = percent(share, 0)
    label = words if share >= LABEL_FROM_SHARE else ""
    style = {"width": f"{100 * share:.2f}%"}
    return html.Span(label, className=f"h-{kind}", style=style, title=f"{LABELS[kind]}: {words}%")
