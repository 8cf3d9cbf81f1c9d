"""Peringkat `/peringkat`: how the units of each level of the government stand against each other."""

from dash import dcc, html, register_page

from components import ids, states
from components.filters import filter_bar
from components.panels import panel
from data_access.filters import Filters
from data_access.live import State
from data_access.scope import Scope
from pages import _filters
from pages._peringkat import extremes, table, words
from pages._peringkat.asked import CHECKS, OWN_NAMES, asked
from pages._web.views import live_view, panel_or_error, view_of

register_page(__name__, path="/peringkat", name="Peringkat", title="Peringkat", order=3)

ASKS = (*_filters.QUERY_NAMES, *OWN_NAMES)
PARTS = (
    (ids.RANKING_HEAD, "children"),
    (ids.RANKING_EXTREMES, "children"),
    (ids.RANKING_EXTREMES_FACT, "children"),
    (ids.RANKING_LEAD, "children"),
    (ids.RANKING_TOOLS, "children"),
    (ids.RANKING_METHOD, "children"),
    (ids.RANKING_FACT, "children"),
)


def layout(**_query):
    """The frame of the screen, filled by the snapshot. The table is drawn in the place of assets/70-tkd-list.js."""
    body = [
        html.Div(id=ids.RANKING_LEAD),
        html.Div(id=ids.RANKING_TOOLS),
        html.Div(id=ids.TKD_PLACE, className="scrolls"),
        dcc.Store(ids.TKD_TABLE),
        html.Div(id=ids.RANKING_METHOD),
    ]
    return html.Main(
        [
            html.Div(states.first_load(), id=ids.RANKING_HEAD),
            filter_bar(),
            panel(
                "Tertinggi dan terendah",
                ids.RANKING_EXTREMES,
                fact_id=ids.RANKING_EXTREMES_FACT,
                class_name="rank-extremes",
            ),
            panel("Semua unit", ids.RANKING_BODY, fact_id=ids.RANKING_FACT, class_name="rank-list", body=body),
        ],
        className="desk ranking",
        **view_of("peringkat", ASKS),
    )


@live_view("peringkat", *PARTS, asks=ASKS, own=CHECKS)
def build(scope: Scope, query: dict[str, str], state: State) -> dict:
    """The ranking for one state of the data."""
    chosen, notice = _filters.chosen(query)
    parts = {(ids.RANKING_HEAD, "children"): words.head(query, chosen, state)}
    parts |= _filters.parts(chosen, notice, state)
    return parts | panel_or_error(ids.RANKING_FACT, state, lambda: _ranking(scope, query, chosen, state))


def _ranking(scope: Scope, query: dict[str, str], chosen: Filters, state: State) -> dict:
    found = asked(scope, query, chosen, state)
    return {
        (ids.RANKING_EXTREMES, "children"): extremes.tables(found),
        (ids.RANKING_EXTREMES_FACT, "children"): extremes.fact(found),
        (ids.RANKING_LEAD, "children"): words.finding(found),
        (ids.RANKING_TOOLS, "children"): words.tools(found),
        (ids.TKD_TABLE, "data"): table.table(found, state),
        (ids.RANKING_METHOD, "children"): words.method(found),
        (ids.RANKING_FACT, "children"): words.fact(found),
    }
