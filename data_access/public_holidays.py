"""National holidays and the joint leave around them (libur nasional, cuti bersama), from the `holidays` package.

The package keeps them year by year with the decree behind each; of a year not decreed yet it gives estimates.
"""

from datetime import date
from functools import lru_cache

import holidays
import numpy as np

from data_access.frame import wib_day
from scoring.periods import Period

COUNTRY = "ID"
KINDS = ("public", "government")  # government: joint leave, when offices are closed as well
EPOCH = date(1970, 1, 1)


@lru_cache
def of_year(year: int) -> dict[date, str]:
    """The holidays of a year with their Indonesian names."""
    return dict(holidays.country_holidays(COUNTRY, years=year, language="id", categories=KINDS))


def within(period: Period) -> dict[date, str]:
    """The holidays of a month, the first first."""
    first, after = period.start.date(), period.next.start.date()
    return {day: name for day, name in sorted(of_year(first.year).items()) if first <= day < after}


def are_on_one(instants_us: np.ndarray) -> np.ndarray:
    """bool per instant (microseconds since 1970, UTC): its day in WIB is a holiday."""
    days = wib_day(instants_us)
    return np.isin(days, [day for day in np.unique(days).tolist() if _is_one(day)])


def _is_one(days_count: int) -> bool:
    day = date.fromordinal(EPOCH.toordinal() + days_count)
    return day in of_year(day.year)
