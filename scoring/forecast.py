"""Where every score will stand at the cut-off: the whole peer group simulated together, as effort is relative."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from scoring.forecast_model import Model
from scoring.forecast_open import OpenReports, open_reports
from scoring.forecast_paths import simulate
from scoring.forecast_scores import path_scores
from scoring.grades import grade_codes
from scoring.reports import MICROSECONDS_PER_HOUR
from scoring.rules import Rules
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
    if is_settled(card):
        return settled(card, asked, card.scores.final, seed)
    opened = open_reports(card)
    return forecast_of(card, opened, model, empty(card, asked, paths, seed, fan))


def forecast_of(card: Scorecard, opened: OpenReports, model: Model | None, answer: Forecast) -> Forecast:
    """The empty `answer` filled: what becomes of `opened` and of the reports to come. Raises ValueError (the model)."""
    for group, scores in simulated(card, opened, model, answer, {card.reports.units.types[u] for u in answer.units}):
        wanted, inside = np.flatnonzero(np.isin(answer.units, group)), np.isin(group, answer.units)
        fill(answer, wanted, [moment[inside] for moment in scores], card.rules)
    return with_reasons(answer, model, model.seen[answer.units])


def simulated(
    card: Scorecard, opened: OpenReports, model: Model | None, answer: Forecast, unit_types: set[str]
) -> Iterator[tuple[np.ndarray, list[np.ndarray]]]:
    """Per type of unit: its codes, and own scores (units, paths) at each instant of the answer, fewer but at the last.

    Each type has a random stream of its own. Raises ValueError when the model is of other units or categories.
    """
    if model is None or model.units != card.reports.units.ids or model.categories != card.reports.category_names:
        raise ValueError("the model is of other units or categories than the score: fit it to the same lists")
    few = max(answer.paths // FAN_PATHS_SHARE, 1)
    times = [(int(time), few) for time in answer.times_us[:-1]] + [(int(answer.times_us[-1]), answer.paths)]
    for unit_type in sorted(unit_types):
        group = np.array([unit for unit, kind in enumerate(card.reports.units.types) if kind == unit_type])
        rng = np.random.default_rng([answer.seed, zlib.crc32(unit_type.encode())])
        counts = simulate(card, opened, model, group, times, rng)
        yield group, [path_scores(count, card.tally.weight_step, card.rules) for count in counts]


def is_settled(card: Scorecard) -> bool:
    """Whether the cut-off has passed: from then on the forecast is the score. Doorr is decided then, not before."""
    return card.as_of_us >= card.rules.cutoff_us(card.period)


def _times(as_of_us: int, last_us: int) -> np.ndarray:
    """Whole days after as_of, so far apart that there are at most FAN_TIMES, then the last instant that counts."""
    step = -(-(last_us - as_of_us) // (FAN_TIMES * DAY_US)) * DAY_US
    return np.append(np.arange(as_of_us + step, last_us, step), last_us)


def empty(card: Scorecard, asked: np.ndarray, paths: int, seed: int, fan: bool) -> Forecast:
    """A forecast of the units `asked` that says nothing yet: rows of NaN at the instants it will be of."""
    last = card.rules.cutoff_us(card.period) - 1
    times = _times(card.as_of_us, last) if fan else np.array([last])
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


def fill(answer: Forecast, wanted: np.ndarray, scores: list[np.ndarray], rules: Rules) -> None:
    """Write the rows `wanted` (positions) of the answer from their scores (rows, paths) at each of its instants."""
    for position, moment in enumerate(scores):
        answer.fan[wanted, position] = quantiles(moment)
    answer.final[wanted] = answer.fan[wanted, -1]
    answer.grades[wanted], answer.scored[wanted] = _chances(scores[-1], rules)


def quantiles(scores: np.ndarray) -> np.ndarray:
    """QUANTILES of each row (rows, 5) by straight lines between ordered values; NaN values left out."""
    ordered = np.sort(scores, axis=1)  # NaN last
    count = np.sum(~np.isnan(scores), axis=1)
    place = np.array(QUANTILES) * np.maximum(count - 1, 0)[:, None]
    left = place.astype(np.int64)
    right = np.minimum(left + 1, np.maximum(count - 1, 0)[:, None])
    low, high = (np.take_along_axis(ordered, index, axis=1) for index in (left, right))
    return low + (high - low) * (place - left)


def _chances(scores: np.ndarray, rules: Rules) -> tuple[np.ndarray, np.ndarray]:
    """(share of the paths with a score per grade, share of paths with a score)."""
    codes = grade_codes(scores.ravel(), rules.grades).reshape(scores.shape)
    count = np.sum(codes >= 0, axis=1)
    per_grade = np.stack([np.sum(codes == code, axis=1) for code in range(len(rules.grades))], axis=1)
    with np.errstate(invalid="ignore"):
        return per_grade / count[:, None], count / scores.shape[1]


def with_reasons(answer: Forecast, model: Model, seen: np.ndarray) -> Forecast:
    """The answer without the rows that rest on too little, each with its reason. `seen`: reports behind each row."""
    reason = tuple(_reason(model, *row) for row in zip(seen, answer.scored, strict=True))
    silent = np.array([text is not None for text in reason], bool)
    for column in (answer.final, answer.grades, answer.fan):
        column[silent] = np.nan
    return replace(answer, reason=reason)


def _reason(model: Model, seen: int, scored: float) -> str | None:
    if model.as_of_us - model.since_us < LEAST_HISTORY_DAYS * DAY_US:
        return SHORT_HISTORY
    if seen < LEAST_REPORTS:
        return FEW_REPORTS
    return NO_REPORTS if scored == 0 else None


def settled(card: Scorecard, asked: np.ndarray, final: np.ndarray, seed: int) -> Forecast:
    """The forecast after the cut-off: the scores `final` (over units) themselves."""
    answer = empty(card, asked, 1, seed, fan=False)
    fill(answer, np.arange(len(asked)), [final[asked][:, None]], card.rules)
    return replace(answer, reason=tuple(NO_REPORTS if np.isnan(value) else None for value in final[asked]))
