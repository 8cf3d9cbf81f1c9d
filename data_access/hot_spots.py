"""Where are more reports than usual? Each wall cell against the weeks before, duplicates counted once.

A cell is hot when so many different reports in seven days are less likely than `ALARM_CHANCE` for a Poisson number
with the cell's own weekly mean. With some 950 cells chance alone marks about one a week.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from data_access import duplicates, geography, waiting
from data_access.day_window import DAYS, DayWindow, between
from data_access.frame import Frame, wib_day

WEEKS_BEFORE = 11
WEEKS_NEEDED = 3
ALARM_CHANCE = 0.001
COUNT_NEEDED = 5  # fewer are no spot, however quiet the cell is
NEXT_CHANCE = 0.05  # cells below the limit that come next: worth a look where nothing is hot
PRIOR_COUNT = 0.5  # added to the reports before, so that a cell without any is not hot at the first


@dataclass(frozen=True, eq=False)
class Weeks:
    """Different reports: `by_week` int64 (wall cells, weeks), oldest week first; `by_category` int64 (cells, codes).

    `located_count` reports had a point in Jakarta, `merged_count` of them told of the same as another one.
    """

    by_week: np.ndarray
    by_category: np.ndarray
    located_count: int
    merged_count: int

    @property
    def count(self) -> int:
        """How many weeks."""
        return self.by_week.shape[1]


@dataclass(frozen=True)
class HotSpot:
    """A wall cell, its different reports, and the `chance` of so many.

    `usual_count` a week before, `limit_count` the smallest count beyond its limit; `category` code that grew most with
    its different reports; `weeks` different reports per week, this one last.
    """

    cell: int
    chance: float
    different_count: int
    usual_count: float
    limit_count: int
    category: int
    category_count: int
    weeks: tuple[int, ...]

    @property
    def is_hot(self) -> bool:
        return self.chance < ALARM_CHANCE

    @property
    def ratio(self) -> float:
        return self.different_count / self.usual_count


def weeks_before(window: DayWindow, first_complete_day: int) -> int:
    """How many whole weeks before the window are known, at most WEEKS_BEFORE."""
    return max(0, min(WEEKS_BEFORE, (window.first_day - first_complete_day) // DAYS))


def weeks_of(frame: Frame, first_day: int, count: int, as_of_us: int) -> Weeks:
    """The different reports of `count` weeks from `first_day` on, up to `as_of_us`. Some 60 ms for 40,000 reports."""
    cells, categories = len(geography.wall_cells()), len(frame.names.categories)
    inside = between(frame, first_day, first_day + count * DAYS - 1, as_of_us) & (frame.cell >= 0)
    rows = np.flatnonzero(inside)
    week = (wib_day(frame.entered[rows]) - first_day) // DAYS
    category = frame.category[rows].astype(np.int64)
    kind = category * (count + 1) + week  # of one week, so that a week can be compared with another
    group = duplicates.groups(kind, frame.latitude[rows], frame.longitude[rows], frame.entered[rows])
    first = np.unique(group)
    cell = frame.cell[rows[first]].astype(np.int64)
    by_week = np.bincount(cell * count + week[first], minlength=cells * count)
    by_category = np.bincount(cell * categories + category[first], minlength=cells * categories)
    return Weeks(
        by_week.reshape(cells, count), by_category.reshape(cells, categories), len(rows), len(rows) - len(first)
    )


def find(before: Weeks, now: Weeks) -> list[HotSpot]:
    """The hot cells, the highest ratio first, then those next to the limit, the least likely first.

    Nothing with fewer than WEEKS_NEEDED weeks before.
    """
    if before.count < WEEKS_NEEDED:
        return []
    found = sorted(_unusual(before, now), key=lambda spot: (spot.chance, spot.cell))
    hot = sorted((spot for spot in found if spot.is_hot), key=lambda spot: (-spot.ratio, spot.cell))
    return hot + [spot for spot in found if not spot.is_hot]


def waiting_long(frame: Frame, as_of_us: int) -> np.ndarray:
    """int64 per wall cell: reports waiting longer than 24 hours at `as_of_us`."""
    cells = frame.cell[waiting.now_waiting(frame, as_of_us).over(waiting.WARNING_LIMIT_HOURS)]
    return np.bincount(cells[cells >= 0], minlength=len(geography.wall_cells()))


def limit_count(mean: float) -> int:
    """The smallest count that a Poisson number of this mean reaches with a chance below ALARM_CHANCE."""
    count = math.ceil(mean)
    while chance(count, mean) >= ALARM_CHANCE:
        count += 1
    return count


def chance(count: int, mean: float) -> float:
    """P(N >= count) of a Poisson number N with this mean > 0, for counts above it."""
    if count <= 0:
        return 1.0
    term = math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    total, at = 0.0, count
    while term > total * 1e-12:
        total += term
        at += 1
        term *= mean / at
    return total


def _unusual(before: Weeks, now: Weeks) -> Iterator[HotSpot]:
    usual = (before.by_week.sum(axis=1) + PRIOR_COUNT) / before.count
    different = now.by_week[:, -1]
    for cell in np.flatnonzero((different >= COUNT_NEEDED) & (different > usual)).tolist():
        likely = chance(int(different[cell]), float(usual[cell]))
        if likely < NEXT_CHANCE:
            yield _spot(before, now, cell, float(usual[cell]), likely)


def _spot(before: Weeks, now: Weeks, cell: int, usual: float, likely: float) -> HotSpot:
    # The category that grew most: what a visitor of the place will find.
    category = int(np.argmax(now.by_category[cell] - before.by_category[cell] / before.count))
    different = int(now.by_week[cell, -1])
    return HotSpot(
        cell=cell,
        chance=likely,
        different_count=different,
        usual_count=usual,
        limit_count=limit_count(usual),
        category=category,
        category_count=int(now.by_category[cell, category]),
        weeks=(*before.by_week[cell].tolist(), different),
    )
