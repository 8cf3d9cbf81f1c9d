"""The scheduler's briefs: at each check one per kota and one of the province, written down once.

A check that was missed is made up for until the next one is due, as of the moment it is made: nothing is invented for
a time nobody looked at.
"""

from datetime import datetime

import psycopg

from data_access import briefs, checks, desk_reading
from data_access.channel_silence import silences
from data_access.engine import DatabaseUnavailable
from data_access.filters import Filters
from data_access.frame import microseconds
from data_access.reading import read_state
from data_access.scope import EVERYTHING

JOB = "brief"
BRIEF_LOCK = 7_220_006
BY = "jadwal"


def make_due(crm_dsn: str, connection: psycopg.Connection, now: datetime) -> int:
    """Store the briefs of the newest check that are not there yet, all or none; how many were.

    `connection`: of the state schema, in the transaction that holds BRIEF_LOCK. Raises DatabaseUnavailable,
    psycopg.Error.
    """
    check = checks.last(now, briefs.limits_on(now))
    missing = [code for code in briefs.areas() if not briefs.find(connection, check.name, code, check.at)]
    if not missing:
        return 0
    state = read_state(crm_dsn)
    if checks.last(state.as_of, briefs.limits_on(state.as_of)) != check:
        return 0  # the CRM's clock is behind: its check is not due yet
    try:
        then = desk_reading.before(desk_reading.previous(check), state, connection)
    except DatabaseUnavailable:  # of the past alone: the brief is made without a comparison
        then = None
    silent = silences(EVERYTHING, state, microseconds(state.as_of))
    for code in missing:
        body = desk_reading.body(EVERYTHING, state, Filters(area_code=code or None), check, then, silent)
        briefs.store(connection, check.name, code, check.at, body, BY)
    return len(missing)
