"""The filters every screen knows, from the URL and back into it."""

from collections.abc import Mapping

from dash import ClientsideFunction, Input, clientside_callback

from components import filters, ids
from components.theme import STATUS
from data_access import geography
from data_access.filters import Filters
from data_access.live import State
from data_access.status import GROUPS
from pages._query import UNKNOWN_NAMES, offered_periods

UNIT_TYPES_OFFERED = ("dinas", "badan", "biro", "kota", "kabupaten", "kecamatan", "kelurahan", "sudin", "suban")
QUERY_NAMES = tuple(name for name, *_ in filters.SELECTS)
SELECT_IDS = tuple(select_id for _, select_id, *_ in filters.SELECTS)
PARTS = (
    (ids.FILTER_LINE, "children"),
    (ids.FILTER_NOTICE, "children"),
    *((select_id, prop) for select_id in SELECT_IDS for prop in ("options", "value")),
)

# The browser writes a choice into the URL; the URL is what the server reads.
clientside_callback(
    ClientsideFunction("ruangPantau", "chooseFilters"),
    *(Input(select_id, "value") for select_id in SELECT_IDS),
    prevent_initial_call=True,
)


def chosen(query: Mapping[str, str]) -> tuple[Filters, str | None]:
    """Filters of a canonical query, with a notice to show when something of the URL is not known."""
    unknown = query.get(UNKNOWN_NAMES, "").split(",")
    return Filters(*(query.get(name) for name in QUERY_NAMES)), filters.notice(unknown)


def parts(shown: Filters, notice: str | None, state: State) -> dict:
    """The selects with their choices, and what the strip says when a view is narrowed."""
    months = offered_periods(state)
    values = dict(zip(QUERY_NAMES, vars(shown).values(), strict=True))
    offered = {name: _with_chosen(choices, values[name], state) for name, choices in _offered(state).items()}
    found = {
        (ids.FILTER_LINE, "children"): filters.filter_line(shown.period, _words(offered, values)),
        (ids.FILTER_NOTICE, "children"): notice,
        (ids.PERIOD_SELECT, "options"): filters.period_options(months),
        (ids.PERIOD_SELECT, "value"): filters.RUNNING if shown.period in (None, months[0]) else shown.period,
    }
    for name, select_id, *_ in filters.SELECTS[1:]:
        found[select_id, "options"] = filters.options(name, offered[name])
        found[select_id, "value"] = values[name] or filters.EVERY
    return found


def _words(offered: dict[str, list[tuple[str, str]]], values: dict[str, str | None]) -> list[str]:
    """The labels of what was chosen, in the order of the selects."""
    labels = {name: dict(choices) for name, choices in offered.items()}
    return [labels[name][values[name]].removeprefix("– ") for name in offered if values[name] in labels[name]]


def _offered(state: State) -> dict[str, list[tuple[str, str]]]:
    """(value, label) of every choice but the period, by name in the URL."""
    names = state.frame.names
    return {
        "wilayah": offered_areas(),
        "unit": offered_units(state),
        "kategori": sorted(names.categories[1:], key=lambda row: row[1].lower()),
        "kanal": sorted(names.channels[1:], key=lambda row: row[1].lower()),
        "status": [(group, STATUS[group].label) for group in GROUPS],
    }


def _with_chosen(choices: list[tuple[str, str]], value: str | None, state: State) -> list[tuple[str, str]]:
    """A unit or kelurahan that is too many to offer, but was linked to, is in the list while it is chosen."""
    if value is None or value in dict(choices):
        return choices
    code = state.frame.names.unit_code(value)
    label = state.frame.names.units[code].name if code else geography.names().get(value, value)
    return [*choices, (value, label)]


def offered_areas() -> list[tuple[str, str]]:
    """(code, name) of the kota and, below each, its kecamatan, in the order of the codes."""
    codes = sorted(code for code in geography.names() if 2 <= len(code.split(".")) <= 3)
    return [(code, _area_label(code)) for code in codes]


def _area_label(code: str) -> str:
    name = geography.names()[code]
    if code.count(".") == 2:
        return f"– {name}"
    return name.removeprefix("Kota Administrasi ").removeprefix("Kabupaten Administrasi ")


def offered_units(state: State) -> list[tuple[str, str]]:
    """(unit_id, name) of the units a screen can be narrowed to, in the order of the government's levels."""
    rank = {unit_type: position for position, unit_type in enumerate(UNIT_TYPES_OFFERED)}
    offered = [unit for unit in state.frame.names.units if unit.unit_type in rank]
    offered.sort(key=lambda unit: (rank[unit.unit_type], unit.name))
    return [(unit.unit_id, unit.name) for unit in offered]
