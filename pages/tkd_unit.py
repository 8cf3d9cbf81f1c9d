"""Monitor TKD `/tkd/<unit>`: the score of one unit, its future, and what to do next."""

import logging
from urllib.parse import urlencode

from dash import html, register_page

from components import ids, states
from components.desk import desk_head
from components.formats import clock
from data_access import monitor
from data_access.engine import DatabaseUnavailable
from data_access.live import State
from data_access.scope import Scope
from pages._query import UNKNOWN_NAMES
from pages._tkd import behind, fan, head, hero, history, plan, score_parts, tier_clock, what_if, why
from pages._web.views import NEXT_TRY, live_view, panel_or_error, view_of

register_page(__name__, path_template="/tkd/<unit_id>", name="Monitor TKD unit", title="Monitor TKD", order=6)

log = logging.getLogger(__name__)
ASKS = ("unit", "periode", "sejak", "target", "urut")
PANELS = (
    (ids.UNIT_HERO, hero),
    (ids.FAN_FACT, fan),
    (ids.PLAN_FACT, plan),
    (ids.TIER_CLOCK_FACT, tier_clock),
    (ids.SCORE_PARTS_FACT, score_parts),
    (ids.WHY_FACT, why),
    (ids.HISTORY_FACT, history),
)
OF_PANELS = tuple(part for _, panel in PANELS for part in panel.PARTS)
PARTS = ((ids.UNIT_HEAD, "children"), (ids.UNIT_PANELS, "hidden"), *OF_PANELS)


def layout(unit_id: str = "", **_query):
    """The frame of the screen: titles and empty panels, filled by the snapshot."""
    query = urlencode({"unit": unit_id})
    frames = (hero, fan, plan, tier_clock, score_parts)
    return html.Main(
        [
            html.Div(states.first_load(), id=ids.UNIT_HEAD),
            html.Div(
                [
                    *(panel.section() for panel in frames),
                    behind.section(query),
                    why.section(),
                    what_if.section(query),
                    history.section(),
                ],
                id=ids.UNIT_PANELS,
                className="grid12",
            ),
        ],
        className="desk unit",
        **view_of("tkd-unit", ASKS, query),
    )


@live_view("tkd-unit", *PARTS, asks=ASKS)
def build(scope: Scope, query: dict[str, str], state: State) -> dict:
    """Every panel of one unit for one state of the data."""
    try:
        reading = monitor.asked(scope, state, query)
    except DatabaseUnavailable as error:
        log.warning("tkd-unit: %s", error)
        return _unread(state)
    if reading is None:
        return {(ids.UNIT_HEAD, "children"): _not_there(query), (ids.UNIT_PANELS, "hidden"): True}
    parts = {(ids.UNIT_HEAD, "children"): head.head(reading), (ids.UNIT_PANELS, "hidden"): False}
    for fact_id, panel in PANELS:
        parts |= panel_or_error(fact_id, state, lambda panel=panel: panel.parts(reading))
    return parts


def _unread(state: State) -> dict:
    """The month asked for cannot be read: what is drawn stays, head and all, and the panels say that they wait."""
    facts = [fact_id for fact_id, _ in PANELS if fact_id != ids.UNIT_HERO]
    return {(fact_id, "children"): states.error(clock(state.as_of + NEXT_TRY)) for fact_id in facts}


def _not_there(query: dict[str, str]):
    known = "unit" not in query.get(UNKNOWN_NAMES, "").split(",")
    foreign = "Unit ini, atau unit yang ikut menentukan nilainya, di luar kewenangan Anda."
    sentence = foreign if known else "Unit pada alamat ini tidak dikenal CRM."
    return desk_head([("Monitor TKD", "/tkd")], "Unit tidak tersedia", sentence)
