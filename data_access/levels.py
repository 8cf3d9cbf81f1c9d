"""The levels of the government a table has rows for, and which of their units each report belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from data_access.dimensions import Dimensions, Unit
from data_access.filters import Filters
from data_access.scope import Scope

# Name in the address -> types of units.
LEVELS = {
    "skpd": ("dinas", "badan", "biro"),
    "sudin": ("sudin", "suban"),
    "kota": ("kota", "kabupaten"),
    "kecamatan": ("kecamatan",),
    "kelurahan": ("kelurahan",),
    "upt": ("upt", "blud", "bumd"),
}
DEEPEST = 12  # steps up a tree of units; more is a circle in dirty data


@dataclass(frozen=True, eq=False)
class Level:
    """The units of one level that are shown.

    `codes` int64: their codes in the frame; `layers`: one int64 array per step up the tree, giving per unit code of the
    frame the position in `codes` of the unit it belongs to, -1 for none. A report belongs to its holder and to every
    unit above it.
    """

    names: Dimensions
    codes: np.ndarray
    layers: tuple[np.ndarray, ...]

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def units(self) -> list[Unit]:
        """The units, in the order of `codes`."""
        return [self.names.units[code] for code in self.codes.tolist()]

    def belonging(self, holders: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(rows, positions): every pair of a row, by its holder's unit code, and a unit of the level it belongs to."""
        pairs = list(self._pairs(holders))
        return np.concatenate([rows for rows, _ in pairs]), np.concatenate([places for _, places in pairs])

    def _pairs(self, holders: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        yield np.zeros(0, np.int64), np.zeros(0, np.int64)
        for layer in self.layers:
            places = layer[holders]
            rows = np.flatnonzero(places >= 0)
            yield rows, places[rows]


def level(scope: Scope, names: Dimensions, name: str, filters: Filters) -> Level:
    """The units of level `name` (of LEVELS) that the viewer may see, at or below the unit and in the area filtered by.

    A unit without an area is in every one; one whose area holds the filtered area is shown too.
    """
    inside = names.subtree(filters.unit_id) if filters.unit_id else np.ones(len(names.units), bool)
    shown = [
        code
        for code, unit in enumerate(names.units)
        if unit.unit_type in LEVELS[name]
        and inside[code]
        and (scope.everything or unit.unit_id in scope.unit_ids)
        and _touches(unit.wilayah_code, filters.area_code)
    ]
    codes = np.array(shown, np.int64)
    return Level(names, codes, _layers(names, tuple(shown)))


def _touches(unit_area: str | None, area: str | None) -> bool:
    if not area or not unit_area:
        return True
    return f"{unit_area}.".startswith(f"{area}.") or f"{area}.".startswith(f"{unit_area}.")


@lru_cache(maxsize=16)
def _layers(names: Dimensions, codes: tuple[int, ...]) -> tuple[np.ndarray, ...]:
    code_of = names.code_of["unit"]
    parent = np.array([code_of.get(unit.parent_id, 0) if unit.parent_id else 0 for unit in names.units], np.int64)
    place = np.full(len(names.units), -1, np.int64)
    place[list(codes)] = np.arange(len(codes))
    layers: list[np.ndarray] = []
    at = np.arange(len(names.units))
    for _ in range(DEEPEST):
        layer = place[at]
        for earlier in layers:  # a unit met again in a circle counts once
            layer = np.where(layer == earlier, -1, layer)
        layers.append(layer)
        at = parent[at]
    return tuple(layer for layer in layers if (layer >= 0).any())
