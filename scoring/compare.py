"""Why a unit's score moved between two cards, as causes whose points add up to the difference (scoring part 7).

Causes are applied one after the other, always in the order of `causes_of`, and each gets what the score moved when it
was applied: where causes act together the order decides who gets the points, so there is one order everywhere.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from scoring.compare_reports import Side, cause, seen, side
from scoring.exact import exact_score
from scoring.plan_best import group_of
from scoring.rules import Rules
from scoring.score import Scorecard, score
from scoring.tally import COUNTS

CAUSES_AFTER_CLOSINGS = (
    "new",
    "left_over",
    "left_period",
    "reopened",
    "moved_in",
    "moved_out",
    "corrected",
    "answered",
    "ticketed",
    "doorr",
    "peers",
    "rules",
)


@dataclass(frozen=True)
class Cause:
    """One reason: its name, the numbers of its reports (rising; none for peers and rules), points of the score."""

    name: str
    reports: tuple[str, ...]
    points: float


def causes_of(rules: Rules) -> tuple[str, ...]:
    """Names of all causes in their order; closings come first, one per time value: `closed_100`."""
    return tuple(f"closed_{value}" for value in dict.fromkeys(rules.tier_values)) + CAUSES_AFTER_CLOSINGS


def compare(before: Scorecard, after: Scorecard, unit: int) -> list[Cause]:
    """The causes that moved a unit (code in `after`), in the order of `causes_of`, without those that moved nothing.

    The points sum to the score after less the score before, to 1e-12. A missing score stands at 0 in that sum: the
    causes of a first score add up to all of it. Every report has one cause; one that is new and closed already is a
    closing, and `left_period` are those that belong to the earlier period alone.
    """
    unit_id, names = after.reports.units.ids[unit], causes_of(before.rules)
    unit_type = after.reports.units.types[unit]
    first = side(before, unit_id, unit_type)
    second = side(_by_rules_of(before, after), unit_id, unit_type)
    moved = _moved(first, second)
    points = [*_points(first, second, moved, names), 0.0]
    points[-1] = _value(side(after, unit_id, unit_type)) - _value(second)
    reports = [tuple(sorted(moved.get(name, ()))) for name in names]
    causes = [Cause(*row) for row in zip(names, reports, map(float, points), strict=True)]
    return [entry for entry in causes if entry.reports or entry.points]


def _by_rules_of(before: Scorecard, after: Scorecard) -> Scorecard:
    """`after` by the rules of `before`: what is left between the two is the work of the rules alone."""
    names = set(Rules.__dataclass_fields__) - {"period"}
    if all(getattr(before.rules, name) == getattr(after.rules, name) for name in names):
        return after
    return score(after.reports, before.rules, after.period, after.as_of_us)


def _moved(first: Side, second: Side) -> dict[str, dict[str, np.ndarray]]:
    """Cause -> number -> change of the counts (int64, as COUNTS)."""
    nothing = np.zeros(len(COUNTS), np.int64)
    numbers = first.counted.keys() | second.counted.keys()
    changes = {key: second.counted.get(key, nothing) - first.counted.get(key, nothing) for key in numbers}
    changes = {number: change for number, change in changes.items() if change.any()}
    moved: dict[str, dict[str, np.ndarray]] = defaultdict(dict)
    if not changes:
        return moved
    old, new = seen(first.card, changes), seen(second.card, changes)  # looked for among all reports: only when needed
    for number, change in changes.items():
        moved[cause(first, second, old.get(number), new.get(number), number)][number] = change
    return moved


def _points(first: Side, second: Side, moved: dict[str, dict[str, np.ndarray]], names: tuple[str, ...]) -> list:
    """Points (Fraction) of every cause but the rules: what the exact score moves as each is applied."""
    state = first.counts.copy()
    values = [_score(state, first.others, first.card.rules)]
    for name in names[:-2]:
        state = state + sum(moved.get(name, {}).values())
        values.append(_score(state, first.others, first.card.rules))
    values.append(_score(state, second.others, first.card.rules))
    return [later - earlier for earlier, later in pairwise(values)]


def _value(here: Side):
    return _score(here.counts, here.others, here.card.rules)


def _score(state: np.ndarray, others: np.ndarray, rules: Rules):
    """The exact score (Fraction) of a unit with the counts `state` among peers that completed `others`; 0 for none."""
    counts = dict(zip(COUNTS, state.tolist(), strict=True))
    if not counts["total"]:
        return 0
    x = counts["complete"] + (counts["doorr"] if "effort" in rules.doorr_counts_in else 0)
    return exact_score(
        **{name: counts[name] for name in ("total", "complete", "doorr", "tier_sum", "responded")},
        weight_sum=counts["weight_steps"] * rules.weight_step,
        group=tuple(int(row[0]) for row in group_of(others, np.array([x]))),
        rules=rules,
    ).final
