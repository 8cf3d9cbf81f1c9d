"""Why a score moved, as the panel says it: from the score of then the causes lead to the score of now."""

import re

import pytest

from components import ids
from data_access import months, outlook, past
from data_access.monitor import Reading
from pages._tkd import moments, why
from scoring.periods import Period
from tests.builders import report, wib
from tests.components.tree import having, of_type, text
from tests.conftest import CITY_UNTIL
from tests.data_access.past_crm import point_at
from tests.data_access.state_at import state_at
from tests.pages.unit_readings import done, hundredths, read, small, units_of_every_kind

pytestmark = pytest.mark.db
MOMENTS = ("pagi", "kemarin", "minggu", "awal", "2026-11-10T03:20")


@pytest.fixture(scope="module")
def state(city_dsn):
    return state_at(city_dsn, CITY_UNTIL)


@pytest.fixture(autouse=True)
def crm(city_dsn, monkeypatch):
    """The past is read from the city, and there is no outlook yet."""
    point_at(monkeypatch, city_dsn)
    monkeypatch.setattr(months, "settings", past.settings)
    monkeypatch.setattr(outlook, "current", lambda: None)


def why_of(here: Reading) -> dict[str, object]:
    return {part: value for (part, _), value in why.parts(here).items()}


@pytest.mark.parametrize("since", MOMENTS)
def test_from_the_score_of_then_the_causes_lead_to_the_score_of_now(state, since):
    checked = 0
    for unit_id in units_of_every_kind(state):
        items = of_type(why_of(read(state, unit_id, sejak=since))[ids.WHY_BODY], "Li")
        if not items:
            continue
        figures = [text(item).split()[-1] for item in items]
        assert sum(map(hundredths, figures[:-1])) == hundredths(figures[-1]), unit_id
        checked += 1
    assert checked >= 8


def test_the_end_of_the_waterfall_is_the_score_the_screen_shows(state):
    here = read(state, "S-BM-31.75")
    end = of_type(why_of(here)[ids.WHY_BODY], "Li")[-1]
    assert text(end) == f"Sekarang, 10.00 {here.shown(here.final)}"


@pytest.mark.parametrize(
    ("now", "at", "since"),
    [
        ("2026-11-22 14:05", "2026-11-22 07:30", "pagi"),
        ("2026-11-22 16:00", "2026-11-22 15:30", "sore"),
        ("2026-11-22 15:59", "2026-11-22 07:30", "pagi"),
        ("2026-11-22 08:00", "2026-11-22 07:30", "pagi"),
        ("2026-11-22 07:59", "2026-11-21 15:30", "kemarin sore"),
        ("2026-11-22 00:10", "2026-11-21 15:30", "kemarin sore"),
    ],
)
def test_the_last_check_is_the_one_that_passed_half_an_hour_ago(now, at, since):
    found = moments.chosen(small(report(unit="K-GAMBIR"), now=now))
    assert (found.at, found.since) == (wib(at), since)


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("kemarin", "2026-11-21 14:00"),
        ("minggu", "2026-11-15 14:00"),
        ("awal", "2026-11-01 00:00"),
        ("2026-11-20T09:15", "2026-11-20 09:15"),
    ],
)
def test_the_other_moments(name, at):
    assert moments.chosen(small(report(unit="K-GAMBIR"), sejak=name)).at == wib(at)


def test_a_closed_month_counts_back_from_its_cutoff(state):
    found = why_of(read(state, "S-BM-31.75", Period(2026, 10), sejak="minggu"))
    assert found[ids.WHY_FACT] == "2 Nov 00.00 → 8 Nov 23.59"
    assert text(of_type(found[ids.WHY_BODY], "Li")[-1]).startswith("Cut-off, 8 Nov 23.59")


def test_before_the_month_began_there_was_no_score(state):
    body = why_of(read(state, "S-BM-31.75", sejak="2026-10-28T09:00"))[ids.WHY_BODY]
    assert "Periode ini baru mulai 1 Nov 00.00; pada 28 Okt 09.00 belum ada nilai." in text(body)
    assert of_type(body, "Li") == []


def test_a_first_score_is_explained_from_nothing(state):
    body = why_of(read(state, "W-31.75.09.1003", sejak="awal"))[ids.WHY_BODY]
    assert "Belum ada nilai saat itu, maka sebab dihitung dari 0." in text(body)


def test_the_choice_of_moments_marks_the_one_in_use_and_offers_any_minute(state):
    body = why_of(read(state, "S-BM-31.75", sejak="kemarin"))[ids.WHY_BODY]
    assert [text(link) for link in having(body, "on")] == ["Kemarin"]
    button = of_type(body, "Button")[0]
    assert getattr(button, "data-since") == "2026-11-14T10:00"
    assert getattr(button, "data-since-min") == "2026-11-01T00:00"


def test_units_that_moved_an_upper_unit_are_linked_with_the_same_moment(state):
    body = why_of(read(state, "D-BM", sejak="minggu"))[ids.WHY_BODY]
    hrefs = [link.href for link in of_type(body, "Link")]
    assert hrefs
    assert all(re.fullmatch(r"/tkd/[\w.-]+\?sejak=minggu", href) for href in hrefs)


def test_without_events_it_says_what_cannot_be_seen(crm_dsn, monkeypatch):
    point_at(monkeypatch, crm_dsn)
    here = small(done("K-GAMBIR", "2026-11-20 20:00"), report(unit="K-GAMBIR"), sejak="2026-11-15T08:00")
    assert "Tanpa riwayat kejadian" in text(why_of(here)[ids.WHY_BODY])


def test_nothing_moved_is_said_plainly(crm_dsn, monkeypatch):
    point_at(monkeypatch, crm_dsn)
    here = small(done("K-GAMBIR", "2026-11-10 20:00"), sejak="kemarin")
    assert "Nilai tidak berubah sejak kemarin." in text(why_of(here)[ids.WHY_BODY])
