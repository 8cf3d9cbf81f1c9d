"""The desk: which reports want a hand, of whom, in which order; its counts are those of the lists."""

import pytest

from data_access.early_warning import desk
from data_access.filters import Filters
from data_access.frame import microseconds
from data_access.listing import ALL_TIME, Listing, mask
from data_access.scope import EVERYTHING, NOTHING, Scope
from data_access.tickets import Ticket
from tests.builders import at, report, wib
from tests.conftest import CITY_UNTIL
from tests.data_access.desk_world import limits_of, state_of
from tests.data_access.state_at import state_at

# Sampah is worth 100 for 29 hours, 80 to 45, 60 to 67, then 40 (source 000); now is 22 Nov 14.05.
DROPS_AT_16 = "2026-11-21 11:00"
LAST_DROP_AT_16 = "2026-11-19 21:00"


ALL = Filters()


def the_desk(*reports, scope=EVERYTHING, filters=ALL, **world):
    return desk(scope, state_of(*reports, **world), filters, limits_of())


def kinds_of(found) -> dict[str, tuple[str, ...]]:
    return {str(found.frame.number[one.row]): one.kinds for row in found.rows for one in row.concerns}


def test_each_kind_is_found_and_what_wants_nothing_is_not():
    found = the_desk(
        report(number="MRO", entered="2026-11-21 14:00", category="sampah"),
        report(number="ENAM", entered="2026-11-22 08:00", category="sampah"),
        report(number="BARU", entered="2026-11-22 13:00", category="sampah"),
        report(number="TURUN", entered=DROPS_AT_16, status="proses", category="sampah"),
        report(number="BATAS", entered=LAST_DROP_AT_16, status="proses", category="sampah"),
        report(number="LEWAT", entered="2026-11-19 14:00", status="proses", category="sampah"),
        report(number="LAMA", entered="2026-11-18 12:00", status="proses", category="sampah"),
        report(number="TOLAK", entered="2026-11-22 10:00", status="tl_ditolak", category="sampah"),
        report(
            number="SELESAI", entered=DROPS_AT_16, status="selesai", completed="2026-11-21 16:00", category="sampah"
        ),
    )
    assert kinds_of(found) == {
        "MRO": ("mro", "respons"),
        "ENAM": ("respons",),
        "TURUN": ("tingkat",),
        "BATAS": ("batas", "tingkat"),
        "LEWAT": ("lewat",),  # at 09.00, after the first check; LAMA the day before
        "TOLAK": ("ditolak",),
    }
    assert [str(found.frame.number[row]) for row in found.falling] == ["TURUN", "BATAS"]
    assert found.first_drop_us == at("2026-11-22 16:00")


def test_a_drop_costs_what_the_tier_clock_says_and_is_spread_over_the_horizon():
    [row] = the_desk(report(entered=DROPS_AT_16, status="proses", category="sampah")).rows
    [concern] = row.concerns
    assert (concern.tier_now, concern.tier_after, concern.drop_us) == (100, 80, at("2026-11-22 16:00"))
    assert concern.points_lost > 0
    assert row.points_per_hour == pytest.approx(concern.points_lost / 4)


def test_who_loses_most_is_called_first_then_who_has_waited_longest():
    found = the_desk(
        report(unit="K-GAMBIR", entered="2026-11-22 07:00"),
        report(unit="K-CIDENG", entered="2026-11-21 07:00", received="2026-11-22 06:00"),
        report(unit="D-SDA", entered=DROPS_AT_16, status="proses", category="sampah"),
    )
    names = [found.frame.names.units[row.unit].unit_id for row in found.rows]
    assert names == ["K-CIDENG", "K-GAMBIR", "D-SDA"]
    assert [len(found.territorial), len(found.agencies)] == [2, 1]


def test_a_ticket_hides_a_drop_until_its_day_and_is_due_on_it():
    drops = report(number="T", entered=DROPS_AT_16, status="proses", category="sampah")

    def with_ticket(day: str):
        promised = Ticket("T", wib("2026-11-21 12:00"), wib(day), wib("2026-12-01 00:00"))
        return kinds_of(the_desk(drops, tickets=(promised,)))

    assert with_ticket("2026-11-25 09:00") == {}
    assert with_ticket("2026-11-22 20:00") == {"T": ("tiket",)}
    assert with_ticket("2026-11-22 09:00") == {"T": ("tingkat", "tiket")}


def test_from_the_first_to_the_eighth_both_open_periods_are_looked_at():
    found = the_desk(
        report(number="NOV", entered="2026-11-30 18:00", status="proses", category="sampah"),
        report(number="DES", entered="2026-12-01 05:30", status="proses", category="sampah"),
        now="2026-12-02 07:30",
    )
    # the November report passes 45 hours at 15.00, too late for the horizon; 29 hours of the December one end at 10.30
    assert kinds_of(found) == {"DES": ("tingkat",)}
    earlier = the_desk(
        report(number="NOV", entered="2026-11-30 18:00", status="proses", category="sampah"),
        now="2026-12-01 20:00",
    )
    assert kinds_of(earlier) == {"NOV": ("tingkat",)}


def test_scope_and_filters_leave_out_what_is_not_to_be_seen():
    reports = [report(unit="K-GAMBIR", entered="2026-11-22 07:00"), report(unit="D-BM", entered="2026-11-22 07:00")]
    gambir = Scope(everything=False, unit_ids=frozenset({"K-GAMBIR"}))
    assert len(the_desk(*reports).over_response) == 2
    assert len(the_desk(*reports, scope=gambir).over_response) == 1
    assert the_desk(*reports, scope=NOTHING).rows == ()
    assert len(the_desk(*reports, filters=Filters(unit_id="W-31.71")).over_response) == 1
    assert len(the_desk(*reports, filters=Filters(area_code="31.72")).over_response) == 0


def test_a_limit_passed_in_the_night_is_told_in_the_morning_and_no_more_in_the_afternoon():
    passed = report(number="A", entered="2026-11-19 05:00", status="proses", category="sampah")  # at midnight
    moments = ("2026-11-21 23:00", "2026-11-22 07:30", "2026-11-22 15:30")
    told = [kinds_of(the_desk(passed, now=now)).get("A", ()) for now in moments]
    assert ["batas" in told[0], *("lewat" in kinds for kinds in told)] == [True, False, True, False]


def test_a_flood_is_told_with_the_reports_that_are_seen_alone():
    twelve = [report(entered=f"2026-11-22 13:{minute:02d}", unit="K-GAMBIR") for minute in range(8)]
    twelve += [report(entered=f"2026-11-22 13:{minute:02d}", unit="D-BM") for minute in range(4)]
    [whole] = the_desk(*twelve).floods
    [part] = the_desk(*twelve, scope=Scope(everything=False, unit_ids=frozenset({"D-BM"}))).floods
    assert (len(whole.rows), part.rows) == (12, (8, 9, 10, 11))
    assert the_desk(*twelve, scope=NOTHING).floods == ()
    assert the_desk(*twelve, filters=Filters(category_id="sampah")).floods == ()


def test_kelurahan_that_want_nothing_are_counted():
    assert the_desk(report(unit="K-GAMBIR", entered="2026-11-22 07:00")).quiet_count == 1
    assert the_desk(report(unit="K-GAMBIR", entered="2026-11-22 13:00")).quiet_count == 2
    assert the_desk(filters=Filters(area_code="31.72")).quiet_count == 0


@pytest.mark.db
@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(area_code="31.71"),
        Filters(unit_id="D-BM"),
        Filters(channel_id="JAKI"),
        Filters(status="proses"),
    ],
)
def test_what_waits_too_long_is_what_the_lists_hold(city_dsn, filters):
    state, limits = state_at(city_dsn, CITY_UNTIL), limits_of("2026-11-15 10:00")
    found = desk(EVERYTHING, state, filters, limits)
    any_time = Filters(ALL_TIME, *list(vars(filters).values())[1:])
    for rows, hours in ((found.over_response, 6), (found.over_officer, 24)):
        listed = mask(state.frame, Listing(any_time, waiting_over_hours=hours), microseconds(state.as_of))
        assert sorted(rows) == listed.nonzero()[0].tolist()
    assert sum(row.over_response for row in found.rows) == len(found.over_response)
