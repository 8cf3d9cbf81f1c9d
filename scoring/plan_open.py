"""Which reports of a period are open, and what each would count if it were completed at a given instant."""

from dataclasses import replace

import numpy as np

from scoring import facts as facts_
from scoring.facts import CLOSED_STATUSES, Facts
from scoring.membership import Membership, done_at, held
from scoring.reports import NEVER, STATUS_CODES, Reports
from scoring.rules import Rules
from scoring.score import Scorecard

SELESAI = STATUS_CODES["selesai"]


def open_rows(card: Scorecard, unit: int | None = None) -> np.ndarray:
    """Rows of the card's facts (int64, rising) that are not complete and could be: of one unit, or of all.

    After the cut-off nothing is. Left out are rows that a rule for dirt holds whatever their time, and rows the CRM
    has closed with a time that cannot be used: they need a correction, not work.
    """
    if card.as_of_us >= card.rules.cutoff_us(card.period):
        return np.zeros(0, np.int64)
    wanted = ~card.facts.complete if unit is None else ~card.facts.complete & (card.facts.unit == unit)
    rows = np.flatnonzero(wanted)
    reports = card.reports.only(card.membership.positions[rows])
    possible = can_complete(reports, card.rules, card.as_of_us)
    possible &= ~held(completed(reports, card.rules, card.as_of_us), card.rules)
    possible &= ~(card.membership.duplicate[rows] & (card.rules.dirty["duplicate_id"] == "hold"))
    return rows[possible]


def can_complete(reports: Reports, rules: Rules, at_us: int | np.ndarray) -> np.ndarray:
    """bool per report: not complete by `at_us`, and not closed with a time that is missing or before its entry."""
    closed = np.isin(reports.status, CLOSED_STATUSES)
    unusable = (reports.completed == NEVER) | (reports.completed < reports.entered)
    return (done_at(reports, rules) > at_us) & ~(closed & unusable)


def completed(reports: Reports, rules: Rules, at_us: int | np.ndarray) -> Reports:
    """The reports as they are when each is completed, and accepted, at `at_us`.

    One that waits for validation, where the rules count it as open until then, keeps the time of its follow-up.
    """
    kept = followed_up(reports, rules) & (reports.completed <= at_us)
    return replace(
        reports,
        status=np.full(len(reports), SELESAI, np.int8),
        completed=np.where(kept, reports.completed, at_us),
        validated=np.broadcast_to(np.asarray(at_us, np.int64), len(reports)),
    )


def followed_up(reports: Reports, rules: Rules) -> np.ndarray:
    """bool per report: only its acceptance is missing, where the rules wait for that."""
    if rules.pending_validation == "complete":
        return np.zeros(len(reports), bool)
    return np.isin(reports.status, CLOSED_STATUSES)


def facts_if_completed(card: Scorecard, rows: np.ndarray, at_us: int | np.ndarray) -> Facts:
    """Facts of the `rows` of `open_rows` if each were completed at `at_us` (scalar, or one instant per row).

    An instant at or after the cut-off does not count: the report is then not complete.
    """
    reports = completed(card.reports.only(card.membership.positions[rows]), card.rules, at_us)
    decided = card.rules.cutoff_us(card.period) - 1
    return facts_.facts(reports, card.rules, card.period, decided, _members(card, rows))


def _members(card: Scorecard, rows: np.ndarray) -> Membership:
    """All of a subset of the card's members; none is held or Doorr, because `open_rows` chose them."""
    how = {name: getattr(card.membership, name)[rows] for name in ("is_new", "is_left_over", "is_ticketed")}
    none = np.zeros(len(rows), bool)
    return Membership(positions=np.arange(len(rows)), held=none, is_doorr=none, duplicate=none, **how)
