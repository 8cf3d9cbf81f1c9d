"""The scores as they stood at an earlier instant: the rows of then, rebuilt from `crm.report_event`.

The past of an instant does not change but by what is recorded late, so one reading serves all units and every later
revision for ten minutes. Only one reading runs at a time, and one more of the minutes that viewers chose.
"""

import threading
import time
from collections import OrderedDict, defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
import psycopg

from data_access import contract, engine
from data_access.dimensions import STATUS_CODES, Dimensions
from data_access.engine import DatabaseUnavailable
from data_access.frame import Frame, microseconds
from data_access.live import State
from data_access.months import reading_of
from data_access.past_rows import Event, Row, row_then
from data_access.scored_reports import RULEBOOK, reports_of
from data_access.settings import settings
from scoring import rulebook
from scoring.periods import Period
from scoring.score import Scorecard, score
from scoring.standings import standings

READ_AGAIN_SECONDS = 600  # for what is recorded late
FAILURE_KEPT_SECONDS = 60  # one attempt speaks for all who ask meanwhile
DEADLINE_SECONDS = 5.0
INSTANTS_KEPT = 8
CLOCKS_AHEAD = timedelta(minutes=15)  # by as much the CRM's clock may run ahead of its database's
NEEDED = {"event_id", "report_id", "occurred_at", "status", "from_unit_id", "to_unit_id"}
REACHES_BACK = "select exists (select from crm.report_event where occurred_at <= %s)"
TOUCHED = "select distinct report_id from crm.report_event where occurred_at > %s and occurred_at <= %s"
HISTORY = """
select report_id, (date_part('epoch', occurred_at) * 1e6)::bigint, status, from_unit_id, to_unit_id
from crm.report_event where report_id = any(%s) and isfinite(occurred_at) order by report_id, occurred_at, event_id
"""

Histories = dict[str, list[Event]]  # report number -> its events, oldest first


@dataclass(frozen=True, eq=False)
class Past:
    """`card` of a period asked at `at`, from the rows as they stood then.

    `rebuilt` is False when the CRM has no history of events that reaches back so far: present rows were used.
    """

    card: Scorecard
    at: datetime
    rebuilt: bool

    def standing(self, unit_id: str) -> float | None:
        """The unrounded standing of a unit then; None without one, also for a unit that was not there."""
        units = self.card.reports.units
        if unit_id not in units.ids:
            return None
        value = float(standings(self.card.scores.final, units, self.card.rules)[units.code(unit_id)])
        return None if value != value else value


def card_at(state: State, period: Period, at: datetime, own_minute: bool = False) -> Past:
    """Scores of every unit in `period` as they stood at `at` (aware).

    `own_minute`: somebody chose the minute, so it is read and kept apart: however many minutes are chosen, the
    instants that every screen asks for are neither pushed out nor made to wait. Raises DatabaseUnavailable, and
    ValueError for an instant after the state's.
    """
    if at > state.as_of:
        raise ValueError(f"{at.isoformat()} is not past yet: the data are known until {state.as_of.isoformat()}")
    # With the units: their codes must be those of the state, also after one was added.
    key = (settings().crm_dsn, period, microseconds(at), tuple(unit.unit_id for unit in state.frame.names.units))
    shelf = _own_minutes if own_minute else _kept
    fresh = shelf.fresh(key)
    if fresh:
        return fresh
    with shelf.reading:
        return shelf.fresh(key) or _read(shelf, key, state, period, at)


class Shelf:
    """The pasts that were asked for last, each with the time it was read. Safe for threads."""

    def __init__(self):
        self._pasts: OrderedDict[tuple, tuple[float, Past]] = OrderedDict()
        self._failed = (-FAILURE_KEPT_SECONDS, "")
        self._lock = threading.Lock()
        self.reading = threading.Lock()  # held while a past is read

    def fresh(self, key: tuple) -> Past | None:
        """The past of this key, unless it was read too long ago."""
        with self._lock:
            read_at_seconds, past = self._pasts.get(key, (0.0, None))
            if past is None or time.monotonic() - read_at_seconds >= READ_AGAIN_SECONDS:
                return None
            self._pasts.move_to_end(key)
            return past

    def put(self, key: tuple, past: Past) -> None:
        """Keep it, and let go of the one that was asked for longest ago."""
        with self._lock:
            self._pasts[key] = (time.monotonic(), past)
            self._pasts.move_to_end(key)
            while len(self._pasts) > INSTANTS_KEPT:
                self._pasts.popitem(last=False)

    def stale(self, key: tuple, failure: DatabaseUnavailable) -> Past:
        """The past that was read before, however long ago. Raises the failure when there is none."""
        with self._lock:
            if key not in self._pasts:
                raise failure
            return self._pasts[key][1]

    def failed(self, failure: DatabaseUnavailable) -> None:
        """Remember a failure for FAILURE_KEPT_SECONDS."""
        self._failed = (time.monotonic(), str(failure))

    def failure(self) -> DatabaseUnavailable | None:
        """The failure of a moment ago."""
        at_seconds, message = self._failed
        return DatabaseUnavailable(message) if time.monotonic() - at_seconds < FAILURE_KEPT_SECONDS else None


_kept, _own_minutes = Shelf(), Shelf()


def _read(shelf: Shelf, key: tuple, state: State, period: Period, at: datetime) -> Past:
    failure = shelf.failure()
    if failure:
        return shelf.stale(key, failure)
    try:
        shelf.put(key, past := _past(state, period, at))
    except DatabaseUnavailable as error:
        shelf.failed(error)
        return shelf.stale(key, error)
    return past


def frame_then(frame: Frame, histories: Histories, at_us: int, until_us: int) -> Frame:
    """The rows as they stood at `at_us`: without those entered in (at_us, until_us], changes since then undone.

    A report entered after `until_us` has a wrong clock, which it had then too.
    """
    frame = frame.only((frame.entered <= at_us) | (frame.entered > until_us))
    rows = [row for row, number in enumerate(frame.number) if number in histories]
    if not rows:
        return frame
    then = [
        row_then(
            Row(*(int(getattr(frame, name)[row]) for name in Row._fields)),
            histories[frame.number[row]],
            at_us,
            has_point=not np.isnan(frame.latitude[row]),
        )
        for row in rows
    ]
    columns = {name: getattr(frame, name).copy() for name in Row._fields}
    for column, values in zip(columns.values(), zip(*then, strict=True), strict=True):
        column[rows] = values
    return replace(frame, **columns)


def histories_since(connection: psycopg.Connection, frame: Frame, at: datetime, until: datetime) -> Histories | None:
    """All events of the frame's reports that were there at `at` and have one in (at, until]; None without a history."""
    if not contract.usable_columns(connection)["report_event"] >= NEEDED:
        return None
    if not connection.execute(REACHES_BACK, [at]).fetchone()[0]:
        return None
    there = set(frame.number[frame.entered <= microseconds(at)])
    touched = [number for (number,) in connection.execute(TOUCHED, [at, until]) if number in there]
    return _histories(connection.execute(HISTORY, [touched]).fetchall(), frame.names)


def _histories(rows: list[tuple], names: Dimensions) -> Histories:
    histories: Histories = defaultdict(list)
    code_of = names.code_of["unit"]
    for number, at_us, status, source, target in rows:
        units = (code_of.get(unit_id, 0) if unit_id else None for unit_id in (source, target))
        histories[number].append(Event(at_us, STATUS_CODES.get(status, 0), *units))
    return histories


def _past(state: State, period: Period, at: datetime) -> Past:
    frame, tickets = reading_of(period, state)
    with engine.connect(settings().crm_dsn, deadline_seconds=DEADLINE_SECONDS) as connection:
        histories = histories_since(connection, frame, at, state.as_of + CLOCKS_AHEAD)
    at_us = microseconds(at)
    if histories is not None:
        frame = frame_then(frame, histories, at_us, microseconds(state.as_of))
        tickets = tuple(ticket for ticket in tickets if ticket.opened_at <= at)
    rules = rulebook.load(RULEBOOK).at(period)
    card = score(reports_of(frame, tickets), rules, period, at_us)
    return Past(card, at, rebuilt=histories is not None)
