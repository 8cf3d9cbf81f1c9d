"""`make screens`: pictures of every screen, both themes, three sizes, into docs/screens/.

Of the same afternoon each time. The *-awal-bulan-* pictures were taken by hand on a first of December, when two
periods are open.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
from playwright.sync_api import sync_playwright

from data_access.state import migrate
from demo.build import build
from demo.postgres import EmbeddedPostgres
from scoring import periods
from tests import document_pages
from tests.browser import clock
from tests.browser.conftest import served
from tests.conftest import CHROMIUM_FLAGS, PROJECT

# Name of the picture -> address, and a selector that is there once the figures are. A desk's picture is the whole page.
SCREENS = {
    "ruang-pantau": ("/", ".ten li"),
    "tkd": ("/tkd?buka=W-31.71,W-31.71.07,D-BM", ".tkd-list .gr"),
    "tkd-unit": ("/tkd/S-BM-31.72", ".fan .rl"),
    "tkd-dinas": ("/tkd/D-BM", ".fan .rl"),
    "aturan": ("/aturan", ".aturan h1"),
    "peta": ("/peta", ".desk h1"),
    "peringkat": ("/peringkat", ".desk h1"),
    "waktu": ("/waktu", ".desk h1"),
    "kanal": ("/kanal", ".desk h1"),
    "beban": ("/beban", ".desk h1"),
    "peringatan": ("/peringatan?wilayah=31.71", "[data-row] .dk-row"),
    "serah-terima": ("/peringatan/serah-terima?wilayah=31.71", ".ho-part"),
    "dokumen": ("/dokumen?unit=W-31.71", ".doc-list .list-tools a"),
    "laporan": ("/laporan", ".desk h1"),
    "lacak": ("/laporan/{newest}", ".desk h1"),
}
WALL = "ruang-pantau"
MONTHS = 14  # the twelve months of a unit's history, and what was left over into the first
TALLEST = 3400  # px; a table of hundreds of rows need not be photographed to its end
NEWEST = """
select report_id from crm.report where status = 'selesai' and not is_private and entered_at < now() - interval '3 days'
order by entered_at desc limit 1
"""
SIZES = ((1920, 1080), (1366, 768), (390, 844))
SHOTS = tuple((theme, width, height) for theme in ("gelap", "terang") for width, height in SIZES)
READY_MS = 60_000  # the outlook of all units is computed in the first seconds
SETTLE_MS = 2500  # the map fits itself, charts are drawn


def main(names: list[str]) -> int:
    """Build a city, serve it, photograph the named screens (all when none is named)."""
    with tempfile.TemporaryDirectory(prefix="ruang-pantau-screens-") as folder:
        server = EmbeddedPostgres(Path(folder))
        server.start()
        try:
            build(server.dsn(), until=clock.now(), months=MONTHS)
            clock.set_clock(server.dsn(), clock.now())
            migrate.upgrade(server.dsn())
            make_documents(server.dsn())
            if not names:
                document_pages.pictures(server.dsn(), clock.now().replace(second=0, microsecond=0))
            with psycopg.connect(server.dsn()) as connection:
                newest = connection.execute(NEWEST).fetchone()[0]
            with served(server.dsn()) as url:
                photograph(url, names or list(SCREENS), newest)
        finally:
            server.stop()
    return 0


def make_documents(dsn: str) -> None:
    """What a list of documents shows: the report of a closed month."""
    closed = periods.of(clock.now()).shifted(-1)
    command = [sys.executable, "-m", "pages", "batch", "bulanan", "--period", str(closed), "--units", "W-31.71", ""]
    subprocess.run(command, cwd=PROJECT, env=os.environ | {"CRM_DSN": dsn}, check=True)


def photograph(url: str, names: list[str], newest: str) -> None:
    """Every shot of the named screens; `newest` is the number of a report to follow."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        for name in names:
            address, ready = SCREENS[name]
            for theme, width, height in SHOTS:
                page = browser.new_page(viewport={"width": width, "height": height})
                page.goto(f"{url}{address.format(newest=newest)}{'&' if '?' in address else '?'}tema={theme}")
                page.wait_for_selector(ready, timeout=READY_MS)
                page.wait_for_timeout(SETTLE_MS)
                file = PROJECT / "docs" / "screens" / f"{name}-{theme}-{width}.png"
                whole = name != WALL or width < 900
                tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST) if whole else height
                clip = {"x": 0, "y": 0, "width": width, "height": tall}
                page.screenshot(path=file, full_page=whole, clip=clip)
                print(file.relative_to(PROJECT))
                page.close()
        browser.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
