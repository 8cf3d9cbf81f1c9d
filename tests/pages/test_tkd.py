"""The list of Monitor TKD as it is built: both shapes, one and two periods, a closed month, nonsense in the address."""

import html
import re
from types import SimpleNamespace

import numpy as np
import pytest
from dash.html import A

from components import ids
from components.rounding import as_hundredths
from data_access import months, outlook, past
from data_access.live import State
from data_access.scope import EVERYTHING, NOTHING, Scope
from pages._query import canonical
from scoring.grades import grade_of, shown
from tests.builders import frame, report, wib
from tests.components.test_tkd_table import words
from tests.components.tree import nodes, text
from tests.data_access.past_crm import point_at

pytestmark = pytest.mark.db


@pytest.fixture(autouse=True)
def crm(crm_dsn, monkeypatch):
    """A CRM that answers and has no history of events, and no outlook yet."""
    point_at(monkeypatch, crm_dsn)
    monkeypatch.setattr(months, "settings", past.settings)
    months._closed.cache_clear()
    monkeypatch.setattr(outlook, "current", lambda: None)


@pytest.fixture
def build(web):
    """build(query, now, scope) -> the parts of the screen, as the browser would ask for them."""
    from pages import tkd

    def built(query: dict[str, str] | None = None, now: str = "2026-11-20 10:00", scope: Scope = EVERYTHING) -> dict:
        state = city(now)
        return tkd.build(scope, dict(canonical(query or {}, state, tkd.ASKS)), state)

    return built


def done(unit: str, entered: str, completed: str) -> dict:
    return report(unit=unit, category="sampah", status="selesai", entered=entered, completed=completed)


def city(now: str) -> State:
    """Gambir done in two months, Cideng late and one open, a Sudin with an open report, left over into November."""
    reports = (
        done("K-GAMBIR", "2026-10-10 08:00", "2026-10-10 20:00"),
        done("K-GAMBIR", "2026-11-01 08:00", "2026-11-01 20:00"),
        done("K-CIDENG", "2026-10-10 08:00", "2026-11-02 08:00"),
        report(unit="K-CIDENG", category="sampah", entered="2026-11-02 08:00"),
        report(unit="S-BM-71", entered="2026-10-20 08:00"),
    )
    return State(frame(*reports), (), wib(now), "1", True, (), (), 0.0)


def rows(parts: dict) -> dict[str, str]:
    """Key -> words of the rows, in their order."""
    return {key: words(row) for key, row in parts[(ids.TKD_TABLE, "data")]["rows"]}


def head(parts: dict) -> str:
    return words(parts[(ids.TKD_TABLE, "data")]["head"])


def said(parts: dict, name: str) -> str:
    return text(parts[(name, "children")])


def links(tree) -> list[str]:
    return [node.href for node in nodes(tree) if isinstance(node, A)]


def test_the_tree_shows_the_first_level_in_groups_and_those_without_reports_last(build):
    parts = build()
    assert list(rows(parts)) == ["#wilayah", "W-31.71", "#dinas", "D-BM", "D-SDA"]
    assert rows(parts)["D-SDA"].endswith("belum ada laporan")
    assert "2 unit" in rows(parts)["W-31.71"]
    assert said(parts, ids.TKD_LIST_FACT) == "7 unit, 6 punya laporan"


def test_an_opened_unit_shows_what_is_below_it_and_can_be_shut_again(build):
    parts = build({"buka": "W-31.71,W-31.71.01"})
    assert list(rows(parts))[1:5] == ["W-31.71", "W-31.71.01", "K-CIDENG", "K-GAMBIR"]
    table = parts[(ids.TKD_TABLE, "data")]
    by_key = dict(map(tuple, table["rows"]))
    assert 'href="?buka=" data-stay aria-expanded="true"' in by_key["W-31.71"]  # with what is open below it
    assert 'href="?buka=W-31.71" data-stay aria-expanded="true"' in by_key["W-31.71.01"]
    assert 'href="?buka=D-BM,W-31.71,W-31.71.01" data-stay aria-expanded="false"' in by_key["D-BM"]
    assert table["shape"] == "one"


def test_the_list_of_one_type_is_sorted_and_names_the_units_above(build):
    parts = build({"tampil": "daftar"})
    assert list(rows(parts)) == ["K-GAMBIR", "K-CIDENG"]
    assert "Kec. Gambir, " in rows(parts)["K-GAMBIR"]
    assert parts[(ids.TKD_NARROW, "hidden")] is False
    assert parts[(ids.TKD_KIND, "value")] == "kelurahan"
    assert [option["value"] for option in parts[(ids.TKD_PARENT, "options")]] == ["semua", "W-31.71", "W-31.71.01"]
    assert list(rows(build({"tampil": "daftar", "urut": "nilai"}))) == ["K-CIDENG", "K-GAMBIR"]
    assert list(rows(build({"tampil": "daftar", "jenis": "sudin", "induk": "D-BM"}))) == ["S-BM-71"]
    nothing = build({"tampil": "daftar", "jenis": "sudin", "induk": "W-31.71"})
    assert rows(nothing) == {}
    assert said(nothing, ids.TKD_LEAD).startswith("Tidak ada suku dinas di bawah")


def test_a_search_finds_units_of_every_level_whatever_the_shape(build):
    parts = build({"cari": "gambir", "tampil": "daftar"})
    assert list(rows(parts)) == ["W-31.71.01", "K-GAMBIR"]
    assert said(parts, ids.TKD_LEAD).startswith("2 unit ditemukan untuk “gambir”")
    assert parts[(ids.TKD_NARROW, "hidden")] is True
    assert "Tidak ada unit dengan kata “zzz”" in said(build({"cari": "zzz"}), ids.TKD_LEAD)


def test_on_the_20th_there_is_one_period_with_movement_and_chance(build):
    parts = build()
    assert head(parts) == "Nilai TKD per unit Unit Nilai Sejak kemarin Sejak Okt Peluang A Laporan Terbuka"
    assert "Nilai TKD periode November 2026. Cut-off 8 Des 2026 23.59 WIB" in said(parts, ids.TKD_HEAD)
    assert "menghitung" in rows(parts)["W-31.71"]
    assert "1 dari 6 unit yang punya laporan kini bernilai A" in said(parts, ids.TKD_LEAD)


def test_on_the_3rd_both_open_periods_stand_side_by_side_the_closing_one_first(build):
    parts = build(now="2026-11-03 10:00")
    titles = head(parts)
    assert titles.index("Oktober 2026 ditutup") < titles.index("November 2026 berjalan")
    assert titles.count("Peluang A") == 2
    assert "Dua periode terbuka: Oktober ditutup 8 Nov 2026 23.59 WIB" in said(parts, ids.TKD_HEAD)
    assert "Okt dan Nov" in said(parts, ids.TKD_HEAD)
    assert rows(parts)["D-BM"].endswith("belum ada laporan")  # in November; in October it has some
    assert "15,00 E" in rows(parts)["D-BM"]


def test_the_counts_open_the_reports_of_their_own_period(build):
    row = dict(map(tuple, build(now="2026-11-03 10:00")[(ids.TKD_TABLE, "data")]["rows"]))["W-31.71"]
    hrefs = [html.unescape(href) for href in re.findall(r'class="to-list" href="([^"]*)"', row)]
    other = "/tkd/W-31.71?periode=2026-11&lihat="
    assert hrefs == ["/tkd/W-31.71?lihat=semua", f"{other}semua", f"{other}terbuka"]  # nothing of October is open
    asked = dict(map(tuple, build({"periode": "2026-10"})[(ids.TKD_TABLE, "data")]["rows"]))["D-BM"]
    assert "/tkd/D-BM?periode=2026-10&amp;lihat=semua" in asked


@pytest.mark.parametrize(
    ("period", "now", "value"),
    [("2026-11", "2026-11-03 10:00", "nilai sementara"), ("2026-11", "2026-11-09 10:00", "nilai akhir")],
)
def test_the_month_before_is_called_final_once_it_is(build, period, now, value):
    assert (
        f"Selisih dengan {value} Oktober 2026" in build({"periode": period}, now=now)[(ids.TKD_TABLE, "data")]["head"]
    )


def test_a_movement_is_that_of_the_figures_shown():
    from pages._tkd_list_table import moved_points

    grades = {"A": 85, "B": 75, "C": None}
    for now, since in ((84.9962, 0.004), (85.001, 0.004), (80.0049, 0.001), (80.006, 0.002)):
        columns = SimpleNamespace(standing=np.array([now]), rules=SimpleNamespace(grades=grades))
        pair = [as_hundredths(shown(value, grade_of(value, grades), grades)) for value in (now, now - since)]
        assert moved_points(columns, 0, np.array([since])) == pytest.approx((pair[0] - pair[1]) / 100)
    assert moved_points(columns, 0, np.array([np.nan])) is None


def test_one_of_two_open_periods_can_be_chosen(build):
    parts = build({"periode": "2026-11"}, now="2026-11-03 10:00")
    assert head(parts).count("Peluang A") == 1
    assert "?periode=2026-11" in links(parts[(ids.TKD_HEAD, "children")])


def test_a_closed_month_has_final_scores_and_neither_chance_nor_yesterday(build):
    parts = build({"periode": "2026-10"})
    assert head(parts) == "Nilai TKD per unit Unit Nilai akhir Sejak Sep Laporan Terbuka"
    assert "sudah lewat" in said(parts, ids.TKD_HEAD)
    assert "berakhir dengan A" in said(parts, ids.TKD_LEAD)
    hrefs = [row for _, row in parts[(ids.TKD_TABLE, "data")]["rows"]]
    assert 'href="/tkd/W-31.71?periode=2026-10"' in hrefs[1]


def test_a_viewer_sees_the_units_of_the_scope_and_nothing_else(build):
    scope = Scope(everything=False, unit_ids=frozenset({"W-31.71.01", "K-CIDENG"}))
    parts = build({"buka": "W-31.71,W-31.71.01"}, scope=scope)
    assert list(rows(parts)) == ["#wilayah", "W-31.71.01", "K-CIDENG"]
    assert list(rows(build({"cari": "gambir"}, scope=scope))) == ["W-31.71.01"]
    assert said(build(scope=NOTHING), ids.TKD_LEAD) == "Tidak ada unit dalam kewenangan Anda."


def test_nonsense_in_the_address_is_named_and_the_default_is_shown(build):
    nonsense = {"periode": "1999-01", "tampil": "kubus", "jenis": "x", "induk": "x", "buka": "x", "urut": "zzz"}
    parts = build(nonsense)
    assert list(rows(parts)) == list(rows(build()))
    assert "dikenal dan diabaikan: periode, tampil, jenis, induk, buka." in said(parts, ids.TKD_HEAD)


def test_an_assumed_formula_is_said_first(build, monkeypatch):
    monkeypatch.setattr("data_access.scorecards.RULEBOOK", "tkd-2021-asumsi")
    assert said(build({"tampil": "daftar"}), ids.TKD_LEAD).startswith("ASUMSI, bukan aturan resmi.")


def test_a_month_that_cannot_be_read_leaves_the_list_as_it_was_and_says_so(build, monkeypatch):
    point_at(monkeypatch, "postgresql://u@127.0.0.1:1/crm")
    monkeypatch.setattr(months, "settings", past.settings)
    monkeypatch.setattr(months, "_failed", {})
    parts = build({"periode": "2026-07"})
    assert (ids.TKD_TABLE, "data") not in parts
    assert "gagal dimuat" in said(parts, ids.TKD_LIST_FACT)
    assert "Juli 2026" in said(parts, ids.TKD_HEAD)
