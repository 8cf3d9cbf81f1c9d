"""Reports nobody has answered: how many, how long, where, whose."""

from dataclasses import dataclass

import numpy as np

from data_access import limits
from data_access.dimensions import STATUS_CODES
from data_access.events import Event
from data_access.frame import MICROSECONDS_PER_HOUR, NEVER, Frame, microseconds

RESPONSE_LIMIT_HOURS = limits.newest("response_hours")  # wait to any other status
WARNING_LIMIT_HOURS = limits.newest("officer_warning_hours")  # the monitoring room officer warns


@dataclass(frozen=True)
class Waiting:
    """Waiting reports, longest first. `hours` float per position; `positions` are rows of the frame."""

    positions: np.ndarray
    hours: np.ndarray

    def over(self, limit_hours: float) -> np.ndarray:
        """Positions of the reports waiting longer than `limit_hours`, longest first."""
        return self.positions[self.hours > limit_hours]


def waiting_since(frame: Frame, positions: np.ndarray) -> np.ndarray:
    """int64 per position: the instant the present holder's wait began (arrival there, else entry)."""
    received, entered = frame.received[positions], frame.entered[positions]
    return np.where((received > entered) & (received < NEVER), received, entered)


def now_waiting(frame: Frame, as_of_us: int) -> Waiting:
    """Reports in status Menunggu at `as_of_us`; one entered in the future (a wrong clock) does not wait yet."""
    positions = np.flatnonzero((frame.status == STATUS_CODES["menunggu"]) & (frame.entered <= as_of_us))
    hours = (as_of_us - waiting_since(frame, positions)) / MICROSECONDS_PER_HOUR
    order = np.argsort(-hours, kind="stable")
    return Waiting(positions[order], hours[order])


def over_limit_an_hour_ago(frame: Frame, hour: tuple[Event, ...], as_of_us: int, limit_hours: float) -> int:
    """How many waited longer than the limit one hour before: those still waiting, and those answered since."""
    an_hour_ago_us = as_of_us - MICROSECONDS_PER_HOUR
    limit_us = int(limit_hours * MICROSECONDS_PER_HOUR)
    touched = first_of_each(hour)
    still = now_waiting(frame, as_of_us)
    since = waiting_since(frame, still.positions)
    untouched = np.array([number not in touched for number in frame.number[still.positions]], bool)
    left = sum(_waited_over(event, an_hour_ago_us - limit_us) for event in touched.values())
    return int((untouched & (since < an_hour_ago_us - limit_us)).sum()) + left


def passed_limit_in_hour(frame: Frame, hour: tuple[Event, ...], as_of_us: int, limit_hours: float) -> int:
    """How many reports went over the limit during the last hour, answered since or not."""
    limit_us = int(limit_hours * MICROSECONDS_PER_HOUR)
    waiting = now_waiting(frame, as_of_us)
    since = waiting_since(frame, waiting.positions)
    passed = ((since + limit_us <= as_of_us) & (since + limit_us > as_of_us - MICROSECONDS_PER_HOUR)).sum()
    return int(passed) + sum(_passed_before_answer(event, limit_us, as_of_us) for event in first_of_each(hour).values())


def first_of_each(hour: tuple[Event, ...]) -> dict[str, Event]:
    """The earliest event of each report in the hour."""
    return {event.report_id: event for event in reversed(hour)}


def _waited_over(event: Event, before_us: int) -> bool:
    return event.previous_status == "menunggu" and microseconds(event.previous_at) < before_us


def _passed_before_answer(event: Event, limit_us: int, as_of_us: int) -> bool:
    if event.previous_status != "menunggu":
        return False
    passed_us = microseconds(event.previous_at) + limit_us
    return as_of_us - MICROSECONDS_PER_HOUR < passed_us <= microseconds(event.occurred_at)


def last_over_limit(frame: Frame, as_of_us: int, limit_hours: float) -> int | None:
    """The last instant at which a report that had waited longer than the limit was answered; None when none was."""
    arrived_before = (frame.received > frame.entered) & (frame.received <= frame.first_response)
    since = np.where(arrived_before, frame.received, frame.entered)
    answered = (frame.first_response <= as_of_us) & (frame.first_response >= since)
    late = answered & (frame.first_response - since > limit_hours * MICROSECONDS_PER_HOUR)
    return int(frame.first_response[late].max()) if late.any() else None
