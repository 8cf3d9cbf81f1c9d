"""The hot spots of the week, as rows of the list and as rings on the map."""

from dataclasses import dataclass

import numpy as np

from components.peta_map import Ring
from components.peta_spots import Spot
from data_access import cell_shapes, geography, hot_spots
from data_access.day_window import DAYS
from data_access.hot_spots import HotSpot, Weeks
from data_access.kept import Kept
from data_access.listing import Listing, href
from data_access.waiting import WARNING_LIMIT_HOURS
from pages._peta.reading import Reading

SHOWN = 6
KEPT_SECONDS = 600  # past weeks change only by corrections

_before: Kept[Weeks] = Kept(seconds=KEPT_SECONDS, count=24)


@dataclass(frozen=True)
class HotList:
    """`rows` shown; `hot_count` of all; weeks compared with; points of the week and duplicates among them."""

    rows: tuple[Spot, ...]
    rings: tuple[Ring, ...]
    hot_count: int
    weeks_count: int
    merged_count: int


def hot_list(reading: Reading) -> HotList:
    """The week against the weeks before. With a status chosen nothing is compared: past reports are finished."""
    now = hot_spots.weeks_of(reading.week, reading.window.first_day, 1, reading.as_of_us)
    weeks_count = hot_spots.weeks_before(reading.window, reading.first_complete_day)
    if reading.filters.status or weeks_count < hot_spots.WEEKS_NEEDED:
        return HotList((), (), 0, weeks_count, now.merged_count)
    found = hot_spots.find(_weeks_before(reading, weeks_count), now)
    hot_count = sum(spot.is_hot for spot in found)
    waiting = hot_spots.waiting_long(reading.frame, reading.as_of_us)
    numbers = [place + 1 if spot.is_hot else None for place, spot in enumerate(found[:SHOWN])]
    rows = [_row(reading, spot, number, waiting) for spot, number in zip(found, numbers, strict=False)]
    rings = [_ring(reading, spot, number) for spot, number in zip(found, numbers, strict=False) if number]
    return HotList(tuple(rows), tuple(rings), hot_count, weeks_count, now.merged_count)


def _weeks_before(reading: Reading, count: int) -> Weeks:
    first_day = reading.window.first_day - count * DAYS
    categories = len(reading.frame.names.categories)  # a new one changes every code
    key = (reading.scope.key(), reading.filters, str(reading.period), first_day, count, categories)
    return _before.get(key, lambda: hot_spots.weeks_of(reading.frame, first_day, count, reading.as_of_us))


def _row(reading: Reading, spot: HotSpot, number: int | None, waiting: np.ndarray) -> Spot:
    week = reading.week
    here = week.cell == spot.cell
    category_id, category = week.names.categories[spot.category]
    cell, kota = geography.wall_cells()[spot.cell], _kelurahan(spot)[:5]
    late = Listing(reading.everything, cell=cell, waiting_over_hours=WARNING_LIMIT_HOURS)
    return Spot(
        number=number,
        name=geography.names()[_kelurahan(spot)],
        kota=geography.names()[kota].removeprefix("Kota Administrasi ").removeprefix("Kabupaten Administrasi "),
        reports_count=int(here.sum()),
        reports_href=reading.list_of_week(cell=cell),
        different_count=spot.different_count,
        category=category,
        category_count=int((here & (week.category == spot.category)).sum()),
        category_href=reading.list_of_week(cell=cell, category_id=category_id),
        usual_count=spot.usual_count,
        limit_count=spot.limit_count,
        weeks=spot.weeks,
        waiting_count=int(waiting[spot.cell]),
        waiting_href=href(late),
    )


def _ring(reading: Reading, spot: HotSpot, number: int) -> Ring:
    latitude, longitude = cell_shapes.centre(spot.cell)
    address = reading.list_of_week(cell=geography.wall_cells()[spot.cell])
    return Ring(number, geography.names()[_kelurahan(spot)], round(latitude, 5), round(longitude, 5), address)


def _kelurahan(spot: HotSpot) -> str:
    return geography.kelurahan_codes()[int(cell_shapes.kelurahan_of_wall()[spot.cell])]
