"""The score of one unit as a fraction: for grades at a limit, where a float's last bit would decide, and for proofs."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scoring.effort import peers, type_codes
from scoring.reports import Units
from scoring.rules import Rules
from scoring.tally import Tally

NEAR = 1e-9  # floats of one unit's score are off by less than 1e-12; within this distance the fraction decides


@dataclass(frozen=True)
class ExactScore:
    """Parts by name, what was obtained, what could be, and the score, all exact."""

    parts: dict[str, Fraction]
    obtained: Fraction
    maximum: Fraction
    final: Fraction


def exact_score(
    total: int,
    complete: int,
    doorr: int,
    tier_sum: int,
    weight_sum: Fraction,
    responded: int,
    group: tuple[int, int, int],
    rules: Rules,
) -> ExactScore:
    """The score of a unit with `total` > 0 reports; `group`: minimum, twice the median, maximum among peers."""
    in_completion = complete + (doorr if "completion" in rules.doorr_counts_in else 0)
    in_effort = complete + (doorr if "effort" in rules.doorr_counts_in else 0)
    nothing = Fraction(rules.time_when_nothing_complete)
    known = {
        "completion": Fraction(rules.full_score * in_completion, total),
        "time": Fraction(tier_sum, complete) if complete else nothing,
        "weight": weight_sum,
        "response": Fraction(rules.full_score * responded, total),
        "effort": exact_effort(in_effort, group, rules.effort_points) if "effort" in rules.part_shares else None,
    }
    parts = {part: known[part] for part in rules.part_shares}
    obtained = sum(Fraction(share, 100) * parts[part] for part, share in rules.part_shares.items())
    best = {part: parts[part] if part == "weight" else Fraction(rules.full_score) for part in parts}
    maximum = sum(Fraction(share, 100) * best[part] for part, share in rules.part_shares.items())
    return ExactScore(parts, obtained, maximum, obtained / maximum * rules.full_score)


def exact_effort(x: int, group: tuple[int, int, int], points: dict[str, int]) -> Fraction:
    """Effort of a unit that completed `x` reports."""
    minimum, median, maximum = group[0], Fraction(group[1], 2), group[2]
    low, middle, high = points["minimum"], points["median"], points["maximum"]
    if x == median:
        return Fraction(middle)
    if x < median:
        return low + Fraction(x - minimum) / (median - minimum) * (middle - low)
    return middle + Fraction(x - median) / (maximum - median) * (high - middle)


def exact_of(unit: int, counts: Tally, units: Units, rules: Rules) -> ExactScore:
    """The exact score of one unit out of the counts of all. The unit must have reports."""
    x = counts.complete + (counts.doorr if "effort" in rules.doorr_counts_in else 0)
    group = tuple(int(row[unit]) for row in peers(x, counts.total > 0, type_codes(units.types)))
    names = ("total", "complete", "doorr", "tier_sum")
    whole = {name: int(getattr(counts, name)[unit]) for name in names}
    weight_sum = int(counts.weight_steps[unit]) * counts.weight_step
    return exact_score(**whole, weight_sum=weight_sum, responded=int(counts.responded[unit]), group=group, rules=rules)


def near_limits(final: np.ndarray, counts: Tally, units: Units, rules: Rules) -> np.ndarray:
    """`final` with the exact value, rounded once, where it is so near a grade's limit that a float could err."""
    limits = np.array(list(rules.grades.values())[:-1], float)
    near = np.abs(final[:, None] - limits[None, :]).min(axis=1) < NEAR
    for unit in np.flatnonzero(near & (counts.total > 0)):
        final[unit] = _on_its_side(exact_of(int(unit), counts, units, rules).final, limits)
    return final


def _on_its_side(value: Fraction, limits: np.ndarray) -> float:
    """The nearest float that is on the same side of every limit as `value`."""
    rounded = float(value)
    crossed = any(value < limit <= rounded for limit in limits)
    return float(np.nextafter(rounded, -np.inf)) if crossed else rounded
