"""Daily roll-ups against reports written one by one: right sums, right days, no day twice, none forgotten."""

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest

from data_access import rollup
from data_access.commands import open_for_work
from data_access.state import migrate
from tests.builders import wib
from tests.crm import add_names, add_report

pytestmark = pytest.mark.db
SINCE, UNTIL = date(2026, 1, 1), date(2027, 1, 1)


@pytest.fixture
def crm(each_postgres, crm_dsn):
    """A CRM whose state schema lies in the same database."""
    migrate.upgrade(crm_dsn)
    with psycopg.connect(crm_dsn, autocommit=True) as connection:
        add_names(connection)
        yield connection


def complete(crm, report_id: str, at: datetime) -> None:
    crm.execute(
        "update crm.report set status = 'selesai', completed_at = %s, updated_at = clock_timestamp()"
        " where report_id = %s",
        [at, report_id],
    )


def roll(dsn: str, days_count: int = 0) -> rollup.Done:
    with open_for_work(dsn) as source, open_for_work(dsn) as state:
        return rollup.recompute(source, state, days_count)


def rolled(crm) -> list[tuple]:
    frame = rollup.daily(crm, SINCE, UNTIL)
    return [(str(row.day.date()), *row[1:]) for row in frame.itertuples(index=False)]


def test_a_day_is_counted_by_holder_and_status_with_its_hours(crm, crm_dsn):
    for number, hours in (("A", 5), ("B", 10), ("C", None)):
        add_report(crm, number, entered_at=wib("2026-11-01 08:00"), unit_id="D-BM")
        if hours:
            complete(crm, number, wib("2026-11-01 08:00") + timedelta(hours=hours))
    add_report(crm, "D", entered_at=wib("2026-11-01 08:00"), unit_id=None)
    roll(crm_dsn)
    assert rolled(crm) == [
        ("2026-11-01", "", "menunggu", 1, 0, 0.0),
        ("2026-11-01", "D-BM", "menunggu", 1, 0, 0.0),
        ("2026-11-01", "D-BM", "selesai", 2, 2, 15.0),
    ]


def test_the_day_turns_at_midnight_in_jakarta(crm, crm_dsn):
    add_report(crm, "A", entered_at=wib("2026-11-01 23:59"))
    add_report(crm, "B", entered_at=wib("2026-11-02 00:00"))
    roll(crm_dsn)
    assert [row[0] for row in rolled(crm)] == ["2026-11-01", "2026-11-02"]


def test_a_report_that_stands_twice_in_the_crm_counts_once_with_its_newest_status(crm, crm_dsn):
    old = datetime(2026, 1, 1, tzinfo=UTC)
    add_report(crm, "A", entered_at=wib("2026-11-01 08:00"), status="menunggu", updated_at=old)
    add_report(crm, "A", entered_at=wib("2026-11-01 08:00"), status="proses")
    roll(crm_dsn)
    assert rolled(crm) == [("2026-11-01", "D-BM", "proses", 1, 0, 0.0)]


def test_a_completion_before_the_entry_counts_as_a_report_but_not_as_hours(crm, crm_dsn):
    add_report(crm, "A", entered_at=wib("2026-11-01 08:00"))
    complete(crm, "A", wib("2026-10-31 08:00"))
    roll(crm_dsn)
    assert rolled(crm) == [("2026-11-01", "D-BM", "selesai", 1, 0, 0.0)]


def test_a_second_run_gives_the_same(crm, crm_dsn):
    add_report(crm, "A", entered_at=wib("2026-11-01 08:00"))
    roll(crm_dsn)
    first = rolled(crm)
    roll(crm_dsn)
    assert rolled(crm) == first


def test_an_old_report_completed_late_changes_its_own_day_and_no_other_is_read(crm, crm_dsn):
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    add_report(crm, "A", entered_at=wib("2026-02-01 08:00"), updated_at=long_ago)
    add_report(crm, "B", entered_at=wib("2026-03-01 08:00"), updated_at=long_ago)
    add_report(crm, "C", entered_at=wib("2026-04-01 08:00"), updated_at=long_ago + timedelta(days=1))
    assert roll(crm_dsn).days_count == 3
    complete(crm, "A", wib("2026-02-01 10:00"))
    assert roll(crm_dsn).days_count == 2  # the late one, and the newest of before (overlap)
    assert rolled(crm)[0] == ("2026-02-01", "D-BM", "selesai", 1, 1, 2.0)
    assert len(rolled(crm)) == 3


def test_a_report_deleted_in_the_crm_goes_with_the_days_asked_for(crm, crm_dsn):
    now = crm.execute("select now()").fetchone()[0]
    add_report(crm, "A", entered_at=now)
    roll(crm_dsn)
    assert len(rolled(crm)) == 1
    crm.execute("delete from crm.report")
    roll(crm_dsn, days_count=2)
    assert rolled(crm) == []


def test_infinite_times_do_not_stop_a_roll_up(crm, crm_dsn):
    add_report(crm, "A", entered_at=wib("2026-11-01 08:00"))
    add_report(crm, "B", entered_at="infinity")
    add_report(crm, "C", entered_at=wib("2026-11-01 08:00"), updated_at="infinity")
    complete_never = "update crm.report set completed_at = 'infinity' where report_id = 'A'"
    crm.execute(complete_never)
    roll(crm_dsn)
    assert rolled(crm) == [("2026-11-01", "D-BM", "menunggu", 2, 0, 0.0)]
    assert roll(crm_dsn).days_count == 1


def test_missing_optional_columns_are_rolled_up_as_absent(crm, crm_dsn):
    add_report(crm, "A", entered_at=wib("2026-11-01 08:00"))
    crm.execute("alter table crm.report drop column completed_at, drop column unit_id")
    roll(crm_dsn)
    assert rolled(crm) == [("2026-11-01", "", "menunggu", 1, 0, 0.0)]


def test_state_and_crm_may_be_two_databases(crm, crm_dsn, postgres, tmp_path):
    other = psycopg.conninfo.make_conninfo(postgres, dbname=f"keadaan_{crm.info.backend_pid}")
    name = psycopg.conninfo.conninfo_to_dict(other)["dbname"]
    with psycopg.connect(postgres, autocommit=True) as admin:
        admin.execute(f"create database {name}")
        try:
            migrate.upgrade(other)
            add_report(crm, "A", entered_at=wib("2026-11-01 08:00"))
            with open_for_work(crm_dsn) as source, open_for_work(other) as state:
                rollup.recompute(source, state)
                assert len(rollup.daily(state, SINCE, UNTIL)) == 1
            assert rolled(crm) == []
        finally:
            admin.execute(f"drop database {name} with (force)")


def test_no_rows_give_an_empty_frame_with_the_same_types(crm, crm_dsn):
    empty = rollup.daily(crm, SINCE, UNTIL).dtypes
    add_report(crm, "A", entered_at=wib("2026-11-01 08:00"))
    roll(crm_dsn)
    assert rollup.daily(crm, SINCE, UNTIL).dtypes.equals(empty)


def test_a_failed_run_leaves_the_days_as_they_were(crm, crm_dsn):
    add_report(crm, "A", entered_at=wib("2026-11-01 08:00"))
    roll(crm_dsn)
    before = rolled(crm)
    crm.execute("alter table pantau.job_run add constraint macet check (outcome = '') not valid")
    add_report(crm, "B", entered_at=wib("2026-11-01 09:00"))
    with pytest.raises(psycopg.errors.CheckViolation):
        roll(crm_dsn)
    assert rolled(crm) == before
