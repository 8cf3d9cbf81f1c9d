import json
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from data_access import boundaries, geography
from data_access.border_arcs import contains, signed_area
from data_access.settings import SettingsError, settings
from tests.data_access.test_geography import reference_points

SHARED = Path(__file__).parents[2].parent / "shared"
OFFICIAL = SHARED / "data" / "jakarta-kelurahan.geojson"
COUNTS = {"kelurahan": 267, "kecamatan": 44, "kota": 6}


def official_file() -> Path:
    assert OFFICIAL.is_file(), f"{OFFICIAL} is missing: the shared folder belongs beside the project"
    return OFFICIAL


@pytest.fixture(scope="module", params=["cells", "official file"])
def arcs(request):
    return boundaries.arcs_of_cells() if request.param == "cells" else boundaries.arcs_of_file(official_file())


def polygons(arcs, level: str) -> dict[str, list]:
    features = boundaries.outlines_of(arcs, level)["features"]
    return {feature["id"]: feature["geometry"]["coordinates"] for feature in features}


def inside(polygons: list, longitude: float, latitude: float) -> bool:
    return any(sum(contains(ring, (longitude, latitude)) for ring in polygon) % 2 for polygon in polygons)


def edges(polygons: dict[str, list]) -> Counter:
    rings = (ring for shape in polygons.values() for polygon in shape for ring in polygon)
    return Counter(frozenset(edge) for ring in rings for edge in pairwise(ring))


def area(polygons: dict[str, list]) -> float:
    return sum(signed_area(ring) for shape in polygons.values() for polygon in shape for ring in polygon)


@pytest.mark.parametrize("level", COUNTS)
def test_every_area_of_a_level_has_an_outline_with_its_name(arcs, level):
    features = boundaries.outlines_of(arcs, level)["features"]
    assert len(features) == COUNTS[level]
    assert all(feature["properties"]["name"] == geography.names()[feature["id"]] for feature in features)
    rings = [ring for feature in features for polygon in feature["geometry"]["coordinates"] for ring in polygon]
    assert all(ring[0] == ring[-1] and len(ring) >= 4 for ring in rings)


@pytest.mark.parametrize(("level", "length"), boundaries.LEVELS.items())
def test_the_reference_point_of_a_kelurahan_lies_in_its_own_outline_and_in_no_other(arcs, level, length):
    shapes = polygons(arcs, level)
    for code, (latitude, longitude) in reference_points().items():
        assert [other for other in shapes if inside(shapes[other], longitude, latitude)] == [code[:length]]


def test_neighbours_share_their_border_to_the_last_digit(arcs):
    shapes = polygons(arcs, "kelurahan")
    used = edges(shapes)
    # In the official file one strip is narrower than the simplification: its two borders fall on one line.
    assert sum(count > 2 for count in used.values()) <= 1
    # What is used once is the coast and the border of the province, and nothing else.
    coast = [arc.line for arc in arcs if arc.right is None]
    assert {edge for edge, count in used.items() if count == 1} == {
        frozenset(e) for line in coast for e in pairwise(line)
    }


def test_the_three_levels_fit_each_other(arcs):
    kelurahan, kecamatan, kota = (polygons(arcs, level) for level in COUNTS)
    assert edges(kota).keys() < edges(kecamatan).keys() < edges(kelurahan).keys()
    assert area(kota) == pytest.approx(area(kelurahan), rel=1e-12)
    assert area(kecamatan) == pytest.approx(area(kelurahan), rel=1e-12)


def test_no_border_crosses_another():
    # Of our own outlines only: the official file crosses itself in eight places before anything is done to it.
    segments = np.array([[a, b] for arc in boundaries.arcs_of_cells() for a, b in pairwise(arc.line)])
    assert crossings(segments) == 0


def crossings(segments: np.ndarray) -> int:
    """Pairs of segments that cross at a point inside both; meeting at an end is no crossing."""
    a, b = segments[:, 0], segments[:, 1]
    low, high = np.minimum(a, b), np.maximum(a, b)
    found = 0
    for i in range(len(segments)):
        near = np.flatnonzero(((low <= high[i]) & (high >= low[i])).all(axis=1))
        near = near[near > i]
        side = turn(a[i], b[i], a[near]) * turn(a[i], b[i], b[near])
        other_side = turn(a[near], b[near], a[i]) * turn(a[near], b[near], b[i])
        found += int(((side < -1e-18) & (other_side < -1e-18)).sum())
    return found


def turn(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    d, e = b - a, c - a
    return d[..., 0] * e[..., 1] - d[..., 1] * e[..., 0]


def test_the_crossing_check_itself_finds_a_crossing():
    assert crossings(np.array([[[0, 0], [1, 1]], [[0, 1], [1, 0]], [[1, 1], [2, 0]]], dtype=float)) == 1


def test_smoothing_keeps_the_area_of_the_mainland_kelurahan():
    cells = defaultdict(float)
    for cell, area_km2 in zip(geography.land_cells().kelurahan, land_areas_km2(), strict=True):
        cells[geography.kelurahan_codes()[cell]] += area_km2
    shapes = polygons(boundaries.arcs_of_cells(), "kelurahan")
    km2_per_square_degree = 111.32 * 111.32 * np.cos(np.radians(6.2)) * 0.9934
    ratios = {code: area({code: shapes[code]}) * km2_per_square_degree / cells[code] for code in shapes}
    assert 0.97 < sum(ratios.values()) / len(ratios) < 1.01
    assert min(ratios.values()) > 0.6


def land_areas_km2() -> list[float]:
    import h3.api.numpy_int as h3

    return [h3.cell_area(cell, unit="km^2") for cell in geography.land_cells().cell.tolist()]


def test_the_lines_of_the_wall_are_small_and_drawn_once():
    lines = boundaries.mainland_of(boundaries.arcs_of_cells())
    assert len(json.dumps(lines, separators=(",", ":"))) < 60_000
    drawn = Counter(frozenset(edge) for part in lines.values() for line in part for edge in pairwise(line))
    assert set(drawn.values()) == {1}
    assert all(-6.4 < latitude < -6.0 for part in lines.values() for line in part for _, latitude in line)


def test_the_lines_of_the_wall_part_land_kota_and_kecamatan(arcs):
    lines = boundaries.mainland_of(arcs)
    kota, kecamatan = edges(polygons(arcs, "kota")), edges(polygons(arcs, "kecamatan"))
    drawn = {name: {frozenset(edge) for line in part for edge in pairwise(line)} for name, part in lines.items()}
    assert drawn["kota"] == {edge for edge, count in kota.items() if count == 2}
    assert drawn["kecamatan"] == {edge for edge, count in kecamatan.items() if count == 2} - drawn["kota"]


def test_the_boundaries_setting_decides_which_outlines_are_used(monkeypatch):
    monkeypatch.setenv("CRM_DSN", "postgresql://reader@localhost/crm")
    monkeypatch.setenv("BOUNDARIES", str(official_file()))
    forget()
    try:
        assert boundaries.outlines("kota") == boundaries.outlines_of(boundaries.arcs_of_file(official_file()), "kota")
        monkeypatch.delenv("BOUNDARIES")
        forget()
        assert boundaries.mainland() == boundaries.mainland_of(boundaries.arcs_of_cells())
    finally:
        forget()


def forget() -> None:
    settings.cache_clear()
    boundaries.arcs.cache_clear()


@pytest.mark.parametrize("key", ["kode", "id"])
def test_other_spellings_of_the_code_and_turned_rings_give_the_same_outlines(tmp_path, key):
    content = json.loads(official_file().read_text(encoding="utf-8"))
    for feature in content["features"]:
        digits = feature["properties"].pop("code").replace(".", "")
        feature.pop("id", None)
        feature.update({"id": digits}) if key == "id" else feature["properties"].update({key: int(digits)})
        many = feature["geometry"]["coordinates"]
        rings = [r for p in many for r in p] if feature["geometry"]["type"] == "MultiPolygon" else many
        for ring in rings:
            ring.reverse()
    path = tmp_path / "other.geojson"
    path.write_text(json.dumps(content), encoding="utf-8")
    there, here = (polygons(boundaries.arcs_of_file(file), "kelurahan") for file in (path, official_file()))
    # An islet's ring may begin at another point and lose another corner of a few metres, so areas, not points.
    for code in geography.kelurahan_codes():
        assert area({code: there[code]}) == pytest.approx(area({code: here[code]}), rel=0.02, abs=1e-7)


BAD_FILES = {
    "no json at all": "not a GeoJSON of kelurahan polygons",
    '{"type": "FeatureCollection"}': "not a GeoJSON of kelurahan polygons",
    '{"features": [{"geometry": {"type": "Point", "coordinates": [1, 2]}}]}': "geometry 'Point'",
    '{"features": [{"geometry": null}]}': "not a GeoJSON of kelurahan polygons",
    '{"features": []}': "no polygon for 267 of 267 kelurahan, first 31.01.01.1001",
    '{"features": [7]}': "not a GeoJSON of kelurahan polygons",
    "[1, 2]": "not a GeoJSON of kelurahan polygons",
}


@pytest.mark.parametrize("text", BAD_FILES)
def test_a_file_that_cannot_be_used_is_refused_in_one_line_that_names_it(tmp_path, text):
    path = tmp_path / "bad.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        boundaries.arcs_of_file(path)
    message = str(refused.value)
    assert message.startswith(f"BOUNDARIES={path}: ")
    assert BAD_FILES[text] in message
    assert "\n" not in message


def test_a_file_without_one_kelurahan_says_which(tmp_path):
    content = json.loads(official_file().read_text(encoding="utf-8"))
    content["features"] = [f for f in content["features"] if f["properties"]["code"] != "31.71.01.1003"]
    path = tmp_path / "short.geojson"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(SettingsError, match=r"no polygon for 1 of 267 kelurahan, first 31\.71\.01\.1003"):
        boundaries.arcs_of_file(path)
