"""How many reports a unit will get, when, and of which categories: rates by hour of week, and how far they err."""

from dataclasses import dataclass

import numpy as np

from scoring.reports import MICROSECONDS_PER_HOUR

HOURS_PER_WEEK = 168
HOUR_OF_EPOCH = 3 * 24 + 7  # 1 January 1970 00:00 UTC: Thursday, 07.00 WIB; hour 0 of the week is Monday 00.00 WIB
RECENT_WEEKS = 12
RATE_SHRINK_REPORTS = 10  # the recent rate, as if so many reports more had come at the rate of the whole history
PROFILE_SHRINK_REPORTS = 500  # the unit's hours, as if so many reports more had come at the hours of all units
BLOCK_WEEKS, BLOCKS_BEFORE = 4, 3  # how far rates err: each block of weeks against the mean of those before it
DEFAULT_VARIANCE = 0.02  # with fewer than two blocks to compare: 14 %


@dataclass(frozen=True, eq=False)
class Arrivals:
    """Per unit: `weekly` expected reports a week, `hours` (units, 168) share per hour of week from Monday 00.00 WIB.

    `categories` (units, categories + 1) shares, last = unknown. Relative variances: `common` of all units together,
    `own` float64 per unit on top of it.
    """

    weekly: np.ndarray
    hours: np.ndarray
    categories: np.ndarray
    common: float
    own: np.ndarray

    def expected(self, edges_us: np.ndarray) -> np.ndarray:
        """Expected reports per unit (units, len(edges_us) - 1) between consecutive instants; edges rise by <= 1 hour.

        An interval counts at the rate of the hour it begins in.
        """
        share_of_hour = np.diff(edges_us) / MICROSECONDS_PER_HOUR
        return self.weekly[:, None] * self.hours[:, hour_of_week(edges_us[:-1])] * share_of_hour


def hour_of_week(instants_us: np.ndarray) -> np.ndarray:
    """0 (Monday 00.00-01.00 WIB) to 167, int64."""
    return (instants_us // MICROSECONDS_PER_HOUR + HOUR_OF_EPOCH) % HOURS_PER_WEEK


def fit_arrivals(
    unit: np.ndarray,
    category: np.ndarray,
    entered_us: np.ndarray,
    since_us: int,
    as_of_us: int,
    units_count: int,
    categories_count: int,
) -> Arrivals:
    """Arrivals from every report entered in [since_us, as_of_us). Counts alone: in any order of the rows the same."""
    weeks = (as_of_us - since_us) / MICROSECONDS_PER_HOUR / HOURS_PER_WEEK
    recent_weeks = min(weeks, RECENT_WEEKS)
    weeks_ago = (as_of_us - entered_us) / MICROSECONDS_PER_HOUR / HOURS_PER_WEEK
    recent = np.bincount(unit[weeks_ago <= recent_weeks], minlength=units_count)
    every = np.bincount(unit, minlength=units_count)
    common, own = _variances(unit, weeks_ago, int(weeks // BLOCK_WEEKS), units_count)
    return Arrivals(
        weekly=_weekly(recent, every, recent_weeks, weeks),
        hours=_profile(unit, hour_of_week(entered_us), units_count),
        categories=_shares(unit, category, units_count, categories_count),
        common=common,
        own=own + 1 / (recent + RATE_SHRINK_REPORTS),
    )


def _weekly(recent: np.ndarray, every: np.ndarray, recent_weeks: float, weeks: float) -> np.ndarray:
    of_history = every / weeks
    weeks_added = RATE_SHRINK_REPORTS / np.maximum(of_history, 1e-9)
    return np.where(every > 0, (recent + RATE_SHRINK_REPORTS) / (recent_weeks + weeks_added), 0.0)


def _profile(unit: np.ndarray, hour: np.ndarray, units_count: int) -> np.ndarray:
    cells = unit.astype(np.int64) * HOURS_PER_WEEK + hour
    counts = np.bincount(cells, minlength=units_count * HOURS_PER_WEEK).reshape(units_count, HOURS_PER_WEEK)
    of_all = (counts.sum(axis=0) + 1) / (counts.sum() + HOURS_PER_WEEK)
    own = counts + PROFILE_SHRINK_REPORTS * of_all
    return own / own.sum(axis=1, keepdims=True)


def _shares(unit: np.ndarray, category: np.ndarray, units_count: int, categories_count: int) -> np.ndarray:
    shape = (units_count, categories_count + 1)
    cells = unit.astype(np.int64) * shape[1] + np.where(category < 0, categories_count, category)
    counts = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
    return counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)


def _variances(unit: np.ndarray, weeks_ago: np.ndarray, blocks: int, units_count: int) -> tuple[float, float]:
    """Relative variances beyond chance of a block of weeks against the mean of the blocks before: common, per unit."""
    if blocks < BLOCKS_BEFORE + 2:
        return DEFAULT_VARIANCE, DEFAULT_VARIANCE
    block = (weeks_ago // BLOCK_WEEKS).astype(np.int64)
    inside = block < blocks
    cells = block[inside] * units_count + unit[inside]
    counts = np.bincount(cells, minlength=blocks * units_count).reshape(blocks, units_count)[::-1].astype(float)
    sums = np.cumsum(np.vstack([np.zeros(units_count), counts]), axis=0)
    expected = (sums[BLOCKS_BEFORE:-1] - sums[: -BLOCKS_BEFORE - 1]) / BLOCKS_BEFORE
    actual = counts[BLOCKS_BEFORE:]
    chance = 1 + 1 / BLOCKS_BEFORE  # of a Poisson count against a mean of BLOCKS_BEFORE such counts
    level = (actual.sum(axis=1) / np.maximum(expected.sum(axis=1), 1))[:, None]
    common = np.mean((level - 1) ** 2) - chance / max(actual.sum() / len(actual), 1)
    expected = expected * level
    own = np.sum((actual - expected) ** 2 - chance * expected) / max(np.sum(expected**2), 1)
    return max(float(common), 0.0), max(float(own), 0.0)
