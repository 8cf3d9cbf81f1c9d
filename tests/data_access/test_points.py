"""Which points are usable, which are not and why; the same reports as the lists behind the counts."""

import h3
import numpy as np
import pytest

from data_access import geography, points
from data_access.filters import Filters
from data_access.listing import Listing, mask
from data_access.points import INSIDE, NONE, NULL_ISLAND, OUTSIDE, SWAPPED
from tests.builders import at as instant
from tests.data_access.map_frames import GAMBIR, at, placed

NOWHERE = (np.nan, np.nan)
BANDUNG, SEA = (-6.9175, 107.6191), (-5.95, 106.95)
PLACES = (GAMBIR, NOWHERE, (0.0, 0.0), (0.4, -0.3), GAMBIR[::-1], BANDUNG, SEA)
NOW = instant("2026-11-22 14:05")


@pytest.fixture(scope="module")
def frame():
    return placed(*(one for place in PLACES for one in at(place, "2026-11-20 08:00")))


def test_every_point_has_one_kind(frame):
    assert points.kinds(frame).tolist() == [INSIDE, NONE, NULL_ISLAND, NULL_ISLAND, SWAPPED, OUTSIDE, OUTSIDE]


FACETS = {"ya": INSIDE, "tanpa": NONE, "nol": NULL_ISLAND, "tukar": SWAPPED, "luar": OUTSIDE}


@pytest.mark.parametrize(("facet", "expected"), FACETS.items())
def test_the_list_of_each_kind_holds_the_same_reports(frame, facet, expected):
    listed = mask(frame, Listing(Filters("semua"), point=facet), NOW)
    assert listed.tolist() == [kind == expected for kind in points.kinds(frame).tolist()]


def test_a_land_cell_is_the_one_that_a_list_of_the_cell_means():
    rng = np.random.default_rng(5)
    spots = rng.uniform((-6.25, 106.78), (-6.15, 106.90), (300, 2))
    frame = placed(*(one for spot in spots for one in at(tuple(spot), "2026-11-20 08:00")))
    for _ in range(2):  # placed anew, then remembered
        rows = points.land_cell(frame)
        for row in set(rows[rows >= 0].tolist()):
            cell = h3.int_to_str(int(geography.land_cells().cell[row]))
            assert (rows == row).tolist() == mask(frame, Listing(Filters("semua"), cell=cell), NOW).tolist()
    lost = (frame.cell >= 0).sum() - (rows >= 0).sum()  # on the very edge of a wall cell
    assert 0 <= lost <= 2 and (rows >= 0).sum() > 250


def test_reports_without_a_usable_point_are_in_no_land_cell(frame):
    assert points.land_cell(frame).tolist()[1:] == [-1] * 6
