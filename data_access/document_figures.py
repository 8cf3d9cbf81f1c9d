"""The figures of a month of every unit, counted once for all documents: as the screens and lists count them."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
import psycopg

from data_access import desk_log, freezes
from data_access.completion import entered_in
from data_access.dimensions import Dimensions
from data_access.engine import DatabaseUnavailable
from data_access.frame import Frame, microseconds
from data_access.freezes import Freeze
from data_access.listing_facets import is_completed
from data_access.live import State
from data_access.months import frame_of
from data_access.outlook_months import sums
from data_access.scorecards import scorecard
from data_access.settings import settings
from scoring.grades import grade_of
from scoring.periods import Period
from scoring.rules import Rules
from scoring.standings import standings

KEPT = 30  # months: two years and what they are compared with


@dataclass(frozen=True, eq=False)
class UnitMonth:
    """A month of every unit, by its code in the frame (position 0: unknown units).

    Of the reports entered in the month, each at its holder: `count`, `completed`, `by_category` (units, categories),
    `by_channel` (units, channels), int64. Of the score: `standing` float64 (NaN: none), `scored` int64 reports in it.
    `closed`: the cut-off has passed; `freeze` once the month is frozen: then `standing` is that of the snapshot.
    """

    period: Period
    names: Dimensions
    rules: Rules
    closed: bool
    freeze: Freeze | None
    count: np.ndarray
    completed: np.ndarray
    by_category: np.ndarray
    by_channel: np.ndarray
    standing: np.ndarray
    scored: np.ndarray

    def grade(self, code: int) -> str | None:
        """The grade of a unit, None without a score."""
        value = float(self.standing[code])
        return None if value != value else grade_of(value, self.rules.grades)

    @property
    def stamp(self) -> str:
        """What the scores are: FINAL once frozen."""
        return "FINAL" if self.freeze else "SEMENTARA"

    @property
    def decided(self) -> bool:
        """Whether no score of the month moves any more by what is done now."""
        return self.closed or self.freeze is not None


_kept: OrderedDict[tuple, UnitMonth] = OrderedDict()
_lock = threading.Lock()


def unit_month(state: State, period: Period) -> UnitMonth:
    """The figures of `period` as of the state. Raises DatabaseUnavailable when the month cannot be read."""
    key = (settings().crm_dsn, settings().state_dsn, state.revision, period)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = _counted(state, period)
    with _lock:
        _kept[key] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def frozen(period: Period) -> Freeze | None:
    """The freeze of a month. Raises DatabaseUnavailable when the state schema cannot be read."""
    try:
        with desk_log.opened(settings().state_dsn) as connection:
            return freezes.of(connection, period)
    except psycopg.Error as error:
        raise DatabaseUnavailable(f"the state schema cannot be read: {type(error).__name__}") from error


def _counted(state: State, period: Period) -> UnitMonth:
    frame, as_of_us = frame_of(period, state), microseconds(state.as_of)
    card = scorecard(state, period, as_of_us)
    units = card.reports.units
    came = frame.only(entered_in(frame, period, as_of_us))
    names, freeze = frame.names, frozen(period)
    standing = np.append(np.nan, standings(card.scores.final, units, card.rules))
    if freeze:
        values = (freeze.scores.get(unit.unit_id) for unit in names.units)
        standing = np.array([np.nan if value is None else value for value in values])
    return UnitMonth(
        period=period,
        names=names,
        rules=card.rules,
        closed=state.as_of >= period.cutoff,
        freeze=freeze,
        count=np.bincount(came.unit, minlength=len(names.units)),
        completed=np.bincount(came.unit[is_completed(came, as_of_us)], minlength=len(names.units)),
        by_category=_table(came, came.category, len(names.categories)),
        by_channel=_table(came, came.channel, len(names.channels)),
        standing=standing,
        scored=np.append(0, sums(card.tally.total, units, card.rules)),
    )


def _table(frame: Frame, codes: np.ndarray, size: int) -> np.ndarray:
    units = len(frame.names.units)
    flat = np.bincount(frame.unit.astype(np.int64) * size + codes, minlength=units * size)
    return flat.reshape(units, size)
