"""The page `/aturan`: which rulebook an address shows, and what it looks like in a browser."""

import threading
from collections.abc import Iterator

import pytest
from werkzeug.serving import make_server

from data_access.scored_reports import RULEBOOK
from tests.components.tree import of_type, text

NONSENSE = ["", "x", "TKD-2017", "../tkd-2017", "category-names", "<script>", ["tkd-2017", "x"], 7, {"a": 1}]


@pytest.fixture
def layout(web):
    """The layout of the page as the app has it."""
    import dash

    (page,) = (page for page in dash.page_registry.values() if page["path"] == "/aturan")
    return page["layout"]


def chosen(tree) -> str:
    """The name of the rulebook on the page."""
    return text(of_type(tree, "Code")[0])


def test_without_a_choice_it_is_the_rulebook_the_scores_are_made_with(layout):
    assert chosen(layout()) == RULEBOOK


def test_the_address_chooses_the_rulebook(layout):
    assert chosen(layout(buku="tkd-2021-asumsi")) == "tkd-2021-asumsi"


@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_shows_the_rulebook_in_use(layout, value):
    assert chosen(layout(buku=value, tema="terang", entah="apa")) == RULEBOOK


def test_a_visitor_gets_the_page(demo):
    assert demo.get("/aturan?buku=tkd-2021-asumsi").status_code == 200


@pytest.fixture
def url(web) -> Iterator[str]:
    """The app on loopback, without a database: this page needs none."""
    server = make_server("127.0.0.1", 0, web.server, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1366])
def test_a_link_to_a_part_shows_that_part_and_nothing_is_wider_than_the_screen(browser, url, width):
    page = browser.new_page(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page.goto(f"{url}/aturan?buku=tkd-2021-asumsi#tiket")
    page.wait_for_selector("#tiket.here")
    top = "document.getElementById('{}').getBoundingClientRect().top"
    assert 0 <= page.evaluate(top.format("tiket")) < 100
    page.click(".contents a[href='#grade']")
    page.wait_for_selector("#grade.here")
    assert 0 <= page.evaluate(top.format("grade")) < 100
    assert page.locator(".here").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


@pytest.mark.browser
def test_the_other_rulebook_is_one_click_away(browser, url):
    page = browser.new_page(viewport={"width": 1366, "height": 800})
    page.goto(f"{url}/aturan")
    page.click(".seg a:has-text('ASUMSI')")
    page.wait_for_selector("main.assumed-book")
    assert page.url.endswith("/aturan?buku=tkd-2021-asumsi")
    page.close()
