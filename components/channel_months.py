"""Reports by month: a row per channel or category, a column per month, shaded against the row's own mean."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html

from components.formats import DASH, integer

SHADES_FROM = (0.75, 1.15, 1.3, 1.6)  # times the mean of the months that have reports
FEW_REPORTS = 30  # a month: of fewer, the ups and downs are chance, and are not shaded


@dataclass(frozen=True)
class MonthsRow:
    """Counts by month, oldest first; `hrefs` the lists behind them, None where no list means the same reports."""

    name: str
    counts: Sequence[int]
    hrefs: Sequence[str | None]
    total: bool = False


def months_table(months: Sequence[tuple[str, str | None, bool]], rows: Sequence[MonthsRow], caption: str, first: str):
    """`months` are (words, href that chooses it or None, chosen)."""
    heads = [
        html.Th(
            html.A(words, href=href, **{"data-stay": ""}) if href else words,
            scope="col",
            className="on" if chosen else None,
        )
        for words, href, chosen in months
    ]
    return html.Table(
        [
            html.Caption(caption),
            html.Thead(html.Tr([html.Th(first, scope="col"), *heads])),
            html.Tbody([_row(row) for row in rows]),
        ],
        className="cm",
    )


def _row(row: MonthsRow) -> html.Tr:
    there = [count for count in row.counts if count]
    mean = sum(there) / len(there) if there else 0
    cells = [_cell(count, href, mean) for count, href in zip(row.counts, row.hrefs, strict=True)]
    return html.Tr([html.Th(row.name, scope="row"), *cells], className="total" if row.total else None)


def _cell(count: int, href: str | None, mean: float) -> html.Td:
    if not count:
        return html.Td(DASH, className="none")
    words = integer(count)
    shade = sum(count >= share * mean for share in SHADES_FROM) if mean >= FEW_REPORTS else 1
    return html.Td(dcc.Link(words, href=href, className="num") if href else words, className=f"s{shade}")
