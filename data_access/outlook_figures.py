"""What the outlook says of all units at once. Arrays are read-only: every viewer looks at the same ones."""

from dataclasses import dataclass, fields
from datetime import datetime

import numpy as np

from scoring.periods import Period


class Published:
    """Figures that nobody changes any more."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, np.ndarray):
                value.setflags(write=False)


@dataclass(frozen=True, eq=False)
class PeriodOutlook(Published):
    """Of an open period, over the engine's units (code = frame code - 1). All scores are standings; NaN: none.

    `as_of`: of the state it was computed from. `final` (units, 5): P10 P25 P50 P75 P90 at the cut-off, `grades`
    (units, grades of the rules) probabilities, `fan` (units, times, 5) at `times_us`, the last one the cut-off;
    `reason` per unit why there is no forecast (scoring.forecast), None when there is one. `expected_new` (units,)
    reports still expected until the end of the month, 0 once it has passed; of an aggregate the sum of those it looks
    at. `past` (units, times): the standing, by the present rows, at `past_times_us`: the end of each day (WIB) of the
    period up to yesterday, then as_of; `previous` the same for the period before, up to its cut-off. `best` (units,)
    the best reachable at the cut-off with the reports that are open now; of an aggregate, when every unit it looks at
    reaches its own. `own_best` (units,): the best own score of each, of an aggregate with the reports it holds itself.
    """

    period: Period
    as_of: datetime
    unit_ids: tuple[str, ...]
    final: np.ndarray
    grades: np.ndarray
    times_us: np.ndarray
    fan: np.ndarray
    reason: tuple[str | None, ...]
    expected_new: np.ndarray
    past_times_us: np.ndarray
    past: np.ndarray
    previous_times_us: np.ndarray
    previous: np.ndarray
    best: np.ndarray
    own_best: np.ndarray


@dataclass(frozen=True, eq=False)
class Month(Published):
    """A month of the history, decided at its cut-off; an open one (`closed` false) as it stands.

    `final` (units,) standings; `total` int64 (units,) reports in the period, of an aggregate the sum of those it
    looks at.
    """

    period: Period
    final: np.ndarray
    total: np.ndarray
    closed: bool


@dataclass(frozen=True, eq=False)
class PlanOutlook(Published):
    """Of one unit if the reports of its plan were completed now: chance per grade, `final` (5,), `fan` (times, 5)."""

    grades: np.ndarray
    final: np.ndarray
    times_us: np.ndarray
    fan: np.ndarray


@dataclass(frozen=True, eq=False)
class Outlook:
    """`periods`: the open ones, the one closing first. `months`: 12 closed ones and the open ones, oldest first.

    There are fewer months where the CRM has fewer.
    """

    as_of: datetime
    periods: tuple[PeriodOutlook, ...]
    months: tuple[Month, ...]

    def of(self, period: Period) -> PeriodOutlook | None:
        """The outlook of a period; None when it is not open."""
        return next((found for found in self.periods if found.period == period), None)
