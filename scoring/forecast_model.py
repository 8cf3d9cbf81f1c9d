"""What the forecast learns from history: how long reports stay open, how many come, and how far both err."""

from dataclasses import dataclass

import numpy as np

from scoring.arrivals_model import Arrivals, fit_arrivals
from scoring.durations import SHRINK_EVENTS, Durations, Spells, fit_durations
from scoring.effort import type_codes
from scoring.membership import done_at, held
from scoring.reports import MICROSECONDS_PER_HOUR, NEVER, Reports
from scoring.rules import Rules

COHORT_HOURS = 4 * 7 * 24
RESPONSE_SHRINK_REPORTS = 20


@dataclass(frozen=True, eq=False)
class Model:
    """Fitted to reports known at `as_of_us`, whole since `since_us`. Arrays over units.

    `pace_variance` relative variance of a unit's hazard in the month to come; `seen` int64 reports it rests on;
    `responded` share answered within the limit of the rules, None without a limit.
    """

    units: tuple[str, ...]
    categories: tuple[str, ...]
    as_of_us: int
    since_us: int
    durations: Durations
    arrivals: Arrivals
    pace_variance: np.ndarray
    seen: np.ndarray
    responded: np.ndarray | None


def fit(history: Reports, rules: Rules, as_of_us: int, since_us: int) -> Model:
    """Learn from every report entered since `since_us` and whatever older ones there are; nothing after `as_of_us`.

    Times are microseconds UTC. Deterministic, and the order of the rows does not matter. Raises ValueError when the
    history is empty.
    """
    rows = _usable(history, rules, as_of_us, since_us)
    if as_of_us <= since_us or not len(rows):
        raise ValueError("no reports between since and as_of: there is nothing to learn from")
    units, categories = len(rows.units), len(rows.category_names)
    spells = _spells(rows, rules, as_of_us, since_us)
    durations = fit_durations(spells, type_codes(rows.units.types), categories)
    recent = rows.only(rows.entered >= since_us)
    codes = (recent.unit, recent.category)
    return Model(
        units=rows.units.ids,
        categories=rows.category_names,
        as_of_us=as_of_us,
        since_us=since_us,
        durations=durations,
        arrivals=fit_arrivals(*codes, recent.entered, since_us, as_of_us, units, categories),
        pace_variance=_pace_variance(spells, durations, rows.entered) + 1 / (durations.completions + SHRINK_EVENTS),
        seen=np.bincount(recent.unit, minlength=units),
        responded=_responded(recent, rules, units),
    )


def history_start(reports: Reports, earliest_us: int) -> int:
    """First instant (microseconds) of the history at hand: all but one in a thousand came in after it.

    A few old or misdated rows do not make a history longer. `earliest_us`: nothing before it is whole.
    """
    entered = reports.entered[reports.entered >= earliest_us]
    return int(np.quantile(entered, 0.001, method="lower")) if len(entered) else earliest_us


def _usable(history: Reports, rules: Rules, as_of_us: int, since_us: int) -> Reports:
    """Rows known at `as_of_us` and under risk after `since_us`, in one order whatever order they came in."""
    known = (history.unit >= 0) & (history.entered < as_of_us) & ~held(history, rules)
    rows = history.only(known & (done_at(history, rules) > since_us))
    return rows.only(np.lexsort((rows.completed, rows.entered, rows.category, rows.unit)))


def _spells(rows: Reports, rules: Rules, as_of_us: int, since_us: int) -> Spells:
    done = done_at(rows, rules)
    end = np.minimum(done, as_of_us)
    return Spells(
        unit=rows.unit,
        category=rows.category,
        start_hours=np.maximum(since_us - rows.entered, 0) / MICROSECONDS_PER_HOUR,
        end_hours=np.maximum(end - rows.entered, 0) / MICROSECONDS_PER_HOUR,
        completed=done <= as_of_us,
    )


def _pace_variance(spells: Spells, durations: Durations, entered_us: np.ndarray) -> float:
    """Relative variance beyond chance of a unit's completions among the reports of four weeks of entry."""
    ages = (spells.start_hours, spells.end_hours)
    before, after = (durations.cumulative(spells.unit, spells.category, age) for age in ages)
    cohort = (entered_us - entered_us.min()) // (COHORT_HOURS * MICROSECONDS_PER_HOUR)
    cells = spells.unit.astype(np.int64) * (cohort.max() + 1) + cohort
    expected = np.bincount(cells, after - before)
    seen = np.bincount(cells, spells.completed)
    excess = np.sum((seen - expected) ** 2 - expected) / max(np.sum(expected**2), 1.0)
    return max(float(excess), 0.0)


def _responded(recent: Reports, rules: Rules, units: int) -> np.ndarray | None:
    """Share answered within the limit, shrunk towards that of all units."""
    if rules.response_limit_hours is None:
        return None
    answered = np.minimum(recent.first_response, recent.completed)
    in_time = (answered != NEVER) & (answered - recent.entered <= rules.response_limit_hours * MICROSECONDS_PER_HOUR)
    counts, totals = np.bincount(recent.unit, in_time, units), np.bincount(recent.unit, minlength=units)
    of_all = counts.sum() / max(totals.sum(), 1)
    return (counts + RESPONSE_SHRINK_REPORTS * of_all) / (totals + RESPONSE_SHRINK_REPORTS)
