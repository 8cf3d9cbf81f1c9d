"""National holidays and joint leave, by the days of WIB."""

from datetime import date

import numpy as np

from data_access import public_holidays
from scoring import periods
from tests.builders import at

# SKB tiga menteri 1497/2025, 2/2025 dan 5/2025 for 2026.
DECEMBER = {date(2026, 12, 24): "Cuti Bersama Hari Raya Natal", date(2026, 12, 25): "Hari Raya Natal"}


def test_the_holidays_of_a_month_are_those_of_the_decree():
    assert public_holidays.within(periods.parse("2026-12")) == DECEMBER
    assert public_holidays.within(periods.parse("2026-11")) == {}
    march = public_holidays.within(periods.parse("2026-03"))
    assert [day.day for day in march] == [18, 19, 20, 21, 22, 23, 24]


def test_an_instant_is_on_a_holiday_by_its_day_in_wib():
    times = ["2026-12-23 23:59", "2026-12-24 00:00", "2026-12-25 23:59", "2026-12-26 00:00", "2017-06-23 05:00"]
    assert public_holidays.are_on_one(np.array([at(time) for time in times])).tolist() == [
        *(False, True, True, False),
        True,
    ]
    assert public_holidays.are_on_one(np.array([], np.int64)).tolist() == []
