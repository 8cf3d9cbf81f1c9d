"""What of a URL's query a view is asked by. Only checked values become part of an answer's key."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

import h3

from data_access import geography, listing
from data_access.handovers import parties
from data_access.listing_facets import CELL_RESOLUTIONS
from data_access.live import State
from data_access.scored_reports import RULEBOOK
from data_access.status import GROUPS
from scoring import periods, rulebook
from scoring.periods import WIB
from scoring.rules import Rules

PERIODS_OFFERED = 14
UNKNOWN_NAMES = "tidak-dikenal"
OPENED_AT_MOST = 40
SEARCH_LENGTH = 60
SCENARIO_LENGTH = 6000
PER_DAY_AT_MOST = 500
PAGES_AT_MOST = 1000
HANDOVERS_AT_MOST = 99
HOURS_AT_MOST = 24 * 92
SINCE = ("pagi", "kemarin", "minggu", "awal")
SHAPES = ("pohon", "daftar")
MAP_MODES = ("kisi", "kelurahan", "kecamatan", "kota")
MAP_MEASURES = ("km2", "sisa")
AXES = ("kategori", "unit", "kanal")
PAIR_SIGN = "~"
_WORD = re.compile(r"[a-z0-9-]{1,40}")
_SCENARIO = re.compile(r"[A-Za-z0-9@~:,.\-_/]+")
_CELL = re.compile(r"[0-9a-f]{15}")  # one way to write each; h3 takes signs, capitals and numbers too large for it

Check = Callable[[str, State], str | None]  # the value as it is kept, None when it cannot be used


def canonical(
    asked: Mapping[str, str], state: State, names: tuple[str, ...], own: Mapping[str, Check] | None = None
) -> tuple[tuple[str, str], ...]:
    """The values of `names` that can be used, and the names of those that cannot: a made-up value is never kept.

    `own`: checks of a view that reads a name in its own way.
    """
    given = {name: asked[name] for name in names if asked.get(name)}
    checks = CHECKS | (own or {})
    checked = {name: checks[name](value, state) for name, value in given.items()}
    good = tuple((name, value) for name, value in checked.items() if value is not None)
    bad = ",".join(name for name, value in checked.items() if value is None)
    return (*good, (UNKNOWN_NAMES, bad)) if bad else good


def offered_periods(state: State) -> list[str]:
    """The running month and the ones before it, newest first."""
    running = periods.of(state.as_of)
    return [str(running.shifted(-months)) for months in range(PERIODS_OFFERED)]


def _period(value: str, state: State) -> str | None:
    return value if value in offered_periods(state) else None


def _unit(value: str, state: State) -> str | None:
    return value if value and state.frame.names.unit_code(value) else None


def _units(value: str, state: State) -> str | None:
    known = {unit_id for unit_id in value.split(",")[:OPENED_AT_MOST] if _unit(unit_id, state)}
    return ",".join(sorted(known)) or None


def _area(value: str, _state: State) -> str | None:
    return value if value in geography.names() and value.count(".") >= 1 else None


def _category(value: str, state: State) -> str | None:
    return value if state.frame.names.code_of["category"].get(value, 0) else None


def _channel(value: str, state: State) -> str | None:
    return value if state.frame.names.code_of["channel"].get(value, 0) else None


def _unit_type(value: str, state: State) -> str | None:
    return value if value in {unit.unit_type for unit in state.frame.names.units[1:]} else None


def _search(value: str, _state: State) -> str | None:
    text = " ".join(value.split())
    return text if text.isprintable() and 0 < len(text) <= SEARCH_LENGTH else None


def _since(value: str, state: State) -> str | None:
    """A named moment, or a minute in WIB that has passed and is not before every month there is to compare with."""
    if value in SINCE:
        return value
    try:
        at = datetime.strptime(value, "%Y-%m-%dT%H:%M").replace(tzinfo=WIB)
    except ValueError:
        return None
    oldest = periods.of(state.as_of).shifted(1 - PERIODS_OFFERED).start
    return f"{at:%Y-%m-%dT%H:%M}" if oldest <= at < state.as_of else None


def _date(value: str, _state: State) -> str | None:
    try:
        return value if date.fromisoformat(value).isoformat() == value else None
    except ValueError:
        return None


def _word(value: str, _state: State) -> str | None:
    return value if _WORD.fullmatch(value) else None


def _scenario(value: str, _state: State) -> str | None:
    return value if len(value) <= SCENARIO_LENGTH and _SCENARIO.fullmatch(value) else None


def _number(most: int) -> Check:
    def check(value: str, _state: State) -> str | None:
        digits = value.isascii() and value.isdecimal() and len(value) <= len(str(most))
        return str(int(value)) if digits and 1 <= int(value) <= most else None

    return check


def period_or_all_time(value: str, state: State) -> str | None:
    """A month that is offered, or any time: only lists of reports know it."""
    return value if value == listing.ALL_TIME else _period(value, state)


def _days(value: str, _state: State) -> str | None:
    try:
        listing.days_of(value)
    except ValueError:
        return None
    return value


def _cell(value: str, _state: State) -> str | None:
    usable = _CELL.fullmatch(value) and h3.is_valid_cell(value) and h3.get_resolution(value) in CELL_RESOLUTIONS
    return value if usable else None


def _identifier(value: str, _state: State) -> str | None:
    return value if value.isprintable() and len(value) <= SEARCH_LENGTH else None


def _target(value: str, state: State) -> str | None:
    """A grade that has a limit to reach."""
    return value if _rules(state).grades.get(value) is not None else None


def _tier(value: str, state: State) -> str | None:
    return value if value in map(str, _rules(state).tier_values) else None


def _rules(state: State) -> Rules:
    return rulebook.load(RULEBOOK).at(periods.of(state.as_of))


def _one_of(words: tuple[str, ...]) -> Check:
    return lambda value, _state: value if value in words else None


def _pair(value: str, state: State) -> str | None:
    """Two parties between which reports are passed on."""
    known, (source, _, target) = parties(state.frame.names)[0], value.partition(PAIR_SIGN)
    return value if source in known and target in known else None


CHECKS: dict[str, Check] = {
    "periode": _period,
    "wilayah": _area,
    "unit": _unit,
    "kategori": _category,
    "kanal": _channel,
    "status": _one_of(GROUPS),
    # the list of units
    "tampil": _one_of(SHAPES),
    "jenis": _unit_type,
    "induk": _unit,
    "buka": _units,
    "cari": _search,
    "urut": _word,
    # one unit
    "sejak": _since,
    "target": _target,
    "lihat": _word,
    "halaman": _number(PAGES_AT_MOST),
    "sim": _scenario,
    "perhari": _number(PER_DAY_AT_MOST),
    # times, channels and categories
    "menurut": _one_of(AXES),
    "batas": _category,
    "alur": _pair,
    # the map
    "mode": _one_of(MAP_MODES),
    "ukuran": _one_of(MAP_MEASURES),
    "hari": _date,
    # the desk
    "tindakan": _one_of((listing.YES,)),
    "pilih": _unit,
    # the hand-over sheet
    "lembar": _number(10**9),
    # lists of reports
    "masuk": _days,
    "dalam": _number(HOURS_AT_MOST),
    "selesai": _days,
    "tunggu": _one_of(("0", "6", "24")),
    "terbuka": _one_of((listing.YES,)),
    "lewat": _one_of((listing.YES,)),
    "lama": _one_of(listing.RESOLUTIONS),
    "respons": _one_of(listing.RESPONSES),
    "tingkat": _tier,
    "petugas": _identifier,
    "sel": _cell,
    "titik": _one_of(listing.POINTS),
    "pindah": _number(HANDOVERS_AT_MOST),
    "nomor": _identifier,
}
