"""Period and unit of a screen, from the URL and back into it."""

from collections.abc import Mapping

from dash import ClientsideFunction, Input, clientside_callback

from components import filters, ids
from components.filters import Filters
from data_access.live import State
from scoring import periods

PERIODS_OFFERED = 14
UNIT_TYPES_OFFERED = ("dinas", "badan", "biro", "kota", "kabupaten", "kecamatan", "kelurahan")
QUERY_NAMES = ("periode", "unit")
UNKNOWN_NAMES = "tidak-dikenal"
PARTS = (
    (ids.FILTER_LINE, "children"),
    (ids.FILTER_NOTICE, "children"),
    (ids.PERIOD_SELECT, "options"),
    (ids.PERIOD_SELECT, "value"),
    (ids.UNIT_SELECT, "options"),
    (ids.UNIT_SELECT, "value"),
)

# The browser writes a choice into the URL; the URL is what the server reads.
clientside_callback(
    ClientsideFunction("ruangPantau", "chooseFilters"),
    Input(ids.PERIOD_SELECT, "value"),
    Input(ids.UNIT_SELECT, "value"),
    prevent_initial_call=True,
)


def canonical(asked: Mapping[str, str], state: State) -> tuple[tuple[str, str], ...]:
    """What of a URL's query is known to the CRM, and the names of what is not: a made-up value is never kept."""
    known = {"periode": offered_periods(state), "unit": [unit.unit_id for unit in state.frame.names.units[1:]]}
    given = {name: asked[name] for name in QUERY_NAMES if asked.get(name)}
    good = tuple((name, value) for name, value in given.items() if value in known[name])
    bad = ",".join(name for name, value in given.items() if value not in known[name])
    return (*good, (UNKNOWN_NAMES, bad)) if bad else good


def chosen(query: Mapping[str, str]) -> tuple[Filters, str | None]:
    """Filters of a canonical query, with a notice to show when something of the URL is not known."""
    bad = query.get(UNKNOWN_NAMES, "").split(",")
    return Filters(query.get("periode"), query.get("unit")), filters.notice("periode" in bad, "unit" in bad)


def parts(shown: Filters, notice: str | None, state: State) -> dict:
    """The selects with their choices, and what the strip says when a view is narrowed."""
    months, units = offered_periods(state), offered_units(state)
    known_units = [(unit.unit_id, unit.name) for unit in state.frame.names.units[1:]]
    return {
        (ids.FILTER_LINE, "children"): filters.filter_line(shown, known_units),
        (ids.FILTER_NOTICE, "children"): notice,
        (ids.PERIOD_SELECT, "options"): filters.period_options(months),
        (ids.PERIOD_SELECT, "value"): filters.RUNNING if shown.period in (None, months[0]) else shown.period,
        (ids.UNIT_SELECT, "options"): filters.unit_options(units),
        (ids.UNIT_SELECT, "value"): shown.unit_id or filters.EVERY_UNIT,
    }


def offered_periods(state: State) -> list[str]:
    """The running month and the ones before it, newest first."""
    running = periods.of(state.as_of)
    return [str(running.shifted(-months)) for months in range(PERIODS_OFFERED)]


def offered_units(state: State) -> list[tuple[str, str]]:
    """(unit_id, name) of the units a screen can be narrowed to, in the order of the government's levels."""
    rank = {unit_type: position for position, unit_type in enumerate(UNIT_TYPES_OFFERED)}
    offered = [unit for unit in state.frame.names.units if unit.unit_type in rank]
    offered.sort(key=lambda unit: (rank[unit.unit_type], unit.name))
    return [(unit.unit_id, unit.name) for unit in offered]
