"""Each unit belongs to the one right below the unit a table is about."""

from dataclasses import replace

import pytest

from data_access.dimensions import Unit
from data_access.units_below import level_below
from tests.builders import NAMES

ABOVE = Unit("P", "Provinsi", "Provinsi", "provinsi", None, None)
LOOP = (Unit("X", "X", "X", "upt", "Y", None), Unit("Y", "Y", "Y", "upt", "X", None))


def groups(names, unit_id: str | None) -> dict[str, str]:
    """unit -> the unit right below `unit_id` that it belongs to."""
    return {
        unit.unit_id: names.units[code].unit_id
        for unit, code in zip(names.units, level_below(names, unit_id), strict=True)
    }


@pytest.mark.parametrize("above", [False, True])
def test_without_a_unit_the_highest_of_each_line_stand_side_by_side(above):
    units = tuple(replace(unit, parent_id=unit.parent_id or "P") if unit.unit_id else unit for unit in NAMES.units)
    found = groups(replace(NAMES, units=(*units, ABOVE)) if above else NAMES, None)
    assert found["S-BM-71"] == found["D-BM"] == "D-BM"
    assert found["K-CIDENG"] == found["W-31.71.01"] == found["W-31.71"] == "W-31.71"
    assert found[""] == ""


def test_below_a_unit_stand_its_own_and_itself_and_no_others():
    found = groups(NAMES, "W-31.71.01")
    assert found["K-CIDENG"] == "K-CIDENG"
    assert found["W-31.71.01"] == "W-31.71.01"
    assert found["W-31.71"] == found["D-BM"] == ""
    assert groups(NAMES, "W-31.71")["K-CIDENG"] == "W-31.71.01"


def test_a_circle_of_units_ends():
    assert set(groups(replace(NAMES, units=(*NAMES.units, *LOOP)), None)) >= {"X", "Y"}
