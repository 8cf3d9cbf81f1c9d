"""The screens Laporan and Lacak: what they say of a list, of one report, and when there is nothing to show."""

from datetime import timedelta

import pytest

from components import ids
from data_access import listing, listing_rows, months, timeline
from data_access.engine import DatabaseUnavailable
from data_access.scope import EVERYTHING, NOTHING
from data_access.settings import Settings
from pages._laporan import chips
from pages._query import canonical, period_or_all_time
from tests.components.tree import having, nodes, text
from tests.conftest import CITY_UNTIL
from tests.data_access.listing_crm import point_at
from tests.data_access.state_at import state_at

pytestmark = pytest.mark.db


@pytest.fixture(scope="module")
def state(city_dsn):
    return state_at(city_dsn, CITY_UNTIL)


@pytest.fixture
def screens(web, city_dsn, monkeypatch):
    """The two screens, reading the city."""
    import sys

    point_at(monkeypatch, city_dsn)
    monkeypatch.setattr(months, "settings", lambda: Settings(city_dsn, city_dsn, None, None, None, "", None))
    return sys.modules["pages.laporan"], sys.modules["pages.lacak"]


def shown(screens, state, scope=EVERYTHING, **asked) -> dict:
    laporan, _ = screens
    return laporan.build(scope, dict(canonical(asked, state, laporan.ASKS, laporan.OWN)), state)


def test_the_head_says_how_many_and_of_when(screens, state):
    parts = shown(screens, state)
    head = parts[ids.LIST_HEAD, "children"]
    (count,) = [node for node in nodes(head) if hasattr(node, "data-list-count")]
    assert int(getattr(count, "data-list-count")) > 1000
    assert "masuk November 2026" in text(head)
    assert len(parts[ids.LIST_TABLE, "data"]["rows"]) == 50
    assert "kapan pun masuk" in text(shown(screens, state, periode="semua")[ids.LIST_HEAD, "children"])


def test_a_page_beyond_the_last_is_the_last(screens, state):
    parts = shown(screens, state, tunggu="24", periode="semua", halaman="999")
    rows = parts[ids.LIST_TABLE, "data"]["rows"]
    assert rows
    assert all(row["late"] == "late" for row in rows)


def test_chips_name_the_facets_and_take_each_away(screens, state):
    links = shown(screens, state, tunggu="6", cari="lampu")[ids.LIST_CHIPS, "children"]
    assert [text(link) for link in links] == ["menunggu > 6 jam ×", "memuat “lampu” ×", "Hapus semua"]
    assert [link.href for link in links] == ["?tunggu=&halaman=", "?cari=&halaman=", "?tunggu=&cari=&halaman="]


def test_the_chip_of_no_officer_says_so(screens, state):
    links = shown(screens, state, petugas="~")[ids.LIST_CHIPS, "children"]
    assert text(links[0]) == "tanpa petugas ×"


def test_every_facet_has_its_words():
    assert set(chips.WORDS) == set(chips.FACET_NAMES)


def test_nothing_found_says_so_and_offers_ways_on(screens, state):
    parts = shown(screens, state, cari="JK9912310001")
    assert parts[ids.LIST_TABLE, "data"]["rows"] == []
    words = text(parts[ids.LIST_NOTE, "children"])
    assert words == "Tidak ada laporan yang cocok. Buka JK9912310001 Cari di semua waktu"


def test_no_scope_no_report(screens, state):
    parts = shown(screens, state, NOTHING, periode="semua")
    assert "0 laporan" in text(parts[ids.LIST_HEAD, "children"])
    assert parts[ids.LIST_TABLE, "data"]["rows"] == []


def test_a_database_that_does_not_answer_leaves_a_sentence_not_another_list(screens, state, monkeypatch):
    def away():
        raise DatabaseUnavailable("cannot reach it")

    monkeypatch.setattr(listing_rows, "_bounded", away)
    parts = shown(screens, state)
    assert "belum dapat dibaca" in text(parts[ids.LIST_NOTE, "children"])
    assert "Jumlah belum diketahui" in text(parts[ids.LIST_HEAD, "children"])
    assert parts[ids.LIST_TABLE, "data"]["rows"] == []


def test_a_download_is_told_its_total_when_it_is_known_alone(screens, state, monkeypatch):
    def totals() -> set[str]:
        head = shown(screens, state)[ids.LIST_HEAD, "children"]
        return {getattr(node, "data-rows") for node in nodes(head) if hasattr(node, "data-export")}

    counted = listing_rows.count(EVERYTHING, listing.of_query({}), state)
    assert totals() == {str(counted.count)}
    monkeypatch.setattr(listing_rows, "count", lambda *_asked: listing_rows.Count(10_000, exact=False))
    assert totals() == {""}


def test_an_order_that_takes_too_long_gives_way_to_the_newest_and_says_so(screens, state, monkeypatch):
    real = listing_rows.page

    def slow(scope, what, state, order, number):
        if order != "masuk":
            raise DatabaseUnavailable("the database did not answer within 2.0 s")
        return real(scope, what, state, order, number)

    monkeypatch.setattr(listing_rows, "page", slow)
    parts = shown(screens, state, urut="menunggu")
    assert "terlalu besar untuk urutan itu" in text(parts[ids.LIST_NOTE, "children"])
    assert len(parts[ids.LIST_TABLE, "data"]["rows"]) == 50


def test_a_facet_nobody_knows_is_named(screens, state):
    assert "dan diabaikan: sel" in text(shown(screens, state, sel="x")[ids.LIST_HEAD, "children"])


def test_any_time_is_a_period_of_lists_only(state):
    asked = {"periode": "semua"}
    assert dict(canonical(asked, state, ("periode",), {"periode": period_or_all_time})) == asked
    assert dict(canonical(asked, state, ("periode",))) == {"tidak-dikenal": "periode"}


def one(screens, state, number: str, scope=EVERYTHING) -> dict:
    _, lacak = screens
    return lacak.build(scope, dict(canonical({"nomor": number}, state, lacak.ASKS)), state)


def row_of(screens, state, **asked) -> dict:
    return shown(screens, state, **asked)[ids.LIST_TABLE, "data"]["rows"][0]


def test_a_report_tells_its_way_its_holders_and_its_points(screens, state):
    row = row_of(screens, state, status="selesai", pindah="1", urut="selesai")
    parts = one(screens, state, row["number"])
    head = text(parts[ids.TRACE_HEAD, "children"])
    assert row["category"] in head
    assert "Selesai di" in head
    way = parts[ids.TRACE_STEPS_BODY, "children"]
    assert text(having(way, "steps")).startswith("Masuk")
    assert len(having(way, "holders")[0].children) >= 2
    assert "penyelesaian" in text(parts[ids.TRACE_FACTS_BODY, "children"])


def test_a_private_report_shows_neither_text_nor_photo(screens, state):
    number = next(
        row["number"]
        for row in shown(screens, state, status="selesai")[ids.LIST_TABLE, "data"]["rows"]
        if "privat" in row["tags"]
    )
    words = text(one(screens, state, number)[ids.TRACE_FACTS_BODY, "children"])
    assert words.startswith("Laporan privat: isinya tidak ditampilkan.")
    assert words.endswith("privat Sebelum privat Sesudah")


@pytest.mark.parametrize(("number", "scope"), [("JK0000000000", EVERYTHING), (None, NOTHING)])
def test_an_unknown_or_foreign_number_is_a_plain_sentence(screens, state, number, scope):
    parts = one(screens, state, number or row_of(screens, state)["number"], scope)
    assert text(parts[ids.TRACE_HEAD, "children"]).startswith("Laporan Laporan tidak ditemukan")
    assert parts[ids.TRACE_STEPS_BODY, "children"] is None


def test_a_report_of_a_closed_month_tells_what_it_gave_in_that_month(screens, state, monkeypatch):
    september = {"periode": "2026-09", "status": "selesai"}
    number = row_of(screens, state, **september, urut="terlama")["number"]
    words = text(one(screens, state, number)[ids.TRACE_FACTS_BODY, "children"])
    assert "September 2026, bulan masuknya, sudah ditutup: " in words
    assert "tidak dihitung dalam periode yang terbuka" in words

    def away(_period, _state):
        raise DatabaseUnavailable("away")

    monkeypatch.setattr("data_access.scorecards.reading_of", away)
    words = text(one(screens, state, number)[ids.TRACE_FACTS_BODY, "children"])
    assert "September 2026, bulan masuknya, sudah ditutup: belum dapat dihitung" in words


def test_a_report_of_an_open_month_tells_its_month_once(screens, state):
    number = row_of(screens, state, status="selesai")["number"]
    assert "bulan masuknya" not in text(one(screens, state, number)[ids.TRACE_FACTS_BODY, "children"])


def near(report: dict, category: str, metres: float, hours: float) -> timeline.Neighbour:
    """Beside a report, entered `hours` after it."""
    entered = report["entered_at"] + timedelta(hours=hours)
    may_be = category == report["category_id"] and abs(hours) <= 48
    return timeline.Neighbour("JK0", entered, "selesai", category, metres, may_be)


def test_what_lies_beside_names_its_category_and_says_what_may_be_a_duplicate(screens, state, monkeypatch):
    def beside(_scope, report) -> list[timeline.Neighbour]:
        other = next(one for one, _ in state.frame.names.categories[1:] if one != report["category_id"])
        return [near(report, report["category_id"], 3.4, -26), near(report, other, 12.0, 26)]

    monkeypatch.setattr(timeline, "neighbours", beside)
    parts = one(screens, state, row_of(screens, state)["number"])
    first, second = having(parts[ids.TRACE_NEAR_BODY, "children"], "near")[0].children
    assert "3 m, 26 j 00 m sebelumnya mungkin duplikat" in text(first)
    assert text(second).endswith("12 m, 26 j 00 m sesudahnya")
    assert parts[ids.TRACE_NEAR_FACT, "children"] == "2 laporan, 1 mungkin duplikat"
    assert "masuk paling jauh 90 hari sebelum atau sesudahnya" in text(parts[ids.TRACE_NEAR_BODY, "children"])


def test_when_the_reports_beside_take_too_long_the_report_is_there_without_them(screens, state, monkeypatch):
    def away(_scope, _report):
        raise DatabaseUnavailable("away")

    monkeypatch.setattr(timeline, "neighbours", away)
    parts = one(screens, state, row_of(screens, state)["number"])
    assert "gagal dimuat" in text(parts[ids.TRACE_NEAR_FACT, "children"])
    assert "kejadian" in parts[ids.TRACE_STEPS_FACT, "children"]


def test_a_report_without_a_place_says_why_nothing_is_beside_it(screens, state, monkeypatch):
    monkeypatch.setattr(timeline, "neighbours", lambda _scope, _report: None)
    parts = one(screens, state, row_of(screens, state)["number"])
    assert "tanpa titik lokasi" in text(parts[ids.TRACE_NEAR_BODY, "children"])
