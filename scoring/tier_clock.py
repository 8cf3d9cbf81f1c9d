"""When the time value of each open report drops next, and what its unit then loses (scoring part 7)."""

from dataclasses import dataclass

import numpy as np

from scoring.facts import Facts, tier_values, whole_hours
from scoring.plan_open import completed, facts_if_completed, open_rows
from scoring.reports import MICROSECONDS_PER_HOUR, NEVER, Reports
from scoring.rules import Rules
from scoring.score import Scorecard, scores_of
from scoring.tally import retally


@dataclass(frozen=True, eq=False)
class TierClock:
    """Equally long arrays, one row per open report, by next drop, then number.

    rows: positions (int64) in the card's facts and members; number object[str]; unit int32; drop_us int64, NEVER at the
    lowest value; tier_now, tier_after int64, the same at the lowest value; points_lost float64, points of the unit's
    score; hidden bool: a ticket hides it now.
    """

    rows: np.ndarray
    number: np.ndarray
    unit: np.ndarray
    drop_us: np.ndarray
    tier_now: np.ndarray
    tier_after: np.ndarray
    points_lost: np.ndarray
    hidden: np.ndarray

    def __len__(self) -> int:
        return len(self.rows)


def tier_clock(card: Scorecard, unit: int | None = None) -> TierClock:
    """The clock of every open report of the card's period, or of those of one unit (code). Empty after the cut-off.

    `points_lost`: score if that report alone is completed 1 us before the drop, less the score if at the drop. From the
    cut-off on neither counts, so a drop after it costs nothing in this period.
    """
    rows = open_rows(card, unit)
    reports = card.reports.only(card.membership.positions[rows])
    drop_us, tier_now, tier_after = next_drops(reports, card.rules, card.as_of_us)
    points_lost = np.zeros(len(rows))
    dropping = np.flatnonzero(drop_us <= card.rules.cutoff_us(card.period))
    points_lost[dropping] = _points_lost(card, rows[dropping], drop_us[dropping])
    hidden = (reports.ticket_opened <= card.as_of_us) & (card.as_of_us < reports.ticket_commitment)
    hidden &= reports.ticket_commitment != NEVER
    order = np.lexsort((reports.number.astype(str), drop_us))
    columns = (rows, reports.number, reports.unit, drop_us, tier_now, tier_after, points_lost, hidden)
    return TierClock(*(column[order] for column in columns))


def next_drops(reports: Reports, rules: Rules, at_us: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(next drop after `at_us`, NEVER for none; tier value now; after the drop), int64 per open report."""
    instants = bound_instants(reports, rules)
    tier_now = _tier(reports, rules, at_us)
    after = np.array([_tier(reports, rules, instant) for instant in instants])
    drops = np.where((instants > at_us) & (after < tier_now), instants, NEVER)
    first = drops.argmin(axis=0)
    drop_us, tier_after = (np.take_along_axis(table, first[None, :], axis=0)[0] for table in (drops, after))
    return drop_us, tier_now, np.where(drop_us == NEVER, tier_now, tier_after)


def bound_instants(reports: Reports, rules: Rules) -> np.ndarray:
    """int64 (3, reports): the first instants at which the second, third and last time values hold."""
    bounds = rules.for_categories(reports.category_names)
    return np.array(
        [_instant_of(reports, rules, hours[reports.category]) for hours in (bounds.t100, bounds.t80, bounds.t60)]
    )


def _tier(reports: Reports, rules: Rules, at_us: int | np.ndarray) -> np.ndarray:
    done = completed(reports, rules, at_us)
    bounds = rules.for_categories(reports.category_names)
    return tier_values(whole_hours(done, rules), reports.category, bounds, rules)


def _instant_of(reports: Reports, rules: Rules, hours: np.ndarray) -> np.ndarray:
    """First instant at which `hours` whole hours have passed; the ticket's pause does not count if the rules say so."""
    instant = reports.entered + hours * MICROSECONDS_PER_HOUR
    if not rules.ticket_pauses_clock:
        return instant
    paused_from = np.maximum(reports.ticket_opened, reports.entered)
    pause = np.where(reports.ticket_commitment == NEVER, 0, np.maximum(reports.ticket_commitment - paused_from, 0))
    return np.where(instant <= paused_from, instant, instant + pause)


def _points_lost(card: Scorecard, rows: np.ndarray, drop_us: np.ndarray) -> np.ndarray:
    """Only time and response differ between the two completions; effort and maximum are those of one report more."""
    before, after = (facts_if_completed(card, rows, instant) for instant in (drop_us - 1, drop_us))
    rules, full = card.rules, card.rules.full_score
    unit = card.facts.unit[rows]
    weight = rules.part_shares.get("weight", 0) * float(rules.weight_step)
    fixed_maximum = full * sum(share for part, share in rules.part_shares.items() if part != "weight")
    maximum = fixed_maximum + weight * (card.tally.weight_steps[unit] + before.weight_steps)
    time = rules.part_shares["time"] * (before.tier - after.tier) / (card.tally.complete[unit] + 1)
    answered = before.responded.astype(np.int64) - after.responded
    response = rules.part_shares.get("response", 0) * full * answered / card.tally.total[unit]
    lost = full * (time + response) / maximum
    for row in np.flatnonzero(before.complete & ~after.complete):  # the drop is the cut-off itself
        finals = [_final(card, rows[[row]], gains.only([row])) for gains in (before, after)]
        lost[row] = finals[0] - finals[1]
    return lost


def _final(card: Scorecard, rows: np.ndarray, gains: Facts) -> float:
    """The unit's score after its `rows` of the card have the facts `gains`."""
    tally = retally(card.tally, card.facts.only(rows), gains)
    return float(scores_of(tally, card.reports.units, card.rules).final[card.facts.unit[rows[0]]])
