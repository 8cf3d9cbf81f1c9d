"""The standing of a unit, which is what a screen shows as its score: its aggregate, or its own score without one."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from scoring.aggregates import aggregate, units_below
from scoring.reports import Units
from scoring.rules import Rules


@dataclass(frozen=True, eq=False)
class Tree:
    """The aggregates of a tree: their `codes` int64, `looks_at` float64 (aggregates, units) 0 or 1, `own` bool."""

    codes: np.ndarray
    looks_at: np.ndarray
    own: np.ndarray


def is_aggregate(unit: int, units: Units, rules: Rules) -> bool:
    """Whether the rules aggregate the unit's type, and there is a unit below it (scored or not) that they look at."""
    return bool(looked_at(unit, units, rules))


def looked_at(unit: int, units: Units, rules: Rules) -> tuple[int, ...]:
    """Codes of the units below whose scores make the unit's standing; none for a unit that is no aggregate."""
    rule = rules.aggregates.get(units.types[unit])
    return () if rule is None else units_below(unit, units, rule)


def counts_own(unit: int, units: Units, rules: Rules) -> bool:
    """Whether the unit's own score is part of its standing."""
    return not is_aggregate(unit, units, rules) or rules.aggregates[units.types[unit]].own


@lru_cache(maxsize=16)
def tree(units: Units, rules: Rules) -> Tree:
    """The aggregates among `units`, in code order."""
    codes = [code for code in range(len(units)) if is_aggregate(code, units, rules)]
    looks_at = np.zeros((len(codes), len(units)))
    for row, code in enumerate(codes):
        looks_at[row, list(looked_at(code, units, rules))] = 1
    own = np.array([counts_own(code, units, rules) for code in codes], bool)
    return Tree(np.array(codes, np.int64), looks_at, own)


def standings(final: np.ndarray, units: Units, rules: Rules) -> np.ndarray:
    """Standings of the own scores `final`, float64 (units,) or (units, paths), NaN for none. Scoring part 4.

    (units,): to the last bit those of `aggregates.aggregate`. A column of paths is a possible month of its own, and
    the same to rounding, at a cost that does not grow with the number of aggregates.
    """
    found, standing = tree(units, rules), final.copy()
    if final.ndim == 1:
        values = (aggregate(code, final, units, rules).final for code in found.codes.tolist())
        standing[found.codes] = [np.nan if value is None else value for value in values]
        return standing
    own = np.where(found.own[:, None], final[found.codes], np.nan)
    parts = np.stack([own, _means(found.looks_at, final)])
    there = ~np.isnan(parts)
    standing[found.codes] = _ratio(np.where(there, parts, 0).sum(axis=0), there.sum(axis=0))
    return standing


def _means(looks_at: np.ndarray, table: np.ndarray) -> np.ndarray:
    """Mean of the scores below (aggregates, paths), NaN where there is none."""
    scored = ~np.isnan(table)
    return _ratio(looks_at @ np.where(scored, table, 0), looks_at @ scored)


def _ratio(sums: np.ndarray, counts: np.ndarray) -> np.ndarray:
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def standing_shares(unit: int, final: np.ndarray, units: Units, rules: Rules) -> dict[int, float]:
    """Unit -> what one point of its own score (`final` over units) moves the standing of `unit`; they sum to 1.

    Units with a score only: empty where there is no standing, {unit: 1} for a unit that is no aggregate.
    """
    below = [code for code in looked_at(unit, units, rules) if not np.isnan(final[code])]
    own = counts_own(unit, units, rules) and not np.isnan(final[unit])
    parts = bool(below) + own
    shares = {unit: 1 / parts} if own else {}
    return shares | {code: 1 / parts / len(below) for code in below}
