"""Every number that counts reports opens a list of exactly so many: a crawler over all screens.

A link to a list counts when it says so (`data-count`), or when all its words are one whole number.
"""

import re
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from playwright.sync_api import expect

from demo.build import build
from scoring import periods
from tests.browser import clock
from tests.browser.conftest import served
from tests.conftest import fresh_database

pytestmark = pytest.mark.browser

A_LIST = "a.num[href^='/laporan?']"
LINKS = """
() => [...document.querySelectorAll("a[href^='/laporan']")].filter(a => !a.matches("nav a, [aria-hidden]"))
    .map(a => [a.getAttribute("href"), a.dataset.count || a.textContent.trim()])
"""
WHOLE_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{3})*)(?: laporan)?|(\d+)")
# A screen, and a selector that is there once its figures are. Each has at least one number with a list.
SCREENS = {
    "/": ".ten li b a",
    "/?periode={closed}": ".ten li b a",
    "/?unit=D-BM": ".ten li b a",
    "/?wilayah=31.71&status=proses": ".sl5 b a",
    "/peta": A_LIST,
    "/peringkat": A_LIST,
    "/peta?mode=kelurahan": A_LIST,
    "/waktu": A_LIST,
    "/waktu?menurut=unit": A_LIST,
    "/waktu?menurut=kanal&wilayah=31.71": A_LIST,
    "/kanal": A_LIST,
    "/kanal?wilayah=31.71": A_LIST,
    "/beban": A_LIST,
    "/beban?lihat=petugas": A_LIST,
    "/peringatan": A_LIST,
    "/peringatan?wilayah=31.71": A_LIST,
    "/peringatan/serah-terima?wilayah=31.71": A_LIST,
}
DRAWN_MS = 20_000  # generous: what is tested is that it comes, not how fast
PER_SCREEN = 60  # of the links to different lists; the others of a long table are of the same make


NOW = clock.now()


@pytest.fixture(scope="module")
def still_url(postgres):
    """The app in front of a city up to this minute that nobody writes to: only the clock moves its numbers."""
    for dsn in fresh_database(postgres):
        build(dsn, until=NOW, months=3)
        clock.set_clock(dsn, clock.now())
        with served(dsn) as url:
            yield url


@pytest.mark.parametrize("address", SCREENS)
def test_each_number_of_a_screen_opens_a_list_of_as_many_reports(open_page, still_url, address):
    ready = SCREENS[address]
    page = open_page(still_url + address.format(closed=periods.of(NOW).shifted(-2)), ready=ready)
    wrong = _wrong(page)
    if wrong:  # a minute passed between the number and its list: it must not happen twice
        page.reload()
        page.wait_for_selector(ready, state="attached", timeout=3 * DRAWN_MS)
        wrong = _wrong(page)
    assert not wrong, "\n".join(wrong)
    assert page.troubles == []


def _wrong(page) -> list[str]:
    found = [(href, WHOLE_NUMBER.fullmatch(words)) for href, words in page.evaluate(LINKS)]
    links = [(href, (number[1] or number[2]).replace(".", "")) for href, number in found if number]
    assert links, "there is no number with a list"
    return [found for found in (_compared(page, *link) for link in _sample(links)) if found]


def _sample(links: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Different lists, of each kind (the names in the address) some."""
    different = sorted({(href, count) for href, count in links}, key=lambda link: (_kind(link[0]), link))
    step = max(1, -(-len(different) // PER_SCREEN))
    by_kind = {_kind(href): (href, count) for href, count in different}
    return sorted({*different[::step], *by_kind.values()})


def _kind(href: str) -> str:
    return ",".join(sorted(parse_qs(urlsplit(href).query)))


def _compared(page, href: str, count: str) -> str | None:
    """What is wrong with a link; the list's head is read from the answer its screen is drawn from."""
    query = urlsplit(href).query
    answer = page.request.get(urljoin(page.url, f"/api/layar/laporan?{query}"))
    if answer.status != 200:
        return f"{href}: {answer.status}"
    head = str(answer.json()["parts"]["list-head.children"]["value"])
    shown = head.split("'data-list-count': '")[1].split("'")[0]
    if "tidak dikenal" in head:
        return f"{href}: a part of the address is not understood"
    return None if shown == count else f"{href}: the number is {count}, the list has {shown or 'more'}"


def test_a_click_on_a_number_opens_its_list_and_the_way_back_is_there(open_page, still_url):
    page = open_page(still_url + "/", ready=".ten li b a")
    link = page.locator("#strip-figures a[data-count]").first
    count = int(link.get_attribute("data-count"))
    link.click()
    expect(page.locator("[data-list-count]")).to_have_attribute("data-list-count", str(count))
    expect(page.locator(".rl tbody tr")).to_have_count(min(count, 50))
    page.go_back()
    expect(page.locator(".ten li b a").first).to_be_visible(timeout=DRAWN_MS)
    assert page.troubles == []


def test_a_waiting_report_opens_its_own_history(open_page, still_url):
    page = open_page(still_url + "/", ready=".wl li a")
    number = page.locator(".wl li a").first.get_attribute("href").split("/")[-1]
    page.locator(".wl li").first.click()
    expect(page.locator(".desk-head .crumb")).to_contain_text(number)
    expect(page.locator(".steps li").first).to_be_visible()
