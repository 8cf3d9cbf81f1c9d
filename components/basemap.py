"""Where on the map's sheet does a place lie, and where is land?

The sheet is 600 x 468 units however large the panel is: the browser fits it to the panel and scales text and marks with
it, so what does not overlap on the sheet overlaps nowhere. Jakarta stands at its right, Kepulauan Seribu is beyond it.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

WIDTH, HEIGHT = 600, 468
LAND_BOX = (144, 30, 592, 464)  # left, top, right, bottom of Jakarta on the sheet
GRID = 4  # units per cell of the room grid

Spot = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """A waiting report at a point; `hours` waited so far."""

    latitude: float
    longitude: float
    hours: float
    kelurahan_name: str
    over_24h: bool


@dataclass(frozen=True)
class Sheet:
    """Jakarta on 600 x 468 units. `coast` are closed rings of (longitude, latitude) in degrees."""

    coast: tuple[tuple[tuple[float, float], ...], ...]

    @cached_property
    def _frame(self) -> tuple[float, float, float]:
        """Units per degree of longitude, longitude of the left edge, Mercator degrees of the top edge."""
        points = [(x, _mercator(y)) for ring in self.coast for x, y in ring]
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        left, top, right, bottom = LAND_BOX
        scale = min((right - left) / (east - west), (bottom - top) / (north - south))
        return scale, east - right / scale, (north + south) / 2 + (top + bottom) / 2 / scale

    def spot(self, latitude: float, longitude: float) -> Spot:
        """Degrees -> (x, y) on the sheet, y downwards."""
        scale, west, north = self._frame
        return (longitude - west) * scale, (north - _mercator(latitude)) * scale

    def place(self, x: float, y: float) -> tuple[float, float]:
        """(x, y) on the sheet -> (latitude, longitude) in degrees, 5 decimals."""
        scale, west, north = self._frame
        return round(_latitude(north - y / scale), 5), round(west + x / scale, 5)

    def bounds(self) -> list[list[float]]:
        """[[south, west], [north, east]] of the whole sheet, as Leaflet takes it."""
        return [list(self.place(0, HEIGHT)), list(self.place(WIDTH, 0))]

    @cached_property
    def land(self) -> np.ndarray:
        """bool[rows, columns] of the room grid: True where there is land within a gap. Row 0 is the top."""
        y, x = np.mgrid[GRID / 2 : HEIGHT : GRID, GRID / 2 : WIDTH : GRID]
        land = np.zeros(x.shape, dtype=bool)
        for ring in self.coast:
            corners = np.array([self.spot(latitude, longitude) for longitude, latitude in ring])
            for (ax, ay), (bx, by) in pairwise(corners):
                if ay != by:
                    land ^= ((ay > y) != (by > y)) & (x < ax + (y - ay) * (bx - ax) / (by - ay))
        return _widened(_widened(land))


def on_sheet(sheet: Sheet, marks: Iterable[Mark]) -> list[Mark]:
    """The marks that lie on the sheet: those of Kepulauan Seribu do not."""
    spots = [(mark, sheet.spot(mark.latitude, mark.longitude)) for mark in marks]
    return [mark for mark, (x, y) in spots if 0 <= x <= WIDTH and 0 <= y <= HEIGHT]


def _widened(grid: np.ndarray) -> np.ndarray:
    padded = np.pad(grid, 1)
    return padded[:-2, 1:-1] | padded[2:, 1:-1] | padded[1:-1, :-2] | padded[1:-1, 2:] | grid


def _mercator(latitude: float) -> float:
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))


def _latitude(mercator: float) -> float:
    return math.degrees(math.atan(math.sinh(math.radians(mercator))))
