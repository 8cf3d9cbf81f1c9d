"""How right the forecast was: past months forecast with what was known then, compared with how they ended."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from scoring.forecast import forecast
from scoring.forecast_model import fit
from scoring.periods import Period
from scoring.reports import NEVER, STATUS_CODES, Reports, microseconds
from scoring.rulebook import Rulebook
from scoring.score import score

HISTORY_MONTHS = 12  # before each forecast, as far as there are so many
FIRST, LAST = 0, -1  # positions in forecast.QUANTILES: the ends of the 80 % band


@dataclass(frozen=True, eq=False)
class Outcome:
    """One period asked at one instant; one row per unit with a forecast and a score at the end.

    `inside` bool: the score fell into the 80 % band; `width` of the band in points; `chance`, `happened` (rows, grades)
    probability and 0 or 1; `stays` (rows, grades): 1 for the grade of the score as it stood then, the baseline.
    `error`, `error_stays`: points by which the median, and the score as it stood, missed. `silent`: without a forecast.
    """

    period: Period
    as_of: datetime
    types: np.ndarray
    inside: np.ndarray
    width: np.ndarray
    chance: np.ndarray
    happened: np.ndarray
    stays: np.ndarray
    error: np.ndarray
    error_stays: np.ndarray
    silent: int


def known_at(reports: Reports, as_of_us: int) -> Reports:
    """The reports as they stood at `as_of_us`, rebuilt from their times: what happened later has not happened.

    The holder, the category and the present follow-up are taken as they are now: earlier ones are not in the columns.
    """
    rows = reports.only(reports.entered <= as_of_us)
    later = rows.completed > as_of_us
    waits = ~later & (rows.validated > as_of_us) & (rows.status == STATUS_CODES["selesai"]) & (rows.validated != NEVER)
    closed = np.isin(rows.status, [STATUS_CODES["selesai"], STATUS_CODES["menunggu_validasi"]])
    rows = rows.with_changes(later & closed, status=STATUS_CODES["proses"])
    rows = rows.with_changes(waits, status=STATUS_CODES["menunggu_validasi"])
    for name in ("completed", "validated", "received", "first_response"):
        rows = rows.with_changes(getattr(rows, name) > as_of_us, **{name: NEVER})
    unopened = rows.ticket_opened > as_of_us
    return rows.with_changes(unopened, ticket_opened=NEVER, ticket_commitment=NEVER, ticket_limit=NEVER)


def outcome(
    reports: Reports, book: Rulebook, period: Period, as_of: datetime, since: datetime, paths: int, seed: int
) -> Outcome:
    """Forecast `period` as it stood at `as_of`, learning from reports since `since`, and compare with its end.

    `reports` must be known up to the cut-off of the period at least.
    """
    rules, as_of_us = book.at(period), microseconds(as_of)
    then = known_at(reports, as_of_us)
    model = fit(then, rules, as_of_us, microseconds(since))
    card = score(then, rules, period, as_of_us)
    foreseen = forecast(card, model, paths, seed, fan=False)
    end = score(reports, rules, period, rules.cutoff_us(period)).scores
    spoken = ~np.isnan(foreseen.final[:, 0])
    rows = np.flatnonzero(spoken & ~np.isnan(end.final))
    final, now = end.final[rows], card.scores
    one_hot = np.vstack([np.eye(len(rules.grades)), np.zeros(len(rules.grades))])  # no score yet: the last row
    low, high = foreseen.final[rows, FIRST], foreseen.final[rows, LAST]
    return Outcome(
        period=period,
        as_of=as_of,
        types=np.array(reports.units.types, object)[rows],
        inside=(final >= low - 1e-9) & (final <= high + 1e-9),
        width=high - low,
        chance=foreseen.grades[rows],
        happened=one_hot[end.grade[rows]],
        stays=one_hot[now.grade[rows]],
        error=np.abs(foreseen.final[rows, 2] - final),
        error_stays=np.abs(now.final[rows] - final),
        silent=int(np.sum(~spoken & ~np.isnan(end.final))),
    )
