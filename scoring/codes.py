"""Reports of a period as 2-byte codes, unit x what the report counts as, so that scoring them is one count.

Made once at ingest; made anew when the rules change (`rules_version`) or the period is decided at another instant.
"""

from dataclasses import dataclass

import numpy as np

from scoring.facts import Facts
from scoring.rules import Rules
from scoring.tally import COUNTS, Tally

BLOCK_ROWS = 65_536  # a block and its counts stay in the processor's cache
OPEN, DOORR = 0, 1  # classes that are not complete; complete ones follow, tier by weight


@dataclass(frozen=True, eq=False)
class Coded:
    """`codes` uint16 (uint32 for very many units), one per report: unit * len(classes) + class.

    `classes` int64 (class, count) says how much a report of a class adds to each of `COUNTS`.
    """

    codes: np.ndarray
    classes: np.ndarray
    units_count: int
    rules: Rules

    @property
    def rules_version(self) -> str:
        """Of the rulebook the codes were made with."""
        return self.rules.version


def encode(facts: Facts, units_count: int, rules: Rules) -> Coded:
    """Codes of the facts, in their order."""
    classes, weight_steps = _classes(rules)
    tiers = list(rules.tier_values)
    tier = np.select([facts.tier == value for value in tiers], range(len(tiers)), 0)
    complete = 2 + tier * len(weight_steps) + np.searchsorted(weight_steps, facts.weight_steps)
    kind = np.where(facts.complete, complete, np.where(facts.doorr, DOORR, OPEN))
    if rules.response_limit_hours is not None:
        kind = kind + facts.responded * (len(classes) // 2)
    narrow = np.uint16 if units_count * len(classes) <= 2**16 else np.uint32
    return Coded((facts.unit * len(classes) + kind).astype(narrow), classes, units_count, rules)


def _classes(rules: Rules) -> tuple[np.ndarray, np.ndarray]:
    """(counts per class, weights in steps, rising). With a response part, a second half is answered in time as well."""
    weights = {*rules.weights.values(), rules.default_weight}
    weight_steps = np.array(sorted(int(weight / rules.weight_step) for weight in weights), np.int64)
    open_, doorr = (1, 0, 0, 0, 0), (1, 0, 1, 0, 0)
    complete = [(1, 1, 0, tier, steps) for tier in rules.tier_values for steps in weight_steps.tolist()]
    half = [open_, doorr, *complete]
    answered = (0,) if rules.response_limit_hours is None else (0, 1)
    return np.array([(*row, in_time) for in_time in answered for row in half], np.int64), weight_steps


def tally_codes(coded: Coded) -> Tally:
    """The same tally as from the facts, by counting codes."""
    length = coded.units_count * len(coded.classes)
    counts = np.zeros(length, np.int64)
    for start in range(0, len(coded.codes), BLOCK_ROWS):
        counts += np.bincount(coded.codes[start : start + BLOCK_ROWS], minlength=length)
    per_unit = counts.reshape(coded.units_count, -1) @ coded.classes
    columns = dict(zip(COUNTS, np.ascontiguousarray(per_unit.T), strict=True))
    return Tally(**columns, weight_step=coded.rules.weight_step)
