"""The twice-daily check: when it is, and what changed since."""

import pytest

from data_access import checks
from data_access.checks import Before, Check, Entry
from data_access.filters import Filters
from data_access.scope import EVERYTHING, Scope
from tests.builders import NAMES, at, frame, report, wib
from tests.data_access.desk_world import limits_of

LIMITS = limits_of()
PAGI = Check(wib("2026-11-22 07:30"), "pagi")


@pytest.mark.parametrize(
    ("now", "last", "following"),
    [
        ("2026-11-22 07:29", "sore 21", "pagi 22"),
        ("2026-11-22 07:30", "pagi 22", "sore 22"),
        ("2026-11-22 15:30", "sore 22", "pagi 23"),
        ("2026-11-22 23:59", "sore 22", "pagi 23"),
    ],
)
def test_the_checks_around_an_instant(now, last, following):
    found = (checks.last(wib(now), LIMITS), checks.following(wib(now), LIMITS))
    assert [f"{check.name} {check.at.day}" for check in found] == [last, following]


def entry(number: str, since: str, **given) -> Entry:
    known = {"unit_id": "K-GAMBIR", "category_id": "jalan", "channel_id": "JAKI", "kelurahan_code": "31.71.01.1001"}
    return Entry(number=number, since=wib(since), **(known | given))


def test_who_was_handled_who_waits_still_who_is_new_and_who_passed_a_day():
    before = [entry("A", "2026-11-21 20:00"), entry("B", "2026-11-21 10:00"), entry("C", "2026-11-20 10:00")]
    now = [entry("B", "2026-11-21 10:00"), entry("C", "2026-11-20 10:00"), entry("D", "2026-11-22 05:00")]
    then = Before(PAGI, PAGI.at, True, tuple(before))
    change = checks.compare(then, before, now, wib("2026-11-22 14:05"), LIMITS)
    assert (change.handled, change.still, change.new) == ({"A"}, {"B", "C"}, {"D"})
    assert change.passed_officer == {"B"}  # C had passed it before the check


def test_a_check_made_late_is_compared_by_the_moment_it_was_made():
    waits = [entry("A", "2026-11-21 08:00")]
    late = Before(PAGI, wib("2026-11-22 09:00"), True, tuple(waits))
    change = checks.compare(late, waits, waits, wib("2026-11-22 14:05"), LIMITS)
    assert (change.seen_at, change.passed_officer) == (wib("2026-11-22 09:00"), set())  # A had passed at 08.00


def test_entries_are_those_over_the_limit_with_the_begin_of_their_wait():
    reports = frame(
        report(number="LAMA", entered="2026-11-20 08:00", received="2026-11-22 05:00", unit="K-GAMBIR"),
        report(number="BARU", entered="2026-11-22 09:00"),
    )
    assert checks.entries(reports, at("2026-11-22 14:05"), 6) == [entry("LAMA", "2026-11-22 05:00")]


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (Filters(), "ABC"),
        (Filters(unit_id="W-31.71"), "AC"),
        (Filters(area_code="31.71.01"), "AB"),
        (Filters(category_id="sampah"), "C"),
        (Filters(channel_id="TWITTER"), "B"),
        (Filters(status="menunggu"), "ABC"),
        (Filters(status="proses"), ""),
    ],
)
def test_any_filter_can_be_asked_of_what_was_stored(filters, left):
    entries = [
        entry("A", "2026-11-21 20:00"),
        entry("B", "2026-11-21 20:00", unit_id="D-BM", channel_id="TWITTER"),
        entry("C", "2026-11-21 20:00", category_id="sampah", kelurahan_code=""),
    ]
    assert "".join(one.number for one in checks.narrowed(EVERYTHING, entries, filters, NAMES)) == left
    gambir = Scope(everything=False, unit_ids=frozenset({"K-GAMBIR"}))
    seen = {one.number for one in checks.narrowed(gambir, entries, filters, NAMES)}
    assert seen == {"A", "C"} & set(left)
