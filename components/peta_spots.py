"""The list of hot spots: number as on the map, where, what drives it, twelve weeks, how far above usual, who waits."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html

from components.formats import decimal, integer
from components.marks import waiting_mark
from components.states import empty

DRIVING_COUNT = 2  # one report of a category drives nothing


@dataclass(frozen=True)
class Spot:
    """A row. `number` None: within its limit. Counts with the addresses of their lists; `weeks` different reports."""

    number: int | None
    name: str
    kota: str
    reports_count: int
    reports_href: str
    different_count: int
    category: str
    category_count: int
    category_href: str
    usual_count: float
    limit_count: int
    weeks: tuple[int, ...]
    waiting_count: int
    waiting_href: str


def spots(rows: Sequence[Spot], nothing: str) -> html.Div:
    """Hot spots, then what comes next; `nothing` says why there is no hot one."""
    hot = [row for row in rows if row.number is not None]
    rest = [row for row in rows if row.number is None]
    parts = [html.Ol([_row(row) for row in hot], className="peta-panas")] if hot else [empty(nothing)]
    if rest:
        parts.append(html.P("Paling dekat ke batas, masih wajar", className="peta-antara"))
        parts.append(html.Ol([_row(row) for row in rest], className="peta-panas wajar"))
    return html.Div(parts)


def _row(row: Spot) -> html.Li:
    number = html.Span(row.number or "", className="no", **{"aria-hidden": "true"})
    name = html.Span([html.B(row.name), " ", html.Span(row.kota)], className="nm")
    ratio = html.B(f"{decimal(row.different_count / row.usual_count)}×", className="x", title=_reason(row))
    return html.Li([number, name, ratio, html.Span(_words(row), className="de"), _weeks(row), _waiting(row)])


def _words(row: Spot) -> list:
    counted = [_number(row.reports_count, row.reports_href), " laporan"]
    merged = row.reports_count - row.different_count
    twice = f" ({integer(merged)} duplikat)" if merged else ""
    usual = f", biasanya {_usual(row.usual_count)}; "
    if row.category_count < DRIVING_COUNT:
        return [*counted, twice, usual, "kategori beragam"]
    return [*counted, twice, usual, f"{row.category} ", _number(row.category_count, row.category_href)]


def _number(count: int, href: str) -> html.A:
    return html.A(integer(count), href=href, className="num")


def _usual(mean: float) -> str:
    return decimal(mean) if mean < 10 else integer(round(mean))


def _reason(row: Spot) -> str:
    return (
        f"{integer(row.different_count)} laporan berbeda; biasanya {decimal(row.usual_count)} seminggu, batas wajar di"
        f" bawah {integer(row.limit_count)}"
    )


def _weeks(row: Spot) -> html.Span:
    most = max(*row.weeks, row.usual_count)
    bars = [html.I(style={"height": f"{count / most:.1%}"}) for count in row.weeks]
    usual = html.U(style={"bottom": f"{row.usual_count / most:.1%}"})
    weeks = ", ".join(map(integer, row.weeks))
    spoken = f"Laporan berbeda per minggu, minggu ini terakhir: {weeks}"
    return html.Span([*bars, usual], className="sp", role="img", **{"aria-label": spoken})


def _waiting(row: Spot) -> html.Span | None:
    if not row.waiting_count:
        return html.Span(className="la")
    count = _number(row.waiting_count, row.waiting_href)
    return html.Span([waiting_mark(over_24h=True), " ", count, " > 24 jam"], className="la")
