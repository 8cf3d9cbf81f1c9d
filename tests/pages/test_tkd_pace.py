"""The what-if with a daily pace: which reports it completes, when, and what is said when no day is left."""

import pytest

from tests.pages.what_if_world import OPEN, drawn, figures, listed, rows, scored_anew, state, words


@pytest.fixture(scope="module")
def panel(web):
    """The module under test; pages can be imported once the app is there."""
    from pages._tkd import what_if

    return what_if


def test_a_daily_pace_completes_the_open_reports_at_four_in_the_afternoon(panel):
    parts = drawn(panel, perhari="3")
    today, tomorrow = ({"status": "selesai", "completed": f"2026-11-{day} 16:00"} for day in (22, 23))
    by_drop = [token for token in listed(parts) if token in OPEN]
    done = {number: today if turn < 3 else tomorrow for turn, number in enumerate(by_drop)}
    assert figures(parts)[1] == scored_anew(rows(**done), "2026-11-23 16:00")
    assert "Laju harian menyelesaikan 4 dari 4 laporan terbuka" in words(parts)


def test_on_the_last_evening_a_daily_pace_says_that_its_hour_is_over(panel):
    evening = state(*rows(), now="2026-12-08 20:00")
    parts = drawn(panel, now=evening, perhari="3", periode="2026-11")
    assert "Laju harian menyelesaikan 0 laporan: tidak ada lagi pukul 16.00 sebelum cut-off." in words(parts)
    assert figures(parts)[0] == figures(parts)[1]


def test_a_report_with_its_own_time_gives_its_place_in_the_pace_to_the_next(panel):
    parts = drawn(panel, "A1@2026-11-24T10:00", perhari="3")
    assert "Laju harian menyelesaikan 3 dari 4" in words(parts)
    assert {row["when"] for token, row in listed(parts).items() if token in OPEN} == {"24 Nov 10.00", "22 Nov 16.00"}
