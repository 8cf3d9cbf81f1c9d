"""The map of report density: Jakarta from its own outlines, hexagons by density, and who waits where.

The map is mounted once. Afterwards only the `data` of three layers change (`part(id, "classes")`, `part(id, "marks")`,
`part(id, "labels")`) and the `children` of two texts (`part(id, "summary")`, `part(id, "islands")`). The names of the
kota are of the layer of the marks: they step aside for each of them.
"""

import html as text_html
from collections.abc import Sequence

import dash_leaflet as dl
import numpy as np
from dash import html

from components import formats
from components.basemap import Mark, Sheet, on_sheet
from components.basemap_names import LINE_HEIGHT, Box, Label, place_names, step_aside
from components.map_layers import collection, js, line_layer, mask, multi_line, point

# Reports per km2, the same at every zoom: classes 2 to 5 begin at these numbers, class 5 beyond the last.
CLASS_STARTS = (3, 6, 11)
LAST_CLASS_ABOVE = 20
CLASS_NAMES = ("0", "1–2", "3–5", "6–10", "11–20", "> 20")
# Middle of the names of the kota, set by eye clear of the borders; only a waiting mark moves a name, a little.
KOTA_NAMES = {
    "Barat": (-6.1715, 106.7440),
    "Pusat": (-6.1680, 106.8360),
    "Utara": (-6.1330, 106.9250),
    "Selatan": (-6.2870, 106.8010),
    "Timur": (-6.2830, 106.8890),
}
# How far a name may move and still lie in its kota, sheet units.
KOTA_NAME_REACH = {"Barat": 48, "Pusat": 24, "Utara": 40, "Selatan": 64, "Timur": 44}
KOTA_NAME_HALF_WIDTH = 40  # sheet units
CROWD_COUNT = 80  # so many marks would hide the map and each other: they are drawn smaller
SUMMARY_NAMES_COUNT = 6


def part(map_id: str, name: str) -> str:
    """Id of a part of the map: layers 'classes', 'marks', 'labels'; texts 'summary', 'islands'."""
    return f"{map_id}-{name}"


def sheet_of(lines: dict) -> Sheet:
    """The sheet of `{"coast": rings, ...}`; keep it, its room for names is worked out once."""
    return Sheet(tuple(tuple(map(tuple, ring)) for ring in lines["coast"]))


def density_map(map_id: str, lines: dict, rings: Sequence, tile_url: str | None = None, attribution: str = ""):
    """The map, still without figures.

    `lines` is {"coast": closed rings, "kota": lines, "kecamatan": lines}, `rings` are (cell index, closed ring); every
    point is (longitude, latitude). Another host is asked for tiles only when `tile_url` names one.
    """
    return html.Div(
        [
            html.P(id=part(map_id, "summary"), className="peta-ringkasan"),
            _leaflet(map_id, _layers(map_id, lines, rings, tile_url, attribution), sheet_of(lines), bool(tile_url)),
            _legend(map_id),
        ],
        className="peta-lembar peta-ubin" if tile_url else "peta-lembar",
        role="group",
        **{"aria-labelledby": part(map_id, "summary")},
    )


def classes_of(counts: Sequence[int], areas_km2: Sequence[float]) -> np.ndarray:
    """Class 0 to 5 of each cell, int64, from reports per km2 of land; a cell with any report is at least class 1."""
    counts = np.asarray(counts)
    density = counts / np.asarray(areas_km2)
    started = np.digitize(density, CLASS_STARTS) + 1 + (density > LAST_CLASS_ABOVE)
    return np.where(counts > 0, started, 0)


def classes_geojson(counts: Sequence[int], areas_km2: Sequence[float]) -> dict:
    """Data of the layer 'classes': one digit per wall cell, in the order of `counts`; the shapes are in the page."""
    digits = "".join(map(str, classes_of(counts, areas_km2).tolist()))
    return collection([point(0, 0, {"classes": digits})])


def marks_geojson(marks: Sequence[Mark], sheet: Sheet) -> dict:
    """Data of the layer 'marks': a triangle per waiting report on the sheet, those over 24 hours last, hence on top.

    And the names of the kota, each where no mark is, if there is such a place.
    """
    shown = sorted(on_sheet(sheet, marks), key=lambda mark: mark.over_24h)
    size = " kecil" if len(shown) > CROWD_COUNT else ""
    triangles = [
        point(round(m.latitude, 5), round(m.longitude, 5), {"sign": f"{'w24' if m.over_24h else 'w6'}{size}"})
        for m in shown
    ]
    names = [point(*sheet.place(*spot), {"name": name}) for name, spot in _kota_names(sheet, shown).items()]
    return collection(triangles + names)


def labels_geojson(marks: Sequence[Mark], sheet: Sheet) -> dict:
    """Data of the layer 'labels': beside the map the names of the kelurahan waiting over 24 hours, with leaders."""
    labels = place_names(sheet, marks, [_kota_name_box(spot) for spot in _kota_names(sheet, marks).values()])
    return collection([feature for label in labels for feature in _label_features(label, sheet)])


def islands_text(count: int) -> str:
    """Reports of Kepulauan Seribu, which lies beyond the sheet: 'Kep. Seribu 11'."""
    return f"Kep. Seribu {formats.integer(count)}"


def map_summary(located_count: int, total_count: int, marks: Sequence[Mark], days: int = 7) -> str:
    """What the map says, in words, for those who do not see it."""
    late = sorted((mark for mark in marks if mark.over_24h), key=lambda mark: -mark.hours)
    named = ", ".join(f"{mark.kelurahan_name} {int(mark.hours)} jam" for mark in late[:SUMMARY_NAMES_COUNT])
    others = len(late) - SUMMARY_NAMES_COUNT
    more = f", dan {formats.integer(others)} lainnya" if others > 0 else ""
    waiting = f"{formats.integer(len(late))} laporan bertitik menunggu lebih dari 24 jam: {named}{more}." if late else (
        "Tidak ada laporan bertitik yang menunggu lebih dari 24 jam."
    )  # fmt: skip
    return (
        f"Peta kepadatan laporan {days} hari terakhir: {formats.integer(located_count)} dari"
        f" {formats.integer(total_count)} laporan bertitik. {waiting}"
        f" {formats.integer(len(marks) - len(late))} menunggu antara 6 dan 24 jam."
    )


def _layers(map_id: str, lines: dict, rings: Sequence, tile_url: str | None, attribution: str) -> list:
    """From the ground up. Leaflet's panes stack them, assets/60-map.css says in which order."""
    filled = [part(map_id, name) for name in ("classes", "labels", "marks")]
    home = {"home": sheet_of(lines).bounds(), "filled": filled}
    cells = dl.GeoJSON(data=_cells(rings), style=js("cellStyle"), onEachFeature=js("keepCell"), interactive=False)
    classes = dl.GeoJSON(id=part(map_id, "classes"), data=collection([]), filter=js("showClasses"))
    labels = dl.GeoJSON(
        id=part(map_id, "labels"),
        data=collection([]),
        style=js("lineStyle"),
        pointToLayer=js("label"),
    )
    marks = dl.GeoJSON(id=part(map_id, "marks"), data=marks_geojson([], sheet_of(lines)), pointToLayer=js("mark"))
    tiles = [dl.TileLayer(url=tile_url, attribution=text_html.escape(attribution))] if tile_url else []
    return [
        *tiles,
        dl.Pane([cells, classes], name="peta-sel"),
        dl.Pane(line_layer(mask(lines["coast"]), js("openMap"), home), name="peta-pantai"),
        dl.Pane(line_layer(multi_line(lines["kecamatan"], "kec")), name="peta-kecamatan"),
        dl.Pane(line_layer(multi_line(lines["kota"], "kota")), name="peta-kota"),
        dl.Pane(labels, name="peta-label"),
        dl.Pane(name="peta-nama"),
        dl.Pane(marks, name="peta-tanda"),
    ]


def _leaflet(map_id: str, layers: list, sheet: Sheet, attributed: bool):
    """Free of buttons; assets/60-map.js refits it to its panel, and stops dragging and zooming where nobody sits."""
    return dl.Map(
        layers,
        id=map_id,
        bounds=sheet.bounds(),
        zoomSnap=0,
        zoomControl=False,
        attributionControl=attributed,
        doubleClickZoom=False,
        trackViewport=False,
    )


def _legend(map_id: str):
    rows = [
        html.Li([html.I(className=f"m{number}"), name], className="peta-kelas")
        for number, name in reversed(list(enumerate(CLASS_NAMES)))
    ]
    texts = [html.P("laporan per km²"), html.P(id=part(map_id, "islands"))]
    return html.Div([html.Ul(rows), *texts], className="peta-skala")


def _cells(rings: Sequence) -> dict:
    return collection(
        [
            {"type": "Feature", "properties": {"cell": index}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
            for index, ring in rings
        ]
    )


def _kota_names(sheet: Sheet, marks: Sequence[Mark]) -> dict[str, tuple[float, float]]:
    return {
        name: step_aside(sheet, sheet.spot(*place), name, marks, KOTA_NAME_REACH[name])
        for name, place in KOTA_NAMES.items()
    }


def _kota_name_box(spot: tuple[float, float]) -> Box:
    x, y = spot
    return x - KOTA_NAME_HALF_WIDTH, y - LINE_HEIGHT / 2, x + KOTA_NAME_HALF_WIDTH, y + LINE_HEIGHT / 2


def _label_features(label: Label, sheet: Sheet) -> list[dict]:
    left, top, right, _ = label.box
    text = point(*sheet.place(right if label.at_right else left, top), {"lines": label.lines, "end": label.at_right})
    if label.leader is None:
        return [text]
    ends = [sheet.place(*spot)[::-1] for spot in label.leader]
    line = {"type": "LineString", "coordinates": ends}
    return [{"type": "Feature", "properties": {"sign": "ld"}, "geometry": line}, text]
