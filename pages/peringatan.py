"""Peringatan Dini `/peringatan`: whom to call now, with what words, and what changed since the last check."""

import logging
from datetime import timedelta

import psycopg
from dash import ClientsideFunction, Input, Output, clientside_callback, dcc, html, register_page

from components import ids, states
from components.desk_message import message_panel
from components.filters import filter_bar
from components.formats import clock
from components.panels import panel
from data_access import briefs, checks
from data_access.engine import DatabaseUnavailable
from data_access.filters import Filters
from data_access.live import State
from data_access.scope import Scope
from pages import _filters
from pages._peringatan import act, asked, limits_used, rows, unit, words
from pages._peringatan.seen import seen
from pages._web import api
from pages._web.guard import Policy, guarded_callback
from pages._web.session import current_name, current_scope
from pages._web.views import live_view, panel_or_error, view_of

register_page(__name__, path="/peringatan", name="Peringatan Dini", title="Peringatan Dini", order=7)

log = logging.getLogger(__name__)
ASKS = (*_filters.QUERY_NAMES, *asked.OWN_NAMES)
DONE_ASKS = ("tindakan", "pilih")
ROUND_BEFORE = timedelta(minutes=30)  # who is called shortly before a check, is called for it
PARTS = (
    (ids.DESK_HEAD, "children"),
    (ids.DESK_STRIP, "children"),
    (ids.DESK_LEAD, "children"),
    (ids.DESK_ROWS, "data"),
    (ids.DESK_NOTES, "children"),
    (ids.DESK_LIMITS, "children"),
    (ids.DESK_LIMITS_FACT, "children"),
    (ids.DESK_LIST_FACT, "children"),
)
for store, function in ((ids.DESK_ROWS, "deskRows"), (ids.DESK_DONE, "deskDone"), (ids.DESK_ANSWER, "deskAnswer")):
    clientside_callback(ClientsideFunction("ruangPantau", function), Input(store, "data"), prevent_initial_call=True)


def layout(**_query):
    """The frame of the screen, filled by the snapshot; assets/86-peringatan.js draws the rows."""
    body = [
        html.Div(id=ids.DESK_LEAD),
        html.Div(id=ids.DESK_ROWS_PLACE),
        html.Div(id=ids.DESK_NOTES),
        *(dcc.Store(store) for store in (ids.DESK_ROWS, ids.DESK_DONE, ids.DESK_ORDER, ids.DESK_ANSWER)),
        html.Div(**{"data-subview": "peringatan-tindakan", "data-query": "tindakan=ya", "data-asks": "pilih"}),
    ]
    listed = panel(
        "Hubungi menurut urutan ini", ids.DESK_LIST_BODY, fact_id=ids.DESK_LIST_FACT, class_name="dk-list", body=body
    )
    used = panel("Batas yang dipakai", ids.DESK_LIMITS, fact_id=ids.DESK_LIMITS_FACT, class_name="dk-limits")
    return html.Main(
        [
            html.Div(states.first_load(), id=ids.DESK_HEAD),
            filter_bar(),
            html.Section(id=ids.DESK_STRIP, className="p dk-strip", **{"aria-label": "Ringkasan"}),
            html.Div([listed, message_panel(), used], className="grid12"),
        ],
        className="desk warn-desk",
        **view_of("peringatan", ASKS),
    )


@live_view("peringatan", *PARTS, *_filters.PARTS, asks=ASKS, own=asked.CHECKS)
def build(scope: Scope, query: dict[str, str], state: State) -> dict:
    """The desk for one state of the data."""
    chosen, notice = _filters.chosen(query)
    parts = _filters.parts(chosen, notice, state)
    return parts | panel_or_error(ids.DESK_LIST_FACT, state, lambda: _desk(scope, query, state, chosen))


def _desk(scope: Scope, query: dict[str, str], state: State, chosen: Filters) -> dict:
    without_period = Filters(
        None, chosen.area_code, chosen.unit_id, chosen.category_id, chosen.channel_id, chosen.status
    )
    found, only = seen(scope, state, without_period, query.get("periksa")), query.get("hanya")
    return {
        (ids.DESK_HEAD, "children"): words.head(found),
        (ids.DESK_STRIP, "children"): words.figures(found, without_period),
        (ids.DESK_LEAD, "children"): words.lead(found, only),
        (ids.DESK_ROWS, "data"): rows.rows_data(found, only, without_period, state.frame.names),
        (ids.DESK_NOTES, "children"): words.notes(found),
        (ids.DESK_LIMITS, "children"): limits_used.table(briefs.limits_on(found.as_of)),
        (ids.DESK_LIMITS_FACT, "children"): "bertanggal, dengan sumbernya",
        (ids.DESK_LIST_FACT, "children"): f"per {clock(found.as_of)} WIB",
    }


@live_view("peringatan-tindakan", asks=DONE_ASKS, unkept=DONE_ASKS)
def done(scope: Scope, query: dict[str, str], state: State) -> dict:
    """What was done about the units since the last check, and how the chosen unit is reached."""
    since = checks.last(state.as_of, briefs.limits_on(state.as_of)).at - ROUND_BEFORE
    chosen = unit.chosen(scope, state, query.get("pilih", ""))
    try:
        units, away = act.done_since(scope, state, since), False
    except (DatabaseUnavailable, psycopg.Error) as error:
        log.warning("peringatan-tindakan: %s", error)
        units, away = {}, True
    return {(ids.DESK_DONE, "data"): {"units": units, "away": away, "chosen": chosen}}


@guarded_callback(
    Output(ids.DESK_ANSWER, "data"),
    Input(ids.DESK_ORDER, "data"),
    policy=Policy.SIGNED_IN,
    prevent_initial_call=True,
)
def answer(order: object) -> dict:
    """Do what the desk asked for; the answer names the order it belongs to."""
    number = order.get("kali") if isinstance(order, dict) else None
    try:
        return {"kali": number, "baik": True, "kata": act.act(current_scope(), api.state(), current_name(), order)}
    except act.Refused as refused:
        return {"kali": number, "baik": False, "kata": str(refused)}
    except api.NotYet:
        return {"kali": number, "baik": False, "kata": act.AWAY}
