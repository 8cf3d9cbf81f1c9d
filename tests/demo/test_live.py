"""The living city: plausible after hours and after weeks, each change in its own transaction, steady in failures."""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta

import numpy as np
import psycopg
import pytest

from demo.build import build
from demo.city import city
from demo.clock import WIB, to_datetime, to_microseconds
from demo.live_city import LiveCity

pytestmark = pytest.mark.db

STOPPED = datetime(2026, 11, 15, 9, 0, tzinfo=WIB)
FOLLOWS = """
WITH last AS (SELECT DISTINCT ON (report_id) report_id, status FROM crm.report_event
              ORDER BY report_id, occurred_at DESC, event_id DESC),
     moved AS (SELECT DISTINCT ON (report_id) report_id, to_unit_id FROM crm.report_event WHERE to_unit_id IS NOT NULL
               ORDER BY report_id, occurred_at DESC, event_id DESC)
SELECT count(*) FILTER (WHERE r.status <> last.status), count(*) FILTER (WHERE r.unit_id <> moved.to_unit_id),
       count(*) FILTER (WHERE (r.completed_at IS NULL) <> (r.status NOT IN ('selesai', 'menunggu_validasi'))),
       count(*) FILTER (WHERE (r.validated_at IS NULL) <> (r.status <> 'selesai')),
       count(*) FILTER (WHERE r.first_response_at IS NULL AND r.status <> 'menunggu')
FROM crm.report r JOIN last USING (report_id) JOIN moved USING (report_id) WHERE r.updated_at > %s
"""


@pytest.fixture
def stopped_city(empty_database) -> str:
    """A small city that stood still at STOPPED."""
    build(empty_database, until=STOPPED, months=2)
    return empty_database


@pytest.fixture
def connection(stopped_city):
    with psycopg.connect(stopped_city, autocommit=True) as connection:
        yield connection


def one(connection, query: str, *values):
    return connection.execute(query, values).fetchone()[0]


def living(connection) -> LiveCity:
    return LiveCity(connection, city(2026), np.random.default_rng(5), every=7)


def test_two_weeks_of_silence_are_filled_and_the_city_is_plausible(connection):
    began = one(connection, "SELECT clock_timestamp()")
    now = STOPPED + timedelta(days=14)
    written = living(connection).catch_up(to_microseconds(now))
    new = one(connection, "SELECT count(*) FROM crm.report WHERE entered_at > %s AND entered_at <= %s", STOPPED, now)
    assert 14 * 508 * 0.9 < new < 14 * 508 * 1.1
    assert written > new
    waiting = (
        "SELECT count(*) FROM crm.report WHERE status = 'menunggu' AND entered_at <= %s::timestamptz - %s::interval"
    )
    assert 60 <= one(connection, waiting, now, "0") <= 260
    assert 10 <= one(connection, waiting, now, "6 hours") <= 80
    assert one(connection, waiting, now, "24 hours") <= 20
    # Each changed row is new to a reader that follows updated_at, and agrees with its history.
    assert connection.execute(FOLLOWS, (began,)).fetchone() == (0, 0, 0, 0, 0)


def test_numbers_stay_unique_when_the_gap_begins_in_the_middle_of_a_day(connection):
    before = one(connection, "SELECT count(*) - count(DISTINCT report_id) FROM crm.report")
    living(connection).catch_up(to_microseconds(STOPPED + timedelta(days=2)))
    assert one(connection, "SELECT count(*) - count(DISTINCT report_id) FROM crm.report") == before


def test_hours_of_running_keep_pace_with_the_clock(connection):
    live = living(connection)
    now = start = to_microseconds(STOPPED + timedelta(minutes=10))
    live.catch_up(now)
    events = one(connection, "SELECT count(*) FROM crm.report_event")
    began, changes = one(connection, "SELECT clock_timestamp()"), 0
    while now < start + 2 * 3600 * 1_000_000:
        now = max(now + 1, live.next_moment())
        changes += live.advance(now)
    assert one(connection, "SELECT count(*) FROM crm.report_event") - events >= changes
    # Every 7 seconds by default: at least so often, and not many times as often.
    assert 2 * 3600 / 9.1 < changes < 2 * 3600 / 4
    entered = "SELECT count(*) FROM crm.report WHERE entered_at BETWEEN %s AND %s"
    assert 35 < one(connection, entered, to_datetime(start), to_datetime(now)) < 125
    statuses = "SELECT count(DISTINCT status) FROM crm.report_event WHERE recorded_at > %s"
    assert one(connection, statuses, began) >= 6
    assert connection.execute(FOLLOWS, (began,)).fetchone() == (0, 0, 0, 0, 0)


def test_a_city_without_reports_is_refused(crm_dsn):
    with psycopg.connect(crm_dsn, autocommit=True) as connection, pytest.raises(ValueError, match="no reports"):
        living(connection).catch_up(to_microseconds(STOPPED))


def test_the_command_survives_a_lost_connection_and_ends_on_sigterm(empty_database):
    build(empty_database, until=datetime.now(WIB) - timedelta(hours=1), months=2)
    command = [sys.executable, "-m", "demo", "live", "--every", "0.2"]
    environment = os.environ | {"CRM_DSN": empty_database}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as run:
        try:
            wait_for_event(empty_database)
            with psycopg.connect(empty_database, autocommit=True) as other:
                other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename IS NOT NULL"
                )
            wait_for_event(empty_database)
        finally:
            run.send_signal(signal.SIGTERM)
            said = run.communicate(timeout=20)[1].splitlines()
    assert run.returncode == 0
    assert [line.split(" (")[0] for line in said if "caught up" not in line] == [
        "live: the database is gone",
        "live: the database is back",
        "live: stopped",
    ]


def wait_for_event(dsn: str) -> None:
    """Return when an event was recorded from now on; fail after 40 seconds."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        began = one(connection, "SELECT clock_timestamp()")
        for _ in range(200):
            if one(connection, "SELECT count(*) FROM crm.report_event WHERE recorded_at > %s", began) > 3:
                return
            time.sleep(0.2)
    pytest.fail("no change within 40 seconds")
