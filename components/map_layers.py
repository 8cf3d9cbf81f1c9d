"""What the maps are made of: Leaflet layers of lines, the shore, GeoJSON, and how a script's function is named."""

from collections.abc import Sequence

import dash_leaflet as dl

FRAME_DEGREES = 0.5  # how far beyond Jakarta the mask reaches


def line_layer(data: dict, opened: dict | None = None, hideout: dict | None = None):
    """A layer of lines that nothing answers to; `opened` is the function that gets the map, with `hideout`."""
    hooks = {"hideout": hideout, "onEachFeature": opened} if opened else {}
    return dl.GeoJSON(data=data, style=js("lineStyle"), interactive=False, **hooks)


def mask(coast: Sequence) -> dict:
    """Everything but the land: a frame with Jakarta cut out of it, so that cells end at the shore.

    `coast` are closed rings of (longitude, latitude).
    """
    west, east = min(x for ring in coast for x, _ in ring), max(x for ring in coast for x, _ in ring)
    south, north = min(y for ring in coast for _, y in ring), max(y for ring in coast for _, y in ring)
    west, south, east, north = west - FRAME_DEGREES, south - FRAME_DEGREES, east + FRAME_DEGREES, north + FRAME_DEGREES
    frame = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    geometry = {"type": "Polygon", "coordinates": [frame, *coast]}
    return collection([{"type": "Feature", "properties": {"sign": "coast"}, "geometry": geometry}])


def multi_line(lines: Sequence, sign: str) -> dict:
    """All lines as one feature with the class `sign`."""
    geometry = {"type": "MultiLineString", "coordinates": lines}
    return collection([{"type": "Feature", "properties": {"sign": sign}, "geometry": geometry}])


def point(latitude: float, longitude: float, properties: dict) -> dict:
    """A point in degrees."""
    geometry = {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(features: list[dict]) -> dict:
    """Features as GeoJSON."""
    return {"type": "FeatureCollection", "features": features}


def js(name: str, script: str = "ruangPantauPeta") -> dict[str, str]:
    """A function of assets/60-map.js or another script, found by its name: no code travels in the page, so no eval is
    allowed there."""
    return {"variable": f"{script}.{name}"}
