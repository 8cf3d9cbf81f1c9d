"""Words, lines and stamps of the documents' screen."""

import pytest

from components.document_jobs import Job, job_list
from components.document_list import Row, document_table
from components.document_words import period_words, size_words, title
from tests.builders import wib
from tests.components.tree import of_type, text


@pytest.mark.parametrize(
    ("kind", "period", "words"),
    [
        ("bulanan", "2026-10", "Oktober 2026"),
        ("mingguan", "2026-W48", "minggu 48, 23 sampai 29 Nov 2026"),
        ("mingguan", "2026-W53", "minggu 53, 28 Des sampai 3 Jan 2027"),
        ("tahunan", "2025", "2025"),
        ("ringkasan", "2026-12-01 pagi", "2026-12-01 pagi"),
        ("bulanan", "nonsense", "nonsense"),
        ("mingguan", "2026-W99", "2026-W99"),
    ],
)
def test_a_period_in_words(kind, period, words):
    assert period_words(kind, period) == words


def test_titles_read_as_sentences():
    assert title("bulanan", "2026-10") == "Laporan bulanan Oktober 2026"
    assert title("mingguan", "2026-W48") == "Nota dinas minggu 48, 23 sampai 29 Nov 2026"
    assert title("tahunan", "2025") == "Rekap tahun 2025"


@pytest.mark.parametrize(
    ("count", "words"), [(0, "1 KB"), (1499, "1 KB"), (84_312, "84 KB"), (999_400, "999 KB"), (2_400_000, "2,4 MB")]
)
def test_a_size_in_words(count, words):
    assert size_words(count) == words


def row(**given) -> Row:
    files = (("/api/dokumen/7.pdf", "pdf", 84_312, "3fa9" * 16), ("/api/dokumen/8.xlsx", "xlsx", 9_000, "ab" * 32))
    usual = {
        "title": "Laporan bulanan Oktober 2026",
        "unit": "Suku Dinas Perumahan Rakyat dan Kawasan Permukiman Kota Administrasi Jakarta Pusat",
        "stamp": "FINAL",
        "as_of": wib("2026-11-09 02:30"),
        "made_at": wib("2026-11-09 02:31"),
        "made_by": "jadwal",
        "files": files,
    }
    return Row(**(usual | given))


def test_a_line_names_what_it_is_of_when_and_its_files():
    drawn = document_table([row()], "Belum ada.")
    assert "Laporan bulanan Oktober 2026" in text(drawn)
    assert "9 Nov 2026 02.30 WIB" in text(drawn)
    assert "FINAL" in text(drawn)
    assert [link.href for link in of_type(drawn, "A")] == ["/api/dokumen/7.pdf", "/api/dokumen/8.xlsx"]
    assert text(of_type(drawn, "A")[0]) == "PDF 84 KB 3fa93fa9"


def test_without_documents_a_sentence_says_so():
    assert text(document_table([], "Belum ada dokumen.")) == "Belum ada dokumen."


def job(**given) -> Job:
    usual = {
        "number": 5,
        "title": "Laporan bulanan Oktober 2026",
        "about": "344 unit",
        "items_count": 344,
        "done_count": 118,
        "failed_count": 0,
        "finished": False,
        "idle": False,
    }
    return Job(**(usual | given))


def busy(drawn) -> list:
    return [line for line in of_type(drawn, "Li") if hasattr(line, "data-busy")]


def buttons(drawn) -> list[str]:
    return [text(button) for button in of_type(drawn, "Button")]


def test_a_batch_says_how_far_it_is_and_is_watched():
    drawn = job_list([job()])
    assert "118 dari 344 selesai" in text(drawn)
    assert len(busy(drawn)) == 1
    assert buttons(drawn) == []


def test_an_idle_batch_can_be_gone_on_with_and_is_not_watched():
    drawn = job_list([job(idle=True)])
    assert "terhenti" in text(drawn)
    assert buttons(drawn) == ["Lanjutkan"]
    assert busy(drawn) == []


def test_what_failed_is_named_and_can_be_tried_again():
    problems = (("Kelurahan Koja", "tidak ada data"),)
    drawn = job_list([job(finished=True, done_count=340, failed_count=4, problems=problems)])
    assert "340 dari 344 selesai , 4 gagal" in text(drawn)
    assert "Kelurahan Koja : tidak ada data" in text(drawn)
    assert "dan 3 unit lain" in text(drawn)
    assert buttons(drawn) == ["Coba lagi yang gagal"]
    assert busy(drawn) == []


def test_a_finished_batch_wants_nothing():
    drawn = job_list([job(finished=True, done_count=344)])
    assert buttons(drawn) == busy(drawn) == []
    assert text(job_list([])) == "Tidak ada dokumen yang sedang dibuat."
