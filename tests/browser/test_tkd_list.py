"""The list of Monitor TKD in Chromium: fold, sort, search, follow a link, come back; figures of the command line."""

import re

import pytest
from playwright.sync_api import expect

from scoring import periods, rulebook
from scoring.grades import shown
from scoring.periods import WIB
from tests.browser import clock
from tests.browser.scoring_files import score_json, standings

pytestmark = [pytest.mark.db, pytest.mark.browser]

ROWS = ".ut tbody tr:not(.group)"
SEARCH = "#tkd-search"
NAMES = ".ut tbody tr:not(.group) .nm"
FIGURES = """() => Object.fromEntries([...document.querySelectorAll('.ut tbody tr:not(.group)')].map(row =>
  [row.querySelector('.nm').getAttribute('href').slice(5).split('?')[0], row.querySelector('td').innerText.trim()]))"""
WIDTHS = "() => [...document.querySelectorAll('.ut thead th')].map(cell => Math.round(cell.getBoundingClientRect().x))"


@pytest.fixture
def list_page(wall_url, open_page):
    """list_page(query, width, height) -> the list, drawn."""

    def opened(query: str = "", width: int = 1366, height: int = 768):
        return open_page(f"{wall_url}/tkd{query}", width, height, ready=ROWS)

    return opened


def row_of(page, name: str):
    return page.locator(ROWS).filter(has=page.get_by_role("link", name=name, exact=True))


def focused_label(page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_a_row_folds_by_mouse_and_by_keyboard_and_the_address_keeps_it(list_page):
    page = list_page()
    city = row_of(page, "Jakarta Pusat")
    expect(page.locator(NAMES).filter(has_text="Kec. Gambir")).to_have_count(0)
    city.locator("td").first.click()
    expect(row_of(page, "Kec. Gambir")).to_be_visible()
    expect(page).to_have_url(re.compile(re.escape("?buka=W-31.71") + "$"))
    row_of(page, "Kec. Gambir").locator(".fold").focus()
    page.keyboard.press("Enter")
    expect(row_of(page, "Kel. Cideng")).to_be_visible()
    assert focused_label(page) == "Tutup Kec. Gambir"
    shut = page.locator(ROWS).count()
    page.reload()
    expect(row_of(page, "Kel. Cideng")).to_be_visible()
    assert page.locator(ROWS).count() == shut
    row_of(page, "Jakarta Pusat").locator(".fold").click()
    expect(row_of(page, "Kec. Gambir")).to_have_count(0)
    page.go_back()
    expect(row_of(page, "Kel. Cideng")).to_be_visible()
    assert page.troubles == []


def test_a_click_on_a_title_sorts_and_a_second_one_turns_round(list_page):
    page = list_page("?tampil=daftar")
    columns = page.evaluate(WIDTHS)
    page.locator(".ut thead").get_by_role("link", name="Laporan", exact=True).click()
    head = page.locator(".ut th.laporan.g0")  # of the period closing first: from the 1st to the 8th there are two
    expect(head).to_have_attribute("aria-sort", "descending")
    counts = [int(text.replace(".", "")) for text in page.locator(".ut tbody td.laporan.g0").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    assert page.evaluate("document.activeElement.textContent") == "Laporan"
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    counts = [int(text.replace(".", "")) for text in page.locator(".ut tbody td.laporan.g0").all_inner_texts()]
    assert counts == sorted(counts)
    assert page.evaluate(WIDTHS) == columns
    assert page.troubles == []


def test_the_search_is_reached_by_a_key_and_follows_the_address(list_page):
    page = list_page()
    page.keyboard.press("/")
    page.keyboard.type("kel gambir", delay=20)
    expect(page.locator(NAMES)).to_have_text(["Kel. Gambir"])
    expect(page).to_have_url(re.compile(re.escape("?cari=kel+gambir") + "$"))
    page.reload()
    expect(page.locator(NAMES)).to_have_text(["Kel. Gambir"])
    assert page.locator(SEARCH).input_value() == "kel gambir"
    page.get_by_role("link", name="Hapus pencarian").click()
    expect(row_of(page, "Jakarta Pusat")).to_be_visible()
    expect(page.locator(SEARCH)).to_have_value("")
    assert page.troubles == []


def test_a_name_leads_to_the_unit_and_the_way_back_to_the_same_list(list_page):
    page = list_page("?tampil=daftar&jenis=kecamatan&induk=W-31.71&urut=nama")
    names = page.locator(NAMES).all_inner_texts()
    assert names == sorted(names)
    assert "Kec. Gambir" in names
    page.locator(NAMES).get_by_text("Kec. Gambir", exact=True).click()
    expect(page.locator("main.unit h1")).to_have_text("Kecamatan Gambir")
    page.go_back()
    expect(page.locator(NAMES)).to_have_text(names)
    assert page.locator("#tkd-kind").input_value() == "kecamatan"
    assert page.locator("#tkd-parent").input_value() == "W-31.71"


def test_type_and_parent_are_chosen_from_lists(list_page):
    page = list_page("?tampil=daftar")
    page.select_option("#tkd-kind", "kecamatan")
    expect(page.locator(NAMES)).to_have_count(44)
    page.select_option("#tkd-parent", "W-31.71")
    expect(page.locator(NAMES)).to_have_count(8)
    expect(page).to_have_url(re.compile(re.escape("?tampil=daftar&jenis=kecamatan&induk=W-31.71") + "$"))
    page.select_option("#tkd-parent", "semua")
    expect(page.locator(NAMES)).to_have_count(44)


@pytest.mark.parametrize("query", ["", "?tampil=daftar", "?tampil=daftar&jenis=sudin"])
def test_the_scores_are_those_of_the_command_line_on_the_same_rows(list_page, own_city, query):
    page = list_page(query)
    at = clock.now().astimezone(WIB)
    period = periods.open_at(at)[0]
    found = standings(score_json(own_city.dsn(), str(period), at))
    grades = rulebook.load("tkd-2017").at(period).grades
    wanted = {unit_id: f"{shown(score, grade, grades)} {grade}" for unit_id, (score, grade) in found.items()}
    on_screen = page.evaluate(FIGURES)
    assert len(on_screen) > 60
    assert on_screen == {unit_id: wanted.get(unit_id, "belum ada laporan") for unit_id in on_screen}


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768), (390, 844)])
def test_nothing_is_cut_or_scrolls_sideways_and_the_head_stays(list_page, width, height):
    page = list_page("?buka=W-31.71,D-DUKCAPIL", width, height)
    page.mouse.wheel(0, 1500)
    expect(page.locator(".ut thead .nama")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    cut = "() => [...document.querySelectorAll('.ut td')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
    assert page.evaluate(cut) == 0
    assert page.troubles == []
