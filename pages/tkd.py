"""Monitor TKD `/tkd`: the score of every unit, now and at the cut-off."""

import dash_bootstrap_components as dbc
from dash import ClientsideFunction, Input, clientside_callback, dcc, html, register_page

from components import ids, states
from components.panels import panel
from data_access.live import State
from data_access.scope import Scope
from pages import _tkd_list, _tkd_list_table
from pages import _tkd_list_words as words
from pages._query import SEARCH_LENGTH
from pages._tkd_list import UnitList
from pages._web.views import live_view, panel_or_error, view_of

register_page(__name__, path="/tkd", name="Monitor TKD", title="Monitor TKD", order=5)

ASKS = ("periode", "tampil", "jenis", "induk", "buka", "cari", "urut")
PARTS = (
    (ids.TKD_HEAD, "children"),
    (ids.TKD_SHAPE, "children"),
    (ids.TKD_NARROW, "hidden"),
    (ids.TKD_KIND, "options"),
    (ids.TKD_KIND, "value"),
    (ids.TKD_PARENT, "options"),
    (ids.TKD_PARENT, "value"),
    (ids.TKD_LEAD, "children"),
    (ids.TKD_TABLE, "data"),
    (ids.TKD_LIST_FACT, "children"),
)
clientside_callback(
    ClientsideFunction("ruangPantau", "unitTable"), Input(ids.TKD_TABLE, "data"), prevent_initial_call=True
)


def layout(cari: str = "", **_query):
    """The frame of the screen, filled by the snapshot."""
    return html.Main(
        [
            html.Div(states.first_load(), id=ids.TKD_HEAD),
            panel(
                "Nilai semua unit",
                ids.TKD_LIST_BODY,
                fact_id=ids.TKD_LIST_FACT,
                class_name="tkd-list",
                body=[_tools(cari), html.Div(id=ids.TKD_LEAD), html.Div(id=ids.TKD_PLACE), dcc.Store(ids.TKD_TABLE)],
            ),
        ],
        className="desk tkd-all",
        **view_of("tkd", ASKS),
    )


def _tools(searched: str) -> html.Div:
    search = dbc.Input(
        id=ids.TKD_SEARCH,
        type="search",
        value=searched[:SEARCH_LENGTH],
        maxlength=SEARCH_LENGTH,
        placeholder="Cari unit, misalnya kebon kacang",
        autocomplete="off",
    )
    narrow = [
        html.Label("Jenis", htmlFor=ids.TKD_KIND),
        dbc.Select(id=ids.TKD_KIND, options=[]),
        html.Label("Di bawah", htmlFor=ids.TKD_PARENT),
        dbc.Select(id=ids.TKD_PARENT, options=[]),
    ]
    return html.Div(
        [
            html.Span(id=ids.TKD_SHAPE),
            html.Div([html.Label("Cari unit", htmlFor=ids.TKD_SEARCH, className="only-spoken"), search, html.Kbd("/")]),
            html.Div(narrow, id=ids.TKD_NARROW, hidden=True),
        ],
        className="list-tools",
    )


@live_view("tkd", *PARTS, asks=ASKS, unkept=("cari",))
def build(scope: Scope, query: dict[str, str], state: State) -> dict:
    """The list of units for one state of the data."""
    parts = {(ids.TKD_HEAD, "children"): words.head(query, state)}
    return parts | panel_or_error(ids.TKD_LIST_FACT, state, lambda: _list(_tkd_list.unit_list(scope, query, state)))


def _list(found: UnitList) -> dict:
    return {
        (ids.TKD_SHAPE, "children"): words.shapes(found),
        (ids.TKD_NARROW, "hidden"): not found.flat or bool(found.searched),
        (ids.TKD_KIND, "options"): words.kind_options(found),
        (ids.TKD_KIND, "value"): found.kind,
        (ids.TKD_PARENT, "options"): words.parent_options(found),
        (ids.TKD_PARENT, "value"): found.query.get("induk", words.EVERYWHERE),
        (ids.TKD_LEAD, "children"): words.finding(found),
        (ids.TKD_TABLE, "data"): _tkd_list_table.table(found),
        (ids.TKD_LIST_FACT, "children"): words.fact(found),
    }
