"""Peta in Chromium: cells to click, smaller ones when zoomed in, a time bar that plays without asking twice."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.db, pytest.mark.browser]

CELLS = ".peta-luas path.cell"
FULL = ".peta-luas path.cell.m5"
WEEK, TOTAL = ".peta-minggu", ".peta-jumlah"


@pytest.fixture
def map_page(wall_url, open_page):
    """map_page(query, width, height) -> the map, painted; the paths of data it asked for in `page.asked`."""

    def opened(query: str = "", width: int = 1366, height: int = 900):
        page = open_page(f"{wall_url}/peta{query}", width, height, ready=FULL)
        page.asked = []
        page.on("request", lambda request: page.asked.append(urlsplit(request.url).path))
        return page

    return opened


def settled(page) -> None:
    """After an animation of the map."""
    page.wait_for_timeout(700)


def test_a_cell_says_how_many_and_opens_its_reports(map_page):
    page = map_page()
    expect(page.locator(CELLS)).to_have_count(len(mainland()))
    page.mouse.move(*free_middle(page))
    expect(page.locator(".peta-info")).to_contain_text(re.compile(r".+: \d+ laporan, > 20 per km²"))
    page.mouse.click(*free_middle(page))
    expect(page).to_have_url(re.compile(r"/laporan\?periode=semua&masuk=\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d&sel=88\w+"))
    assert page.troubles == []


def free_middle(page) -> tuple[float, float]:
    """A point of the screen that shows a cell or area of the highest class and nothing over it."""
    spot = page.locator(FULL).evaluate_all("""cells => cells.map(cell => {
        const box = cell.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
        return document.elementFromPoint(x, y) === cell ? [x, y] : null;
    }).find(Boolean)""")
    assert spot, "no cell of the highest class is in sight"
    return tuple(spot)


def mainland() -> list:
    from data_access import geography

    return geography.mainland_rings()


def test_zoomed_in_small_cells_are_drawn_in_view_alone_and_out_again_the_large_ones(map_page):
    page = map_page()
    box = page.locator(".peta-luas .leaflet-container").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.wheel(0, -120)
    settled(page)
    page.mouse.wheel(0, -120)
    settled(page)
    assert 100 < page.locator(CELLS).count() < 3500 != len(mainland())
    assert page.locator(CELLS).evaluate_all("cells => cells.every(cell => / m[0-5]$/.test(cell.getAttribute('class')))")
    assert "/api/layar/peta-hari" not in page.asked
    for _ in range(3):
        page.get_by_title("Perkecil").click()
        settled(page)
    expect(page.locator(CELLS)).to_have_count(len(mainland()))


def test_play_steps_through_the_days_and_asks_once(map_page):
    page = map_page()
    shown, classes = page.locator(WEEK).inner_text(), painted(page)
    page.locator(".peta-putar").click()
    weeks = set()
    for _ in range(5):
        page.wait_for_timeout(500)
        weeks.add(page.locator(WEEK).inner_text())
    assert len(weeks) >= 3 and shown not in weeks
    assert painted(page) != classes
    assert page.asked.count("/api/layar/peta-hari") == 1
    page.locator(".peta-putar").click()
    expect(page).to_have_url(re.compile(r"hari=\d{4}-\d\d-\d\d"))
    week = page.locator(WEEK).inner_text()
    page.reload()
    page.wait_for_selector(FULL)
    expect(page.locator(WEEK)).to_have_text(week)
    assert page.troubles == []


def painted(page) -> str:
    return page.locator(CELLS).evaluate_all("cells => cells.map(cell => cell.getAttribute('class').slice(-1)).join('')")


def test_what_slides_past_is_what_the_day_shows_at_rest(map_page):
    page = map_page()
    slider = page.locator("#peta-slider")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    settled(page)
    sliding, total = painted(page), page.locator(TOTAL).inner_text()
    address = page.url
    assert "hari=" in address
    page.goto(address)
    page.wait_for_selector(FULL)
    settled(page)
    assert (painted(page), page.locator(TOTAL).inner_text()) == (sliding, total)


def test_areas_of_one_kecamatan_share_a_colour_and_a_click_opens_it(map_page):
    page = map_page("?mode=kecamatan", 1366, 900)
    page.mouse.click(*free_middle(page))
    expect(page).to_have_url(re.compile(r"/laporan\?periode=semua&wilayah=31\.\d\d\.\d\d&masuk="))


@pytest.mark.parametrize("width", [390, 1366, 1920])
def test_nothing_is_wider_than_the_screen_and_the_map_stays_below_the_strip(map_page, width):
    page = map_page("", width, 900)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("window.scrollTo(0, 120)")
    over = page.evaluate("document.elementFromPoint(innerWidth / 2, 10).closest('.peta-luas') === null")
    assert over
    assert page.troubles == []
