"""What each report gave to the score of its unit, as arrays: the same points as `explain`, for lists of any length."""

import numpy as np

from scoring.score import Scorecard


def report_points(card: Scorecard, rows: np.ndarray) -> dict[str, np.ndarray]:
    """Part -> points (float64) each of the facts' `rows` gave to `obtained`, in the order of the rulebook's parts.

    Effort is missing: it compares the count of all reports with the peers and belongs to no single one.
    """
    facts, rules, units = card.facts, card.rules, card.facts.unit[rows]
    complete, total = facts.complete[rows], card.tally.total[units]
    counted = complete | facts.doorr[rows] if "completion" in rules.doorr_counts_in else complete
    values = {
        "completion": rules.full_score * counted / total,
        "time": facts.tier[rows] * complete / np.maximum(card.tally.complete[units], 1),
        "weight": facts.weight_steps[rows] * complete * float(rules.weight_step),
        "response": rules.full_score * facts.responded[rows] / total,
    }
    return {part: share * values[part] / 100 for part, share in rules.part_shares.items() if part in values}
