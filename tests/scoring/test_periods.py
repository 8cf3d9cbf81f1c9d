"""Periods: month of entry in WIB, cut-off at the end of 23.59 on the 8th."""

from datetime import timedelta

import pytest

from scoring import periods
from scoring.periods import Period, PeriodError
from tests.builders import wib


def test_the_minute_of_the_cutoff_counts_to_its_end():
    assert Period(2026, 11).cutoff == wib("2026-12-09 00:00")
    assert Period(2026, 12).cutoff == wib("2027-01-09 00:00")


def test_two_periods_are_open_from_the_first_to_the_eighth():
    last_instant = wib("2026-12-09 00:00") - timedelta(microseconds=1)
    assert periods.open_at(last_instant) == [Period(2026, 11), Period(2026, 12)]
    assert periods.open_at(wib("2026-12-09 00:00")) == [Period(2026, 12)]


def test_a_period_is_the_month_in_jakarta():
    assert periods.of(wib("2026-12-01 00:00")) == Period(2026, 12)
    assert periods.of(wib("2026-12-01 00:00") - timedelta(microseconds=1)) == Period(2026, 11)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "26-11", "2026-1", "1999-12", "2101-01", "x-y", None]
)
def test_what_is_no_period_is_refused(text):
    with pytest.raises(PeriodError):
        periods.parse(text)


def test_a_period_survives_writing_and_reading():
    assert [periods.parse(str(Period(2026, 1).shifted(n))).shifted(-n) for n in (-25, -1, 0, 11, 300)] == [
        Period(2026, 1)
    ] * 5
