"""Waiting reports: how long, over which limit, and how that moved within the hour."""

from data_access import waiting
from tests.builders import at, event, frame, report

NOW = at("2026-11-22 14:05")


def test_the_longest_wait_comes_first_and_only_status_menunggu_waits():
    reports = frame(
        report(entered="2026-11-22 10:05"),
        report(entered="2026-11-21 06:53"),
        report(entered="2026-11-20 06:53", status="proses"),
    )
    found = waiting.now_waiting(reports, NOW)
    assert found.positions.tolist() == [1, 0]
    assert found.hours.tolist() == [31.2, 4.0]


def test_a_report_passed_on_waits_since_it_arrived_at_its_holder():
    reports = frame(report(entered="2026-11-20 14:05", received="2026-11-22 12:05", received_how="koordinasi"))
    assert waiting.now_waiting(reports, NOW).hours.tolist() == [2.0]


def test_a_report_entered_in_the_future_does_not_wait_yet():
    assert len(waiting.now_waiting(frame(report(entered="2026-11-23 09:00")), NOW).positions) == 0


def test_the_limit_itself_is_not_over_the_limit():
    reports = frame(report(entered="2026-11-22 08:05"), report(entered="2026-11-22 08:04"))
    assert waiting.now_waiting(reports, NOW).over(6).tolist() == [1]


def test_an_hour_ago_counts_those_answered_since_and_not_those_that_passed_since():
    reports = frame(
        report(number="LAMA", entered="2026-11-22 06:00"),  # over 6 hours then and now
        report(number="BARU-LEWAT", entered="2026-11-22 07:30"),  # passed the limit within the hour
        report(number="DIJAWAB", entered="2026-11-22 05:00", status="proses"),  # over then, answered since
    )
    hour = (event("DIJAWAB", "2026-11-22 13:40", "proses", "menunggu", "2026-11-22 05:00"),)
    assert waiting.over_limit_an_hour_ago(reports, hour, NOW, 6) == 2
    assert waiting.passed_limit_in_hour(reports, hour, NOW, 6) == 1


def test_a_report_that_passed_the_limit_and_was_answered_in_the_same_hour_still_passed_it():
    reports = frame(report(number="A", entered="2026-11-22 07:30", status="proses"))
    hour = (event("A", "2026-11-22 13:50", "proses", "menunggu", "2026-11-22 07:30"),)
    assert waiting.passed_limit_in_hour(reports, hour, NOW, 6) == 1


def test_a_report_passed_on_within_the_hour_counts_by_its_earlier_wait():
    reports = frame(report(number="A", entered="2026-11-22 05:00", received="2026-11-22 13:30"))
    hour = (event("A", "2026-11-22 13:30", "menunggu", "menunggu", "2026-11-22 05:00"),)
    assert waiting.over_limit_an_hour_ago(reports, hour, NOW, 6) == 1
    assert len(waiting.now_waiting(reports, NOW).over(6)) == 0
