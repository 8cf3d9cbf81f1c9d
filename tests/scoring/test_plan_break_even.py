"""How many of a plan's reports may be late: against letting every choice of them drop one tier."""

from dataclasses import replace
from itertools import combinations

import numpy as np

from scoring import rulebook
from scoring.plan import Plan, plan, plan_of
from scoring.plan_open import completed
from scoring.score import Scorecard, score
from scoring.tier_clock import tier_clock
from tests.scoring.build import reports, units, us
from tests.scoring.plan_world import HOUR, PERIOD, reports_of, rules_of

CUTOFF = us("2026-12-09 00:00")
MOST = 6


def lowest(card: Scorecard, found: Plan, unit: int, late: int) -> float:
    """The lowest score over every choice of `late` reports of the set that drop one tier, all scored anew."""
    clock = tier_clock(card, unit)
    rows = np.flatnonzero(np.isin(clock.number, found.complete))
    finals = []
    for chosen in combinations(rows.tolist(), late):
        drops = np.isin(rows, chosen) & (clock.tier_after[rows] < clock.tier_now[rows])
        instants = np.where(drops, clock.drop_us[rows], card.as_of_us)
        positions = card.membership.positions[clock.rows[rows]]
        done = completed(card.reports.only(positions), card.rules, instants)
        columns = {name: getattr(done, name) for name in ("status", "completed", "validated")}
        after = score(card.reports.with_changes(positions, **columns), card.rules, PERIOD, int(instants.max()))
        finals.append(float(after.scores.final[unit]))
    return min(finals)


def test_break_even_is_the_most_that_may_drop_whichever_they_are():
    seen = set()
    for seed in range(220):
        rng = np.random.default_rng(seed)
        as_of_us = us("2026-11-10 00:00") + int(rng.integers(0, 500)) * HOUR
        card = score(reports_of(rng, 40, as_of_us, open_share=0.8), rules_of(rng), PERIOD, as_of_us)
        if not card.tally.total[0] or card.membership.duplicate.any():
            continue
        target = float(card.scores.final[0]) + float(rng.random()) * 15
        found = plan_of(card, 0, target)
        drops_in_time = all(deadline < CUTOFF or deadline > 2 * CUTOFF for deadline in found.deadlines_us)
        if not found.reachable or not found.complete or len(found.complete) > MOST or not drops_in_time:
            continue
        worst = [lowest(card, found, 0, late) for late in range(1, len(found.complete) + 1)]
        assert found.break_even == sum(final >= target - 1e-12 for final in worst)
        seen.add(found.break_even == len(found.complete))
    assert seen == {True, False}


def planned(rules, target: float, *hours_ago: int) -> Plan:
    """The plan of a unit alone, whose open reports were entered so many hours ago."""
    now = us("2026-11-20 12:00")
    rows = [
        {
            "number": f"R{position}",
            "unit": "A",
            "category": "Sampah",
            "status": "proses",
            "entered": us_text(now, hours),
        }
        for position, hours in enumerate(hours_ago)
    ]
    return plan(reports(rows, units({"A": "kelurahan"})), rules, PERIOD, now, 0, target)


def us_text(now: int, hours_ago: int) -> str:
    return str(np.datetime64(now - hours_ago * HOUR + 7 * HOUR, "us"))


def test_the_largest_losses_count_first():
    rules = rulebook.load("tkd-2017").at(PERIOD)
    rules = replace(rules, tier_values=(100, 90, 30, 0), part_shares={"completion": 50, "time": 50})
    # values 100 and 90 give 97.5; they fall by 10 and by 60, which costs 2.5 and 15
    assert planned(rules, 90, 1, 30).final == 97.5
    assert [planned(rules, target, 1, 30).break_even for target in (90, 81, 80)] == [0, 1, 2]


def test_an_answer_in_time_is_lost_with_the_drop():
    rules = rulebook.load("tkd-2021-asumsi").at(PERIOD)
    # one of two late: 40 x 20 / 2 of time and 20 x 100 / 2 of response, 4 + 10 points
    assert planned(rules, 86.5, 1, 1).break_even == 0
    assert planned(rules, 86, 1, 1).break_even == 1
