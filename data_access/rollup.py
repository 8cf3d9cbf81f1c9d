"""Daily roll-ups: reports by day of entry, holder and status, for trends longer than the live frame.

A day is recomputed whole from the CRM, so a repeat changes nothing. Which days: those of the reports that changed
since the last run (all of them the first time), and with `--days N` the last N days whether changed or not.
The CRM is read in one snapshot and may be another database than the state schema, which is written in one transaction.
"""

import argparse
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

import pandas as pd
import psycopg

from data_access.commands import open_for_work, say
from data_access.contract import usable_columns
from data_access.engine import DatabaseUnavailable
from data_access.settings import settings

JOB = "rollup"
ROLLUP_LOCK = 7_220_003
# A change committed late carries an earlier updated_at than what was read already: look back this far each time.
OVERLAP = timedelta(hours=1)
NEEDED = {"report_id", "entered_at", "status", "updated_at"}
COLUMNS = ("day", "unit_id", "status", "reports_count", "resolved_count", "resolution_hours_sum")


class Done(NamedTuple):
    """What a run did."""

    days_count: int
    rows_count: int


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--days N."""
    parser.add_argument("--days", type=number_of_days, default=0, metavar="N", help="also recompute the last N days")


def run(arguments: argparse.Namespace) -> int:
    """Recompute and say how many days."""
    with open_for_work(settings().crm_dsn) as crm, open_for_work(settings().state_dsn) as state:
        lock(state)
        done = recompute(crm, state, arguments.days)
    say(f"rolled up {done.days_count} days into {done.rows_count} rows")
    return 0


def daily(connection: psycopg.Connection, since: date, until: date) -> pd.DataFrame:
    """Roll-ups of the days of entry (Asia/Jakarta) in [since, until), from the state schema, ordered by day.

    Columns: `day` datetime64 at midnight, `unit_id` text ('' = no holder), `status` text, `reports_count` int64,
    `resolved_count` int64, `resolution_hours_sum` float64 hours (mean = sum / resolved_count). Present statuses as of
    the last roll-up. Raises psycopg.Error.
    """
    query = f"select {', '.join(COLUMNS)} from pantau.daily_rollup where day >= %s and day < %s order by 1, 2, 3"
    frame = pd.DataFrame(connection.execute(query, [since, until]).fetchall(), columns=list(COLUMNS))
    types = dict.fromkeys(("reports_count", "resolved_count"), "int64") | {"resolution_hours_sum": "float64"}
    return frame.astype(types | {"day": "datetime64[s]", "unit_id": "str", "status": "str"})


def lock(state: psycopg.Connection) -> None:
    """Wait until no other roll-up runs, for the rest of the transaction."""
    state.execute("select pg_advisory_xact_lock(%s)", [ROLLUP_LOCK])


def recompute(crm: psycopg.Connection, state: psycopg.Connection, last_days_count: int = 0) -> Done:
    """Bring the roll-ups up to the CRM inside the caller's transaction on `state`. The caller holds the lock.

    `crm` must be a fresh connection, `last_days_count` the number of days up to today to redo in any case.
    Raises DatabaseUnavailable when the CRM lacks a needed column, psycopg.Error.
    """
    # One snapshot: the mark and the counts must speak of the same state of the CRM.
    crm.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    crm.read_only = True
    usable = _usable(crm)
    mark = crm.execute("select max(updated_at) from crm.report where updated_at <= now()").fetchone()[0]
    days = _days_to_redo(crm, _last_mark(state), last_days_count)
    rows = _counts(crm, days, usable)
    _replace(state, days, rows)
    record(state, JOB, f"{len(days)} days", mark)
    return Done(len(days), len(rows))


def record(state: psycopg.Connection, job: str, outcome: str, crm_updated_at: datetime | None = None) -> None:
    """Write down that a job ran, with the state database's own clock."""
    query = """
        insert into pantau.job_run (job, ran_at, outcome, crm_updated_at) values (%s, clock_timestamp(), %s, %s)
        on conflict (job) do update set ran_at = excluded.ran_at, outcome = excluded.outcome,
            crm_updated_at = excluded.crm_updated_at
    """
    state.execute(query, [job, outcome, crm_updated_at])


def _usable(crm: psycopg.Connection) -> set[str]:
    usable = usable_columns(crm)["report"]
    missing = sorted(NEEDED - usable)
    if missing:
        raise DatabaseUnavailable(f"crm.report lacks {', '.join(missing)}: see python -m data_access check")
    return usable


def _last_mark(state: psycopg.Connection) -> datetime | None:
    row = state.execute("select crm_updated_at from pantau.job_run where job = %s", [JOB]).fetchone()
    return row[0] if row else None


def _days_to_redo(crm: psycopg.Connection, mark: datetime | None, last_days_count: int) -> Sequence[date]:
    query = """
        select distinct (entered_at at time zone 'Asia/Jakarta')::date as day from crm.report
        where isfinite(entered_at) and updated_at > %s
        union
        select (now() at time zone 'Asia/Jakarta')::date - ago from generate_series(0, %s - 1) as ago
        order by day
    """
    since = mark - OVERLAP if mark else "-infinity"
    return [day for (day,) in crm.execute(query, [since, last_days_count])]


def _counts(crm: psycopg.Connection, days: Sequence[date], usable: set[str]) -> list[tuple]:
    """One tuple per day, holder and status, in the order of COLUMNS. Each day is one range of the index on entry."""
    unit_id = "unit_id" if "unit_id" in usable else "null::text"
    completed_at = "completed_at" if "completed_at" in usable else "null::timestamptz"
    query = f"""
        with newest as (
            select distinct on (r.report_id) day, {unit_id} as unit_id, status,
                   case when isfinite({completed_at})
                        then extract(epoch from {completed_at} - entered_at) / 3600 end as hours
            from unnest(%s::date[]) as day
            join crm.report r on entered_at >= day::timestamp at time zone 'Asia/Jakarta'
                             and entered_at < (day + 1)::timestamp at time zone 'Asia/Jakarta'
            order by r.report_id, updated_at desc
        )
        select day, coalesce(unit_id, ''), status, count(*), count(*) filter (where hours >= 0),
               coalesce(sum(hours) filter (where hours >= 0), 0)
        from newest group by 1, 2, 3 order by 1, 2, 3
    """
    return crm.execute(query, [list(days)]).fetchall()


def _replace(state: psycopg.Connection, days: Sequence[date], rows: list[tuple]) -> None:
    state.execute("delete from pantau.daily_rollup where day = any(%s)", [list(days)])
    # Written in the order of days: a month then lies together on disk, which matters as much as the roll-up itself.
    with state.cursor() as cursor, cursor.copy(f"copy pantau.daily_rollup ({', '.join(COLUMNS)}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)


def number_of_days(text: str) -> int:
    """An argument of the command line."""
    days_count = int(text)
    if not 0 <= days_count <= 36_600:
        raise argparse.ArgumentTypeError("give a number of days from 0 to 36600")
    return days_count
