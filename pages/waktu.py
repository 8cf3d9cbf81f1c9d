"""Waktu `/waktu`: how long reports take, to the first answer and to the end, and in whose hands."""

from dash import html, register_page

from components import ids, states
from components.desk import desk_head
from components.filters import filter_bar
from data_access.live import State
from data_access.scope import Scope
from pages import _filters
from pages._asked import asked
from pages._waktu import between, events, groups, limits, months, summary
from pages._web.views import live_view, panel_or_error, view_of

register_page(__name__, path="/waktu", name="Waktu", title="Waktu", order=4)

ASKS = (*_filters.QUERY_NAMES, "menurut", "urut", "batas")
PANELS = (
    (ids.TIMES_SUMMARY_FACT, summary),
    (ids.TIMES_GROUPS_FACT, groups),
    (ids.TIMES_LIMITS_FACT, limits),
)
PARTS = ((ids.TIMES_HEAD, "children"), *(part for _, panel in PANELS for part in panel.PARTS))


def layout(**_query):
    """The frame of the screen: titles and empty panels, filled by the snapshot."""
    return html.Main(
        [
            html.Div(states.first_load(), id=ids.TIMES_HEAD),
            filter_bar(),
            html.Div(
                [
                    summary.section(),
                    months.section(),
                    limits.section(),
                    events.section(),
                    between.section(),
                    groups.section(),
                ],
                className="grid12",
            ),
        ],
        className="desk times",
        **view_of("waktu", ASKS),
    )


@live_view("waktu", *PARTS, *_filters.PARTS, asks=ASKS)
def build(scope: Scope, query: dict[str, str], state: State) -> dict:
    """The panels that a frame can answer, for one state of the data."""
    question = asked(scope, query, state)
    title = desk_head([("Ruang Pantau", "/"), ("Waktu", None)], "Waktu penyelesaian dan tanggapan", question.words)
    parts = {(ids.TIMES_HEAD, "children"): title} | _filters.parts(question.filters, question.notice, state)
    for fact_id, panel in PANELS:
        parts |= panel_or_error(fact_id, state, lambda panel=panel: panel.parts(question))
    return parts
