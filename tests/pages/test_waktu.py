"""Waktu as it is built: every number is a list, every state of the data has its words."""

from urllib.parse import parse_qsl, urlsplit

import numpy as np
import psycopg
import pytest

from components import ids
from data_access import listing, listing_rows, months_of_durations
from data_access import months as frames
from data_access.engine import DatabaseUnavailable
from data_access.scope import EVERYTHING, NOTHING
from demo.schema import create_schema
from pages._query import canonical
from tests.components.tree import having, nodes, text
from tests.conftest import fresh_database
from tests.data_access.month_crm import fill, move, point_at, put, state_of
from tests.pages.numbers import assert_numbers_are_lists

pytestmark = pytest.mark.db
LONG = "Pekerja Penanganan Prasarana dan Sarana Umum Kelurahan dan Lingkungan Permukiman"


@pytest.fixture(scope="module")
def filled(postgres):
    """A CRM that the tests only read."""
    for dsn in fresh_database(postgres):
        create_schema(dsn)
        with psycopg.connect(dsn, autocommit=True) as connection:
            write(connection)
        yield dsn


def write(connection: psycopg.Connection) -> None:
    """The reports that the tests speak of."""
    fill(connection)
    connection.execute("update crm.category set name = %s where category_id = 'sampah'", [LONG])
    for number in range(35):
        put(connection, f"N-{number}", "2026-11-02 08:00", completed="2026-11-03 08:00", category="sampah")
    put(connection, "LAMA", "2026-10-02 08:00", completed="2026-11-03 08:00", unit="K-GAMBIR")
    hours = ("10:00", "11:00", "12:00", "13:00")
    for hour, way in zip(hours, [("K-GAMBIR", "D-BM"), ("D-BM", "K-GAMBIR")] * 2, strict=True):
        move(connection, "N-1", f"2026-11-02 {hour}", "koordinasi", *way)


@pytest.fixture
def crm(filled, monkeypatch):
    """Every question asks this CRM, and has no answer yet."""
    point_at(monkeypatch, filled)
    monkeypatch.setattr(frames, "settings", months_of_durations.settings)
    frames._closed.cache_clear()
    return filled


@pytest.fixture
def screen(web, crm):
    """screen(query, scope) -> the parts of the whole screen, with those that have an answer of their own."""
    from pages import waktu
    from pages._waktu import between, events, months

    state = state_of(crm)

    def built(query: dict[str, str] | None = None, scope=EVERYTHING) -> dict:
        parts = {}
        for view in (waktu, months, events, between):
            parts |= view.build(scope, dict(canonical(query or {}, state, view.ASKS)), state)
        return parts

    built.state = state
    return built


def said(parts: dict, name: str) -> str:
    return text(parts[(name, "children")])


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"menurut": "unit"},
        {"menurut": "kanal"},
        {"periode": "2026-07"},
        {"unit": "K-GAMBIR", "menurut": "unit"},
        {"kategori": "sampah"},
        {"wilayah": "31.71", "kanal": "JAKI"},
    ],
)
def test_every_number_is_as_large_as_its_list_is_long(screen, crm, query):
    assert_numbers_are_lists(screen(query), crm, screen.state, 12)


def test_the_figures_of_the_month_are_those_of_what_was_completed_in_it(screen):
    words = said(screen(), ids.TIMES_SUMMARY_BODY)
    assert "Rerata 44,1 jam" in words
    assert "37 laporan selesai" in said(screen(), ids.TIMES_SUMMARY_FACT)
    assert "> 14 hari 1" in words


def opened(screen, part: str, words: str) -> tuple[int, int]:
    """(number said, length of its list) of the link that says so many reports, in one part of the screen."""
    (link,) = [
        node
        for node in nodes(screen()[(part, "children")])
        if getattr(node, "className", None) == "num" and words in node.href and text(node).endswith(" laporan")
    ]
    given = listing.of_query(dict(parse_qsl(urlsplit(link.href).query)))
    listing_rows._answers.clear()
    return int(text(link).split()[0]), listing_rows.count(EVERYTHING, given, screen.state).count


def test_the_young_reports_without_an_answer_and_those_beyond_the_last_limit_open_their_lists(screen, crm, monkeypatch):
    monkeypatch.setattr(listing_rows, "settings", months_of_durations.settings)
    assert opened(screen, ids.TIMES_SUMMARY_BODY, "dalam=6") == (1, 1)  # NOV-2, an hour old
    said_count, listed = opened(screen, ids.TIMES_LIMITS_BODY, "tingkat=")
    assert said_count == listed


def test_the_slow_rows_are_marked_and_sorted_last_when_they_are_few(screen):
    body = screen({"urut": "-median"})[(ids.TIMES_GROUPS_BODY, "children")]
    names = [text(row.children[0]) for row in nodes(body) if type(row).__name__ == "Tr"][1:]
    assert names == [LONG, "Jalan"]
    assert len(having(body, "few")) == 1
    ascending = screen({"urut": "nama"})[(ids.TIMES_GROUPS_BODY, "children")]
    assert len(having(ascending, "drawn")) == 2


def test_a_category_without_limits_says_that_the_default_is_used(screen):
    parts = screen({"batas": "jalan"})
    assert "Jalan . 50% selesai sebelum 47 jam" in said(parts, ids.TIMES_LIMITS_BODY)
    assert "batas bawaan" in said(screen(), ids.TIMES_LIMITS_BODY)


def test_the_way_of_a_report_that_was_passed_on_is_told(screen):
    words = said(screen(), ids.TIMES_PASSED_BODY)
    assert words.startswith("1 laporan yang masuk bulan ini sudah dioper 3 kali")
    assert "Kel. Gambir → Dinas Bina Marga → Kel. Gambir → Dinas Bina Marga → Kel. Gambir" in words


def test_a_cell_of_the_matrix_opens_as_many_reports_as_it_says(screen):
    parts = screen({"alur": "Dinas Bina Marga~Kelurahan"})
    (chosen,) = having(parts[(ids.TIMES_FLOWS_BODY, "children")], "on")
    assert text(chosen) == "1"
    assert said(parts, ids.TIMES_BETWEEN_BODY).startswith("Dari Dinas Bina Marga ke Kelurahan 1 laporan")
    assert "tidak dikenal" in said(screen({"alur": "Dinas Ajaib~Kelurahan"}), ids.TIMES_BETWEEN_BODY)


def test_a_flow_of_many_reports_is_leafed_through_newest_first(screen, monkeypatch):
    from pages._waktu import between

    frame = screen.state.frame
    monkeypatch.setattr(between, "ROWS_PER_PAGE", 15)
    monkeypatch.setattr(between, "reports_between", lambda *_asked: np.arange(len(frame)))
    pages = [flow_page(screen, page) for page in ("1", "2", "3")]
    numbers = [number for page in pages for number in page[1]]
    newest = sorted(range(len(frame)), key=lambda row: (-int(frame.entered[row]), frame.number[row]))
    assert 30 < len(frame) <= 45
    assert numbers == [frame.number[row] for row in newest]
    assert f"{len(frame)} laporan, ditampilkan 16 sampai 30" in pages[1][0]
    assert pages[1][0].endswith("Sebelumnya halaman 2 dari 3 Berikutnya")
    assert flow_page(screen, "9") == pages[2]


def flow_page(screen, page: str) -> tuple[str, list[str]]:
    """What one page of a flow says, and the numbers of its reports."""
    parts = screen({"alur": "Dinas Bina Marga~Kelurahan", "halaman": page})
    table = having(parts[(ids.TIMES_BETWEEN_BODY, "children")], "between-list")[0]
    return said(parts, ids.TIMES_BETWEEN_BODY), [text(row.children[0]) for row in table.children[1].children]


def test_another_flow_begins_at_its_first_page(screen):
    (link,) = [node for node in nodes(screen()[(ids.TIMES_FLOWS_BODY, "children")]) if text(node) == "1 laporan"]
    assert link.href.endswith("&halaman=")


def test_thirteen_months_compare_the_last_with_those_before(screen):
    assert "Median November 2026 24,0 jam" not in said(screen(), ids.TIMES_MONTHS_BODY)  # too few before
    assert "Belum cukup" in said(screen(), ids.TIMES_MONTHS_BODY)


def test_who_may_see_nothing_sees_no_figure(screen):
    parts = screen(scope=NOTHING)
    assert "Belum ada laporan yang selesai" in said(parts, ids.TIMES_SUMMARY_BODY)
    assert "Tidak ada laporan" in said(parts, ids.TIMES_GROUPS_BODY)
    assert "Tidak ada laporan selesai dalam 13 bulan" in said(parts, ids.TIMES_MONTHS_BODY)
    assert "Belum ada laporan selesai" in said(parts, ids.TIMES_HANDS_BODY)
    assert "Tidak ada laporan yang berpindah" in said(parts, ids.TIMES_FLOWS_BODY)


def test_a_database_that_is_away_leaves_the_panels_that_need_it_as_they_were(screen, monkeypatch):
    point_at(monkeypatch, "postgresql://u@127.0.0.1:1/crm")
    parts = screen()
    assert "37 laporan selesai" in said(parts, ids.TIMES_SUMMARY_FACT)
    for fact, body in (
        (ids.TIMES_MONTHS_FACT, ids.TIMES_MONTHS_BODY),
        (ids.TIMES_HANDS_FACT, ids.TIMES_HANDS_BODY),
        (ids.TIMES_FLOWS_FACT, ids.TIMES_FLOWS_BODY),
    ):
        assert (body, "children") not in parts
        assert "gagal dimuat" in said(parts, fact)


def test_a_crm_without_history_says_so(screen, monkeypatch):
    monkeypatch.setattr("data_access.report_steps.steps", lambda _period, _state: None)
    assert "tidak menyimpan riwayat" in said(screen(), ids.TIMES_HANDS_BODY)


def test_a_list_of_one_flow_says_when_the_history_cannot_be_read(screen, monkeypatch):
    def away(_period, _state):
        raise DatabaseUnavailable("away")

    monkeypatch.setattr("data_access.report_steps.steps", away)
    assert "belum dapat dibaca" in said(screen({"alur": "Dinas Bina Marga~Kelurahan"}), ids.TIMES_BETWEEN_BODY)
