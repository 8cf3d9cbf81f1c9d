"""TKD scores from the live frame: the engine's rules over the reports of a period, and how the grades are spread."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

import numpy as np

from data_access import past
from data_access.engine import DatabaseUnavailable
from data_access.frame import Frame, microseconds
from data_access.live import State
from data_access.months import reading_of
from data_access.scope import Scope
from data_access.scored_reports import RULEBOOK, reports_of
from data_access.tickets import Ticket
from scoring import rulebook
from scoring.grades import shown
from scoring.periods import Period
from scoring.reports import Reports, Units
from scoring.score import Scorecard, score

A_DAY = timedelta(days=1)
MOVERS_SHOWN = 4
KEPT = 8


@dataclass(frozen=True)
class Mover:
    """A unit whose grade changed since a day ago, at the full hour."""

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
    yesterday = _yesterday(state, period)
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


def _yesterday(state: State, period: Period) -> Scorecard:
    """A day ago, at the full hour so that one reading lasts an hour; from present rows when the database is away."""
    hour = (state.as_of - A_DAY).replace(minute=0, second=0, microsecond=0)
    try:
        return past.card_at(state, period, hour).card
    except DatabaseUnavailable:
        return scorecard(state, period, microseconds(hour))


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
