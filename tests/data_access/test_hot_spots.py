"""More different reports than the cell's own weeks allow: by hand-made weeks, and by the sum of Poisson terms."""

import math

import numpy as np
import pytest

from data_access import geography, hot_spots
from data_access.day_window import DayWindow, day_of
from tests.builders import at as instant
from tests.builders import wib
from tests.data_access.map_frames import GAMBIR, at, placed

NOW = instant("2026-11-22 14:05")
WEEK = DayWindow(day_of(wib("2026-11-22 00:00").date()))
FIRST_DAY = WEEK.first_day - 4 * 7
STEP_DEGREES = 0.0006  # some 66 m: no duplicates of each other
TIMES_BEFORE = [f"2026-{day} 08:00" for day in ("10-20", "10-26", "11-03", "11-10")]  # one in each of four weeks


def apart(count: int, when: str, **given) -> list:
    """So many different reports in one cell at one time."""
    spots = [(GAMBIR[0] + STEP_DEGREES * (n % 3), GAMBIR[1] + STEP_DEGREES * (n // 3)) for n in range(count)]
    return [one for spot in spots for one in at(spot, when, **given)]


def found(*reports) -> list[hot_spots.HotSpot]:
    frame = placed(*reports)
    before = hot_spots.weeks_of(frame, FIRST_DAY, 4, NOW)
    now = hot_spots.weeks_of(frame, WEEK.first_day, 1, NOW)
    return [spot for spot in hot_spots.find(before, now) if spot.is_hot]


def test_a_cell_far_above_its_own_weeks_is_hot_and_named_by_what_grew():
    quiet = at(GAMBIR, *TIMES_BEFORE, category="sampah")
    (spot,) = found(*quiet, *apart(7, "2026-11-20 08:00", category="jalan"))
    assert (spot.different_count, spot.usual_count, spot.weeks) == (7, 4.5 / 4, (1, 1, 1, 1, 7))
    assert spot.ratio == pytest.approx(6.22, abs=0.01)
    assert spot.category == 1 and spot.category_count == 7  # jalan
    assert spot.cell == geography.cell_index(*np.array([GAMBIR]).T)[0]


def test_duplicates_make_no_hot_spot():
    quiet = at(GAMBIR, *TIMES_BEFORE)
    assert found(*quiet, *at(GAMBIR, *["2026-11-20 08:00"] * 30)) == []


def test_what_is_usual_there_is_not_hot():
    usual = [one for when in TIMES_BEFORE for one in apart(7, when)]
    assert found(*usual, *apart(8, "2026-11-20 08:00")) == []


def test_few_reports_are_no_spot_however_quiet_the_cell():
    assert found(*apart(4, "2026-11-20 08:00")) == []


def test_reports_after_now_do_not_count_yet():
    assert found(*at(GAMBIR, *TIMES_BEFORE), *apart(7, "2026-11-22 15:00")) == []


def test_nothing_is_said_without_enough_weeks_before():
    frame = placed(*apart(9, "2026-11-20 08:00"))
    now = hot_spots.weeks_of(frame, WEEK.first_day, 1, NOW)
    assert hot_spots.find(hot_spots.weeks_of(frame, WEEK.first_day - 14, 2, NOW), now) == []


@pytest.mark.parametrize(("days_known", "weeks"), [(0, 0), (6, 0), (20, 2), (77, 11), (200, 11)])
def test_only_whole_weeks_that_are_known_are_compared_with(days_known, weeks):
    assert hot_spots.weeks_before(WEEK, WEEK.first_day - days_known) == weeks


def test_merged_reports_are_counted_beside_those_with_a_point():
    weeks = hot_spots.weeks_of(placed(*at(GAMBIR, *["2026-11-20 08:00"] * 3)), WEEK.first_day, 1, NOW)
    assert (weeks.located_count, weeks.merged_count, int(weeks.by_week.sum())) == (3, 2, 1)


@pytest.mark.parametrize(("count", "mean"), [(1, 0.05), (5, 1.1), (27, 6.0), (160, 120.0), (3000, 2800.0)])
def test_the_chance_is_the_sum_of_the_poisson_terms_below_taken_from_one(count, mean):
    below = math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count))
    assert hot_spots.chance(count, mean) == pytest.approx(1 - below, rel=1e-6, abs=1e-12)


def test_the_limit_is_the_smallest_count_that_is_too_unlikely():
    limit = hot_spots.limit_count(6.0)
    assert hot_spots.chance(limit, 6.0) < hot_spots.ALARM_CHANCE <= hot_spots.chance(limit - 1, 6.0)


def test_only_the_long_waiting_of_now_are_counted_as_waiting():
    waits = at(GAMBIR, "2026-11-20 08:00", "2026-11-22 08:00")
    frame = placed(*waits, *at(GAMBIR, "2026-11-19 08:00", status="proses"))
    assert int(hot_spots.waiting_long(frame, NOW).sum()) == 1
