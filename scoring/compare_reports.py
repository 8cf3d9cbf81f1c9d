"""What each report did to a unit between two cards: the one cause it counts under."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from scoring.facts import CLOSED_STATUSES
from scoring.reports import NOWHERE
from scoring.score import Scorecard
from scoring.tally import COUNTS

TOTAL, COMPLETE, DOORR = (COUNTS.index(name) for name in ("total", "complete", "doorr"))
TICKET = ("ticket_opened", "ticket_commitment", "ticket_limit")


@dataclass(frozen=True, eq=False)
class Side:
    """A card as seen from a unit. `counted`: number -> what its rows count (int64, as COUNTS); `counts`: their sum.

    `tier`: number -> time value of the complete ones; `others` int64, rising: what its peers completed.
    """

    card: Scorecard
    unit_id: str
    counted: dict[str, np.ndarray]
    counts: np.ndarray
    tier: dict[str, int]
    left_over: frozenset[str]
    by_ticket: frozenset[str]
    others: np.ndarray


@dataclass(frozen=True, eq=False)
class Seen:
    """What a card says of a report, of whatever unit and period. `unit_id` is None for an unknown holder."""

    unit_id: str | None
    complete: bool
    closed: bool
    entered: int
    known_yet: bool
    ticket: tuple[int, ...]


def side(card: Scorecard, unit_id: str, unit_type: str) -> Side:
    """A card as seen from a unit, which may be missing from it."""
    units, facts, members = card.reports.units, card.facts, card.membership
    own = np.array([known == unit_id for known in units.ids])
    rows = np.flatnonzero(own[facts.unit])
    numbers, done = card.reports.number[members.positions[rows]], facts.complete[rows]
    counts = _counts(card, rows)
    counted: dict[str, np.ndarray] = {}
    for number, row in zip(numbers, counts, strict=True):
        counted[number] = counted[number] + row if number in counted else row
    peers = np.array([known == unit_type for known in units.types]) & (card.tally.total > 0) & ~own
    return Side(
        card=card,
        unit_id=unit_id,
        counted=counted,
        counts=counts.sum(axis=0),
        tier=dict(zip(numbers[done], facts.tier[rows][done].tolist(), strict=True)),
        left_over=frozenset(numbers[members.is_left_over[rows]]),
        by_ticket=frozenset(numbers[members.is_ticketed[rows]]),
        others=np.sort(card.scores.x[peers]),
    )


def _counts(card: Scorecard, rows: np.ndarray) -> np.ndarray:
    """int64 (rows, COUNTS)."""
    facts = card.facts.only(rows)
    weight = np.where(facts.complete, facts.weight_steps, 0)
    columns = (np.ones(len(rows)), facts.complete, facts.doorr, facts.tier, weight, facts.responded)
    return np.column_stack(columns).astype(np.int64)


def seen(card: Scorecard, numbers: Iterable[str]) -> dict[str, Seen]:
    """The reports of these numbers that the card knows at all; of copies the one that counts."""
    reports, members = card.reports, card.membership
    complete, counts = np.zeros((2, len(reports)), bool)
    complete[members.positions], counts[members.positions] = card.facts.complete, True
    found = np.flatnonzero(pd.Series(reports.number, dtype=object).isin(set(numbers)))
    found = found[np.argsort(counts[found], kind="stable")]  # copies that count come last and stay
    return {reports.number[row]: _seen(card, int(row), bool(complete[row])) for row in found}


def _seen(card: Scorecard, row: int, complete: bool) -> Seen:
    reports, unit = card.reports, int(card.reports.unit[row])
    return Seen(
        unit_id=None if unit == NOWHERE else reports.units.ids[unit],
        complete=complete,
        closed=int(reports.status[row]) in CLOSED_STATUSES,
        entered=int(reports.entered[row]),
        known_yet=bool(reports.entered[row] <= card.as_of_us),
        ticket=tuple(int(getattr(reports, name)[row]) for name in TICKET),
    )


def cause(first: Side, second: Side, old: Seen | None, new: Seen | None, number: str) -> str:
    """The cause of a report that counts differently on the two sides; `old`, `new`: what each card says of it."""
    before, after = first.counted.get(number), second.counted.get(number)
    if after is not None and after[COMPLETE] and not (old and old.complete):
        return f"closed_{second.tier[number]}"
    if before is None:
        return _came(second, old, new, number)
    if after is None:
        return _went(first, second, old, new)
    if before[COMPLETE]:
        return _was_complete(bool(after[COMPLETE]), old, new)
    if before[TOTAL] != after[TOTAL] or after[COMPLETE]:
        return "corrected"
    return "doorr" if before[DOORR] != after[DOORR] else "answered"


def _came(second: Side, old: Seen | None, new: Seen, number: str) -> str:
    """Into the total of the unit, and not closed since."""
    if old is not None and old.known_yet and old.unit_id != second.unit_id:
        return "corrected" if old.unit_id is None else "moved_in"
    if number in second.by_ticket or (old is not None and old.ticket != new.ticket):
        return "ticketed"
    if number in second.left_over:
        return "left_over"
    return "corrected" if old is not None and old.entered != new.entered else "new"


def _went(first: Side, second: Side, old: Seen, new: Seen | None) -> str:
    """Out of the total of the unit."""
    other_period = first.card.period != second.card.period
    if new is None:
        return "left_period" if other_period else "corrected"
    if new.unit_id != first.unit_id:
        return "corrected" if new.unit_id is None else "moved_out"
    if old.ticket != new.ticket:
        return "ticketed"
    if not new.known_yet:
        return "new"
    return "left_period" if other_period else "corrected"


def _was_complete(still: bool, old: Seen, new: Seen) -> str:
    """Complete on the first side, in the total of both."""
    if old.ticket != new.ticket:
        return "ticketed"
    return "corrected" if still or new.closed else "reopened"
