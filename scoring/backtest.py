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

FIRST, MEDIAN, LAST = 0, 2, -1  # positions in forecast.QUANTILES; first and last are the ends of the 80 % band
TOUCHING = 1e-9  # points: a score on the end of the band is inside


@dataclass(frozen=True, eq=False)
class Outcome:
    """One period asked at one instant; one row per unit with a forecast and a score at the end.

    `inside` bool: the score fell into the 80 % band; `width` of the band in points. (rows, grades): `chance` the
    probability of each grade, `happened` 0 or 1; baselines `stays` (the grade of the score as it stood) and `before`
    (the grade of the month before as it stood), all 0 where there was none. `error` points by which the median missed,
    `error_stays` the score as it stood (NaN without one). `silent`: units with a score at the end, but no forecast.
    """

    period: Period
    as_of: datetime
    types: np.ndarray
    inside: np.ndarray
    width: np.ndarray
    chance: np.ndarray
    happened: np.ndarray
    stays: np.ndarray
    before: np.ndarray
    error: np.ndarray
    error_stays: np.ndarray
    silent: int


@dataclass(frozen=True, eq=False)
class Moves:
    """Reports that changed hands, the latest first: `row` position in the reports, `at_us` when, `from_unit` code."""

    row: np.ndarray
    at_us: np.ndarray
    from_unit: np.ndarray


NO_MOVES = Moves(*(np.zeros(0, np.int64) for _ in range(3)))


def known_at(reports: Reports, as_of_us: int, moves: Moves = NO_MOVES) -> Reports:
    """The reports as they stood at `as_of_us`, rebuilt from times and moves: what happened later has not happened.

    Category and a follow-up that was refused later are not in the columns: the present ones stand for them, and where
    `moves` has nothing, the present holder.
    """
    later = moves.at_us > as_of_us
    # Of several moves the earliest is written last: who gave it away then, held it at as_of.
    rows = reports.with_changes(moves.row[later], unit=moves.from_unit[later]).only(reports.entered <= as_of_us)
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
    reports: Reports,
    book: Rulebook,
    period: Period,
    as_of: datetime,
    since_us: int,
    moves: Moves = NO_MOVES,
    paths: int = 1000,
    seed: int = 0,
) -> Outcome:
    """Forecast `period` as it stood at `as_of`, learning from reports since `since_us`, and compare with its end.

    `reports` must be known up to the cut-off of the period at least.
    """
    rules, as_of_us = book.at(period), microseconds(as_of)
    then = known_at(reports, as_of_us, moves)
    now, month_before = (score(then, rules, asked, as_of_us) for asked in (period, period.previous))
    foreseen = forecast(now, fit(then, rules, as_of_us, since_us), paths, seed, fan=False)
    cutoff = rules.cutoff_us(period)
    end = score(known_at(reports, cutoff, moves), rules, period, cutoff).scores
    ended, spoken = ~np.isnan(end.final), ~np.isnan(foreseen.final[:, MEDIAN])
    rows = np.flatnonzero(ended & spoken)
    low, median, high = foreseen.final[rows][:, [FIRST, MEDIAN, LAST]].T
    letter = np.vstack([np.eye(len(rules.grades)), np.zeros(len(rules.grades))])  # code -1, no score: the last row
    return Outcome(
        period=period,
        as_of=as_of,
        types=np.array(reports.units.types, object)[rows],
        inside=(end.final[rows] >= low - TOUCHING) & (end.final[rows] <= high + TOUCHING),
        width=high - low,
        chance=foreseen.grades[rows],
        happened=letter[end.grade[rows]],
        stays=letter[now.scores.grade[rows]],
        before=letter[month_before.scores.grade[rows]],
        error=np.abs(median - end.final[rows]),
        error_stays=np.abs(now.scores.final[rows] - end.final[rows]),
        silent=int(np.sum(ended & ~spoken)),
    )
