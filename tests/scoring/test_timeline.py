"""A month's cost does not depend on the history before it: counted in reports touched."""

from datetime import timedelta

import numpy as np

from scoring import rulebook
from scoring.periods import Period
from scoring.score import score
from scoring.timeline import timeline
from tests.scoring import build

MONTH = Period(2019, 6)
RULES = rulebook.load("tkd-2017").at(MONTH)


def city(months_before: int):
    """40 reports a month, done in 20 days, for so many months up to June 2019, and two that nobody ever did."""
    table = build.units({"A": "kelurahan", "B": "kelurahan"})
    rows = []
    for back in range(months_before + 1):
        start = MONTH.shifted(-back).start
        for number in range(40):
            entered = start + timedelta(hours=17 * number)
            done = {"status": "selesai", "completed": entered + timedelta(days=20)}
            rows.append(
                {"number": f"{back}-{number}", "unit": "AB"[number % 2], "category": "Sampah", "entered": entered}
                | done
            )
    old = {"unit": "A", "category": "Sampah", "status": "proses", "entered": MONTH.previous.start}
    return build.reports([*rows, old | {"number": "old-1"}, old | {"number": "old-2"}], table)


def test_a_month_touches_as_many_reports_after_ten_years_as_after_two_months():
    touched = {}
    for months_before in (2, 24, 100):
        reports = city(months_before)
        few = timeline(reports, MONTH).reports_of(MONTH)
        card = score(few, RULES, MONTH, build.us(MONTH.cutoff + timedelta(hours=2)))
        touched[months_before] = len(few)
        whole = score(reports, RULES, MONTH, card.as_of_us)
        assert np.array_equal(whole.scores.final, card.scores.final)
        assert card.tally.total.tolist() == whole.tally.total.tolist()
    assert touched[2] == touched[24] == touched[100]
    assert touched[2] < 40 * 2.5  # its own, those of May that could be left over, and the two old ones


def test_a_month_outside_the_timeline_is_empty():
    reports = city(2)
    assert len(timeline(reports, MONTH).reports_of(MONTH.next)) == 0
    assert len(timeline(reports, MONTH).reports_of(Period(2000, 1))) == 0
    assert len(timeline(reports.only(np.zeros(0, int)), MONTH).reports_of(MONTH)) == 0
