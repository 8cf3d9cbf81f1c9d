"""Beban kerja `/beban`: how much work lies with each unit and officer, and whether it grows."""

from dash import dcc, html, register_page

from components import ids, states
from components.filters import filter_bar
from components.panels import panel
from data_access.filters import Filters, narrowed
from data_access.frame import Frame, microseconds
from data_access.live import State
from data_access.scope import Scope
from pages import _filters
from pages._beban import days, table, words
from pages._beban.asked import CHECKS, OWN_NAMES, asked
from pages._web.views import live_view, panel_or_error, view_of

register_page(__name__, path="/beban", name="Beban kerja", title="Beban kerja", order=9)

ASKS = (*_filters.QUERY_NAMES, *OWN_NAMES)
PARTS = (
    (ids.WORKLOAD_HEAD, "children"),
    (ids.WORKLOAD_DAYS, "children"),
    (ids.WORKLOAD_DAYS_FACT, "children"),
    (ids.WORKLOAD_LEAD, "children"),
    (ids.WORKLOAD_TOOLS, "children"),
    (ids.WORKLOAD_FACT, "children"),
)


def layout(**_query):
    """The frame of the screen, filled by the snapshot. The table is drawn in the place of assets/70-tkd-list.js."""
    body = [
        html.Div(id=ids.WORKLOAD_LEAD),
        html.Div(id=ids.TKD_PLACE),
        dcc.Store(ids.TKD_TABLE),
        html.Div(id=ids.WORKLOAD_TOOLS),
        words.method(),
    ]
    return html.Main(
        [
            html.Div(states.first_load(), id=ids.WORKLOAD_HEAD),
            filter_bar(),
            panel("Masuk dan selesai per hari", ids.WORKLOAD_DAYS, fact_id=ids.WORKLOAD_DAYS_FACT),
            panel("Beban", ids.WORKLOAD_BODY, fact_id=ids.WORKLOAD_FACT, class_name="load-list", body=body),
        ],
        className="desk workload",
        **view_of("beban", ASKS),
    )


@live_view("beban", *PARTS, asks=ASKS, own=CHECKS)
def build(scope: Scope, query: dict[str, str], state: State) -> dict:
    """The load for one state of the data."""
    chosen, notice = _filters.chosen(query)
    frame = narrowed(scope, state.frame, chosen)
    parts = {(ids.WORKLOAD_HEAD, "children"): words.head(query, chosen)}
    parts |= _filters.parts(chosen, notice, state)
    parts |= panel_or_error(ids.WORKLOAD_DAYS_FACT, state, lambda: _days(frame, chosen, state))
    return parts | panel_or_error(ids.WORKLOAD_FACT, state, lambda: _load(scope, query, chosen, state, frame))


def _days(frame: Frame, chosen: Filters, state: State) -> dict:
    as_of_us = microseconds(state.as_of)
    return {
        (ids.WORKLOAD_DAYS, "children"): days.body(frame, chosen, as_of_us),
        (ids.WORKLOAD_DAYS_FACT, "children"): days.fact(as_of_us),
    }


def _load(scope: Scope, query: dict[str, str], chosen: Filters, state: State, frame: Frame) -> dict:
    found = asked(scope, query, chosen, state, frame)
    return {
        (ids.WORKLOAD_LEAD, "children"): words.finding(found),
        (ids.TKD_TABLE, "data"): table.table(found),
        (ids.WORKLOAD_TOOLS, "children"): words.pager(found),
        (ids.WORKLOAD_FACT, "children"): words.fact(found),
    }
