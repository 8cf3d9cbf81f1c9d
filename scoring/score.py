"""The score of every unit in a period: parts, what was obtained of what could be, grade (source 000, part 3 here)."""

from dataclasses import dataclass

import numpy as np

from scoring import facts as facts_
from scoring.effort import effort, peers, type_codes
from scoring.exact import near_limits
from scoring.facts import Facts
from scoring.grades import NO_GRADE, grade_codes
from scoring.membership import Membership, members
from scoring.periods import Period
from scoring.reports import Reports, Units
from scoring.rules import Rules
from scoring.tally import Tally, tally


@dataclass(frozen=True, eq=False)
class Scores:
    """float64 arrays over units; NaN for a part the rulebook does not have, and for a unit without reports.

    `grade` int8: position in `Rules.grades`, -1 without a score. `x` int64: the count that effort compares.
    """

    completion: np.ndarray
    time: np.ndarray
    weight: np.ndarray
    effort: np.ndarray
    response: np.ndarray
    obtained: np.ndarray
    maximum: np.ndarray
    final: np.ndarray
    grade: np.ndarray
    x: np.ndarray


@dataclass(frozen=True, eq=False)
class Scorecard:
    """A score with everything it was made from. `flags`: class -> count per unit; `unattributed`: of no unit."""

    reports: Reports
    rules: Rules
    period: Period
    as_of_us: int
    membership: Membership
    facts: Facts
    tally: Tally
    scores: Scores
    flags: dict[str, np.ndarray]
    unattributed: dict[str, int]

    def grade(self, unit: int) -> str | None:
        """Letter of a unit, None without a score."""
        code = int(self.scores.grade[unit])
        return None if code == NO_GRADE else list(self.rules.grades)[code]


def score(reports: Reports, rules: Rules, period: Period, as_of_us: int) -> Scorecard:
    """Score every unit of `reports.units` in `period`, asked at `as_of_us` (microseconds UTC)."""
    membership = members(reports, rules, period, as_of_us)
    facts = facts_.facts(reports, rules, period, as_of_us, membership)
    counts = tally(facts, len(reports.units), rules.weight_step)
    masks = facts_.dirt(reports.only(membership.positions), rules, as_of_us, membership)
    masks |= {name: getattr(facts, name) for name in ("default_tiers", "default_weight")}
    touched = {name: facts.unit[mask] for name, mask in masks.items()}
    touched |= facts_.left_out(reports, rules, period, as_of_us)
    flags, unattributed = _counted(touched, len(reports.units))
    scores = scores_of(counts, reports.units, rules)
    return Scorecard(reports, rules, period, as_of_us, membership, facts, counts, scores, flags, unattributed)


def _counted(touched: dict[str, np.ndarray], units_count: int) -> tuple[dict[str, np.ndarray], dict[str, int]]:
    counts = {name: np.bincount(units + 1, minlength=units_count + 1) for name, units in touched.items()}
    flags = {name: count[1:] for name, count in counts.items() if count[1:].any()}
    return flags, {name: int(count[0]) for name, count in counts.items() if count[0]}


def scores_of(counts: Tally, units: Units, rules: Rules) -> Scores:
    """Scores from counts. Each part is one division of whole numbers; a unit without reports has no score (NaN)."""
    has_reports = counts.total > 0
    x = completed_counts(counts, rules)
    parts = {part: _part(part, counts, units, rules, x, has_reports) for part in rules.part_shares}
    obtained = sum(share * parts[part] for part, share in rules.part_shares.items()) / 100
    maximum = sum(share * _best(part, parts, rules) for part, share in rules.part_shares.items()) / 100
    final = obtained / maximum * rules.full_score
    final = near_limits(final, counts, units, rules)
    absent = np.full(len(units), np.nan)
    columns = {name: parts.get(name, absent) for name in ("completion", "time", "weight", "effort", "response")}
    columns |= {"obtained": obtained, "maximum": maximum, "final": final}
    columns = {name: np.where(has_reports, column, np.nan) for name, column in columns.items()}
    return Scores(**columns, grade=grade_codes(columns["final"], rules.grades), x=x)


def completed_counts(counts: Tally, rules: Rules) -> np.ndarray:
    """The x of the effort part: complete reports, and Doorr where the rules count it in effort."""
    return counts.complete + counts.doorr if "effort" in rules.doorr_counts_in else counts.complete


def _part(part: str, counts: Tally, units: Units, rules: Rules, x: np.ndarray, has_reports: np.ndarray) -> np.ndarray:
    total = np.maximum(counts.total, 1)
    if part == "completion":
        doorr = counts.doorr if "completion" in rules.doorr_counts_in else 0
        return rules.full_score * (counts.complete + doorr) / total
    if part == "time":
        nothing = counts.complete == 0
        return np.where(nothing, rules.time_when_nothing_complete, counts.tier_sum / np.maximum(counts.complete, 1))
    if part == "weight":
        return counts.weight_sum
    if part == "response":
        return rules.full_score * counts.responded / total
    return effort(x, peers(x, has_reports, type_codes(units.types)), rules.effort_points)


def _best(part: str, parts: dict[str, np.ndarray], rules: Rules) -> np.ndarray | float:
    """The most a part can give: weight has no upper limit, so what it gave counts as its most."""
    return parts["weight"] if part == "weight" else float(rules.full_score)
