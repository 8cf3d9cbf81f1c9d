"""Reports by area and by sliding weeks, against counts made one by one."""

from dataclasses import replace

import numpy as np
import pytest

from data_access import areas, cell_shapes, day_window, geography
from data_access.day_window import DayWindow, day_of
from data_access.filters import Filters
from data_access.frame import wib_day
from data_access.listing import Listing, mask
from tests.builders import at, frame, report, wib

NOW = at("2026-11-22 14:05")
ROWS = frame(
    report(kelurahan="31.71.01.1001", status="selesai", completed="2026-11-21 08:00", entered="2026-11-20 08:00"),
    report(kelurahan="31.71.01.1002", status="proses", entered="2026-11-15 23:59"),
    report(kelurahan="31.71.02.1001", entered="2026-11-16 00:00"),
    report(kelurahan="31.01.01.1001", entered="2026-11-22 14:05"),
    report(kelurahan="tidak ada", entered="2026-11-22 15:00"),
)


@pytest.mark.parametrize(("level", "count"), [("kota", 6), ("kecamatan", 44), ("kelurahan", 267)])
def test_every_level_has_its_areas_and_all_the_land(level, count):
    found = areas.of_level(level)
    assert len(found.codes) == len(found.names) == count
    assert found.land_km2.sum() == pytest.approx(660.7, abs=0.5)


@pytest.mark.parametrize("level", areas.LEVELS)
def test_the_reports_of_an_area_are_those_of_its_list(level):
    found = areas.counts(ROWS, slice(None), level)
    for place, code in enumerate(areas.of_level(level).codes):
        listing = Listing(Filters("semua", area_code=code))
        assert found.reports[place] == mask(ROWS, listing, NOW).sum()
        assert found.unfinished[place] == mask(ROWS, replace(listing, open_only=True), NOW).sum()
    assert (found.reports.sum(), found.unfinished.sum()) == (4, 3)


def test_a_window_is_seven_days_in_jakarta_up_to_now():
    window = DayWindow(day_of(wib("2026-11-22 00:00").date()))
    assert [day.isoformat() for day in window.dates] == ["2026-11-16", "2026-11-22"]
    assert window.mask(ROWS, NOW).tolist() == [True, False, True, True, False]
    listing = Listing(Filters("semua"), entered=window.dates)
    assert window.mask(ROWS, NOW).tolist() == mask(ROWS, listing, NOW).tolist()


def test_days_are_counted_one_by_one():
    last = int(wib_day(NOW))
    assert day_window.counts_by_day(ROWS, last - 7, last, NOW).tolist() == [1, 1, 0, 0, 0, 1, 0, 1]


def test_sliding_weeks_equal_a_window_at_each_end():
    rng = np.random.default_rng(6)
    places, days = rng.integers(-1, 4, 500), rng.integers(0, 30, 500)
    found = day_window.moving_counts(places, days, 4, 24)
    for end in range(24):
        inside = (days >= end) & (days < end + 7)
        assert found[:, end].tolist() == [int((inside & (places == place)).sum()) for place in range(4)]


def test_a_cell_is_drawn_where_it_is():
    shapes = cell_shapes.coarse()
    corners = np.array(shapes["corners"]) / cell_shapes.SCALE
    for place in (0, 300, len(shapes["ids"]) - 1):
        position = int(cell_shapes.mainland_walls()[place])
        middle = np.array(shapes["origin"]) + np.array(shapes["centres"][2 * place : 2 * place + 2]) / cell_shapes.SCALE
        ring = dict(geography.mainland_rings())[position]
        drawn = middle + corners
        assert np.abs(drawn - np.array(ring[:-1])[:, ::-1]).max() < 0.0002  # 20 m of a cell of 1,000
        assert shapes["ids"][place] == geography.wall_cells()[position]
