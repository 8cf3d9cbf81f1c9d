"""Figures of a month from hand-made frames: arrivals, completion, resolution time, status, agencies."""

import pytest

from data_access import agencies, arrivals, completion, status
from scoring.periods import Period
from tests.builders import at, event, frame, report

NOVEMBER = Period(2026, 11)
NOW = at("2026-11-22 14:05")


def test_today_begins_at_midnight_in_jakarta_and_ends_now():
    reports = frame(
        report(entered="2026-11-21 23:59"),
        report(entered="2026-11-22 00:00"),
        report(entered="2026-11-22 14:05"),
        report(entered="2026-11-22 14:06"),
    )
    assert arrivals.entered_today(reports, NOW) == 2


def test_usual_is_the_mean_of_the_same_weekdays_up_to_the_same_minute():
    reports = frame(
        *[report(entered="2026-11-15 10:00")] * 3,
        *[report(entered="2026-11-15 20:00")] * 9,
        report(entered="2026-11-08 14:05"),
    )
    assert arrivals.usual_by_now(reports, NOW, at("2026-11-08 00:00")) == 2.0
    assert arrivals.usual_by_now(reports, NOW, at("2026-11-16 00:00")) is None


def test_completion_counts_the_reports_of_the_month_of_entry():
    reports = frame(
        report(entered="2026-10-31 23:59", status="selesai", completed="2026-11-02 08:00"),
        report(entered="2026-11-01 00:00", status="selesai", completed="2026-11-02 08:00"),
        report(entered="2026-11-05 00:00", status="menunggu_validasi", completed="2026-11-06 08:00"),
        report(entered="2026-11-30 23:59", status="menunggu"),
    )
    now = completion.completion(reports, NOVEMBER, at("2026-12-03 00:00"))
    assert (now.total_count, now.completed_count) == (3, 1)
    assert completion.completion(frame(), NOVEMBER, NOW).completed_share is None


def test_completion_asked_for_an_earlier_moment_leaves_out_what_came_later():
    reports = frame(
        report(entered="2026-10-05 08:00", status="selesai", completed="2026-10-30 08:00"),
        report(entered="2026-10-06 08:00", status="selesai", completed="2026-10-07 08:00"),
        report(entered="2026-10-25 08:00", status="selesai", completed="2026-10-25 09:00"),
    )
    moment = completion.same_moment_before(NOVEMBER, NOW)
    assert moment == at("2026-10-22 14:05")
    then = completion.completion(reports, NOVEMBER.previous, moment)
    assert (then.total_count, then.completed_count) == (2, 1)


def test_the_same_moment_of_a_shorter_month_is_its_end():
    moment = completion.same_moment_before(Period(2026, 3), at("2026-03-30 12:00"))
    assert moment == at("2026-03-01 00:00") - 1


def test_mean_resolution_takes_what_was_completed_in_the_month_whenever_it_came():
    reports = frame(
        report(entered="2026-10-31 08:00", status="selesai", completed="2026-11-01 08:00"),
        report(entered="2026-11-02 08:00", status="selesai", completed="2026-11-02 20:00"),
        report(entered="2026-11-03 08:00", status="selesai", completed="2026-11-03 07:00"),  # a wrong clock
        report(entered="2026-10-01 08:00", status="selesai", completed="2026-10-02 08:00"),
        report(entered="2026-11-04 08:00", status="selesai", completed="2026-12-24 08:00"),  # in the future
    )
    assert completion.mean_resolution_hours(reports, NOVEMBER, NOW) == pytest.approx(18.0)
    assert completion.mean_resolution_hours(frame(), NOVEMBER, NOW) is None


def test_status_by_day_counts_every_report_of_the_month_once_under_its_day_of_entry():
    reports = frame(
        report(entered="2026-11-01 00:00"),
        report(entered="2026-11-01 23:59", status="selesai"),
        report(entered="2026-11-22 09:00", status="tl_ditolak"),
        report(entered="2026-11-22 09:00", status="xx_lama"),
        report(entered="2026-11-22 15:00"),
    )
    days = status.by_day(reports, NOVEMBER, NOW)
    assert days.shape == (30, 5)
    assert days[0].tolist() == [1, 0, 0, 0, 1]
    assert days[21].tolist() == [0, 0, 0, 2, 0]
    assert days.sum() == 4


def test_change_in_one_hour_sums_to_what_came_in():
    reports = frame(
        report(number="MASUK", entered="2026-11-22 13:30"),
        report(number="DIJAWAB", entered="2026-11-22 08:00", status="proses", updated="2026-11-22 13:40"),
        report(number="DUA-LANGKAH", entered="2026-11-20 08:00", status="selesai", updated="2026-11-22 13:50"),
        report(number="OKTOBER", entered="2026-10-20 08:00", status="selesai", updated="2026-11-22 13:55"),
    )
    hour = (
        event("DUA-LANGKAH", "2026-11-22 13:10", "proses", "disposisi", "2026-11-21 08:00"),
        event("MASUK", "2026-11-22 13:30", "menunggu"),
        event("DIJAWAB", "2026-11-22 13:40", "proses", "menunggu", "2026-11-22 08:00"),
        event("DUA-LANGKAH", "2026-11-22 13:50", "selesai", "proses", "2026-11-22 13:10"),
        event("OKTOBER", "2026-11-22 13:55", "selesai", "proses", "2026-11-01 08:00"),
    )
    change = status.change_in_hour(reports, hour, NOVEMBER, NOW)
    assert change == {"menunggu": 0, "disposisi": -1, "koordinasi": 0, "proses": 1, "selesai": 1}
    assert sum(change.values()) == 1


def test_an_agency_counts_everything_below_it_and_kelurahan_are_no_agency():
    reports = frame(
        report(unit="D-BM", entered="2026-11-22 02:00"),
        report(unit="S-BM-71", entered="2026-11-20 08:00"),
        report(unit="D-SDA", status="proses"),
        report(unit="K-GAMBIR"),
        report(unit="tidak-ada"),
        report(unit="D-SDA", entered="2026-10-22 14:05", status="selesai"),
        report(unit="D-SDA", entered="2026-10-22 14:06", status="selesai"),
    )
    found = agencies.most_reports(reports, reports, NOVEMBER, NOW)
    assert [(a.name, a.count, a.previous_count) for a in found] == [("Bina Marga", 2, 0), ("Sumber Daya Air", 1, 1)]
    assert (found[0].waiting_over_6h_count, found[0].waiting_over_24h_count) == (2, 1)
