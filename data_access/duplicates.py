"""Which reports tell of the same thing? Same category, at most 50 m and 48 hours apart, one after the other.

Points are put into a grid whose cells are so small that two in one cell are near each other anyway: there only the
order in time matters. Pairs of neighbouring cells are compared by distance, then everything joined becomes one group.
"""

import math
from collections.abc import Iterator

import numpy as np

NEAR_METRES = 50.0
NEAR_HOURS = 48
METRES_PER_DEGREE = 111_195.0  # of latitude, on a sphere of 6,371 km
JAKARTA_LATITUDE = math.radians(-6.2)
CELL_METRES = NEAR_METRES / math.sqrt(2)
# Columns to the east and rows to the north; half of the 24 cells around one, the other half meets it from its own side.
NEIGHBOURS = ((0, (1, 2)), (1, (-2, -1, 0, 1, 2)), (2, (-2, -1, 0, 1, 2)))
COMPARED_AT_MOST = 32  # per point and neighbouring cell, nearest in time first: a spot with more is one group anyway
PAIRS_AT_ONCE = 1_000_000


def groups(kind: np.ndarray, latitude: np.ndarray, longitude: np.ndarray, entered_us: np.ndarray) -> np.ndarray:
    """int64 per report: the position of one report of its group, the same for all of a group.

    `kind` int >= 0 (only equal ones are duplicates), degrees, microseconds; points must be in Jakarta. Chains count:
    the first and last of a group may be further apart. 6,000 reports take some 5 ms.
    """
    if not len(kind):
        return np.zeros(0, np.int64)
    x, y = _metres(latitude, longitude)
    seconds = (entered_us - entered_us.min()) // 1_000_000
    order, cell, key = _sorted(kind, x, y, seconds)
    x, y, seconds = x[order], y[order], seconds[order]
    group = _same_cell(cell, seconds)
    for first, second in _neighbours(cell, key, x, y, seconds):
        group = _joined(group, first, second)
    found = np.empty(len(order), np.int64)
    found[order] = order[group]
    return found


def _metres(latitude: np.ndarray, longitude: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """East and north of the south-western corner: in a city the earth is flat."""
    east = longitude.astype(np.float64) * METRES_PER_DEGREE * math.cos(JAKARTA_LATITUDE)
    north = latitude.astype(np.float64) * METRES_PER_DEGREE
    return east - east.min(), north - north.min()


class _Keys:
    """Kind, column, row and second of a report in one whole number, so that one sort and one search do."""

    def __init__(self, columns: int, rows: int, seconds: int):
        self.rows, self.span = rows + 4, seconds + 2 * NEAR_HOURS * 3600 + 2
        self.columns = columns + 4

    def cell(self, kind, column, row):
        return (kind * self.columns + column + 2) * self.rows + row + 2

    def key(self, cell, seconds):
        return cell * self.span + seconds + NEAR_HOURS * 3600


def _sorted(kind, x, y, seconds) -> tuple[np.ndarray, tuple[_Keys, np.ndarray], np.ndarray]:
    """Order of the reports by cell and time; (keys, cell of each) and key of each in that order."""
    column, row = (x // CELL_METRES).astype(np.int64), (y // CELL_METRES).astype(np.int64)
    keys = _Keys(int(column.max()) + 1, int(row.max()) + 1, int(seconds.max()))
    cell = keys.cell(kind.astype(np.int64), column, row)
    key = keys.key(cell, seconds)
    order = np.argsort(key, kind="stable")
    return order, (keys, cell[order]), key[order]


def _same_cell(cell: tuple[_Keys, np.ndarray], seconds: np.ndarray) -> np.ndarray:
    """Group of each: in one cell a report belongs to the one before it when that is at most 48 hours older."""
    number = cell[1]
    begins = np.ones(len(number), bool)
    begins[1:] = (number[1:] != number[:-1]) | (np.diff(seconds) > NEAR_HOURS * 3600)
    return np.flatnonzero(begins)[np.cumsum(begins) - 1]


def _neighbours(cell: tuple[_Keys, np.ndarray], key, x, y, seconds) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs of positions in neighbouring cells that are near in place and time."""
    keys, number = cell
    for columns, rows in NEIGHBOURS:
        there = number + columns * keys.rows
        first = np.searchsorted(key, keys.key(there + rows[0], -NEAR_HOURS * 3600))
        past = np.searchsorted(key, keys.key(there + rows[-1] + 1, -NEAR_HOURS * 3600))
        some = np.flatnonzero(past > first)  # most have nobody in any of these cells
        for row in rows:
            yield from _near(*_in_time(key, keys.key(there[some] + row, seconds[some]), some), x, y)


def _in_time(key, middle, some) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Reports, and the range of positions each is compared with: at most 48 hours before or after, nearest first."""
    reach, half = NEAR_HOURS * 3600, COMPARED_AT_MOST // 2
    low, high = np.searchsorted(key, middle - reach), np.searchsorted(key, middle + reach, side="right")
    found = np.flatnonzero(high > low)
    at = np.searchsorted(key, middle[found])
    return some[found], np.maximum(low[found], at - half), np.minimum(high[found], at + half)


def _near(some, low, high, x, y) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Of the ranges the pairs at most 50 m apart, a bounded number at once."""
    step = max(1, PAIRS_AT_ONCE // COMPARED_AT_MOST)
    for start in range(0, len(some), step):
        part = slice(start, start + step)
        count = np.maximum(high[part] - low[part], 0)
        first = np.repeat(some[part], count)
        before = np.repeat(np.cumsum(count) - count, count)
        second = np.repeat(low[part], count) + np.arange(len(first)) - before
        near = (x[first] - x[second]) ** 2 + (y[first] - y[second]) ** 2 <= NEAR_METRES**2
        yield first[near], second[near]


def _joined(group: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Groups after joining the groups of each pair: union-find in which all pairs are joined at once, until none is."""
    while True:
        a, b = group[first], group[second]
        apart = a != b
        if not apart.any():
            return group
        np.minimum.at(group, np.maximum(a, b)[apart], np.minimum(a, b)[apart])
        while (group[group] != group).any():
            group = group[group]
