"""What the ranking is asked for: level, order, minimum, volume; and the units in that order."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from components.tkd_table import unit_href
from data_access import ranking
from data_access.filters import Filters
from data_access.levels import LEVELS
from data_access.live import State
from data_access.monitor_tree import folded
from data_access.ranking import BANDS, Ranking
from data_access.scope import Scope
from pages._query import Check

DEFAULT_LEVEL = "kelurahan"
DEFAULT_SORT = "peringkat"
# From so many reports on, one that comes last instead of first moves the score by less than the width of a grade.
DEFAULT_MINIMUM = 5
MINIMUM_AT_MOST = 999
# Columns that sort, as they stand in the address at the first click: '-' begins with the highest.
SORTS = ("peringkat", "nama", "-nilai", "rentang", "-selisih", "-jumlah", "-tuntas", "rerata", "tengah", "-jawab")
LEVEL_NAMES = {
    "skpd": "SKPD",
    "sudin": "suku dinas dan suku badan",
    "kota": "kota dan kabupaten",
    "kecamatan": "kecamatan",
    "kelurahan": "kelurahan",
    "upt": "UPT, BLUD, dan BUMD",
}
OWN_NAMES = ("jenis", "urut", "minimum", "volume")


def _level(value: str, _state: State) -> str | None:
    return value if value in LEVELS else None


def _minimum(value: str, _state: State) -> str | None:
    usable = value.isascii() and value.isdecimal() and len(value) <= len(str(MINIMUM_AT_MOST)) and int(value) >= 1
    return str(int(value)) if usable else None


def _band(value: str, _state: State) -> str | None:
    return value if value in BANDS else None


_folded = lru_cache(maxsize=4000)(folded)
CHECKS: dict[str, Check] = {"jenis": _level, "minimum": _minimum, "volume": _band}


@dataclass(frozen=True, eq=False)
class Asked:
    """A ranking with the query that asked for it; positions are those of its arrays."""

    query: dict[str, str]
    filters: Filters
    found: Ranking

    @property
    def level_name(self) -> str:
        return level_of(self.query)

    @property
    def kind(self) -> str:
        """What a unit of this level is called."""
        return LEVEL_NAMES[self.level_name]

    @property
    def sort(self) -> str:
        asked = self.query.get("urut", DEFAULT_SORT)
        return asked if asked.removeprefix("-") in {name.removeprefix("-") for name in SORTS} else DEFAULT_SORT

    @cached_property
    def names(self) -> list[str]:
        """Short name of each unit."""
        return [self.found.level.names.holder(code) for code in self.found.level.codes.tolist()]

    @cached_property
    def ranked(self) -> list[int]:
        """Positions of those with a rank, in the order asked for."""
        return self._ordered(np.flatnonzero(self.found.ranked))

    @cached_property
    def small(self) -> list[int]:
        """Positions of those with too few reports for a rank, or without a score, in the order asked for."""
        return self._ordered(np.flatnonzero(~self.found.ranked & (self.found.figures.reports > 0)))

    @property
    def silent_count(self) -> int:
        """Units without a report."""
        return int((self.found.figures.reports == 0).sum())

    @property
    def by_rank(self) -> list[int]:
        """Positions of those with a rank, the first one first."""
        places = np.flatnonzero(self.found.ranked).tolist()
        return sorted(places, key=lambda place: (int(self.found.rank[place]), _folded(self.names[place])))

    def unit_href(self, place: int) -> str:
        """The screen of a unit, of the same month when one was chosen."""
        return unit_href(self.found.level.units[place].unit_id, self.filters.period)

    def _ordered(self, places: np.ndarray) -> list[int]:
        key, down = self.sort.removeprefix("-"), self.sort.startswith("-")
        values = _values(self.found, key)
        by_name = sorted(places.tolist(), key=lambda place: _folded(self.names[place]), reverse=values is None and down)
        if values is None:
            return by_name
        signed = -values if down else values
        return sorted(by_name, key=lambda place: (np.isnan(signed[place]), signed[place]))


def asked(scope: Scope, query: dict[str, str], filters: Filters, state: State) -> Asked:
    """The ranking of a canonical query. Raises DatabaseUnavailable when the month cannot be read."""
    minimum = int(query.get("minimum", DEFAULT_MINIMUM))
    found = ranking.ranking(scope, state, level_of(query), filters, minimum, query.get("volume"))
    return Asked(query, filters, found)


def level_of(query: dict[str, str]) -> str:
    """The level asked for, kelurahan without."""
    return query.get("jenis", DEFAULT_LEVEL)


def _values(found: Ranking, key: str) -> np.ndarray | None:
    """What a column is sorted by (float64, NaN last), None for names."""
    figures = found.figures
    columns = {
        "peringkat": -found.standing,
        "nilai": found.standing,
        "rentang": found.worst.astype(float),
        "selisih": found.since_month,
        "jumlah": figures.reports.astype(float),
        "tuntas": _shares(figures.completed, figures.reports),
        "rerata": figures.mean_hours,
        "tengah": figures.median_hours,
        "jawab": _shares(figures.answered_in_time, figures.answer_due),
    }
    return columns.get(key)


def _shares(counts: np.ndarray, of_counts: np.ndarray) -> np.ndarray:
    return np.where(of_counts > 0, counts / np.maximum(of_counts, 1), np.nan)
