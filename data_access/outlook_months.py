"""What the outlook learns from the past year: the model of the forecast, and the standings of the closed months."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import psycopg

from data_access import contract, reader, tickets
from data_access.dimensions import Dimensions
from data_access.outlook_figures import Month
from data_access.scored_reports import RULEBOOK, reports_of
from scoring import periods, rulebook
from scoring.backtest_report import HISTORY_MONTHS
from scoring.forecast_model import Model, fit, history_start
from scoring.periods import Period
from scoring.reports import Reports, Units, microseconds
from scoring.rules import Rules
from scoring.score import Scorecard, score
from scoring.standings import standings, tree

MONTHS_BEFORE = 2  # read before the oldest month: what is left over into it, and its tickets


@dataclass(frozen=True, eq=False)
class Learnt:
    """Of reports coded by `names`, while `first_open` was the first open period. `model` None: nothing to learn from.

    `months`: the closed ones, oldest first.
    """

    names: Dimensions
    first_open: Period
    model: Model | None
    months: tuple[Month, ...]


def history(connection: psycopg.Connection, names: Dimensions, as_of: datetime) -> Reports:
    """The reports of the closed months on screen and of the open ones, coded by `names`. Raises psycopg.Error."""
    since = _oldest(as_of).shifted(-MONTHS_BEFORE).start
    usable = contract.usable_columns(connection)
    promised = tickets.since(connection, since, usable)
    rows = reader.live_rows(since, [ticket.report_id for ticket in promised])
    return reports_of(reader.read(connection, rows, names, frozenset(usable["report"])), promised)


def learn(reports: Reports, names: Dimensions, as_of: datetime) -> Learnt:
    """Fit the model and score the closed months, from what `history` read."""
    as_of_us, first_open = microseconds(as_of), periods.open_at(as_of)[0]
    begins_us = history_start(reports, microseconds(_oldest(as_of).shifted(-MONTHS_BEFORE).start))
    if not len(reports):
        return Learnt(names, first_open, model=None, months=())
    model = _model(reports, as_of, begins_us)
    closed = [first_open.shifted(-back) for back in range(HISTORY_MONTHS, 0, -1)]
    months = [_month(reports, period, as_of_us) for period in closed if microseconds(period.end) > begins_us]
    return Learnt(names, first_open, model, tuple(months))


def month_of(card: Scorecard, closed: bool) -> Month:
    """The month of a scorecard."""
    units, rules = card.reports.units, card.rules
    return Month(
        period=card.period,
        final=standings(card.scores.final, units, rules),
        total=sums(card.tally.total, units, rules),
        closed=closed,
    )


def sums(values: np.ndarray, units: Units, rules: Rules) -> np.ndarray:
    """Values (units,) with those of an aggregate replaced by the sum over the units it looks at, as its standing is."""
    found, summed = tree(units, rules), values.copy()
    below = found.looks_at.astype(values.dtype) @ values
    summed[found.codes] = below + np.where(found.own, values[found.codes], 0)
    return summed


def _oldest(as_of: datetime) -> Period:
    return periods.open_at(as_of)[0].shifted(-HISTORY_MONTHS)


def _model(reports: Reports, as_of: datetime, begins_us: int) -> Model | None:
    running = periods.of(as_of)
    since_us = max(begins_us, microseconds(running.shifted(-HISTORY_MONTHS).start))
    try:
        return fit(reports, rulebook.load(RULEBOOK).at(running), microseconds(as_of), since_us)
    except ValueError:  # a CRM without reports: its outlook says that the history is too short
        return None


def _month(reports: Reports, period: Period, as_of_us: int) -> Month:
    return month_of(score(reports, rulebook.load(RULEBOOK).at(period), period, as_of_us), closed=True)
