"""The hexagons of the mainland for a map that draws them itself: centres, one shape for all, and their names.

H3 cells of one resolution are so nearly equal in a city (the corners differ by some 2 m) that a centre is enough.
"""

from functools import cache

import h3
import numpy as np

from data_access import geography

SCALE = 100_000  # five decimals of a degree, about 1 m


@cache
def mainland_walls() -> np.ndarray:
    """Positions in `geography.wall_cells()` on the mainland, int64: the coarse cells in the order of the map."""
    return np.flatnonzero(~geography.island_cells())


@cache
def mainland_land() -> np.ndarray:
    """Positions in `geography.land_cells()` on the mainland, int64: the fine cells in the order of the map."""
    return np.flatnonzero(~geography.island_cells()[geography.land_cells().wall_cell])


@cache
def land_areas_km2() -> np.ndarray:
    """Area of each land cell, km2, float64, in the order of `geography.land_cells()`."""
    return np.array([h3.cell_area(cell, unit="km^2") for cell in _land_ids()])


@cache
def kelurahan_of_wall() -> np.ndarray:
    """int64 per wall cell: the kelurahan (position in `kelurahan_codes()`) that has most of its land."""
    land = geography.land_cells()
    size = len(geography.kelurahan_codes())
    shares = np.bincount(land.wall_cell * np.int64(size) + land.kelurahan, minlength=len(geography.wall_cells()) * size)
    return shares.reshape(-1, size).argmax(axis=1)


def centre(wall_cell: int) -> tuple[float, float]:
    """(latitude, longitude) of the middle of a wall cell, degrees."""
    return h3.cell_to_latlng(geography.wall_cells()[wall_cell])


def coarse() -> dict:
    """The coarse cells as `_shapes`."""
    ids = [geography.wall_cells()[position] for position in mainland_walls().tolist()]
    return _shapes(ids, kelurahan_of_wall()[mainland_walls()])


def fine() -> dict:
    """The fine cells as `_shapes`."""
    ids = [_land_ids()[position] for position in mainland_land().tolist()]
    return _shapes(ids, geography.land_cells().kelurahan[mainland_land()])


def _shapes(ids: list[str], kelurahan: np.ndarray) -> dict:
    """H3 indexes; centres and corners in 1/SCALE degrees (latitude, longitude), centres from `origin`, corners from the
    centre; the kelurahan of each cell."""
    centres = np.array([h3.cell_to_latlng(name) for name in ids])
    corners = [np.array(h3.cell_to_boundary(name)) - middle for name, middle in zip(ids, centres, strict=True)]
    origin = centres.min(axis=0).round(5)
    return {
        "ids": ids,
        "origin": origin.tolist(),
        "centres": ((centres - origin) * SCALE).round().astype(int).ravel().tolist(),
        "corners": (np.mean(corners, axis=0) * SCALE).round(1).tolist(),
        "kelurahan": kelurahan.tolist(),
    }


@cache
def _land_ids() -> tuple[str, ...]:
    return tuple(h3.int_to_str(cell) for cell in geography.land_cells().cell.tolist())
