"""The documents' screen: what the form offers, what is listed, and for whom."""

import sys

import pytest

from components import ids
from data_access import document_batches, document_store
from data_access.scope import NOTHING
from tests.components.tree import of_type, text
from tests.pages.documents_world import GAMBIR, keep, order, pointing_at, shown, started, state

__all__ = ["order", "started", "state"]  # fixtures
pytestmark = pytest.mark.db


def test_the_form_offers_the_newest_month_that_is_over_of_the_province(started):
    parts = shown()
    assert parts[(ids.DOCUMENT_PERIOD, "value")] == "2026-11"
    options = parts[(ids.DOCUMENT_PERIOD, "options")]
    assert [option["label"] for option in options[:2]] == ["Desember 2026, berjalan", "November 2026"]
    about = text(parts[(ids.DOCUMENT_ABOUT, "children")])
    assert about.startswith("Laporan bulanan November 2026 , Provinsi DKI Jakarta. Data per 1 Des 2026 16.00 WIB")
    form = parts[(ids.DOCUMENT_UNITS, "data")]
    assert form["units"][0] == ("", "Provinsi DKI Jakarta")
    assert ("W-31.71", "Walikota Jakarta Pusat") in form["units"]


@pytest.mark.parametrize(
    ("query", "about"),
    [
        ({"dokumen": "mingguan"}, "Nota dinas minggu 48, 23 sampai 29 Nov 2026 , Provinsi"),
        ({"dokumen": "mingguan", "minggu": "2026-W47"}, "Nota dinas minggu 47, 16 sampai 22 Nov 2026 , Provinsi"),
        ({"dokumen": "tahunan", "unit": "D-BM"}, "Rekap tahun 2025 , Dinas Bina Marga"),
        ({"periode": "2026-09", "unit": "K-GAMBIR"}, "Laporan bulanan September 2026 , Kelurahan Gambir"),
        (
            {"dokumen": "kubus", "minggu": "2026-W99", "periode": "1999-01", "unit": "x"},
            "Laporan bulanan November 2026",
        ),
    ],
)
def test_the_address_says_which_document(started, query, about):
    assert text(shown(**query)[(ids.DOCUMENT_ABOUT, "children")]).startswith(about)


def test_who_may_not_see_all_of_a_unit_is_not_offered_it(started):
    form = shown(GAMBIR, unit="W-31.71")[(ids.DOCUMENT_UNITS, "data")]
    assert form["units"] == [("K-GAMBIR", "Kelurahan Gambir")]
    assert not form["allowed"]
    assert shown(NOTHING)[(ids.DOCUMENT_UNITS, "data")]["units"] == []


def test_the_list_is_of_the_choice_or_of_everything(started, state):
    for subject in ("W-31.71", "", "K-GAMBIR"):
        keep(state, subject)
    keep(state, kind="mingguan", period="2026-W48")
    one = shown(unit="W-31.71")
    assert text(one[(ids.DOCUMENT_LIST_FACT, "children")]) == "1 dokumen"
    assert "Walikota Jakarta Pusat 9 Nov 2026 02.30 WIB" in text(one[(ids.DOCUMENT_LIST_BODY, "children")])
    every = shown(daftar="semua")
    assert text(every[(ids.DOCUMENT_LIST_FACT, "children")]) == "4 dokumen"
    own = shown(GAMBIR, daftar="semua")
    assert text(own[(ids.DOCUMENT_LIST_FACT, "children")]) == "1 dokumen"
    assert "Kelurahan Gambir" in text(own[(ids.DOCUMENT_LIST_BODY, "children")])
    nothing = shown(unit="D-BM")
    assert text(nothing[(ids.DOCUMENT_LIST_BODY, "children")]) == "Belum ada laporan bulanan untuk Dinas Bina Marga."


def test_a_page_beyond_the_last_is_the_last(started, state, monkeypatch):
    for module in (document_store, sys.modules["pages._dokumen.kept"]):
        monkeypatch.setattr(module, "SETS_PER_PAGE", 2)
    for month in ("2026-08", "2026-09", "2026-10"):
        keep(state, period=month)
    parts = shown(daftar="semua", halaman="77")
    assert len(of_type(parts[(ids.DOCUMENT_LIST_BODY, "children")], "Tr")) == 2  # the head and one line
    assert "halaman 2 dari 2" in text(parts[(ids.DOCUMENT_LIST_PAGES, "children")])


def test_batches_are_shown_to_who_may_see_all_their_units(order, started):
    order()
    order(unit="K-GAMBIR")
    assert text(shown()[(ids.DOCUMENT_JOBS_FACT, "children")]) == "2 sedang dibuat"
    own = text(shown(GAMBIR)[(ids.DOCUMENT_JOBS_BODY, "children")])
    assert "Kelurahan Gambir" in own
    assert "Walikota" not in own
    assert text(shown(NOTHING)[(ids.DOCUMENT_JOBS_BODY, "children")]) == "Tidak ada dokumen yang sedang dibuat."


def test_what_failed_is_said_in_words(order, started, state):
    order()
    for line, words in (
        ("DatabaseUnavailable: no answer", "CRM tidak menjawab"),
        ("KeyError: 'x'", "galat program, KeyError"),
    ):
        document_batches.failed(state, started[0], "W-31.71", line)
        said = text(shown()[(ids.DOCUMENT_JOBS_BODY, "children")])
        assert words in said
        assert "1 gagal" in said


def test_a_batch_nobody_got_on_with_can_be_gone_on_with(order, started, state):
    order()
    assert "terhenti" not in text(shown()[(ids.DOCUMENT_JOBS_BODY, "children")])
    state.execute("update pantau.document_batch set requested_at = requested_at - interval '5 minutes'")
    assert "terhenti" in text(shown()[(ids.DOCUMENT_JOBS_BODY, "children")])


def test_a_store_that_is_away_leaves_the_form_and_says_so(started, monkeypatch):
    monkeypatch.setattr(sys.modules["pages.dokumen"], "settings", lambda: pointing_at("postgresql://u@127.0.0.1:1/x"))
    parts = shown()
    assert (ids.DOCUMENT_LIST_BODY, "children") not in parts
    assert "gagal dimuat" in text(parts[(ids.DOCUMENT_LIST_FACT, "children")])
    assert parts[(ids.DOCUMENT_PERIOD, "value")] == "2026-11"
