"""What the map is painted with: the classes of cells or areas, the islands, and all days for the time bar's play."""

from functools import cache

import numpy as np

from components import peta_map, peta_scale
from components.formats import decimal, integer, percent
from components.peta_scale import Island
from data_access import areas, boundaries, cell_shapes, geography, points
from data_access.day_window import DAYS, between, moving_counts
from data_access.frame import wib_day
from pages._peta.reading import CELLS, UNFINISHED, Reading


@cache
def lines() -> dict:
    """Coast and borders of the mainland."""
    return boundaries.mainland()


@cache
def shapes() -> dict:
    """All shapes of the map, sent once with the page."""
    outlines = boundaries.outlines("kelurahan")["features"]
    mainland = [feature for feature in outlines if not feature["id"].startswith(geography.ISLANDS_CODE)]
    names = [geography.names()[code] for code in geography.kelurahan_codes()]
    areas_of_map = {"type": "FeatureCollection", "features": mainland}
    return {"coarse": cell_shapes.coarse(), "fine": cell_shapes.fine(), "areas": areas_of_map, "kelurahan": names}


def ground(reading: Reading) -> dict:
    """Classes and counts of one week."""
    if reading.mode != CELLS:
        return {"areas": _area_rows(reading)}
    walls, lands = _cell_counts(reading)
    coarse, fine = cell_shapes.mainland_walls(), cell_shapes.mainland_land()
    return {
        "coarse": {"classes": peta_map.digits(walls[coarse], _walls_km2()[coarse]), "counts": walls[coarse].tolist()},
        "fine": {"classes": peta_map.digits(lands[fine], _lands_km2()[fine]), "counts": lands[fine].tolist()},
    }


def every_day(reading: Reading) -> dict:
    """Classes of the weeks up to each day of the time bar; what play steps through without asking again."""
    first, last = reading.days
    frame = reading.frame.only(np.flatnonzero(between(reading.frame, first - DAYS + 1, last, reading.as_of_us)))
    days, ends = wib_day(frame.entered) - (first - DAYS + 1), last - first + 1
    if reading.mode != CELLS:
        return {"days": ends, "areas": _areas_by_day(reading, frame, days, ends)}
    coarse, fine = cell_shapes.mainland_walls(), cell_shapes.mainland_land()
    walls = moving_counts(frame.cell.astype(np.int64), days, len(_walls_km2()), ends)[coarse]
    lands = moving_counts(points.land_cell(frame).astype(np.int64), days, len(_lands_km2()), ends)[fine]
    return {
        "days": ends,
        "coarse": peta_map.days_digits(walls, _walls_km2()[coarse]),
        "fine": peta_map.days_digits(lands, _lands_km2()[fine]),
    }


def islands(reading: Reading) -> list[Island]:
    """The kelurahan of Kepulauan Seribu."""
    level = areas.of_level("kelurahan")
    counted = areas.counts(reading.week, slice(None), "kelurahan")
    signs = _signs(counted.reports, counted.unfinished, level.land_km2, reading.measure)
    return [
        Island(name.removeprefix("Pulau "), int(counted.reports[at]), signs[at], reading.list_of_week(area_code=code))
        for at, (code, name) in enumerate(zip(level.codes, level.names, strict=True))
        if code.startswith(f"{geography.ISLANDS_CODE}.") and reading.area_meant(code)
    ]


def scale_names(reading: Reading) -> tuple[str, ...]:
    """What the classes are called."""
    return peta_scale.NAMES[reading.measure]


def area_texts(reading: Reading) -> list[tuple[str, str, int, str]]:
    """(code, name, reports, figure in words) of the areas, most reports first, or the highest share not done of those
    with enough reports."""
    level, counted = areas.of_level(reading.mode), areas.counts(reading.week, slice(None), reading.mode)
    rows = zip(level.codes, level.names, counted.reports.tolist(), _figures(reading, level, counted), strict=True)
    if reading.measure != UNFINISHED:
        return sorted(rows, key=lambda row: -row[2])
    share = dict(zip(level.codes, counted.unfinished / np.maximum(counted.reports, 1), strict=True))
    return sorted((row for row in rows if row[2] >= peta_map.REPORTS_NEEDED), key=lambda row: -share[row[0]])


def _area_rows(reading: Reading) -> list[list]:
    level, counted = areas.of_level(reading.mode), areas.counts(reading.week, slice(None), reading.mode)
    signs = _signs(counted.reports, counted.unfinished, level.land_km2, reading.measure)
    figures = _figures(reading, level, counted)
    counts = counted.reports.tolist()
    return [
        [code, sign, f"{name}: {integer(count)} laporan, {figure}", reading.area_meant(code)]
        for code, name, sign, count, figure in zip(level.codes, level.names, signs, counts, figures, strict=True)
    ]


def _figures(reading: Reading, level: areas.Areas, counted: areas.AreaCounts) -> list[str]:
    if reading.measure == UNFINISHED:
        pairs = zip(counted.unfinished.tolist(), counted.reports.tolist(), strict=True)
        return [f"{percent(part / whole, 0)}% belum selesai" if whole else "tanpa laporan" for part, whole in pairs]
    return [f"{decimal(number)} per km²" for number in (counted.reports / level.land_km2).tolist()]


def _areas_by_day(reading: Reading, frame, days: np.ndarray, ends: int) -> dict:
    level = areas.of_level(reading.mode)
    place = areas.positions(frame.names, reading.mode)[frame.kelurahan]
    reports = moving_counts(place, days, len(level.codes), ends)
    open_place = np.where(areas.is_unfinished(frame), place, -1)
    unfinished = moving_counts(open_place, days, len(level.codes), ends)
    land = np.repeat(level.land_km2, ends)
    return {"codes": level.codes, "classes": _signs(reports.ravel(), unfinished.ravel(), land, reading.measure)}


def _signs(reports: np.ndarray, unfinished: np.ndarray, land_km2: np.ndarray, measure: str) -> str:
    return peta_map.share_digits(unfinished, reports) if measure == UNFINISHED else peta_map.digits(reports, land_km2)


def _cell_counts(reading: Reading) -> tuple[np.ndarray, np.ndarray]:
    walls, lands = reading.week.cell, points.land_cell(reading.week)
    return (
        np.bincount(walls[walls >= 0], minlength=len(_walls_km2())),
        np.bincount(lands[lands >= 0], minlength=len(_lands_km2())),
    )


def _walls_km2() -> np.ndarray:
    return geography.wall_areas_km2()


def _lands_km2() -> np.ndarray:
    return cell_shapes.land_areas_km2()
