"""How do areas that touch become lines that are shared? Pure geometry over (longitude, latitude) in degrees.

Areas are given as rings with the area on the left. Edges between rings of one code cancel, the others are chained into
*arcs* from junction to junction, smoothed and simplified once, so neighbours share a border to the last digit.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

TOLERANCE_DEGREES = 0.0002  # some 22 m: a third of a pixel on the wall
DECIMALS = 5  # some 1 m
ISLET_POINTS = 14
SMOOTHING = (0.5, -0.35)  # towards the mean of the neighbours, then part of the way back

Point = tuple[float, float]  # longitude, latitude in degrees
Line = tuple[Point, ...]
Polygon = tuple[str, list[Point]]  # code, open ring with the area on its left


@dataclass(frozen=True)
class Arc:
    """A border with code `left` on its left; `right` is None where the area ends. A ring ends where it began."""

    left: str
    right: str | None
    line: tuple[Point, ...]


def arcs_between(polygons: Iterable[Polygon], smoothing_steps: int) -> tuple[Arc, ...]:
    """Every border between two codes, and between a code and the outside, each once.

    `smoothing_steps` 0 keeps the points where they are. Rings of neighbours must use the same points.
    """
    sides = {(a, b): code for code, ring in polygons for a, b in zip(ring, ring[1:] + ring[:1], strict=True) if a != b}
    sides = {edge: code for edge, code in sides.items() if sides.get(edge[::-1]) != code}
    neighbours = defaultdict(set)
    for a, b in sides:
        neighbours[a].add(b)
        neighbours[b].add(a)
    place = _smoothed(neighbours, smoothing_steps)
    every = (
        Arc(sides[line[0], line[1]], sides.get((line[1], line[0])), _simplified(_placed(line, place, neighbours)))
        for line in _lines(sides, neighbours)
    )
    # Two junctions less than a metre apart, or an islet thinner than the tolerance, leave a ring around nothing.
    return tuple(arc for arc in every if arc.line[0] != arc.line[-1] or len(arc.line) > 3)


def _smoothed(neighbours: dict[Point, set[Point]], steps: int) -> dict[Point, Point]:
    """New place of each border point: moved towards the mean of its neighbours, then part of the way back (Taubin).

    Points are moved, never added or dropped, and junctions move with the rest, so no gap or sliver can open.
    """
    place = {point: point for point in neighbours}
    for factor in SMOOTHING * steps:
        place = {
            point: tuple(place[point][i] + factor * (_mean(place, around, i) - place[point][i]) for i in (0, 1))
            for point, around in neighbours.items()
        }
    return place


def _placed(line: list[Point], place: dict[Point, Point], neighbours: dict[Point, set[Point]]) -> list[Point]:
    """The smoothed line; an islet of a cell or two stays as it is, smoothing would wash it away."""
    islet = line[0] == line[-1] and len(line) <= ISLET_POINTS and len(neighbours[line[0]]) == 2
    return line if islet else [place[point] for point in line]


def _mean(place: dict[Point, Point], points: set[Point], axis: int) -> float:
    return math.fsum(place[point][axis] for point in points) / len(points)


def _lines(sides: dict, neighbours: dict[Point, set[Point]]) -> Iterable[list[Point]]:
    """Chains of border edges from junction to junction, then the closed rings without one; each edge in one chain."""
    seen: set[tuple[Point, Point]] = set()
    for starts_at_junction in (True, False):
        for edge in sides:
            if edge not in seen and (len(neighbours[edge[0]]) != 2 or not starts_at_junction):
                line = _follow(edge, neighbours)
                seen.update(pairwise(line))
                seen.update(pairwise(line[::-1]))
                yield line


def _follow(edge: tuple[Point, Point], neighbours: dict[Point, set[Point]]) -> list[Point]:
    line = list(edge)
    while line[-1] != line[0] and len(neighbours[line[-1]]) == 2:
        line.append(next(iter(neighbours[line[-1]] - {line[-2]})))
    return line


def _simplified(line: list[Point]) -> Line:
    """Douglas-Peucker; a closed line keeps its farthest point too, so that it stays an area."""
    if line[0] == line[-1]:
        far = max(range(len(line)), key=lambda i: math.dist(line[0], line[i]))
        kept = _keep(line[: far + 1]) + _keep(line[far:])[1:]
    else:
        kept = _keep(line)
    return tuple((round(x, DECIMALS), round(y, DECIMALS)) for x, y in kept)


def _keep(line: list[Point]) -> list[Point]:
    """The points that matter, by a stack instead of recursion: an official border can have thousands."""
    kept, spans = {0, len(line) - 1}, [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        distances = [_distance(point, line[first], line[last]) for point in line[first + 1 : last]]
        if distances and max(distances) > TOLERANCE_DEGREES:
            far = first + 1 + distances.index(max(distances))
            kept.add(far)
            spans += [(first, far), (far, last)]
    return [line[i] for i in sorted(kept)]


def _distance(point: Point, a: Point, b: Point) -> float:
    length = math.dist(a, b)
    if length == 0:
        return math.dist(point, a)
    return abs((b[0] - a[0]) * (a[1] - point[1]) - (a[0] - point[0]) * (b[1] - a[1])) / length


def stitched(lines: list[Line]) -> list[list[Point]]:
    """Closed rings out of lines that meet end to end."""
    starting = defaultdict(list)
    for line in lines:
        starting[line[0]].append(line)
    rings = []
    while starting:
        ring = list(_take(starting, next(iter(starting))))
        while ring[-1] != ring[0]:
            ring += _take(starting, ring[-1])[1:]
        rings.append(ring)
    return rings


def _take(starting: dict[Point, list], point: Point) -> Line:
    line = starting[point].pop()
    if not starting[point]:
        del starting[point]
    return line


def nested(rings: list[list[Point]]) -> list[list[list[Point]]]:
    """Rings that turn left are areas, the others are holes of the area around them."""
    polygons = [[ring] for ring in rings if signed_area(ring) > 0]
    for hole in (ring for ring in rings if signed_area(ring) < 0):
        next((polygon for polygon in polygons if contains(polygon[0], hole[0])), polygons[0]).append(hole)
    return polygons


def contains(ring: list[Point], point: Point) -> bool:
    """Whether a closed ring of (longitude, latitude) holds the point, by counting crossings."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            inside = not inside
    return inside


def signed_area(ring: list[Point]) -> float:
    """Area in square degrees; positive when the area lies on the left."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2
