"""Scores on the way of a plan: after each of its reports, and when some of them are late."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pages._tkd.open_reports import clock_of
from scoring.plan_open import facts_if_completed
from scoring.reports import NEVER
from scoring.score import Scorecard, scores_of
from scoring.tally import retally


@dataclass(frozen=True, eq=False)
class Chosen:
    """Open reports of one unit in the order of the plan: `rows` in the card's facts.

    Per row: `drop_us` from when it loses value, NEVER where that is not before the cut-off; `fall` int64 what the tier
    value then loses; `points_lost` float64 as in the tier clock.
    """

    card: Scorecard
    unit: int
    rows: np.ndarray
    drop_us: np.ndarray
    fall: np.ndarray
    points_lost: np.ndarray

    @property
    def hurries(self) -> bool:
        """Any of them loses value before the cut-off."""
        return bool((self.drop_us != NEVER).any())


def chosen_reports(card: Scorecard, unit: int, numbers: Sequence[str]) -> Chosen:
    """The reports of a plan by their numbers, which must be open reports of the unit."""
    clock = clock_of(card)
    places = defaultdict(list)  # a number may stand on several copies
    for place in np.flatnonzero(clock.unit == unit).tolist():
        places[str(clock.number[place])].append(place)
    found = np.array([places[number].pop(0) for number in numbers], np.int64)
    drop_us = clock.drop_us[found]
    return Chosen(
        card=card,
        unit=unit,
        rows=clock.rows[found],
        drop_us=np.where(drop_us < card.rules.cutoff_us(card.period), drop_us, NEVER),
        fall=(clock.tier_now - clock.tier_after)[found],
        points_lost=clock.points_lost[found],
    )


def scores_after(chosen: Chosen, most: int) -> list[float]:
    """The score after completing the first report, the first two, ... of at most `most`, all at the card's as_of."""
    card = chosen.card
    gains = facts_if_completed(card, chosen.rows, card.as_of_us)
    counts = range(1, min(most, len(chosen.rows)) + 1)
    return [_score(chosen, chosen.rows[:count], gains.only(np.arange(count))) for count in counts]


def score_if_late(chosen: Chosen, count: int) -> float:
    """The score after completing all, when the `count` that lose most are completed only at their next drop."""
    card = chosen.card
    costliest = np.lexsort((-chosen.points_lost, -chosen.fall))[:count]
    at_us = np.full(len(chosen.rows), card.as_of_us)
    at_us[costliest] = np.minimum(chosen.drop_us[costliest], card.rules.cutoff_us(card.period) - 1)
    return _score(chosen, chosen.rows, facts_if_completed(card, chosen.rows, at_us))


def _score(chosen: Chosen, rows: np.ndarray, gains) -> float:
    card = chosen.card
    tally = retally(card.tally, card.facts.only(rows), gains)
    return float(scores_of(tally, card.reports.units, card.rules).final[chosen.unit])
