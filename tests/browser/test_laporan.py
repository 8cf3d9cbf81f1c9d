"""Laporan in Chromium: search, chips, pages, the filters along the way, and a download that says how far it is."""

import csv
import io

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.db, pytest.mark.browser]
ROWS = ".rl tbody tr"
DRAWN_MS = 20_000  # generous: what is tested is that it comes, not how fast


@pytest.fixture
def page(wall_url, open_page):
    page = open_page(f"{wall_url}/laporan", 1366, 768, ready=ROWS)
    yield page
    assert page.troubles == []


def shown_count(page) -> int:
    return int(page.locator("[data-list-count]").get_attribute("data-list-count"))


def test_a_search_is_in_the_address_and_a_chip_takes_it_away(page):
    every = shown_count(page)
    page.locator("#list-search").fill("lampu")
    expect(page.locator(".chip")).to_contain_text("lampu")
    assert "cari=lampu" in page.url
    assert 0 < shown_count(page) < every
    page.locator(".chip").click()
    expect(page.locator(".chip")).to_have_count(0)
    expect(page.locator("#list-search")).to_have_value("")
    assert "cari" not in page.url


def test_leafing_keeps_the_choice_and_a_new_choice_begins_at_the_first_page(page):
    first = page.locator(f"{ROWS} a").first.inner_text()
    page.locator(".pager a", has_text="Berikutnya").click()
    expect(page.locator("#list-fact")).to_contain_text("51–100")
    expect(page.locator(f"{ROWS} a").first).not_to_have_text(first)
    page.locator("#filter-status").select_option("selesai")
    expect(page.locator("#list-fact")).to_contain_text("1–50")
    assert "status=selesai" in page.url
    assert "halaman" not in page.url


def test_any_time_can_be_chosen_survives_a_reload_and_stays_with_lists(page):
    every = shown_count(page)
    page.locator("#filter-period").select_option("semua")
    expect(page.locator(".desk-head .sub")).to_contain_text("kapan pun masuk")
    assert shown_count(page) > every
    page.reload()
    expect(page.locator("#filter-period")).to_have_value("semua")
    page.locator("nav a.link", has_text="Ruang Pantau").click()
    expect(page.locator(".ten li").first).to_be_visible(timeout=DRAWN_MS)
    assert "periode" not in page.url


def test_a_row_leads_to_its_report_and_back(page):
    link = page.locator(f"{ROWS} a").first
    number = link.inner_text()
    link.click()
    expect(page.locator(".crumb")).to_contain_text(number)
    expect(page.locator(".steps li").first).to_be_visible(timeout=DRAWN_MS)
    page.go_back()
    expect(page.locator(ROWS).first).to_be_visible(timeout=DRAWN_MS)


def test_a_download_says_how_far_it_is_and_holds_every_row(page):
    count = shown_count(page)
    with page.expect_download() as started:
        page.locator("a[data-export=csv]").click()
    text = started.value.path().read_bytes().decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text)))) == count + 1
    expect(page.locator(".export-state")).to_contain_text("Selesai diunduh: laporan-")


# Every sentence that is said while something is downloaded.
LISTEN = """() => {
    window.said = [];
    const place = document.querySelector(".export-state");
    new MutationObserver(() => window.said.push(place.firstChild.textContent)).observe(place, { childList: true });
}"""


def said_of_a_download(page) -> list[str]:
    page.evaluate(LISTEN)
    page.locator("a[data-export=csv]").click()
    expect(page.locator(".export-state")).to_contain_text("Selesai diunduh")
    return [words for words in page.evaluate("window.said") if words.startswith("Mengunduh")]


def test_a_download_of_unknown_length_says_rows_so_far_and_no_total(page):
    text = 'Nomor,Isi\r\nJK1,"dua\nbaris ""kutip"""\r\nJK2,satu\r\n'
    page.route("**/api/laporan.csv*", lambda route: route.fulfill(body=text, content_type="text/csv"))
    assert said_of_a_download(page)[-1] == f"Mengunduh CSV: 2 dari {shown_count(page):,} baris".replace(",", ".")
    page.evaluate("document.querySelector('a[data-export=csv]').dataset.rows = ''")
    assert said_of_a_download(page)[-1] == "Mengunduh CSV: 2 baris"


def test_a_download_can_be_stopped(page):
    page.route("**/api/laporan.csv*", lambda route: None)  # never answered
    page.locator("a[data-export=csv]").click()
    page.locator(".export-state button").click()
    expect(page.locator(".export-state")).to_have_text("Unduhan dibatalkan.")


def test_on_a_phone_nothing_is_wider_than_the_screen(wall_url, open_page):
    page = open_page(f"{wall_url}/laporan?tunggu=0&periode=semua", 390, 844, ready=ROWS)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator(f"{ROWS} a").first.click()
    expect(page.locator(".steps li").first).to_be_visible(timeout=DRAWN_MS)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.troubles == []
