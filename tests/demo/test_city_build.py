"""The city in a real database: all or nothing, marked, never over a CRM that is not simulated; the command's errors."""

import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from data_access.tables import INDEXES
from demo.__main__ import explain, main
from demo.build import build
from demo.schema import MARK, NotSimulated, create_schema, drop_schema
from tests.conftest import CITY_UNTIL

pytestmark = pytest.mark.db


def value(dsn: str, query: str):
    with psycopg.connect(dsn) as connection:
        return connection.execute(query).fetchone()[0]


def test_an_empty_crm_carries_the_mark_and_every_index(crm_dsn):
    assert value(crm_dsn, "SELECT obj_description('crm'::regnamespace)") == MARK
    found = value(crm_dsn, "SELECT array_agg(indexname::text) FROM pg_indexes WHERE schemaname = 'crm'")
    assert {index.name for index in INDEXES} <= set(found)


@pytest.mark.parametrize(
    "change",
    ["INSERT INTO crm.report SELECT * FROM crm.report", "UPDATE crm.report SET rating = 1", "DELETE FROM crm.report"],
)
def test_a_change_of_reports_is_told(crm_dsn, change):
    with psycopg.connect(crm_dsn, autocommit=True) as listener, psycopg.connect(crm_dsn, autocommit=True) as writer:
        listener.execute("LISTEN crm_changed")
        writer.execute(change)
        assert [note.channel for note in listener.notifies(timeout=5, stop_after=1)] == ["crm_changed"]


def test_a_built_city_has_the_rows_it_reports_on_both_servers(each_postgres, empty_database):
    counts = build(empty_database, until=CITY_UNTIL, months=2)
    tables = ("report", "report_event", "ticket", "unit", "category", "channel", "officer")
    assert {table: value(empty_database, f"SELECT count(*) FROM crm.{table}") for table in tables} == {
        table: counts[table] for table in tables
    }
    assert counts["dirty_return_chain"] == 12
    # The next event written by anybody gets a free number.
    assert value(empty_database, "SELECT nextval('crm.report_event_event_id_seq')") == counts["report_event"] + 1


def test_a_crm_without_the_mark_is_left_alone(crm_dsn):
    with psycopg.connect(crm_dsn) as connection:
        connection.execute("COMMENT ON SCHEMA crm IS NULL")
    with pytest.raises(NotSimulated):
        build(crm_dsn, until=CITY_UNTIL, months=2)
    with pytest.raises(NotSimulated):
        drop_schema(crm_dsn)
    assert value(crm_dsn, "SELECT count(*) FROM crm.report") == 0


def test_a_killed_build_leaves_nothing(empty_database):
    command = [sys.executable, "-m", "demo", "city", "--months", "6"]
    with subprocess.Popen(
        command, env=os.environ | {"CRM_DSN": empty_database}, stderr=subprocess.PIPE, text=True
    ) as run:
        seen = next((line for line in run.stderr if "COPY report" in line), None)
        os.kill(run.pid, signal.SIGKILL)
    assert seen is not None
    assert value(empty_database, "SELECT to_regnamespace('crm')") is None


def test_a_failed_replacement_keeps_the_old_city(crm_dsn, monkeypatch):
    def broken(*_):
        raise psycopg.errors.DiskFull("could not extend file: No space left on device")

    monkeypatch.setattr("demo.build.create_indexes", broken)
    with pytest.raises(psycopg.errors.DiskFull):
        build(crm_dsn, until=CITY_UNTIL, months=2)
    assert value(crm_dsn, "SELECT count(*) FROM crm.report") == 0
    create = pytest.raises(Exception, match="already exists")
    with create:
        create_schema(crm_dsn)


def test_the_command_builds_once_and_says_so_the_second_time(empty_database, monkeypatch, capsys):
    monkeypatch.setenv("CRM_DSN", empty_database)
    arguments = ["city", "--months", "2", "--until", CITY_UNTIL.isoformat()]
    started = time.monotonic()
    assert main(arguments) == 0
    assert "100%" in capsys.readouterr().err
    assert time.monotonic() - started < 60
    assert main(arguments) == 0
    assert "already there" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("dsn", "arguments", "said"),
    [
        ("", ["city"], "CRM_DSN is not set"),
        ("crm", ["city"], "not a database URL"),
        ("postgresql://nobody@127.0.0.1:1/crm", ["city"], "cannot reach"),
        ("postgresql://nobody@127.0.0.1:1/crm", ["live"], "cannot reach"),
        ("postgresql://nobody@127.0.0.1:1/crm", ["load", "5"], "cannot reach"),
        ("", ["load", "many"], "not a whole number"),
        ("", ["live", "--every", "0"], "not a number of seconds"),
        ("", ["city", "--until", "2026-11-15"], "no time with zone"),
        ("", ["town"], "invalid choice"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(dsn, arguments, said, monkeypatch, capsys):
    monkeypatch.setenv("CRM_DSN", dsn)
    assert main(arguments) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert said in lines[0]


def test_a_full_disk_is_told_in_one_line():
    line = explain(psycopg.errors.DiskFull("could not extend file\nHINT: Check free disk space."))
    assert "disk is full" in line
    assert "nothing was kept" in line
    assert "\n" not in line
