"""The Dinas, Badan and Biro with most reports, everything below them included."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from data_access.completion import entered_in, same_moment_before
from data_access.frame import Frame
from data_access.waiting import RESPONSE_LIMIT_HOURS, WARNING_LIMIT_HOURS, now_waiting
from scoring.periods import Period


@dataclass(frozen=True)
class Agency:
    """One Dinas, Badan or Biro: reports of the month it holds, the same date last month, and what waits there now."""

    unit_id: str
    name: str
    count: int
    previous_count: int
    waiting_over_6h_count: int
    waiting_over_24h_count: int


def most_reports(frame: Frame, now: Frame, period: Period, as_of_us: int, limit: int = 10) -> list[Agency]:
    """The `limit` agencies holding most reports entered in `period` up to `as_of_us`, most first.

    `frame` holds the period, `now` the present: what waits is of now, whatever period is looked at.
    """
    agency = frame.names.agency[frame.unit]
    minlength = len(frame.names.units)

    def count(rows: np.ndarray) -> np.ndarray:
        return np.bincount(agency[rows], minlength=minlength)

    counts = count(entered_in(frame, period, as_of_us))
    previous = count(entered_in(frame, period.previous, same_moment_before(period, as_of_us)))
    waiting = now_waiting(now, as_of_us)
    over_6h = _by_agency(now, waiting.over(RESPONSE_LIMIT_HOURS))
    over_24h = _by_agency(now, waiting.over(WARNING_LIMIT_HOURS))
    counts[0] = 0
    order = [code for code in np.argsort(-counts, kind="stable")[:limit] if counts[code]]
    return [
        Agency(
            frame.names.units[code].unit_id,
            frame.names.units[code].short,
            int(counts[code]),
            int(previous[code]),
            over_6h[frame.names.units[code].unit_id],
            over_24h[frame.names.units[code].unit_id],
        )
        for code in order
    ]


def _by_agency(frame: Frame, rows: np.ndarray) -> Counter[str]:
    """Reports at `rows` per unit_id of their agency: codes differ between two readings of the CRM, names do not."""
    return Counter(frame.names.units[code].unit_id for code in frame.names.agency[frame.unit[rows]])
