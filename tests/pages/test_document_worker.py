"""The worker of batches, on a real database: one failing unit, two workers, a killed one, a CRM that leaves."""

import os
import signal
import subprocess
import sys
import threading
import time

import psycopg
import pytest

from data_access import document_batches, document_store
from data_access.document_store import Files, Wanted
from data_access.engine import DatabaseUnavailable
from data_access.state import migrate
from pages._documents import worker
from tests.builders import wib
from tests.conftest import PROJECT
from tests.crm import add_names

pytestmark = pytest.mark.db
AS_OF = wib("2026-11-20 08:00")
# A process that takes its time for each unit, and says when it has one in hand.
SLOW_WORKER = """
import sys, time, psycopg
from data_access.document_store import Files
from pages._documents.worker import work

def make(kind, subject_id, period, formats, state):
    print(subject_id, flush=True)
    time.sleep(0.3)
    return Files("", True, {"pdf": subject_id.encode()})

with psycopg.connect(sys.argv[1], autocommit=True) as state:
    work(state, sys.argv[1], None, make, progress=False)
"""


@pytest.fixture
def dsn(crm_dsn):
    """A CRM with its names and an empty state schema."""
    migrate.upgrade(crm_dsn)
    with psycopg.connect(crm_dsn, autocommit=True) as connection:
        add_names(connection)
    return crm_dsn


@pytest.fixture
def state(dsn):
    with psycopg.connect(dsn, autocommit=True) as connection:
        yield connection


def ask(state, subjects, as_of=AS_OF) -> int:
    return document_batches.request(state, "bulanan", "2026-10", ["pdf"], subjects, as_of, "uji")


def quick(_kind, subject_id, _period, formats, data) -> Files:
    """Files that say of whom and of when they are."""
    return Files("SEMENTARA", True, {form: f"{subject_id} {data.as_of:%d %H}".encode() for form in formats})


def kept(state) -> list[str]:
    return sorted(one[0].subject_id for one in document_store.newest(state, Wanted()))


def test_a_batch_is_made_of_one_as_of_and_finished(dsn, state, capsys):
    batch = ask(state, ["A", "B", ""])
    assert worker.work(state, dsn, None, quick, progress=False) == 0
    found = document_batches.find(state, batch)
    assert found.finished_at is not None
    assert kept(state) == ["", "A", "B"]
    assert {one[0].as_of for one in document_store.newest(state, Wanted())} == {AS_OF}
    assert capsys.readouterr().out.startswith("bulanan 2026-10: 3 of 3 units; here 3 in ")


def test_one_unit_that_fails_is_one_line_and_the_others_go_on(dsn, state):
    def failing(kind, subject_id, *rest):
        if subject_id == "B":
            raise KeyError("no such column")
        return quick(kind, subject_id, *rest)

    batch = ask(state, ["A", "B", "C"])
    assert worker.work(state, dsn, batch, failing, progress=False) == 1
    assert kept(state) == ["A", "C"]
    assert document_batches.problems(state, batch, 9) == [("B", "KeyError: 'no such column'")]
    document_batches.resume(state, batch)
    assert worker.work(state, dsn, batch, quick, progress=False) == 0
    assert kept(state) == ["A", "B", "C"]


def test_what_fails_half_way_leaves_nothing_behind(dsn, state):
    batch = ask(state, ["A"])
    two = Files("", True, {"pdf": b"%PDF", "exe": b"MZ"})
    assert worker.work(state, dsn, batch, lambda *_: two, progress=False) == 1
    assert kept(state) == []
    assert document_batches.find(state, batch).failed_count == 1


def test_two_workers_make_every_item_once(dsn, state):
    made, at_once = [], threading.Barrier(2)

    def make(kind, subject_id, *rest):
        if len(made) < 2:
            at_once.wait(20)
        made.append(subject_id)
        time.sleep(0.01)
        return quick(kind, subject_id, *rest)

    def run():
        with psycopg.connect(dsn, autocommit=True) as own:
            worker.work(own, dsn, batch, make, progress=False)

    batch = ask(state, [f"U{number:02d}" for number in range(20)])
    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(made) == sorted(set(made))
    assert len(kept(state)) == 20


def test_a_killed_worker_is_gone_on_from_where_it_stopped(dsn, state):
    batch = ask(state, ["A", "B", "C", "D"])
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW_WORKER, dsn],
        cwd=PROJECT,
        env=os.environ | {"CRM_DSN": dsn},
        stdout=subprocess.PIPE,
        text=True,
    )
    with process.stdout as said:
        assert [said.readline().strip() for _ in range(3)] == ["A", "B", "C"]
        process.send_signal(signal.SIGKILL)
    process.wait(10)
    assert kept(state) == ["A", "B"]
    made = []
    worker.work(state, dsn, batch, lambda *given: (made.append(given[1]), quick(*given))[1], progress=False)
    assert made == ["C", "D"]
    assert kept(state) == ["A", "B", "C", "D"]


def test_a_crm_that_leaves_fails_nobody_and_the_batch_waits(dsn, state):
    def away(*_):
        raise DatabaseUnavailable("the connection to the database was lost")

    batch = ask(state, ["A", "B"])
    assert worker.work(state, dsn, batch, away, progress=False) == 2  # the CRM is there: it is the units' own trouble
    document_batches.resume(state, batch)

    def lost(*_):
        raise DatabaseUnavailable("the database did not answer within 2.0 s")

    read = worker.read_state(dsn, AS_OF)
    with pytest.MonkeyPatch.context() as patch, pytest.raises(DatabaseUnavailable):
        patch.setattr(worker, "read_state", lambda *_: read)
        worker.work(state, "postgresql://u@127.0.0.1:1/none", batch, lost, progress=False)
    found = document_batches.find(state, batch)
    assert (found.finished_at, found.done_count, found.failed_count) == (None, 0, 0)


def test_a_batch_of_the_future_is_refused_in_one_line(dsn, state):
    ask(state, ["A"], wib("2036-01-01 08:00"))
    with pytest.raises(worker.Refused, match="is in the future"):
        worker.work(state, dsn, None, quick, progress=False)


def test_an_unknown_batch_is_refused(dsn, state):
    with pytest.raises(worker.Refused, match="no batch 77"):
        worker.work(state, dsn, 77, quick, progress=False)
