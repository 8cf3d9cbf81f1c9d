"""Copying and printing as the browser does it, with and without a clipboard of its own."""

import pytest
from playwright.sync_api import expect

from components.theme import TOKENS_CSS

pytestmark = pytest.mark.browser
HOST = "http://127.0.0.1:9"  # answered by the test itself, never by the network
PAGE = """<!doctype html><html data-bs-theme="dark"><body>
<section class="plan"><details><summary>Tampilkan semua</summary><p>11</p></details></section>
<button class="list" data-copy="Kelurahan Gambir&#10;1. Sampah">Salin daftar tugas</button>
<button class="link" data-copy-link>Salin tautan</button><button class="paper" data-print="plan">Cetak</button>
<a href="#" data-show=".plan">Coba</a></body></html>"""
NO_CLIPBOARD = """window.kept = navigator.clipboard;
Object.defineProperty(navigator, "clipboard", {value: undefined});"""
ROOT = "document.documentElement.dataset"
PRINTED = f"window.print = () => {{ window.printed = {ROOT}.print + {ROOT}.bsTheme; }};"


@pytest.fixture
def context(browser):
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.route(f"{HOST}/**", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    yield context
    context.close()


def opened(context, *scripts: str):
    page = context.new_page()
    for script in scripts:
        page.add_init_script(script)
    page.goto(f"{HOST}/tkd/K-GAMBIR?target=B")
    page.add_script_tag(path=TOKENS_CSS.with_name("72-copy.js"))
    return page


@pytest.mark.parametrize(("scripts", "clipboard"), [((), "navigator.clipboard"), ((NO_CLIPBOARD,), "window.kept")])
def test_the_list_is_copied_as_it_stands_with_or_without_a_clipboard(context, scripts, clipboard):
    page = opened(context, *scripts)
    page.locator(".list").click()
    expect(page.locator(".list")).to_have_attribute("data-said", "Tersalin")
    assert page.evaluate(f"{clipboard}.readText()") == "Kelurahan Gambir\n1. Sampah"
    expect(page.locator("textarea")).to_have_count(0)


def test_the_link_is_the_address_of_the_page(context):
    page = opened(context)
    page.locator(".link").click()
    expect(page.locator(".link")).to_have_attribute("data-said", "Tersalin")
    assert page.evaluate("navigator.clipboard.readText()") == f"{HOST}/tkd/K-GAMBIR?target=B"


def test_it_is_said_for_two_seconds_also_to_those_who_listen(context):
    page = opened(context)
    page.locator(".list").click()
    expect(page.get_by_role("status")).to_have_text("Tersalin")
    expect(page.locator(".list")).not_to_have_attribute("data-said", "Tersalin", timeout=4000)
    expect(page.get_by_role("status")).to_have_text("")
    assert page.locator(".list").inner_text() == "Salin daftar tugas"


def test_a_refused_copy_says_so(context):
    page = opened(context, NO_CLIPBOARD, "document.execCommand = () => false;")
    page.locator(".list").click()
    expect(page.locator(".list")).to_have_attribute("data-said", "Gagal menyalin")


def test_printing_shows_one_panel_unfolded_in_light_and_then_all_is_as_before(context):
    page = opened(context, PRINTED)
    page.locator(".paper").click()
    assert page.evaluate("window.printed") == "planlight"
    assert page.locator("details").get_attribute("open") is not None
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    assert page.locator("html").get_attribute("data-print") is None
    assert page.locator("details").get_attribute("open") is None


def test_a_dark_screen_is_light_on_paper_and_dark_again(context):
    page = opened(context)
    page.evaluate(f"{ROOT}.bsTheme = 'dark'")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("html").get_attribute("data-bs-theme") == "light"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
