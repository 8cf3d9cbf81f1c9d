"""Where every score will stand at the cut-off: the whole peer group simulated together, as effort is relative."""

import zlib
from dataclasses import dataclass, replace

import numpy as np

from scoring.forecast_model import Model
from scoring.forecast_open import OpenReports, open_reports
from scoring.forecast_paths import simulate
from scoring.forecast_scores import path_scores
from scoring.grades import grade_codes
from scoring.reports import MICROSECONDS_PER_HOUR
from scoring.score import Scorecard

QUANTILES = (0.10, 0.25, 0.50, 0.75, 0.90)
LEAST_HISTORY_DAYS = 56
LEAST_REPORTS = 30  # of a unit in the history
DAY_US = 24 * MICROSECONDS_PER_HOUR
FAN_TIMES = 12  # at most; whole days apart
FAN_PATHS_SHARE = 4  # one path in so many is followed through the days before the cut-off

SHORT_HISTORY = f"the history is shorter than {LEAST_HISTORY_DAYS} days"
FEW_REPORTS = f"the unit had fewer than {LEAST_REPORTS} reports in the history"
NO_REPORTS = "the unit has no reports in this period, and none are expected"


@dataclass(frozen=True, eq=False)
class Forecast:
    """One row per asked unit (`units`: codes). `final` float64 (units, QUANTILES): the score at the cut-off.

    `grades` (units, grades of the rules): probability of each, they sum to 1. `fan` (units, times, QUANTILES) at
    `times_us`, the last one the cut-off. `scored` share of paths with a score; the rest holds given there is one.
    `reason`: per unit why there is no forecast, None when there is one. Without a forecast the row is NaN.
    """

    units: np.ndarray
    final: np.ndarray
    grades: np.ndarray
    scored: np.ndarray
    times_us: np.ndarray
    fan: np.ndarray
    reason: tuple[str | None, ...]
    paths: int
    seed: int


def forecast(
    card: Scorecard,
    model: Model | None,
    paths: int = 1000,
    seed: int = 0,
    units: np.ndarray | None = None,
    fan: bool = True,
) -> Forecast:
    """Forecast of `units` (codes; all by default) at the cut-off of the card's period, as known at the card's as_of.

    `card.reports` must hold every report of the period and every open one. The same seed gives the same answer,
    whichever units are asked. From the cut-off on the forecast is the score itself, and `model` may be None.
    Raises ValueError when the model is of other units or categories.
    """
    asked = np.arange(len(card.reports.units)) if units is None else np.unique(np.asarray(units, np.int64))
    last = card.rules.cutoff_us(card.period) - 1
    if card.as_of_us > last:  # Doorr is decided at the cut-off, not before
        return _settled(card, asked, last, seed)
    if model is None or model.units != card.reports.units.ids or model.categories != card.reports.category_names:
        raise ValueError("the model is of other units or categories than the score: fit it to the same lists")
    times = _times(card.as_of_us, last) if fan else np.array([last])
    answer = _empty(card, asked, times, paths, seed)
    opened = open_reports(card)
    for unit_type in sorted({card.reports.units.types[unit] for unit in asked}):
        group = np.array([unit for unit, kind in enumerate(card.reports.units.types) if kind == unit_type])
        _fill(answer, card, opened, model, group, np.random.default_rng([seed, zlib.crc32(unit_type.encode())]))
    return _with_reasons(answer, model)


def _times(as_of_us: int, last_us: int) -> np.ndarray:
    """Whole days after as_of, so far apart that there are at most FAN_TIMES, then the last instant that counts."""
    step = -(-(last_us - as_of_us) // (FAN_TIMES * DAY_US)) * DAY_US
    return np.append(np.arange(as_of_us + step, last_us, step), last_us)


def _empty(card: Scorecard, asked: np.ndarray, times: np.ndarray, paths: int, seed: int) -> Forecast:
    return Forecast(
        units=asked,
        final=np.full((len(asked), len(QUANTILES)), np.nan),
        grades=np.full((len(asked), len(card.rules.grades)), np.nan),
        scored=np.zeros(len(asked)),
        times_us=times,
        fan=np.full((len(asked), len(times), len(QUANTILES)), np.nan),
        reason=(None,) * len(asked),
        paths=paths,
        seed=seed,
    )


def _fill(
    answer: Forecast, card: Scorecard, opened: OpenReports, model: Model, group: np.ndarray, rng: np.random.Generator
) -> None:
    """Simulate one peer group (rising codes) and write what was asked of it into the answer."""
    few = max(answer.paths // FAN_PATHS_SHARE, 1)
    times = [(int(time), few) for time in answer.times_us[:-1]] + [(int(answer.times_us[-1]), answer.paths)]
    counts = simulate(card, opened, model, group, times, rng)
    wanted, inside = np.flatnonzero(np.isin(answer.units, group)), np.isin(group, answer.units)
    for position, count in enumerate(counts):
        scores = path_scores(count, card.tally.weight_step, card.rules)[inside]
        answer.fan[wanted, position] = quantiles(scores)
    answer.final[wanted] = answer.fan[wanted, -1]
    answer.grades[wanted], answer.scored[wanted] = _chances(scores, card)


def quantiles(scores: np.ndarray) -> np.ndarray:
    """QUANTILES of each row (rows, 5) by straight lines between ordered values; NaN values left out."""
    ordered = np.sort(scores, axis=1)  # NaN last
    count = np.sum(~np.isnan(scores), axis=1)
    place = np.array(QUANTILES) * np.maximum(count - 1, 0)[:, None]
    left = place.astype(np.int64)
    right = np.minimum(left + 1, np.maximum(count - 1, 0)[:, None])
    low, high = (np.take_along_axis(ordered, index, axis=1) for index in (left, right))
    return low + (high - low) * (place - left)


def _chances(scores: np.ndarray, card: Scorecard) -> tuple[np.ndarray, np.ndarray]:
    """(share of the paths with a score per grade, share of paths with a score)."""
    codes = grade_codes(scores.ravel(), card.rules.grades).reshape(scores.shape)
    count = np.sum(codes >= 0, axis=1)
    per_grade = np.stack([np.sum(codes == code, axis=1) for code in range(len(card.rules.grades))], axis=1)
    with np.errstate(invalid="ignore"):
        return per_grade / count[:, None], count / scores.shape[1]


def _with_reasons(answer: Forecast, model: Model) -> Forecast:
    """The answer without the rows that rest on too little, each with its reason."""
    reason = tuple(_reason(model, unit, scored) for unit, scored in zip(answer.units, answer.scored, strict=True))
    silent = np.array([text is not None for text in reason], bool)
    for column in (answer.final, answer.grades, answer.fan):
        column[silent] = np.nan
    return replace(answer, reason=reason)


def _reason(model: Model, unit: int, scored: float) -> str | None:
    if model.as_of_us - model.since_us < LEAST_HISTORY_DAYS * DAY_US:
        return SHORT_HISTORY
    if model.seen[unit] < LEAST_REPORTS:
        return FEW_REPORTS
    return NO_REPORTS if scored == 0 else None


def _settled(card: Scorecard, asked: np.ndarray, last_us: int, seed: int) -> Forecast:
    """From the cut-off on: the score itself."""
    answer = _empty(card, asked, np.array([last_us]), 1, seed)
    final = card.scores.final[asked]
    scored = ~np.isnan(final)
    answer.final[:] = answer.fan[:, 0] = final[:, None]
    answer.grades[scored] = np.eye(len(card.rules.grades))[card.scores.grade[asked][scored]]
    answer.scored[:] = scored
    return replace(answer, reason=tuple(None if known else NO_REPORTS for known in scored))
