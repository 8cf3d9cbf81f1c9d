"""Reports coming in: today, and what is usual by this minute of this weekday."""

import numpy as np

from data_access.frame import MICROSECONDS_PER_DAY, WIB_OFFSET_MICROSECONDS, Frame, wib_day

USUAL_WEEKS = 4


def entered_today(frame: Frame, as_of_us: int) -> int:
    """Reports entered since 00.00 WIB, up to `as_of_us`."""
    return _entered_between(frame, _midnight(as_of_us), as_of_us)


def usual_by_now(frame: Frame, as_of_us: int, known_since_us: int) -> float | None:
    """Mean of the last four same weekdays up to the same minute; None when none of them is in the frame."""
    days = [as_of_us - 7 * week * MICROSECONDS_PER_DAY for week in range(1, USUAL_WEEKS + 1)]
    counts = [_entered_between(frame, _midnight(day), day) for day in days if _midnight(day) >= known_since_us]
    return float(np.mean(counts)) if counts else None


def _midnight(instant_us: int) -> int:
    return int(wib_day(instant_us)) * MICROSECONDS_PER_DAY - WIB_OFFSET_MICROSECONDS


def _entered_between(frame: Frame, start_us: int, end_us: int) -> int:
    return int(((frame.entered >= start_us) & (frame.entered <= end_us)).sum())
