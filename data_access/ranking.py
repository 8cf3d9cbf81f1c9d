"""How the units of one level stand: what their reports say, their score, how it moved and how sure their rank is."""

from dataclasses import dataclass, replace

import numpy as np

from data_access import outlook
from data_access.completion import entered_in
from data_access.engine import DatabaseUnavailable
from data_access.filters import Filters, narrowed
from data_access.frame import MICROSECONDS_PER_HOUR, Frame, microseconds
from data_access.levels import Level, level
from data_access.listing_facets import is_completed
from data_access.live import State
from data_access.months import frame_of
from data_access.outlook import Outlook
from data_access.scope import Scope
from data_access.scorecards import scorecard
from data_access.waiting import RESPONSE_LIMIT_HOURS
from scoring import periods, rank_interval
from scoring.grades import NO_GRADE, grade_codes
from scoring.periods import Period
from scoring.rank_interval import rank_intervals, ranks
from scoring.rules import Rules
from scoring.score import Scorecard
from scoring.standings import standings

MONTHS_SHOWN = 12
BANDS = ("sedikit", "sedang", "banyak")
NO_RANK = 0


@dataclass(frozen=True, eq=False)
class Figures:
    """Of the reports entered in a month, per unit of a level. Counts int64, hours float64, NaN without any.

    `completed` by as_of; `mean_hours`, `median_hours` from entry to completion; `answered_in_time` within the limit of
    6 hours, of the `answer_due` whose limit has passed or that were answered.
    """

    reports: np.ndarray
    completed: np.ndarray
    mean_hours: np.ndarray
    median_hours: np.ndarray
    answered_in_time: np.ndarray
    answer_due: np.ndarray


@dataclass(frozen=True, eq=False)
class Ranking:
    """Arrays over the units of `level`.

    `standing`, `previous` float64 (NaN: none) of the period and, final, of the month before; `grade` int8 position in
    `rules.grades`; `error` float64 standard error in points; `ranked` bool: has a score and at least `minimum` reports;
    `rank`, `previous_rank`, `best`, `worst` int64, NO_RANK for those not ranked; `band` int8 position in BANDS, by
    `band_limits` (reports up to which it is few, and up to which it is middling); `history` float64 (units, months)
    standings of `months`, the oldest first, None when they are not computed yet.
    """

    period: Period
    rules: Rules
    closed: bool
    level: Level
    figures: Figures
    standing: np.ndarray
    previous: np.ndarray
    grade: np.ndarray
    error: np.ndarray
    minimum: int
    ranked: np.ndarray
    rank: np.ndarray
    previous_rank: np.ndarray
    best: np.ndarray
    worst: np.ndarray
    band: np.ndarray
    band_limits: tuple[int, int]
    months: tuple[Period, ...]
    history: np.ndarray | None

    @property
    def since_month(self) -> np.ndarray:
        """Points (float64) against the final standing of the month before."""
        return self.standing - self.previous


def figures(frame: Frame, shown: Level, period: Period, as_of_us: int) -> Figures:
    """Of the rows of `frame` entered in `period` up to `as_of_us`."""
    frame = frame.only(entered_in(frame, period, as_of_us))
    rows, places = shown.belonging(frame.unit)
    done = is_completed(frame, as_of_us)
    took_us = frame.first_response - frame.entered
    limit_us = RESPONSE_LIMIT_HOURS * MICROSECONDS_PER_HOUR
    answered = frame.first_response <= as_of_us
    in_time = answered & (took_us >= 0) & (took_us <= limit_us)
    due = answered | (frame.entered < as_of_us - limit_us)
    counts = {"completed": done, "answered_in_time": in_time, "answer_due": due}
    counted = {name: np.bincount(places[mask[rows]], minlength=len(shown)) for name, mask in counts.items()}
    hours = (frame.completed - frame.entered) / MICROSECONDS_PER_HOUR
    timed = (done & (frame.completed >= frame.entered))[rows]
    means, medians = _means_and_medians(hours[rows[timed]], places[timed], len(shown))
    return Figures(np.bincount(places, minlength=len(shown)), mean_hours=means, median_hours=medians, **counted)


def _means_and_medians(values: np.ndarray, groups: np.ndarray, groups_count: int) -> tuple[np.ndarray, np.ndarray]:
    """Per group; NaN for an empty one."""
    sizes = np.bincount(groups, minlength=groups_count)
    there = sizes > 0
    sums = np.bincount(groups, values, groups_count)
    ordered = np.append(values[np.lexsort((values, groups))], np.nan)
    starts = np.cumsum(sizes) - sizes
    low, high = (starts + np.maximum(sizes - 1, 0) // 2), (starts + sizes // 2)
    middles = (ordered[low] + ordered[high]) / 2
    return np.where(there, sums / np.maximum(sizes, 1), np.nan), np.where(there, middles, np.nan)


def ranking(
    scope: Scope, state: State, level_name: str, filters: Filters, minimum: int, band: str | None = None
) -> Ranking:
    """The units of a level in the period of `filters`; ranked among those shown, of one volume band when it is given.

    `minimum`: reports from which on a unit is ranked. The score is always that of all its reports, whatever the
    filters leave of them. Raises DatabaseUnavailable when the month cannot be read.
    """
    period = periods.parse(filters.period) if filters.period else periods.of(state.as_of)
    as_of_us = microseconds(state.as_of)
    frame = frame_of(period, state)
    shown = level(scope, frame.names, level_name, filters)
    rows = narrowed(scope, frame, filters)
    now = figures(rows, shown, period, as_of_us)
    limits = band_limits(now.reports)
    bands = np.searchsorted(np.array(limits), now.reports).astype(np.int8)
    if band is not None:
        kept = bands == BANDS.index(band)
        shown = level_of(shown, kept)
        now, bands = replace(now, **{name: values[kept] for name, values in vars(now).items()}), bands[kept]
    before = figures(rows, shown, period.previous, as_of_us).reports
    return _ranked(scorecard(state, period, as_of_us), state, shown, now, before, minimum, bands, limits)


def level_of(shown: Level, kept: np.ndarray) -> Level:
    """The level with those of its units alone where `kept` (bool per unit) holds."""
    place = np.append(np.where(kept, np.cumsum(kept) - 1, -1), -1)  # the last one is for -1
    return Level(shown.names, shown.codes[kept], tuple(place[layer] for layer in shown.layers))


def band_limits(reports: np.ndarray) -> tuple[int, int]:
    """Most reports of the lower and of the middle third of the units that have any; (0, 0) without."""
    counts = np.sort(reports[reports > 0])
    if not len(counts):
        return 0, 0
    lower, middle = (int(counts[max(len(counts) * third // 3 - 1, 0)]) for third in (1, 2))
    return lower, middle


def _ranked(
    card: Scorecard,
    state: State,
    shown: Level,
    now: Figures,
    before: np.ndarray,
    minimum: int,
    bands: np.ndarray,
    limits: tuple[int, int],
) -> Ranking:
    units, rules = card.reports.units, card.rules
    at = shown.codes - 1  # the engine's codes begin at 0
    standing = standings(card.scores.final, units, rules)[at]
    error = rank_interval.standing_errors(rank_interval.score_errors(card), units, rules)[at]
    previous = _previous(state, card.period, units.ids)[at]
    ranked = ~np.isnan(standing) & (now.reports >= minimum)
    low, high = rank_intervals(standing[ranked], error[ranked])
    months, history = _history(outlook.current(), card.period, units.ids, at)
    return Ranking(
        period=card.period,
        rules=rules,
        closed=state.as_of >= card.period.cutoff,
        level=shown,
        figures=now,
        standing=standing,
        previous=previous,
        grade=grade_codes(standing, rules.grades) if len(at) else np.zeros(0, np.int8) + NO_GRADE,
        error=error,
        minimum=minimum,
        ranked=ranked,
        rank=_placed(ranks(standing[ranked]), ranked),
        previous_rank=_ranks_before(previous, before >= minimum),
        best=_placed(low, ranked),
        worst=_placed(high, ranked),
        band=bands,
        band_limits=limits,
        months=months,
        history=history,
    )


def _previous(state: State, period: Period, unit_ids: tuple[str, ...]) -> np.ndarray:
    """Standings of the month before, final once its cut-off has passed, of the units `unit_ids`.

    A comparison that cannot be read is left empty; the ranking itself stays.
    """
    try:
        card = scorecard(state, period.previous, microseconds(state.as_of))
    except DatabaseUnavailable:
        return np.full(len(unit_ids), np.nan)
    values = standings(card.scores.final, card.reports.units, card.rules)
    return _of_units(values, card.reports.units.ids, unit_ids)


def _ranks_before(previous: np.ndarray, enough: np.ndarray) -> np.ndarray:
    ranked = ~np.isnan(previous) & enough
    return _placed(ranks(previous[ranked]), ranked)


def _placed(values: np.ndarray, there: np.ndarray) -> np.ndarray:
    found = np.full(len(there), NO_RANK, np.int64)
    found[there] = values
    return found


def _history(
    found: Outlook | None, period: Period, unit_ids: tuple[str, ...], at: np.ndarray
) -> tuple[tuple[Period, ...], np.ndarray | None]:
    months = [month for month in found.months if month.period <= period][-MONTHS_SHOWN:] if found else []
    if not months:
        return (), None
    known = found.periods[0].unit_ids
    values = np.stack([_of_units(month.final, known, unit_ids)[at] for month in months], axis=1)
    return tuple(month.period for month in months), values


def _of_units(values: np.ndarray, ids: tuple[str, ...], wanted: tuple[str, ...]) -> np.ndarray:
    """Values of the units `ids` at the places of `wanted`; NaN for one that was not there."""
    if ids == wanted:
        return values
    known = dict(zip(ids, values.tolist(), strict=True))
    return np.array([known.get(unit_id, np.nan) for unit_id in wanted])
