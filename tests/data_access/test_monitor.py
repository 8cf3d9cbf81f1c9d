"""A unit's reading is only for who may see all that it shows: the unit, and the units its standing rests on."""

import pytest

from data_access import monitor
from data_access.live import State
from data_access.scope import EVERYTHING, NOTHING, Scope
from scoring.periods import Period
from tests.builders import frame, report, wib

STATE = State(frame(report(unit="S-BM-71")), (), wib("2026-11-22 14:05"), "1", True, (), (), 0.0)


def may_read(unit_id: str, scope: Scope) -> bool:
    return monitor.reading(scope, STATE, Period(2026, 11), unit_id, {}) is not None


@pytest.mark.parametrize(
    ("unit_id", "scope", "readable"),
    [
        ("D-BM", {"D-BM", "S-BM-71"}, True),
        ("D-BM", {"D-BM"}, False),
        ("S-BM-71", {"S-BM-71"}, True),
        ("S-BM-71", {"D-BM"}, False),
        ("W-31.71", {"W-31.71", "K-GAMBIR", "K-CIDENG"}, True),
        ("W-31.71", {"W-31.71", "W-31.71.01", "K-GAMBIR"}, False),
        ("TAK-ADA", {"TAK-ADA"}, False),
    ],
)
def test_a_unit_is_read_by_who_may_see_it_and_every_unit_its_standing_rests_on(unit_id, scope, readable):
    assert may_read(unit_id, Scope(False, frozenset(scope))) is readable


def test_who_may_see_everything_reads_every_unit_and_who_may_see_nothing_none():
    units = [unit.unit_id for unit in STATE.frame.names.units[1:]]
    assert all(may_read(unit_id, EVERYTHING) for unit_id in units)
    assert not any(may_read(unit_id, NOTHING) for unit_id in units)
