"""The best set of k reports to complete, for every k: a ratio of sums, maximised exactly by Dinkelbach's method.

The score after completing a set S of k reports is (a_k + sum of u_i) / (d + sum of v_i): a_k holds completion, effort
(with the unit's own pull on its peers' median) and what is complete already; u_i is what report i adds to time, weight
and response; v_i what its weight adds to the maximum. A set with a ratio above L exists if and only if the k largest
u_i - L v_i and a_k - L d add to more than 0, so the largest L is found by taking top-k sets again and again.
Floats look at all k at once; fractions then decide wherever a float is too near to be trusted.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scoring.effort import effort
from scoring.exact import ExactScore, exact_score
from scoring.facts import Facts
from scoring.rules import Rules
from scoring.score import Scorecard, completed_counts

SETTLED = 1e-13  # relative; Dinkelbach's steps only grow, and end when floats can grow no more


@dataclass(frozen=True, eq=False)
class Problem:
    """One unit and its candidates. `kinds` int64 (kind, 3): tier, weight in steps, responded gained.

    `kind_of` int64 per candidate; `sizes` candidates per kind; `counts` of the unit as in Tally; `x` what it completed,
    `others` (int64, rising) what its peers did.
    """

    counts: dict[str, int]
    kinds: np.ndarray
    kind_of: np.ndarray
    sizes: np.ndarray
    others: np.ndarray
    x: int
    rules: Rules

    def share(self, part: str) -> int:
        """Percent of a part, 0 when the rulebook does not have it."""
        return self.rules.part_shares.get(part, 0)


@dataclass(frozen=True)
class Best:
    """The best set of `k` reports: its exact score, and which candidates (positions), lowest number first on a tie."""

    value: Fraction
    chosen: tuple[int, ...]


def problem(card: Scorecard, unit: int, rows: np.ndarray, gains: Facts) -> Problem:
    """Rows of open reports of the unit, and the facts they would have when completed."""
    gained = gains.responded.astype(np.int64) - card.facts.responded[rows]
    columns = np.column_stack([gains.tier, gains.weight_steps, gained])
    kinds, kind_of = np.unique(columns, axis=0, return_inverse=True)
    names = ("total", "complete", "doorr", "tier_sum", "weight_steps", "responded")
    x = completed_counts(card.tally, card.rules)
    types = np.array(card.reports.units.types, dtype=object)
    others = (types == types[unit]) & (card.tally.total > 0)
    others[unit] = False
    return Problem(
        counts={name: int(getattr(card.tally, name)[unit]) for name in names},
        kinds=kinds.reshape(-1, 3),
        kind_of=kind_of.reshape(-1),
        sizes=np.bincount(kind_of.reshape(-1), minlength=len(kinds)),
        others=np.sort(x[others]),
        x=int(x[unit]),
        rules=card.rules,
    )


def best_values(task: Problem) -> np.ndarray:
    """float64 over k = 0 ... number of candidates: the best score with exactly k completed."""
    fixed, maximum, gains, weights = _ratio(task)
    value = np.zeros(len(fixed))
    while True:
        top = _top(gains - value[:, None] * weights, task.sizes)
        better = (fixed + (top * gains).sum(axis=1)) / (maximum + (top * weights).sum(axis=1))
        if (better <= value * (1 + SETTLED) + SETTLED).all():
            return value * task.rules.full_score
        value = np.maximum(value, better)


def best(task: Problem, k: int, near: float) -> Best:
    """The exact best set of k candidates, which stand in order of their numbers; `near` is its value as a float."""
    value = Fraction(float(near)) / task.rules.full_score
    while True:
        keys = _keys(task, k, value)
        taken = _top(np.array([_ranks(keys)]), task.sizes, k)[0]
        found = score_of(task, taken).final / task.rules.full_score
        if found == value:
            return Best(found * task.rules.full_score, _chosen(task, keys, k))
        value = found


def score_of(task: Problem, taken: np.ndarray) -> ExactScore:
    """The exact score after completing `taken[kind]` reports of each kind."""
    k, (tier, steps, responded) = int(taken.sum()), (int(total) for total in taken @ task.kinds)
    counts = task.counts
    return exact_score(
        total=counts["total"],
        complete=counts["complete"] + k,
        doorr=counts["doorr"],
        tier_sum=counts["tier_sum"] + tier,
        weight_sum=(counts["weight_steps"] + steps) * task.rules.weight_step,
        responded=counts["responded"] + responded,
        group=tuple(int(row[0]) for row in group_of(task.others, np.array([task.x + k]))),
        rules=task.rules,
    )


def group_of(others: np.ndarray, own: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(minimum, twice the median, maximum) of the peer group, for each count `own` among its `others` (rising)."""
    size = len(others) + 1
    padded = np.concatenate([[np.iinfo(np.int64).min], others, [np.iinfo(np.int64).max]])

    def at(index: int) -> np.ndarray:
        # the element of the sorted group: the own count, held between its neighbours among the others
        return np.clip(own, padded[index], padded[index + 1])

    return at(0), at((size - 1) // 2) + at(size // 2), at(size - 1)


def _ratio(task: Problem) -> tuple[np.ndarray, float, np.ndarray, np.ndarray]:
    """(a_k, d, u per k and kind, v per kind): what the module's first lines speak of, as floats."""
    rules, counts = task.rules, task.counts
    k = np.arange(len(task.kind_of) + 1)
    complete, full = counts["complete"] + k, rules.full_score
    divisor = np.maximum(complete, 1)
    doorr = counts["doorr"] if "completion" in rules.doorr_counts_in else 0
    step = float(rules.weight_step)
    weight = task.share("weight") * step * counts["weight_steps"]
    time = np.where(complete == 0, rules.time_when_nothing_complete, counts["tier_sum"] / divisor)
    fixed = task.share("completion") * full * (complete + doorr) / counts["total"] + task.share("time") * time + weight
    fixed = fixed + task.share("response") * full * counts["responded"] / counts["total"]
    if task.share("effort"):
        own = task.x + k
        fixed = fixed + task.share("effort") * effort(own, group_of(task.others, own), rules.effort_points)
    maximum = full * sum(share for part, share in rules.part_shares.items() if part != "weight") + weight
    tier, steps, responded = task.kinds.T
    weights = task.share("weight") * step * steps
    gains = task.share("time") * tier / divisor[:, None] + weights
    return fixed, maximum, gains + task.share("response") * full * responded / counts["total"], weights


def _top(keys: np.ndarray, sizes: np.ndarray, first: int = 0) -> np.ndarray:
    """How many of each kind (int64, as `keys`) are among the `first` + row number candidates with the largest keys."""
    order = np.argsort(-keys, axis=1, kind="stable")
    ranked = sizes[order]
    before = np.cumsum(ranked, axis=1) - ranked
    k = first + np.arange(len(keys))[:, None]
    taken = np.zeros_like(order)
    np.put_along_axis(taken, order, np.clip(k - before, 0, ranked), axis=1)
    return taken


def _keys(task: Problem, k: int, value: Fraction) -> list[Fraction]:
    """u - value * v per kind, exact."""
    rules, counts = task.rules, task.counts
    time = Fraction(task.share("time"), max(counts["complete"] + k, 1))
    response = Fraction(task.share("response") * rules.full_score, counts["total"])
    weight = (1 - value) * task.share("weight") * rules.weight_step
    return [tier * time + responded * response + steps * weight for tier, steps, responded in task.kinds.tolist()]


def _ranks(keys: list[Fraction]) -> list[int]:
    """Position of each key among the different keys, as a small number that NumPy can sort."""
    rank = {key: position for position, key in enumerate(sorted(set(keys)))}
    return [rank[key] for key in keys]


def _chosen(task: Problem, keys: list[Fraction], k: int) -> tuple[int, ...]:
    """The k candidates with the largest keys; of those level with the last one, the first in order of numbers."""
    ranks = np.array(_ranks(keys), np.int64)[task.kind_of] if k else np.zeros(0, np.int64)
    return tuple(sorted(np.argsort(-ranks, kind="stable")[:k].tolist()))
