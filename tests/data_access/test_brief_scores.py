"""Scores in a brief are those of the Monitor TKD."""

import pytest

from data_access import monitor
from data_access.brief_scores import scores
from data_access.early_warning import desk
from data_access.filters import Filters
from data_access.scope import EVERYTHING
from tests.conftest import CITY_UNTIL
from tests.data_access.desk_world import limits_of
from tests.data_access.state_at import state_at

pytestmark = pytest.mark.db


@pytest.fixture(scope="module")
def state(city_dsn):
    return state_at(city_dsn, CITY_UNTIL)


def desk_of(state, area_code: str | None):
    return desk(EVERYTHING, state, Filters(area_code=area_code), limits_of("2026-11-15 10:00"))


@pytest.mark.parametrize("area_code", [None, "31.71"])
def test_each_is_the_score_of_its_unit_in_the_monitor(state, area_code):
    found = scores(state, desk_of(state, area_code), area_code)
    for one in found:
        reading = monitor.asked(EVERYTHING, state, {"unit": one["unit_id"], "periode": one["period"]})
        there = (None, None) if reading.final is None else (reading.shown(reading.final), reading.grade)
        assert (one["score"], one["grade"]) == there, one
    assert any(one["score"] for one in found)


def test_the_kota_come_first_then_the_units_that_fall_in_calling_order(state):
    found = desk_of(state, "31.71")
    units = found.frame.names.units
    falling = [units[row.unit].unit_id for row in found.rows if row.points_per_hour]
    assert falling
    assert [one["unit_id"] for one in scores(state, found, "31.71")] == ["W-31.71", *falling]
    assert [one["unit_id"] for one in scores(state, found, None)][:6] == [
        "W-31.01", "W-31.71", "W-31.72", "W-31.73", "W-31.74", "W-31.75"
    ]  # fmt: skip
