"""DOCX and XLSX: what their readers find in them; LibreOffice opens both."""

import io
import shutil
import subprocess
import zipfile
from datetime import datetime

import docx as reader
import openpyxl
import pytest

from components.documents.docx import docx
from components.documents.xlsx import xlsx
from tests.components.documents.sample import LONG, MARKUP, content
from tests.conftest import missing

OFFICE_SECONDS = 120


@pytest.fixture(scope="module")
def document():
    return reader.Document(io.BytesIO(docx(content())))


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(xlsx(content())))


def as_text(made: bytes, kind: str, folder) -> str:
    """What LibreOffice makes of a file, as text of the PDF it prints."""
    office = shutil.which("soffice")
    if office is None:
        missing("LibreOffice is missing (apt-get install libreoffice-writer-nogui)")
    path = folder / f"dokumen.{kind}"
    path.write_bytes(made)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=OFFICE_SECONDS)
    text = subprocess.run(["pdftotext", "-layout", str(folder / "dokumen.pdf"), "-"], capture_output=True, check=True)
    return " ".join(text.stdout.decode().split())


def test_libreoffice_opens_the_docx_with_its_words_numbers_and_pages(tmp_path):
    found = as_text(docx(content()), "docx", tmp_path)
    for words in ("SEKRETARIAT KOTA", "84,27", "DATA SIMULASI", "NIHIL", "Halaman 1 dari", "Kelurahan 44", "38,2"):
        assert words in found


def test_a_docx_can_be_edited(document):
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Heading 1", "Title"} <= styles
    ranking = document.tables[0]
    assert (len(ranking.rows), ranking.cell(7, 1).text) == (46, LONG)
    assert "tblHeader" in ranking.rows[0]._tr.xml
    assert MARKUP in [paragraph.text for paragraph in document.paragraphs]


def test_charts_of_a_docx_are_vectors_with_a_picture_behind_and_words_for_who_listens():
    with zipfile.ZipFile(io.BytesIO(docx(content()))) as archive:
        kinds = sorted(name.rsplit(".", 1)[1] for name in archive.namelist() if name.startswith("word/media/"))
        body = archive.read("word/document.xml").decode()
    assert kinds == ["png", "png", "svg", "svg"]
    assert body.count("asvg:svgBlip") == 2
    assert 'descr="Nilai per bulan. Jan: 82.1; Mar: 84.99"' in body


def test_a_workbook_has_a_sheet_per_table_with_real_numbers(book):
    assert book.sheetnames == ["Ringkasan", "Peringkat", "Terendah", "Waktu", "Kategori", "Nilai per bulan"]
    ranking = book["Peringkat"]
    assert [cell.value for cell in ranking[8]] == [7, LONG, 90 - 7 / 3, 7 / 44]
    assert [cell.number_format for cell in ranking[8]][2:] == ["0.00", "0.0%"]
    assert ranking.freeze_panes == "A2"
    assert book["Terendah"]["A2"].value == "NIHIL"
    assert book["Waktu"]["A2"].value == datetime(2026, 11, 9, 9, 0)
    assert len(book["Kategori"]._charts) == 1


def test_a_text_that_begins_like_a_formula_stays_text(book):
    cell = book["Kategori"]["A3"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_the_summary_says_what_this_is(book):
    summary = {row[0].value: row[1].value for row in book["Ringkasan"].iter_rows()}
    assert summary["Data per"] == "9 November 2026 09.00 WIB"
    assert summary["Nilai akhir"] == "84,27 B"
    assert summary["Sumber"].startswith("DATA SIMULASI")
