"""Two tables of channels and categories: reports with a point, and the pace against the months before."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html

from components.formats import decimal, integer, percent


@dataclass(frozen=True)
class PointsRow:
    """Reports of a channel, and those with a point in Jakarta; each with the list behind it."""

    name: str
    count: int
    located_count: int
    href: str | None
    located_href: str | None


@dataclass(frozen=True)
class TrendRow:
    """Reports a day now and before. `ratio` 1.0 is the same pace. `strong`: more than chance explains."""

    name: str
    count: int
    href: str | None
    per_day: float
    per_day_before: float
    ratio: float
    strong: bool


def points_table(rows: Sequence[PointsRow], caption: str) -> html.Table:
    """Channels by the share that has a point."""
    heads = [html.Th(words, scope="col") for words in ("Kanal", "Laporan", "Bertitik", "Bagian, %")]
    body = [
        html.Tr(
            [
                html.Th(row.name, scope="row"),
                html.Td(_number(row.count, row.href)),
                html.Td(_number(row.located_count, row.located_href)),
                html.Td(_share(row.located_count / row.count), className="c-batang"),
            ]
        )
        for row in rows
    ]
    return html.Table([html.Caption(caption), html.Thead(html.Tr(heads)), html.Tbody(body)], className="chan")


def trends_table(rows: Sequence[TrendRow], caption: str, before: str) -> html.Table:
    """Categories by their pace against the months before; the middle of the bar is the same pace."""
    words = ("Kategori", "Laporan", "Per hari", before, "Perubahan, %")
    heads = [html.Th(word, scope="col") for word in words]
    reach = max((abs(row.ratio - 1) for row in rows), default=1.0) or 1.0
    body = [html.Tr(_trend(row, reach), className="strong" if row.strong else None) for row in rows]
    return html.Table([html.Caption(caption), html.Thead(html.Tr(heads)), html.Tbody(body)], className="chan")


def _trend(row: TrendRow, reach: float) -> list:
    return [
        html.Th(row.name, scope="row"),
        html.Td(_number(row.count, row.href)),
        html.Td(decimal(row.per_day)),
        html.Td(decimal(row.per_day_before), className="t2"),
        html.Td(_change(row, reach), className="c-batang"),
    ]


def _change(row: TrendRow, reach: float) -> html.Div:
    change = row.ratio - 1
    width = 50 * abs(change) / reach
    left = 50 if change >= 0 else 50 - width
    sign = "+" if change > 0 else ""
    bar = html.I(style={"left": f"{left:.1f}%", "width": f"{width:.1f}%"}, className="up" if change > 0 else "down")
    return html.Div(
        [html.Span([bar], className="axis"), html.B(f"{sign}{decimal(100 * change, 0)}")], className="change"
    )


def _share(share: float) -> html.Div:
    bar = html.I(style={"width": f"{100 * share:.1f}%"})
    return html.Div([html.Span([bar], className="axis"), html.B(percent(share))], className="share")


def _number(count: int, href: str | None):
    return dcc.Link(integer(count), href=href, className="num") if href and count else integer(count)
