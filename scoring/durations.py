"""How long reports stay open: the hazard of completion by age, of every unit and category, open reports censored.

The hazard of all reports is counted on a fine grid of ages (completions per hour under risk, as Kaplan-Meier and
Nelson-Aalen do). Four levels multiply it, each per band of ages, by the ratio of completions seen to completions
expected from the levels above: the type of unit, the category among units of that type, the unit, the unit's category.
Shrinkage: every ratio is taken as if SHRINK_EVENTS more completions, all as expected, had been seen.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

SHRINK_EVENTS = 10
LONGEST_HOURS = 20_000.0
# Quarters of an hour, hours to three days, then steps of 4 %.
GRID_HOURS = np.concatenate([np.arange(0, 6, 0.25), np.arange(6, 72), np.geomspace(72, LONGEST_HOURS, 144)])
# Octaves: 0-1, 1-2, 2-4 ... 1024 hours and beyond.
BAND_HOURS = np.array([0.0, *(2.0**power for power in range(11)), LONGEST_HOURS])
LOWEST_RATE_PER_HOUR = 1e-7  # a bin in which nothing was completed still moves


@dataclass(frozen=True, eq=False)
class Spells:
    """Times under risk, one row per report. unit, category int (category -1 unknown); start_hours, end_hours float64.

    A report is watched from `start_hours` to `end_hours` of age; `completed` bool: it ended there, else it is censored.
    """

    unit: np.ndarray
    category: np.ndarray
    start_hours: np.ndarray
    end_hours: np.ndarray
    completed: np.ndarray


@dataclass(frozen=True, eq=False)
class Durations:
    """`base` float64 over GRID_HOURS: cumulative hazard of all. `ratio` (units, categories + 1, bands), last = unknown.

    `completions` int64 over units: how many the unit's ratios rest on.
    """

    base: np.ndarray
    ratio: np.ndarray
    completions: np.ndarray

    def cumulative(self, unit: np.ndarray, category: np.ndarray, age_hours: np.ndarray) -> np.ndarray:
        """Cumulative hazard (float64) up to an age; arguments broadcast. exp(-it) is the share still open then."""
        unit, category, age_hours = np.broadcast_arrays(unit, category, age_hours)
        band = np.clip(np.searchsorted(BAND_HOURS, age_hours, side="right") - 1, 0, len(BAND_HOURS) - 2)
        inside = self._base_at(age_hours) - self._base_at(BAND_HOURS)[band]
        return self._at_bands[unit, category, band] + self.ratio[unit, category, band] * inside

    def __post_init__(self) -> None:
        steps = self.ratio * np.diff(self._base_at(BAND_HOURS))
        before = np.cumsum(steps, axis=2) - steps
        object.__setattr__(self, "_at_bands", before)

    def _base_at(self, age_hours: np.ndarray) -> np.ndarray:
        return np.interp(age_hours, GRID_HOURS, self.base)


def fit_durations(spells: Spells, type_of_unit: np.ndarray, categories_count: int) -> Durations:
    """Durations from spells; `type_of_unit` int codes over units. Rows in one fixed order give the same bits."""
    shape = (len(type_of_unit), categories_count + 1, len(BAND_HOURS) - 1)
    base = _base(spells)
    seen, expected = _seen(spells, shape), _expected(spells, base, shape)
    ratio = np.ones(shape)
    for groups, over_categories in ((type_of_unit, True), (type_of_unit, False), (None, True), (None, False)):
        ratio = ratio * _level(seen, expected * ratio, groups, over_categories)
    return Durations(base, ratio, seen.sum(axis=(1, 2)).astype(np.int64))


def _level(seen: np.ndarray, expected: np.ndarray, groups: np.ndarray | None, over_categories: bool) -> np.ndarray:
    """Shrunk ratios of one level, over units and categories: of groups of units (None: each unit is its own)."""
    sums = [_grouped(values, groups) for values in (seen, expected)]
    if over_categories:
        sums = [values.sum(axis=1, keepdims=True) for values in sums]
    ratio = (sums[0] + SHRINK_EVENTS) / (sums[1] + SHRINK_EVENTS)
    return ratio if groups is None else ratio[groups]


def _grouped(values: np.ndarray, groups: np.ndarray | None) -> np.ndarray:
    if groups is None:
        return values
    sums = np.zeros((int(groups.max()) + 1, *values.shape[1:]))
    np.add.at(sums, groups, values)
    return sums


def _base(spells: Spells) -> np.ndarray:
    """Cumulative hazard of all reports at GRID_HOURS: completions in a bin per hour under risk in it."""
    under_risk = np.diff(_hours_below(spells.end_hours) - _hours_below(spells.start_hours))
    ended = np.histogram(spells.end_hours[spells.completed], GRID_HOURS)[0]
    rate = np.maximum(ended / np.maximum(under_risk, 1e-9), LOWEST_RATE_PER_HOUR)
    return np.concatenate([[0.0], np.cumsum(rate * np.diff(GRID_HOURS))])


def _hours_below(hours: np.ndarray) -> np.ndarray:
    """Sum of min(hours, edge) for each edge of GRID_HOURS."""
    ordered = np.sort(hours)
    sums = np.concatenate([[0.0], np.cumsum(ordered)])
    below = np.searchsorted(ordered, GRID_HOURS)
    return sums[below] + (len(ordered) - below) * GRID_HOURS


def _seen(spells: Spells, shape: tuple[int, int, int]) -> np.ndarray:
    """Completions per unit, category and band."""
    ended = spells.completed
    band = np.clip(np.searchsorted(BAND_HOURS, spells.end_hours[ended], side="right") - 1, 0, shape[2] - 1)
    cell = _cells(spells, shape)[ended] * shape[2] + band
    return np.bincount(cell, minlength=np.prod(shape)).reshape(shape).astype(float)


def _expected(spells: Spells, base: np.ndarray, shape: tuple[int, int, int]) -> np.ndarray:
    """Completions per unit, category and band if every report had the hazard of all."""
    cells, expected = _cells(spells, shape), np.empty((shape[0] * shape[1], shape[2]))
    for band, (low, high) in enumerate(pairwise(BAND_HOURS)):
        rows = (spells.end_hours > low) & (spells.start_hours < high)
        ends = np.interp(np.minimum(spells.end_hours[rows], high), GRID_HOURS, base)
        starts = np.interp(np.maximum(spells.start_hours[rows], low), GRID_HOURS, base)
        expected[:, band] = np.bincount(cells[rows], ends - starts, len(expected))
    return expected.reshape(shape)


def _cells(spells: Spells, shape: tuple[int, int, int]) -> np.ndarray:
    return spells.unit.astype(np.int64) * shape[1] + np.where(spells.category < 0, shape[1] - 1, spells.category)
