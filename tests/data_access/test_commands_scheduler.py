"""The scheduler: each job once, missed nights caught up, a dead database outlived, an end on SIGTERM."""

import os
import queue
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from data_access import rollup
from data_access.commands import open_for_work
from data_access.scheduler import CHECK_JOB, Jobs, last_due
from data_access.settings import from_environment
from data_access.state import migrate
from demo.postgres import EmbeddedPostgres
from demo.schema import create_schema
from tests.builders import wib
from tests.crm import add_names, add_report

PROJECT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-23 00:19:59", "2026-11-22 00:20"),
        ("2026-11-23 00:20:00", "2026-11-23 00:20"),
        ("2026-11-23 23:59:59", "2026-11-23 00:20"),
        ("2026-01-01 00:00:00", "2025-12-31 00:20"),
    ],
)
def test_the_roll_up_is_due_at_twenty_past_midnight_in_jakarta(now, due):
    assert last_due(wib(now)) == wib(due)
    assert last_due(wib(now).astimezone(tz=None)) == wib(due)  # whatever zone the host lives in


@pytest.fixture
def dsn(crm_dsn):
    """A CRM with one report and an empty state schema."""
    migrate.upgrade(crm_dsn)
    with psycopg.connect(crm_dsn, autocommit=True) as connection:
        add_names(connection)
        add_report(connection, "A", entered_at=wib("2026-11-01 08:00"))
    return crm_dsn


@pytest.fixture
def jobs(dsn):
    return Jobs(from_environment({"CRM_DSN": dsn}))


def run_record(dsn: str, job: str) -> tuple | None:
    with psycopg.connect(dsn) as connection:
        return connection.execute("select ran_at, outcome from pantau.job_run where job = %s", [job]).fetchone()


@pytest.mark.db
def test_the_roll_up_runs_once_a_night_however_often_it_is_asked(dsn, jobs):
    jobs.roll_up()
    first = run_record(dsn, rollup.JOB)
    jobs.roll_up()
    Jobs(from_environment({"CRM_DSN": dsn})).roll_up()
    assert first is not None
    assert run_record(dsn, rollup.JOB) == first


@pytest.mark.db
def test_a_missed_night_is_caught_up(dsn, jobs):
    jobs.roll_up()
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("update pantau.job_run set ran_at = ran_at - interval '3 days'")
        add_report(connection, "B", entered_at=wib("2026-11-02 08:00"))
        jobs.roll_up()
        days = connection.execute("select array_agg(day::text order by day) from pantau.daily_rollup").fetchone()
    assert days == (["2026-11-01", "2026-11-02"],)


@pytest.mark.db
def test_a_job_another_scheduler_is_doing_is_left_to_it(dsn, jobs):
    with open_for_work(dsn) as other:
        rollup.lock(other)
        jobs.roll_up()
        assert run_record(dsn, rollup.JOB) is None
    jobs.roll_up()
    assert run_record(dsn, rollup.JOB) is not None


@pytest.mark.db
def test_the_contract_is_checked_at_most_every_five_minutes_and_logged_on_change(dsn, jobs, caplog):
    caplog.set_level("INFO")

    def tick(minutes: int) -> list[str]:
        caplog.clear()
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute("update pantau.job_run set ran_at = ran_at - %s", [timedelta(minutes=minutes)])
        jobs.check_contract()
        return caplog.messages

    assert tick(0) == ["contract: the CRM keeps the contract"]
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("alter table crm.report drop column rating")
    assert tick(1) == []
    assert "crm.report.rating is missing" in tick(5)[0]
    assert tick(5) == []
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("alter table crm.report add column rating smallint")
    assert tick(5) == ["contract: the CRM keeps the contract"]


class Running:
    """A scheduler process whose log can be waited for."""

    def __init__(self, dsn: str, state_dsn: str | None = None):
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "data_access", "scheduler"],
            cwd=PROJECT,
            env=os.environ | {"CRM_DSN": dsn, "STATE_DSN": state_dsn or dsn},
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        with self.process.stderr as log:
            for line in log:
                self.lines.put(line)

    def wait_for(self, text: str, seconds: float = 30) -> str:
        """The first line with this text; queue.Empty when it does not come in time."""
        while text not in (line := self.lines.get(timeout=seconds)):
            assert "Traceback" not in line
        return line

    def stop(self) -> int:
        self.process.terminate()
        try:
            return self.process.wait(timeout=10)
        finally:
            self.process.kill()
            self.reader.join(timeout=10)


@pytest.mark.db
def test_the_process_does_its_jobs_at_start_and_ends_on_sigterm(dsn):
    running = Running(dsn)
    try:
        running.wait_for("days rolled up")
    finally:
        code = running.stop()
    assert code == 0
    running.wait_for("scheduler ended")


@pytest.mark.db
def test_two_processes_do_every_job_once(dsn):
    both = [Running(dsn), Running(dsn)]
    try:
        for running in both:
            running.wait_for("scheduler started")
        wait_until(lambda: run_record(dsn, rollup.JOB) and run_record(dsn, CHECK_JOB))
        time.sleep(2)  # for the second one to have had its turn too
    finally:
        codes = [running.stop() for running in both]
    log = [line for running in both for line in list(running.lines.queue)]
    assert codes == [0, 0]
    assert [sum(f" {job}: " in line for line in log) for job in (rollup.JOB, CHECK_JOB)] == [1, 1]


@pytest.mark.db
def test_a_database_that_is_away_is_outlived(tmp_path, caplog):
    caplog.set_level("INFO")
    server = EmbeddedPostgres(tmp_path)
    server.start()
    try:
        create_schema(server.dsn())
        migrate.upgrade(server.dsn())
        jobs = Jobs(from_environment({"CRM_DSN": server.dsn()}))
        caplog.clear()
        server.stop()
        jobs.roll_up()
        jobs.roll_up()
        assert [message.split(":")[0] for message in caplog.messages] == ["rollup"]  # told once
        assert "cannot reach 127.0.0.1" in caplog.text
        server.start()
        jobs.roll_up()
        assert run_record(server.dsn(), rollup.JOB) is not None
    finally:
        server.stop()


def wait_until(condition, seconds: float = 30) -> None:
    """Fails the test when the condition does not hold in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)
