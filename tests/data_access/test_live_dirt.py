"""The live frame and rows no contract foresees: each is read without harm, and hides nothing else."""

import time

import pytest

from data_access import live
from data_access.live import Follower
from data_access.waiting import now_waiting
from tests.crm import add_report
from tests.data_access.test_live import numbers, wait_until

pytestmark = pytest.mark.db


def started(dsn: str) -> Follower:
    following = Follower(dsn).start()
    wait_until(lambda: following.state is not None)
    return following


@pytest.mark.parametrize("stamp", ["infinity", "-infinity", "2099-01-01 00:00+07"])
def test_a_time_of_change_that_is_no_time_hides_nothing_after_it(crm, crm_dsn, stamp):
    add_report(crm, "ANEH", updated_at=stamp)
    following = started(crm_dsn)
    assert numbers(following) == ["ANEH", "SATU"]
    add_report(crm, "DUA", updated_at=stamp)
    add_report(crm, "TIGA")
    wait_until(lambda: "TIGA" in numbers(following))
    crm.execute("update crm.report set status = 'proses', updated_at = clock_timestamp() where report_id = 'SATU'")
    wait_until(lambda: 4 in following.state.frame.status)
    following.stop()
    assert following.health.failing_since is None


def test_events_and_points_that_are_none_stop_nothing(crm, crm_dsn):
    add_report(crm, "ANEH", latitude=float("nan"), longitude=float("nan"))
    event = "insert into crm.report_event (report_id, occurred_at, recorded_at, status) values ('SATU', %s, now(), 'x')"
    for occurred_at in ("-infinity", "infinity", "0044-03-15 BC", "20000-01-01"):
        crm.execute(event, (occurred_at,))
    ticket = "insert into crm.ticket (report_id, opened_at, commitment_at, limit_at) values ('SATU', %s, %s, %s)"
    crm.execute(ticket, ("-infinity", "infinity", "20000-01-01"))
    following = started(crm_dsn)
    add_report(crm, "DUA")
    wait_until(lambda: "DUA" in numbers(following))
    following.stop()
    assert following.state.frame.cell[list(following.state.frame.number).index("ANEH")] == -1
    assert following.state.tickets == ()


def test_names_lose_the_signs_that_turn_the_words_around_them(crm, crm_dsn):
    crm.execute("update crm.unit set short = E'Bina\u202e Marga\u0007' where unit_id = 'D-BM'")
    following = started(crm_dsn)
    following.stop()
    names = following.state.frame.names
    assert names.units[names.unit_code("D-BM")].short == "Bina Marga"


def test_a_time_in_the_future_does_not_make_every_poll_a_new_revision(crm, crm_dsn):
    add_report(crm, "BESOK", updated_at="2099-01-01 00:00+07")
    following = started(crm_dsn)
    revisions = set()
    for _ in range(40):
        revisions.add(following.state.revision.rsplit("-", 1)[0])
        time.sleep(0.1)
    following.stop()
    assert len(revisions) == 1


def test_an_old_copy_of_a_finished_report_does_not_wait_for_ever(crm, crm_dsn):
    add_report(crm, "GANDA", entered_at="2026-07-01 08:00+07", updated_at="2026-07-01 08:00+07")
    add_report(crm, "GANDA", entered_at="2026-07-01 08:00+07", updated_at="2026-07-02 08:00+07", status="selesai")
    crm.execute("update crm.report set completed_at = '2026-07-02 08:00+07' where status = 'selesai'")
    following = started(crm_dsn)
    following.stop()
    frame = following.state.frame
    assert "GANDA" not in numbers(following)
    assert now_waiting(frame, 2**61).hours.max() < 1e9


def test_a_load_that_fails_half_way_doubles_no_report(crm, crm_dsn, monkeypatch):
    for number in ("DUA", "TIGA"):
        add_report(crm, number)
    following = started(crm_dsn)
    monkeypatch.setattr(live.tickets, "since", lambda *_: 1 / 0)
    crm.execute("delete from crm.report where report_id = 'DUA'")
    following._next_recount = 0.0
    wait_until(lambda: following.health.attempts >= 3)
    monkeypatch.undo()
    add_report(crm, "EMPAT")
    wait_until(lambda: following.health.failing_since is None)
    following.stop()
    assert numbers(following) == ["EMPAT", "SATU", "TIGA"]


def test_a_new_unit_is_known_as_soon_as_a_report_names_it(crm, crm_dsn):
    following = started(crm_dsn)
    crm.execute("insert into crm.unit values ('D-BARU', 'Dinas Baru', 'Baru', 'dinas', null, null)")
    add_report(crm, "DUA", unit_id="D-BARU")
    names = following.state.frame.names
    wait_until(lambda: following.state.frame.names is not names)
    following.stop()
    frame = following.state.frame
    assert frame.names.holder(frame.unit[list(frame.number).index("DUA")]) == "Dinas Baru"
