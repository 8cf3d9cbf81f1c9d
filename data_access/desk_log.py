"""What people at the desk did about a unit: called, wrote, put it off, took that back. Rows are only ever added."""

import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg

from data_access.engine import CONNECT_TIMEOUT_SECONDS, DatabaseUnavailable, deadline, first_line, place
from data_access.scope import Scope

DEADLINE_SECONDS = 2.0
AWAY_SECONDS = 3.0
SAME_CLICK = timedelta(seconds=10)
OUTCOMES = ("dijawab", "tidak_dijawab", "perlu_koordinasi")
CALLED, SNOOZED, WITHDRAWN, MAILED = "hubungi", "tunda", "batal", "surel"
SENDING, FAILED = "dikirim", "gagal"
MAIL_AGAIN = timedelta(minutes=1)
JOINER = "\u200d"  # inside a sign that is drawn of several, a family or a flag
NOTE_LENGTH = 500
LONGEST_SNOOZE = timedelta(hours=24)
FIELDS = "action_id, kind, unit_id, report_ids, outcome, note, until, done_at, done_by"
LISTED = (
    f"select {FIELDS} from pantau.desk_action where done_at >= %s and done_at <= %s and kind <> %s order by action_id"
)
LAST_MAIL = (
    "select outcome, done_at from pantau.desk_action where unit_id = %s and kind = %s order by action_id desc limit 1"
)
TAKEN_BACK = f"""
select exists (select from pantau.desk_action where action_id = %s and unit_id = %s and done_by = %s)
   and exists (select from pantau.desk_action where kind = '{WITHDRAWN}' and note = %s)
"""
OWN_LAST = (
    f"select {FIELDS} from pantau.desk_action where unit_id = %s and done_by = %s order by action_id desc limit 1"
)

_away_until: dict[str, float] = {}  # by DSN, seconds of time.monotonic()


@dataclass(frozen=True)
class Action:
    """`kind` CALLED, SNOOZED, WITHDRAWN or MAILED; `report_ids`: what wanted something then; `until`: of a snooze."""

    action_id: int
    kind: str
    unit_id: str
    report_ids: list[str]
    outcome: str
    note: str
    until: datetime | None
    done_at: datetime
    done_by: str


@contextmanager
def opened(dsn: str) -> Iterator[psycopg.Connection]:
    """A writing autocommit connection for a viewer who waits: about two seconds at most, or DatabaseUnavailable."""
    connection = _connected(dsn)
    try:
        with deadline(connection, DEADLINE_SECONDS):
            yield connection
    finally:
        connection.close()


def _connected(dsn: str) -> psycopg.Connection:
    """A screen asks more than once: a database that was away a moment ago is not waited for again."""
    if time.monotonic() < _away_until.get(dsn, 0.0):
        raise DatabaseUnavailable(f"cannot reach {place(dsn)}: it was away a moment ago")
    try:
        return psycopg.connect(dsn, autocommit=True, connect_timeout=CONNECT_TIMEOUT_SECONDS)
    except psycopg.Error as error:
        _away_until[dsn] = time.monotonic() + AWAY_SECONDS
        raise DatabaseUnavailable(f"cannot reach {place(dsn)}: {first_line(error)}") from error


def record_call(
    state: psycopg.Connection, unit_id: str, report_ids: Sequence[str], outcome: str, note: str, by: str
) -> None:
    """Somebody called the unit. ValueError for an outcome nobody knows or a note that is too long."""
    if outcome not in OUTCOMES:
        raise ValueError(f"{outcome!r} is no outcome of a call")
    _record(state, CALLED, unit_id, report_ids, outcome, checked_note(note), None, by)


def record_snooze(
    state: psycopg.Connection, unit_id: str, report_ids: Sequence[str], until: datetime, note: str, by: str
) -> None:
    """The unit is put off until an instant within LONGEST_SNOOZE. ValueError for any other."""
    now = moment(state)
    if not now < until <= now + LONGEST_SNOOZE:
        raise ValueError("a snooze ends in the future, at most a day ahead")
    _record(state, SNOOZED, unit_id, report_ids, "", checked_note(note), until, by)


def begin_mail(state: psycopg.Connection, unit_id: str, report_ids: Sequence[str], text: str, by: str) -> bool:
    """Write down that a message to the unit is sent now; False when one was sent within MAIL_AGAIN."""
    with _alone(state, unit_id):
        now, last = moment(state), state.execute(LAST_MAIL, [unit_id, MAILED]).fetchone()
        if last and last[0] == SENDING and last[1] > now - MAIL_AGAIN:
            return False
        note = f"sha256 {hashlib.sha256(text.encode()).hexdigest()}"
        _add(state, MAILED, unit_id, report_ids, SENDING, note, None, now, by)
        return True


def mail_failed(state: psycopg.Connection, unit_id: str, by: str) -> None:
    """The message did not go out: it may be tried again at once."""
    _add(state, MAILED, unit_id, [], FAILED, "", None, moment(state), by)


def withdraw(state: psycopg.Connection, unit_id: str, by: str, action_id: int) -> bool:
    """Take back one's own action, the last about the unit that holds; a second time does nothing more.

    False for somebody else's, or when something was done after it. What was done before it holds again.
    """
    with _alone(state, unit_id):
        now = moment(state)
        last = newest(state, now - LONGEST_SNOOZE).get(unit_id)
        if last is None or last.action_id != action_id:
            return state.execute(TAKEN_BACK, [action_id, unit_id, by, f"{action_id}"]).fetchone()[0]
        if last.done_by != by:
            return False
        _add(state, WITHDRAWN, unit_id, last.report_ids, "", f"{action_id}", None, now, by)
        return True


def newest(state: psycopg.Connection, since: datetime, until: datetime | None = None) -> dict[str, Action]:
    """Unit -> the last that was done about it from `since` on; what was taken back or has ended is left out."""
    until = until or moment(state)
    return {action.unit_id: action for action in valid(state, since, until) if holds(action, until)}


def valid(state: psycopg.Connection, since: datetime, until: datetime) -> list[Action]:
    """What was done in the time and not taken back, the oldest first."""
    kept: dict[int, Action] = {}
    for action in (Action(*row) for row in state.execute(LISTED, [since, until, MAILED])):
        if action.kind == WITHDRAWN:
            kept.pop(int(action.note or 0), None)  # what it took back may be older than `since`
        else:
            kept[action.action_id] = action
    return list(kept.values())


def holds(action: Action, at: datetime) -> bool:
    """A call does, a delay until it ends."""
    return action.kind == CALLED or action.until > at


def visible(scope: Scope, actions: dict[str, Action]) -> dict[str, Action]:
    """Those about units the viewer may see."""
    return {unit: action for unit, action in actions.items() if scope.everything or unit in scope.unit_ids}


def checked_note(note: str) -> str:
    """The note with plain blanks. ValueError when it is too long or holds signs that are none."""
    text = " ".join(note.split())
    if len(text) > NOTE_LENGTH or not text.replace(JOINER, "").isprintable():
        raise ValueError(f"a note has at most {NOTE_LENGTH} printable signs")
    return text


def moment(state: psycopg.Connection) -> datetime:
    """The clock of the state database."""
    return state.execute("select now()").fetchone()[0]


@contextmanager
def _alone(state: psycopg.Connection, unit_id: str) -> Iterator[None]:
    """One at a time about a unit, so that two clicks see each other."""
    with state.transaction():
        state.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"desk {unit_id}"])
        yield


def _own_last(state: psycopg.Connection, unit_id: str, by: str) -> Action | None:
    row = state.execute(OWN_LAST, [unit_id, by]).fetchone()
    return Action(*row) if row else None


def _record(state, kind, unit_id, report_ids, outcome, note, until, by) -> None:
    """A second click within seconds is the same click."""
    with _alone(state, unit_id):
        own, now = _own_last(state, unit_id, by), moment(state)
        said = (kind, outcome, note, until)
        if own and own.done_at > now - SAME_CLICK and (own.kind, own.outcome, own.note, own.until) == said:
            return
        _add(state, kind, unit_id, report_ids, outcome, note, until, now, by)


def _add(state, kind, unit_id, report_ids, outcome, note, until, at, by) -> None:
    state.execute(
        "insert into pantau.desk_action (kind, unit_id, report_ids, outcome, note, until, done_at, done_by)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s)",
        [kind, unit_id, list(report_ids), outcome, note, until, at, by],
    )
