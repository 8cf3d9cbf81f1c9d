"""A database whose clock is put elsewhere: the tests see the same day whenever they run, and others when they ask."""

from datetime import UTC, datetime

import psycopg
from psycopg import sql

# An afternoon in the last third of a month: enough reports of it, and one period that is open. At this minute the last
# rank's range is that rank alone, which once stuck out of its cell.
AFTERNOON = datetime(2026, 11, 23, 5, 56, tzinfo=UTC)  # 12.56 in Jakarta
_began_at = datetime.now(UTC)

ELSEWHEN = """
create schema if not exists elsewhen;
create or replace function elsewhen.now() returns timestamptz language sql stable
as $$ select pg_catalog.now() + interval '{seconds} seconds' $$
"""


def set_clock(dsn: str, at: datetime) -> None:
    """For every new connection to the database, now() says `at` (aware) at this moment, and runs on from there."""
    seconds = (at - datetime.now(UTC)).total_seconds()
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(ELSEWHEN.format(seconds=seconds))
        name = sql.Identifier(connection.info.dbname)
        connection.execute(sql.SQL("alter database {} set search_path = elsewhen, pg_catalog, public").format(name))


def now() -> datetime:
    """What the clock of the session's city says: AFTERNOON when the tests began."""
    return AFTERNOON + (datetime.now(UTC) - _began_at)
