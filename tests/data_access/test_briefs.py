"""Briefs: the same desk gives the same body, what is kept is what was seen, each check once."""

import threading
from datetime import timedelta

import psycopg
import pytest

from data_access import brief_job, briefs, channel_silence, checks, desk_reading, past_waiting
from data_access.filters import Filters
from data_access.kept import Kept
from data_access.reading import read_state
from data_access.scheduler import Jobs
from data_access.scope import EVERYTHING
from data_access.settings import Settings, from_environment
from data_access.state import migrate
from tests.builders import report, wib
from tests.crm import add_names, add_report
from tests.data_access.desk_world import limits_of, state_of

PAGI = checks.Check(wib("2026-11-22 07:30"), "pagi")


def body(*reports, then=None, **world) -> dict:
    return desk_reading.body(EVERYTHING, state_of(*reports, **world), Filters(), PAGI, then, [])


def test_a_body_holds_what_the_desk_shows_and_is_the_same_each_time():
    reports = [
        report(number="A", entered="2026-11-22 05:00", unit="K-GAMBIR"),
        report(number="B", entered="2026-11-21 05:00", unit="D-BM"),
    ]
    found = body(*reports)
    assert found["figures"]["over_response"] == 2
    assert found["figures"]["over_officer"] == 1
    assert [(row["name"], row["reports"][0]["number"]) for row in found["rows"]] == [
        ("Kel. Gambir", "A"),
        ("Dinas Bina Marga", "B"),
    ]
    assert briefs.canonical(found) == briefs.canonical(body(*reports))
    assert [entry.number for entry in briefs.entries_of(found)] == ["B", "A"]


def test_a_body_says_of_each_report_what_became_of_it_since_the_check():
    then = desk_reading.Before(
        PAGI,
        PAGI.at,
        True,
        tuple(briefs.entries_of(body(report(number="LAMA", entered="2026-11-21 20:00", unit="K-GAMBIR")))),
    )
    found = body(
        report(number="LAMA", entered="2026-11-21 20:00", unit="K-GAMBIR"),
        report(number="BARU", entered="2026-11-22 05:00", unit="K-GAMBIR"),
        then=then,
    )
    [row] = found["rows"]
    assert {one["number"]: one["since_check"] for one in row["reports"]} == {"LAMA": "masih", "BARU": "baru"}
    assert found["change"] | {"since": None} == {
        "since": None,
        "stored": True,
        "handled": 0,
        "still": 1,
        "new": 1,
        "passed_officer": 0,
    }


def test_a_private_report_is_marked_and_has_no_text():
    state = state_of(report(number="A", entered="2026-11-22 05:00"))
    state.frame.is_private[0] = True
    found = desk_reading.body(EVERYTHING, state, Filters(), PAGI, None, [])
    assert found["rows"][0]["reports"][0]["private"] is True
    assert "summary" not in briefs.canonical(found)


def test_reports_of_a_flood_are_said_once_and_counted():
    reports = [report(entered=f"2026-11-22 07:{minute:02d}", unit="K-GAMBIR") for minute in range(12)]
    found = body(*reports)
    assert [(flood["count"], flood["area"]) for flood in found["floods"]] == [(12, "Gambir")]
    assert (found["rows"][0]["flooded"], found["rows"][0]["over_response"]) == (12, 12)


@pytest.fixture
def dsn(crm_dsn, monkeypatch):
    """A CRM whose one report has waited for two days, with an empty state schema."""
    migrate.upgrade(crm_dsn)
    for module in (past_waiting, channel_silence):
        monkeypatch.setattr(module, "settings", lambda: Settings(crm_dsn, crm_dsn, None, None, None, "", None))
        monkeypatch.setattr(module, "_kept", Kept(60, 4))
    monkeypatch.setattr(desk_reading, "_before", Kept(60, 4))
    with psycopg.connect(crm_dsn, autocommit=True) as connection:
        add_names(connection)
        now = connection.execute("select now()").fetchone()[0]
        add_report(connection, "A", entered_at=now - timedelta(days=2), unit_id="K-GAMBIR")
    return crm_dsn


def kept(dsn: str) -> list[tuple]:
    with psycopg.connect(dsn) as connection:
        return connection.execute(
            "select kind, area_code, due_at, as_of, made_by from pantau.brief order by 2"
        ).fetchall()


@pytest.mark.db
def test_a_check_is_written_down_once_for_every_kota_and_the_province(dsn):
    for _ in range(2):
        Jobs(from_environment({"CRM_DSN": dsn})).brief()
    found = kept(dsn)
    assert [area for _, area, *_ in found] == ["", "31.01", "31.71", "31.72", "31.73", "31.74", "31.75"]
    with psycopg.connect(dsn) as connection:
        now = connection.execute("select now()").fetchone()[0]
        due = checks.last(now, limits_of())
        brief = briefs.find(connection, due.name, "31.71", due.at)
    assert {(kind, at) for kind, _, at, *_ in found} == {(due.name, due.at)}
    assert brief.body["figures"]["over_officer"] == 1
    assert due.at <= brief.as_of <= now  # made late says when it was seen


@pytest.mark.db
def test_four_schedulers_at_once_write_it_down_once(dsn):
    jobs = [Jobs(from_environment({"CRM_DSN": dsn})) for _ in range(4)]
    threads = [threading.Thread(target=job.brief) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept(dsn)) == 7


@pytest.mark.db
def test_a_job_killed_half_way_leaves_nothing_and_the_next_one_makes_all(dsn, monkeypatch):
    made, real = [], briefs.store

    def killed_after_the_third(connection, *given):
        made.append(real(connection, *given))
        if len(made) == 3:
            with psycopg.connect(dsn) as other:
                other.execute("select pg_terminate_backend(%s)", [connection.info.backend_pid])
        return made[-1]

    monkeypatch.setattr(briefs, "store", killed_after_the_third)
    Jobs(from_environment({"CRM_DSN": dsn})).brief()
    assert (made, kept(dsn)) == ([True, True, True], [])
    Jobs(from_environment({"CRM_DSN": dsn})).brief()
    assert len(kept(dsn)) == 7


@pytest.mark.db
def test_checks_of_the_days_before_are_not_invented(dsn):
    Jobs(from_environment({"CRM_DSN": dsn})).brief()
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("update pantau.brief set due_at = due_at - interval '5 days'")
    Jobs(from_environment({"CRM_DSN": dsn})).brief()
    assert len({due for _, _, due, *_ in kept(dsn)}) == 2


@pytest.mark.db
def test_the_next_check_is_compared_with_the_stored_one_else_with_the_rows_of_then(dsn):
    with psycopg.connect(dsn, autocommit=True) as connection:
        now = connection.execute("select now()").fetchone()[0]
        check = checks.last(now, limits_of())
        state = read_state(dsn)
        rebuilt = desk_reading.before(check, state, connection)
        assert (rebuilt.stored, [entry.number for entry in rebuilt.entries]) == (False, ["A"])
        brief_job.make_due(dsn, connection, now)
        stored = desk_reading.before(check, state, connection)
    assert stored.stored
    assert [entry.number for entry in stored.entries] == ["A"]


@pytest.mark.db
def test_without_a_history_a_brief_is_made_without_a_comparison(dsn):
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("delete from crm.report_event")
        now = connection.execute("select now()").fetchone()[0]
        assert brief_job.make_due(dsn, connection, now) == 7
        due = checks.last(now, limits_of())
        assert briefs.find(connection, due.name, briefs.PROVINCE, due.at).body["change"] is None
