"""Dokumen `/dokumen`: make documents from the data, see how far that is, and have again what was made."""

import logging

import dash_bootstrap_components as dbc
import psycopg
from dash import ClientsideFunction, Input, Output, clientside_callback, dcc, html, register_page

from components import ids, states
from components.desk import desk_head
from components.document_jobs import job_list
from components.panels import panel
from data_access import document_store
from data_access.engine import DatabaseUnavailable
from data_access.live import State
from data_access.scope import Scope
from data_access.settings import settings
from pages._dokumen import batch, kept, make, pulls
from pages._dokumen.asked import ALONE, CHECKS, DEFAULT_KIND, OWN_NAMES, asked
from pages._web import api
from pages._web.guard import Policy, guarded_callback
from pages._web.session import current_name, current_scope
from pages._web.views import live_view, panel_or_error, view_of

register_page(__name__, path="/dokumen", name="Dokumen", title="Dokumen", order=10)

log = logging.getLogger(__name__)
ASKS = ("periode", "unit", *OWN_NAMES)
KEPT_ASKS = (*ASKS, "halaman")
AWAY = "Permintaan tidak dapat dicatat sekarang. Silakan coba lagi."
SUB = "Dibuat dari data, bukan dari tangkapan layar: data dan saat yang sama menghasilkan berkas yang sama."
PARTS = (
    (ids.DOCUMENT_HEAD, "children"),
    (ids.DOCUMENT_KINDS, "children"),
    (ids.DOCUMENT_UNITS, "data"),
    (ids.DOCUMENT_PERIOD, "options"),
    (ids.DOCUMENT_PERIOD, "value"),
    (ids.DOCUMENT_ABOUT, "children"),
    (ids.DOCUMENT_FORM_FACT, "children"),
    *pulls.PARTS,
)
for store, function in ((ids.DOCUMENT_UNITS, "documentUnits"), (ids.DOCUMENT_ANSWER, "documentAnswer")):
    clientside_callback(ClientsideFunction("ruangPantau", function), Input(store, "data"), prevent_initial_call=True)


def layout(**_query):
    """The frame of the screen: the form is filled by the snapshot, what is kept by an answer of its own."""
    form = panel(
        "Buat dokumen", ids.DOCUMENT_FORM_BODY, fact_id=ids.DOCUMENT_FORM_FACT, class_name="doc-form", body=_form()
    )
    jobs = panel(
        "Sedang dan baru dibuat", ids.DOCUMENT_JOBS_BODY, fact_id=ids.DOCUMENT_JOBS_FACT, class_name="doc-jobs"
    )
    there = panel(
        "Dokumen yang ada", "document-list", fact_id=ids.DOCUMENT_LIST_FACT, class_name="doc-list", body=_list()
    )
    subview = {"data-subview": "dokumen-simpanan", "data-asks": ",".join(KEPT_ASKS), "data-query": f"{ALONE}=ya"}
    return html.Main(
        [
            html.Div(states.first_load(), id=ids.DOCUMENT_HEAD),
            html.Div([form, jobs, there, pulls.section()], className="grid12"),
            html.Div(**subview),
            *(dcc.Store(store) for store in (ids.DOCUMENT_UNITS, ids.DOCUMENT_ORDER, ids.DOCUMENT_ANSWER)),
        ],
        className="desk documents",
        **view_of("dokumen", ASKS),
    )


def _form() -> list:
    """Kind, unit, period, and the button; assets/88-dokumen.js writes choices into the URL."""
    unit = dbc.Input(
        id=ids.DOCUMENT_UNIT, type="search", list="document-unit-names", placeholder="Cari unit", autocomplete="off"
    )
    return [
        html.Div([html.Span("Jenis", className="t2 xs"), html.Div(id=ids.DOCUMENT_KINDS)], className="field"),
        html.Div([html.Label("Unit", htmlFor=ids.DOCUMENT_UNIT), unit], className="field"),
        html.Datalist(id="document-unit-names"),
        html.Div(
            [html.Label("Periode", htmlFor=ids.DOCUMENT_PERIOD), dbc.Select(id=ids.DOCUMENT_PERIOD, options=[])],
            className="field",
        ),
        html.P(id=ids.DOCUMENT_ABOUT, className="about"),
        html.Div(
            [
                html.Button("Buat sekarang", type="button", className="btn-q pri", **{"data-make": ""}),
                html.P(className="doc-said", role="status"),
            ],
            className="doc-acts",
        ),
    ]


def _list() -> list:
    return [
        html.Div(id=ids.DOCUMENT_LIST_TOOLS),
        html.Div(states.first_load(), id=ids.DOCUMENT_LIST_BODY),
        html.Nav(id=ids.DOCUMENT_LIST_PAGES, className="pager", **{"aria-label": "Halaman daftar"}),
    ]


@live_view("dokumen", *PARTS, asks=ASKS, own=CHECKS)
def build(scope: Scope, query: dict[str, str], state: State) -> dict:
    """The form and the pulls for one state of the data."""
    return {
        (ids.DOCUMENT_HEAD, "children"): desk_head([("Dokumen", None)], "Dokumen", SUB),
        (ids.DOCUMENT_KINDS, "children"): make.kinds(query.get("dokumen", DEFAULT_KIND)),
        **panel_or_error(ids.DOCUMENT_FORM_FACT, state, lambda: _form_now(scope, query, state)),
        **panel_or_error(ids.PULLS_FACT, state, lambda: pulls.parts(query, state)),
    }


def _form_now(scope: Scope, query: dict[str, str], state: State) -> dict:
    found = asked(scope, query, state)
    return {
        (ids.DOCUMENT_UNITS, "data"): make.form_data(scope, state, found),
        (ids.DOCUMENT_PERIOD, "options"): make.period_options(found),
        (ids.DOCUMENT_PERIOD, "value"): found.period,
        (ids.DOCUMENT_ABOUT, "children"): make.about(found, state),
        (ids.DOCUMENT_FORM_FACT, "children"): "dari data CRM",
    }


@live_view("dokumen-simpanan", asks=(*KEPT_ASKS, ALONE), unkept=(ALONE,), own=CHECKS)
def what_is_kept(scope: Scope, query: dict[str, str], state: State) -> dict:
    """What is being made and what there is; asked for anew while something is made."""
    return panel_or_error(ids.DOCUMENT_LIST_FACT, state, lambda: _kept_now(scope, query, state))


def _kept_now(scope: Scope, query: dict[str, str], state: State) -> dict:
    names = state.frame.names
    with document_store.opened(settings().state_dsn) as connection:
        under_way = batch.jobs(scope, names, connection)
        listed = kept.listed(scope, query, asked(scope, query, state), names, connection)
    return {
        (ids.DOCUMENT_JOBS_BODY, "children"): job_list(under_way),
        (ids.DOCUMENT_JOBS_FACT, "children"): batch.fact(under_way),
        (ids.DOCUMENT_LIST_TOOLS, "children"): listed["tools"],
        (ids.DOCUMENT_LIST_BODY, "children"): listed["table"],
        (ids.DOCUMENT_LIST_FACT, "children"): listed["fact"],
        (ids.DOCUMENT_LIST_PAGES, "children"): listed["pages"],
    }


@guarded_callback(
    Output(ids.DOCUMENT_ANSWER, "data"),
    Input(ids.DOCUMENT_ORDER, "data"),
    policy=Policy.SIGNED_IN,
    prevent_initial_call=True,
)
def answer(order: object) -> dict:
    """Do what was clicked; the answer names the click it belongs to."""
    number = order.get("kali") if isinstance(order, dict) else None
    try:
        return {"kali": number, "baik": True, "kata": make.order(current_scope(), api.state(), current_name(), order)}
    except make.Refused as refused:
        return {"kali": number, "baik": False, "kata": str(refused)}
    except (api.NotYet, DatabaseUnavailable, psycopg.Error) as problem:
        log.warning("dokumen: %r", problem)
        return {"kali": number, "baik": False, "kata": AWAY}
