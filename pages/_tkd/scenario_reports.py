"""The reports a scenario can speak of: those still open, in the order of the tier clock, and those done."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from data_access.monitor import Reading
from scoring.plan_open import facts_if_completed, open_rows
from scoring.reports import MICROSECONDS_PER_HOUR, NEVER, Reports
from scoring.score import Scorecard
from scoring.tier_clock import bound_instants, next_drops

MINUTE_US = 60_000_000


@dataclass(frozen=True, eq=False)
class Desk:
    """A reading, and the units (codes) behind its standing.

    `open_rows` int64: rows of the card's facts, by next drop, then number; `drop_us` (NEVER for none), `tier_now`
    int64 beside them. `done_rows`: complete ones, the newest completion first.
    """

    reading: Reading
    units: tuple[int, ...]
    open_rows: np.ndarray
    drop_us: np.ndarray
    tier_now: np.ndarray
    done_rows: np.ndarray

    @property
    def card(self) -> Scorecard:
        return self.reading.card

    @property
    def cutoff_us(self) -> int:
        return self.card.rules.cutoff_us(self.reading.period)

    @property
    def soon_us(self) -> int:
        """In an hour, to the minute, before the cut-off."""
        soon_us = (self.card.as_of_us + MICROSECONDS_PER_HOUR + MINUTE_US // 2) // MINUTE_US * MINUTE_US
        return min(soon_us, self.cutoff_us - MINUTE_US)

    def reports(self, rows: np.ndarray) -> Reports:
        """The reports at rows of the card's facts."""
        return self.card.reports.only(self.card.membership.positions[rows])

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Number -> row of the card's facts, of every report of the units in the period."""
        rows = np.flatnonzero(np.isin(self.card.facts.unit, self.units))
        return dict(zip(self.reports(rows).number.tolist(), rows.tolist(), strict=True))

    @cached_property
    def tick_us(self) -> np.ndarray:
        """int64 beside `open_rows`: when a tick has each completed: a minute before its next drop, else soon."""
        before = (self.drop_us - MINUTE_US) // MINUTE_US * MINUTE_US
        in_time = (self.drop_us < NEVER) & (before > self.card.as_of_us)
        return np.where(in_time, np.minimum(before, self.cutoff_us - MINUTE_US), self.soon_us)

    def tiers_at(self, rows: np.ndarray, at_us: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(tier value if completed then, the last limit passed by then or NEVER), int64 per open row."""
        bounds = bound_instants(self.reports(rows), self.card.rules)
        passed = np.where(bounds <= at_us, bounds, -1).max(axis=0)
        return facts_if_completed(self.card, rows, at_us).tier, np.where(passed < 0, NEVER, passed)


def desk(reading: Reading) -> Desk:
    """The open and the done reports of a reading whose period is not closed."""
    card, units = reading.card, reading.units_read
    rows = open_rows(card)
    rows = rows[np.isin(card.facts.unit[rows], units)]
    reports = card.reports.only(card.membership.positions[rows])
    drop_us, tier_now, _after = next_drops(reports, card.rules, card.as_of_us)
    order = np.lexsort((reports.number.astype(str), drop_us))
    done = np.flatnonzero(card.facts.complete & np.isin(card.facts.unit, units))
    newest = np.argsort(-card.reports.completed[card.membership.positions[done]], kind="stable")
    return Desk(reading, units, rows[order], drop_us[order], tier_now[order], done[newest])
