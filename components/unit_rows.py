"""The units with most reports: a bar from zero, a tick for last month, and how many wait."""

from dash import html

from components.formats import DASH, integer
from components.marks import mark, waiting_mark
from components.number_link import maybe_link
from components.states import empty

Links = dict[str, tuple[str, str]]


def unit_rows(rows, scale_max: int, previous_month: str = "bulan lalu", links: Links | None = None) -> html.Div:
    """One row per unit, in the order given, all bars on 0..scale_max reports.

    Each row has name, count, previous_count (same date last month, or None), waiting_over_6h_count,
    waiting_over_24h_count. `previous_month` names the tick in the key, e.g. 'Okt'. `links`: a row's
    unit_id -> addresses of the lists of its reports and of those that wait.
    """
    scale = max(scale_max, 1)
    # All rows share their column widths, or the bars would not share a scale.
    wide = any(row.count >= 10_000 or row.waiting_over_6h_count >= 100 for row in rows)
    lists = [links[row.unit_id] if links else (None, None) for row in rows]
    drawn = [_row(row, scale, to) for row, to in zip(rows, lists, strict=True)]
    items = html.Ol(drawn, className="wide" if wide else None)
    body = items if rows else empty("Belum ada laporan di dinas, badan, atau biro")
    return html.Div([body, _key(previous_month)], className="units")


def _row(row, scale: int, links: tuple[str | None, str | None]) -> html.Li:
    track = [html.I(style={"width": _share(row.count, scale)})]
    if row.previous_count is not None:
        track.append(html.U(style={"left": _share(row.previous_count, scale)}))
    cells = [
        html.Span(row.name, className="nm", title=row.name),
        html.Span(track, className="tr"),
        html.B(maybe_link(integer(row.count), links[0], row.count)),
        html.Span(_waiting(row, links[1]), className="w"),
    ]
    return html.Li(cells, **{"data-key": row.name})


def _waiting(row, href: str | None) -> list:
    if not row.waiting_over_6h_count:
        return [html.S(DASH)]
    count = row.waiting_over_6h_count
    return [waiting_mark(row.waiting_over_24h_count > 0), maybe_link(integer(count), href, count)]


def _key(previous_month: str) -> html.P:
    waiting = ["menunggu", mark("batas"), "> 6 jam", mark("menunggu"), "ada > 24 jam"]
    return html.P([html.U(), f" {previous_month}", html.Span(waiting)], className="key")


def _share(count: int, scale: int) -> str:
    return f"{min(count / scale, 1):.1%}"
