"""What somebody at the screen waits for, in Chromium: a change on the wall, the picture of a tick, of a map."""

import shutil
import statistics
import time
from collections.abc import Callable

import psycopg
from playwright.sync_api import Page, sync_playwright

from tests.browser.many_points import add_points
from tests.browser.test_peta import FULL
from tests.browser.test_tkd_what_if import READY, TICK
from tests.conftest import CHROMIUM_FLAGS
from tests.crm import add_report

CHANGES = 12
TICKS = 20
POINTS = 100_000
SLIDES = 20
ZOOMS = 6
GIVE_UP_SECONDS = 15.0
WAITING = "() => document.querySelectorAll('#strip-figures [data-figure]')[2]?.innerText"
BUSIEST = """
select unit_id from crm.report where status = 'proses' and entered_at > now() - interval '20 days'
and unit_id like 'S-%' group by 1 order by count(*) desc limit 1
"""

# Milliseconds from a gesture on the map until what it changed is painted; %s is the gesture.
MAP_ANSWER = """number => new Promise(resolve => {
    const pane = document.querySelector(".leaflet-peta-kisi-pane"), slider = document.getElementById("peta-slider");
    const began = performance.now(), watch = new MutationObserver(() => {
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
    });
    watch.observe(pane, { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] });
    %s
})"""
SLIDE = MAP_ANSWER % 'slider.value = slider.max - number; slider.dispatchEvent(new Event("input", { bubbles: true }));'
ZOOM = MAP_ANSWER % 'document.querySelector(".leaflet-control-zoom-" + (number % 2 ? "out" : "in")).click();'


def rows(url: str, dsn: str, row: Callable[..., dict]) -> list[dict]:
    """Rows of the bench table, with nobody else at the app."""
    with sync_playwright() as playwright, psycopg.connect(dsn, autocommit=True) as crm:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        changes = sorted(_changes(page, url, crm))
        page.set_viewport_size({"width": 1366, "height": 768})
        ticks = sorted(_ticks(page, url, crm.execute(BUSIEST).fetchone()[0]))
        browser.close()
    return [
        row("commit to the figure on the wall, median", 0, statistics.median(changes), "s"),
        row("commit to the figure on the wall, p95", 0, _p95(changes), "s", "<= 3"),
        row("what-if: tick to picture, median", 0, statistics.median(ticks), "ms"),
        row("what-if: tick to picture, p95", 0, _p95(ticks), "ms", "<= 150"),
    ]


def map_rows(url: str, dsn: str, row: Callable[..., dict]) -> list[dict]:
    """Rows of the map with 100,000 points more in its week; the city has them from then on."""
    add_points(dsn, POINTS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        first, slides, zooms = _map(browser.new_page(viewport={"width": 1366, "height": 768}), url)
        browser.close()
    return [
        row("peta: opened to its figures", POINTS, first, "s"),
        row("peta: a day of the slider to its picture, p95", POINTS, _p95(sorted(slides)), "ms"),
        row("peta: a zoom to its cells, with animation, p95", POINTS, _p95(sorted(zooms)), "ms"),
    ]


def _changes(page: Page, url: str, crm: psycopg.Connection) -> list[float]:
    """Seconds from a COMMIT to the figure that it changes."""
    page.goto(url)
    page.wait_for_function(WAITING)
    page.wait_for_timeout(5000)  # the first pictures are drawn
    taken = []
    for number in range(CHANGES):
        before = page.evaluate(WAITING)
        entered_at = crm.execute("select now() - interval '99 hours'").fetchone()[0]
        add_report(crm, f"UKUR{number}", unit_id="D-BM", category_id="v2-jalan", entered_at=entered_at)
        began = time.perf_counter()
        page.wait_for_function(f"before => ({WAITING})() !== before", arg=before, timeout=1000 * GIVE_UP_SECONDS)
        taken.append(time.perf_counter() - began)
        page.wait_for_timeout(300 * (number % 5))  # not in step with the browser's own beat
    return taken


def _ticks(page: Page, url: str, unit_id: str) -> list[float]:
    """Milliseconds from a press to the picture of its scenario."""
    page.goto(f"{url}/tkd/{unit_id}")
    page.wait_for_selector(READY)
    page.wait_for_timeout(8000)  # the forecast of all units is computed beside it
    shown = page.locator(".sim .pick .tick").count()
    return [page.evaluate(TICK, number % min(shown, 10)) for number in range(TICKS)]


def _map(page: Page, url: str) -> tuple[float, list[float], list[float]]:
    """Seconds until the map of the week is painted; milliseconds of days on the slider, and of zooms in and out."""
    page.goto(f"{url}/healthz/live")
    page.wait_for_timeout(10_000)  # the points reach the frame
    began = time.perf_counter()
    page.goto(f"{url}/peta")
    page.wait_for_selector(FULL)
    first = time.perf_counter() - began
    page.wait_for_timeout(2000)
    page.evaluate(SLIDE, 1)  # asks for the pictures of all days, once
    slides = [page.evaluate(SLIDE, 2 + number) for number in range(SLIDES)]
    zooms = []
    for number in range(ZOOMS):
        zooms.append(page.evaluate(ZOOM, number))
        page.wait_for_timeout(700)
    return first, slides, zooms


def _p95(taken: list[float]) -> float:
    return taken[int(0.95 * (len(taken) - 1))]
