"""The scale of the map stays put: at any zoom, on any day, and beside one spot that holds nearly half of all points."""

import csv
from pathlib import Path

import numpy as np
import pytest

from components import peta_map
from components.density_map import CLASS_NAMES
from components.peta_map import Ring
from data_access import cell_shapes, geography

POINTS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "real" / "jakarta-crm-psbb-points.csv"


@pytest.fixture(scope="module")
def spots() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Latitude, longitude and reports of the real points."""
    assert POINTS.exists(), f"{POINTS} is missing: it lies beside the project in shared/data/real"
    with POINTS.open(encoding="utf-8", newline="") as file:
        rows = [(row["lat"], row["long"], row["no__laporan"]) for row in csv.DictReader(file)]
    return tuple(np.array(rows, np.float64).T)


def classes(spots, taken: np.ndarray) -> str:
    latitude, longitude, reports = (column[taken] for column in spots)
    cell = geography.cell_index(latitude, longitude)
    counts = np.bincount(cell[cell >= 0], weights=reports[cell >= 0], minlength=len(geography.wall_cells()))
    return peta_map.digits(counts.astype(int), geography.wall_areas_km2())


def test_one_spot_with_45_percent_of_the_points_does_not_flatten_the_rest(spots):
    latitude, longitude, reports = spots
    cell = geography.cell_index(latitude, longitude)
    totals = np.bincount(cell[cell >= 0], weights=reports[cell >= 0])
    heavy = int(totals.argmax())
    assert totals[heavy] / reports.sum() > 0.45
    everything, without = classes(spots, np.ones(len(cell), bool)), classes(spots, cell != heavy)
    assert everything[heavy] == "5"
    changed = [place for place, pair in enumerate(zip(everything, without, strict=True)) if pair[0] != pair[1]]
    assert changed == [heavy]
    assert min(everything.count(sign) for sign in "012345") > 25  # every class is in use


def test_the_scale_counts_per_km2_so_both_sizes_of_cells_share_it():
    assert CLASS_NAMES == ("0", "1–2", "3–5", "6–10", "11–20", "> 20")
    assert peta_map.digits([0, 1, 2, 5, 15, 16], [0.75] * 6) == "011345"
    assert peta_map.digits([0, 1, 2, 3], [0.1066] * 4) == "0345"  # one report in 0.1 km2 is 9 per km2


def test_the_days_of_a_cell_stand_together():
    counts = np.array([[0, 1, 30], [4, 0, 0]])
    assert peta_map.days_digits(counts, np.array([1.0, 1.0])) == "015200"


def test_a_share_has_its_own_numbered_scale_and_says_nothing_of_few_reports():
    unfinished, reports = np.array([0, 1, 10, 3, 6, 8, 4, 0]), np.array([10, 10, 100, 10, 10, 10, 4, 0])
    assert peta_map.share_digits(unfinished, reports) == "01134" + "5" + "xx"


def test_the_cells_of_the_map_are_those_of_the_mainland_at_both_sizes():
    shapes = (cell_shapes.coarse(), cell_shapes.fine())
    drawn = (len(geography.mainland_rings()), len(cell_shapes.mainland_land()))
    assert tuple(len(shape["ids"]) for shape in shapes) == drawn
    for shape in shapes:
        assert len(shape["centres"]) == 2 * len(shape["ids"]) == 2 * len(shape["kelurahan"])


def test_rings_carry_number_place_and_the_address_of_their_reports():
    ring = Ring(1, "Kapuk", -6.13, 106.75, "/laporan?sel=x")
    data = peta_map.map_data("kisi", {"coarse": {}}, [ring], CLASS_NAMES, {"cell": "/laporan?sel=SEL"})
    assert data["rings"] == [{"number": 1, "name": "Kapuk", "at": [-6.13, 106.75], "href": "/laporan?sel=x"}]
    assert data["mode"] == "kisi" and data["scale"][5] == "> 20"
