"""What somebody at the screen waits for, in Chromium: a change of the CRM on the wall, the picture of a tick."""

import shutil
import statistics
import time
from collections.abc import Callable

import psycopg
from playwright.sync_api import Page, sync_playwright

from tests.browser.test_tkd_what_if import READY, TICK
from tests.conftest import CHROMIUM_FLAGS
from tests.crm import add_report

CHANGES = 12
TICKS = 20
GIVE_UP_SECONDS = 15.0
WAITING = "() => document.querySelectorAll('#strip-figures [data-figure]')[2]?.innerText"
BUSIEST = """
select unit_id from crm.report where status = 'proses' and entered_at > now() - interval '20 days'
and unit_id like 'S-%' group by 1 order by count(*) desc limit 1
"""


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


def _p95(taken: list[float]) -> float:
    return taken[int(0.95 * (len(taken) - 1))]
