"""What a screen is narrowed to goes along from screen to screen, through reloads, and by the address alone."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.db, pytest.mark.browser]
SELECTS = {
    "wilayah": "#filter-area",
    "unit": "#filter-unit",
    "kategori": "#filter-category",
    "kanal": "#filter-channel",
    "status": "#filter-status",
}
SCREENS = ("/peringkat", "/waktu", "/kanal", "/beban", "/laporan")
READY = "#filter-status:has(option:nth-child(2))"
OFFERED = "select => [...select.options].map(option => option.value)"


@pytest.fixture
def chosen(wall_url, open_page) -> dict[str, str]:
    """The last choice of every filter: none is the default of any."""
    page = open_page(f"{wall_url}/peta", 1366, 900, ready=READY)
    return {name: page.locator(select).evaluate(OFFERED)[-1] for name, select in SELECTS.items()}


def assert_narrowed(page, path: str, chosen: dict[str, str]) -> None:
    """This screen, its address and its selects say the same five values."""
    expect(page.locator("[data-view] h1").first).to_be_visible()
    for name, select in SELECTS.items():
        expect(page.locator(select)).to_have_value(chosen[name])
    address = urlsplit(page.url)
    asked = {name: values for name, values in parse_qs(address.query).items() if name in SELECTS}
    assert (address.path, asked) == (path, {name: [value] for name, value in chosen.items()})


def test_five_filters_go_along_through_reloads_and_by_the_address_alone(wall_url, open_page, chosen):
    page = open_page(f"{wall_url}/peta?{urlencode(chosen)}", 1366, 900, ready=READY)
    assert_narrowed(page, "/peta", chosen)
    for path in SCREENS:
        page.locator(f"nav a.link[href='{path}']").click()
        assert_narrowed(page, path, chosen)
        page.reload()
        assert_narrowed(page, path, chosen)
        fresh = open_page(page.url, 1366, 900, ready=READY)
        assert_narrowed(fresh, path, chosen)
        assert fresh.troubles == []
    assert page.troubles == []


def test_the_way_up_takes_the_filters_along_and_a_unit_keeps_its_own_screen(wall_url, open_page, chosen):
    page = open_page(f"{wall_url}/waktu?{urlencode(chosen)}", 1366, 900, ready=".crumb a")
    page.locator(".crumb a", has_text="Ruang Pantau").click()
    expect(page.locator(".ten")).to_be_visible()
    asked = parse_qs(urlsplit(page.url).query)
    assert {name: asked[name] for name in SELECTS} == {name: [value] for name, value in chosen.items()}

    page = open_page(f"{wall_url}/tkd", 1366, 900, ready="a[href^='/tkd/']")
    unit = page.locator("a[href^='/tkd/']").last.get_attribute("href").split("?")[0]
    page.goto(f"{wall_url}{unit}?kanal={chosen['kanal']}")
    page.locator(".crumb a", has_text="Monitor TKD").click()
    expect(page).to_have_url(f"{wall_url}/tkd?kanal={chosen['kanal']}")
    assert page.troubles == []
