"""A number of Monitor TKD opens its reports, by mouse and by keyboard; a moment of one's own is compared with."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from scoring.periods import WIB
from tests.browser import clock

pytestmark = [pytest.mark.db, pytest.mark.browser]

BUSY_SUDIN = """
select r.unit_id from crm.report r join crm.unit u using (unit_id)
where u.unit_type = 'sudin' and r.entered_at >= now() - interval '50 days'
group by 1 order by count(*) desc limit 1
"""
READY = ".sp .sum"
DRAWN_MS = 15_000  # generous: what is tested is that it comes, not how fast


@pytest.fixture
def page(wall_url, crm, open_page):
    unit_id = crm.execute(BUSY_SUDIN).fetchone()[0]
    page = open_page(f"{wall_url}/tkd/{unit_id}", 1366, 768, ready=READY)
    yield page
    assert page.troubles == []


def count(words: str) -> int:
    return int(words.split()[0].replace(".", ""))


def test_a_number_opens_its_reports_in_view_and_escape_closes_them(page):
    number = page.locator(".sp a.num", has_text="laporan").first
    reports_count = count(number.inner_text())
    number.click()
    behind = page.locator(".behind")
    expect(behind.locator("h2")).to_have_text("Semua laporan periode ini", timeout=DRAWN_MS)
    expect(behind.locator(".words .t2")).to_contain_text(f"{reports_count:,} laporan".replace(",", "."))
    expect(behind.locator("tbody tr")).to_have_count(min(reports_count, 50))
    expect(behind).to_be_focused()
    expect(behind).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(behind).to_be_hidden()
    expect(number).to_be_focused()
    assert "lihat" not in page.url


def test_the_list_is_opened_and_closed_by_the_keyboard_alone(page):
    page.locator(".sp a.num", has_text="selesai").first.focus()
    page.keyboard.press("Enter")
    behind = page.locator(".behind")
    expect(behind.locator("h2")).to_have_text("Laporan selesai", timeout=DRAWN_MS)
    page.keyboard.press("Tab")
    expect(behind.locator("[data-close]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(behind).to_be_hidden()
    expect(page.locator(".sp a.num", has_text="selesai").first).to_be_focused()


def test_a_pasted_address_shows_its_page_of_the_list(page):
    page.goto(f"{page.url}?lihat=semua&halaman=1000")
    expect(page.locator(".behind h2")).to_have_text("Semua laporan periode ini", timeout=DRAWN_MS)
    expect(page.locator(".behind .pager a", has_text="Sebelumnya")).to_be_visible()
    expect(page.locator(".behind .pager a", has_text="Berikutnya")).to_have_count(0)


def test_any_minute_can_be_compared_with(page):
    at = (clock.now().astimezone(WIB) - timedelta(hours=2)).replace(second=0, microsecond=0)
    page.locator(".why button[data-since]").click()
    expect(page.get_by_label("Bandingkan nilai sekarang dengan (WIB)")).to_be_focused()
    page.get_by_label("Bandingkan nilai sekarang dengan (WIB)").fill(f"{at:%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Bandingkan").click()
    expect(page.locator("#why-title")).to_contain_text(f"{at:%H.%M}", timeout=DRAWN_MS)
    assert f"sejak={at:%Y-%m-%dT%H:%M}" in page.url


def test_the_dialog_of_a_minute_can_be_left_without_a_choice(page):
    before = page.url
    page.locator(".why button[data-since]").click()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.ask-minute")).to_be_hidden()
    assert page.url == before
