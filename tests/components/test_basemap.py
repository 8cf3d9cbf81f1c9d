import math

import numpy as np
import pytest

from components.basemap import GRID, HEIGHT, LAND_BOX, WIDTH, Mark, Sheet, on_sheet
from data_access import boundaries
from tests.data_access.test_geography import reference_points

MONAS = (-6.17539, 106.82715)


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return Sheet(tuple(map(tuple, boundaries.mainland_of(boundaries.arcs_of_cells())["coast"])))


def test_the_land_fills_its_box_at_the_right_of_the_sheet(sheet):
    spots = [sheet.spot(latitude, longitude) for ring in sheet.coast for longitude, latitude in ring]
    left, top, right, bottom = LAND_BOX
    assert max(x for x, _ in spots) == pytest.approx(right)
    assert min(x for x, _ in spots) >= left - 1e-6
    assert min(y for _, y in spots) == pytest.approx(top)
    assert max(y for _, y in spots) == pytest.approx(bottom)


def test_a_spot_on_the_sheet_leads_back_to_its_place(sheet):
    assert sheet.place(*sheet.spot(*MONAS)) == pytest.approx(MONAS, abs=1e-5)


def test_north_is_up_and_east_is_right(sheet):
    x, y = sheet.spot(*MONAS)
    assert sheet.spot(MONAS[0] + 0.01, MONAS[1])[1] < y
    assert sheet.spot(MONAS[0], MONAS[1] + 0.01)[0] > x


def test_the_bounds_have_the_shape_of_the_sheet_as_leaflet_projects_them(sheet):
    (south, west), (north, east) = sheet.bounds()

    def mercator(latitude):
        return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)))

    assert (east - west) / (mercator(north) - mercator(south)) == pytest.approx(WIDTH / HEIGHT, rel=1e-3)


def test_the_room_grid_knows_land_from_sea(sheet):
    def land(latitude, longitude):
        x, y = sheet.spot(latitude, longitude)
        return bool(sheet.land[int(y / GRID), int(x / GRID)])

    assert sheet.land.shape == (HEIGHT // GRID, WIDTH // GRID)
    assert all(land(*point) for code, point in reference_points().items() if not code.startswith("31.01"))
    assert land(*MONAS)
    assert not land(-6.07, 106.85)  # the bay
    assert not land(-6.30, 106.65)  # Tangerang
    assert 0.3 < np.mean(sheet.land) < 0.5


def test_marks_of_kepulauan_seribu_are_not_on_the_sheet(sheet):
    here = Mark(*MONAS, 30.0, "Gambir", over_24h=True)
    away = Mark(-5.745, 106.61, 30.0, "Pulau Panggang", over_24h=True)
    assert on_sheet(sheet, [here, away]) == [here]
