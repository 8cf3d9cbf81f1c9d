"""Which reports a listing means: its address and back, and the rows of a hand-made frame, facet by facet."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access import geography, listing
from data_access.filters import Filters
from data_access.listing import OPEN_START, Listing, days_of, href, mask, of_query, query_of
from tests.builders import at, frame, report

AS_OF = at("2026-11-22 14:00")
EVER = Filters(period="semua")
days = st.tuples(st.dates(), st.dates()).map(sorted).map(tuple)
listings = st.builds(
    Listing,
    filters=st.builds(
        Filters, period=st.sampled_from([None, "semua", "2026-10"]), unit_id=st.sampled_from([None, "D-BM"])
    ),
    entered=st.none() | days,
    completed=st.none() | days | st.dates().map(lambda last: (OPEN_START, last)),
    entered_within_hours=st.none() | st.integers(1, 200),
    waiting_over_hours=st.sampled_from([None, 0, 6, 24]),
    open_only=st.booleans(),
    resolution_days=st.sampled_from([None, *listing.RESOLUTIONS]),
    response=st.sampled_from([None, *listing.RESPONSES]),
    tier=st.sampled_from([None, 100, 40]),
    point=st.sampled_from([None, *listing.POINTS]),
    handovers=st.none() | st.integers(1, 99),
    text=st.none() | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30),
)


def found(what: Listing, *reports: dict) -> list[str]:
    rows = frame(*reports)
    return rows.number[mask(rows, what, AS_OF)].tolist()


@given(listings)
def test_a_listing_comes_back_from_its_address(what):
    assert of_query(query_of(what)) == what


def test_the_default_is_the_running_month_and_has_a_bare_address():
    assert href(Listing()) == "/laporan"
    old = report(number="old", entered="2026-10-31 23:59")
    new, future = report(number="new", entered="2026-11-01 00:00"), report(number="f", entered="2026-11-22 14:01")
    assert found(Listing(), old, new, future) == ["new"]
    assert found(Listing(EVER), old, new, future) == ["old", "new", "f"]


def test_the_address_names_what_is_asked_for():
    what = Listing(
        Filters(period="semua", unit_id="D-BM"), waiting_over_hours=24, completed=(OPEN_START, date(2026, 11, 3))
    )
    assert href(what) == "/laporan?periode=semua&unit=D-BM&selesai=..2026-11-03&tunggu=24"


@pytest.mark.parametrize("text", ["2026-11", "2026-02-30", "2026-11-03..2026-11-01", "..", "kemarin", "2026-11-01.."])
def test_days_that_are_none_are_refused(text):
    with pytest.raises(ValueError):
        days_of(text)


def test_days_are_days_in_jakarta_both_included():
    rows = [report(number=text, entered=text) for text in ("2026-11-02 23:59", "2026-11-03 00:00", "2026-11-04 23:59")]
    assert found(Listing(entered=(date(2026, 11, 3), date(2026, 11, 4))), *rows) == [
        "2026-11-03 00:00",
        "2026-11-04 23:59",
    ]


def test_a_wait_counts_from_arrival_at_the_holder_and_zero_hours_is_a_limit():
    moved = report(number="moved", entered="2026-11-20 08:00", received="2026-11-22 09:00")
    stays = report(number="stays", entered="2026-11-22 07:59")
    answered = report(number="answered", entered="2026-11-20 08:00", status="proses")
    assert found(Listing(EVER, waiting_over_hours=6), moved, stays, answered) == ["stays"]
    assert found(Listing(EVER, waiting_over_hours=0), moved, stays, answered) == ["moved", "stays"]


def test_resolution_is_counted_in_whole_days_of_completed_reports():
    took = {"7": "2026-11-08 07:59", "8": "2026-11-08 08:00", "14": "2026-11-15 07:59", "15": "2026-11-15 08:00"}
    rows = [
        report(number=name, entered="2026-10-31 08:00", completed=end, status="selesai") for name, end in took.items()
    ]
    backwards = report(number="-1", entered="2026-11-10 08:00", completed="2026-11-09 08:00", status="selesai")
    answers = {days: found(Listing(EVER, resolution_days=days), *rows, backwards) for days in listing.RESOLUTIONS}
    assert answers == {"0-7": ["7"], "8-14": ["8", "14"], "15": ["15"]}


def test_the_first_answer_is_in_time_late_or_not_there():
    entered = "2026-11-20 08:00"
    answers = {"ontime": "2026-11-20 14:00", "late": "2026-11-20 14:01", "none": None, "future": "2026-11-23 08:00"}
    rows = [report(number=name, entered=entered, first_response=answer) for name, answer in answers.items()]
    backwards = report(number="before", entered=entered, first_response="2026-11-20 07:00")
    sorted_out = {kind: found(Listing(EVER, response=kind), *rows, backwards) for kind in listing.RESPONSES}
    assert sorted_out == {"tepat": ["ontime"], "lewat": ["late"], "belum": ["none", "future"]}


def test_the_tier_goes_by_the_limits_of_the_category():
    # Sampah 29/45/67 hours; the limits are lower bounds of the next tier, of whole hours
    ends = {100: "2026-11-11 12:59", 80: "2026-11-11 13:00", 60: "2026-11-12 05:00", 40: "2026-11-13 03:00"}
    rows = [report(number=str(tier), category="sampah", completed=end, status="selesai") for tier, end in ends.items()]
    assert {tier: found(Listing(tier=tier), *rows) for tier in ends} == {tier: [str(tier)] for tier in ends}


def test_a_value_that_is_no_tier_is_refused():
    with pytest.raises(ValueError, match="70 is no time value"):
        found(Listing(tier=70), report())


def test_a_unit_stands_for_everything_below_it_and_a_place_for_everything_in_it():
    below, other = (
        report(number="below", unit="S-BM-71"),
        report(number="other", unit="K-GAMBIR", kelurahan="31.71.01.1002"),
    )
    assert found(Listing(Filters(unit_id="D-BM")), below, other) == ["below"]
    assert found(Listing(Filters(area_code="31.71.01.1002")), below, other) == ["other"]


def test_a_wall_cell_holds_its_reports_and_a_cell_without_land_none():
    rows = [report(number="here", cell=5), report(number="there", cell=6), report(number="nowhere")]
    assert found(Listing(cell=geography.wall_cells()[5]), *rows) == ["here"]
    assert found(Listing(cell="88283082b9fffff"), *rows) == []  # San Francisco


@pytest.mark.parametrize("what", [Listing(text="jalan"), Listing(officer_id="P-1"), Listing(handovers=2)])
def test_a_frame_says_that_it_cannot_tell_rather_than_nothing(what):
    with pytest.raises(ValueError, match="a frame cannot tell"):
        mask(frame(report()), what, AS_OF)


def test_every_facet_has_a_name_and_a_meaning():
    assert set(listing.FACET_NAMES.values()) == set(listing.FACETS)
    assert np.array_equal(mask(frame(report()), Listing(), AS_OF), [True])
