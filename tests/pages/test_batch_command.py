"""`python -m pages batch` as a process on a real city: made, gone on with, refused in one line; by the scheduler."""

import os
import re
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from data_access import document_batches, document_job, document_store
from data_access.document_job import Documents
from data_access.document_store import Wanted
from data_access.settings import from_environment
from data_access.state import migrate
from tests.conftest import CITY_UNTIL, PROJECT, fresh_database

pytestmark = pytest.mark.db
AS_OF = "2026-11-15T10:00"  # WIB, the city's last minute
SOME = ["W-31.71", "W-31.71.01.1001", ""]
RUN_SECONDS = 120
SLOWEST_SECONDS = 90
PROGRESS = re.compile(r"bulanan 2026-10: \d of 3 units; here \d in \d+\.\d s")


@pytest.fixture
def state_dsn(postgres):
    """An empty state schema beside the city, which is only read."""
    for dsn in fresh_database(postgres):
        migrate.upgrade(dsn)
        yield dsn


@pytest.fixture
def state(state_dsn):
    with psycopg.connect(state_dsn, autocommit=True) as connection:
        yield connection


@pytest.fixture
def batch(city_dsn, state_dsn):
    """batch(*words) -> the finished process."""
    command = [sys.executable, "-W", "error", "-m", "pages", "batch"]
    environment = os.environ | {"CRM_DSN": city_dsn, "STATE_DSN": state_dsn}

    def run(*words: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [*command, *words], cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=RUN_SECONDS
        )

    return run


def kept(state) -> dict[tuple[str, str], str]:
    """(subject, format) -> sha256."""
    sets = document_store.newest(state, Wanted())
    return {(one.subject_id, one.format): one.sha256 for documents in sets for one in documents}


def wait_until(condition) -> None:
    deadline = time.monotonic() + SLOWEST_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_it_makes_every_format_of_every_unit_and_a_second_start_makes_nothing(batch, state):
    words = ("bulanan", "--period", "2026-10", "--as-of", AS_OF, "--units", *SOME)
    done = batch(*words)
    assert done.returncode == 0
    # Progress, once every few seconds: as many lines as the machine is slow, and nothing else.
    assert all(PROGRESS.fullmatch(line) for line in done.stderr.splitlines()), done.stderr
    assert done.stdout.startswith("bulanan 2026-10: 3 of 3 units; here 3 in ")
    made = kept(state)
    assert len(made) == 9
    again = batch(*words)
    assert "3 of 3 units; here 0 in " in again.stdout
    assert kept(state) == made


def test_the_same_data_and_as_of_give_the_same_bytes(batch, state):
    words = ("bulanan", "--period", "2026-10", "--as-of", AS_OF, "--units", "W-31.71")
    batch(*words)
    first = kept(state)
    state.execute("truncate pantau.document, pantau.document_batch, pantau.document_batch_item")
    batch(*words)
    assert kept(state) == first
    assert len(first) == 3


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["bulanan"], "--period is needed"),
        (["bulanan", "--period", "2031-01"], "--period 2031-01: of bulanan there are"),
        (["mingguan", "--period", "2026-10"], "--period 2026-10: of mingguan there are"),
        (["bulanan", "--period", "2026-10", "--units", "X-1"], "--units X-1: the CRM knows no such unit"),
        (["bulanan", "--period", "2026-10", "--as-of", "2051-01-01T00:00"], "--period 2026-10: of bulanan"),
        (["lanjut", "--batch", "77"], "there is no batch 77"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(batch, state, words, line):
    done = batch(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"error: {line}")
    assert done.stderr.count("\n") == 1
    assert document_batches.newest(state, 9) == []


def test_the_scheduler_has_it_made_once_and_a_killed_process_is_replaced(city_dsn, state_dsn, state, monkeypatch):
    monkeypatch.setattr(document_job, "WHOLE_TYPES", ("kota",))
    monkeypatch.setattr(document_job, "READ_TYPES", ())
    monkeypatch.setattr(document_job, "missing", _only_the_month(document_job.missing))
    both = [Documents(from_environment({"CRM_DSN": city_dsn, "STATE_DSN": state_dsn})) for _ in range(2)]
    try:
        said = [job.tick() for job in both]
        assert [line for line in said if line] == ["bulanan 2026-10 is due"]
        wait_until(lambda: document_batches.newest(state, 1)[0].done_count)
        both[0]._process.send_signal(signal.SIGKILL)
        both[0]._process.wait(10)
        assert both[0].tick() == "the process that makes documents ended with code -9"
        wait_until(lambda: document_batches.next_open(state) is None)
    finally:
        for job in both:
            job.stop()
    [made] = document_batches.newest(state, 9)
    assert (made.items_count, made.done_count, made.failed_count) == (7, 7, 0)
    assert len(kept(state)) == 7 * 3


def test_stop_ends_the_process_and_what_it_had_in_hand_is_free(city_dsn, state_dsn, state):
    batch = document_batches.request(state, "bulanan", "2026-10", ["pdf"], ["W-31.71", "W-31.72"], CITY_UNTIL, "uji")
    job = Documents(from_environment({"CRM_DSN": city_dsn, "STATE_DSN": state_dsn}))
    job.tick()
    process = job._process
    assert process.poll() is None
    job.stop()
    assert process.poll() is not None
    with state.transaction():
        wait_until(lambda: document_batches.take(state, batch) is not None)
    assert document_batches.find(state, batch).finished_at is None


def _only_the_month(missing):
    """Of what was due on the city's last day, what it has the data of."""
    return lambda state, _now: [due for due in missing(state, CITY_UNTIL) if due.kind == "bulanan"]
