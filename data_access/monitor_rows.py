"""The score of every unit in a period with what moved, what is expected and what is left: the list of Monitor TKD."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np

from data_access import outlook, past
from data_access.engine import DatabaseUnavailable
from data_access.frame import instant, microseconds
from data_access.live import State
from data_access.outlook_figures import PeriodOutlook
from data_access.outlook_months import sums
from data_access.scope import Scope
from data_access.scorecards import scorecard
from scoring.grades import grade_codes
from scoring.periods import Period
from scoring.reports import Units
from scoring.rules import Rules
from scoring.score import Scorecard
from scoring.standings import standings, tree

A_DAY = timedelta(days=1)
EVEN = 0.5  # from this chance on an A is more likely than not
SORTS = ("nama", "nilai", "gerak", "bulan", "peluang", "laporan", "sisa")


@dataclass(frozen=True, eq=False)
class UnitColumns:
    """Arrays over the engine's units (code = frame code - 1), read-only.

    `standing` float64, NaN without one; `grade` int8, the position in `rules.grades`, -1 without one;
    `since_yesterday`, `since_month` float64 points against the same full hour of yesterday and the final standing of
    the month before; `chance` float64 of the best grade at the cut-off (0 to 1), `reason` why there is none, None when
    it is not computed yet; `reports`, `left` int64: all of the period and those not complete, of an aggregate the sums
    over the units it looks at; `rests_on`, `rests_of` int64: how many scored units, of how many, an aggregate
    averages, 0 for a unit that is none.
    """

    period: Period
    units: Units
    rules: Rules
    closed: bool
    yesterday_at: datetime | None
    standing: np.ndarray
    grade: np.ndarray
    since_yesterday: np.ndarray
    since_month: np.ndarray
    chance: np.ndarray
    reason: tuple[str | None, ...]
    reports: np.ndarray
    left: np.ndarray
    rests_on: np.ndarray
    rests_of: np.ndarray


@dataclass(frozen=True)
class Summary:
    """Of some units: how many have a score, the best grade, and more likely than not lose or win it at the cut-off.

    `up`, `down`: codes of those that rose and fell most since yesterday, None when nobody did.
    """

    scored_count: int
    best_count: int
    losing_count: int
    winning_count: int
    up: int | None
    down: int | None


def unit_columns(state: State, period: Period) -> UnitColumns:
    """What the list shows of all units in `period`. Raises DatabaseUnavailable when the month cannot be read."""
    as_of_us = microseconds(state.as_of)
    closed = state.as_of >= period.cutoff
    card = scorecard(state, period, as_of_us)
    month = _or_none(lambda: scorecard(state, period.previous, as_of_us))
    yesterday = None if closed else _or_none(lambda: _yesterday(state, period))
    newest = outlook.current()
    return _columns(card, closed, yesterday, month, newest.of(period) if newest and not closed else None)


def seen(scope: Scope, columns: UnitColumns) -> np.ndarray:
    """bool per unit: the scope may see it."""
    return np.array([scope.everything or unit_id in scope.unit_ids for unit_id in columns.units.ids], bool)


def in_order(
    columns: UnitColumns, codes: Sequence[int], names: Sequence[str], sort: str, descending: bool
) -> list[int]:
    """`codes` by one of SORTS; units without reports or without a value last, equal ones by name (`names` by code)."""
    values = sort_values(columns, sort)
    silent = columns.reports == 0

    def key(code: int) -> tuple:
        value = 0.0 if values is None else float(values[code])
        known = value == value
        rank = (-value if descending else value) if known else 0.0
        return bool(silent[code]), not known, rank, names[code]

    if values is None and descending:  # names backwards, and those without reports still last
        by_name = sorted(codes, key=lambda code: names[code], reverse=True)
        return sorted(by_name, key=lambda code: bool(silent[code]))
    return sorted(codes, key=key)


def sort_values(columns: UnitColumns, sort: str) -> np.ndarray | None:
    """The column of a name of SORTS, None for 'nama'."""
    return {
        "nilai": columns.standing,
        "gerak": columns.since_yesterday,
        "bulan": columns.since_month,
        "peluang": columns.chance,
        "laporan": columns.reports,
        "sisa": columns.left,
    }.get(sort)


def summary(columns: UnitColumns, codes: Sequence[int]) -> Summary:
    """How the units at `codes` stand together."""
    at = np.array(codes, np.int64)
    grade, chance, moved = columns.grade[at], columns.chance[at], columns.since_yesterday[at]
    best = grade == 0
    known = ~np.isnan(chance)
    ranked = at[np.argsort(np.where(np.isnan(moved), 0, moved), kind="stable")]
    return Summary(
        scored_count=int((grade >= 0).sum()),
        best_count=int(best.sum()),
        losing_count=int((best & known & (chance < EVEN)).sum()),
        winning_count=int(((grade > 0) & known & (chance >= EVEN)).sum()),
        up=_mover(columns, ranked[::-1], 1),
        down=_mover(columns, ranked, -1),
    )


def _mover(columns: UnitColumns, ranked: np.ndarray, sign: int) -> int | None:
    first = int(ranked[0]) if len(ranked) else None
    return first if first is not None and columns.since_yesterday[first] * sign >= 0.005 else None


def _or_none(read: Callable[[], Scorecard | None]) -> Scorecard | None:
    """A comparison that cannot be read leaves its column empty; the list itself stays."""
    try:
        return read()
    except DatabaseUnavailable:
        return None


def _yesterday(state: State, period: Period) -> Scorecard | None:
    """The scores of the same full hour of yesterday: one reading serves the hour. None before the period began."""
    at = (state.as_of - A_DAY).replace(minute=0, second=0, microsecond=0)
    return past.card_at(state, period, at).card if at > period.start else None


@lru_cache(maxsize=4)
def _columns(
    card: Scorecard,
    closed: bool,
    yesterday: Scorecard | None,
    month: Scorecard | None,
    foreseen: PeriodOutlook | None,
) -> UnitColumns:
    units, rules = card.reports.units, card.rules
    standing = standings(card.scores.final, units, rules)
    chance, reason = _chance(foreseen, units)
    rests_on, rests_of = _rests(card)
    columns = {
        "standing": standing,
        "grade": grade_codes(standing, rules.grades),
        "since_yesterday": standing - _standing_of(yesterday, units),
        "since_month": standing - _standing_of(month, units),
        "chance": chance,
        "reports": sums(card.tally.total, units, rules),
        "left": sums(card.tally.total - card.tally.complete, units, rules),
        "rests_on": rests_on,
        "rests_of": rests_of,
    }
    for column in columns.values():
        column.setflags(write=False)
    at = None if yesterday is None else instant(yesterday.as_of_us)
    return UnitColumns(card.period, units, rules, closed, at, reason=reason, **columns)


def _standing_of(card: Scorecard | None, units: Units) -> np.ndarray:
    if card is None:
        return np.full(len(units), np.nan)
    return _placed(standings(card.scores.final, card.reports.units, card.rules), card.reports.units.ids, units)


def _placed(values: np.ndarray, ids: tuple[str, ...], units: Units) -> np.ndarray:
    """Values of the units `ids` at the places of `units`; NaN for one that was not there."""
    if ids == units.ids:
        return values
    known = dict(zip(ids, values.tolist(), strict=True))
    return np.array([known.get(unit_id, np.nan) for unit_id in units.ids])


def _chance(foreseen: PeriodOutlook | None, units: Units) -> tuple[np.ndarray, tuple[str | None, ...]]:
    if foreseen is None:
        return np.full(len(units), np.nan), (None,) * len(units)
    reason = dict(zip(foreseen.unit_ids, foreseen.reason, strict=True))
    return _placed(foreseen.grades[:, 0].copy(), foreseen.unit_ids, units), tuple(map(reason.get, units.ids))


def _rests(card: Scorecard) -> tuple[np.ndarray, np.ndarray]:
    found = tree(card.reports.units, card.rules)
    on, of = (np.zeros(len(card.reports.units), np.int64) for _ in range(2))
    on[found.codes] = found.looks_at @ ~np.isnan(card.scores.final)
    of[found.codes] = found.looks_at.sum(axis=1)
    return on, of
