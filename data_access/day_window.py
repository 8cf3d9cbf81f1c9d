"""Seven days on a map: which reports, and what of them day by day."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from data_access.frame import MICROSECONDS_PER_DAY, WIB_OFFSET_MICROSECONDS, Frame, wib_day

DAYS = 7
FIRST_DATE = date(1970, 1, 1)


@dataclass(frozen=True)
class DayWindow:
    """`DAYS` days in WIB up to `end_day` (days since 1970-01-01, included)."""

    end_day: int

    @property
    def first_day(self) -> int:
        return self.end_day - DAYS + 1

    @property
    def dates(self) -> tuple[date, date]:
        """First and last day, both included."""
        return date_of(self.first_day), date_of(self.end_day)

    def mask(self, frame: Frame, as_of_us: int) -> np.ndarray:
        """bool per row: entered on one of these days, up to `as_of_us`."""
        return between(frame, self.first_day, self.end_day, as_of_us)


def between(frame: Frame, first_day: int, last_day: int, as_of_us: int) -> np.ndarray:
    """bool per row: entered on these days in WIB (both included), up to `as_of_us`."""
    start_us, end_us = _start_us(first_day), min(_start_us(last_day + 1), as_of_us + 1)
    return (frame.entered >= start_us) & (frame.entered < end_us)


def date_of(day: int) -> date:
    """The date of a day number."""
    return FIRST_DATE + timedelta(days=day)


def day_of(on: date) -> int:
    """The day number of a date."""
    return (on - FIRST_DATE).days


def counts_by_day(frame: Frame, first_day: int, last_day: int, as_of_us: int) -> np.ndarray:
    """int64 per day of `first_day`..`last_day`: reports entered that day, up to `as_of_us`."""
    entered = frame.entered[between(frame, first_day, last_day, as_of_us)]
    return np.bincount(wib_day(entered) - first_day, minlength=last_day - first_day + 1)


def moving_counts(places: np.ndarray, days: np.ndarray, places_count: int, ends_count: int) -> np.ndarray:
    """int64 (places, ends): per place the reports of the `DAYS` days up to each of `ends_count` days in a row.

    `places` int per report, -1 is left out; `days` counted from `DAYS - 1` days before the first end.
    """
    width = ends_count + DAYS - 1
    known = (places >= 0) & (days >= 0) & (days < width)
    daily = np.bincount(places[known] * width + days[known], minlength=places_count * width)
    sums = np.zeros((places_count, width + 1), np.int64)
    np.cumsum(daily.reshape(places_count, width), axis=1, out=sums[:, 1:])
    return sums[:, DAYS:] - sums[:, :-DAYS]


def _start_us(day: int) -> int:
    return day * MICROSECONDS_PER_DAY - WIB_OFFSET_MICROSECONDS
