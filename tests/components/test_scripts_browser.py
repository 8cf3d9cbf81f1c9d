"""Theme, clock, countdown and freshness as the browser draws them, at fixed moments."""

from datetime import datetime

import pytest

from components.theme import TOKENS_CSS

pytestmark = pytest.mark.browser
HOST = "http://127.0.0.1:9"  # answered by the test itself, never by the network
PLACES = """<!doctype html><html><body><b id="clock"></b><b id="date"></b>
<p id="freshness"><i></i><b></b><span></span></p>
<p id="countdown"><span class="cut-wall"></span><span class="cut-desk"></span><span class="cut-phone"></span><b></b></p>
<button class="theme">tema</button></body></html>"""


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.route(f"{HOST}/**", lambda route: route.fulfill(body=PLACES, content_type="text/html"))
    page = context.new_page()
    yield page
    context.close()


def opened(page, at: str, path: str = "/"):
    """The page at a fixed moment ('2026-11-22T14:05:00', Jakarta), with the scripts of theme and clock."""
    page.clock.set_fixed_time(datetime.fromisoformat(f"{at}+07:00"))
    page.goto(HOST + path)
    for name in ("05-theme.js", "20-clock.js"):
        page.add_script_tag(path=TOKENS_CSS.with_name(name))
    return page


def fed(page, age_seconds: float | None, state="ok", attempts=0):
    """What the freshness says for data of a given age: (state, first line, second line)."""
    page.evaluate(
        """([age, state, attempts]) => {
            ruangPantau.feed = {asOf: age === null ? null : Date.now() - age * 1000, serverOffset: 0, state, attempts};
            ruangPantau.drawClock();
        }""",
        [age_seconds, state, attempts],
    )
    place = page.locator("#freshness")
    return place.get_attribute("data-state"), place.locator("b").inner_text(), place.locator("span").inner_text()


def root(page, name: str) -> str | None:
    return page.locator("html").get_attribute(name)


def test_clock_and_date_are_those_of_jakarta(page):
    opened(page, "2026-11-22T00:05:09")
    assert page.locator("#clock").inner_text() == "00.05"
    assert page.locator("#date").inner_text() == "Minggu, 22 Nov 2026"


def test_the_clock_follows_the_server_when_the_machine_is_wrong(page):
    opened(page, "2026-11-22T14:05:00")
    page.evaluate("() => { ruangPantau.feed = {serverOffset: 3600000}; ruangPantau.drawClock(); }")
    assert page.locator("#clock").inner_text() == "15.05"


@pytest.mark.parametrize(("at", "words", "left"), [
    ("2026-11-22T14:05:00", "Menuju cut-off November Selasa, 8 Des 23.59", "16 hari 9 jam"),
    ("2026-12-01T00:00:00", "Menuju cut-off November Selasa, 8 Des 23.59", "8 hari 0 jam"),
    ("2026-12-08T20:10:00", "Menuju cut-off November Selasa, 8 Des 23.59", "3 jam 50 menit"),
    ("2026-12-08T23:59:30", "Menuju cut-off November Selasa, 8 Des 23.59", "0 menit"),
    ("2026-12-09T00:00:00", "Menuju cut-off Desember Jumat, 8 Jan 23.59", "31 hari 0 jam"),
    ("2027-01-05T12:00:00", "Menuju cut-off Desember Jumat, 8 Jan 23.59", "3 hari 12 jam"),
])  # fmt: skip
def test_the_countdown_names_the_nearer_cutoff(page, at, words, left):
    opened(page, at)
    assert page.locator(".cut-wall").text_content().replace("\n", " ") == words
    assert page.locator("#countdown > b").inner_text() == left


@pytest.mark.parametrize(("age_seconds", "state"), [(8, "ok"), (30, "ok"), (31, "slow"), (120, "slow"), (121, "stale")])
def test_freshness_has_three_steps(page, age_seconds, state):
    opened(page, "2026-11-22T14:05:00")
    assert fed(page, age_seconds)[0] == state


def test_freshness_says_how_old_the_data_are(page):
    opened(page, "2026-11-22T14:05:00")
    assert fed(page, 8) == ("ok", "Data 8 detik lalu", "terakhir 14.04.52 WIB")
    assert fed(page, 170, "putus", 6) == ("stale", "Data terakhir 14.02 WIB", "mencoba lagi, ke-6")


def test_a_broken_line_is_red_at_once(page):
    opened(page, "2026-11-22T14:05:00")
    assert fed(page, 5, "putus", 1)[0] == "stale"


def test_old_data_of_yesterday_carry_their_date(page):
    opened(page, "2026-11-22T14:05:00")
    assert fed(page, 24 * 3600)[1] == "Data terakhir 21 Nov 14.05 WIB"


def test_without_any_data_no_age_is_invented(page):
    opened(page, "2026-11-22T14:05:00")
    assert fed(page, None) == ("wait", "Menyambung", "data pertama")
    assert fed(page, None, "putus", 3) == ("stale", "Belum ada data", "mencoba lagi, ke-3")


@pytest.mark.parametrize(("at", "path", "theme"), [
    ("2026-11-22T07:00:00", "/", "light"),
    ("2026-11-22T06:59:59", "/", "dark"),
    ("2026-11-22T17:00:00", "/peta", "dark"),
    ("2026-11-22T12:00:00", "/?tema=gelap", "dark"),
    ("2026-11-22T23:00:00", "/?tema=terang", "light"),
    ("2026-11-22T12:00:00", "/?tema=ungu", "light"),
])  # fmt: skip
def test_the_theme_of_a_desk_follows_url_then_clock(page, at, path, theme):
    assert root(opened(page, at, path), "data-bs-theme") == theme


def test_the_wall_is_dark_at_noon(page):
    page.set_viewport_size({"width": 1920, "height": 1080})
    assert root(opened(page, "2026-11-22T12:00:00", "/dinding/jsc"), "data-bs-theme") == "dark"
    assert root(opened(page, "2026-11-22T12:00:00", "/peta"), "data-bs-theme") == "light"


def test_the_button_changes_the_theme_and_the_choice_is_kept(page):
    opened(page, "2026-11-22T12:00:00")
    page.click("button.theme")
    assert root(page, "data-bs-theme") == "dark"
    assert root(opened(page, "2026-11-22T12:00:00", "/peta"), "data-bs-theme") == "dark"


def test_wall_routes_are_known_also_when_the_page_changes_without_a_load(page):
    assert root(opened(page, "2026-11-22T12:00:00", "/"), "data-layar") == "dinding"
    page.evaluate("() => history.pushState({}, '', '/peta')")
    assert root(page, "data-layar") is None
    page.evaluate("() => history.pushState({}, '', '/dinding/jsc')")
    assert root(page, "data-layar") == "dinding"
