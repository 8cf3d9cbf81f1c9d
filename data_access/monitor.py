"""One unit in one period: everything the panels of Monitor TKD read, gathered once."""

from dataclasses import dataclass

import numpy as np

from data_access import outlook
from data_access.frame import microseconds
from data_access.live import State
from data_access.outlook import Outlook, PeriodOutlook
from data_access.scope import Scope
from data_access.scorecards import scorecard
from scoring import periods
from scoring.aggregates import Aggregate, aggregate, units_below
from scoring.grades import grade_of, shown
from scoring.periods import Period
from scoring.score import Scorecard
from scoring.standings import is_aggregate, looked_at, standing_shares, standings


@dataclass(frozen=True, eq=False)
class Reading:
    """`unit` is the engine's code. `standings` float64 over units: what the monitor shows as scores, NaN for none."""

    state: State
    period: Period
    unit_id: str
    unit: int
    card: Scorecard
    standings: np.ndarray
    outlook: PeriodOutlook | None
    outlook_of_all: Outlook | None
    query: dict[str, str]

    @property
    def final(self) -> float | None:
        """The unrounded standing, None without one."""
        value = float(self.standings[self.unit])
        return None if value != value else value

    @property
    def grade(self) -> str | None:
        return None if self.final is None else grade_of(self.final, self.card.rules.grades)

    @property
    def is_aggregate(self) -> bool:
        """Its standing rests on the units below it."""
        return is_aggregate(self.unit, self.card.reports.units, self.card.rules)

    @property
    def aggregate(self) -> Aggregate:
        """Own score and mean below, of a unit that is an aggregate."""
        return aggregate(self.unit, self.card.scores.final, self.card.reports.units, self.card.rules)

    @property
    def units_read(self) -> tuple[int, ...]:
        """Codes of the units whose reports stand behind the standing: itself, and those its aggregate looks at."""
        if not self.is_aggregate:
            return (self.unit,)
        rule = self.card.rules.aggregates[self.card.reports.units.types[self.unit]]
        own = (self.unit,) if rule.own else ()
        return (*own, *units_below(self.unit, self.card.reports.units, rule))

    @property
    def shares(self) -> dict[int, float]:
        """Scored unit behind the standing -> what a point of its own score adds to the standing."""
        return standing_shares(self.unit, self.card.scores.final, self.card.reports.units, self.card.rules)

    @property
    def best_grade(self) -> str:
        """The highest grade of the rules."""
        return next(iter(self.card.rules.grades))

    @property
    def closed(self) -> bool:
        """The cut-off has passed."""
        return self.state.as_of >= self.period.cutoff

    def shown(self, value: float) -> str:
        """A score in words, two decimals that never contradict its grade."""
        grades = self.card.rules.grades
        return shown(value, grade_of(value, grades), grades)

    def name(self, unit: int) -> str:
        """A unit's name short enough for a row."""
        return self.state.frame.names.holder(unit + 1)


def reading(scope: Scope, state: State, period: Period, unit_id: str, query: dict[str, str]) -> Reading | None:
    """None when the unit is not known, or it or a unit its standing rests on, which it shows, is not in the scope.

    Raises DatabaseUnavailable when the month cannot be read.
    """
    code = state.frame.names.unit_code(unit_id)
    if not code or not (scope.everything or unit_id in scope.unit_ids):
        return None
    card = scorecard(state, period, microseconds(state.as_of))
    units, rules = card.reports.units, card.rules
    unit = units.ids.index(unit_id)
    rests_on = {units.ids[code] for code in looked_at(unit, units, rules)}
    if not (scope.everything or rests_on <= scope.unit_ids):
        return None
    newest = outlook.current()
    return Reading(
        state=state,
        period=period,
        unit_id=unit_id,
        unit=unit,
        card=card,
        standings=standings(card.scores.final, units, rules),
        outlook=newest.of(period) if newest else None,
        outlook_of_all=newest,
        query=query,
    )


def asked(scope: Scope, state: State, query: dict[str, str]) -> Reading | None:
    """The reading a checked query means: of `unit` in `periode`, else in the period that closes first."""
    period = periods.parse(query["periode"]) if "periode" in query else periods.open_at(state.as_of)[0]
    return reading(scope, state, period, query.get("unit", ""), query)
