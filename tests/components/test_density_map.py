import json
import re
from pathlib import Path

import brotli
import numpy as np
import pytest
from dash.development.base_component import Component

from components import density_map as dm
from components.basemap import GRID, Mark
from data_access import boundaries, geography

ASSETS = Path(__file__).parents[2] / "assets"
LINES = boundaries.mainland_of(boundaries.arcs_of_cells())
SHEET = dm.sheet_of(LINES)
LATE = Mark(-6.19, 106.84, 31.9, "Menteng", over_24h=True)
WAITING = Mark(-6.25, 106.85, 7.0, "Kalibata", over_24h=False)
ISLAND = Mark(-5.745, 106.61, 30.0, "Pulau Panggang", over_24h=True)


def drawn(**options) -> Component:
    return dm.density_map("peta", LINES, geography.mainland_rings(), **options)


def encoded(component_or_data) -> str:
    data = component_or_data
    return json.dumps(data.to_plotly_json() if isinstance(data, Component) else data, default=Component.to_plotly_json)


def signs(data: dict) -> list[str]:
    return [feature["properties"]["sign"] for feature in data["features"] if "sign" in feature["properties"]]


def kota_names(marks) -> dict[str, list[float]]:
    named = [f for f in dm.marks_geojson(marks, SHEET)["features"] if "name" in f["properties"]]
    return {feature["properties"]["name"]: feature["geometry"]["coordinates"] for feature in named}


def kinds(component: Component) -> list[str]:
    return [type(part).__name__ for part in component._traverse() if isinstance(part, Component)]


@pytest.mark.parametrize(
    ("count", "area_km2", "expected"),
    [
        (0, 1.0, 0),
        (1, 1.0, 1),
        (2, 1.0, 1),
        (3, 1.0, 2),
        (5, 1.0, 2),
        (6, 1.0, 3),
        (10, 1.0, 3),
        (11, 1.0, 4),
        (20, 1.0, 4),
        (21, 1.0, 5),
        (1, 4.0, 1),  # a quarter of a report per km2 is still a report
        (4, 1.4, 1),  # 2.86 per km2
        (4, 1.3, 2),  # 3.08 per km2
        (41, 2.0, 5),  # 20.5 per km2 is more than 20
        (1, 0.1, 3),  # 10 per km2 on a small remnant at the shore
    ],
)
def test_a_cell_is_classed_by_reports_per_km2_of_its_land(count, area_km2, expected):
    assert dm.classes_of([count], [area_km2]).tolist() == [expected]


def test_the_scale_names_six_classes_that_begin_where_the_classes_do():
    starts = [int(re.match(r"> (\d+)|(\d+)", name)[1] or re.match(r"(\d+)", name)[1]) for name in dm.CLASS_NAMES]
    assert starts == [0, 1, *dm.CLASS_STARTS, dm.LAST_CLASS_ABOVE]
    assert [int(dm.classes_of([start + (start == 20)], [1.0])[0]) for start in starts] == [0, 1, 2, 3, 4, 5]


def test_an_update_of_the_cells_is_one_digit_per_wall_cell():
    counts = np.arange(len(geography.wall_cells())) % 30
    data = dm.classes_geojson(counts, geography.wall_areas_km2())
    (feature,) = data["features"]
    classes = dm.classes_of(counts, geography.wall_areas_km2()).tolist()
    assert [int(digit) for digit in feature["properties"]["classes"]] == classes
    assert len(encoded(data)) < 1500


def test_the_cells_in_the_page_point_into_the_classes_of_an_update():
    cells = next(
        part.data
        for part in drawn()._traverse()
        if getattr(part, "data", None) and "cell" in part.data["features"][0]["properties"]
    )
    numbers = [feature["properties"]["cell"] for feature in cells["features"]]
    assert numbers == np.flatnonzero(~geography.island_cells()).tolist()


def test_marks_over_24_hours_are_drawn_last_and_islands_not_at_all():
    data = dm.marks_geojson([LATE, ISLAND, WAITING], SHEET)
    assert signs(data) == ["w6", "w24"]
    assert data["features"][1]["geometry"]["coordinates"] == [106.84, -6.19]


def test_a_mark_tells_the_browser_where_and_how_late_and_nothing_else():
    feature, *names = dm.marks_geojson([LATE], SHEET)["features"]
    assert feature["properties"] == {"sign": "w24"}
    assert [name["properties"] for name in names] == [{"name": name} for name in dm.KOTA_NAMES]


def test_a_crowd_of_marks_is_drawn_smaller():
    few, many = ([Mark(-6.2 + k / 1000, 106.85, 7.0, "Menteng", over_24h=False)] * n for k, n in ((0, 80), (1, 81)))
    assert set(signs(dm.marks_geojson([*few[1:], LATE], SHEET))) == {"w6", "w24"}
    assert set(signs(dm.marks_geojson([*many[1:], LATE], SHEET))) == {"w6 kecil", "w24 kecil"}


def test_a_label_is_a_text_and_a_leader_that_ends_beside_its_mark():
    leader, text = dm.labels_geojson([LATE, WAITING], SHEET)["features"]
    assert text["properties"]["lines"] == (("Menteng", ""), ("", "31 j"))
    x, y = SHEET.spot(*leader["geometry"]["coordinates"][1][::-1])
    mark = SHEET.spot(LATE.latitude, LATE.longitude)
    assert 10 < np.hypot(x - mark[0], y - mark[1]) < 16


def test_a_name_of_a_kota_steps_aside_for_a_waiting_mark_and_stays_put_otherwise():
    place = dm.KOTA_NAMES["Timur"]
    on_the_name = Mark(*place, 9.0, "Makasar", over_24h=False)
    quiet, moved = kota_names([]), kota_names([on_the_name])
    assert quiet["Timur"] == pytest.approx(place[::-1], abs=1e-5)
    assert {name for name in quiet if quiet[name] != moved[name]} == {"Timur"}
    (x, y), mark = SHEET.spot(*moved["Timur"][::-1]), SHEET.spot(*place)
    assert abs(y - mark[1]) > 15 or abs(x - mark[0]) > 30
    assert np.hypot(x - mark[0], y - mark[1]) <= dm.KOTA_NAME_REACH["Timur"]


def test_a_name_of_a_kota_keeps_to_the_land():
    x, y = SHEET.spot(*dm.KOTA_NAMES["Timur"])
    marks = [Mark(*SHEET.place(x + dx, y), 9.0, "Makasar", over_24h=False) for dx in (-40, -20, 0)]
    name_x, name_y = SHEET.spot(*kota_names(marks)["Timur"][::-1])
    assert (name_x, name_y) != pytest.approx((x, y), abs=1)
    assert SHEET.land[int(name_y) // GRID, int(name_x - 25) // GRID : int(name_x + 25) // GRID].all()


def test_a_name_of_a_kota_would_rather_lie_on_small_marks_than_on_a_late_one():
    x, y = SHEET.spot(*dm.KOTA_NAMES["Selatan"])
    around = [(x + dx, y + dy) for dx in range(-100, 101, 20) for dy in range(-100, 101, 10)]
    marks = [Mark(*SHEET.place(*spot), 9.0, "Tebet", over_24h=False) for spot in around]
    late = Mark(*dm.KOTA_NAMES["Selatan"], 30.0, "Tebet", over_24h=True)
    name = SHEET.spot(*kota_names([*marks, late])["Selatan"][::-1])
    assert abs(name[1] - y) >= 20 or abs(name[0] - x) > 40


def test_the_page_carries_the_map_once_and_small():
    assert len(brotli.compress(encoded(drawn()).encode(), quality=5)) < 60_000
    many = [Mark(-6.2 + k / 1000, 106.85, 20 + k, f"Nama {k}", over_24h=k > 4) for k in range(60)]
    assert len(encoded(dm.marks_geojson(many, SHEET))) + len(encoded(dm.labels_geojson(many, SHEET))) < 12_000


def test_without_a_tile_server_no_address_is_in_the_map():
    assert "TileLayer" not in kinds(drawn())
    assert "http" not in encoded(drawn())


def test_a_tile_server_is_used_with_its_attribution_as_plain_text():
    tiled = drawn(tile_url="https://tiles.example/{z}/{x}/{y}.png", attribution='<img src=x onerror="1"> OSM')
    tiles = next(part for part in tiled._traverse() if type(part).__name__ == "TileLayer")
    assert tiles.attribution == "&lt;img src=x onerror=&quot;1&quot;&gt; OSM"
    assert next(part for part in tiled._traverse() if type(part).__name__ == "MapContainer").attributionControl is True


def test_every_function_the_map_names_is_in_the_script():
    script = (ASSETS / "60-map.js").read_text(encoding="utf-8")
    (offered,) = re.findall(r"return \{ ([\w, ]+) \};\n\}\)\(\);", script)
    named = set(re.findall(r"ruangPantauPeta\.(\w+)", encoded(drawn())))
    assert named == set(offered.split(", "))


def test_colours_come_from_the_tokens_alone():
    for name in ("60-map.css", "60-map.js"):
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", (ASSETS / name).read_text(encoding="utf-8")), name


def test_the_summary_says_what_the_map_shows():
    assert dm.map_summary(3090, 3332, [LATE, WAITING]) == (
        "Peta kepadatan laporan 7 hari terakhir: 3.090 dari 3.332 laporan bertitik."
        " 1 laporan bertitik menunggu lebih dari 24 jam: Menteng 31 jam. 1 menunggu antara 6 dan 24 jam."
    )


def test_the_summary_names_six_and_counts_the_rest_and_says_when_all_is_well():
    late = [Mark(-6.2, 106.8, 30.0 + number, f"Nama {number}", over_24h=True) for number in range(8)]
    assert "Nama 7 37 jam, Nama 6 36 jam" in dm.map_summary(1, 1, late)
    assert "Nama 2 32 jam, dan 2 lainnya." in dm.map_summary(1, 1, late)
    assert "Tidak ada laporan bertitik yang menunggu lebih dari 24 jam." in dm.map_summary(1, 1, [WAITING])


def test_the_islands_are_counted_in_words():
    assert dm.islands_text(1011) == "Kep. Seribu 1.011"
