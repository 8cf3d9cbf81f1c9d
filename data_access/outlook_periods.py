"""The outlook of the open periods, computed from one state of the data: for all units, in one go."""

from collections.abc import Sequence

import numpy as np

from data_access.frame import MICROSECONDS_PER_DAY, MICROSECONDS_PER_HOUR, microseconds
from data_access.live import State
from data_access.outlook_figures import Month, Outlook, PeriodOutlook, PlanOutlook
from data_access.outlook_months import month_of, sums
from data_access.scorecards import scorecard
from data_access.scored_reports import RULEBOOK
from scoring import periods, rulebook
from scoring.forecast import QUANTILES, SHORT_HISTORY, Forecast
from scoring.forecast_model import Model
from scoring.forecast_standings import forecast_if_completed, forecast_standings
from scoring.periods import Period
from scoring.plan import NEAR, plan_of
from scoring.plan_best import best_values, problem
from scoring.plan_open import facts_if_completed, open_rows
from scoring.reports import Reports
from scoring.score import Scorecard, score
from scoring.standings import standings


def compute(state: State, model: Model | None, months: Sequence[Month]) -> Outlook:
    """The outlook of the periods open at the state's as_of, after the closed `months`.

    Raises ValueError when the model is of other units or categories than the state.
    """
    as_of_us = microseconds(state.as_of)
    cards = [scorecard(state, period, as_of_us) for period in periods.open_at(state.as_of)]
    found = tuple(_period(card, state, model) for card in cards)
    return Outlook(state.as_of, found, (*months, *(month_of(card, closed=False) for card in cards)))


def if_completed(state: State, model: Model, period: Period, unit: int, numbers: Sequence[str]) -> PlanOutlook:
    """The forecast of a unit that is no aggregate if these of its reports were completed at the state's as_of.

    Numbers that are not open there, such as of a report that came in since, change nothing.
    """
    found = forecast_if_completed(scorecard(state, period, microseconds(state.as_of)), model, unit, numbers)
    return PlanOutlook(grades=found.grades[0], final=found.final[0], times_us=found.times_us, fan=found.fan[0])


def _period(card: Scorecard, state: State, model: Model | None) -> PeriodOutlook:
    units = card.reports.units
    foreseen = _silent(card) if model is None else forecast_standings(card, model)
    past_times_us, past = past_days(card.reports, card.period, card.as_of_us)
    previous_times_us, previous = past_days(card.reports, card.period.previous, card.as_of_us)
    own_best = best_reachable(card)
    return PeriodOutlook(
        period=card.period,
        as_of=state.as_of,
        unit_ids=units.ids,
        final=foreseen.final,
        grades=foreseen.grades,
        times_us=foreseen.times_us,
        fan=foreseen.fan,
        reason=foreseen.reason,
        expected_new=sums(_expected_new(card, model), units, card.rules),
        past_times_us=past_times_us,
        past=past,
        previous_times_us=previous_times_us,
        previous=previous,
        best=standings(own_best, units, card.rules),
        own_best=own_best,
    )


def past_days(reports: Reports, period: Period, as_of_us: int) -> tuple[np.ndarray, np.ndarray]:
    """(instants, standings (units, instants)): each end of a day in the period up to its cut-off, the last as_of."""
    rules = rulebook.load(RULEBOOK).at(period)
    last_us = min(as_of_us, rules.cutoff_us(period))
    first_us = microseconds(period.start) + MICROSECONDS_PER_DAY
    times_us = np.append(np.arange(first_us, last_us, MICROSECONDS_PER_DAY), last_us)
    finals = [score(reports, rules, period, time_us).scores.final for time_us in times_us.tolist()]
    return times_us, standings(np.stack(finals, axis=1), reports.units, rules)


def best_reachable(card: Scorecard) -> np.ndarray:
    """Own scores (units,) after the best set of open reports is completed at the card's as_of: `plan.Plan.best`."""
    best, rows = card.scores.final.copy(), open_rows(card)
    gains, holders = facts_if_completed(card, rows, card.as_of_us), card.facts.unit[rows]
    limits = np.array(list(card.rules.grades.values())[:-1])
    for unit in np.unique(holders).tolist():
        mine = np.flatnonzero(holders == unit)
        value = best_values(problem(card, unit, rows[mine], gains.only(mine))).max()
        # So near a limit the float may stand on its wrong side; the plan decides by fractions.
        near = (np.abs(limits - value) < NEAR).any()
        best[unit] = plan_of(card, unit, card.rules.full_score).best if near else value
    return best


def _expected_new(card: Scorecard, model: Model | None) -> np.ndarray:
    """Reports (units,) still to come in the month of the period."""
    end_us = microseconds(card.period.end)
    if model is None or card.as_of_us >= end_us:
        return np.zeros(len(card.reports.units))
    edges_us = np.append(np.arange(card.as_of_us, end_us, MICROSECONDS_PER_HOUR), end_us)
    return model.arrivals.expected(edges_us).sum(axis=1)


def _silent(card: Scorecard) -> Forecast:
    """The forecast of a CRM that nothing can be learnt from."""
    units, grades = len(card.reports.units), len(card.rules.grades)
    return Forecast(
        units=np.arange(units),
        final=np.full((units, len(QUANTILES)), np.nan),
        grades=np.full((units, grades), np.nan),
        scored=np.zeros(units),
        times_us=np.array([card.rules.cutoff_us(card.period) - 1]),
        fan=np.full((units, 1, len(QUANTILES)), np.nan),
        reason=(SHORT_HISTORY,) * units,
        paths=0,
        seed=0,
    )
