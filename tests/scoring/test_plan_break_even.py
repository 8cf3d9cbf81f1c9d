"""How many of a plan's reports may be late: against letting every choice of them drop one tier."""

from itertools import combinations

import numpy as np

from scoring.plan import Plan, plan_of
from scoring.plan_open import completed
from scoring.score import Scorecard, score
from scoring.tier_clock import tier_clock
from tests.scoring.build import us
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
