"""Limits of the desk: dated, each with its source."""

from datetime import date

import pytest

from data_access import limits, waiting


def test_a_day_has_the_values_of_its_day():
    assert limits.at(date(2019, 11, 14))["response_hours"] == 24
    assert limits.at(date(2019, 11, 15))["response_hours"] == 6
    with pytest.raises(KeyError):
        limits.at(date(2018, 9, 24))["response_hours"]


def test_every_value_says_where_it_comes_from_and_when_that_was_looked_at():
    for name, limit in limits.at(date(2026, 12, 1)).by_name.items():
        assert limit.reference and limit.last_verified_on >= date(2026, 11, 22), name
        assert limit.assumed == limit.reference.startswith("Pilihan") or name == "check_times"


def test_other_screens_wait_by_the_same_numbers():
    assert limits.newest("response_hours") == waiting.RESPONSE_LIMIT_HOURS == 6
    assert limits.newest("officer_warning_hours") == waiting.WARNING_LIMIT_HOURS == 24


def test_checks_are_in_the_order_of_the_day():
    assert [f"{name} {at:%H.%M}" for name, at in limits.at(date(2026, 12, 1)).check_times.items()] == [
        "pagi 07.30",
        "sore 15.30",
    ]
