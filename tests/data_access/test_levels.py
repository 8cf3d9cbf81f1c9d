"""Levels: which units have a row, and which reports belong to it."""

from dataclasses import replace

import numpy as np
import pytest

from data_access.dimensions import Unit
from data_access.filters import Filters
from data_access.levels import LEVELS, level
from data_access.scope import EVERYTHING, NOTHING, Scope
from tests.builders import NAMES, frame, report

ROWS = frame(
    report(unit="K-GAMBIR"), report(unit="K-CIDENG"), report(unit="S-BM-71"), report(unit="D-BM"), report(unit="?")
)


def shown(name: str, filters: Filters | None = None, scope: Scope = EVERYTHING) -> list[str]:
    return [unit.unit_id for unit in level(scope, NAMES, name, filters or Filters()).units]


def counts(found, rows=ROWS) -> dict[str, int]:
    _, places = found.belonging(rows.unit)
    return dict(zip((unit.unit_id for unit in found.units), np.bincount(places, minlength=len(found)), strict=True))


@pytest.mark.parametrize("name", LEVELS)
def test_a_report_belongs_to_its_holder_and_to_every_unit_above_it(name):
    found = level(EVERYTHING, NAMES, name, Filters())
    wanted = {unit.unit_id: int(NAMES.subtree(unit.unit_id)[ROWS.unit].sum()) for unit in found.units}
    assert counts(found) == wanted


def test_the_units_of_a_level_are_those_of_its_types():
    assert shown("skpd") == ["D-BM", "D-SDA"]
    assert shown("kelurahan") == ["K-GAMBIR", "K-CIDENG"]
    assert shown("upt") == []


def test_filters_and_scope_leave_units_out():
    assert shown("kelurahan", Filters(unit_id="K-CIDENG")) == ["K-CIDENG"]
    assert shown("kelurahan", Filters(area_code="31.71.01.1001")) == ["K-GAMBIR"]
    assert shown("kecamatan", Filters(area_code="31.71.01.1001")) == ["W-31.71.01"]  # it holds the area
    assert shown("kelurahan", Filters(area_code="31.72")) == []
    assert shown("skpd", Filters(area_code="31.72")) == ["D-BM", "D-SDA"]  # they are everywhere
    assert shown("kelurahan", scope=Scope(False, frozenset({"K-GAMBIR"}))) == ["K-GAMBIR"]
    assert shown("skpd", scope=NOTHING) == []


def test_a_unit_below_another_of_its_level_counts_for_both():
    below = Unit("K-BAWAH", "Kelurahan Bawah", "Bawah", "kelurahan", "K-CIDENG", None)
    nested = replace(NAMES, units=(*NAMES.units, below))
    rows = replace(frame(report(unit="K-CIDENG"), report(unit="K-CIDENG")), names=nested)
    rows.unit[1] = nested.unit_code("K-BAWAH")
    found = counts(level(EVERYTHING, nested, "kelurahan", Filters()), rows)
    assert found == {"K-GAMBIR": 0, "K-CIDENG": 2, "K-BAWAH": 1}


def test_units_in_a_circle_count_a_report_once():
    circle = [replace(unit, parent_id="K-CIDENG") if unit.unit_id == "K-GAMBIR" else unit for unit in NAMES.units]
    circle = [replace(unit, parent_id="K-GAMBIR") if unit.unit_id == "K-CIDENG" else unit for unit in circle]
    names = replace(NAMES, units=tuple(circle))
    assert counts(level(EVERYTHING, names, "kelurahan", Filters())) == {"K-GAMBIR": 2, "K-CIDENG": 2}
