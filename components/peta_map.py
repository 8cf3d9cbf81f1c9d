"""The map of the screen Peta: hexagons of two sizes or areas, hot spots as numbered rings. assets/81-peta.js draws it.

The frame is mounted once; what changes comes as the data of one store (`map_data`) and is painted by class.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import dash_leaflet as dl
import numpy as np
from dash import dcc, html

from components import ids
from components.density_map import KOTA_NAMES, classes_of
from components.map_layers import js, line_layer, mask, multi_line

SCRIPT = "ruangPantauLuas"
SHARE_STARTS = (0.1, 0.25, 0.5, 0.75)  # classes 2 to 5 begin above these shares of reports not done
REPORTS_NEEDED = 5  # a share of fewer reports says nothing
TOO_FEW = "x"


@dataclass(frozen=True)
class Ring:
    """A hot spot on the map: its number in the list, name, middle in degrees and the address of its reports."""

    number: int
    name: str
    latitude: float
    longitude: float
    href: str


def map_frame(lines: dict, shapes: dict, tile_url: str | None = None, attribution: str = "") -> html.Div:
    """The map without figures. `lines` as `density_map`; `shapes` is {"coarse", "fine": cells, "areas": GeoJSON of the
    kelurahan, "kelurahan": names}."""
    home = {"home": _bounds(lines["coast"])}
    tiles = [dl.TileLayer(url=tile_url, attribution=attribution)] if tile_url else []
    layers = [
        *tiles,
        dl.Pane(line_layer(mask(lines["coast"]), js("open", SCRIPT), home), name="peta-pantai"),
        dl.Pane(line_layer(multi_line(lines["kecamatan"], "kec")), name="peta-kecamatan"),
        dl.Pane(line_layer(multi_line(lines["kota"], "kota")), name="peta-kota"),
    ]
    drawing = dl.Map(
        layers,
        id=ids.PETA_MAP,
        bounds=home["home"],
        zoomSnap=0,
        zoomControl=False,
        attributionControl=bool(tile_url),
        doubleClickZoom=False,
        trackViewport=False,
    )
    kota = [[f"Jakarta {name}", *place] for name, place in KOTA_NAMES.items()]
    stores = [dcc.Store(ids.PETA_SHAPES, data=shapes | {"kota": kota}), dcc.Store(ids.PETA_DATA)]
    summary = html.P(id=ids.PETA_SUMMARY, className="only-spoken")
    return html.Div(
        [summary, drawing, *stores],
        className="peta-lembar peta-luas peta-ubin" if tile_url else "peta-lembar peta-luas",
        role="group",
        **{"aria-labelledby": ids.PETA_SUMMARY},
    )


def digits(counts: Sequence[int], areas_km2: Sequence[float]) -> str:
    """One digit per cell: its class by reports per km2."""
    return (classes_of(counts, areas_km2) + ord("0")).astype(np.uint8).tobytes().decode()


def share_digits(unfinished: np.ndarray, reports: np.ndarray) -> str:
    """One sign per area: its class by the share of reports not done, TOO_FEW below REPORTS_NEEDED reports."""
    share = np.divide(unfinished, reports, out=np.zeros(len(reports)), where=reports > 0)
    classes = np.where(unfinished > 0, np.searchsorted(SHARE_STARTS, share, side="left") + 1, 0)
    return "".join(
        str(c) if n >= REPORTS_NEEDED else TOO_FEW for c, n in zip(classes.tolist(), reports.tolist(), strict=True)
    )


def days_digits(counts: np.ndarray, areas_km2: np.ndarray) -> str:
    """As `digits` for int64 (cells, days): all days of the first cell, then of the second; so it packs well."""
    return digits(counts.ravel(), np.repeat(areas_km2, counts.shape[1]))


def map_data(mode: str, ground: dict, rings: Sequence[Ring], scale: Sequence[str], links: dict[str, str]) -> dict:
    """Data of the store: what to paint (`ground`), the rings, the names of the classes, and where a click leads."""
    marks = [{"number": r.number, "name": r.name, "at": [r.latitude, r.longitude], "href": r.href} for r in rings]
    return {"mode": mode, **ground, "rings": marks, "scale": list(scale), "links": links}


def _bounds(coast: Sequence) -> list[list[float]]:
    longitudes, latitudes = ([point[axis] for ring in coast for point in ring] for axis in (0, 1))
    return [[min(latitudes), min(longitudes)], [max(latitudes), max(longitudes)]]
