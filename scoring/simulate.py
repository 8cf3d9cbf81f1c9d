"""What if reports were completed, moved, ticketed or reopened: scores of the unit, its peers and the units above.

Only the changed reports are judged anew; the counts of all others are taken over. Score and scenario are both asked at
the later of the card's `as_of` and the last change, so that nothing but the changes tells them apart.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from scoring import facts as facts_
from scoring.aggregates import Aggregate, aggregate
from scoring.facts import CLOSED_STATUSES
from scoring.membership import done_at, members
from scoring.plan_open import can_complete, completed
from scoring.reports import NEVER, NOWHERE, RECEIVED_CODES, STATUS_CODES, Reports, Units
from scoring.rules import Rules
from scoring.score import Scorecard, Scores, score, scores_of
from scoring.tally import Tally, retally

Kind = Literal["completed", "moved", "ticketed", "reopened"]


class SimulationError(ValueError):
    """A change that cannot happen; the message names the report and says why."""


@dataclass(frozen=True)
class Change:
    """One thing that happens to one report at `at_us`. `to_unit` (code) for moved; the two instants for ticketed.

    A change has no effect at or after the cut-off, and where the report is in no state for it: a complete report
    cannot be completed, moved or ticketed, an open one not be reopened.
    """

    number: str
    kind: Kind
    at_us: int
    to_unit: int | None = None
    commitment_us: int | None = None
    limit_us: int | None = None


@dataclass(frozen=True, eq=False)
class Simulation:
    """Scores of all units without (`base`) and with (`scenario`) the changes, both asked at `as_of_us`."""

    as_of_us: int
    base: Scores
    scenario: Scores
    tally: Tally
    units: Units
    rules: Rules

    def moved_units(self) -> np.ndarray:
        """Codes (int64) of the units whose score differs: those of the reports, and peers by their effort."""
        same = (self.base.final == self.scenario.final) | (np.isnan(self.base.final) & np.isnan(self.scenario.final))
        return np.flatnonzero(~same)

    def parents(self) -> list[tuple[Aggregate, Aggregate]]:
        """(base, scenario) of every aggregated unit at or above a unit whose score differs, in unit order."""
        above = {code for unit in self.moved_units().tolist() for code in _line_up(unit, self.units)}
        codes = sorted(code for code in above if self.units.types[code] in self.rules.aggregates)
        finals = (self.base.final, self.scenario.final)
        return [tuple(aggregate(code, final, self.units, self.rules) for final in finals) for code in codes]


def simulate(card: Scorecard, changes: Sequence[Change]) -> Simulation:
    """The scenario after the changes, in the order of their instants. Raises SimulationError."""
    rules, cutoff_us = card.rules, card.rules.cutoff_us(card.period)
    counted = sorted((change for change in changes if change.at_us < cutoff_us), key=lambda change: change.at_us)
    asked_us = max([card.as_of_us, *(change.at_us for change in counted)])
    base = asked_at(card, asked_us)
    positions = _positions(card.reports, counted)
    rows = _applied(card.reports.only(positions), counted, rules)
    membership = members(rows, rules, card.period, asked_us)
    added = facts_.facts(rows, rules, card.period, asked_us, membership)
    tally = retally(base.tally, base.facts.only(_rows_at(base, positions)), added)
    scenario = scores_of(tally, card.reports.units, rules)
    return Simulation(asked_us, base.scores, scenario, tally, card.reports.units, rules)


def asked_at(card: Scorecard, asked_us: int) -> Scorecard:
    """The card asked at a later instant: itself as long as nothing in its reports changes by then."""
    if asked_us < quiet_until(card):
        return card
    return score(card.reports, card.rules, card.period, asked_us)


_quiet: WeakKeyDictionary[Scorecard, int] = WeakKeyDictionary()


def quiet_until(card: Scorecard) -> int:
    """First instant after `as_of` at which time alone changes the score. Found once per card."""
    if card not in _quiet:
        _quiet[card] = _next_event(card)
    return _quiet[card]


def _next_event(card: Scorecard) -> int:
    names = ("entered", "completed", "validated", "first_response", "ticket_opened")
    columns = [getattr(card.reports, name) for name in names]
    cutoffs = np.array([card.rules.cutoff_us(period) for period in (card.period.previous, card.period)])
    return min(int(column[column > card.as_of_us].min(initial=NEVER)) for column in [*columns, cutoffs])


_numbers: WeakKeyDictionary[Reports, pd.Index] = WeakKeyDictionary()


def _positions(reports: Reports, changes: Sequence[Change]) -> np.ndarray:
    """Positions (int64, rising) of every row, copies included, of the reports that change."""
    if reports not in _numbers:
        _numbers[reports] = pd.Index(reports.number)
    wanted = pd.unique(np.array([change.number for change in changes], dtype=object))
    found = _numbers[reports].get_indexer_for(wanted)
    if (found < 0).any():
        known = set(reports.number[found[found >= 0]])
        raise SimulationError(f"no report {next(number for number in wanted if number not in known)!r}")
    return np.sort(found)


def _rows_at(card: Scorecard, positions: np.ndarray) -> np.ndarray:
    """Rows of the card's facts that stand at the given positions of its reports."""
    rows = np.searchsorted(card.membership.positions, positions)
    inside = rows < len(card.membership.positions)
    rows, positions = rows[inside], positions[inside]
    return rows[card.membership.positions[rows] == positions]


def _applied(rows: Reports, changes: Sequence[Change], rules: Rules) -> Reports:
    """The rows after all changes, which come in the order of their instants."""
    turns: dict[tuple[int, str], list[Change]] = defaultdict(list)
    seen: Counter[str] = Counter()
    for change in changes:
        turns[seen[change.number], change.kind].append(change)
        seen[change.number] += 1
    # the first change of every report at once, then the second: changes of different reports do not meet
    for turn, kind in sorted(turns):
        rows = _changed(rows, turns[turn, kind], kind, rules)
    return rows


def _changed(rows: Reports, changes: list[Change], kind: str, rules: Rules) -> Reports:
    """The rows after changes of one kind, at most one per report."""
    by_number = {change.number: change for change in changes}
    touched = np.array([row for row, number in enumerate(rows.number) if number in by_number], np.int64)
    found = [by_number[number] for number in rows.number[touched]]
    before = rows.only(touched)
    at_us = np.array([change.at_us for change in found], np.int64)
    _refuse_before_entry(before, by_number)
    applies, columns = KINDS[kind](before, found, at_us, rules)
    applies &= before.entered <= at_us
    return rows.with_changes(touched[applies], **{name: values[applies] for name, values in columns.items()})


def _refuse_before_entry(rows: Reports, changes: dict[str, Change]) -> None:
    possible = {
        number for number, entered in zip(rows.number, rows.entered, strict=True) if entered <= changes[number].at_us
    }
    for number in changes.keys() - possible:
        raise SimulationError(f"report {number!r} cannot be {changes[number].kind} before its entry")


Columns = tuple[np.ndarray, dict[str, np.ndarray]]


def _complete(rows: Reports, changes: list[Change], at_us: np.ndarray, rules: Rules) -> Columns:
    done = completed(rows, rules, at_us)
    columns = {name: getattr(done, name) for name in ("status", "completed", "validated")}
    return can_complete(rows, rules, at_us), columns


def _move(rows: Reports, changes: list[Change], at_us: np.ndarray, rules: Rules) -> Columns:
    """The receiving unit has it waiting: koordinasi from a kelurahan, disposisi from any other unit."""
    units = rows.units
    if any(change.to_unit is None or not 0 <= change.to_unit < len(units) for change in changes):
        raise SimulationError("a report can only be moved to a unit that is known")
    givers = [units.types[unit] if unit >= 0 else "" for unit in rows.unit.tolist()]
    hows = [RECEIVED_CODES["koordinasi" if giver == "kelurahan" else "disposisi"] for giver in givers]
    closed = np.isin(rows.status, CLOSED_STATUSES)
    columns = {
        "unit": np.array([change.to_unit for change in changes], np.int32),
        "received": at_us,
        "received_how": np.array(hows, np.int8),
        "status": np.where(closed, rows.status, STATUS_CODES["menunggu"]).astype(np.int8),
    }
    return done_at(rows, rules) > at_us, columns


def _ticket(rows: Reports, changes: list[Change], at_us: np.ndarray, rules: Rules) -> Columns:
    """A report has at most one ticket."""
    for number in rows.number[rows.ticket_opened != NEVER]:
        raise SimulationError(f"report {number!r} has a ticket already; a second is refused")
    if any(change.commitment_us is None or change.limit_us is None for change in changes):
        raise SimulationError("a ticket needs the instants of its commitment and of its limit")
    columns = {
        "ticket_opened": at_us,
        "ticket_commitment": np.array([change.commitment_us for change in changes], np.int64),
        "ticket_limit": np.array([change.limit_us for change in changes], np.int64),
    }
    return done_at(rows, rules) > at_us, columns


def _reopen(rows: Reports, changes: list[Change], at_us: np.ndarray, rules: Rules) -> Columns:
    """It is worked on again; the time of the follow-up that was refused stays in its row."""
    status = np.full(len(rows), STATUS_CODES["tl_ditolak"], np.int8)
    return done_at(rows, rules) <= at_us, {"status": status}


KINDS: dict[str, Callable[..., Columns]] = {
    "completed": _complete,
    "moved": _move,
    "ticketed": _ticket,
    "reopened": _reopen,
}


def _line_up(unit: int, units: Units) -> list[int]:
    """The unit and every unit above it."""
    line: list[int] = []
    while unit != NOWHERE and unit not in line:
        line.append(unit)
        unit = int(units.parent[unit])
    return line
