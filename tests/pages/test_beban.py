"""The workload as it is built: units and officers, their order and pages, the sentence, scope, a database away."""

from urllib.parse import parse_qsl, urlsplit

import psycopg
import pytest

from components import ids
from data_access import listing, listing_rows, workload
from data_access.live import State
from data_access.scope import EVERYTHING, NOTHING, Scope
from data_access.settings import Settings
from pages._query import canonical
from tests.builders import frame, report, wib
from tests.components.test_tkd_table import words
from tests.components.tree import having, text
from tests.crm import add_report

ROWS = (
    report(number="TUA", unit="D-BM", entered="2026-09-01 08:00", status="proses"),
    report(number="BARU", unit="S-BM-71", entered="2026-11-19 08:00"),
    report(number="AIR", unit="D-SDA", entered="2026-11-18 08:00", completed="2026-11-19 08:00", status="selesai"),
    report(number="GAMBIR", unit="K-GAMBIR", entered="2026-11-01 08:00", channel="TWITTER"),
)
OFFICERS = "insert into crm.officer values ('P1', 'D-BM', 'Petugas 01'), ('P2', 'D-SDA', 'Petugas 01')"
AWAY = "postgresql://u@127.0.0.1:1/crm"

pytestmark = pytest.mark.db


def point_at(monkeypatch, dsn: str) -> None:
    """Read the officers from this CRM, afresh."""
    monkeypatch.setattr(workload, "settings", lambda: Settings(dsn, dsn, None, None, None, "", None))
    monkeypatch.setattr(workload, "_failed", {})
    workload._officers.cache_clear()


@pytest.fixture(autouse=True)
def crm(crm_dsn, monkeypatch):
    """A CRM in which P1 holds TUA and P2 AIR."""
    point_at(monkeypatch, crm_dsn)
    with psycopg.connect(crm_dsn, autocommit=True) as connection:
        connection.execute(OFFICERS)
        for number, officer, entered in (("TUA", "P1", "2026-09-01 08:00"), ("AIR", "P2", "2026-11-18 08:00")):
            add_report(connection, number, entered_at=wib(entered), updated_at=wib(entered))
            connection.execute("update crm.report set officer_id = %s where report_id = %s", [officer, number])
        yield connection


@pytest.fixture
def build(web):
    """build(query, scope) -> the parts of the screen, as the browser would ask for them."""
    from pages import beban
    from pages._beban.asked import CHECKS

    def built(query: dict[str, str] | None = None, scope: Scope = EVERYTHING) -> dict:
        state = State(frame(*ROWS), (), wib("2026-11-20 10:00"), "1", True, (), (), 0.0)
        return beban.build(scope, dict(canonical(query or {}, state, beban.ASKS, CHECKS)), state)

    return built


def rows(parts: dict) -> dict[str, str]:
    return {key: words(row) for key, row in parts[(ids.TKD_TABLE, "data")]["rows"]}


def said(parts: dict, name: str) -> str:
    return text(parts[(name, "children")])


def test_units_stand_with_the_largest_pile_first_and_all_below_them(build):
    parts = build()
    assert list(rows(parts)) == ["D-BM", "D-SDA"]
    assert rows(parts)["D-BM"].startswith("Dinas Bina Marga 2 ")
    assert said(parts, ids.WORKLOAD_FACT) == "2 unit dengan laporan"
    assert said(parts, ids.WORKLOAD_LEAD) == "Pada 0 dari 2 unit tumpukan bertambah."


def test_the_sentence_counts_all_and_every_number_opens_its_list(build):
    parts = build()
    assert said(parts, ids.WORKLOAD_DAYS).startswith("3 laporan terbuka , 2 di antaranya lewat batas")
    hrefs = [link.href for link in having(parts[(ids.WORKLOAD_DAYS, "children")], "num")]
    assert hrefs == [
        "/laporan?periode=semua&terbuka=ya",
        "/laporan?periode=semua&lewat=ya",
        "/laporan?periode=semua&tunggu=0",
    ]
    assert said(parts, ids.WORKLOAD_DAYS_FACT) == "23 Okt – 19 Nov, 28 hari penuh"


def test_the_filters_go_along_into_the_lists_but_the_period(build):
    html = dict(map(tuple, build({"kanal": "JAKI", "periode": "2026-10"})[(ids.TKD_TABLE, "data")]["rows"]))["D-BM"]
    assert 'href="/laporan?periode=semua&amp;unit=D-BM&amp;kanal=JAKI&amp;terbuka=ya"' in html
    assert "selesai=2026-11-13..2026-11-19" in html


def test_a_chosen_period_changes_nothing_and_it_is_said(build):
    parts = build({"periode": "2026-10"})
    assert "Pilihan periode tidak mengubah layar ini" in said(parts, ids.WORKLOAD_HEAD)
    assert rows(parts).keys() == rows(build()).keys()


def test_officers_are_told_apart_by_their_unit_and_the_rest_is_counted(build):
    parts = build({"lihat": "petugas"})
    assert list(rows(parts)) == ["P1", "P2"]
    assert rows(parts)["P1"].startswith("Petugas 01 Dinas Bina Marga 1 ")
    assert "2 laporan terbuka belum punya petugas" in said(parts, ids.WORKLOAD_LEAD)
    html = dict(map(tuple, parts[(ids.TKD_TABLE, "data")]["rows"]))["P1"]
    assert 'href="/laporan?periode=semua&amp;terbuka=ya&amp;petugas=P1"' in html


def test_the_reports_without_an_officer_open_a_list_of_as_many(build, crm, crm_dsn, monkeypatch):
    for number, entered in (("BARU", "2026-11-19 08:00"), ("GAMBIR", "2026-11-01 08:00")):
        add_report(crm, number, entered_at=wib(entered), updated_at=wib(entered))
    crm.execute("update crm.report set officer_id = '' where report_id = 'GAMBIR'")
    (link,) = having(build({"lihat": "petugas"})[(ids.WORKLOAD_LEAD, "children")], "num")
    assert link.href == "/laporan?periode=semua&terbuka=ya&petugas=~"
    monkeypatch.setattr(listing_rows, "settings", workload.settings)
    listing_rows._answers.clear()
    state = State(frame(*ROWS), (), wib("2026-11-20 10:00"), "1", True, (), (), 0.0)
    listed = listing.of_query(dict(parse_qsl(urlsplit(link.href).query)))
    assert listing_rows.count(EVERYTHING, listed, state).count == int(text(link)) == 2


def test_a_long_list_of_officers_has_pages(build, monkeypatch):
    monkeypatch.setattr("pages._beban.asked.PAGE_ROWS", 1)
    monkeypatch.setattr("pages._beban.words.PAGE_ROWS", 1)
    first, last = build({"lihat": "petugas"}), build({"lihat": "petugas", "halaman": "9"})
    assert (list(rows(first)), list(rows(last))) == (["P1"], ["P2"])
    assert said(first, ids.WORKLOAD_TOOLS) == "1–1 dari 2 Berikutnya"
    assert said(last, ids.WORKLOAD_TOOLS) == "2–2 dari 2 Sebelumnya"


@pytest.mark.parametrize(
    "sort", ["nama", "terbuka", "lewat", "tunggu", "masuk", "tutup", "pekan", "kapasitas", "neraca", "habis", "tertua"]
)
def test_every_column_sorts_both_ways(build, sort):
    assert set(rows(build({"urut": sort}))) == set(rows(build({"urut": f"-{sort}"}))) == {"D-BM", "D-SDA"}


def test_what_comes_in_is_held_against_the_capacity_and_who_has_none_comes_last(build, monkeypatch):
    closed = [
        report(
            number=f"S-{day}",
            unit="D-BM",
            entered=f"2026-11-{day} 08:00",
            completed=f"2026-11-{day} 09:00",
            status="selesai",
        )
        for day in (10, 11, 12, 13)
    ]
    monkeypatch.setattr("tests.pages.test_beban.ROWS", (*ROWS, *closed))
    assert " 18% " in rows(build())["D-BM"]  # 5 in 28 days of 1 a day
    assert 'class="kapasitas flat"' in dict(map(tuple, build()[(ids.TKD_TABLE, "data")]["rows"]))["D-SDA"]
    assert list(rows(build({"urut": "kapasitas"}))) == list(rows(build({"urut": "-kapasitas"}))) == ["D-BM", "D-SDA"]


def test_the_oldest_comes_first_when_asked_for_and_who_has_nothing_open_last(build):
    assert list(rows(build({"urut": "-tertua"}))) == list(rows(build({"urut": "tertua"}))) == ["D-BM", "D-SDA"]
    assert "80 hari" in rows(build())["D-BM"]


def test_a_viewer_sees_the_scope_and_nothing_else(build):
    assert list(rows(build(scope=Scope(False, frozenset({"D-SDA"}))))) == ["D-SDA"]
    nothing = build(scope=NOTHING)
    assert rows(nothing) == {}
    assert said(nothing, ids.WORKLOAD_LEAD) == "Tidak ada laporan terbuka atau baru dalam saringan ini."
    assert rows(build({"lihat": "petugas"}, NOTHING)) == {}


def test_a_crm_without_officers_says_so(build, crm):
    crm.execute("drop table crm.officer cascade")
    assert "CRM tidak memuat petugas" in said(build({"lihat": "petugas"}), ids.WORKLOAD_LEAD)


def test_officers_that_cannot_be_read_leave_the_table_and_the_days_stay(build, monkeypatch):
    point_at(monkeypatch, AWAY)
    parts = build({"lihat": "petugas"})
    assert (ids.TKD_TABLE, "data") not in parts
    assert "gagal dimuat" in said(parts, ids.WORKLOAD_FACT)
    assert (ids.WORKLOAD_DAYS, "children") in parts
