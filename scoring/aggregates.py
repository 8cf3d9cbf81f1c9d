"""Scores of upper units out of the scores below them: Dinas, Badan, Biro, Kecamatan, Kota (source 000, part 4 here)."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from scoring.grades import grade_of
from scoring.reports import NOWHERE, Units
from scoring.rules import Below, Rules


@dataclass(frozen=True)
class Aggregate:
    """One upper unit. `below` mean of the scores below, `own` its own score, each None without one.

    `units_below` how many scored units the mean rests on, `units_below_count` how many there are.
    """

    unit: int
    own: float | None
    below: float | None
    units_below: int
    units_below_count: int
    final: float | None
    grade: str | None


def aggregates(final: np.ndarray, units: Units, rules: Rules) -> list[Aggregate]:
    """One Aggregate per unit whose type the rules aggregate, in unit order. `final` over units, NaN for no score."""
    wanted = [unit for unit, unit_type in enumerate(units.types) if unit_type in rules.aggregates]
    return [aggregate(unit, final, units, rules) for unit in wanted]


def aggregate(unit: int, final: np.ndarray, units: Units, rules: Rules) -> Aggregate:
    """The aggregate of one unit; its type must be one the rules aggregate."""
    rule = rules.aggregates[units.types[unit]]
    below = units_below(unit, units, rule)
    scored = [float(final[code]) for code in below if not np.isnan(final[code])]
    below_mean = _mean(scored)
    own = None if not rule.own or np.isnan(final[unit]) else float(final[unit])
    value = _mean([part for part in (own, below_mean) if part is not None])
    grade = None if value is None else grade_of(value, rules.grades)
    return Aggregate(unit, own, below_mean, len(scored), len(below), value, grade)


@lru_cache(maxsize=4096)
def units_below(unit: int, units: Units, rule: Below) -> tuple[int, ...]:
    """Codes of the units an aggregate looks at, scored or not."""
    children = _children(units)
    found = [child for child in children.get(unit, ()) if child != unit]
    seen = {unit, *found}
    if rule.below == "descendants":
        for code in found:  # grows while it is read: the tree, level by level; `seen` ends a circle
            further = [child for child in children.get(code, ()) if child not in seen]
            found.extend(further)
            seen.update(further)
    return tuple(code for code in found if rule.only in (None, units.types[code]))


@lru_cache(maxsize=16)
def _children(units: Units) -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for code, parent in enumerate(units.parent.tolist()):
        if parent != NOWHERE:
            children.setdefault(parent, []).append(code)
    return children


def _mean(values: list[float]) -> float | None:
    """Mean that does not depend on the order of the values; None of nothing."""
    return math.fsum(values) / len(values) if values else None
