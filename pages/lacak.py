"""Lacak `/laporan/<nomor>`: one report, its way through the hands, its ticket, its points, and what lies beside it."""

from urllib.parse import unquote, urlencode

from dash import html, register_page

from components import ids, states
from components.desk import desk_head
from components.panels import panel
from data_access import timeline
from data_access.engine import DatabaseUnavailable
from data_access.live import State
from data_access.scope import Scope
from pages._laporan import facts, near, steps
from pages._web.views import live_view, panel_or_error, view_of

register_page(__name__, path_template="/laporan/<nomor>", name="Lacak", title="Lacak laporan", order=8)

ASKS = ("nomor",)
PARTS = (
    (ids.TRACE_HEAD, "children"),
    (ids.TRACE_STEPS_BODY, "children"),
    (ids.TRACE_STEPS_FACT, "children"),
    (ids.TRACE_FACTS_BODY, "children"),
    (ids.TRACE_FACTS_FACT, "children"),
    (ids.TRACE_NEAR_BODY, "children"),
    (ids.TRACE_NEAR_FACT, "children"),
)
NOT_FOUND = "Tidak ada laporan dengan nomor ini, atau laporannya di luar kewenangan Anda."
UNREADABLE = "Laporan ini belum dapat dibaca dari CRM. Dicoba lagi sebentar lagi."


def layout(nomor: str = "", **_query):
    """The frame of the screen, filled by the snapshot."""
    query = urlencode({"nomor": unquote(nomor)})
    return html.Main(
        [
            html.Div(states.first_load(), id=ids.TRACE_HEAD),
            html.Div(
                [
                    panel("Riwayat", ids.TRACE_STEPS_BODY, fact_id=ids.TRACE_STEPS_FACT, class_name="trace-steps"),
                    panel("Laporan", ids.TRACE_FACTS_BODY, fact_id=ids.TRACE_FACTS_FACT, class_name="trace-facts"),
                    panel("Di sekitarnya", ids.TRACE_NEAR_BODY, fact_id=ids.TRACE_NEAR_FACT, class_name="trace-near"),
                ],
                className="grid12",
            ),
        ],
        className="desk lacak",
        **view_of("lacak", (), query),
    )


@live_view("lacak", *PARTS, asks=ASKS, unkept=ASKS)
def build(scope: Scope, query: dict[str, str], state: State) -> dict:
    """One report for one state of the data; a plain sentence when there is none of this number."""
    try:
        found = timeline.trace(scope, query.get("nomor", ""), state)
    except DatabaseUnavailable:
        return _nothing("Lacak laporan", UNREADABLE)
    if found is None:
        return _nothing("Laporan tidak ditemukan", NOT_FOUND)
    return {
        (ids.TRACE_HEAD, "children"): facts.head(found, state),
        **panel_or_error(ids.TRACE_STEPS_FACT, state, lambda: steps.parts(found, state)),
        **panel_or_error(ids.TRACE_FACTS_FACT, state, lambda: facts.parts(found, state)),
        **panel_or_error(ids.TRACE_NEAR_FACT, state, lambda: near.parts(scope, found, state)),
    }


def _nothing(title: str, sentence: str) -> dict:
    blank = dict.fromkeys(PARTS)
    return blank | {(ids.TRACE_HEAD, "children"): desk_head([("Laporan", "/laporan")], title, sentence)}
