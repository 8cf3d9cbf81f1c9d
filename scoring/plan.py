"""The fewest open reports of a unit to complete to reach a score, or the proof that it cannot be reached (part 7)."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

import numpy as np

from scoring.facts import Facts
from scoring.periods import Period
from scoring.plan_best import Best, Problem, best, best_values, problem, score_of
from scoring.plan_open import facts_if_completed, open_rows
from scoring.reports import Reports
from scoring.rules import Rules
from scoring.score import Scorecard, score, scores_of
from scoring.tally import retally
from scoring.tier_clock import next_drops

NEAR = 1e-9  # floats of a score are off by less than 1e-12; within this distance fractions decide
MET = Fraction(1, 10**12)  # a number that is no grade's limit is met up to the last bits of a float


@dataclass(frozen=True)
class Plan:
    """Scores are unrounded, None for a unit without reports. `complete`: numbers by deadline, best set if unreachable.

    `deadlines_us`: up to when (microseconds UTC, exclusive, NEVER for none) each keeps the value it counts with.
    `one_fewer`: the best with one report fewer. `break_even`: how many of the set, whichever they are, may drop one
    tier and the target still be met; both None when the target cannot be reached, `one_fewer` also for an empty set.
    """

    unit_id: str
    target: float
    now: float | None
    reachable: bool
    best: float | None
    complete: tuple[str, ...]
    deadlines_us: tuple[int, ...]
    final: float | None
    one_fewer: float | None
    break_even: int | None


@dataclass(frozen=True, eq=False)
class Candidates:
    """Open reports in order of their numbers: rows of the card's facts, and their facts when completed."""

    rows: np.ndarray
    gains: Facts


def plan(reports: Reports, rules: Rules, period: Period, at_us: int, unit: int, target: float) -> Plan:
    """The plan of a unit (code) to reach `target` points with completions at exactly `at_us` (microseconds UTC)."""
    return plan_of(score(reports, rules, period, at_us), unit, target)


def plan_of(card: Scorecard, unit: int, target: float) -> Plan:
    """The plan for a card scored at the instant of the completions: fewest reports, highest score, lowest numbers."""
    unit_id = card.reports.units.ids[unit]
    if not card.tally.total[unit]:
        return Plan(unit_id, target, None, False, None, (), (), None, None, None)
    found = _candidates(card, unit)
    task = problem(card, unit, found.rows, found.gains)
    values = best_values(task)
    needed = _threshold(target, card.rules)
    fewest = _fewest(task, values, target, needed)
    highest = _highest(task, values)
    chosen = highest if fewest is None else fewest
    rows = list(chosen.chosen)
    numbers, deadlines_us = _by_deadline(card, found.rows[rows])
    return Plan(
        unit_id=unit_id,
        target=target,
        now=float(card.scores.final[unit]),
        reachable=fewest is not None,
        best=_final(card, unit, found, highest),
        complete=numbers,
        deadlines_us=deadlines_us,
        final=_final(card, unit, found, chosen),
        one_fewer=None if fewest is None or not rows else float(values[len(rows) - 1]),
        break_even=None if fewest is None else _break_even(card, task, found, fewest, needed),
    )


def as_json(found: Plan) -> dict:
    """The plan as in the interface of the command line."""
    names = ("unit_id", "target", "now", "reachable", "best", "complete", "final")
    return {name: getattr(found, name) for name in names} | {"complete": list(found.complete)}


def _candidates(card: Scorecard, unit: int) -> Candidates:
    rows = open_rows(card, unit)
    rows = rows[np.argsort(card.reports.number[card.membership.positions[rows]], kind="stable")]
    return Candidates(rows, facts_if_completed(card, rows, card.as_of_us))


def _threshold(target: float, rules: Rules) -> Fraction:
    """The exact score that meets the target: a grade's limit as it is, another number up to a float's last bits."""
    limits = list(rules.grades.values())[:-1]
    return Fraction(target) if target in limits else Fraction(target) - MET


def _fewest(task: Problem, values: np.ndarray, target: float, needed: Fraction) -> Best | None:
    """The best set of the first k that meets the target, None when none does."""
    for k in np.flatnonzero(values > target - NEAR):
        found = best(task, int(k), values[k])
        if found.value >= needed:
            return found
    return None


def _highest(task: Problem, values: np.ndarray) -> Best:
    """The set with the highest score of all; of equal ones the smallest."""
    near = np.flatnonzero(values > values.max() - NEAR)
    return max((best(task, int(k), values[k]) for k in near), key=lambda found: found.value)


def _final(card: Scorecard, unit: int, found: Candidates, chosen: Best) -> float:
    """The score after completing the set, to the last bit as scoring it anew gives it."""
    rows = list(chosen.chosen)
    tally = retally(card.tally, card.facts.only(found.rows[rows]), found.gains.only(rows))
    return float(scores_of(tally, card.reports.units, card.rules).final[unit])


def _by_deadline(card: Scorecard, rows: np.ndarray) -> tuple[tuple[str, ...], tuple[int, ...]]:
    reports = card.reports.only(card.membership.positions[rows])
    drops, _, _ = next_drops(reports, card.rules, card.as_of_us)
    order = np.argsort(drops, kind="stable")  # the rows stand in order of their numbers
    return tuple(map(str, reports.number[order])), tuple(drops[order].tolist())


def _break_even(card: Scorecard, task: Problem, found: Candidates, chosen: Best, needed: Fraction) -> int:
    """The score falls by the same sum whatever else happens: the largest losses are taken while the target is met."""
    rows = list(chosen.chosen)
    taken = np.bincount(task.kind_of[rows], minlength=len(task.kinds)) if rows else np.zeros(len(task.kinds), np.int64)
    reached = score_of(task, taken)
    spare = reached.obtained - needed * reached.maximum / task.rules.full_score
    losses = sorted(_losses(card, task, found.rows[rows], found.gains.only(rows)), reverse=True)
    return sum(lost <= spare for lost in accumulate(losses))


def _losses(card: Scorecard, task: Problem, rows: np.ndarray, gains: Facts) -> list[Fraction]:
    """What each report of the set takes from `obtained` when it drops one tier, with its response if that goes too."""
    reports = card.reports.only(card.membership.positions[rows])
    drops, now, after = next_drops(reports, card.rules, card.as_of_us)
    late = facts_if_completed(card, rows, np.minimum(drops, card.rules.cutoff_us(card.period) - 1))
    answered = (gains.responded & ~late.responded & (after < now)).tolist()
    time = Fraction(task.share("time"), 100 * (task.counts["complete"] + len(rows)) or 1)
    response = Fraction(task.share("response") * task.rules.full_score, 100 * task.counts["total"])
    return [fall * time + gone * response for fall, gone in zip((now - after).tolist(), answered, strict=True)]
