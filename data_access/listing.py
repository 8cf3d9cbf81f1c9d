"""Which reports: filters and facets as they stand in an address, and the rows of a frame they mean.

`mask` answers from a frame; data_access/listing_sql.py says the same to the database, over all rows. A number on a
screen is counted by the one and its list by the other, so the two must mean the same set: a test compares them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from urllib.parse import quote

import numpy as np

from data_access.completion import entered_in
from data_access.filters import Filters, masks
from data_access.frame import Frame, instant
from data_access.listing_facets import FACETS, POINT_KINDS
from scoring import periods
from scoring.periods import Period

PATH = "/laporan"
ALL_TIME = "semua"
YES = "ya"
RESOLUTIONS = ("0-7", "8-14", "15")
RESPONSES = ("tepat", "lewat", "belum")
POINTS = POINT_KINDS
NO_OFFICER = "~"  # in the place of an officer: the report lies with none
OPEN_START = date.min  # of a range without a first day: `..2026-11-22`
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Days = tuple[date, date]


@dataclass(frozen=True)
class Listing:
    """Which reports. Filters as everywhere, then facets; None or False: any. The name in the address is beside each."""

    filters: Filters = field(default_factory=Filters)  # period: None entered in the running month, ALL_TIME ever
    entered: Days | None = None  # masuk=2026-11-03 or 2026-11-01..2026-11-07, days in WIB, both included
    entered_within_hours: int | None = None  # dalam=: in the last so many hours
    completed: Days | None = None  # selesai=: completed on these days; OPEN_START: from the beginning
    waiting_over_hours: int | None = None  # tunggu=: Menunggu now, longer than that
    open_only: bool = False  # terbuka=ya: not Selesai
    overdue: bool = False  # lewat=ya: not Selesai, and older than the last time limit of its category
    resolution_days: str | None = None  # lama=: of RESOLUTIONS, whole days from entry to completion
    response: str | None = None  # respons=: of RESPONSES, the first answer within 6 hours of entry
    tier: int | None = None  # tingkat=: the time value of a completed report, by the limits of its category
    officer_id: str | None = None  # petugas=, NO_OFFICER for none
    cell: str | None = None  # sel=: H3 index of resolution 8 or 9
    point: str | None = None  # titik=: of POINTS: none, in Jakarta, at 0/0, swapped, elsewhere
    handovers: int | None = None  # pindah=: handed from one unit to another at least so often
    text: str | None = None  # cari=: a number, or words


FILTER_NAMES = ("periode", "wilayah", "unit", "kategori", "kanal", "status")
FACET_NAMES = {
    "masuk": "entered",
    "dalam": "entered_within_hours",
    "selesai": "completed",
    "tunggu": "waiting_over_hours",
    "terbuka": "open_only",
    "lewat": "overdue",
    "lama": "resolution_days",
    "respons": "response",
    "tingkat": "tier",
    "petugas": "officer_id",
    "sel": "cell",
    "titik": "point",
    "pindah": "handovers",
    "cari": "text",
}
NAMES = (*FILTER_NAMES, *FACET_NAMES)


def mask(frame: Frame, listing: Listing, as_of_us: int) -> np.ndarray:
    """bool per row of `frame`: the listing means it. ValueError for what a frame does not hold (officer, events, text).

    The frame must hold every report the listing may mean; scope is the caller's (data_access.filters.narrowed).
    """
    found = np.ones(len(frame), bool)
    if listing.filters.unit_id is not None:
        found &= frame.names.subtree(listing.filters.unit_id)[frame.unit]
    for condition in masks(frame, listing.filters):
        found &= condition
    period = period_of(listing, as_of_us)
    if period is not None:
        found &= entered_in(frame, period, as_of_us)
    for name, facet in FACETS.items():
        value = getattr(listing, name)
        if value is not None and value is not False:  # 0 hours is a limit
            found &= facet(frame, value, as_of_us, rules_period(listing, as_of_us))
    return found


def period_of(listing: Listing, as_of_us: int) -> Period | None:
    """The month of entry that is meant, None for any time."""
    if listing.filters.period == ALL_TIME:
        return None
    return periods.parse(listing.filters.period) if listing.filters.period else periods.of(instant(as_of_us))


def rules_period(listing: Listing, as_of_us: int) -> Period:
    """The month whose limits the facet `tier` is asked by: that of entry, the running one for any time."""
    return period_of(listing, as_of_us) or periods.of(instant(as_of_us))


def href(listing: Listing) -> str:
    """The address of the list: '/laporan?periode=semua&tunggu=24'."""
    query = "&".join(f"{name}={quote(value, safe='.,-:~')}" for name, value in query_of(listing).items())
    return f"{PATH}?{query}" if query else PATH


def query_of(listing: Listing) -> dict[str, str]:
    """Names and values of the address, without the defaults."""
    given = dict(zip(FILTER_NAMES, vars(listing.filters).values(), strict=True))
    given |= {name: _text(getattr(listing, attribute)) for name, attribute in FACET_NAMES.items()}
    return {name: value for name, value in given.items() if value is not None}


def of_query(query: Mapping[str, str]) -> Listing:
    """The listing of a checked query; other names in it are left out. ValueError for a value that means nothing."""
    facets = {one.name: None for one in fields(Listing) if one.name != "filters"}
    facets |= {"open_only": False, "overdue": False}
    for name, attribute in FACET_NAMES.items():
        if query.get(name):
            facets[attribute] = _READ.get(attribute, str)(query[name])
    return Listing(Filters(*(query.get(name) for name in FILTER_NAMES)), **facets)


def days_of(text: str) -> Days:
    """'2026-11-03', '2026-11-01..2026-11-07' or '..2026-11-07' as first and last day. ValueError otherwise."""
    first, found, last = text.partition("..")
    if not found:
        last = first
    days = (_day(first) if first else OPEN_START, _day(last))
    if days[0] > days[1]:
        raise ValueError(f"{text}: the first day comes after the last")
    if days[1] == date.max:
        raise ValueError(f"{text}: the calendar ends before this day does")
    return days


def _day(text: str) -> date:
    if not _DAY.fullmatch(text):
        raise ValueError(f"{text!r} is not a day: write YYYY-MM-DD")
    return date.fromisoformat(text)


def _text(value: object) -> str | None:
    if value is None or value is False:
        return None
    if value is True:
        return YES
    if isinstance(value, tuple):
        first, last = value
        if first == last:
            return last.isoformat()
        return f"{'' if first == OPEN_START else first.isoformat()}..{last.isoformat()}"
    return str(value)


_READ = {
    "entered": days_of,
    "completed": days_of,
    "entered_within_hours": int,
    "waiting_over_hours": int,
    "open_only": lambda text: text == YES,
    "overdue": lambda text: text == YES,
    "tier": int,
    "handovers": int,
}
