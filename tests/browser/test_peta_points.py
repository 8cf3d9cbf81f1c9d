"""Peta in Chromium with 100,000 points in the week, almost half of them at one spot: every gesture still answers."""

import re

import psycopg
import pytest
from playwright.sync_api import expect

from demo.build import build
from tests.browser import clock
from tests.browser.conftest import served
from tests.browser.many_points import add_points
from tests.browser.test_peta import CELLS, FULL, TOTAL, WEEK, free_middle, mainland, painted, settled
from tests.conftest import fresh_database

pytestmark = [pytest.mark.db, pytest.mark.browser]

POINTS = 100_000
WEEK_IN_CRM = """
select count(distinct report_id) from crm.report
where entered_at >= date_trunc('day', %s at time zone 'Asia/Jakarta') at time zone 'Asia/Jakarta' - interval '6 days'
and entered_at <= %s
"""


@pytest.fixture(scope="module")
def crowded(postgres):
    """(address, DSN) of the app in front of a city with 100,000 points more in its week."""
    for dsn in fresh_database(postgres):
        build(dsn, until=clock.now(), months=1)
        clock.set_clock(dsn, clock.now())
        add_points(dsn, POINTS)
        with served(dsn) as url:
            yield url, dsn


@pytest.fixture
def page(crowded, open_page):
    opened = open_page(f"{crowded[0]}/peta", 1366, 900, ready=FULL)
    yield opened
    assert opened.troubles == []


def number_of(text: str) -> int:
    return int(re.search(r"\d[\d.]*", text.split(":")[-1]).group().replace(".", ""))


def test_every_report_of_the_week_is_counted_and_the_one_spot_does_not_flatten_the_others(page, crowded):
    with psycopg.connect(crowded[1]) as crm:
        (in_crm,) = crm.execute(WEEK_IN_CRM, (clock.now(), clock.now())).fetchone()
    assert in_crm > POINTS
    assert number_of(page.locator(TOTAL).inner_text()) == in_crm
    classes = painted(page)
    assert len(classes) == len(mainland())
    assert all(classes.count(sign) > 10 for sign in "05")
    assert len(set(classes)) >= 5


def test_zoom_small_cells_and_a_click_open_the_reports_of_one(page):
    box = page.locator(".peta-luas .leaflet-container").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for _ in range(2):
        page.mouse.wheel(0, -120)
        settled(page)
    assert 100 < page.locator(CELLS).count() < 3500
    page.mouse.move(*free_middle(page))
    expect(page.locator(".peta-info")).to_contain_text("laporan")
    told = number_of(page.locator(".peta-info").inner_text())
    page.mouse.click(*free_middle(page))
    expect(page).to_have_url(re.compile(r"/laporan\?periode=semua&masuk=.*&sel=\w+"))
    expect(page.locator("[data-view='laporan']")).to_contain_text(f"{told:,}".replace(",", "."), timeout=20_000)


def test_play_and_the_slider_paint_the_weeks_before(page):
    shown, now = page.locator(WEEK).inner_text(), painted(page)
    page.locator("#peta-slider").focus()
    page.keyboard.press("ArrowLeft")
    settled(page)
    assert page.locator(WEEK).inner_text() != shown
    assert painted(page) != now
