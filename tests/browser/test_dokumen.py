"""The documents' screen in Chromium: choose, make, watch, download, and read in the files what the screens say."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.sync_api import expect

from data_access.state import migrate
from tests.browser.test_tkd_list import ROWS, row_of
from tests.conftest import missing

pytestmark = [pytest.mark.db, pytest.mark.browser]

MADE_MS = 90_000  # a process starts, reads the CRM and the months of the year; on a busy machine that takes its time
READY = ".doc-list .list-tools a"
SCORE = re.compile(r"\d{1,3},\d\d")


@pytest.fixture
def documents(own_city, wall_url, open_page):
    """documents(query, width, height) -> the screen, drawn."""
    migrate.upgrade(own_city.dsn())
    return lambda query="", width=1366, height=768: open_page(f"{wall_url}/dokumen{query}", width, height, ready=READY)


@pytest.fixture
def score(wall_url, open_page) -> str:
    """What Monitor TKD says of Jakarta Pusat in the month that is closed, '84,27'."""
    page = open_page(f"{wall_url}/tkd?periode=2026-10", 1366, 768, ready=ROWS)
    return SCORE.search(row_of(page, "Jakarta Pusat").locator("td").first.inner_text())[0]


def downloaded(page, form: str) -> tuple[str, bytes]:
    """(name, bytes) of the newest document in a format."""
    with page.expect_download() as waiting:
        page.locator(".docs .file").filter(has_text=form).first.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def text_of_pdf(content: bytes) -> str:
    if shutil.which("pdftotext") is None:
        missing("pdftotext is missing (apt-get install poppler-utils)")
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, timeout=30, check=True
    )
    return done.stdout.decode()


def text_of_docx(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_closed_month_is_chosen_made_watched_and_downloaded(documents, score):
    page = documents("?unit=W-31.71")
    page.locator("#document-period").select_option("2026-10")
    expect(page).to_have_url(re.compile("periode=2026-10"))
    expect(page.locator("#document-about")).to_contain_text("Laporan bulanan Oktober 2026")
    expect(page.locator(".doc-list .empty")).to_contain_text("Belum ada laporan bulanan untuk")
    page.get_by_role("button", name="Buat sekarang").click()
    expect(page.locator(".doc-said")).to_contain_text("sedang dibuat")
    page.get_by_role("button", name="Buat sekarang").click()
    expect(page.locator(".jobs li")).to_have_count(1)  # the second click asked for the same
    expect(page.locator(".jobs li")).to_contain_text("1 dari 1 selesai", timeout=MADE_MS)
    expect(page.locator(".docs tbody tr")).to_have_count(1)
    expect(page.locator(".docs .file")).to_have_count(3)

    name, pdf = downloaded(page, "PDF")
    assert re.fullmatch(r"bulanan-[a-z-]*jakarta-pusat-2026-10-per-\d{8}-\d{4}\.pdf", name)
    assert score in text_of_pdf(pdf)
    assert score in text_of_docx(downloaded(page, "Word")[1])
    workbook = openpyxl.load_workbook(io.BytesIO(downloaded(page, "Excel")[1]))
    assert len(workbook.sheetnames) > 3
    assert page.troubles == []


def test_a_unit_is_found_by_its_name_and_the_way_back_restores_it(documents):
    page = documents()
    field = page.locator("#document-unit")
    expect(field).to_have_value("Provinsi DKI Jakarta")
    field.click()
    expect(field).to_have_value("")
    field.type("kelurahan gambir")
    expect(page).to_have_url(re.compile(r"unit=31\.71\.01\.1001|unit=W-31\.71\.01\.1001"))
    expect(field).to_have_value("Kelurahan Gambir")
    expect(page.locator("#document-about")).to_contain_text("Kelurahan Gambir")
    page.go_back()
    expect(page.locator("#document-about")).to_contain_text("Provinsi DKI Jakarta")
    expect(field).to_have_value("Provinsi DKI Jakarta")
    field.click()
    field.type("Kelurahan Bulan")
    field.press("Tab")
    expect(page.locator(".doc-said")).to_have_text('Unit "Kelurahan Bulan" tidak dikenal; pilih dari daftar.')
    expect(field).to_have_value("Provinsi DKI Jakarta")
    assert page.troubles == []


def test_the_kind_changes_the_periods_that_are_offered(documents):
    page = documents()
    page.get_by_role("link", name="Nota dinas").click()
    running = page.locator("#document-period option").filter(has_text="berjalan")
    expect(running).to_have_text("Minggu 48, 23 sampai 29 Nov 2026, berjalan")
    page.locator("#document-period").select_option("2026-W46")
    expect(page).to_have_url(re.compile("minggu=2026-W46"))
    expect(page.locator("#document-about")).to_contain_text("Nota dinas minggu 46, 9 sampai 15 Nov 2026")
    page.get_by_role("link", name="Rekap tahunan").click()
    expect(page.locator("#document-about")).to_contain_text("Rekap tahun 2025")
    assert page.troubles == []


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768), (390, 844)])
def test_nothing_sticks_out_of_the_page(documents, width, height):
    page = documents("?daftar=semua", width, height)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.troubles == []
