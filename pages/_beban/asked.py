"""What the workload is asked for: units of a level or officers, their order, the page; and the rows in that order."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from data_access import workload
from data_access.filters import Filters
from data_access.frame import Frame, microseconds
from data_access.levels import LEVELS, Level, level
from data_access.live import State
from data_access.monitor_tree import folded
from data_access.scope import Scope
from data_access.workload import Load, Officers
from pages._query import Check

DEFAULT_LEVEL, OFFICERS = "skpd", "petugas"
DEFAULT_SORT = "-terbuka"
PAGE_ROWS = 100
SORTS = (
    "nama",
    "-terbuka",
    "-lewat",
    "-tunggu",
    "-masuk",
    "-tutup",
    "-pekan",
    "-kapasitas",
    "-neraca",
    "-habis",
    "-tertua",
)
OWN_NAMES = ("jenis", "lihat", "urut", "halaman")


def _level(value: str, _state: State) -> str | None:
    return value if value in LEVELS else None


def _shape(value: str, _state: State) -> str | None:
    return value if value == OFFICERS else None


_folded = lru_cache(maxsize=4000)(folded)
CHECKS: dict[str, Check] = {"jenis": _level, "lihat": _shape}


@dataclass(frozen=True, eq=False)
class Asked:
    """The load of the units of `level`, or of `officers` when that is not None; positions are those of its arrays."""

    query: dict[str, str]
    filters: Filters
    as_of_us: int
    frame: Frame
    load: Load
    level: Level | None
    officers: Officers | None

    @property
    def sort(self) -> str:
        asked = self.query.get("urut", DEFAULT_SORT)
        known = {name.removeprefix("-") for name in SORTS}
        return asked if asked.removeprefix("-") in known else DEFAULT_SORT

    @cached_property
    def names(self) -> list[str]:
        """Short name of each unit or officer; an alias is told apart by the unit it belongs to."""
        if self.officers is None:
            return [self.frame.names.holder(code) for code in self.level.codes.tolist()]
        return [officer.alias for officer in self.officers.officers]

    @cached_property
    def listed(self) -> list[int]:
        """Positions of those that have or had work, in the order asked for."""
        load = self.load
        busy = np.flatnonzero((load.open > 0) | (load.entered > 0) | (load.closed > 0)).tolist()
        key, down = self.sort.removeprefix("-"), self.sort.startswith("-")
        values = self._values(key)
        by_name = sorted(busy, key=self._name_key, reverse=values is None and down)
        if values is None:
            return by_name
        signed = -values if down else values
        return sorted(by_name, key=lambda place: (np.isnan(signed[place]), signed[place]))

    @property
    def open_count(self) -> int:
        """All open reports of the narrowed frame, whoever holds them."""
        return int(workload.masks(self.frame, self.as_of_us)["open"].sum())

    @property
    def pages(self) -> int:
        return max(-(-len(self.listed) // PAGE_ROWS), 1)

    @property
    def page(self) -> int:
        """From 1; one beyond the end is the last."""
        return min(int(self.query.get("halaman", 1)), self.pages)

    @property
    def shown(self) -> list[int]:
        """Positions of the rows on this page: all units, some officers."""
        if self.officers is None:
            return self.listed
        return self.listed[(self.page - 1) * PAGE_ROWS : self.page * PAGE_ROWS]

    def _name_key(self, place: int) -> tuple[str, str]:
        unit = self.officers.officers[place].unit_id or "" if self.officers else ""
        return _folded(self.names[place]), unit

    def _values(self, key: str) -> np.ndarray | None:
        """What a column is sorted by (float64, NaN last), None for names."""
        load, there = self.load, self.load.oldest >= 0
        entered = self.frame.entered[load.oldest] if len(self.frame) else np.zeros(len(there))
        columns = {
            "terbuka": load.open,
            "lewat": load.overdue,
            "tunggu": load.waiting,
            "masuk": load.entered,
            "tutup": load.closed,
            "pekan": load.closed_week,
            "kapasitas": load.capacity_share,
            "neraca": load.growth_per_day,
            "habis": load.clearing_days,
            "tertua": np.where(there, self.as_of_us - entered, np.nan),
        }
        return columns[key].astype(float) if key in columns else None


def of_officers(query: dict[str, str]) -> bool:
    """The officers are asked for, not the units."""
    return query.get("lihat") == OFFICERS


def asked(scope: Scope, query: dict[str, str], filters: Filters, state: State, frame: Frame) -> Asked:
    """The load of a canonical query over the narrowed `frame`. DatabaseUnavailable when the officers cannot be read."""
    as_of_us = microseconds(state.as_of)
    if of_officers(query):
        officers = workload.officers_of(state)
        load = workload.load_of_officers(frame, officers, as_of_us)
        return Asked(query, filters, as_of_us, frame, load, None, officers)
    shown = level(scope, frame.names, query.get("jenis", DEFAULT_LEVEL), filters)
    return Asked(query, filters, as_of_us, frame, workload.load_of_units(frame, shown, as_of_us), shown, None)
