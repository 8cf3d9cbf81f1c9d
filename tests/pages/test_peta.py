"""Peta over a real city: every number is the length of the list it links to, whatever was chosen."""

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from dash.development.base_component import Component

from components import ids
from data_access import filters as filters_of
from data_access import listing
from data_access.frame import microseconds
from data_access.scope import EVERYTHING, Scope
from tests.components.tree import having, nodes, of_type, text
from tests.conftest import CITY_UNTIL
from tests.data_access.state_at import state_at

pytestmark = pytest.mark.db
QUERIES = [
    {},
    {"hari": "2026-11-01"},
    {"mode": "kelurahan"},
    {"mode": "kecamatan", "ukuran": "sisa", "hari": "2026-10-20"},
    {"mode": "kota", "kategori": "sampah"},
    {"wilayah": "31.74", "kanal": "JAKI"},
    {"periode": "2026-10", "status": "selesai"},
]


@pytest.fixture(scope="module")
def state(city_dsn):
    return state_at(city_dsn, CITY_UNTIL)


@pytest.fixture(scope="module")
def views(web):
    """Pages can be imported once the app is there."""
    from pages._web import views

    return views


@pytest.fixture
def build(views, state):
    return lambda query, scope=EVERYTHING, name="peta": views.view(name).build(scope, query, state)


def drawn(parts: dict) -> list[Component]:
    """The components among the parts."""
    return [node for value in parts.values() for node in nodes(value)]


def listed(link: str, state, scope=EVERYTHING) -> int:
    """How many reports of the frame the address means."""
    path, _, query = link.partition("?")
    assert path == listing.PATH
    asked = listing.of_query(dict(parse_qsl(query)))
    frame = filters_of.narrowed(scope, state.frame, filters_of.Filters())
    return int(listing.mask(frame, asked, microseconds(state.as_of)).sum())


def counted(words: str) -> int:
    """'Tebet: 1.234 laporan, 2,1 per km²' -> 1234."""
    return int(words.split(": ")[1].split(" ")[0].replace(".", ""))


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_every_number_is_the_length_of_its_list(build, state, query):
    links = [node for node in drawn(build(query)) if type(node).__name__ == "A" and "num" in (node.className or "")]
    wrong = [(text(a), a.href) for a in links if int(text(a).replace(".", "")) != listed(a.href, state)]
    assert wrong == []
    assert len(links) > 8


def test_every_cell_and_area_leads_to_as_many_reports_as_it_counts(build, state, views):
    from data_access import cell_shapes

    data = build({})[ids.PETA_DATA, "data"]
    for size, shapes in (("coarse", cell_shapes.coarse()), ("fine", cell_shapes.fine())):
        fullest = sorted(range(len(shapes["ids"])), key=lambda at: -data[size]["counts"][at])[:4]
        for place in fullest:
            link = data["links"]["cell"].replace("SEL", shapes["ids"][place])
            assert listed(link, state) == data[size]["counts"][place] > 0
    data = build({"mode": "kecamatan"})[ids.PETA_DATA, "data"]
    for code, _, words, wilayah in data["areas"][:12]:
        assert code == wilayah
        assert listed(data["links"]["area"].replace("WILAYAH", wilayah), state) == counted(words)


@pytest.mark.parametrize(("mode", "inside"), [("kota", "31.74.01"), ("kecamatan", "31.74.01"), ("kelurahan", None)])
def test_an_area_leads_to_what_of_it_lies_in_the_chosen_wilayah(build, state, mode, inside):
    data = build({"mode": mode, "wilayah": "31.74.01"})[ids.PETA_DATA, "data"]
    shown = [row for row in data["areas"] if row[3]]
    assert {row[3] for row in shown} == {inside} if inside else len(shown) == 7  # the kelurahan of Tebet
    for _, _, words, wilayah in shown:
        assert listed(data["links"]["area"].replace("WILAYAH", wilayah), state) == counted(words)
    assert all(counted(row[2]) == 0 for row in data["areas"] if not row[3])


@pytest.mark.parametrize("query", [{}, {"mode": "kecamatan"}, {"mode": "kota", "ukuran": "sisa"}], ids=str)
def test_what_plays_equals_what_rests_on_every_day(build, query):
    every = build(query, name="peta-hari")["peta-hari", "data"]
    bars = of_type(build(query)[ids.PETA_TIME, "children"], "A")
    assert len(bars) == every["days"] == 46  # October, and November up to the 15th
    for place in (0, 20, 45):
        data = build(query | {"hari": getattr(bars[place], "data-day")})[ids.PETA_DATA, "data"]
        if "areas" in data:
            assert every["areas"]["classes"][place :: every["days"]] == "".join(row[1] for row in data["areas"])
        else:
            assert every["coarse"][place :: every["days"]] == data["coarse"]["classes"]
            assert every["fine"][place :: every["days"]] == data["fine"]["classes"]


def test_the_table_of_shares_begins_with_the_highest_of_enough_reports(build):
    rows = of_type(build({"mode": "kelurahan", "ukuran": "sisa"})[ids.PETA_TABLE, "children"], "Tr")[1:]
    shares = [int(text(row).split(" ")[-3].rstrip("%")) for row in rows]
    assert shares == sorted(shares, reverse=True) and len(rows) == 15
    assert all(int(text(of_type(row, "A"))) >= 5 for row in rows)


def test_rings_are_the_numbered_rows_of_the_list(build):
    parts = build({"hari": "2026-11-09"})
    numbers = [text(one) for one in having(parts[ids.PETA_SPOTS, "children"], "no") if text(one)]
    assert numbers == [str(ring["number"]) for ring in parts[ids.PETA_DATA, "data"]["rings"]]


def test_a_status_hides_hot_spots_and_says_why(build):
    parts = build({"status": "menunggu"})
    assert parts[ids.PETA_DATA, "data"]["rings"] == []
    assert "bila satu status dipilih" in text(parts[ids.PETA_SPOTS, "children"])


def test_a_day_beyond_the_bar_falls_back_to_its_last_one(build):
    assert "9–15 Nov 2026" in text(build({"hari": "2026-01-01"})[ids.PETA_HEAD, "children"])


def test_nobody_sees_reports_beyond_their_scope(build, state):
    unit_id = next(unit.unit_id for unit in state.frame.names.units if unit.unit_type == "kota")
    scope = Scope(False, frozenset({unit_id}))
    parts = build({}, scope)
    links = [node for node in drawn(parts) if type(node).__name__ == "A" and "num" in (node.className or "")]
    assert all(int(text(a).replace(".", "")) == listed(a.href, state, scope) for a in links)
    nothing = build({}, Scope(False))
    assert sum(nothing[ids.PETA_DATA, "data"]["coarse"]["counts"]) == 0
    assert "Tidak ada laporan pada minggu ini" in text(nothing[ids.PETA_TABLE, "children"])


def test_a_city_without_any_report_is_an_empty_map(views, state):
    empty = replace(state, frame=state.frame.only([]), revision="empty")
    parts = views.view("peta").build(EVERYTHING, {}, empty)
    assert set(parts[ids.PETA_DATA, "data"]["coarse"]["classes"]) == {"0"}
    assert (ids.PETA_SPOTS, "children") in parts


def test_a_closed_month_that_cannot_be_read_leaves_the_last_picture(build):
    parts = build({"periode": "2026-06"})  # the app of these tests has no database
    assert "gagal dimuat" in text(parts[ids.PETA_FACT, "children"])
    assert (ids.PETA_DATA, "data") not in parts


def test_no_point_of_a_report_leaves_the_server(build):
    data = build({})[ids.PETA_DATA, "data"]
    assert set(data) == {"mode", "coarse", "fine", "rings", "scale", "links"}
    assert set(data["fine"]) == {"classes", "counts"}
