"""Where is a point? Kelurahan and wall cells from the reference table of H3 cells, without any map service.

The table names the kelurahan of each land cell of resolution 9 (about 0.11 km2). The wall counts in their parents of
resolution 8 (about 0.75 km2). Near the edge of a kelurahan a point can fall in the neighbour's cell.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import h3.api.numpy_int as h3
import numpy as np

REFERENCE = Path(__file__).parent / "reference"
LAND_RESOLUTION = 9
WALL_RESOLUTION = 8
ISLANDS_CODE = "31.01"  # Kepulauan Seribu: 20 to 90 km north of the mainland, counted but not on the wall's map


@dataclass(frozen=True)
class LandCells:
    """One row per land cell, sorted by cell.

    `cell` uint64 H3 index of resolution 9; `kelurahan` int16 position in `kelurahan_codes()`;
    `wall_cell` int32 position in `wall_cells()`.
    """

    cell: np.ndarray
    kelurahan: np.ndarray
    wall_cell: np.ndarray


@cache
def names() -> dict[str, str]:
    """Code -> name of the province, its 6 kota, 44 kecamatan and 267 kelurahan."""
    return {row["code"]: row["name"] for row in _rows("wilayah.csv")}


@cache
def kelurahan_codes() -> tuple[str, ...]:
    """The 267 kelurahan codes, sorted."""
    return tuple(sorted({row["kelurahan_code"] for row in _rows("h3-kelurahan.csv")}))


@cache
def kelurahan_of_cell() -> dict[int, str]:
    """Land cell (H3 index as int, resolution 9) -> kelurahan code: 6,202 cells."""
    return {int(row["h3_cell"], 16): row["kelurahan_code"] for row in _rows("h3-kelurahan.csv")}


@cache
def land_cells() -> LandCells:
    """The land cells as arrays, for assigning many points at once."""
    cell = np.array(sorted(kelurahan_of_cell()), dtype=np.uint64)
    position = {code: index for index, code in enumerate(kelurahan_codes())}
    kelurahan = np.array([position[kelurahan_of_cell()[c]] for c in cell.tolist()], dtype=np.int16)
    parents = np.array([h3.cell_to_parent(c, WALL_RESOLUTION) for c in cell.tolist()], dtype=np.uint64)
    return LandCells(cell, kelurahan, np.searchsorted(_wall_cells_sorted(), parents).astype(np.int32))


@cache
def wall_cells() -> tuple[str, ...]:
    """H3 cells of resolution 8 that hold land, in the order every count per wall cell uses."""
    return tuple(h3.int_to_str(cell) for cell in _wall_cells_sorted().tolist())


@cache
def wall_areas_km2() -> np.ndarray:
    """Land of Jakarta in each wall cell, km2, float64: the part in the sea or in the next province does not count."""
    areas = [h3.cell_area(cell, unit="km^2") for cell in land_cells().cell.tolist()]
    return np.bincount(land_cells().wall_cell, weights=areas, minlength=len(wall_cells()))


@cache
def island_cells() -> np.ndarray:
    """True for the wall cells of Kepulauan Seribu, bool, in the order of `wall_cells`."""
    land = land_cells()
    islands = np.array([code.startswith(ISLANDS_CODE + ".") for code in kelurahan_codes()])
    return np.bincount(land.wall_cell, weights=islands[land.kelurahan], minlength=len(wall_cells())) > 0


@cache
def mainland_rings() -> tuple[tuple[int, tuple[tuple[float, float], ...]], ...]:
    """(wall cell index, closed hexagon of (longitude, latitude)) of every wall cell of the mainland."""
    mainland = np.flatnonzero(~island_cells()).tolist()
    return tuple((index, _hexagon(int(_wall_cells_sorted()[index]))) for index in mainland)


def cell_index(latitudes: Sequence[float], longitudes: Sequence[float]) -> np.ndarray:
    """Wall cell of each point, int32 position in `wall_cells()`; -1 outside Jakarta or where a coordinate is missing.

    Inputs are equally long arrays of degrees (NaN = missing). 30,000 points take some 20 ms.
    """
    row = _land_row(latitudes, longitudes)
    return np.where(row < 0, np.int32(-1), land_cells().wall_cell[row])


def kelurahan_index(latitudes: Sequence[float], longitudes: Sequence[float]) -> np.ndarray:
    """Kelurahan of each point, int16 position in `kelurahan_codes()`; -1 as in `cell_index`."""
    row = _land_row(latitudes, longitudes)
    return np.where(row < 0, np.int16(-1), land_cells().kelurahan[row])


def land_index(latitudes: Sequence[float], longitudes: Sequence[float]) -> np.ndarray:
    """Land cell of each point, int32 position in `land_cells()`; -1 as in `cell_index`."""
    return _land_row(latitudes, longitudes).astype(np.int32)


def kelurahan_code(latitude: float, longitude: float) -> str | None:
    """Code of the kelurahan whose cell holds the point; None outside Jakarta."""
    index = int(kelurahan_index([latitude], [longitude])[0])
    return None if index < 0 else kelurahan_codes()[index]


def _land_row(latitudes: Sequence[float], longitudes: Sequence[float]) -> np.ndarray:
    """Row in `land_cells()` of each point, -1 where none."""
    latitudes, longitudes = np.asarray(latitudes, float), np.asarray(longitudes, float)
    row = np.full(len(latitudes), -1, dtype=np.int64)
    placed = np.flatnonzero((np.abs(latitudes) <= 90) & (np.abs(longitudes) <= 180))  # h3 refuses NaN and infinity
    pairs = zip(latitudes[placed].tolist(), longitudes[placed].tolist(), strict=True)
    cell = np.fromiter((h3.latlng_to_cell(y, x, LAND_RESOLUTION) for y, x in pairs), np.uint64, len(placed))
    land = land_cells().cell
    found = np.minimum(np.searchsorted(land, cell), len(land) - 1)
    row[placed] = np.where(land[found] == cell, found, -1)
    return row


@cache
def _wall_cells_sorted() -> np.ndarray:
    parents = {h3.cell_to_parent(cell, WALL_RESOLUTION) for cell in kelurahan_of_cell()}
    return np.array(sorted(parents), dtype=np.uint64)


def _hexagon(cell: int) -> tuple[tuple[float, float], ...]:
    corners = [(round(longitude, 5), round(latitude, 5)) for latitude, longitude in h3.cell_to_boundary(cell)]
    return (*corners, corners[0])


def _rows(file_name: str) -> list[dict[str, str]]:
    with (REFERENCE / file_name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
