"""Which line bounds a kelurahan, a kecamatan, a kota? From the land cells, or from an official GeoJSON when one is set.

Every border is one *arc* between two areas, smoothed and simplified once, so neighbours share it to the last digit and
the three levels fit each other. A kecamatan or kota is its kelurahan with the arcs between them left out.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import h3.api.numpy_int as h3

from data_access import geography
from data_access.border_arcs import Arc, Line, Point, Polygon, arcs_between, nested, signed_area, stitched
from data_access.settings import SettingsError, settings

LEVELS = {"kota": 5, "kecamatan": 8, "kelurahan": 13}  # length of a Kemendagri code: 31.71, 31.71.01, 31.71.01.1001
CODE_KEYS = ("code", "kode", "kode_kemendagri", "kode_kel", "kode_desa", "kd_kel", "KODE", "KODE_KEL", "KODE_DESA")
SMOOTHING_STEPS = 3  # enough to lose the hexagons' saw, few enough to keep a kelurahan of two cells


def outlines(level: str) -> dict:
    """GeoJSON FeatureCollection of MultiPolygons for 'kota', 'kecamatan' or 'kelurahan', with `code` and `name`.

    Raises SettingsError when BOUNDARIES names a file that cannot be used.
    """
    return outlines_of(arcs(), level)


def mainland() -> dict:
    """The lines of the wall's map, without Kepulauan Seribu. Errors as `outlines`."""
    return mainland_of(arcs())


@cache
def arcs() -> tuple[Arc, ...]:
    """All borders in use: from the file BOUNDARIES names, else from the land cells. Errors as `outlines`."""
    path = settings().boundaries
    return arcs_of_file(path) if path else arcs_of_cells()


@cache
def arcs_of_cells() -> tuple[Arc, ...]:
    """Borders dissolved from the land cells and smoothed, since hexagon edges look like a saw."""
    corner = cache(lambda vertex: h3.vertex_to_latlng(vertex)[::-1])
    cells = geography.kelurahan_of_cell().items()
    polygons = [(code, [corner(vertex) for vertex in h3.cell_to_vertexes(cell).tolist()]) for cell, code in cells]
    return arcs_between(polygons, SMOOTHING_STEPS)


def arcs_of_file(path: Path) -> tuple[Arc, ...]:
    """Borders of a GeoJSON of kelurahan polygons keyed by Kemendagri code. Raises SettingsError in one line."""
    return arcs_between(read_polygons(path), smoothing_steps=0)


def outlines_of(every_arc: Iterable[Arc], level: str) -> dict:
    """As `outlines`, for given arcs."""
    length, lines = LEVELS[level], defaultdict(list)
    for arc in every_arc:
        left, right = arc.left[:length], arc.right and arc.right[:length]
        if left != right:
            lines[left].append(arc.line)
            if right:
                lines[right].append(arc.line[::-1])
    return {"type": "FeatureCollection", "features": [_feature(code, lines[code]) for code in sorted(lines)]}


def mainland_of(every_arc: Iterable[Arc]) -> dict:
    """As `mainland`, for given arcs: each border drawn once, under the name of the highest level it parts.

    {"coast": closed rings with the land on their left, "kota": lines, "kecamatan": lines} of (longitude, latitude).
    """
    lines: dict[str, list[Line]] = {"coast": [], "kota": [], "kecamatan": []}
    for arc in every_arc:
        level = _highest_level(arc)
        if level in lines and not arc.left.startswith(geography.ISLANDS_CODE):
            lines[level].append(arc.line)
    return {**lines, "coast": stitched(lines["coast"])}


def _highest_level(arc: Arc) -> str:
    if arc.right is None:
        return "coast"
    return next(level for level, length in LEVELS.items() if arc.left[:length] != arc.right[:length])


def read_polygons(path: Path) -> list[Polygon]:
    """Rings of a GeoJSON file with their kelurahan code. Raises SettingsError when one of the 267 is missing."""
    try:
        features = json.loads(Path(path).read_text(encoding="utf-8"))["features"]
        polygons = [(_code(feature), ring) for feature in features for ring in _rings(feature["geometry"])]
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise SettingsError(
            f"BOUNDARIES={path}: not a GeoJSON of kelurahan polygons ({reason}); mend the file or unset BOUNDARIES"
        ) from None
    missing = sorted(set(geography.kelurahan_codes()) - {code for code, _ in polygons})
    if missing:
        raise SettingsError(
            f"BOUNDARIES={path}: no polygon for {len(missing)} of {len(geography.kelurahan_codes())} kelurahan, first"
            f" {missing[0]}; key each feature by Kemendagri code in 'code', 'kode' or its id, like 31.71.01.1001"
        )
    return [polygon for polygon in polygons if polygon[0] in geography.names()]


def _code(feature: dict) -> str:
    """Kemendagri code of a feature in its dotted form, from a usual property or the feature id."""
    properties = feature.get("properties") or {}
    found = next((properties[key] for key in CODE_KEYS if properties.get(key)), feature.get("id", ""))
    digits = "".join(character for character in str(found) if character.isdigit())
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}.{digits[6:]}"


def _rings(geometry: dict) -> Iterable[list[Point]]:
    """Open rings of a Polygon or MultiPolygon with the area on their left, whatever their order in the file."""
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"geometry {geometry['type']!r} where a Polygon was expected")
    many = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in many:
        for position, ring in enumerate(polygon):
            points = [(round(float(x), 7), round(float(y), 7)) for x, y, *_ in ring[:-1]]
            outer = position == 0
            yield points if (signed_area(points) > 0) == outer else points[::-1]


def _feature(code: str, lines: list[Line]) -> dict:
    geometry = {"type": "MultiPolygon", "coordinates": nested(stitched(lines))}
    return {"type": "Feature", "id": code, "properties": {"code": code, "name": geography.names()[code]},
            "geometry": geometry}  # fmt: skip
