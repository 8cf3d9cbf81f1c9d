"""How sure a rank is: the standard error of a score, and the best and worst rank a score is consistent with.

A score is taken as one draw of reports that could as well have come out otherwise. Of its parts, those that are means
over reports (completion, time, response) vary as the unit's own reports do; category weight and effort are held.
"""

import numpy as np

from scoring.effort import type_codes
from scoring.reports import Units
from scoring.rules import Rules
from scoring.score import Scorecard
from scoring.standings import tree

CONFIDENCE = 0.90
Z = 1.6449  # of the normal distribution: 90 % lie within as many standard errors on both sides
PRIOR_REPORTS = 5  # a unit of few reports that all went alike borrows the spread of its type, as if by so many reports


def score_errors(card: Scorecard) -> np.ndarray:
    """Standard error (float64 points) of each unit's own score by the delta method; NaN without a score.

    The spread between a unit's reports is pooled with that of all units of its type, which weighs PRIOR_REPORTS.
    """
    units_count, unit = len(card.reports.units), card.facts.unit
    squares = np.bincount(unit, deviations(card) ** 2, units_count)
    total = card.tally.total
    groups = type_codes(card.reports.units.types)
    freedom = np.bincount(groups, np.maximum(total - 1, 0))
    of_type = (np.bincount(groups, squares) / np.maximum(freedom, 1))[groups]
    variance = (squares + PRIOR_REPORTS * of_type) / np.maximum(total - 1 + PRIOR_REPORTS, 1)
    return np.where(total > 0, np.sqrt(variance / np.maximum(total, 1)), np.nan)


def deviations(card: Scorecard) -> np.ndarray:
    """Points (float64 per fact) by which each report draws its unit's score from what the others give; they sum to 0.

    The first-order change of the score in the means, times what this report differs from them.
    """
    facts, rules, scores, unit = card.facts, card.rules, card.scores, card.facts.unit
    complete_share = card.tally.complete / np.maximum(card.tally.total, 1)
    done = facts.complete | facts.doorr if "completion" in rules.doorr_counts_in else facts.complete
    gaps = {
        "completion": rules.full_score * done - scores.completion[unit],
        "time": facts.complete * (facts.tier - scores.time[unit]) / np.maximum(complete_share, 1e-12)[unit],
        "response": rules.full_score * facts.responded - scores.response[unit],
    }
    moved = sum(share / 100 * gaps[part] for part, share in rules.part_shares.items() if part in gaps)
    return moved * rules.full_score / scores.maximum[unit]


def standing_errors(errors: np.ndarray, units: Units, rules: Rules) -> np.ndarray:
    """Standard errors of the standings out of those of the own scores (NaN for no score): an aggregate is a mean.

    Units are taken as independent of each other.
    """
    found, standing = tree(units, rules), errors.copy()
    scored = ~np.isnan(errors)
    squares = np.where(scored, errors, 0) ** 2
    below_count = found.looks_at @ scored
    below = found.looks_at @ squares / np.maximum(below_count, 1) ** 2
    own = found.own & scored[found.codes]
    parts = (below_count > 0) + own.astype(int)
    summed = np.sqrt(below + np.where(own, squares[found.codes], 0))
    standing[found.codes] = np.where(parts > 0, summed / np.maximum(parts, 1), np.nan)
    return standing


def ranks(values: np.ndarray) -> np.ndarray:
    """int64: 1 for the highest value; equal values share the better rank."""
    return 1 + len(values) - np.searchsorted(np.sort(values), values, side="right")


def rank_intervals(values: np.ndarray, errors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(best, worst) int64: the ranks each value is consistent with, at CONFIDENCE for each value.

    Best: 1 + how many have their whole interval above its own. Worst: all less those that have it below.
    """
    low, high = values - Z * errors, values + Z * errors
    above = len(values) - np.searchsorted(np.sort(low), high, side="right")
    below = np.searchsorted(np.sort(high), low, side="left")
    return 1 + above, len(values) - below


def one_report_points(rules: Rules) -> float:
    """Points of the score, times the number of reports, that one completed report moves it when it comes last instead
    of first: by the share of the time part among the parts with a known limit."""
    best, worst = rules.tier_values[0], rules.tier_values[-1]
    limited = sum(share for part, share in rules.part_shares.items() if part != "weight")
    return rules.part_shares["time"] * (best - worst) / limited * rules.full_score / 100
