"""The wall in Chromium, live: what it shows is what the CRM holds, and it heals by itself."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.promptness import at_best
from tests.crm import add_report

pytestmark = pytest.mark.browser

FIGURES = "#strip-figures [data-figure]"
SIZES = [(1920, 1080), (3840, 2160), (1366, 768)]


def figure(page, position: int) -> str:
    """Text of one of the five strip figures, first is 0."""
    return page.locator(FIGURES).nth(position).inner_text()


def count(text: str) -> int:
    return int(text.replace(".", ""))


def eventually(condition, seconds: float) -> float:
    """Seconds until `condition()` held."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds, f"not so within {seconds} s"
        time.sleep(0.05)
    return time.monotonic() - started


def sql_count(crm, condition: str) -> int:
    return crm.execute(f"select count(distinct report_id) from crm.report where {condition}").fetchone()[0]


def test_every_panel_fills_without_a_console_message_or_a_request_to_another_host(wall_url, open_page):
    page = open_page(wall_url)
    page.wait_for_selector(".status .barlayer path", state="attached")
    page.wait_for_selector("section.peta path.cell", state="attached")
    for panel in ("wait", "status", "peta", "feed", "ten", "tkd"):
        assert len(page.locator(f"section.{panel}").inner_text()) > 20, panel
    time.sleep(3)
    assert page.troubles == []
    assert {host for host in page.hosts if host} == {wall_url.removeprefix("http://")}


def test_the_figures_are_those_of_the_crm(wall_url, open_page, crm):
    page = open_page(wall_url)
    zone = "at time zone 'Asia/Jakarta'"
    month = f"date_trunc('month', entered_at {zone}) = date_trunc('month', now() {zone}) and entered_at <= now()"
    today = f"(entered_at {zone})::date = (now() {zone})::date and entered_at <= now()"
    entered = sql_count(crm, month)
    done = sql_count(crm, f"{month} and status = 'selesai' and completed_at <= now()")
    assert count(figure(page, 0)) == sql_count(crm, today)
    context = page.locator("#strip-figures > div").nth(3).inner_text()
    assert f"{done:,} dari {entered:,}".replace(",", ".") in context


def test_a_report_committed_in_the_crm_changes_the_wall_within_three_seconds(wall_url, open_page, crm):
    page = open_page(wall_url)
    entered_at = crm.execute("select now() - interval '99 hours'").fetchone()[0]

    def one_more() -> float:
        before = count(figure(page, 2))
        add_report(crm, f"UJI{time.time_ns()}", unit_id="D-BM", category_id="v2-jalan", entered_at=entered_at)
        return eventually(lambda: count(figure(page, 2)) == before + 1, 15)

    seconds = at_best(one_more, 3)
    assert seconds[-1] <= 3, seconds
    expect(page.locator(".wait li").first.locator("b")).to_have_text(re.compile(r"^99 j 0\d m"))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_wall_and_desk_need_no_scroll(wall_url, open_page, width, height):
    page = open_page(wall_url, width, height)
    size = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert size == [width, height]
    cut = page.evaluate(
        "[...document.querySelectorAll('.p')].filter(p => p.getBoundingClientRect().bottom > innerHeight + 1).length"
    )
    assert cut == 0


def test_4k_is_the_same_picture_twice_as_large(wall_url, open_page):
    tops = []
    for width, height in ((1920, 1080), (3840, 2160)):
        page = open_page(wall_url, width, height)
        tops.append(page.evaluate("[...document.querySelectorAll('.p')].map(p => p.getBoundingClientRect().top)"))
    assert tops[1] == pytest.approx([2 * top for top in tops[0]], abs=4)


def test_a_phone_reads_one_column_without_sideways_scroll(wall_url, open_page):
    page = open_page(wall_url, 390, 844)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    lefts = page.evaluate("[...document.querySelectorAll('.p')].map(p => p.getBoundingClientRect().left)")
    assert len(lefts) == 6 and len(set(lefts)) == 1
    small = """[...document.querySelectorAll('.p *')].filter(e => e.childNodes.length && e.offsetParent &&
        [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) &&
        parseFloat(getComputedStyle(e).fontSize) < 11.5).length"""
    assert page.evaluate(small) == 0


def test_the_theme_follows_the_url(wall_url, open_page):
    backgrounds = []
    for theme in ("gelap", "terang"):
        page = open_page(f"{wall_url}/?tema={theme}")
        backgrounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert backgrounds == ["rgb(11, 16, 23)", "rgb(243, 245, 248)"]


def test_a_unit_and_a_period_in_the_url_narrow_the_view_and_survive_reload(wall_url, open_page, crm):
    page = open_page(f"{wall_url}/?unit=D-BM", 1366, 768)
    expect(page.locator("#filter-line")).to_contain_text("Bina Marga")
    expect(page.locator(".ten li .nm")).to_have_text(["Bina Marga"])
    page.reload()
    expect(page.locator(".ten li .nm")).to_have_text(["Bina Marga"])
    assert page.url.endswith("?unit=D-BM")


def test_choosing_a_period_writes_the_url_and_the_month_appears(wall_url, open_page):
    page = open_page(wall_url, 1366, 768)
    closed = page.locator("#filter-period option[value^='20']").first
    period, name = closed.get_attribute("value"), closed.inner_text()
    page.select_option("#filter-period", period)
    expect(page).to_have_url(f"{wall_url}/?periode={period}")
    expect(page.locator("#status-title")).to_contain_text(name.split()[0])
    expect(page.locator("#filter-line")).to_contain_text(name)
    assert page.troubles == []


def test_a_month_that_cannot_be_read_says_so_and_the_other_panels_go_on(wall_url, open_page, own_city):
    page = open_page(wall_url, 1366, 768)
    own_city.process.kill()
    own_city.process.wait()
    period = page.locator("#filter-period option[value^='20']").nth(3).get_attribute("value")
    page.select_option("#filter-period", period)
    expect(page.locator("#status-fact")).to_contain_text("gagal dimuat, mencoba lagi", timeout=10_000)
    assert page.locator(".wait li").count() > 0
    own_city.start()
    expect(page.locator("#status-fact")).to_contain_text("per hari masuk", timeout=90_000)


def test_a_wall_whose_view_cannot_be_had_turns_red_though_the_data_are_fresh(wall_url, open_page, crm):
    page = open_page(wall_url)
    page.wait_for_selector("#freshness[data-state=ok]")
    page.route("**/api/layar/**", lambda route: route.fulfill(status=500, body="rusak"))
    crm.execute("update crm.report set updated_at = clock_timestamp() where status = 'menunggu'")
    eventually(lambda: page.wait_for_timeout(100) or page.locator("#freshness[data-state=stale]").count() == 1, 15)
    page.unroute("**/api/layar/**")
    eventually(lambda: page.wait_for_timeout(100) or page.locator("#freshness[data-state=ok]").count() == 1, 10)
    assert "Data" in page.locator("#freshness").inner_text()


def test_a_page_drawn_before_the_mark_was_known_starts_anew_and_shows_no_figure(wall_url, browser):
    page = browser.new_page()
    loads = []
    page.on("domcontentloaded", lambda: loads.append(page.url))
    page.route("**/api/rev", lambda route: route.fulfill(json=route.fetch().json() | {"simulated": False}))
    page.goto(wall_url)
    eventually(lambda: page.wait_for_timeout(100) or len(loads) >= 2, 20)
    assert page.locator(".ten li").count() == 0
    page.close()


def test_an_unknown_unit_shows_everything_and_says_so(wall_url, open_page):
    page = open_page(f"{wall_url}/?unit=TIDAK-ADA", 1366, 768)
    expect(page.locator("#filter-notice")).to_contain_text("tidak dikenal")
    expect(page.locator(".ten li")).to_have_count(10)


def test_a_killed_database_turns_the_wall_red_and_it_recovers_without_a_touch(wall_url, open_page, own_city):
    page = open_page(wall_url)
    page.wait_for_selector("#freshness[data-state=ok]")
    before = figure(page, 3)
    own_city.process.kill()
    own_city.process.wait()
    seconds = eventually(lambda: page.locator("#freshness[data-state=stale]").count() == 1, 15)
    assert seconds <= 10
    assert figure(page, 3) == before
    assert "Data terakhir" in page.locator("#freshness").inner_text()
    own_city.start()
    seconds = eventually(lambda: page.locator("#freshness[data-state=ok]").count() == 1, 15)
    assert seconds <= 8
    assert not [trouble for trouble in page.troubles if "Uncaught" in trouble or "TypeError" in trouble]
