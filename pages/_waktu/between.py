"""The reports that went from one party to another, opened by a cell of the matrix."""

from math import ceil

from dash import dcc, html

from components import ids, states
from components.formats import day_month, integer
from components.report_list import pager, report_href
from data_access import report_steps
from data_access.engine import DatabaseUnavailable
from data_access.frame import instant
from data_access.handovers import reports_between
from data_access.live import State
from data_access.scope import Scope
from pages import _filters
from pages._asked import Asked, asked
from pages._query import PAIR_SIGN
from pages._waktu.passed import rows_entered
from pages._web.views import live_view

ASKS = (*_filters.QUERY_NAMES, "alur", "halaman")
ROWS_PER_PAGE = 50


def section() -> html.Section:
    """The frame of the list, shown while the URL names a pair."""
    data = {"data-subview": "waktu-alur", "data-asks": ",".join(ASKS), "data-needs": "alur"}
    body = html.Div(states.first_load(), id=ids.TIMES_BETWEEN_BODY)
    return html.Section(body, className="p between", hidden=True, **data, **{"aria-label": "Laporan satu alur"})


@live_view("waktu-alur", asks=ASKS, unkept=("alur", "halaman"))
def build(scope: Scope, query: dict[str, str], state: State) -> dict:
    """The reports of the pair the URL names."""
    question = asked(scope, query, state)
    source, found, target = query.get("alur", "").partition(PAIR_SIGN)
    if not found:
        return {(ids.TIMES_BETWEEN_BODY, "children"): _heading("Alur pada alamat ini tidak dikenal.", "")}
    try:
        return {(ids.TIMES_BETWEEN_BODY, "children"): _list(question, source, target, int(query.get("halaman", "1")))}
    except DatabaseUnavailable:
        words = "Riwayat belum dapat dibaca dari CRM. Dicoba lagi sebentar lagi."
        return {(ids.TIMES_BETWEEN_BODY, "children"): [_heading(_title(source, target), ""), states.empty(words)]}


def _list(asked: Asked, source: str, target: str, wanted: int) -> list:
    """One page, newest first; a page beyond the last is the last."""
    steps = report_steps.steps(asked.period, asked.state)
    title = _title(source, target)
    if steps is None:
        return [_heading(title, ""), states.empty("CRM ini tidak menyimpan riwayat perpindahan laporan.")]
    rows = reports_between(steps, rows_entered(asked, steps), asked.frame.names, source, target)
    pages = max(1, ceil(len(rows) / ROWS_PER_PAGE))
    first = (min(wanted, pages) - 1) * ROWS_PER_PAGE
    newest = sorted(rows.tolist(), key=lambda row: (-int(asked.frame.entered[row]), asked.frame.number[row]))
    shown = newest[first : first + ROWS_PER_PAGE]
    count = f"{integer(len(rows))} laporan"
    if pages > 1:
        count += f", ditampilkan {integer(first + 1)} sampai {integer(first + len(shown))}"
    heads = [html.Th(name, scope="col") for name in ("Nomor", "Masuk", "Kategori", "Tempat", "Pemegang kini")]
    body = html.Tbody([_row(asked, row) for row in shown])
    table = html.Table([html.Thead(html.Tr(heads)), body], className="between-list")
    # With a key, so that another page begins at its top.
    scroll = html.Div(table, className="scroll", key=f"{title} {first}")
    return [_heading(title, count), scroll, _pager(min(wanted, pages), pages)]


def _pager(page: int, pages: int) -> html.Nav | None:
    links = pager(page, pages, is_counted=True)
    return html.Nav(links, className="pager", **{"aria-label": "Halaman daftar"}) if links else None


def _title(source: str, target: str) -> str:
    return f"Dari {source} ke {target}"


def _heading(title: str, count: str) -> html.Div:
    shut = html.A("Tutup", href="?alur=&halaman=", className="btn-q", **{"data-stay": ""})
    return html.Div([html.H2(title), html.Div([html.Span(count), " ", shut], className="fact")], className="head")


def _row(asked: Asked, row: int) -> html.Tr:
    frame, number = asked.frame, asked.frame.number[row]
    return html.Tr(
        [
            html.Th(dcc.Link(number, href=report_href(number), className="num"), scope="row"),
            html.Td(day_month(instant(frame.entered[row]))),
            html.Td(frame.names.categories[frame.category[row]][1]),
            html.Td(frame.names.kelurahan[frame.kelurahan[row]][1]),
            html.Td(frame.names.holder(frame.unit[row])),
        ]
    )
