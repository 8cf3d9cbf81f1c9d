"""The frame of any period: the live one for the running month and the last, else a closed month, kept for minutes."""

import threading
import time
from datetime import datetime
from functools import lru_cache

from data_access import contract, engine, reader, tickets
from data_access.dimensions import Dimensions
from data_access.engine import DatabaseUnavailable
from data_access.frame import Frame
from data_access.live import State
from data_access.settings import settings
from data_access.tickets import Ticket
from scoring import periods
from scoring.periods import Period

CLOSED_MONTHS_KEPT = 4
FAILURE_KEPT_SECONDS = 10  # one attempt speaks for all screens that ask meanwhile
READ_AGAIN_SECONDS = 300
LOAD_DEADLINE_SECONDS = 5.0


def frame_of(period: Period, state: State) -> Frame:
    """Rows of `period` and of the month before it, coded by the state's names.

    Raises DatabaseUnavailable when a closed month cannot be loaded.
    """
    return reading_of(period, state)[0]


def reading_of(period: Period, state: State) -> tuple[Frame, tuple[Ticket, ...]]:
    """As `frame_of`, with the tickets that may move a report into or out of `period`."""
    if period >= periods.of(state.as_of).previous:
        return state.frame, state.tickets
    # Reports of a closed month still move (left-overs, corrections), so it is read again now and then.
    age = int(state.as_of.timestamp()) // READ_AGAIN_SECONDS
    with _loading:  # one at a time: many screens that ask at once cost one reading
        failed_at, message = _failed.get(period, (0.0, ""))
        if time.monotonic() - failed_at < FAILURE_KEPT_SECONDS:
            raise DatabaseUnavailable(message)
        try:
            return _closed(period, state.frame.names, age)
        except DatabaseUnavailable as error:
            _failed[period] = (time.monotonic(), str(error))
            raise


def known_until(period: Period, state: State) -> datetime:
    """Up to when the figures of `period` are surely known: now for the live months, else when it was last read."""
    if period >= periods.of(state.as_of).previous:
        return state.as_of
    seconds = int(state.as_of.timestamp()) // READ_AGAIN_SECONDS * READ_AGAIN_SECONDS
    return datetime.fromtimestamp(seconds, periods.WIB)


_loading = threading.Lock()
_failed: dict[Period, tuple[float, str]] = {}


@lru_cache(maxsize=CLOSED_MONTHS_KEPT)
def _closed(period: Period, names: Dimensions, _age: int) -> tuple[Frame, tuple[Ticket, ...]]:
    """Coded by the state's `names`: a unit that is new in the CRM, or gone, would shift the codes of all after it."""
    with engine.connect(settings().crm_dsn, deadline_seconds=LOAD_DEADLINE_SECONDS) as connection:
        usable = contract.usable_columns(connection)
        promised = tickets.since(connection, period.shifted(-2).start, usable)
        rows = reader.period_rows(period, [ticket.report_id for ticket in promised])
        return reader.read(connection, rows, names, frozenset(usable["report"])), promised
