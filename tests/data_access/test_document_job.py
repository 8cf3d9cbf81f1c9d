"""The scheduler's documents: due once, made up for after silence, whoever asks; the process ends with the scheduler."""

import itertools
import subprocess
import sys
import threading
from datetime import timedelta

import psycopg
import pytest

from data_access import document_batches, document_job
from data_access.document_job import Documents, due_moments, missing, request_missing
from data_access.engine import DatabaseUnavailable
from data_access.settings import from_environment
from data_access.state import migrate
from tests.builders import wib
from tests.crm import add_names

UNITS = """
insert into crm.unit values ('W-31.71', 'Kota Administrasi Jakarta Pusat', 'Jakarta Pusat', 'kota', null, '31.71'),
  ('S-BM-31.71', 'Suku Dinas Bina Marga', 'Bina Marga', 'sudin', 'D-BM', '31.71')
"""
NOW = wib("2026-12-01 16:00")


@pytest.fixture
def dsn(crm_dsn):
    """A CRM with four units and an empty state schema."""
    migrate.upgrade(crm_dsn)
    with psycopg.connect(crm_dsn, autocommit=True) as connection:
        add_names(connection)
        connection.execute(UNITS)
    return crm_dsn


@pytest.fixture
def state(dsn):
    with psycopg.connect(dsn, autocommit=True) as connection:
        yield connection


def due(kind: str, now: str) -> tuple[str, str]:
    newest = next(due_moments(kind, wib(now)))
    return newest.period, f"{newest.at:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("kind", "now", "expected"),
    [
        ("mingguan", "2026-11-30 05:59:59", ("2026-W47", "2026-11-23 06:00")),
        ("mingguan", "2026-11-30 06:00:00", ("2026-W48", "2026-11-30 06:00")),
        ("mingguan", "2026-12-06 23:59:59", ("2026-W48", "2026-11-30 06:00")),
        ("mingguan", "2027-01-04 06:00:00", ("2026-W53", "2027-01-04 06:00")),
        ("bulanan", "2026-12-09 02:29:59", ("2026-10", "2026-11-09 02:30")),
        ("bulanan", "2026-12-09 02:30:00", ("2026-11", "2026-12-09 02:30")),
        ("bulanan", "2027-01-09 02:30:00", ("2026-12", "2027-01-09 02:30")),
        ("tahunan", "2027-01-10 02:59:59", ("2025", "2026-01-10 03:00")),
        ("tahunan", "2027-01-10 03:00:00", ("2026", "2027-01-10 03:00")),
    ],
)
def test_what_is_due_and_when(kind, now, expected):
    assert due(kind, now) == expected


def test_due_moments_go_back_without_a_gap():
    weeks = list(itertools.islice(due_moments("mingguan", NOW), 60))
    assert {later.at - earlier.at for later, earlier in itertools.pairwise(weeks)} == {timedelta(weeks=1)}
    months = [due.period for due in itertools.islice(due_moments("bulanan", NOW), 13)]
    assert (months[0], months[-1]) == ("2026-10", "2025-10")
    assert len(set(months)) == 13


def keys(state, now) -> list[str]:
    return [due.key for due in missing(state, now)]


@pytest.mark.db
def test_the_very_first_time_only_the_newest_of_each_kind_is_due(state, dsn):
    assert keys(state, NOW) == ["tahunan 2025", "bulanan 2026-10", "mingguan 2026-W48"]
    assert len(request_missing(state, dsn, NOW)) == 3
    assert keys(state, NOW) == []
    assert request_missing(state, dsn, NOW) == []


@pytest.mark.db
def test_a_silence_over_two_due_moments_is_made_up_for_once(state, dsn):
    request_missing(state, dsn, NOW)
    later = wib("2026-12-14 09:00")
    due = request_missing(state, dsn, later)
    assert [one.key for one in due] == ["mingguan 2026-W49", "bulanan 2026-11", "mingguan 2026-W50"]
    assert [one.at for one in due] == [wib("2026-12-07 06:00"), wib("2026-12-09 02:30"), wib("2026-12-14 06:00")]
    assert request_missing(state, dsn, later) == []
    as_of = dict(state.execute("select due_key, as_of from pantau.document_batch").fetchall())
    assert as_of["mingguan 2026-W49"] == wib("2026-12-07 06:00")  # not of the day it was made up for


@pytest.mark.db
def test_a_long_silence_is_made_up_for_as_far_as_it_is_of_use(state, dsn):
    request_missing(state, dsn, NOW)
    due = keys(state, wib("2027-12-01 09:00"))
    count = {kind: sum(key.startswith(kind) for key in due) for kind in document_job.CATCH_UP_COUNT}
    assert count == document_job.CATCH_UP_COUNT


@pytest.mark.db
def test_upper_units_get_every_format_and_kelurahan_the_one_to_read(state, dsn):
    request_missing(state, dsn, NOW)
    rows = state.execute(
        "select due_key, formats, array_agg(subject_id order by subject_id) from pantau.document_batch"
        " join pantau.document_batch_item using (batch_id) group by batch_id order by batch_id"
    ).fetchall()
    whole = (["pdf", "docx", "xlsx"], ["", "D-BM", "W-31.71"])
    assert rows == [
        ("tahunan 2025", *whole),
        ("bulanan 2026-10", *whole),
        ("bulanan 2026-10 kelurahan", ["pdf"], ["K-GAMBIR"]),
        ("mingguan 2026-W48", *whole),
    ]


@pytest.mark.db
def test_two_schedulers_write_a_moment_down_once(dsn):
    found, at_once = [], threading.Barrier(2)

    def run():
        with psycopg.connect(dsn, autocommit=True) as own:
            at_once.wait(20)
            found.extend(request_missing(own, dsn, NOW))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(one.key for one in found) == ["bulanan 2026-10", "mingguan 2026-W48", "tahunan 2025"]
    with psycopg.connect(dsn) as connection:
        assert connection.execute("select count(*) from pantau.document_batch").fetchone() == (4,)


@pytest.mark.db
def test_a_crm_that_is_away_leaves_everything_due(state):
    with pytest.raises(DatabaseUnavailable):
        request_missing(state, "postgresql://u@127.0.0.1:1/none", NOW)
    assert len(keys(state, NOW)) == 3


@pytest.mark.db
def test_a_tick_keeps_one_process_at_work_and_stop_ends_it(dsn, state, monkeypatch):
    started = []

    def start(_where, *_arguments):
        started.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]))
        return started[-1]

    monkeypatch.setattr(document_job, "start_worker", start)
    job = Documents(from_environment({"CRM_DSN": dsn}))
    assert job.tick().count(" is due") == 3
    assert job.tick() is None
    assert len(started) == 1
    started[0].kill()
    started[0].wait(10)
    assert job.tick() == "the process that makes documents ended with code -9"  # and another one took over
    assert len(started) == 2
    job.stop()
    assert started[1].wait(10) == -15
    job.tick()
    assert len(started) == 2


@pytest.mark.db
def test_without_work_there_is_no_process(dsn, state, monkeypatch):
    monkeypatch.setattr(document_job, "missing", lambda *_: [])
    monkeypatch.setattr(document_job, "start_worker", lambda *_: pytest.fail("nothing is to be made"))
    job = Documents(from_environment({"CRM_DSN": dsn}))
    assert job.tick() is None
    batch = document_batches.request(state, "bulanan", "2026-10", ["pdf"], ["D-BM"], NOW, "uji")
    with pytest.raises(pytest.fail.Exception):
        job.tick()
    assert document_batches.find(state, batch).done_count == 0
