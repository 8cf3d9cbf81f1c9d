"""The live frame against a real PostgreSQL: what is committed arrives, late, duplicated or deleted."""

import os
import signal
import time

import psycopg
import pytest

from data_access import engine, live
from data_access.engine import DatabaseUnavailable
from data_access.live import Follower
from demo.postgres import EmbeddedPostgres
from demo.schema import create_schema
from tests.crm import add_names, add_report

pytestmark = pytest.mark.db


@pytest.fixture
def follower(crm, crm_dsn):
    following = Follower(crm_dsn).start()
    wait_until(lambda: following.state is not None)
    yield following
    following.stop()


def wait_until(condition, seconds: float = 8.0) -> float:
    """Seconds until `condition()` held; fails the test when it does not in time."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds, f"not so within {seconds} s"
        time.sleep(0.005)
    return time.monotonic() - started


def numbers(following: Follower) -> list[str]:
    return sorted(following.state.frame.number)


def test_a_commit_reaches_the_frame_at_once_on_both_servers(each_postgres, crm, follower):
    add_report(crm, "DUA")
    seconds = wait_until(lambda: "DUA" in numbers(follower))
    assert seconds < 1.0
    crm.execute("update crm.report set status = 'proses', updated_at = clock_timestamp() where report_id = 'DUA'")
    wait_until(lambda: 4 in follower.state.frame.status)
    assert numbers(follower) == ["DUA", "SATU"]
    assert follower.state.frame.cell.min() >= 0


def test_without_notifications_polling_finds_the_change(crm, crm_dsn):
    crm.execute("drop trigger report_changed on crm.report")
    following = Follower(crm_dsn).start()
    wait_until(lambda: following.state is not None)
    add_report(crm, "DUA")
    seconds = wait_until(lambda: "DUA" in numbers(following))
    following.stop()
    assert seconds < live.POLL_SECONDS + 1.0


def test_a_change_committed_late_is_not_missed(crm, crm_dsn, follower):
    with psycopg.connect(crm_dsn) as slow:
        add_report(slow, "TERLAMBAT")  # stamped now, committed after others with later stamps were read
        time.sleep(live.OVERLAP.total_seconds() + 1)
        add_report(crm, "DUA")
        wait_until(lambda: "DUA" in numbers(follower))
        time.sleep(live.POLL_SECONDS)
        slow.commit()
    wait_until(lambda: "TERLAMBAT" in numbers(follower))
    assert numbers(follower) == ["DUA", "SATU", "TERLAMBAT"]


def test_a_deleted_report_leaves_the_frame_at_the_next_recount(crm, follower, monkeypatch):
    add_report(crm, "DUA")
    wait_until(lambda: "DUA" in numbers(follower))
    crm.execute("delete from crm.report where report_id = 'DUA'")
    follower._next_recount = 0.0
    wait_until(lambda: numbers(follower) == ["SATU"])
    assert len(follower.state.frame) == 1


def test_of_a_duplicated_report_the_newest_row_counts_once(crm, crm_dsn):
    add_report(crm, "GANDA", status="menunggu", updated_at="2026-11-20 08:00+07")
    add_report(crm, "GANDA", status="proses", updated_at="2026-11-21 08:00+07")
    following = Follower(crm_dsn).start()
    wait_until(lambda: following.state is not None)
    following.stop()
    frame = following.state.frame
    assert sorted(frame.number) == ["GANDA", "SATU"]
    assert frame.status[frame.number == "GANDA"].tolist() == [4]


def test_two_followers_of_the_same_rows_name_the_same_revision(crm, crm_dsn, follower):
    other = Follower(crm_dsn).start()
    wait_until(lambda: other.state is not None)
    add_report(crm, "DUA")
    wait_until(lambda: numbers(follower) == numbers(other) == ["DUA", "SATU"])
    wait_until(lambda: follower.state.revision == other.state.revision)
    other.stop()
    assert follower.state.revision.split("-")[0] == f"{follower.state.frame.stamp():x}"


def test_the_revision_moves_with_a_change_and_rests_without(crm, follower):
    before = follower.state
    wait_until(lambda: follower.state is not before)
    data_part = before.revision.rsplit("-", 1)[0]
    assert follower.state.revision.rsplit("-", 1)[0] == data_part
    assert follower.state.as_of > before.as_of
    crm.execute("update crm.report set updated_at = clock_timestamp()")
    wait_until(lambda: follower.state.revision.rsplit("-", 1)[0] != data_part)


def test_infinite_and_future_times_and_unknown_names_are_read_without_harm(crm, crm_dsn):
    add_report(crm, "ANEH", unit_id="tidak-ada", category_id=None, kelurahan_code="99", status="xx_lama", latitude=None)
    crm.execute("update crm.report set completed_at = 'infinity', received_at = '-infinity' where report_id = 'ANEH'")
    add_report(crm, "BESOK", updated_at="2099-01-01 00:00+07")
    following = Follower(crm_dsn).start()
    wait_until(lambda: following.state is not None)
    add_report(crm, "DUA")  # a stamp in the future must not hide what comes after
    wait_until(lambda: "DUA" in numbers(following))
    following.stop()
    frame = following.state.frame
    row = list(frame.number).index("ANEH")
    assert (frame.unit[row], frame.category[row], frame.kelurahan[row], frame.status[row]) == (0, 0, 0, 0)
    assert frame.cell[row] == -1
    assert frame.completed[row] == live.reader.NEVER == frame.received[row]


def test_a_missing_optional_column_does_not_stop_the_feed(crm, crm_dsn):
    crm.execute("alter table crm.report drop column validated_at, drop column received_how")
    following = Follower(crm_dsn).start()
    wait_until(lambda: following.state is not None)
    following.stop()
    assert {finding.column for finding in following.state.findings} >= {"validated_at", "received_how"}
    assert following.state.frame.received_how.tolist() == [0]


@pytest.mark.parametrize("view", ["report_event", "ticket", "channel", "officer", "category", "unit"])
def test_a_missing_view_empties_its_own_figures_only(crm, crm_dsn, view):
    crm.execute(f"drop table crm.{view}")
    following = Follower(crm_dsn).start()
    wait_until(lambda: following.state is not None)
    add = "insert into crm.report (report_id, status, entered_at, is_private, updated_at)"
    crm.execute(f"{add} values ('DUA', 'menunggu', now(), false, clock_timestamp())")
    wait_until(lambda: numbers(following) == ["DUA", "SATU"])
    following.stop()
    assert view in {finding.view for finding in following.state.findings}


def test_a_new_unit_gets_its_name_at_the_next_recount(crm, follower):
    crm.execute("insert into crm.unit values ('D-BARU', 'Dinas Baru', 'Baru', 'dinas', null, null)")
    follower._next_recount = 0.0
    wait_until(lambda: "D-BARU" in {unit.unit_id for unit in follower.state.frame.names.units})
    assert follower.state.frame.names.holder(follower.state.frame.names.unit_code("D-BARU")) == "Dinas Baru"


def test_a_round_that_fails_half_way_leaves_nothing_behind(crm, follower, monkeypatch):
    monkeypatch.setattr(live.events, "last_hour", lambda *_: 1 / 0)
    add_report(crm, "DUA")
    wait_until(lambda: follower.health.failing_since is not None)
    monkeypatch.undo()
    wait_until(lambda: follower.health.failing_since is None)
    assert numbers(follower) == ["DUA", "SATU"]


@pytest.fixture
def own_server(tmp_path):
    """A server of its own, to be killed and frozen."""
    server = EmbeddedPostgres(tmp_path)
    server.start()
    create_schema(server.dsn())
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        add_names(connection)
        add_report(connection, "SATU")
    yield server
    server.stop()


def test_a_killed_database_is_said_and_the_feed_recovers_by_itself(own_server):
    following = Follower(own_server.dsn()).start()
    wait_until(lambda: following.state is not None)
    last_good = following.state
    own_server.process.kill()
    wait_until(lambda: following.health.failing_since is not None, 10)
    assert following.state.frame is last_good.frame
    assert "127.0.0.1" in following.health.message and own_server._password() not in following.health.message
    own_server.process.wait()
    own_server.start()
    with psycopg.connect(own_server.dsn(), autocommit=True) as connection:
        add_report(connection, "DUA")
    seconds = wait_until(lambda: following.health.failing_since is None and "DUA" in numbers(following), 10)
    following.stop()
    assert seconds < 5


def test_a_frozen_database_is_cut_off_at_the_deadline(own_server):
    started = time.monotonic()
    asked = engine.connect(own_server.dsn(), deadline_seconds=1.0)
    with pytest.raises(DatabaseUnavailable, match="did not answer within"), asked as connection:
        pid = connection.execute("select pg_backend_pid()").fetchone()[0]
        os.kill(pid, signal.SIGSTOP)
        try:
            connection.execute("select 1")
        finally:
            os.kill(pid, signal.SIGCONT)
    assert time.monotonic() - started < 2.0


@pytest.mark.parametrize(
    "dsn",
    [
        "postgresql://u:rahasia@[127.0.0.1/crm",
        "host=x rahasia",
        "rahasia",
        "postgresql://u:rahasia/x@127.0.0.1:5432/crm",
        "postgresql://u:S3@rahasia@127.0.0.1/crm",
    ],
)
def test_an_unreadable_dsn_is_refused_without_repeating_it(dsn):
    with pytest.raises(DatabaseUnavailable) as raised, engine.connect(dsn):
        raise AssertionError("must not connect")
    assert "rahasia" not in str(raised.value)


def test_an_unreachable_database_is_named_without_its_password():
    with pytest.raises(DatabaseUnavailable) as raised, engine.connect("postgresql://u:rahasia@127.0.0.1:1/crm"):
        raise AssertionError("must not connect")
    assert "127.0.0.1:1/crm" in str(raised.value)
    assert "rahasia" not in str(raised.value)
