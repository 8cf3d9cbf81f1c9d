"""What if open reports of the period were completed or moved: by difference of counts, at a cost that is flat.

`prepare` looks at every open report once per card; after that a what-if costs the same however many reports there are.
"""

from dataclasses import dataclass, replace

import numpy as np

from scoring.plan_open import followed_up, open_rows
from scoring.reports import MICROSECONDS_PER_HOUR, NEVER, NOWHERE
from scoring.score import Scorecard, scores_of
from scoring.simulate import Simulation, SimulationError, quiet_until
from scoring.tally import Tally
from scoring.tier_clock import bound_instants


@dataclass(frozen=True, eq=False)
class Prepared:
    """Per row of the card's facts. `can_change` bool: open, and the only row of its number.

    int64 microseconds: bounds_us (3, rows) from which the lower time values hold; answer_by_us until which a completion
    answers in time (NEVER: answered already); latest_us of the follow-up that already happened (NEVER: none).
    """

    card: Scorecard
    can_change: np.ndarray
    bounds_us: np.ndarray
    answer_by_us: np.ndarray
    latest_us: np.ndarray
    quiet_until_us: int


def prepare(card: Scorecard) -> Prepared:
    """Everything a what-if needs of the open reports of a card."""
    rows, rules = open_rows(card), card.rules
    reports = card.reports.only(card.membership.positions[rows])
    answer_by = reports.entered + (rules.response_limit_hours or 0) * MICROSECONDS_PER_HOUR
    answer_by = np.where(reports.first_response <= answer_by, NEVER, answer_by)
    latest = np.where(followed_up(reports, rules), reports.completed, NEVER)
    count = len(card.facts)
    return Prepared(
        card=card,
        can_change=_spread(rows, ~card.membership.duplicate[rows], count),
        bounds_us=np.array([_spread(rows, bound, count) for bound in bound_instants(reports, rules)]),
        answer_by_us=_spread(rows, answer_by, count),
        latest_us=_spread(rows, latest, count),
        quiet_until_us=quiet_until(card),
    )


def what_if(prepared: Prepared, rows: np.ndarray, at_us: np.ndarray | int) -> Simulation:
    """All units' scores if the open `rows` (int64, each once) of the card's facts were completed at `at_us`.

    Equal to `simulate` with these completions. Raises SimulationError for a row that is not open, or an instant before
    `as_of` or by which time alone changes the score (ask a card of a later `as_of`).
    """
    card = prepared.card
    at_us = np.asarray(at_us, np.int64)
    _refuse(prepared, rows, at_us)
    tally = _completed_tally(prepared, rows, at_us)
    asked_us = max(card.as_of_us, int(at_us.max(initial=card.as_of_us)))
    scenario = scores_of(tally, card.reports.units, card.rules)
    return Simulation(asked_us, card.scores, scenario, tally, card.reports.units, card.rules)


def what_if_moved(prepared: Prepared, rows: np.ndarray, to_unit: np.ndarray | int) -> Simulation:
    """All units' scores if the units `to_unit` (codes) held the open `rows` (each once). Raises SimulationError."""
    card = prepared.card
    _refuse(prepared, rows, np.int64(card.as_of_us))
    to_unit = np.broadcast_to(to_unit, rows.shape)
    if len(rows) and not (to_unit.min() > NOWHERE and to_unit.max() < len(card.reports.units)):
        raise SimulationError("a report can only be moved to a unit that is known")
    away, count = card.facts.unit[rows], len(card.tally.total)
    answered = card.facts.responded[rows]
    tally = replace(
        card.tally,
        total=card.tally.total + _count(to_unit, count) - _count(away, count),
        responded=card.tally.responded + _count(to_unit[answered], count) - _count(away[answered], count),
    )
    scenario = scores_of(tally, card.reports.units, card.rules)
    return Simulation(card.as_of_us, card.scores, scenario, tally, card.reports.units, card.rules)


def _completed_tally(prepared: Prepared, rows: np.ndarray, at_us: np.ndarray) -> Tally:
    card, rules, tally = prepared.card, prepared.card.rules, prepared.card.tally
    unit, count = card.facts.unit[rows], len(tally.total)
    at_us = np.minimum(at_us, prepared.latest_us[rows])
    passed = sum((at_us >= bound[rows]).view(np.int8) for bound in prepared.bounds_us)
    tier = np.array(rules.tier_values)[passed]
    return replace(
        tally,
        complete=tally.complete + _count(unit, count),
        tier_sum=tally.tier_sum + _sum(unit, tier, count),
        weight_steps=tally.weight_steps + _sum(unit, card.facts.weight_steps[rows], count),
        responded=tally.responded + _answered(prepared, rows, at_us),
    )


def _answered(prepared: Prepared, rows: np.ndarray, at_us: np.ndarray) -> np.ndarray | int:
    """What completions add per unit to the reports answered in time: a follow-up dated before its entry is undone."""
    facts, units_count = prepared.card.facts, len(prepared.card.tally.total)
    if prepared.card.rules.response_limit_hours is None:
        return 0
    after = at_us <= prepared.answer_by_us[rows]
    return _sum(facts.unit[rows], after.astype(np.int64) - facts.responded[rows], units_count)


def _refuse(prepared: Prepared, rows: np.ndarray, at_us: np.ndarray) -> None:
    if not prepared.can_change[rows].all():
        raise SimulationError("a report that is not open in this period, or has copies, cannot be completed or moved")
    if len(rows) and not (prepared.card.as_of_us <= at_us.min() and at_us.max() < prepared.quiet_until_us):
        raise SimulationError("completions must lie between as_of and the next instant at which the score changes")


def _spread(rows: np.ndarray, values: np.ndarray, count: int) -> np.ndarray:
    """The values at their rows of `count`, zero elsewhere."""
    spread = np.zeros(count, values.dtype)
    spread[rows] = values
    return spread


def _count(units: np.ndarray, units_count: int) -> np.ndarray:
    return np.bincount(units, minlength=units_count)


def _sum(units: np.ndarray, values: np.ndarray, units_count: int) -> np.ndarray:
    # bincount adds in float64, exact for whole numbers below 2**53
    return np.bincount(units, values, units_count).astype(np.int64)
