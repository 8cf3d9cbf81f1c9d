"""What one more completion would give a unit's score now."""

import numpy as np

from scoring.plan_best import problem, score_of
from scoring.plan_open import facts_if_completed, open_rows
from scoring.score import Scorecard


def one_more(card: Scorecard, unit: int) -> np.ndarray:
    """Points (float64, rising) the score of a unit (code) moves if one open report is completed at the card's as_of.

    One value per kind of report (time value, weight, answer gained); empty when nothing is open.
    """
    rows = open_rows(card, unit)
    if not len(rows):
        return np.zeros(0)
    task = problem(card, unit, rows, facts_if_completed(card, rows, card.as_of_us))
    finals = [float(score_of(task, one).final) for one in np.eye(len(task.kinds), dtype=np.int64)]
    return np.sort(np.array(finals) - card.scores.final[unit])
