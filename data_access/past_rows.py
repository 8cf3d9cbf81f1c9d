"""How one report stood at an instant: its row of now and its events in, the row of then out. Pure.

The events are the witness. Where they have a gap the row speaks: a report whose row was done by then, after the last
event known by then, was done, unless an event tells that the follow-up was sent later.
"""

from collections.abc import Sequence
from typing import NamedTuple

from data_access.dimensions import RECEIVED_CODES, STATUS_CODES
from data_access.frame import NEVER

WAITING, PASSED_ON, ORDERED, VALIDATING, DONE = (
    STATUS_CODES[status] for status in ("menunggu", "koordinasi", "disposisi", "menunggu_validasi", "selesai")
)
CLOSED = (VALIDATING, DONE)
HOW = {PASSED_ON: RECEIVED_CODES["koordinasi"], ORDERED: RECEIVED_CODES["disposisi"]}


class Event(NamedTuple):
    """What happened at `at_us` (microseconds UTC). Codes as in a frame; a unit is None where the event names none."""

    at_us: int
    status: int
    from_unit: int | None
    to_unit: int | None

    @property
    def hands_over(self) -> bool:
        """The report came to another unit, or to its first."""
        return self.to_unit is not None and self.to_unit != self.from_unit


class Row(NamedTuple):
    """What events may change of a report, in the codes and microseconds of a frame (NEVER when absent)."""

    unit: int
    status: int
    received_how: int
    received: int
    first_response: int
    completed: int
    validated: int


def row_then(row: Row, events: Sequence[Event], at_us: int, has_point: bool) -> Row:
    """The row as it stood at `at_us`. `events`: all of the report, oldest first; `has_point`: it has a location."""
    earlier = [event for event in events if event.at_us <= at_us]
    later = events[len(earlier) :]
    if not later:
        return row
    status = _status(row, earlier, later, at_us)
    return Row(
        **_holder(row, earlier, later, has_point),
        status=status,
        first_response=_first_response(row, earlier, at_us),
        completed=_completed(row, status, earlier, at_us),
        validated=_validated(row, status, earlier, at_us),
    )


def _status(row: Row, earlier: Sequence[Event], later: Sequence[Event], at_us: int) -> int:
    told_at_us = earlier[-1].at_us if earlier else -NEVER
    sent_later = any(event.status == VALIDATING for event in later)
    if row.status in CLOSED and told_at_us < row.completed <= at_us and not sent_later:
        waits = at_us < row.validated < NEVER
        return VALIDATING if waits else row.status
    return earlier[-1].status if earlier else WAITING


def _holder(row: Row, earlier: Sequence[Event], later: Sequence[Event], has_point: bool) -> dict[str, int]:
    """Who held it, how and when it came to him: as now, unless it was handed over since."""
    given_away = next((event for event in later if event.hands_over), None)
    if given_away is None:
        return {"unit": row.unit, "received_how": row.received_how, "received": row.received}
    got = next((event for event in reversed(earlier) if event.hands_over), None)
    if got is None:
        unit = given_away.to_unit if given_away.from_unit is None else given_away.from_unit
        return {"unit": unit, "received_how": 0, "received": NEVER}
    unit = got.to_unit if given_away.from_unit is None else given_away.from_unit
    return {"unit": unit, "received_how": _how(got, has_point), "received": got.at_us}


def _how(got: Event, has_point: bool) -> int:
    """The first holder gets a report by its location, or from the admin when it has none."""
    if got.status in HOW:
        return HOW[got.status]
    if got.from_unit is not None:
        return RECEIVED_CODES["koordinasi"]
    return RECEIVED_CODES["direct" if has_point else "rop"]


def _first_response(row: Row, earlier: Sequence[Event], at_us: int) -> int:
    if row.first_response <= at_us or row.first_response == NEVER:
        return row.first_response
    return next((event.at_us for event in earlier if event.status != WAITING), NEVER)


def _completed(row: Row, status: int, earlier: Sequence[Event], at_us: int) -> int:
    """The time of the follow-up; one that was refused since left its time in the events alone."""
    if status in CLOSED:
        return row.completed if row.completed <= at_us else _run_began(earlier, CLOSED)
    known = row.completed <= at_us and row.status not in CLOSED
    return row.completed if known else NEVER


def _validated(row: Row, status: int, earlier: Sequence[Event], at_us: int) -> int:
    if status == DONE:
        return row.validated if row.validated <= at_us else _run_began(earlier, (DONE,))
    known = row.validated <= at_us and row.status != DONE
    return row.validated if known else NEVER


def _run_began(earlier: Sequence[Event], statuses: tuple[int, ...]) -> int:
    """When the last event's unbroken run of `statuses` began: the events after that are remarks. NEVER without one."""
    began = NEVER
    for event in reversed(earlier):
        if event.status not in statuses:
            break
        began = event.at_us
    return began
