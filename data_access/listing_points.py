"""Where a point lies, said to the database without any extension: polygons made from H3 cells."""

from functools import cache

import h3

from data_access import geography, points
from data_access.listing_facets import POINT_KINDS

# PostgreSQL compares coordinates of its polygons within 1e-6: in parts of a metre only when a degree is 10,000 units.
UNITS_PER_DEGREE = 10_000
LATITUDE, LONGITUDE = "nullif(latitude, 'NaN')::double precision", "nullif(longitude, 'NaN')::double precision"


def point_condition(kind: str) -> str:
    """A condition for a kind of point (of data_access.listing.POINTS)."""
    if kind == "tanpa":
        return f"{LATITUDE} is null or {LONGITUDE} is null"
    there = f"{LATITUDE} is not null and {LONGITUDE} is not null"
    limit = points.NULL_ISLAND_DEGREES
    zero = f"abs({LATITUDE}) < {limit} and abs({LONGITUDE}) < {limit}"
    swapped = _in_jakarta(LONGITUDE, LATITUDE)
    inside_jakarta = _in_jakarta(LATITUDE, LONGITUDE)
    return {
        POINT_KINDS[points.INSIDE]: inside_jakarta,
        POINT_KINDS[points.NULL_ISLAND]: zero,
        POINT_KINDS[points.SWAPPED]: swapped,
        POINT_KINDS[points.OUTSIDE]: f"{there} and not ({inside_jakarta}) and not ({zero}) and not ({swapped})",
    }[kind]


def inside(cells: list[str], single_precision: bool = False) -> str:
    """A condition: the point lies in one of the H3 cells. `single_precision`: the point as a frame keeps it."""
    latitude, longitude = LATITUDE, LONGITUDE
    if single_precision:
        latitude, longitude = (f"({name})::real::double precision" for name in (latitude, longitude))
    return _within(tuple(sorted(cells)), latitude, longitude)


def _in_jakarta(latitude: str, longitude: str) -> str:
    return _within(tuple(h3.int_to_str(cell) for cell in geography.land_cells().cell.tolist()), latitude, longitude)


@cache
def _outline(cells: tuple[str, ...]) -> list[tuple[list, list[list]]]:
    """(outer ring, holes) of the area the cells cover, each ring of (latitude, longitude)."""
    shape = h3.cells_to_h3shape(list(cells), tight=False)
    return [(polygon.outer, list(polygon.holes)) for polygon in shape]


def _within(cells: tuple[str, ...], latitude: str, longitude: str) -> str:
    rings = _outline(cells)
    south, north = min(y for outer, _ in rings for y, _ in outer), max(y for outer, _ in rings for y, _ in outer)
    west, east = min(x for outer, _ in rings for _, x in outer), max(x for outer, _ in rings for _, x in outer)
    place = f"point({longitude} * {UNITS_PER_DEGREE}, {latitude} * {UNITS_PER_DEGREE})"
    around = f"{latitude} between {south} and {north} and {longitude} between {west} and {east}"
    parts = (" and not ".join(_covers(ring, place) for ring in (outer, *holes)) for outer, holes in rings)
    # In a CASE, so that only points nearby are compared with many corners; never null.
    return f"case when {around} then {' or '.join(f'({part})' for part in parts)} else false end"


def _covers(ring: list, place: str) -> str:
    corners = ",".join(f"({x * UNITS_PER_DEGREE!r},{y * UNITS_PER_DEGREE!r})" for y, x in ring)
    return f"'({corners})'::polygon @> {place}"
