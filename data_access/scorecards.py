"""TKD scores from the live frame: the engine's rules over the reports of a period, and how the grades are spread."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from data_access.frame import NEVER, Frame, microseconds
from data_access.live import State
from data_access.months import reading_of
from data_access.scope import Scope
from data_access.tickets import Ticket
from scoring import rulebook
from scoring.grades import shown
from scoring.periods import Period
from scoring.reports import Reports, Units
from scoring.score import Scorecard, score

RULEBOOK = "tkd-2017"
A_DAY_US = 24 * 3_600_000_000
MOVERS_SHOWN = 4
KEPT = 8


@dataclass(frozen=True)
class Mover:
    """A unit whose grade changed since the same minute of yesterday."""

    name: str
    score_from: float
    score_to: float
    shown_from: str
    shown_to: str
    grade_from: str
    grade_to: str


@dataclass(frozen=True)
class Distribution:
    """Units per grade now and at the end of the month before; who moved since yesterday, falls first."""

    counts: dict[str, int]
    previous_counts: dict[str, int]
    movers: list[Mover]
    units_count: int
    kind: str
    assumed: bool


def grade_distribution(
    scope: Scope, state: State, period: Period, unit_id: str | None = None, unit_type: str = "kelurahan"
) -> Distribution:
    """Grades of the units of one type that `scope` may see, below `unit_id` when given. Peers are always everybody."""
    as_of_us = microseconds(state.as_of)
    now = scorecard(state, period, as_of_us)
    yesterday = scorecard(state, period, as_of_us - A_DAY_US)
    before = scorecard(state, period.previous, as_of_us)
    codes = _units(scope, now.reports.units, unit_id, unit_type, state.frame)
    return Distribution(
        counts=_counts(now, codes),
        previous_counts=_counts(before, codes),
        movers=_movers(yesterday, now, codes, state.frame),
        units_count=sum(now.grade(code) is not None for code in codes),
        kind=unit_type if all(now.reports.units.types[code] == unit_type for code in codes) else "unit",
        assumed=now.rules.status == "assumed",
    )


def scorecard(state: State, period: Period, as_of_us: int) -> Scorecard:
    """Scores of every unit in `period` asked at `as_of_us`, at its cut-off when that has passed.

    Raises DatabaseUnavailable when the month cannot be read.
    """
    frame, tickets = reading_of(period, state)
    return _scorecard(frame, tickets, period, as_of_us)


@lru_cache(maxsize=KEPT)
def _scorecard(frame: Frame, tickets: tuple[Ticket, ...], period: Period, as_of_us: int) -> Scorecard:
    rules = rulebook.load(RULEBOOK).at(period)
    return score(_live_reports(frame, tickets), rules, period, as_of_us)


@lru_cache(maxsize=2)  # three scores of one state share it
def _live_reports(frame: Frame, tickets: tuple[Ticket, ...]) -> Reports:
    return reports_of(frame, tickets)


def reports_of(frame: Frame, tickets: tuple[Ticket, ...]) -> Reports:
    """The frame in the engine's columns: its codes begin at 0 where the frame's begin at 1."""
    opened, commitment, limit = _ticket_columns(frame, tickets)
    return Reports(
        number=frame.number,
        unit=frame.unit.astype(np.int32) - 1,
        category=frame.category.astype(np.int32) - 1,
        status=frame.status,
        received_how=frame.received_how,
        entered=frame.entered,
        completed=frame.completed,
        validated=frame.validated,
        received=frame.received,
        first_response=frame.first_response,
        ticket_opened=opened,
        ticket_commitment=commitment,
        ticket_limit=limit,
        units=_tree(frame),
        category_names=tuple(name for _, name in frame.names.categories[1:]),
    )


def _tree(frame: Frame) -> Units:
    units = frame.names.units[1:]
    code = {unit.unit_id: position for position, unit in enumerate(units)}
    parent = np.array([code.get(unit.parent_id, -1) for unit in units], np.int32)
    return Units(tuple(unit.unit_id for unit in units), tuple(unit.unit_type for unit in units), parent)


def _ticket_columns(frame: Frame, tickets: tuple[Ticket, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    columns = tuple(np.full(len(frame), NEVER, np.int64) for _ in range(3))
    by_report = {ticket.report_id: ticket for ticket in tickets}
    for row, number in enumerate(frame.number) if by_report else ():
        ticket = by_report.get(number)
        if ticket:
            instants = (ticket.opened_at, ticket.commitment_at, ticket.limit_at)
            for column, instant in zip(columns, instants, strict=True):
                column[row] = microseconds(instant)
    return columns


def _units(scope: Scope, units: Units, unit_id: str | None, unit_type: str, frame: Frame) -> list[int]:
    inside = frame.names.subtree(unit_id)[1:] if unit_id else np.ones(len(units), bool)
    seen = [scope.everything or identifier in scope.unit_ids for identifier in units.ids]
    shown = [code for code in range(len(units)) if inside[code] and seen[code]]
    of_type = [code for code in shown if units.types[code] == unit_type]
    return of_type or shown


def _counts(card: Scorecard, codes: list[int]) -> dict[str, int]:
    counts = Counter(card.grade(code) for code in codes)
    return {grade: counts[grade] for grade in card.rules.grades}


def _movers(before: Scorecard, now: Scorecard, codes: list[int], frame: Frame) -> list[Mover]:
    scored = [code for code in codes if before.grade(code) and now.grade(code)]
    moved = [code for code in scored if before.grade(code) != now.grade(code)]
    moved.sort(key=lambda code: now.scores.final[code] - before.scores.final[code])
    return [_mover(before, now, code, frame) for code in moved[:MOVERS_SHOWN]]


def _mover(before: Scorecard, now: Scorecard, code: int, frame: Frame) -> Mover:
    def shown_of(card: Scorecard) -> str:
        return shown(card.scores.final[code], card.grade(code), card.rules.grades)

    return Mover(
        name=frame.names.units[code + 1].short,
        score_from=float(before.scores.final[code]),
        score_to=float(now.scores.final[code]),
        shown_from=shown_of(before),
        shown_to=shown_of(now),
        grade_from=before.grade(code),
        grade_to=now.grade(code),
    )
