"""Scores of one peer group on many paths at once: `score.scores_of`, over a second dimension."""

from fractions import Fraction

import numpy as np

from scoring.effort import effort
from scoring.forecast_paths import Moment
from scoring.rules import Rules


def path_scores(counts: Moment, weight_step: Fraction, rules: Rules) -> np.ndarray:
    """Final scores float64 (units, paths), NaN without reports. All units are peers; `weight_step`: that of the tally.

    Doorr is not foreseen: it is decided at the cut-off. On whole counts this is `score.scores_of` to rounding.
    """
    total = np.where(counts.total > 0, counts.total, np.nan)
    parts = {part: _part(part, counts, total, weight_step, rules) for part in rules.part_shares}
    obtained = sum(share * parts[part] for part, share in rules.part_shares.items())
    best = {part: parts[part] if part == "weight" else rules.full_score for part in parts}
    maximum = sum(share * best[part] for part, share in rules.part_shares.items())
    return np.where(counts.total > 0, obtained / maximum * rules.full_score, np.nan)


def _part(part: str, counts: Moment, total: np.ndarray, weight_step: Fraction, rules: Rules) -> np.ndarray:
    if part == "completion":
        return rules.full_score * counts.complete / total
    if part == "time":
        mean = counts.tier_sum / np.maximum(counts.complete, 1)
        return np.where(counts.complete > 0, mean, rules.time_when_nothing_complete)
    if part == "weight":
        return counts.weight_steps * float(weight_step)
    if part == "response":
        return rules.full_score * counts.responded / total
    return effort(counts.complete, _peers(counts.complete, counts.total > 0), rules.effort_points)


def _peers(complete: np.ndarray, has_reports: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Minimum, twice the median, maximum (paths) among the units with reports of each path."""
    ordered = np.sort(np.where(has_reports, complete, np.inf).T, axis=1)
    size = has_reports.sum(axis=0)
    paths, last = np.arange(len(size)), np.maximum(size - 1, 0)
    twice_median = ordered[paths, last // 2] + ordered[paths, np.maximum(size // 2, 0).clip(max=ordered.shape[1] - 1)]
    found = (ordered[:, 0], twice_median, ordered[paths, last])
    return tuple(np.where(size > 0, row, 0) for row in found)
