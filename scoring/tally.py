"""Counts per unit: all the score needs of the reports, as whole numbers, so that sums are exact in any order."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scoring.facts import Facts


@dataclass(frozen=True, eq=False)
class Tally:
    """int64 arrays over units: reports, complete, Doorr, sums of tier values and of weights (in steps), responded."""

    total: np.ndarray
    complete: np.ndarray
    doorr: np.ndarray
    tier_sum: np.ndarray
    weight_steps: np.ndarray
    responded: np.ndarray
    weight_step: Fraction

    @property
    def weight_sum(self) -> np.ndarray:
        """Sum of the category weights of complete reports (float64)."""
        return self.weight_steps * self.weight_step.numerator / self.weight_step.denominator


COUNTS = ("total", "complete", "doorr", "tier_sum", "weight_steps", "responded")


def tally(facts: Facts, units_count: int, weight_step: Fraction) -> Tally:
    """Count the facts per unit. `weight_step` is `Rules.weight_step`."""
    complete = facts.unit[facts.complete]
    return Tally(
        total=_count(facts.unit, units_count),
        complete=_count(complete, units_count),
        doorr=_count(facts.unit[facts.doorr], units_count),
        tier_sum=_sum(complete, facts.tier[facts.complete], units_count),
        weight_steps=_sum(complete, facts.weight_steps[facts.complete], units_count),
        responded=_count(facts.unit[facts.responded], units_count),
        weight_step=weight_step,
    )


def retally(before: Tally, removed: Facts, added: Facts) -> Tally:
    """The tally after the facts `removed` gave way to `added`: its cost is that of the changed rows alone."""
    units_count = len(before.total)
    minus, plus = (tally(rows, units_count, before.weight_step) for rows in (removed, added))
    counts = {name: getattr(before, name) - getattr(minus, name) + getattr(plus, name) for name in COUNTS}
    return Tally(**counts, weight_step=before.weight_step)


def _count(units: np.ndarray, units_count: int) -> np.ndarray:
    return np.bincount(units, minlength=units_count)


def _sum(units: np.ndarray, values: np.ndarray, units_count: int) -> np.ndarray:
    # bincount adds in float64, exact for whole numbers below 2**53
    return np.bincount(units, values, units_count).astype(np.int64)
