"""Why the standing of an upper unit moved: which scores below it did it, and how much was its own (scoring part 7)."""

from dataclasses import dataclass, replace

import numpy as np

from scoring.reports import NOWHERE
from scoring.score import Scorecard
from scoring.standings import counts_own, looked_at


@dataclass(frozen=True)
class UnitCause:
    """A unit (code in the later card, NOWHERE for one it does not know) and the points its own score moved."""

    unit: int
    points: float


@dataclass(frozen=True)
class Standing:
    """What a standing is made of: the own score and those below by unit id, without the units that have no score."""

    own: float | None
    below: dict[str, float]

    @property
    def value(self) -> float:
        """The standing; a missing one stands at 0."""
        means = [] if self.own is None else [self.own]
        means += [sum(self.below.values()) / len(self.below)] if self.below else []
        return sum(means) / len(means) if means else 0.0


def compare_standings(before: Scorecard, after: Scorecard, unit: int) -> list[UnitCause]:
    """What each score moved the standing of `unit` (code in `after`), the largest first; nothing that moved nothing.

    The points sum to the standing after less the standing before, to 1e-9; a missing standing stands at 0. One order
    decides who gets what: the scores of the units below that have one on both sides, each by its share in `before`;
    then the units below that lost theirs and those that got one, by their ids; the unit's own score last.
    """
    first, second = _standing(before, after.reports.units.ids[unit]), _standing(after, after.reports.units.ids[unit])
    points = _of_both(first, second)
    state = replace(first, below={key: second.below.get(key, score) for key, score in first.below.items()})
    for key in sorted(first.below.keys() ^ second.below.keys()):
        later = replace(state, below=_with(state.below, key, second.below.get(key)))
        points[key] = later.value - state.value
        state = later
    last = replace(second, below=state.below)
    own = last.value - state.value
    codes = {unit_id: code for code, unit_id in enumerate(after.reports.units.ids)}
    causes = [UnitCause(codes.get(key, NOWHERE), value) for key, value in points.items()] + [UnitCause(unit, own)]
    return sorted((cause for cause in causes if cause.points), key=lambda cause: (-abs(cause.points), cause.unit))


def _standing(card: Scorecard, unit_id: str) -> Standing:
    units, final = card.reports.units, card.scores.final
    if unit_id not in units.ids:
        return Standing(None, {})
    unit = units.code(unit_id)
    has_own = counts_own(unit, units, card.rules) and not np.isnan(final[unit])
    below = [code for code in looked_at(unit, units, card.rules) if not np.isnan(final[code])]
    return Standing(float(final[unit]) if has_own else None, {units.ids[code]: float(final[code]) for code in below})


def _of_both(first: Standing, second: Standing) -> dict[str, float]:
    """Points of the units below that have a score on both sides, at their share in the first."""
    share = 1 / (1 + (first.own is not None)) / max(len(first.below), 1)
    return {key: share * (second.below[key] - score) for key, score in first.below.items() if key in second.below}


def _with(below: dict[str, float], key: str, score: float | None) -> dict[str, float]:
    """The scores with that of one unit, or without it."""
    rest = {other: value for other, value in below.items() if other != key}
    return rest if score is None else rest | {key: score}
