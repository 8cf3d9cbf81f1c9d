"""How long reports took: to the end, and to the first answer; of any rows, whole or in groups."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from data_access.completion import entered_in
from data_access.dimensions import STATUS_CODES
from data_access.frame import MICROSECONDS_PER_DAY, MICROSECONDS_PER_HOUR, Frame, microseconds
from data_access.waiting import RESPONSE_LIMIT_HOURS
from scoring.periods import Period

FEW_REPORTS = 30  # below, one report moves the figures: they are shown, marked, and nothing is concluded from them
DAY_LIMITS = (8, 15)  # whole days: 0-7, 8-14, 15 and more
MEDIAN, P90 = 0.5, 0.9


@dataclass(frozen=True)
class Durations:
    """Hours from entry to completion. `timed_count`: of `completed_count`, without those completed before they entered.

    `days_counts`: how many took 0-7, 8-14 and more than 14 whole days. Hours are None without any timed report.
    """

    completed_count: int
    timed_count: int
    mean_hours: float | None
    median_hours: float | None
    p90_hours: float | None
    days_counts: tuple[int, int, int]

    @property
    def few(self) -> bool:
        """Too few for a conclusion."""
        return self.timed_count < FEW_REPORTS


@dataclass(frozen=True)
class Responses:
    """First answers: within 6 hours of entry, later, none yet; `overdue_count` of the last wait over 6 hours."""

    on_time_count: int
    late_count: int
    unanswered_count: int
    overdue_count: int

    @property
    def decided_count(self) -> int:
        """Answered, or unanswered beyond the limit: what the share is of."""
        return self.on_time_count + self.late_count + self.overdue_count

    @property
    def on_time_share(self) -> float | None:
        """0-1; None while nothing is decided."""
        return self.on_time_count / self.decided_count if self.decided_count else None


@dataclass(frozen=True)
class Group:
    """Durations and responses of the reports with one code of a column."""

    code: int
    durations: Durations
    responses: Responses


def completed_in(frame: Frame, period: Period, as_of_us: int) -> np.ndarray:
    """bool per row: Selesai, completed in `period`, up to `as_of_us`."""
    start_us, end_us = microseconds(period.start), min(microseconds(period.end), as_of_us + 1)
    done = frame.status == STATUS_CODES["selesai"]
    return done & (frame.completed >= start_us) & (frame.completed < end_us)


def durations(frame: Frame, rows: np.ndarray) -> Durations:
    """Of the completed reports at `rows` (mask or positions)."""
    return _durations(np.sort(_took_us(frame, rows)))


def responses(frame: Frame, rows: np.ndarray, as_of_us: int) -> Responses:
    """Of the reports at `rows` (mask or positions). An answer before entry, by a wrong clock, is neither."""
    return _responses(np.bincount(_response_class(frame, rows, as_of_us), minlength=5))


def by_code(frame: Frame, codes: np.ndarray, period: Period, as_of_us: int) -> list[Group]:
    """A group per code (int per row, negative: none) of the reports completed and those entered in `period`."""
    done = np.flatnonzero(completed_in(frame, period, as_of_us) & (codes >= 0))
    came = np.flatnonzero(entered_in(frame, period, as_of_us) & (codes >= 0))
    took = dict(_groups(codes[done], _took_us(frame, done)))
    answers = np.zeros((int(codes.max(initial=-1)) + 1, 5), np.int64)
    np.add.at(answers, (codes[came], _response_class(frame, came, as_of_us)), 1)
    there = sorted({*took, *np.flatnonzero(answers.sum(axis=1)).tolist()})
    nothing = np.zeros(0, np.int64)
    return [Group(code, _durations(took.get(code, nothing)), _responses(answers[code])) for code in there]


def hours_taken(frame: Frame, rows: np.ndarray) -> np.ndarray:
    """float hours from entry to completion of the reports at `rows`, without wrong clocks."""
    took_us = _took_us(frame, rows)
    return took_us[took_us >= 0] / MICROSECONDS_PER_HOUR


def _took_us(frame: Frame, rows: np.ndarray) -> np.ndarray:
    return frame.completed[rows] - frame.entered[rows]


def _groups(codes: np.ndarray, took_us: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """(code, its times in order)."""
    order = np.lexsort((took_us, codes))
    there, starts = np.unique(codes[order], return_index=True)
    return zip(there.tolist(), np.split(took_us[order], starts)[1:], strict=True)


def _durations(sorted_us: np.ndarray) -> Durations:
    timed = sorted_us[np.searchsorted(sorted_us, 0) :]
    bounds = np.searchsorted(timed, [days * MICROSECONDS_PER_DAY for days in DAY_LIMITS]).tolist()
    counts = (bounds[0], bounds[1] - bounds[0], len(timed) - bounds[1])
    hours = (float(timed.mean()), _quantile(timed, MEDIAN), _quantile(timed, P90)) if len(timed) else (None,) * 3
    in_hours = (None if value is None else value / MICROSECONDS_PER_HOUR for value in hours)
    return Durations(len(sorted_us), len(timed), *in_hours, counts)


def _quantile(values: np.ndarray, share: float) -> float:
    """Linear between neighbours, as percentile_cont of the database."""
    place = share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return float(values[below] + (place - below) * (values[above] - values[below]))


ON_TIME, LATE, YOUNG, OVERDUE, WRONG_CLOCK = range(5)


def _response_class(frame: Frame, rows: np.ndarray, as_of_us: int) -> np.ndarray:
    limit_us = RESPONSE_LIMIT_HOURS * MICROSECONDS_PER_HOUR
    answered_at, entered = frame.first_response[rows], frame.entered[rows]
    took_us = answered_at - entered
    found = np.where(took_us <= limit_us, ON_TIME, LATE)
    found = np.where(took_us < 0, WRONG_CLOCK, found)
    return np.where(answered_at > as_of_us, np.where(as_of_us - entered > limit_us, OVERDUE, YOUNG), found)


def _responses(counts: np.ndarray) -> Responses:
    on_time, late, young, overdue, _ = counts.tolist()
    return Responses(on_time, late, young + overdue, overdue)
