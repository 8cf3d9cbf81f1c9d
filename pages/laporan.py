"""Laporan `/laporan`: search and filter over all reports, a page at a time; the list behind every number."""

from dataclasses import dataclass, replace
from math import ceil
from urllib.parse import urlencode

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Input, clientside_callback, dcc, html, register_page

from components import ids, report_list, states
from components.desk import choice, desk_head
from components.filters import filter_bar, period_options
from components.formats import clock, day_month, integer, month_year
from components.panels import panel
from data_access import listing_rows
from data_access.engine import DatabaseUnavailable
from data_access.listing import ALL_TIME, FACET_NAMES, NAMES, OPEN_START, Listing, of_query, query_of
from data_access.listing_words import looks_like_number
from data_access.live import State
from data_access.scope import Scope
from pages import _filters
from pages._laporan import chips
from pages._laporan.rows import report_row
from pages._query import SEARCH_LENGTH, UNKNOWN_NAMES, offered_periods, period_or_all_time
from pages._web.views import live_view, view_of
from scoring import periods
from scoring.periods import WIB

register_page(__name__, path="/laporan", name="Laporan", title="Laporan", order=7)

ASKS = (*NAMES, "urut", "halaman")
OWN = {"periode": period_or_all_time}
ORDERS = {
    "masuk": "Terbaru",
    "terlama": "Terlama",
    "nomor": "Nomor",
    "menunggu": "Menunggu terlama",
    "selesai": "Terakhir selesai",
}
UNREADABLE = "Daftar ini belum dapat dibaca dari CRM, atau terlalu besar untuk diurutkan. Persempit, atau coba lagi."
PARTS = (
    (ids.LIST_HEAD, "children"),
    (ids.LIST_ORDER, "children"),
    (ids.LIST_CHIPS, "children"),
    (ids.LIST_TABLE, "data"),
    (ids.LIST_NOTE, "children"),
    (ids.LIST_PAGES, "children"),
    (ids.LIST_FACT, "children"),
)
clientside_callback(
    ClientsideFunction("ruangPantau", "reportTable"), Input(ids.LIST_TABLE, "data"), prevent_initial_call=True
)


@dataclass(frozen=True)
class Found:
    """What was found: `rows` of page `page`.

    `failed`: the CRM did not answer in time; `unordered`: not in the order that was asked for.
    """

    listing: Listing
    count: listing_rows.Count
    page: int
    rows: list[listing_rows.Row]
    failed: bool = False
    unordered: bool = False

    @property
    def pages(self) -> int:
        """How many pages can be leafed through; of a list too long to be counted, those known to be there."""
        if self.count.exact:
            return min(ceil(self.count.count / listing_rows.ROWS_PER_PAGE), listing_rows.PAGES_AT_MOST)
        more = not self.rows or len(self.rows) == listing_rows.ROWS_PER_PAGE
        return min(self.page + more, listing_rows.PAGES_AT_MOST)


def layout(cari: str = "", **_query):
    """The frame of the screen, filled by the snapshot."""
    body = [
        html.Div([_search(cari), html.Span(id=ids.LIST_ORDER)], className="list-tools"),
        html.Div(id=ids.LIST_CHIPS, className="chips"),
        html.Div(id=ids.LIST_PLACE),
        html.Div(id=ids.LIST_NOTE),
        html.Nav(id=ids.LIST_PAGES, className="pager", **{"aria-label": "Halaman daftar"}),
        dcc.Store(ids.LIST_TABLE),
    ]
    return html.Main(
        [
            html.Div(states.first_load(), id=ids.LIST_HEAD),
            report_list.export_state(),
            filter_bar(),
            panel("Daftar laporan", ids.LIST_BODY, fact_id=ids.LIST_FACT, class_name="reports", body=body),
        ],
        className="desk laporan",
        **view_of("laporan", ASKS),
    )


def _search(text: str) -> html.Div:
    field = dbc.Input(
        id=ids.LIST_SEARCH,
        type="search",
        value=text[:SEARCH_LENGTH],
        maxlength=SEARCH_LENGTH,
        placeholder="Cari nomor, kata, tempat, atau unit",
        autocomplete="off",
    )
    label = html.Label("Cari laporan", htmlFor=ids.LIST_SEARCH, className="only-spoken")
    return html.Div([label, field, html.Kbd("/")])


@live_view("laporan", *PARTS, *_filters.PARTS, asks=ASKS, unkept=ASKS, own=OWN)
def build(scope: Scope, query: dict[str, str], state: State) -> dict:
    """One page of the list for one state of the data."""
    listing = of_query(query)
    order = query["urut"] if query.get("urut") in ORDERS else listing_rows.DEFAULT_ORDER
    found = _found(scope, listing, state, order, int(query.get("halaman", "1")))
    rows = [report_row(row, state.frame.names, state.as_of) for row in found.rows]
    return {
        (ids.LIST_HEAD, "children"): _head(found, query, state),
        (ids.LIST_ORDER, "children"): _orders(order),
        (ids.LIST_CHIPS, "children"): report_list.chips(chips.active(listing)),
        (ids.LIST_TABLE, "data"): report_list.table_data(rows, _counted(found)) if rows else {"rows": []},
        (ids.LIST_NOTE, "children"): _note(found, order, state),
        (ids.LIST_PAGES, "children"): report_list.pager(found.page, found.pages, found.count.exact),
        (ids.LIST_FACT, "children"): _fact(found, state),
        **_filter_parts(query, state),
    }


def _found(scope: Scope, listing: Listing, state: State, order: str, wanted: int) -> Found:
    """A page beyond the last is the last."""
    try:
        counted = listing_rows.count(scope, listing, state)
        found = Found(listing, counted, 1, [])
        last = found.pages if counted.exact else listing_rows.PAGES_AT_MOST
        found = replace(found, page=max(1, min(wanted, last)))
        return _ordered(scope, found, state, order) if counted.count else found
    except DatabaseUnavailable:
        return Found(listing, listing_rows.Count(0, exact=False), 1, [], failed=True)


def _ordered(scope: Scope, found: Found, state: State, order: str) -> Found:
    """With its rows; in the usual order, which an index has, when the wanted one cannot be had in time."""
    try:
        return replace(found, rows=listing_rows.page(scope, found.listing, state, order, found.page))
    except DatabaseUnavailable:
        if order == listing_rows.DEFAULT_ORDER:
            raise
        rows = listing_rows.page(scope, found.listing, state, listing_rows.DEFAULT_ORDER, found.page)
        return replace(found, rows=rows, unordered=True)


def _head(found: Found, query: dict[str, str], state: State) -> html.Div:
    bad = [name for name in query.get(UNKNOWN_NAMES, "").split(",") if name in FACET_NAMES]
    period = found.listing.filters.period
    when = "kapan pun masuk" if period == ALL_TIME else f"masuk {month_year(period or str(periods.of(state.as_of)))}"
    sentence = [html.B(_counted(found), **{"data-list-count": _exactly(found)}), f", {when}."]
    if bad:
        sentence.append(f" Pilihan pada tautan tidak dikenal dan diabaikan: {', '.join(bad)}.")
    total = found.count.count if found.count.exact else None
    links = report_list.exports(urlencode(query_of(found.listing)), total)
    copy = html.Button("Salin tautan", className="btn-q", type="button", **{"data-copy-link": ""})
    return desk_head([("Semua laporan", None)], "Laporan", sentence, [*links, copy])


def _counted(found: Found) -> str:
    if found.failed:
        return "Jumlah belum diketahui"
    return f"{'' if found.count.exact else 'Lebih dari '}{integer(found.count.count)} laporan"


def _exactly(found: Found) -> str:
    return str(found.count.count) if found.count.exact else ""


def _orders(chosen: str) -> html.Span:
    options = [
        (words, f"?urut={'' if name == listing_rows.DEFAULT_ORDER else name}&halaman=", name == chosen)
        for name, words in ORDERS.items()
    ]
    return choice(options, "Urutan")


def _fact(found: Found, state: State) -> str:
    first = (found.page - 1) * listing_rows.ROWS_PER_PAGE + 1
    shown = f"{integer(first)}–{integer(first + len(found.rows) - 1)} · " if found.rows else ""
    return f"{shown}per {clock(state.as_of)} WIB"


def _note(found: Found, order: str, state: State) -> list:
    if found.failed:
        return [states.empty(UNREADABLE)]
    if found.unordered:
        return [states.empty("Daftar ini terlalu besar untuk urutan itu, jadi tampil yang terbaru. Persempit dahulu.")]
    if found.rows:
        if found.page < listing_rows.PAGES_AT_MOST:
            return []
        words = states.empty("Halaman terakhir: sampai baris ke-50.000. Persempit, unduh, atau lanjutkan menurut hari.")
        return [words, html.P(_way_further(found, order, state), className="ways")]
    return [states.empty("Tidak ada laporan yang cocok."), html.P(_ways_on(found.listing), className="ways")]


def _way_further(found: Found, order: str, state: State) -> list:
    """Where the pages end: the same list from the day of its last row on, so that every row can be seen."""
    days = found.listing.entered or (OPEN_START, state.as_of.astimezone(WIB).date())
    last = found.rows[-1].entered_at
    if last is None or order not in (listing_rows.DEFAULT_ORDER, "terlama"):
        return []
    day = last.astimezone(WIB).date()
    further = (days[0], day) if order == listing_rows.DEFAULT_ORDER else (day, days[1])
    if further == days:
        return []  # more of one day than there are pages: an hour cannot be asked for
    href = f"?masuk={query_of(Listing(entered=further))['masuk']}&halaman="
    way = {"data-stay": "", "data-top": ""}
    return [html.A(f"Lanjutkan dari {day_month(last)}", href=href, className="btn-q", **way)]


def _ways_on(listing: Listing) -> list:
    """What one may try when nothing was found."""
    ways = []
    if listing.text and looks_like_number(listing.text):
        number = listing.text.strip().upper()
        ways.append(dcc.Link(f"Buka {number}", href=report_list.report_href(number), className="btn-q"))
    if listing.filters.period != ALL_TIME:
        ways.append(html.A("Cari di semua waktu", href=f"?periode={ALL_TIME}", className="btn-q", **{"data-stay": ""}))
    return ways


def _filter_parts(query: dict[str, str], state: State) -> dict:
    """As on every screen, and the choice of any time."""
    shown, notice = _filters.chosen(query)
    parts = _filters.parts(replace(shown, period=None) if shown.period == ALL_TIME else shown, notice, state)
    every = {"label": "Semua waktu", "value": ALL_TIME}
    options = [*period_options(offered_periods(state)), every]
    parts |= {(ids.PERIOD_SELECT, "options"): options}
    return parts | ({(ids.PERIOD_SELECT, "value"): ALL_TIME} if shown.period == ALL_TIME else {})
