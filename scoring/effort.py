"""The effort part: how many reports a unit completed, between the minimum, median and maximum of its peers."""

from functools import lru_cache

import numpy as np


@lru_cache(maxsize=16)
def type_codes(types: tuple[str, ...]) -> np.ndarray:
    """Code (int64) of each unit's type: units of one type are peers."""
    return np.unique(np.array(types, dtype=object).astype(str), return_inverse=True)[1].astype(np.int64)


def peers(completed_counts: np.ndarray, has_reports: np.ndarray, groups: np.ndarray) -> tuple[np.ndarray, ...]:
    """(minimum, twice the median, maximum) int64 over units, of the peer group each unit is in.

    `completed_counts` int64 (complete and Doorr), `groups` int64 codes of unit types. Units without reports are in no
    group and get zeros. Twice the median is a whole number, so nothing is rounded.
    """
    units = np.flatnonzero(has_reports)
    order = units[np.lexsort((completed_counts[units], groups[units]))]
    sizes = np.bincount(groups[units], minlength=int(groups.max(initial=0)) + 1)
    ends = np.cumsum(sizes)
    starts, values = ends - sizes, completed_counts[order]
    filled = np.flatnonzero(sizes)
    table = np.zeros((3, len(sizes)), np.int64)
    table[0, filled] = values[starts[filled]]
    table[1, filled] = values[(starts + (sizes - 1) // 2)[filled]] + values[(starts + sizes // 2)[filled]]
    table[2, filled] = values[ends[filled] - 1]
    return tuple(np.where(has_reports, row[groups], 0) for row in table)


def effort(completed_counts: np.ndarray, group: tuple[np.ndarray, ...], points: dict[str, int]) -> np.ndarray:
    """Effort (float64) over units; each value is one division of whole numbers, so it is rounded once."""
    minimum, twice_median, maximum = group
    x = 2 * completed_counts
    low, middle, high = points["minimum"], points["median"], points["maximum"]
    below, above = twice_median - 2 * minimum, 2 * maximum - twice_median
    rising = low * below + (x - 2 * minimum) * (middle - low)
    topping = middle * above + (x - twice_median) * (high - middle)
    value = np.where(x < twice_median, rising / np.maximum(below, 1), topping / np.maximum(above, 1))
    return np.where(x == twice_median, float(middle), value)
