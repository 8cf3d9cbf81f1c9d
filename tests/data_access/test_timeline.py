"""One report: who held it for how long, what is private, and what lies beside it."""

from datetime import timedelta

import pytest

from data_access import listing_rows
from data_access.listing import Listing
from data_access.scope import EVERYTHING, NOTHING, Scope
from data_access.timeline import NEIGHBOURS_AT_MOST, Neighbour, Step, metres_between, neighbours, spells, trace
from tests.builders import wib
from tests.crm import add_report
from tests.data_access.listing_crm import change, point_at, state_of

ENTERED, END = wib("2026-11-10 08:00"), wib("2026-11-12 08:00")


def step(at: str, source: str | None, target: str | None) -> Step:
    return Step(wib(at), "koordinasi", source, target, None, None)


def held(*steps: Step) -> list[tuple[str | None, float]]:
    return [(spell.unit_id, spell.hours) for spell in spells(steps, ENTERED, "D-BM", END)]


def test_without_a_hand_over_the_present_holder_had_it_all_the_time():
    assert held() == [("D-BM", 48.0)]
    assert held(step("2026-11-10 09:00", None, None)) == [("D-BM", 48.0)]


def test_each_hand_over_ends_one_spell_and_begins_the_next():
    first, second = step("2026-11-10 10:00", "K-GAMBIR", "D-BM"), step("2026-11-11 10:00", "D-BM", "S-BM-71")
    assert held(first, second) == [("K-GAMBIR", 2.0), ("D-BM", 24.0), ("S-BM-71", 22.0)]
    assert held(step("2026-11-10 08:00", None, "K-GAMBIR"), first, second) == held(first, second)


def test_a_wrong_clock_makes_no_hours_below_zero():
    late = step("2026-11-13 10:00", "K-GAMBIR", "D-BM")
    assert held(late) == [("K-GAMBIR", 48.0), ("D-BM", 0.0)]


def test_a_minute_of_latitude_is_a_sea_mile():
    assert metres_between((0, 0), (1 / 60, 0)) == pytest.approx(1853, abs=1)


@pytest.fixture
def reports(crm, crm_dsn, monkeypatch):
    """A writing connection to a CRM that histories are read from, with 'JK1'."""
    point_at(monkeypatch, crm_dsn)
    crm.execute("delete from crm.report")
    crm.execute("delete from crm.report_event")
    add_report(crm, "JK1", entered_at="2026-11-10 08:00+07")
    return crm


def found(dsn: str, number: str = "JK1", scope: Scope = EVERYTHING):
    return trace(scope, number, state_of(dsn))


@pytest.mark.db
def test_an_unknown_number_and_a_foreign_holder_look_the_same(reports, crm_dsn):
    assert found(crm_dsn).report["report_id"] == "JK1"
    assert found(crm_dsn, "JK9") is None
    assert found(crm_dsn, scope=NOTHING) is None
    assert found(crm_dsn, scope=Scope(everything=False, unit_ids=frozenset({"D-BM"}))) is not None


@pytest.mark.db
def test_nothing_written_about_a_private_report_is_read_out(reports, crm_dsn):
    reports.execute("update crm.report_event set note = 'rahasia', occurred_at = '2026-11-10 08:00+07'")
    reports.execute("insert into crm.ticket values ('JK1', '2026-11-11', '2026-11-20', '2026-11-25', 'rahasia')")
    change(reports, "JK1", summary="rahasia", photo_before="rahasia.jpg")
    assert "rahasia" in str(found(crm_dsn))
    change(reports, "JK1", is_private=True)
    private = found(crm_dsn)
    assert "rahasia" not in str(private)
    assert len(private.steps) == 1
    assert private.ticket.commitment_at == wib("2026-11-20 07:00")


@pytest.mark.db
@pytest.mark.parametrize("unsaid", ["alter is_private drop not null", "drop is_private cascade"])
def test_a_report_that_is_not_said_to_be_public_is_private(reports, crm_dsn, unsaid):
    change(reports, "JK1", summary="rahasia")
    reports.execute(f"alter table crm.report {unsaid}")
    if "null" in unsaid:
        change(reports, "JK1", is_private=None)
    one = found(crm_dsn)
    (row,) = listing_rows.page(EVERYTHING, Listing(), state_of(crm_dsn), "nomor", 1)
    assert (one.report["is_private"], one.report["summary"]) == (True, None)
    assert (row.is_private, row.summary) == (True, None)


GAMBIR_METRE = 1 / 111_195  # of latitude
NEAR = {"entered_at": "2026-11-11 08:00+07", "latitude": -6.1754 + 40 * GAMBIR_METRE}


def beside(dsn: str, scope: Scope = EVERYTHING) -> list[Neighbour] | None:
    """What lies beside JK1."""
    return neighbours(scope, found(dsn).report)


@pytest.mark.db
def test_neighbours_are_within_fifty_metres_of_any_category_the_nearest_first(reports, crm_dsn):
    add_report(reports, "FORTY", **NEAR)
    add_report(reports, "BEYOND", **(NEAR | {"latitude": -6.1754 + 51 * GAMBIR_METRE}))
    add_report(reports, "OTHER", **(NEAR | {"latitude": -6.1754 - 10 * GAMBIR_METRE}), category_id="sampah")
    add_report(reports, "EAST", **(NEAR | {"latitude": -6.1754, "longitude": 106.8272 + 49.9 * GAMBIR_METRE}))
    shown = [(one.number, round(one.metres), one.category_id) for one in beside(crm_dsn)]
    assert shown == [("OTHER", 10, "sampah"), ("FORTY", 40, "jalan"), ("EAST", 50, "jalan")]


@pytest.mark.db
def test_neighbours_entered_within_ninety_days_and_two_of_the_same_category_may_be_duplicates(reports, crm_dsn):
    times = {"48H": "2026-11-12 08:00+07", "49H": "2026-11-12 08:01+07", "90D": "2026-08-12 08:00+07"}
    for number, entered in (times | {"91D": "2026-08-12 07:59+07"}).items():
        add_report(reports, number, **(NEAR | {"entered_at": entered}))
    add_report(reports, "OTHER", **NEAR, category_id="sampah")
    shown = {one.number: one.maybe_duplicate for one in beside(crm_dsn)}
    assert shown == {"48H": True, "49H": False, "90D": False, "OTHER": False}
    change(reports, "JK1", category_id=None)
    assert [one.maybe_duplicate for one in beside(crm_dsn)] == [False] * 4


@pytest.mark.db
def test_of_many_neighbours_the_nearest_are_shown_and_of_one_place_those_of_nearly_the_same_time(reports, crm_dsn):
    for hour in range(NEIGHBOURS_AT_MOST + 10):
        add_report(reports, f"N{hour:02}", **(NEAR | {"entered_at": f"2026-10-{30 - hour % 30:02} 08:00+07"}))
    add_report(reports, "Z", **(NEAR | {"entered_at": "2026-09-01 08:00+07", "latitude": -6.1754}))
    shown = [one.number for one in beside(crm_dsn)]
    assert shown == ["Z", *(f"N{hour:02}" for hour in range(NEIGHBOURS_AT_MOST - 1))]


@pytest.mark.db
def test_a_foreign_holder_and_a_copy_that_was_changed_since_are_no_neighbours(reports, crm_dsn):
    add_report(reports, "NEAR", **NEAR, updated_at="2026-11-11 08:00+07")
    add_report(reports, "NEAR", **NEAR, updated_at="2026-11-11 09:00+07", status="selesai")
    assert [(one.number, one.status) for one in beside(crm_dsn)] == [("NEAR", "selesai")]
    change(reports, "NEAR", unit_id="K-GAMBIR")
    assert beside(crm_dsn, Scope(everything=False, unit_ids=frozenset({"D-BM"}))) == []


@pytest.mark.db
@pytest.mark.parametrize("place", [(None, 106.8), (float("nan"), 106.8), (0.0, 0.0), (0.002, -0.001), (-6.1, 1e6)])
def test_without_a_place_nothing_is_beside_a_report(reports, crm_dsn, place):
    add_report(reports, "SAME", latitude=place[0], longitude=place[1], entered_at="2026-11-10 08:00+07")
    change(reports, "JK1", latitude=place[0], longitude=place[1])
    assert beside(crm_dsn) is None


@pytest.mark.db
@pytest.mark.parametrize("year", ["0001-01-02", "9999-12-29"])
def test_at_the_ends_of_the_calendar_nothing_breaks(reports, crm_dsn, year):
    reports.execute("update crm.report set entered_at = %s::timestamptz", [f"{year} 12:00+00"])
    assert beside(crm_dsn) == []


@pytest.mark.db
def test_the_first_opened_ticket_counts_and_events_of_the_future_have_not_happened(reports, crm_dsn):
    for opened in ("2026-11-12", "2026-11-11"):
        reports.execute("insert into crm.ticket values ('JK1', %s, '2026-11-20', '2026-11-25', 'alat berat')", [opened])
    assert found(crm_dsn).ticket.opened_at == wib("2026-11-11 07:00")
    reports.execute("update crm.report_event set occurred_at = '2026-11-16'")
    assert found(crm_dsn).steps == []
    assert found(crm_dsn).report["entered_at"] == ENTERED + timedelta(0)
