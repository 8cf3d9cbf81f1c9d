"""A desk with everything it is compared with: the body a screen draws and a brief keeps."""

from datetime import timedelta

import psycopg

from data_access import briefs, checks, desk_log, early_warning, past_waiting
from data_access.channel_silence import Silence, silences
from data_access.checks import Before, Change, Check, Entry
from data_access.engine import DatabaseUnavailable
from data_access.filters import Filters
from data_access.frame import microseconds
from data_access.kept import Kept
from data_access.limits import Limits
from data_access.live import State
from data_access.scope import Scope
from data_access.settings import settings

STORED_SECONDS = 60

_before: Kept[Before] = Kept(STORED_SECONDS, 4)


def before(check: Check, state: State, connection: psycopg.Connection) -> Before:
    """What waited at `check`. Raises DatabaseUnavailable, psycopg.Error."""
    stored = briefs.find(connection, check.name, briefs.PROVINCE, check.at)
    if stored:
        return Before(check, stored.as_of, True, tuple(briefs.entries_of(stored.body)))
    hours = briefs.limits_on(check.at)["response_hours"]
    return Before(check, check.at, False, tuple(past_waiting.entries_at(state, check.at, hours)))


def previous(check: Check) -> Check:
    """The check before this one."""
    earlier = check.at - timedelta(seconds=1)
    return checks.last(earlier, briefs.limits_on(earlier))


def body(
    scope: Scope, state: State, filters: Filters, check: Check, then: Before | None, silent: list[Silence]
) -> dict:  # fmt: skip
    """The desk of what a viewer may see and asked for, compared with an earlier check when that is known."""
    limits = briefs.limits_on(state.as_of)
    desk = early_warning.desk(scope, state, filters, limits)
    found = checks.entries(state.frame, microseconds(state.as_of), limits["response_hours"])
    waits = checks.narrowed(scope, found, filters, state.frame.names)
    change = _change(scope, then, waits, filters, state, limits) if then else None
    return briefs.compose(desk, state, check, filters.area_code or briefs.PROVINCE, change, waits, silent)


def live(scope: Scope, state: State, filters: Filters) -> dict:
    """The body of this moment, on the way to the next check. What cannot be read is left out."""
    limits = briefs.limits_on(state.as_of)
    last = checks.last(state.as_of, limits)
    try:
        then = _before.get((settings().state_dsn, settings().crm_dsn, last), lambda: _read_before(last, state))
    except DatabaseUnavailable:
        then = None
    try:
        silent = silences(scope, state, microseconds(state.as_of))
    except DatabaseUnavailable:
        silent = []
    return body(scope, state, filters, checks.following(state.as_of, limits), then, silent)


def _read_before(check: Check, state: State) -> Before:
    try:
        with desk_log.opened(settings().state_dsn) as connection:
            return before(check, state, connection)
    except psycopg.Error as error:
        raise DatabaseUnavailable(f"the state schema cannot be read: {type(error).__name__}") from error


def _change(
    scope: Scope, then: Before, waits: list[Entry], filters: Filters, state: State, limits: Limits
) -> Change:  # fmt: skip
    there = checks.narrowed(scope, then.entries, filters, state.frame.names)
    return checks.compare(then, there, waits, state.as_of, limits)
