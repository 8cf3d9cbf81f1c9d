import csv
from pathlib import Path

import h3
import numpy as np

from data_access import geography

WILAYAH = Path(geography.__file__).parent / "reference" / "wilayah.csv"
# Three reference points lie in a cell whose centre is across the border; the outlines, being smoothed, hold them.
ACROSS_THE_BORDER = {"31.71.08.1002", "31.75.04.1006", "31.75.09.1005"}


def reference_points() -> dict[str, tuple[float, float]]:
    with WILAYAH.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["code"].count(".") == 3]
    return {row["code"]: (float(row["inside_latitude"]), float(row["inside_longitude"])) for row in rows}


def test_the_tables_hold_all_of_jakarta():
    by_level = [sum(code.count(".") == dots for code in geography.names()) for dots in (1, 2, 3)]
    assert by_level == [6, 44, 267]
    assert len(geography.kelurahan_of_cell()) == 6202
    assert len(geography.kelurahan_codes()) == 267
    assert set(geography.kelurahan_codes()) <= set(geography.names())


def test_wall_cells_are_the_parents_of_the_land_cells_in_a_stable_order():
    land = [h3.int_to_str(cell) for cell in geography.kelurahan_of_cell()]
    assert list(geography.wall_cells()) == sorted({h3.cell_to_parent(cell, 8) for cell in land})


def test_the_centre_of_every_land_cell_falls_in_its_own_wall_cell_and_kelurahan():
    cells = geography.land_cells().cell.tolist()
    centres = np.array([h3.cell_to_latlng(h3.int_to_str(cell)) for cell in cells])
    index = geography.cell_index(centres[:, 0], centres[:, 1])
    assert index.dtype == np.int32
    parents = [h3.cell_to_parent(h3.int_to_str(cell), 8) for cell in cells]
    assert [geography.wall_cells()[i] for i in index] == parents
    kelurahan = geography.kelurahan_index(centres[:, 0], centres[:, 1])
    table = geography.kelurahan_of_cell()
    assert [geography.kelurahan_codes()[i] for i in kelurahan] == [table[cell] for cell in cells]


def test_a_point_outside_jakarta_or_without_a_coordinate_is_in_no_cell():
    latitudes = [-6.9, np.nan, -6.2, np.inf, 91.0, -6.05, -6.2]
    longitudes = [107.6, 106.8, np.nan, 106.8, 106.8, 106.85, 106.83]
    index = geography.cell_index(latitudes, longitudes)
    assert index[:6].tolist() == [-1] * 6
    assert index[6] >= 0
    assert geography.kelurahan_code(-6.9, 107.6) is None
    assert geography.cell_index([], []).shape == (0,)


def test_the_reference_point_of_a_kelurahan_is_in_that_kelurahan():
    points = reference_points()
    elsewhere = {code for code, point in points.items() if geography.kelurahan_code(*point) != code}
    assert elsewhere == ACROSS_THE_BORDER


def test_the_area_of_a_wall_cell_counts_only_its_land():
    areas = geography.wall_areas_km2()
    hexagons = np.array([h3.cell_area(cell, unit="km^2") for cell in geography.wall_cells()])
    # Seven children cover about their parent, not exactly it.
    assert (areas > 0.1).all()
    assert (areas < hexagons * 1.01).all()
    assert (areas < hexagons * 0.9).sum() > 150
    assert abs(areas.sum() / 660.744 - 1) < 0.01


def test_the_island_cells_are_those_of_kepulauan_seribu():
    land = geography.land_cells()
    islands = geography.island_cells()[land.wall_cell]
    codes = [geography.kelurahan_codes()[i] for i in land.kelurahan]
    assert islands.tolist() == [code.startswith("31.01.") for code in codes]


def test_the_rings_of_the_mainland_are_closed_and_leave_the_islands_out():
    rings = geography.mainland_rings()
    assert len(rings) == len(geography.wall_cells()) - geography.island_cells().sum()
    assert all(ring[0] == ring[-1] and len(ring) == 7 for _, ring in rings)
    assert all(-6.4 < latitude < -6.0 for _, ring in rings for _, latitude in ring)
