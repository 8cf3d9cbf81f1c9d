"""The exact best set of k reports: wherever the search starts, on ties between sets, and at a limit's very edge."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from scoring import rulebook
from scoring.exact import exact_of
from scoring.plan import Plan, plan, plan_of
from scoring.plan_best import best, best_values, group_of, problem
from scoring.plan_open import facts_if_completed, open_rows
from scoring.score import score
from tests.scoring.build import reports, units, us
from tests.scoring.plan_world import PERIOD, reports_of

RULES = rulebook.load("tkd-2017").at(PERIOD)
NOW = us("2026-11-20 12:00")
DONE = {"unit": "A", "category": "Sampah", "status": "selesai"} | {
    "entered": "2026-11-10 08:00",
    "completed": "2026-11-10 09:00",
}
OLD = {"unit": "A", "category": "Sampah", "status": "proses", "entered": "2026-11-10 08:00"}


@pytest.mark.parametrize("start", [0.0, 37.5, 100.0])
def test_the_search_ends_at_the_same_set_wherever_it_starts(start):
    for seed in range(30):
        card = score(reports_of(np.random.default_rng(seed), 80, NOW, open_share=0.7), RULES, PERIOD, NOW)
        rows = open_rows(card, 0)
        task = problem(card, 0, rows, facts_if_completed(card, rows, NOW))
        for k, value in enumerate(best_values(task)):
            found = best(task, k, start)
            assert found == best(task, k, value)
            assert float(found.value) == pytest.approx(value, abs=1e-11)
            assert len(set(found.chosen)) == k


def planned(rows: list[dict], rules, target: float) -> Plan:
    numbered = [{"number": f"R{position}"} | row for position, row in enumerate(rows)]
    return plan(reports(numbered, units({"A": "kelurahan"})), rules, PERIOD, NOW, 0, target)


def test_of_sets_with_one_score_the_smallest_is_best():
    assumed = replace(rulebook.load("tkd-2021-asumsi").at(PERIOD), part_shares={"completion": 50, "time": 50})
    # 2 of 5 at 100 give 20 + 50; a third, at 40, gives 30 + 40; two rows need a correction
    found = planned([DONE, DONE, OLD, DONE | {"completed": None}, DONE | {"completed": None}], assumed, 99)
    assert (found.now, found.best, found.complete) == (70, 70, ())


def test_a_grade_is_met_exactly_or_not_at_all_and_a_number_up_to_the_last_bits_of_a_float():
    rows = [DONE, DONE, OLD, OLD]
    rules = replace(RULES, part_shares={"completion": 50, "time": 50})
    reached = planned(rows, rules, 99).best
    assert reached == 85.0
    above = float(np.nextafter(85, 86))
    assert planned(rows, rules, above).reachable
    strict = replace(rules, grades={"A": above, "B": 75, "C": None})
    assert not planned(rows, strict, above).reachable
    assert planned(rows, strict, 85).reachable


@pytest.mark.parametrize("others", [(), (3,), (1, 4), (2, 2, 9), (0, 5, 5, 7)])
def test_the_group_is_the_peers_and_the_unit(others):
    own = np.arange(12)
    least, twice_median, most = group_of(np.array(others, np.int64), own)
    for x in own:
        group = [*others, int(x)]
        assert (least[x], twice_median[x], most[x]) == (min(group), 2 * np.median(group), max(group))


def test_the_best_score_is_that_of_the_exact_rule():
    card = score(reports_of(np.random.default_rng(4), 80, NOW, open_share=0.7), RULES, PERIOD, NOW)
    found = plan_of(card, 0, 50)
    assert Fraction(found.now) == pytest.approx(exact_of(0, card.tally, card.reports.units, RULES).final, abs=1e-12)
