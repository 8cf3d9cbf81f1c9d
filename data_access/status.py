"""Reports by their status now: counts, change in one hour, and by day of entry."""

import numpy as np

from data_access.completion import entered_in
from data_access.dimensions import STATUS_CODES
from data_access.events import Event
from data_access.frame import Frame, microseconds, wib_day
from data_access.selection import HOUR_AND_A_BIT
from data_access.waiting import first_of_each
from scoring.periods import Period

# Five groups on screen. Follow-ups that wait for acceptance, or were refused, are still work in hand.
GROUPS = ("menunggu", "disposisi", "koordinasi", "proses", "selesai")
GROUP_OF_STATUS = {group: group for group in GROUPS} | {"menunggu_validasi": "proses", "tl_ditolak": "proses"}
GROUP_OF_CODE = np.array(
    [GROUPS.index("proses")] + [GROUPS.index(GROUP_OF_STATUS[status]) for status in STATUS_CODES], np.int8
)  # code 0, a status outside the contract, is shown as work in hand and reported by the contract check


def by_day(frame: Frame, period: Period, as_of_us: int) -> np.ndarray:
    """int array (days of the month, 5 groups): reports entered that day, up to `as_of_us`, by their status now."""
    positions = np.flatnonzero(entered_in(frame, period, as_of_us))
    first_day = int(wib_day(microseconds(period.start)))
    day = wib_day(frame.entered[positions]) - first_day
    group = GROUP_OF_CODE[frame.status[positions]]
    flat = np.bincount(day * len(GROUPS) + group, minlength=period.days_count * len(GROUPS))
    return flat.reshape(period.days_count, len(GROUPS))


def change_in_hour(frame: Frame, hour: tuple[Event, ...], period: Period, as_of_us: int) -> dict[str, int]:
    """Per group: reports of the period in it now, less those in it one hour ago."""
    change = dict.fromkeys(GROUPS, 0)
    rows = frame.touched_since(as_of_us - HOUR_AND_A_BIT)
    inside = entered_in(frame, period, as_of_us)
    for number, event in first_of_each(hour).items():
        row = rows.get(number)
        if row is None or not inside[row]:
            continue
        change[GROUPS[GROUP_OF_CODE[frame.status[row]]]] += 1
        if event.previous_status is not None:
            change[GROUP_OF_STATUS.get(event.previous_status, "proses")] -= 1
    return change


def mean_per_day(frame: Frame, period: Period) -> float:
    """Mean reports entered a day over the whole month."""
    return int(entered_in(frame, period, microseconds(period.end)).sum()) / period.days_count
