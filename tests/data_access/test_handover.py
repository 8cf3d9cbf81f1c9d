"""The hand-over sheet: drafted from desk and log, signed by two, kept once and as it was."""

from datetime import date, datetime, timedelta

import psycopg
import pytest

from data_access import briefs, desk_log, handover
from data_access.scope import EVERYTHING, NOTHING, Scope
from data_access.settings import settings
from data_access.state import migrate
from tests.browser.clock import set_clock
from tests.builders import report, wib
from tests.data_access.desk_world import NOW, state_of
from tests.pages.desk_screen import point_at

pytestmark = pytest.mark.db

REPORTS = (
    report(number="LAMA", unit="K-GAMBIR", entered="2026-11-21 13:00", category="sampah"),
    report(number="ENAM", unit="K-GAMBIR", entered="2026-11-22 08:00", category="sampah"),
    report(number="MALAM", unit="K-CIDENG", entered="2026-11-21 20:00", category="sampah"),
    report(number="BARU", unit="K-CIDENG", entered="2026-11-22 13:00", category="sampah"),
    report(number="SELATAN", unit="D-BM", entered="2026-11-21 20:00", kelurahan="31.74.01.1001"),
)


@pytest.fixture
def dsn(crm_dsn, monkeypatch):
    """The state schema in a database whose clock says NOW."""
    migrate.upgrade(crm_dsn)
    set_clock(crm_dsn, wib(NOW))
    point_at(monkeypatch, crm_dsn)
    yield crm_dsn
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def log(dsn):
    with psycopg.connect(dsn, autocommit=True) as connection:
        yield connection


@pytest.fixture
def state(dsn):
    return state_of(*REPORTS)


def drafted(state, area_code: str = "31.71", scope: Scope = EVERYTHING) -> dict:
    return handover.draft(scope, state, area_code)


def test_what_is_over_names_its_reports_and_counts_as_the_desk_does(state):
    body = drafted(state)
    over = {row["unit_id"]: (row["response"], row["officer"]) for row in body["over"]}
    assert over == {"K-GAMBIR": (["LAMA", "ENAM"], ["LAMA"]), "K-CIDENG": (["MALAM"], [])}
    assert body["figures"]["over_response"] == sum(len(row["response"]) for row in body["over"])
    assert "D-BM" in {row["unit_id"] for row in drafted(state, briefs.PROVINCE)["over"]}


def test_what_will_pass_is_looked_for_as_far_as_the_shift_goes(state):
    ahead = {row["unit_id"]: row for row in drafted(state)["ahead"]}
    assert ahead["K-CIDENG"]["officer"] == ["MALAM"]  # 24 hours at 20.00, within eight hours of 14.05
    assert ahead["K-GAMBIR"]["officer"] == []  # one is over already, the other comes tomorrow
    assert "LAMA" in ahead["K-GAMBIR"]["falling"]
    assert wib(NOW) < min(map(_time, ahead.values())) <= wib(NOW) + timedelta(hours=8)


def _time(row: dict):
    return datetime.fromisoformat(row["first_at"])


def test_calls_of_the_shift_and_what_is_put_off_are_told_without_what_was_taken_back(state, log):
    desk_log.record_call(log, "K-GAMBIR", ["LAMA"], "dijawab", "alat berat", "Rina")
    desk_log.record_call(log, "K-GAMBIR", ["LAMA"], "tidak_dijawab", "salah pencet", "Rina")
    mistake = desk_log.newest(log, wib(NOW) - desk_log.LONGEST_SNOOZE)["K-GAMBIR"].action_id
    assert desk_log.withdraw(log, "K-GAMBIR", "Rina", mistake)
    desk_log.record_snooze(log, "K-CIDENG", ["MALAM"], wib("2026-11-22 18:00"), "rapat", "Dodi")
    body = drafted(state)
    assert [(call["name"], call["outcome"], call["note"], call["by"]) for call in body["calls"]] == [
        ("Kel. Gambir", "dijawab", "alat berat", "Rina")
    ]
    assert [(put["name"], put["until"], put["note"]) for put in body["snoozed"]] == [
        ("Kel. Cideng", "2026-11-22T18:00:00+07:00", "rapat")
    ]


def test_a_delay_from_before_the_shift_is_told_while_it_lasts_and_a_call_of_then_is_not(state, log, dsn):
    desk_log.record_call(log, "K-GAMBIR", ["LAMA"], "dijawab", "", "Rina")
    desk_log.record_snooze(log, "K-CIDENG", ["MALAM"], wib("2026-11-23 04:00"), "", "Rina")
    for later, told in (("2026-11-23 00:05", 1), ("2026-11-23 04:05", 0)):
        set_clock(dsn, wib(later))
        body = drafted(state_of(*REPORTS, now=later))
        assert (len(body["calls"]), len(body["snoozed"])) == (0, told)


def test_what_was_done_in_another_kota_or_out_of_sight_is_left_out(state, log):
    for unit in ("K-GAMBIR", "K-CIDENG", "D-BM"):
        desk_log.record_call(log, unit, ["X"], "dijawab", "", "Rina")

    def units(area_code, scope):
        return {call["unit_id"] for call in drafted(state, area_code, scope)["calls"]}

    assert units("31.71", EVERYTHING) == {"K-GAMBIR", "K-CIDENG", "D-BM"}  # a Dinas works everywhere
    assert units("31.74", EVERYTHING) == {"D-BM"}
    assert units("31.71", Scope(False, frozenset({"K-CIDENG"}))) == {"K-CIDENG"}
    assert units("31.71", NOTHING) == set()


def test_without_the_state_database_the_desk_is_told_and_the_log_is_said_to_be_unread(state, monkeypatch):
    point_at(monkeypatch, "postgresql://nobody@127.0.0.1:9/none")
    body = drafted(state)
    assert (body["calls"], body["snoozed"]) == (None, None)
    assert body["figures"]["over_response"] == 3


def test_two_names_and_a_bounded_remark_are_asked_for():
    assert handover.signature("  dipantau\n malam ini ", " Rina  Sari ", "Dodi") == {
        "remark": "dipantau malam ini",
        "signed": {"from": "Rina Sari", "to": "Dodi"},
    }
    for remark, giver, taker in (
        ("", "", "Dodi"),
        ("", "Rina", "  "),
        ("", "x" * 61, "Dodi"),
        ("", "Rina", "a\x00"),
        ("x" * 501, "Rina", "Dodi"),
    ):
        with pytest.raises(ValueError):
            handover.signature(remark, giver, taker)


def test_a_sheet_is_kept_as_it_was_and_once_for_a_double_click(state, log):
    body = drafted(state) | handover.signature("dipantau", "Rina", "Dodi")
    first = handover.keep(log, "31.71", body, "Petugas demo")
    assert handover.keep(log, "31.71", body, "Petugas demo") == first
    assert handover.keep(log, "31.71", body | handover.signature("lain", "Rina", "Dodi"), "Petugas demo") != first
    assert handover.keep(log, "31.71", body, "Petugas lain") != first
    brief = briefs.get(log, first)
    assert briefs.canonical(brief.body) == briefs.canonical(body)
    assert (brief.kind, brief.area_code, brief.made_by) == (handover.KIND, "31.71", "Petugas demo")


def test_the_archive_has_sheets_and_checks_of_one_area_up_to_a_day_newest_first(state, log):
    body = drafted(state) | handover.signature("", "Rina", "Dodi")
    for kind, area, at in (
        ("pagi", "31.71", "2026-11-20 07:30"),
        ("sore", "31.71", "2026-11-21 15:30"),
        (handover.KIND, "31.71", "2026-11-21 23:59"),
        (handover.KIND, "31.71", "2026-11-22 00:01"),
        (handover.KIND, "31.74", "2026-11-21 12:00"),
    ):
        briefs.store(log, kind, area, wib(at), body if kind == handover.KIND else drafted(state), "uji")
    found = handover.archive(log, "31.71", date(2026, 11, 21), 10)
    assert [(one.kind, one.giver, one.taker) for one in found] == [
        (handover.KIND, "Rina", "Dodi"),
        ("sore", None, None),
        ("pagi", None, None),
    ]
    assert len(handover.archive(log, "31.71", date(2026, 11, 22), 2)) == 2
