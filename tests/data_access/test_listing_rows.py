"""A page of a list and its count: over all reports, the newest copy of each, bounded in time."""

import pytest

from data_access import listing_rows
from data_access.engine import DatabaseUnavailable
from data_access.filters import Filters
from data_access.listing import NO_OFFICER, Listing
from data_access.listing_rows import Count
from data_access.scope import EVERYTHING, Scope
from tests.conftest import CITY_UNTIL
from tests.crm import add_report
from tests.data_access.listing_crm import change, point_at, state_of
from tests.data_access.state_at import state_at

pytestmark = pytest.mark.db
EVER = Filters(period="semua")


@pytest.fixture
def lists(crm, crm_dsn, monkeypatch):
    """lists(listing, order, scope) -> (numbers of the first page, count) of a CRM with reports of November."""
    crm.execute("delete from crm.report")
    point_at(monkeypatch, crm_dsn)

    def ask(what: Listing, order: str = "nomor", scope: Scope = EVERYTHING):
        listing_rows._answers.clear()
        state = state_of(crm_dsn)
        rows = listing_rows.page(scope, what, state, order, 1)
        return [row.report_id for row in rows], listing_rows.count(scope, what, state)

    return ask


def enter(crm, number: str, entered: str = "2026-11-10 08:00+07", **columns) -> None:
    add_report(crm, number, entered_at=entered, updated_at=columns.pop("updated_at", entered))
    if columns:
        change(crm, number, **columns)


def test_of_two_copies_the_newest_speaks_and_is_counted_once(crm, lists):
    enter(crm, "JK1", status="proses")
    enter(crm, "JK1", updated_at="2026-11-11 08:00+07")
    assert lists(Listing(open_only=True)) == (["JK1"], Count(1, exact=True))
    crm.execute("update crm.report set status = 'selesai' where updated_at = '2026-11-11 08:00+07'")
    assert lists(Listing(open_only=True)) == ([], Count(0, exact=True))


def test_equal_copies_are_one_report(crm, lists):
    enter(crm, "JK1")
    enter(crm, "JK1")
    assert lists(Listing()) == (["JK1"], Count(1, exact=True))


def test_words_are_sought_in_public_summaries_and_in_names(crm, lists):
    enter(crm, "JK1", summary="Lampu 100% mati di gang", category_id="sampah")
    enter(crm, "JK2", summary="Lampu mati di rumah saya", is_private=True, category_id="sampah")
    enter(crm, "JK3", summary="Lubang", unit_id="K-GAMBIR")
    assert lists(Listing(text="lampu MATI"))[0] == ["JK1"]
    assert lists(Listing(text="100%"))[0] == ["JK1"]
    assert lists(Listing(text="jalan"))[0] == ["JK3"]  # its category
    assert lists(Listing(text="jalan gambir"))[0] == ["JK3"]
    assert lists(Listing(text="jalan sampah"))[0] == []


def test_a_number_is_found_whole_or_by_its_beginning_within_the_period(crm, lists):
    enter(crm, "JK2611100001")
    enter(crm, "JK2611100002")
    enter(crm, "JK2610100001", "2026-10-10 08:00+07")
    assert lists(Listing(text="jk2611100002"))[0] == ["JK2611100002"]
    assert lists(Listing(text="JK26111"))[0] == ["JK2611100001", "JK2611100002"]
    assert lists(Listing(EVER, text="JK26"))[0] == ["JK2610100001", "JK2611100001", "JK2611100002"]


def test_hand_overs_are_counted_between_units_that_are_known(crm, lists):
    enter(crm, "JK1")
    enter(crm, "JK2")
    moves = [("JK1", "D-BM", "K-GAMBIR"), ("JK1", "K-GAMBIR", "D-BM"), ("JK2", "D-BM", "D-BM"), ("JK2", None, "D-BM")]
    for number, source, target in moves:
        crm.execute(
            "insert into crm.report_event (report_id, occurred_at, recorded_at, status, from_unit_id, to_unit_id)"
            " values (%s, '2026-11-11', now(), 'koordinasi', %s, %s)",
            (number, source, target),
        )
    assert lists(Listing(handovers=2))[0] == ["JK1"]
    assert lists(Listing(handovers=3))[0] == []


def test_the_reports_of_an_officer_and_those_of_none(crm, lists):
    for number, officer in (("JK1", "P-1"), ("JK2", None), ("JK3", "")):
        enter(crm, number)
        change(crm, number, officer_id=officer)
    assert lists(Listing(officer_id="P-1"))[0] == ["JK1"]
    assert lists(Listing(officer_id=NO_OFFICER))[0] == ["JK2", "JK3"]


def test_a_private_report_has_no_summary_in_a_list(crm, crm_dsn, lists):
    enter(crm, "JK1", summary="rahasia", is_private=True)
    assert listing_rows.page(EVERYTHING, Listing(), state_of(crm_dsn), "masuk", 1)[0].summary is None


def test_the_orders(crm, lists):
    enter(crm, "JK1", "2026-11-09 08:00+07", status="selesai", completed_at="2026-11-12 08:00+07")
    enter(crm, "JK2", "2026-11-08 08:00+07", status="selesai", completed_at="2026-11-13 08:00+07")
    enter(crm, "JK3", "2026-11-10 08:00+07", received_at="2026-11-14 08:00+07")
    enter(crm, "JK4", "2026-11-11 08:00+07")
    assert lists(Listing(), "masuk")[0] == ["JK4", "JK3", "JK1", "JK2"]
    assert lists(Listing(), "terlama")[0] == ["JK2", "JK1", "JK3", "JK4"]
    assert lists(Listing(), "menunggu")[0][:2] == ["JK4", "JK3"]
    assert lists(Listing(), "selesai")[0][:2] == ["JK2", "JK1"]


def test_times_that_are_no_instants_do_not_break_a_list(crm, lists):
    enter(crm, "JK1", completed_at="infinity", received_at="-infinity", status="selesai")
    enter(crm, "JK2", entered_at="-infinity")
    assert lists(Listing(EVER))[0] == ["JK1", "JK2"]
    assert lists(Listing())[0] == ["JK1"]


def test_a_scope_sees_only_its_holders(crm, lists):
    enter(crm, "JK1")
    enter(crm, "JK2", unit_id="K-GAMBIR")
    enter(crm, "JK3", unit_id="X-UNKNOWN")
    assert lists(Listing(), scope=Scope(everything=False, unit_ids=frozenset({"K-GAMBIR"})))[0] == ["JK2"]
    assert lists(Listing(), scope=Scope(everything=False)) == ([], Count(0, exact=True))


def test_the_pages_of_a_list_hold_each_report_once(city_dsn, monkeypatch):
    point_at(monkeypatch, city_dsn)
    state, what = state_at(city_dsn, CITY_UNTIL), Listing(open_only=True)
    count = listing_rows.count(EVERYTHING, what, state)
    numbers = []
    while len(page := listing_rows.page(EVERYTHING, what, state, "masuk", len(numbers) // 50 + 1)) == 50:
        numbers += [row.report_id for row in page]
    numbers += [row.report_id for row in page]
    assert len(numbers) == len(set(numbers)) == count.count > 100


def test_a_result_that_cannot_be_counted_in_time_is_more_than_what_was_counted(city_dsn, monkeypatch):
    point_at(monkeypatch, city_dsn)
    state = state_at(city_dsn, CITY_UNTIL)
    monkeypatch.setattr(listing_rows, "AT_LEAST", 100)
    real = listing_rows._counted

    def slow(scope, what, state, limit):
        if not limit:
            raise DatabaseUnavailable("the database did not answer within 2.0 s")
        return real(scope, what, state, limit)

    monkeypatch.setattr(listing_rows, "_counted", slow)
    assert listing_rows.count(EVERYTHING, Listing(EVER), state) == Count(100, exact=False)


def test_the_last_answer_stays_while_the_database_is_away(crm, crm_dsn, lists, monkeypatch):
    enter(crm, "JK1")
    assert lists(Listing())[1] == Count(1, exact=True)
    state = state_of(crm_dsn)
    monkeypatch.setattr(listing_rows, "KEPT_SECONDS", 0.0)

    def away():
        raise DatabaseUnavailable("cannot reach it")

    monkeypatch.setattr(listing_rows, "_bounded", away)
    assert listing_rows.count(EVERYTHING, Listing(), state) == Count(1, exact=True)
    with pytest.raises(DatabaseUnavailable):
        listing_rows.count(EVERYTHING, Listing(open_only=True), state)
