"""The hand-over sheet in Chromium: drafted, signed, the city changes, and what was stored still shows what was seen."""

import re
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from playwright.sync_api import expect

from data_access import desk_log
from tests.browser.desk_city import at_the_desk, city_at

pytestmark = [pytest.mark.db, pytest.mark.browser]

NIGHT = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # 22.00 in Jakarta, the end of a shift
KOTA = "31.71"
SHEET = f"/peringatan/serah-terima?wilayah={KOTA}"
LATER = NIGHT + timedelta(minutes=10)
ANSWERED = (
    "update crm.report set status = 'proses', first_response_at = now(), updated_at = now() where status = 'menunggu'"
)
ANSWER_MS = 20_000  # generous: what is tested is that it comes, not how fast
PART = ".ho-part"
WAITING = ".ho-figs > div:first-child dd"


@pytest.fixture(scope="module")
def dsn(postgres):
    yield from city_at(postgres, NIGHT)


def test_draft_signature_and_what_was_stored(dsn, open_page):
    with at_the_desk(dsn, open_page, NIGHT, f"/peringatan?wilayah={KOTA}", ".dk-unit") as page:
        desk = page.locator(".dk-strip .main .big").inner_text()
        unit = page.locator(".dk-unit").first.get_attribute("data-row")
        with desk_log.opened(dsn) as log:
            desk_log.record_call(log, unit, ["X"], "perlu_koordinasi", "alat berat dari Sudin", "Rina")
        page.get_by_role("link", name="Lembar serah terima").click()
        expect(page.locator("h1")).to_have_text("Serah terima, Jakarta Pusat")
        expect(page.locator(WAITING)).to_have_text(desk, timeout=ANSWER_MS)
        expect(page.locator(".ho-part", has_text="Sudah dihubungi")).to_contain_text("alat berat dari Sudin")

        page.locator(f"{WAITING} a").click()
        expect(page.locator("[data-list-count]")).to_have_attribute("data-list-count", desk, timeout=ANSWER_MS)
        page.go_back()

        page.get_by_label("Catatan").fill("Dipantau sampai pagi.")
        page.get_by_role("button", name="Simpan lembar").click()
        expect(page.locator(".ho-said")).to_contain_text("Isi kedua nama", timeout=ANSWER_MS)
        expect(page.get_by_label("Catatan")).to_have_value("Dipantau sampai pagi.")  # nothing that was typed is lost
        page.get_by_label("Diserahkan oleh").fill("Rina Kusumaningtyas")
        page.get_by_label("Diterima oleh").fill("Dodi Setiawan")
        page.get_by_role("button", name="Simpan lembar").dblclick()
        expect(page.locator(".signed")).to_contain_text(
            "Diserahkan oleh Rina Kusumaningtyas kepada Dodi Setiawan", timeout=ANSWER_MS
        )
        expect(page).to_have_url(re.compile(r"lembar=\d+"))
        expect(page.locator(".ho-archive a[href^='?lembar=']")).to_have_count(1)
        stored = page.url.split("/peringatan", 1)[1]
        seen = page.locator(".ho-sheet").inner_text()

    with psycopg.connect(dsn, autocommit=True) as crm:
        crm.execute(ANSWERED)
    with at_the_desk(dsn, open_page, LATER, f"/peringatan{stored}", PART) as page:
        expect(page.locator(".signed")).to_be_visible(timeout=ANSWER_MS)
        assert page.locator(".ho-sheet").inner_text() == seen
        page.get_by_role("link", name="Draf sekarang").click()
        expect(page.locator(WAITING)).to_have_text("0", timeout=ANSWER_MS)
        page.locator(".ho-archive a[href^='?lembar=']").click()
        expect(page.locator(WAITING)).to_have_text(desk, timeout=ANSWER_MS)
        assert page.locator(".ho-sheet").inner_text() == seen
        page.locator(".ho-which summary").first.press("Enter")
        number = page.locator(".ho-which[open] a").first.inner_text()
        page.locator(".ho-which[open] a").first.click()
        expect(page.locator(".desk-head .crumb")).to_contain_text(number, timeout=ANSWER_MS)


def test_nothing_hangs_over_the_edge_and_it_prints_on_two_pages_at_most(dsn, open_page):
    with at_the_desk(dsn, open_page, NIGHT, "/peringatan/serah-terima", PART) as page:
        for width in (390, 1366, 1920):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate("document.documentElement.dataset.print = 'ho-sheet'")
        pages = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
        assert 1 <= pages <= 2
