"""Peringatan Dini as it is built: rows and their messages, lists behind numbers, stored checks, what is empty."""

import re

import psycopg
import pytest

from components import ids
from data_access.scope import EVERYTHING, NOTHING, Scope
from data_access.tickets import Ticket
from tests.builders import report, wib
from tests.components.test_tkd_table import words
from tests.components.tree import nodes, text
from tests.crm import add_names, add_report
from tests.data_access.desk_world import limits_of, state_of
from tests.pages.desk_screen import builder, point_at, store

pytestmark = pytest.mark.db

LONG = report(number="LAMA", unit="K-GAMBIR", entered="2026-11-21 13:00", category="sampah")
SHORT = report(number="ENAM", unit="K-GAMBIR", entered="2026-11-22 08:00", category="sampah")
NEXT_DOOR = report(number="SEBELAH", unit="K-CIDENG", entered="2026-11-22 07:00", kelurahan="31.71.01.1002")
SUDIN = report(number="SUDIN", unit="S-BM-71", entered="2026-11-22 06:00")
ALL = (LONG, SHORT, NEXT_DOOR, SUDIN)
REJECTED = report(number="TOLAK", unit="K-CIDENG", entered="2026-11-22 12:00", status="tl_ditolak")
PROMISED = Ticket("TIKET", wib("2026-11-22 12:30"), wib("2026-11-22 20:00"), wib("2026-11-30 00:00"))
WITH_TICKET = report(number="TIKET", unit="K-CIDENG", entered="2026-11-22 12:00", status="proses")
PASSED = report(number="LEWAT", unit="K-CIDENG", entered="2026-11-19 14:00", status="proses", category="sampah")
FLOODED = [report(unit="K-GAMBIR", entered=f"2026-11-22 07:{minute:02d}", category="sampah") for minute in range(12)]


@pytest.fixture
def build(desk_dsn):
    """build(*reports, query, scope, **world) -> the parts of the screen."""
    return builder()


def rows(parts: dict) -> dict[str, dict]:
    return {row["id"]: row for row in parts[(ids.DESK_ROWS, "data")]["rows"]}


def said(parts: dict, name: str) -> str:
    return text(parts[(name, "children")])


def links(parts: dict, name: str) -> list[tuple[str, str]]:
    """(words, address) of every link of a part."""
    found = [node for node in nodes(parts[(name, "children")]) if type(node).__name__ == "A"]
    return [(text(node), node.href) for node in found]


def tagged(parts: dict) -> list[list[str]]:
    """What each report on the rows can be asked for by."""
    html = "".join(row["html"] for row in rows(parts).values())
    return [tags.split() for tags in re.findall(r'data-tags="([^"]*)"', html)]


def test_units_stand_in_calling_order_in_two_groups(build):
    found = rows(build(*ALL))
    assert list(found) == ["K-GAMBIR", "K-CIDENG", "S-BM-71"]
    assert [row["group"] for row in found.values()] == ["wilayah", "wilayah", "skpd"]
    assert words(found["K-GAMBIR"]["html"]).startswith("Kel. Gambir 2 ◆ 1")
    assert found["K-GAMBIR"]["reports"] == ["LAMA", "ENAM"]


def test_the_message_greets_the_office_and_names_each_report_with_its_wait_and_the_nearest_deadline(build):
    row = rows(build(*ALL, query={"wilayah": "31.71"}))["K-GAMBIR"]
    lines = row["message"].split("\n")
    assert (row["office"], lines[0]) == ("Lurah Gambir", "Yth. Lurah Gambir")
    assert "Per Minggu, 22 Nov 2026 14.05 WIB, 2 laporan warga menunggu lebih dari 6 jam:" in lines
    first = lines[lines.index("1. LAMA Sampah") + 1]
    assert first == "   Gambir, menunggu 25 jam 5 menit, nilai waktu 100 turun ke 80 pukul 18.00"
    assert "Yang paling dekat: Sampah sebelum pukul 18.00." in row["message"]
    assert lines[-1] == "Sekretariat Kota Jakarta Pusat"


def test_offices_are_greeted_by_their_title(build):
    waiting = [report(unit=unit, entered="2026-11-22 06:00") for unit in ("W-31.71.01", "W-31.71", "D-BM", "S-BM-71")]
    assert {row["office"] for row in rows(build(*waiting)).values()} == {
        "Camat Gambir",
        "Walikota Jakarta Pusat",
        "Kepala Dinas Bina Marga",
        "Kepala Suku Dinas Bina Marga Jakarta Pusat",
    }


def test_a_private_report_is_sent_without_its_place(desk_dsn):
    from pages import peringatan

    state = state_of(LONG)
    state.frame.is_private[0] = True
    row = rows(peringatan.build(EVERYTHING, {}, state))["K-GAMBIR"]
    assert "laporan privat" in row["html"]
    assert "   menunggu 25 jam 5 menit" in row["message"] and "Gambir, menunggu" not in row["message"]


def test_the_figures_open_their_lists_or_narrow_the_desk_to_their_reports(build):
    parts = build(*ALL, query={"wilayah": "31.71", "kategori": "sampah"})
    assert "Menunggu > 6 jam 2" in said(parts, ids.DESK_STRIP)
    assert links(parts, ids.DESK_STRIP)[:3] == [
        ("2", "/laporan?periode=semua&wilayah=31.71&kategori=sampah&tunggu=6"),
        ("1", "/laporan?periode=semua&wilayah=31.71&kategori=sampah&tunggu=24"),
        ("1", "?hanya=tingkat"),
    ]


def test_a_number_opens_its_list_unless_the_list_would_hold_those_of_units_below(build):
    found = rows(build(*ALL, report(unit="W-31.71.01", entered="2026-11-22 05:00")))
    own = 'href="/laporan?periode=semua&amp;unit=K-GAMBIR&amp;tunggu=6" data-page="" data-count="2"'
    assert own in found["K-GAMBIR"]["html"]
    assert 'href="?pilih=W-31.71.01" data-stay=""' in found["W-31.71.01"]["html"]
    assert "data-count" not in found["W-31.71.01"]["html"]


@pytest.mark.parametrize(
    ("only", "count", "start"),
    [
        ("mro", 1, "1 laporan yang menunggu lebih dari 24 jam."),
        ("respons", 4, "4 laporan yang menunggu lebih dari 6 jam."),
        ("lewat", 1, "1 laporan yang baru melewati batas terakhir kategorinya."),
        ("tingkat", 1, "1 laporan yang nilai waktunya segera turun."),
        ("tiket", 1, "1 laporan yang tiketnya jatuh tempo."),
        ("ditolak", 1, "1 laporan yang tindak lanjutnya ditolak."),
        ("masih", 2, "2 laporan yang masih menunggu sejak"),
        ("baru", 2, "2 laporan yang baru menunggu lebih dari 6 jam sejak"),
        ("lewat24", 1, "1 laporan yang melewati 24 jam sejak"),
    ],
)
def test_narrowed_the_desk_holds_as_many_reports_as_the_number_says(build, desk_dsn, only, count, start):
    earlier = report(number="SEBELAH", unit="K-CIDENG", entered="2026-11-22 06:00")
    store(desk_dsn, "pagi", "2026-11-22 07:30", "", state_of(LONG, earlier, now="2026-11-22 12:30"))
    parts = build(*ALL, REJECTED, WITH_TICKET, PASSED, query={"hanya": only}, tickets=(PROMISED,))
    assert said(parts, ids.DESK_LEAD).startswith(start)
    assert sum(only in tags for tags in tagged(parts)) == count
    assert ("Tampilkan semua", "?hanya=") in links(parts, ids.DESK_LEAD)


def test_what_was_handled_since_the_check_is_named(build, desk_dsn):
    gone = report(number="BERES", unit="K-GAMBIR", entered="2026-11-21 20:00")
    store(desk_dsn, "pagi", "2026-11-22 07:30", "", state_of(LONG, gone, now="2026-11-22 07:31"))
    parts = build(*ALL, query={"hanya": "ditangani"})
    assert "Dibandingkan dengan pagi 07.30." in said(parts, ids.DESK_HEAD)
    assert links(parts, ids.DESK_LEAD) == [("Tampilkan semua", "?hanya="), ("BERES", "/laporan/BERES")]
    assert links(parts, ids.DESK_STRIP)[-3:] == [
        ("1", "?hanya=masih"),
        ("3 baru", "?hanya=baru"),
        ("1", "?hanya=lewat24"),
    ]


def test_without_a_stored_check_the_rows_of_then_are_compared_and_it_is_said(build, desk_dsn):
    with psycopg.connect(desk_dsn) as connection:
        add_names(connection)
        add_report(connection, "LAMA", entered_at=wib("2026-11-21 13:00"))
    head = said(build(*ALL), ids.DESK_HEAD)
    assert "Pemeriksaan sore 15.30 WIB , 1 jam 25 menit lagi." in head
    assert "Pemeriksaan pagi tidak dilakukan; dibandingkan dengan 07.30 dari data." in head


def test_a_stored_check_is_shown_as_it_was_seen_and_nothing_is_done_on_it(build, desk_dsn):
    number = store(desk_dsn, "pagi", "2026-11-22 07:30", "31.71", state_of(LONG, now="2026-11-22 07:31"))
    for asked in ("pagi", str(number)):
        parts = build(*ALL, query={"wilayah": "31.71", "periksa": asked})
        data = parts[(ids.DESK_ROWS, "data")]
        assert (data["live"], list(rows(parts))) == (False, ["K-GAMBIR"])
        assert "seperti terlihat 22 Nov 07.31 WIB" in said(parts, ids.DESK_HEAD)
        assert ("1", "?hanya=respons") in links(parts, ids.DESK_STRIP)
        assert "/laporan?" not in rows(parts)["K-GAMBIR"]["html"]


def test_a_check_that_was_not_stored_and_filters_it_does_not_know_are_said(build, desk_dsn):
    missing = build(*ALL, query={"periksa": "sore"})
    assert said(missing, ids.DESK_LEAD).startswith("Pemeriksaan sore terakhir tidak tersimpan; ini keadaan sekarang.")
    assert missing[(ids.DESK_ROWS, "data")]["live"]
    store(desk_dsn, "pagi", "2026-11-22 07:30", "31.71", state_of(LONG, now="2026-11-22 07:31"))
    narrowed = build(*ALL, query={"wilayah": "31.71", "kategori": "jalan", "periksa": "pagi"})
    assert said(narrowed, ids.DESK_LEAD).startswith("Pemeriksaan disimpan per kota")


def test_the_checks_to_choose_from_stand_by_their_time(build):
    assert "Sore 15.30 kemarin Pagi 07.30 Sore, sedang disusun" in said(build(*ALL), ids.DESK_HEAD)
    evening = said(build(*ALL, now="2026-11-22 16:00"), ids.DESK_HEAD)
    assert "Pagi 07.30 Sore 15.30 Besok pagi, sedang disusun" in evening


def test_a_viewer_sees_the_units_of_the_scope_and_no_stored_check_of_others(build, desk_dsn):
    store(desk_dsn, "pagi", "2026-11-22 07:30", "", state_of(*ALL, now="2026-11-22 13:31"))
    mine = Scope(False, frozenset({"K-CIDENG"}))
    parts = build(*ALL, scope=mine, query={"periksa": "pagi"})
    assert list(rows(parts)) == ["K-CIDENG"]
    assert "hanya untuk yang melihat seluruh kota" in said(parts, ids.DESK_LEAD)
    assert "pagi 1, " in said(parts, ids.DESK_STRIP)
    assert rows(build(*ALL, scope=NOTHING)) == {}


def test_nothing_to_do_says_that_the_check_can_be_closed_with_the_handover(build):
    parts = build(report(entered="2026-11-22 13:00"), query={"wilayah": "31.71"})
    assert "Tidak ada yang menunggu lebih dari 6 jam" in said(parts, ids.DESK_LEAD)
    assert "Pemeriksaan 15.30 dapat ditutup." in said(parts, ids.DESK_LEAD)
    assert links(parts, ids.DESK_LEAD) == [("Tutup dengan serah terima", "/peringatan/serah-terima?wilayah=31.71")]


def test_a_flood_is_one_line_and_its_reports_are_counted(build):
    parts = build(*FLOODED)
    assert "Satu kejadian: 12 laporan Sampah di Gambir sejak 07.00" in said(parts, ids.DESK_LEAD)
    html = rows(parts)["K-GAMBIR"]["html"]
    assert words(html).count("12 laporan bagian dari satu kejadian: Sampah, Gambir") == 1
    assert html.count('data-flooded=""') == 12
    assert 'data-count="12"' in html


def test_a_state_database_that_is_away_leaves_the_desk_without_comparison(build, monkeypatch):
    point_at(monkeypatch, "postgresql://u@127.0.0.1:1/none")
    parts = build(*ALL)
    assert list(rows(parts)) == ["K-GAMBIR", "K-CIDENG", "S-BM-71"]
    assert "belum dapat dibaca" in said(parts, ids.DESK_HEAD) and "belum dapat dibaca" in said(parts, ids.DESK_STRIP)
    stored = build(*ALL, query={"periksa": "pagi"})
    assert said(stored, ids.DESK_LEAD).startswith("Pemeriksaan tersimpan belum dapat dibaca")


def test_every_limit_is_shown_with_its_date_and_source(build):
    shown = said(build(*ALL), ids.DESK_LIMITS)
    found = limits_of().by_name.values()
    assert all(limit.reference in shown for limit in found)
    assert shown.count("ASUMSI") == sum(limit.assumed for limit in found)


def test_nonsense_in_the_address_is_the_default(build):
    nonsense = {"hanya": "semuanya", "periksa": "siang", "wilayah": "99"}
    assert rows(build(*ALL, query=nonsense)) == rows(build(*ALL))
