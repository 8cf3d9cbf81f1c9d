"""The live frame: one thread follows the CRM and publishes immutable states of the data.

NOTIFY is only a hint; the watermark is the truth. A row is re-read while a transaction that may still change it was
running, so a change committed late is not missed. Polling alone is a complete mode.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
import psycopg

from data_access import contract, dimensions, engine, events, reader, rereading, tickets
from data_access.engine import DatabaseUnavailable
from data_access.frame import Frame, instant, microseconds
from scoring import periods

POLL_SECONDS = 1.0
OVERLAP = timedelta(seconds=5)
WIDE_OVERLAP = timedelta(minutes=15)  # once a minute, for transactions this role may not see
WIDE_EVERY_SECONDS = 60
LONGEST_TRANSACTION = timedelta(hours=1)  # an idle report writer must not make every poll read the whole day
RECOUNT_EVERY_SECONDS = 600
LOAD_DEADLINE_SECONDS = 60.0
POLL_DEADLINE_SECONDS = 2.0
RETRY_SECONDS = 1.0
ROUNDS_UNTIL_LOAD = 2

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class State:
    """The data as of one instant. Never changed after publication."""

    frame: Frame
    hour: tuple[events.Event, ...]
    as_of: datetime
    revision: str
    simulated: bool
    findings: tuple[contract.Finding, ...]
    tickets: tuple[tickets.Ticket, ...]
    read_at_seconds: float  # time.monotonic() when it was read: ages do not depend on two clocks agreeing


@dataclass
class Health:
    """How the feed is: `failing_since` is None while it is healthy."""

    failing_since: datetime | None = None
    attempts: int = 0
    message: str = ""


@dataclass
class Follower:
    """Follows one CRM. `state` is None until the first load succeeded."""

    dsn: str
    state: State | None = None
    health: Health = field(default_factory=Health)
    on_change: list[Callable[[State], None]] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _positions: dict[str, int] = field(default_factory=dict)
    _usable: dict[str, set[str]] = field(default_factory=dict)
    _reread_from: datetime | None = None
    _next_wide: float = 0.0
    _next_recount: float = 0.0

    def start(self) -> "Follower":
        """Follow in a daemon thread until `stop`."""
        self._thread = threading.Thread(target=self._run, name="live-frame", daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(timeout=POLL_SECONDS + 1)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._follow()
            except (DatabaseUnavailable, psycopg.Error) as error:
                self._failed(error)
                self._stop.wait(RETRY_SECONDS)
            except Exception as error:  # the thread must outlive a defect: the wall shows how old its figures are
                if not self.health.attempts:
                    log.exception("live frame failed")
                self._failed(error)
                self._stop.wait(RETRY_SECONDS)

    def _follow(self) -> None:
        connection = engine.open_connection(self.dsn)
        try:
            with engine.deadline(connection, POLL_DEADLINE_SECONDS):
                connection.execute("listen crm_changed")
            while not self._stop.is_set():
                self._refresh(connection)
                self._wait_for_hint(connection)
        finally:
            connection.close()

    def _wait_for_hint(self, connection: psycopg.Connection) -> None:
        for _ in connection.notifies(timeout=POLL_SECONDS, stop_after=1):
            return

    def _refresh(self, connection: psycopg.Connection) -> None:
        """One round: load everything when there is nothing yet or rounds fail, else apply what changed."""
        fails = self.health.attempts >= ROUNDS_UNTIL_LOAD  # a change too large for a round is read like a start
        if self.state is None or fails or not self._apply(connection):
            self._load(connection)
        self.health = Health()

    def _load(self, connection: psycopg.Connection) -> None:
        """Publish everything, read anew."""
        with engine.deadline(connection, LOAD_DEADLINE_SECONDS):
            findings = tuple(contract.check(connection))  # before, as it bounds its own queries in time
            for finding in findings:
                log.warning("contract: %s", finding.message)
            with _one_moment(connection):
                self._load_now(connection, findings)

    def _load_now(self, connection: psycopg.Connection, findings: tuple[contract.Finding, ...]) -> None:
        as_of, oldest = _clock(connection)
        usable = contract.usable_columns(connection)
        names = dimensions.load(connection, usable)
        promised = tickets.since(connection, window_start(as_of), usable)
        rows = reader.live_rows(window_start(as_of), [ticket.report_id for ticket in promised])
        frame = reader.read(connection, rows, names, frozenset(usable["report"]))
        rest = {
            "hour": events.last_hour(connection, as_of, usable),
            "simulated": contract.simulated(connection),
            "findings": findings,
            "tickets": promised,
        }
        # Only now, as a load that failed half way must leave nothing behind.
        self._positions, self._usable = {}, usable
        self._next_recount = time.monotonic() + RECOUNT_EVERY_SECONDS
        self._publish(oldest, frame=frame, as_of=as_of, **rest)

    def _apply(self, connection: psycopg.Connection) -> bool:
        """Publish what changed. False when only loading everything will do: a new month, or rows that vanished."""
        with engine.deadline(connection, POLL_DEADLINE_SECONDS), _one_moment(connection):
            return self._apply_now(connection)

    def _apply_now(self, connection: psycopg.Connection) -> bool:
        as_of, oldest = _clock(connection)
        if periods.of(as_of) != periods.of(self.state.as_of):
            return False
        wide = time.monotonic() >= self._next_wide
        since = self._reread_from - WIDE_OVERLAP if wide else self._reread_from
        changed = rereading.changed(connection, since, self.state.frame, frozenset(self._usable["report"]))
        frame = self._merged(changed)
        if self._out_of_step(connection, frame):
            return False
        promised = self.state.tickets
        if wide:
            self._next_wide = time.monotonic() + WIDE_EVERY_SECONDS
            promised = tickets.since(connection, window_start(as_of), self._usable)
        hour = events.last_hour(connection, as_of, self._usable)
        self._publish(
            oldest,
            frame=frame,
            hour=hour,
            as_of=as_of,
            simulated=self.state.simulated,
            findings=self.state.findings,
            tickets=promised,
        )
        return True

    def _merged(self, changed: Frame) -> Frame:
        """The frame with the rows that are new or newer; the same object when none is."""
        frame = self.state.frame
        positions = np.array([self._positions.get(number, -1) for number in changed.number], dtype=np.int64)
        known = positions >= 0
        newer = ~known
        newer[known] = changed.updated[known] > frame.updated[positions[known]]
        if not newer.any():
            return frame
        changed = changed.only(newer)
        if (changed.unit == 0).any():
            self._next_recount = 0.0  # perhaps a unit that is new in the CRM: look at once
        return frame.updated_with(changed, positions[newer])

    def _publish(self, oldest: datetime, *, frame: Frame, as_of: datetime, **rest) -> None:
        passed = frame.updated[frame.updated <= microseconds(as_of)]  # a stamp in the future hides nothing before it
        watermark = instant(passed.max()) if len(passed) else as_of
        self._reread_from = min(watermark - OVERLAP, max(oldest, watermark - LONGEST_TRANSACTION))
        # Only now, as a round that failed half way must leave nothing behind; new rows stand at the end of the frame.
        for position in range(len(self._positions), len(frame)):
            self._positions[frame.number[position]] = position
        revision = f"{frame.stamp():x}-{len(frame):x}-{int(as_of.timestamp()) // 60:x}"
        before = self.state
        self.state = State(frame=frame, as_of=as_of, revision=revision, read_at_seconds=time.monotonic(), **rest)
        if before is None or before.revision != revision:
            for notify in self.on_change:
                notify(self.state)

    def _out_of_step(self, connection: psycopg.Connection, frame: Frame) -> bool:
        """Now and then: rows deleted in the CRM leave no trace in `updated_at`, nor does a new name of a unit."""
        if time.monotonic() < self._next_recount:
            return False
        self._next_recount = time.monotonic() + RECOUNT_EVERY_SECONDS
        ticketed = [ticket.report_id for ticket in self.state.tickets]
        count = reader.count(connection, reader.live_rows(window_start(self.state.as_of), ticketed))
        return count != len(frame) or dimensions.load(connection, self._usable) != frame.names

    def _failed(self, error: Exception) -> None:
        since = self.health.failing_since or datetime.now(periods.WIB)
        message = f"CRM {engine.place(self.dsn)}: {engine.first_line(error)}"
        if not self.health.attempts:
            log.warning("live frame: %s", message)
        self.health = Health(since, self.health.attempts + 1, message)


def _one_moment(connection: psycopg.Connection):
    """A transaction in which every query sees the same rows."""
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    return connection.transaction()


def _clock(connection: psycopg.Connection) -> tuple[datetime, datetime]:
    """The database's clock, and the start of the oldest transaction that may still commit earlier changes."""
    query = "select now(), least(now(), min(xact_start)) from pg_stat_activity where datname = current_database()"
    return connection.execute(query).fetchone()


def window_start(as_of: datetime) -> datetime:
    """The live frame holds the running month, the one before, and the one that is compared with."""
    return periods.of(as_of).shifted(-2).start
