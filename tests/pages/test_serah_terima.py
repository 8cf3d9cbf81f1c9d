"""Serah terima as it is built: a draft with its lists, a stored sheet as it was, who may sign, what is refused."""

import psycopg
import pytest

from components import ids
from data_access import briefs, desk_log, desk_reading, handover
from data_access.channel_silence import Silence, Usual
from data_access.engine import DatabaseUnavailable
from data_access.scope import EVERYTHING, NOTHING
from pages._query import canonical
from pages._serah_terima import sheet as words
from tests.browser.clock import set_clock
from tests.builders import report, wib
from tests.components.tree import having, nodes, of_type, text
from tests.data_access.desk_world import NOW, state_of
from tests.pages.desk_screen import point_at, store
from tests.pages.probe import DISPATCH, honest_body

pytestmark = pytest.mark.db

OLD = report(number="LAMA", unit="K-GAMBIR", entered="2026-11-21 13:00", category="sampah")
WAITING = (
    OLD,
    report(number="ENAM", unit="K-GAMBIR", entered="2026-11-22 08:00", category="sampah"),
    report(number="CAMAT", unit="W-31.71.01", entered="2026-11-22 06:00"),
)
ORDER = {"kali": 3, "dari": "Rina", "kepada": "Dodi", "catatan": "alat berat malam ini", "wilayah": "31.71"}


@pytest.fixture
def dsn(desk_dsn):
    set_clock(desk_dsn, wib(NOW))
    return desk_dsn


@pytest.fixture
def screen(dsn):
    """screen(*reports, scope, **query) -> the parts."""
    from pages import serah_terima

    def built(*reports: dict, scope=EVERYTHING, **query: str) -> dict:
        state = state_of(*reports)
        return serah_terima.build(scope, dict(canonical(query, state, serah_terima.ASKS)), state)

    return built


@pytest.fixture
def keep(dsn):
    """keep(*reports, scope, order) -> the number of the sheet that was signed over these reports."""
    from pages import serah_terima

    def kept(*reports: dict, scope=EVERYTHING, order: object = ORDER) -> int:
        return serah_terima._keep(scope, state_of(*reports), "Petugas demo", order)

    return kept


def said(parts: dict, name: str = ids.HANDOVER_SHEET) -> str:
    return text(parts[(name, "children")])


def lists(parts: dict) -> list[tuple[str, str]]:
    """(words, address) of what opens a list of so many reports."""
    found = [node for node in nodes(parts[(ids.HANDOVER_SHEET, "children")]) if hasattr(node, "data-count")]
    return [(text(node), node.href) for node in found]


def test_the_numbers_of_a_draft_open_their_lists(screen):
    assert lists(screen(*WAITING, wilayah="31.71")) == [
        ("3", "/laporan?periode=semua&wilayah=31.71&tunggu=6"),
        ("1", "/laporan?periode=semua&wilayah=31.71&tunggu=24"),
        ("2", "/laporan?periode=semua&wilayah=31.71&unit=K-GAMBIR&tunggu=6"),
        ("1", "/laporan?periode=semua&wilayah=31.71&unit=K-GAMBIR&tunggu=24"),
    ]  # the list of a kecamatan holds those of its kelurahan: its own unfold


def test_a_draft_without_anything_says_so_part_by_part(screen):
    words_said = said(screen(wilayah="31.71"))
    for sentence in (
        "Tidak ada laporan yang lewat batas.",
        "Tidak ada yang akan lewat batas atau turun nilainya.",
        "Belum ada yang dihubungi dalam sif ini.",
        "Tidak ada yang ditunda.",
        "Data mengalir, tidak ada kanal yang sunyi, tidak ada kejadian besar.",
    ):
        assert sentence in words_said


def test_a_silent_channel_is_said_in_hours_and_minutes(screen, monkeypatch):
    usual = Usual(49, 0.18, 0.2, False)
    silent = [Silence(1, "A", 0, 0.2, 0, usual), Silence(1, "B", 0, 26.5, 0, usual)]
    monkeypatch.setattr(desk_reading, "silences", lambda *_: silent)
    words_said = said(screen(*WAITING, wilayah="31.71"))
    assert "sunyi 12 menit, biasanya paling lama 11 menit" in words_said
    assert "sunyi 26 jam 30 menit, biasanya paling lama 11 menit" in words_said


def test_without_a_state_database_the_draft_is_there_and_says_what_cannot_be_read(screen, monkeypatch):
    point_at(monkeypatch, "postgresql://nobody@127.0.0.1:9/none")
    parts = screen(*WAITING, wilayah="31.71")
    assert "Menunggu > 6 jam 3" in said(parts)
    assert said(parts).count("Catatan tindakan tidak dapat dibaca sekarang.") == 2
    assert "Yang tersimpan tidak dapat dibaca sekarang." in said(parts, ids.HANDOVER_ARCHIVE)


def test_a_stored_sheet_is_shown_as_it_was_when_the_reports_are_gone(screen, keep, dsn):
    with psycopg.connect(dsn, autocommit=True) as log:
        desk_log.record_call(log, "K-GAMBIR", ["LAMA"], "dijawab", "petugas ke lokasi", "Rina")
    number = keep(*WAITING)
    parts = screen(wilayah="31.71", lembar=str(number))
    assert "Menunggu > 6 jam 3" in said(parts) and "Kel. Gambir 14.05 dijawab petugas ke lokasi Rina" in said(parts)
    assert "Catatan: alat berat malam ini" in said(parts)
    assert "Diserahkan oleh Rina kepada Dodi" in said(parts) and "Akun: Petugas demo." in said(parts)
    assert lists(parts) == []  # a list of today would say something else
    unfolded = of_type(parts[(ids.HANDOVER_SHEET, "children")], "Details")
    assert text(unfolded[0]) == "2 LAMA ENAM"
    assert parts[(ids.HANDOVER_SIGN, "hidden")] is True


def test_the_archive_marks_the_shown_sheet_and_leads_to_the_checks(screen, keep, dsn):
    number = keep(*WAITING)
    check = store(dsn, "pagi", "2026-11-22 07:30", "31.71", state_of(*WAITING))
    archive = screen(wilayah="31.71", lembar=str(number))[(ids.HANDOVER_ARCHIVE, "children")]
    links = {text(node): node for node in of_type(archive, "A")}
    assert links["14.05 Serah terima"].href == f"?lembar={number}"
    assert getattr(links["14.05 Serah terima"], "aria-current") == "true"
    assert links["07.30 Pemeriksaan pagi"].href == f"/peringatan?wilayah=31.71&periksa={check}"
    assert links["DKI Jakarta"].href == "/peringatan/serah-terima"
    earlier = screen(wilayah="31.71", hari="2026-11-21")
    assert "Belum ada lembar atau pemeriksaan yang tersimpan." in said(earlier, ids.HANDOVER_ARCHIVE)


def test_older_sheets_are_one_step_away(screen, keep, dsn):
    with psycopg.connect(dsn, autocommit=True) as state:
        body = briefs.get(state, keep(*WAITING)).body
        for day in range(1, 14):
            briefs.store(state, handover.KIND, "31.71", wib(f"2026-11-{day:02d} 08:00"), body, "uji")
    archive = screen(wilayah="31.71")[(ids.HANDOVER_ARCHIVE, "children")]
    [older] = [node for node in of_type(archive, "A") if node.href.startswith("?hari=")]
    assert (text(older), older.href) == ("Lebih lama, sampai Senin, 2 Nov 2026", "?hari=2026-11-02")
    assert len(of_type(archive, "Li")) == 12


def test_a_sheet_that_is_not_there_gives_the_draft_and_says_so(screen, dsn):
    check = store(dsn, "pagi", "2026-11-22 07:30", "31.71", state_of(*WAITING))
    for number in ("999", str(check)):
        parts = screen(*WAITING, wilayah="31.71", lembar=number)
        assert "Lembar yang diminta tidak ada; ini draf" in said(parts, ids.HANDOVER_HEAD)
        assert parts[(ids.HANDOVER_SIGN, "hidden")] is False


def test_who_may_not_see_the_whole_city_neither_signs_nor_sees_what_was_kept(screen, keep):
    number = keep(*WAITING)
    parts = screen(*WAITING, scope=NOTHING, wilayah="31.71", lembar=str(number))
    assert "Menunggu > 6 jam 0" in said(parts) and "Rina" not in said(parts)
    assert parts[(ids.HANDOVER_SIGN, "hidden")] is True
    assert "Rina" not in said(parts, ids.HANDOVER_ARCHIVE)
    with pytest.raises(ValueError, match="seluruh kota"):
        keep(*WAITING, scope=NOTHING)


@pytest.mark.parametrize(
    ("order", "line"),
    [
        (None, "Permintaan tidak dapat dibaca."),
        ([], "Permintaan tidak dapat dibaca."),
        (ORDER | {"dari": 5}, "Permintaan tidak dapat dibaca."),
        (ORDER | {"wilayah": "31.71.01"}, "seluruh kota"),
        (ORDER | {"wilayah": "99.99"}, "seluruh kota"),
        (ORDER | {"dari": ""}, "Isi kedua nama"),
        (ORDER | {"kepada": "x" * 61}, "Isi kedua nama"),
        (ORDER | {"kepada": "\ud800"}, "Isi kedua nama"),
        (ORDER | {"catatan": "nol\x00"}, "Isi kedua nama"),
    ],
)
def test_what_cannot_be_signed_is_refused_in_one_line_and_nothing_is_kept(keep, dsn, order, line):
    with pytest.raises(ValueError, match=line):
        keep(*WAITING, order=order)
    with psycopg.connect(dsn) as state:
        assert state.execute("select count(*) from pantau.brief").fetchone()[0] == 0


def test_nothing_is_signed_while_the_log_cannot_be_read(keep, monkeypatch):
    point_at(monkeypatch, "postgresql://nobody@127.0.0.1:9/none")
    with pytest.raises(DatabaseUnavailable):
        keep(*WAITING)


def test_the_callback_answers_without_figures_that_nothing_is_lost(demo, web):
    body = honest_body(web.app, "handover-answer.data", ORDER)
    answer = demo.post(DISPATCH, json=body).json["response"]["handover-answer"]["data"]
    assert (answer["kali"], answer["kata"]) == (
        3,
        "Lembar tidak dapat disimpan sekarang; isian Anda tetap di sini. Silakan coba lagi.",
    )


def test_the_sheet_as_text_says_what_the_sheet_says(keep, dsn):
    with psycopg.connect(dsn) as state:
        body = briefs.get(state, keep(*WAITING)).body
    lines = words.text(body).split("\n")
    assert lines[0].startswith("Serah terima ") and lines[0].endswith("22 Nov 2026 14.05 WIB")
    assert "- Kel. Gambir: > 6 jam 2, > 24 jam 1, Terlama 25 j 05 m" in lines
    assert "Catatan: alat berat malam ini" in lines and "Diserahkan oleh Rina kepada Dodi." in lines
    assert lines[-1] == words.SIMULATED


def test_a_feed_that_stands_is_told(screen, dsn):
    set_clock(dsn, wib("2026-11-22 14:40"))
    assert "Data CRM terakhir terbaca 35 menit sebelum lembar ini" in said(screen(*WAITING, wilayah="31.71"))


def test_a_part_that_is_too_long_for_paper_leads_to_the_desk(screen, monkeypatch):
    monkeypatch.setattr(words, "SHOWN", 1)
    links = having(screen(*WAITING, wilayah="31.71")[(ids.HANDOVER_SHEET, "children")], "lnk")
    assert ("dan 1 unit lain, buka Peringatan Dini", "/peringatan?wilayah=31.71") in [
        (text(link), link.href) for link in links
    ]
