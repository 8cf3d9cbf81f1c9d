"""The rules of one period: every number and switch of a rulebook as it is valid in that period."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from functools import cached_property, lru_cache, reduce
from math import gcd, lcm

import numpy as np

from scoring.periods import Period
from scoring.reports import microseconds

NOT_LETTERS = re.compile(r"[^a-z]")


@dataclass(frozen=True)
class Below:
    """How an upper unit is aggregated: `own` joins the mean of the scores below; `only` names a unit type, or none."""

    own: bool
    below: str
    only: str | None = None


@dataclass(frozen=True, eq=False)
class CategoryRules:
    """Arrays over category codes, plus a last row for the unknown category (code -1). Hours int64, weights in steps."""

    t100: np.ndarray
    t80: np.ndarray
    t60: np.ndarray
    weight_steps: np.ndarray
    weight: np.ndarray
    uses_default_tiers: np.ndarray
    uses_default_weight: np.ndarray


@dataclass(frozen=True, eq=False)
class Rules:
    """Values of `rulebook/<name>.yaml` in `period`; the file says what each one means and where it comes from."""

    rulebook: str
    version: str
    status: str
    period: Period
    cutoff_day: int
    full_score: int
    part_shares: dict[str, int]
    tier_values: tuple[int, int, int, int]
    time_when_nothing_complete: int
    default_tiers: tuple[int, int, int]
    grades: dict[str, float | None]
    doorr_enabled: bool
    doorr_once: bool
    doorr_counts_in: frozenset[str]
    doorr_received_how: frozenset[str]
    ticket_pauses_clock: bool
    pending_validation: str
    dirty: dict[str, str]
    aggregates: dict[str, Below]
    tiers: dict[str, tuple[int, int, int]]
    weights: dict[str, Fraction]
    names: dict[str, str | None]
    effort_points: dict[str, int] | None = None
    response_limit_hours: int | None = None
    default_weight: Fraction = Fraction(1)  # of a rulebook without a weight part: it counts in nothing

    def cutoff_us(self, period: Period) -> int:
        """First instant after the cut-off of `period`, microseconds UTC: the day counts to its end."""
        return microseconds(period.end + timedelta(days=self.cutoff_day))

    def decided_at_us(self, period: Period, as_of_us: int) -> int:
        """Last instant that counts for `period`, asked at `as_of_us`: a completion at exactly this instant counts."""
        return min(as_of_us, self.cutoff_us(period) - 1)

    @cached_property
    def weight_step(self) -> Fraction:
        """A number of which every weight is a whole multiple, so that sums of weights are exact."""
        weights = [*self.weights.values(), self.default_weight]
        return Fraction(reduce(gcd, (w.numerator for w in weights)), reduce(lcm, (w.denominator for w in weights)))

    def knows_category(self, name: str) -> bool:
        """Whether the name is in any list of the rulebook, with values or without."""
        return letters(name) in self.names

    def for_categories(self, names: Sequence[str]) -> CategoryRules:
        """Tiers and weights per category name; a name without values gets the defaults, and says so."""
        return _for_categories(self, tuple(names))


def letters(name: str) -> str:
    """The name by its letters alone, lower case: how names of categories are compared."""
    return NOT_LETTERS.sub("", name.lower())


@lru_cache(maxsize=32)
def _for_categories(rules: Rules, names: tuple[str, ...]) -> CategoryRules:
    wanted = [rules.names.get(letters(name)) for name in names] + [None]
    tiers = np.array([rules.tiers.get(name, rules.default_tiers) for name in wanted], np.int64)
    weights = [rules.weights.get(name, rules.default_weight) for name in wanted]
    return CategoryRules(
        t100=tiers[:, 0],
        t80=tiers[:, 1],
        t60=tiers[:, 2],
        weight_steps=np.array([int(weight / rules.weight_step) for weight in weights], np.int64),
        weight=np.array([float(weight) for weight in weights]),
        uses_default_tiers=np.array([name not in rules.tiers for name in wanted]),
        uses_default_weight=np.array([name not in rules.weights for name in wanted]),
    )
