"""The ranking as it is built: levels, order, minimum, volume, a closed month, nonsense, a database that is away."""

import pytest

from components import ids
from data_access import months, outlook, past
from data_access.live import State
from data_access.scope import EVERYTHING, NOTHING, Scope
from pages._query import canonical
from tests.builders import frame, report, wib
from tests.components.test_tkd_table import words
from tests.components.tree import text
from tests.data_access.past_crm import point_at

pytestmark = pytest.mark.db


@pytest.fixture(autouse=True)
def crm(crm_dsn, monkeypatch):
    """A CRM that answers, and no outlook yet."""
    point_at(monkeypatch, crm_dsn)
    monkeypatch.setattr(months, "settings", past.settings)
    monkeypatch.setattr(months, "_failed", {})
    months._closed.cache_clear()
    monkeypatch.setattr(outlook, "current", lambda: None)


@pytest.fixture
def build(web):
    """build(query, scope) -> the parts of the screen, as the browser would ask for them."""
    from pages import peringkat
    from pages._peringkat.asked import CHECKS

    def built(query: dict[str, str] | None = None, scope: Scope = EVERYTHING, *rows: dict) -> dict:
        state = State(frame(*(rows or ROWS)), (), wib("2026-11-20 10:00"), "1", True, (), (), 0.0)
        return peringkat.build(scope, dict(canonical(query or {}, state, peringkat.ASKS, CHECKS)), state)

    return built


def done(unit: str, day: int, hours: int = 10) -> dict:
    ended = f"2026-11-{day + hours // 24:02d} {8 + hours % 24:02d}:00"
    entered = f"2026-11-{day:02d} 08:00"
    return report(unit=unit, category="sampah", status="selesai", entered=entered, completed=ended)


ROWS = (
    *(done("K-GAMBIR", day) for day in range(1, 7)),
    *(report(unit="K-CIDENG", entered=f"2026-11-{day:02d} 08:00", category="sampah") for day in range(1, 6)),
    done("S-BM-71", 1),
)


def rows(parts: dict) -> dict[str, str]:
    return {key: words(row) for key, row in parts[(ids.TKD_TABLE, "data")]["rows"]}


def said(parts: dict, name: str) -> str:
    return text(parts[(name, "children")])


def test_kelurahan_stand_by_their_score_and_say_how_many_are_ranked(build):
    parts = build()
    assert list(rows(parts)) == ["K-GAMBIR", "K-CIDENG"]
    assert said(parts, ids.RANKING_FACT) == "2 berperingkat, 0 sampel kecil"
    assert said(parts, ids.RANKING_LEAD).startswith(
        "1 dari 2 unit berperingkat bernilai A. Kel. Gambir di urutan pertama"
    )
    assert "Nilai sementara November 2026. Cut-off 8 Des 2026 23.59 WIB" in said(parts, ids.RANKING_HEAD)


def test_a_small_sample_stands_apart_and_the_minimum_can_be_chosen(build):
    parts = build({"minimum": "6"})
    assert list(rows(parts)) == ["K-GAMBIR", "#kecil", "K-CIDENG"]
    assert rows(parts)["#kecil"] == "Sampel kecil 1 unit dengan kurang dari 6 laporan, tanpa peringkat"
    assert "Minimum 6 laporan: satu laporan" in said(parts, ids.RANKING_METHOD)
    assert "5,0 poin" in said(parts, ids.RANKING_METHOD)
    none = build({"minimum": "30"})
    assert "semuanya sampel kecil" in said(none, ids.RANKING_LEAD)


def test_the_order_follows_the_column_and_the_rank_stays_that_of_the_score(build):
    parts = build({"urut": "jumlah"})
    assert list(rows(parts)) == ["K-CIDENG", "K-GAMBIR"]
    assert rows(parts)["K-CIDENG"].startswith("2 ")
    head = parts[(ids.TKD_TABLE, "data")]["head"]
    assert '<th class="jumlah" scope="col" title="Laporan yang masuk November 2026" aria-sort="ascending">' in head
    assert list(rows(build({"urut": "-nama"}))) == ["K-GAMBIR", "K-CIDENG"]


@pytest.mark.parametrize("sort", ["peringkat", "nilai", "rentang", "selisih", "tuntas", "rerata", "tengah", "jawab"])
def test_every_column_sorts_both_ways(build, sort):
    assert set(rows(build({"urut": sort}))) == set(rows(build({"urut": f"-{sort}"}))) == {"K-GAMBIR", "K-CIDENG"}


def test_each_level_has_its_units(build):
    assert list(rows(build({"jenis": "skpd", "minimum": "1"}))) == ["D-BM"]
    assert list(rows(build({"jenis": "kota"}))) == ["W-31.71"]
    assert "Tidak ada UPT, BLUD, dan BUMD dalam saringan" in said(build({"jenis": "upt"}), ids.RANKING_LEAD)


def test_the_numbers_open_the_lists_of_the_unit_with_the_filters(build):
    html = dict(map(tuple, build({"kanal": "JAKI", "periode": "2026-11"})[(ids.TKD_TABLE, "data")]["rows"]))["K-GAMBIR"]
    assert 'href="/laporan?periode=2026-11&amp;unit=K-GAMBIR&amp;kanal=JAKI"' in html
    assert 'href="/laporan?periode=2026-11&amp;unit=K-GAMBIR&amp;kanal=JAKI&amp;selesai=..2026-11-20"' in html
    assert 'href="/tkd/K-GAMBIR?periode=2026-11"' in html


def test_a_narrowed_view_says_that_the_score_is_of_all_reports(build):
    assert "nilai dan rentang tetap dari semua laporan" in said(build({"kanal": "JAKI"}), ids.RANKING_LEAD)


def test_the_five_highest_and_lowest_stand_as_the_monthly_report_prints_them(build):
    shown = said(build(), ids.RANKING_EXTREMES)
    assert (
        "Top 5 Kelurahan berdasarkan peringkat tertinggi Kelurahan Peringkat Nilai Keterangan 1. Kel. Gambir A" in shown
    )
    assert "terendah Kelurahan Peringkat Nilai Keterangan 1. Kel. Cideng E" in shown
    only_best = build({}, EVERYTHING, *ROWS[:6])
    assert said(only_best, ids.RANKING_EXTREMES).endswith("NIHIL")


def test_a_volume_band_is_ranked_by_itself(build):
    parts = build({"volume": "banyak"})
    assert list(rows(parts)) == ["K-GAMBIR"]
    assert "Banyak, > 5" in said(parts, ids.RANKING_TOOLS)


def test_a_viewer_sees_the_units_of_the_scope_and_nothing_else(build):
    assert list(rows(build(scope=Scope(False, frozenset({"K-CIDENG"}))))) == ["K-CIDENG"]
    assert rows(build(scope=NOTHING)) == {}


def test_a_closed_month_is_final_and_empty_where_nothing_came_in(build):
    parts = build({"periode": "2026-09"})
    assert "Nilai akhir September 2026" in said(parts, ids.RANKING_HEAD)
    assert rows(parts) == {}


def test_nonsense_in_the_address_is_the_default(build):
    nonsense = {"jenis": "kubus", "minimum": "0", "volume": "x", "urut": "zzz", "unit": "tidak-ada"}
    assert list(rows(build(nonsense))) == list(rows(build()))


def test_a_month_that_cannot_be_read_leaves_the_ranking_as_it_was_and_says_so(build, monkeypatch):
    point_at(monkeypatch, "postgresql://u@127.0.0.1:1/crm")
    monkeypatch.setattr(months, "settings", past.settings)
    parts = build({"periode": "2026-07"})
    assert (ids.TKD_TABLE, "data") not in parts
    assert "gagal dimuat" in said(parts, ids.RANKING_FACT)
