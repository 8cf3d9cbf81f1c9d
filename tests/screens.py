"""`make screens`: pictures of every screen, both themes, three sizes, into docs/screens/."""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from demo.build import build
from demo.postgres import EmbeddedPostgres
from tests.browser.conftest import served
from tests.conftest import CHROMIUM_FLAGS, PROJECT

SCREENS = {"ruang-pantau": "/"}
SIZES = ((1920, 1080), (1366, 768), (390, 844))
SHOTS = tuple((theme, width, height) for theme in ("gelap", "terang") for width, height in SIZES)
SETTLE_MS = 2500  # the map fits itself, charts are drawn


def main() -> int:
    """Build a city, serve it, photograph it."""
    with tempfile.TemporaryDirectory(prefix="ruang-pantau-screens-") as folder:
        server = EmbeddedPostgres(Path(folder))
        server.start()
        try:
            build(server.dsn(), until=datetime.now(UTC), months=2)
            with served(server.dsn()) as url:
                photograph(url)
        finally:
            server.stop()
    return 0


def photograph(url: str) -> None:
    """Every screen in every shot. A phone's picture is the whole page."""
    import shutil

    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        for name, path in SCREENS.items():
            for theme, width, height in SHOTS:
                page = browser.new_page(viewport={"width": width, "height": height})
                page.goto(f"{url}{path}?tema={theme}")
                page.wait_for_selector(".ten li")
                page.wait_for_timeout(SETTLE_MS)
                file = PROJECT / "docs" / "screens" / f"{name}-{theme}-{width}.png"
                page.screenshot(path=file, full_page=width < 900)
                print(file.relative_to(PROJECT))
                page.close()
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
