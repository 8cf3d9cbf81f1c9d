"""How much of a month is done, and how long it took."""

from dataclasses import dataclass

import numpy as np

from data_access.dimensions import STATUS_CODES
from data_access.frame import MICROSECONDS_PER_HOUR, Frame, microseconds
from scoring.periods import Period


@dataclass(frozen=True)
class Completion:
    """Reports entered in a period up to an instant, and those of them completed by then."""

    total_count: int
    completed_count: int

    @property
    def completed_share(self) -> float | None:
        """0-1; None without reports."""
        return self.completed_count / self.total_count if self.total_count else None


def completion(frame: Frame, period: Period, as_of_us: int) -> Completion:
    """Of the reports entered in `period` up to `as_of_us`, how many were completed by `as_of_us`."""
    entered = entered_in(frame, period, as_of_us)
    done = entered & (frame.status == STATUS_CODES["selesai"]) & (frame.completed <= as_of_us)
    return Completion(int(entered.sum()), int(done.sum()))


def mean_resolution_hours(frame: Frame, period: Period, as_of_us: int) -> float | None:
    """Mean hours from entry to completion of the reports completed in `period` up to `as_of_us`; None without any.

    Completed before entered is a wrong clock, not a time: left out here and counted among the dirty rows.
    """
    start_us, end_us = microseconds(period.start), min(microseconds(period.end), as_of_us + 1)
    done = (frame.status == STATUS_CODES["selesai"]) & (frame.completed >= start_us) & (frame.completed < end_us)
    done &= frame.completed >= frame.entered
    if not done.any():
        return None
    return float(np.mean((frame.completed[done] - frame.entered[done]) / MICROSECONDS_PER_HOUR))


def same_moment_before(period: Period, as_of_us: int) -> int:
    """The instant as far into the previous month as `as_of_us` is into `period`, at most that month's end."""
    before = period.previous
    elapsed_us = as_of_us - microseconds(period.start)
    return min(microseconds(before.start) + elapsed_us, microseconds(before.end) - 1)


def entered_in(frame: Frame, period: Period, as_of_us: int) -> np.ndarray:
    """bool per row: entered in `period`, up to `as_of_us`."""
    end_us = min(microseconds(period.end), as_of_us + 1)
    return (frame.entered >= microseconds(period.start)) & (frame.entered < end_us)
