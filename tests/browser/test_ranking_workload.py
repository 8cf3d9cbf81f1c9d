"""Peringkat and Beban kerja in Chromium: numbers open their lists, the order lives in the address, nothing is cut."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.db, pytest.mark.browser]

ROWS = ".ut tbody tr:not(.group)"
# Whole numbers that are links to lists, in the sentence and in the first rows: [href, number].
NUMBERS = """selector => [...document.querySelectorAll(selector)].filter(a => /^[0-9.]+$/.test(a.textContent.trim()))
  .map(a => [a.getAttribute('href'), Number(a.textContent.replaceAll('.', ''))])"""
SHARES = """() => [...document.querySelectorAll('.ut tbody tr a.num[title]')].slice(0, 2)
  .map(a => [a.getAttribute('href'), Number(a.title.split(' ')[0].replaceAll('.', ''))])"""
CUT = "() => [...document.querySelectorAll('.ut td')].filter(e => e.scrollWidth > e.clientWidth + 1).length"


@pytest.fixture
def open_screen(wall_url, open_page):
    """open_screen(address, width, height) -> the screen, its rows drawn."""

    def opened(address: str, width: int = 1366, height: int = 768):
        return open_page(f"{wall_url}{address}", width, height, ready=ROWS)

    return opened


def lists_of(page, wall_url: str, numbers: list) -> list[int]:
    """How many reports each list says it has."""
    counts = []
    for href, _ in numbers:
        page.goto(f"{wall_url}{href}")
        head = page.locator("[data-list-count]")
        expect(head).to_be_visible()
        counts.append(int(head.get_attribute("data-list-count")))
    return counts


@pytest.mark.parametrize("address", ["/peringkat", "/peringkat?jenis=skpd&minimum=1"])
def test_counts_and_shares_of_a_ranking_open_lists_of_as_many_reports(open_screen, wall_url, address):
    page = open_screen(address)
    numbers = page.evaluate(NUMBERS, f"{ROWS} .jumlah a")[:2] + page.evaluate(SHARES)
    assert len(numbers) == 4
    assert lists_of(page, wall_url, numbers) == [number for _, number in numbers]


@pytest.mark.parametrize("address", ["/beban", "/beban?lihat=petugas"])
def test_every_count_of_a_load_opens_a_list_of_as_many_reports(open_screen, wall_url, address):
    page = open_screen(address)
    numbers = page.evaluate(NUMBERS, ".lead a.num") + page.evaluate(NUMBERS, f"{ROWS}:first-child a.num")
    assert len(numbers) >= 8
    assert lists_of(page, wall_url, numbers) == [number for _, number in numbers]


def test_the_order_lives_in_the_address_and_survives_the_way_to_a_unit_and_back(open_screen):
    page = open_screen("/peringkat?jenis=kecamatan&minimum=1")
    page.locator(".ut thead").get_by_role("link", name="Laporan", exact=True).click()
    expect(page).to_have_url(re.compile("urut=-jumlah"))
    expect(page.locator(".ut th.jumlah")).to_have_attribute("aria-sort", "descending")
    names = page.locator(f"{ROWS} .nm").all_inner_texts()
    page.locator(f"{ROWS} .nm").first.click()
    expect(page.locator("main.unit h1")).to_be_visible(timeout=20_000)
    page.go_back()
    expect(page.locator(f"{ROWS} .nm")).to_have_text(names)
    assert page.troubles == []


def test_the_level_and_the_minimum_are_chosen_by_links(open_screen):
    page = open_screen("/peringkat")
    page.get_by_role("link", name="SKPD", exact=True).click()
    expect(page.locator("h1")).to_have_text("Peringkat SKPD")
    page.get_by_label("Minimum laporan untuk peringkat").get_by_role("link", name="30").click()
    expect(page).to_have_url(re.compile("minimum=30"))
    expect(page.locator(".ut .group")).to_contain_text("kurang dari 30 laporan")


@pytest.mark.parametrize("address", ["/peringkat", "/beban", "/beban?lihat=petugas"])
@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768), (390, 844)])
def test_nothing_is_cut_or_scrolls_sideways(open_screen, address, width, height):
    page = open_screen(address, width, height)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(CUT) == 0
    assert page.troubles == []
