"""The past from a real CRM: told by the time things happened, and honest when it cannot be told."""

import pytest

from data_access import past, scorecards
from data_access.frame import microseconds
from data_access.scope import EVERYTHING
from scoring.periods import Period
from scoring.reports import STATUSES
from tests.builders import wib
from tests.crm import add_report
from tests.data_access.past_crm import EVENT, NOW, put, satu, state_of, tell

pytestmark = pytest.mark.db
NOVEMBER = Period(2026, 11)
AT = wib("2026-11-20 07:30")


@pytest.fixture
def crm(crm_dsn, monkeypatch):
    with satu(crm_dsn, monkeypatch) as connection:
        yield connection


def then(crm, at=AT) -> dict[str, object]:
    """SATU as it stood at `at`: holder, status, time of completion."""
    reports = past.card_at(state_of(crm), NOVEMBER, at).card.reports
    row = list(reports.number).index("SATU")
    return {
        "unit": reports.units.ids[reports.unit[row]] if reports.unit[row] >= 0 else None,
        "status": STATUSES[reports.status[row] - 1] if reports.status[row] else None,
        "completed": int(reports.completed[row]),
    }


def test_a_report_that_moved_since_counts_for_who_held_it_then(crm):
    tell(crm, "2026-11-21 08:00", "koordinasi", "D-BM", "K-GAMBIR")
    put(crm, unit_id="K-GAMBIR", status="koordinasi", received_how="koordinasi", received_at="2026-11-21 08:00")
    card = past.card_at(state_of(crm), NOVEMBER, AT).card
    counts = dict(zip(card.reports.units.ids, card.tally.total.tolist(), strict=True))
    assert counts == {"D-BM": 1, "K-GAMBIR": 0}


def test_what_was_recorded_late_is_told_by_when_it_happened(crm):
    tell(crm, "2026-11-20 07:00", "menunggu_validasi", recorded="2026-11-22 09:00")
    put(crm, status="menunggu_validasi", completed_at="2026-11-20 07:00")
    tell(crm, "2026-11-22 10:00", "tl_ditolak")
    put(crm, status="tl_ditolak", completed_at="2026-11-22 09:00")
    followed_up_us = microseconds(wib("2026-11-20 07:00"))
    assert then(crm) == {"unit": "D-BM", "status": "menunggu_validasi", "completed": followed_up_us}


def test_events_that_stand_in_any_order_are_told_by_their_time_and_then_by_their_number(crm):
    tell(crm, "2026-11-22 08:00", "proses")
    tell(crm, "2026-11-21 08:00", "selesai")
    tell(crm, "2026-11-20 07:30", "proses")
    tell(crm, "2026-11-20 07:30", "menunggu_validasi")
    tell(crm, "2026-11-19 07:00", "koordinasi", "K-GAMBIR", "D-BM")
    put(crm, status="proses")
    assert then(crm)["status"] == "menunggu_validasi"
    assert then(crm, wib("2026-11-20 07:29"))["status"] == "koordinasi"
    assert then(crm, wib("2026-11-15 08:00"))["unit"] == "K-GAMBIR"


@pytest.mark.parametrize(("occurred", "unit"), [("2026-11-22 14:15", "K-GAMBIR"), ("2029-11-22 14:15", "D-BM")])
def test_a_clock_a_little_ahead_is_believed_and_one_years_ahead_is_not(crm, occurred, unit):
    tell(crm, occurred, "koordinasi", "K-GAMBIR", "D-BM")
    assert then(crm)["unit"] == unit


def test_words_and_units_nobody_knows_and_times_that_are_none_are_survived(crm):
    tell(crm, "2026-11-19 08:00", "diarsipkan")
    crm.execute(EVENT, ["SATU", "infinity", NOW, "selesai", None, None])
    crm.execute(EVENT, ["SATU", "-infinity", NOW, "selesai", None, None])
    crm.execute(EVENT, ["LAIN", AT, NOW, "selesai", None, None])
    tell(crm, "2026-11-21 08:00", "koordinasi", "D-LAMA", "D-BM")
    assert then(crm) == {"unit": None, "status": None, "completed": 2**62}


def test_a_ticket_opened_since_was_not_known(crm):
    ticket = "insert into crm.ticket values ('SATU', %s, '2026-12-20 08:00+07', '2026-12-30 08:00+07', null)"
    crm.execute(ticket, [wib("2026-11-21 08:00")])
    state = state_of(crm)
    assert len(state.tickets) == 1
    assert scorecards.scorecard(state, NOVEMBER, microseconds(NOW)).tally.total.sum() == 0
    card = past.card_at(state, NOVEMBER, AT).card
    assert card.tally.total.sum() == 1
    assert card.reports.ticket_opened.min() == 2**62


def test_reports_that_came_in_since_are_not_there(crm):
    add_report(crm, "DUA", entered_at=wib("2026-11-21 08:00"))
    add_report(crm, "JAM RUSAK", entered_at=wib("2027-03-01 08:00"))
    assert sorted(past.card_at(state_of(crm), NOVEMBER, AT).card.reports.number) == ["JAM RUSAK", "SATU"]


def test_the_present_instant_is_the_present_card(crm):
    put(crm, status="selesai", completed_at="2026-11-19 08:00", validated_at="2026-11-19 09:00")
    state = state_of(crm)
    now = scorecards.scorecard(state, NOVEMBER, microseconds(NOW))
    found = past.card_at(state, NOVEMBER, NOW).card
    assert found.scores.final[0] == now.scores.final[0]
    assert found.tally.complete.tolist() == now.tally.complete.tolist() == [1, 0]


def test_an_instant_that_has_not_come_is_refused_in_one_line(crm):
    with pytest.raises(ValueError, match=r"2026-11-22T14:06:00\+07:00 is not past yet: .* until 2026-11-22T14:05"):
        past.card_at(state_of(crm), NOVEMBER, wib("2026-11-22 14:06"))


@pytest.mark.parametrize(
    "damage",
    [
        "drop table crm.report_event",
        "alter table crm.report_event drop column from_unit_id",
        "delete from crm.report_event where occurred_at <= '2026-11-20 07:30+07'",
    ],
)
def test_without_a_history_that_reaches_back_present_rows_are_used_and_said_so(crm, damage):
    tell(crm, "2026-11-21 08:00", "koordinasi", "K-GAMBIR", "D-BM")
    assert past.card_at(state_of(crm), NOVEMBER, AT).rebuilt
    crm.execute(damage)
    past._kept.__init__()
    found = past.card_at(state_of(crm), NOVEMBER, AT)
    assert not found.rebuilt
    assert found.card.tally.total.tolist() == [1, 0]


def test_who_moved_since_yesterday_is_told_from_the_rows_of_then(crm):
    crm.execute("update crm.unit set unit_type = 'kelurahan'")
    add_report(crm, "DUA", entered_at=wib("2026-11-10 08:00"), category_id="sampah", status="selesai")
    crm.execute(
        "update crm.report set completed_at = '2026-11-10 20:00+07', validated_at = '2026-11-10 21:00+07'"
        " where report_id = 'DUA'"
    )
    tell(crm, "2026-11-11 07:00", "menunggu_validasi")
    tell(crm, "2026-11-22 09:00", "tl_ditolak")
    put(crm, status="tl_ditolak")
    spread = scorecards.grade_distribution(EVERYTHING, state_of(crm), NOVEMBER)
    assert [(mover.name, mover.grade_from, mover.grade_to) for mover in spread.movers] == [("Bina Marga", "A", "B")]
    assert spread.movers[0].score_from == pytest.approx((20 + 40 + 0.6 + 12) / 80.6 * 100)
