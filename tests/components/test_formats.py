"""Numbers and times read as they are written in Jakarta."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from components import formats

AT = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)  # a Sunday, 14.05 in Jakarta


@pytest.mark.parametrize(
    ("count", "written"),
    [(0, "0"), (999, "999"), (1234, "1.234"), (1234567, "1.234.567"), (-1234, "−1.234"), (None, "–")],
)
def test_integers_have_dots_between_thousands(count, written):
    assert formats.integer(count) == written


def test_decimals_have_a_comma():
    assert formats.decimal(38.24, 1) == "38,2"
    assert formats.decimal(1234.5, 1) == "1.234,5"
    assert formats.decimal(None) == "–"


def test_a_share_is_written_in_hundredths():
    assert formats.percent(0.834, 1) == "83,4"
    assert formats.percent(1, 1) == "100,0"
    assert formats.percent(None) == "–"


@pytest.mark.parametrize(("count", "written"), [(4, "+4"), (-2, "−2"), (0, "0"), (1234, "+1.234"), (None, "–")])
def test_changes_carry_their_sign(count, written):
    assert formats.signed(count) == written


@pytest.mark.parametrize(("minutes", "short", "long"), [
    (48, "48 m", "48 menit"),
    (60, "1 j 00 m", "1 jam 0 menit"),
    (1872, "31 j 12 m", "31 jam 12 menit"),
    (0, "0 m", "0 menit"),
])  # fmt: skip
def test_durations_have_a_short_and_a_long_form(minutes, short, long):
    assert (formats.short_duration(minutes), formats.long_duration(minutes)) == (short, long)


def test_times_are_shown_in_jakarta_whatever_their_zone():
    for zone in (UTC, timezone(timedelta(hours=-8)), formats.JAKARTA):
        at = AT.astimezone(zone)
        assert formats.clock(at) == "14.05"
        assert formats.long_date(at) == "Minggu, 22 Nov 2026"
        assert formats.stamp(at) == "22 Nov 2026 14.05 WIB"


def test_the_day_changes_at_midnight_in_jakarta():
    assert formats.day_month(datetime(2026, 12, 7, 17, 0, tzinfo=UTC)) == "8 Des"
    assert formats.day_month(datetime(2026, 12, 7, 16, 59, tzinfo=UTC)) == "7 Des"


def test_a_time_of_another_day_has_its_day():
    assert formats.day_clock(datetime(2026, 12, 7, 17, 0, tzinfo=UTC)) == "8 Des 00.00"


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        formats.clock(datetime(2026, 11, 22, 14, 5))


def test_periods_have_names():
    assert formats.month_name("2026-11") == "November"
    assert formats.month_short("2026-08") == "Agu"
    assert formats.month_year("2026-10") == "Oktober 2026"


@pytest.mark.parametrize("period", ["2026-13", "November", "", "2026/11"])
def test_what_is_not_a_period_is_refused(period):
    with pytest.raises(ValueError, match="write YYYY-MM"):
        formats.month_name(period)
