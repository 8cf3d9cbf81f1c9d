"""Monitor TKD on the first of a month, in Chromium: two open periods, the new one with very few reports."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from data_access.scored_reports import RULEBOOK
from demo.build import build
from scoring import periods, rulebook
from scoring.grades import shown
from tests.browser import clock
from tests.browser.conftest import served
from tests.browser.scoring_files import score_json, standings
from tests.conftest import fresh_database

pytestmark = [pytest.mark.db, pytest.mark.browser]

FIRST_DAY = datetime(2026, 12, 1, 10, 45, tzinfo=UTC)  # 17.45 in Jakarta
CLOSING, RUNNING = periods.open_at(FIRST_DAY)
ROWS = ".ut tbody tr:not(.group)"
FIGURES = """place => Object.fromEntries([...document.querySelectorAll('.ut tbody tr:not(.group)')].map(row =>
  [row.querySelector('.nm').getAttribute('href').slice(5).split('?')[0],
   row.querySelector(`td:is(.nilai, .none).g${place}`).innerText.trim()]))"""
ONE_OPEN = """
select unit_id from crm.report join crm.unit using (unit_id) where unit_type = 'kelurahan'
    and entered_at >= '2026-12-01 00:00+07' and entered_at <= now()
group by 1 having count(*) = 1 and min(status) = 'menunggu' order by 1 limit 1
"""
CUT = """() => [...document.querySelectorAll('.ut :is(td, .who, thead th)')]
  .filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.innerText)"""
DRAWN_MS = 15_000


@pytest.fixture(scope="module")
def city(postgres):
    """A city up to the afternoon of the first that nobody writes to."""
    for dsn in fresh_database(postgres):
        build(dsn, until=FIRST_DAY, months=2)
        clock.set_clock(dsn, FIRST_DAY)
        yield dsn


@pytest.fixture(scope="module")
def url(city):
    with served(city) as address:
        yield address


@pytest.mark.parametrize("place", [0, 1])
def test_the_scores_of_both_periods_are_those_of_the_command_line(url, city, open_page, place):
    period = (CLOSING, RUNNING)[place]
    page = open_page(f"{url}/tkd?tampil=daftar", ready=ROWS)
    grades = rulebook.load(RULEBOOK).at(period).grades
    found = standings(score_json(city, str(period), FIRST_DAY))
    wanted = {unit_id: f"{shown(score, grade, grades)} {grade}" for unit_id, (score, grade) in found.items()}
    on_screen = page.evaluate(FIGURES, place)
    assert len(on_screen) > 200 and len(set(on_screen.values())) > 10
    assert on_screen == {unit_id: wanted.get(unit_id, "belum ada laporan") for unit_id in on_screen}


def test_each_period_says_how_long_it_is_still_open(url, open_page):
    page = open_page(f"{url}/tkd", ready=ROWS)
    expect(page.locator(".desk-head")).to_contain_text("Dua periode terbuka: November ditutup 8 Des 2026 23.59 WIB")
    left = re.compile(r"7 hari \d+ jam lagi")
    expect(page.locator(".desk-head")).to_contain_text(left)
    expect(page.locator(".ut .periods .g0")).to_have_text(re.compile(rf"November 2026 ditutup {left.pattern}"))
    expect(page.locator(".ut .periods .g1")).to_have_text(re.compile(r"Desember 2026 berjalan, 38 hari \d+ jam lagi"))


@pytest.mark.parametrize("column", ["laporan", "sisa"])
@pytest.mark.parametrize("place", [0, 1])
def test_a_count_of_the_list_opens_as_many_reports_in_view(url, open_page, place, column):
    page = open_page(f"{url}/tkd", ready=ROWS)
    number = page.locator(f"{ROWS} td.{column}.g{place} a").first
    words = number.inner_text()
    number.click()
    behind = page.locator(".behind")
    expect(behind.locator(".words .t2")).to_contain_text(f"{words} laporan", timeout=DRAWN_MS)
    expect(behind).to_be_in_viewport()
    expect(page.locator(".desk-head .seg a.on")).to_contain_text(("Nov 2026", "Des 2026")[place])
    page.go_back()
    expect(page.locator(ROWS).first).to_be_visible()
    assert page.troubles == []


def test_the_only_report_of_the_new_month_has_its_outcomes_and_the_other_period_is_one_click_away(
    url, city, crm_of, open_page
):
    unit_id = crm_of(ONE_OPEN)
    page = open_page(f"{url}/tkd/{unit_id}?periode={RUNNING}", 1366, 768, ready=".hero .fig")
    grades = rulebook.load(RULEBOOK).at(RUNNING).grades
    score, grade = standings(score_json(city, str(RUNNING), FIRST_DAY))[unit_id]
    assert page.locator(".hero .fig").first.inner_text().split() == [shown(score, grade, grades), grade]
    expect(page.locator(".hero")).to_contain_text("1 laporan: satu penyelesaian mengubah segalanya.")
    expect(page.locator(".hero .outcomes dt").first).to_have_text("Selesai sekarang")
    page.get_by_role("link", name="Nov 2026, ditutup 7 hari lagi").click()
    expect(page.locator(".desk-head")).to_contain_text("Nilai TKD periode November 2026", timeout=DRAWN_MS)
    assert "periode" not in page.url and page.troubles == []


@pytest.fixture
def crm_of(city):
    """crm_of(query) -> the first value of its first row."""
    import psycopg

    def value(query: str) -> str:
        with psycopg.connect(city) as connection:
            return connection.execute(query).fetchone()[0]

    return value


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1366, 768), (390, 844)])
@pytest.mark.parametrize("theme", ["gelap", "terang"])
def test_both_periods_fit_every_screen(url, open_page, width, height, theme):
    page = open_page(f"{url}/tkd?buka=W-31.71,D-BM&tema={theme}", width, height, ready=ROWS)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(CUT) == []
    page.goto(f"{url}/tkd/D-BM?tema={theme}")
    page.wait_for_selector(".sp .sum")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    for link in page.locator(".desk-head .seg a").all():
        box = link.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width, "a period is out of sight"
        assert link.evaluate("e => e.scrollWidth <= e.clientWidth")
    assert page.troubles == []
