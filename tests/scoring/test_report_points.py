"""Points of reports as arrays are those of the explanation; one more completion is what a simulation of it gives."""

import numpy as np
import pytest

from scoring import rulebook
from scoring.explain import explain
from scoring.one_more import one_more
from scoring.periods import Period
from scoring.plan_open import open_rows
from scoring.report_points import report_points
from scoring.reports import microseconds
from scoring.score import Scorecard, score
from scoring.simulate import Change, simulate
from tests.scoring.build import reports, units
from tests.scoring.months import month

BOOKS = ("tkd-2017", "tkd-2021-asumsi")
SEEDS = range(60)


def card_of(seed: int, book: str) -> Scorecard:
    rows, types, (year, month_), as_of = month(seed)
    rules = rulebook.load(book).at(Period(2026, 11))
    return score(reports(rows, units(types)), rules, Period(year, month_), microseconds(as_of))


@pytest.mark.parametrize("book", BOOKS)
def test_points_of_reports_are_those_of_the_explanation(book):
    checked = 0
    for seed in SEEDS:
        card = card_of(seed, book)
        for unit in np.flatnonzero(card.tally.total):
            rows = np.flatnonzero(card.facts.unit == unit)
            found = report_points(card, rows)
            numbers = card.reports.number[card.membership.positions[rows]]
            explained = {report.number: report.points for report in explain(card, int(unit)).reports}
            assert list(found) == [part for part in card.rules.part_shares if part != "effort"]
            for place, number in enumerate(numbers):
                for part, values in found.items():
                    assert abs(values[place] - float(explained[number][part])) < 1e-9
                    checked += 1
    assert checked > 300


def test_one_more_completion_gives_what_a_simulation_gives():
    checked = 0
    for seed in SEEDS:
        card = card_of(seed, "tkd-2017")
        for unit in np.flatnonzero(card.tally.total):
            numbers = card.reports.number[card.membership.positions[open_rows(card, int(unit))]]
            gains = one_more(card, int(unit))
            changes = [[Change(number, "completed", card.as_of_us)] for number in numbers]
            simulated = [simulate(card, change).scenario.final[unit] - card.scores.final[unit] for change in changes]
            for gain in simulated:
                assert np.abs(gains - gain).min() < 1e-9
                checked += 1
            assert bool(len(gains)) == bool(simulated)
    assert checked > 20
