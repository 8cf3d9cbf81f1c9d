"""Many possible months at once: counts of a peer group on every path, at some instants."""

from dataclasses import dataclass

import numpy as np

from scoring.forecast_model import Model
from scoring.forecast_new import PACES, TIERS_COUNT, Expected, paces, tables
from scoring.forecast_open import Hazards, OpenReports, hazards
from scoring.reports import microseconds
from scoring.score import Scorecard

COUNTS = ("total", "complete", "tier_sum", "weight_steps", "responded")


@dataclass(frozen=True, eq=False)
class Moment:
    """An instant (microseconds) and its counts, float64 (units, paths): what `tally.Tally` holds, of each path."""

    time_us: int
    total: np.ndarray
    complete: np.ndarray
    tier_sum: np.ndarray
    weight_steps: np.ndarray
    responded: np.ndarray

    @property
    def paths(self) -> int:
        return self.total.shape[1]


@dataclass(frozen=True, eq=False)
class Group:
    """A peer group (`units`: rising codes) and its luck, (units, paths).

    `pace` int: position in PACES; `speed`: that factor on the hazard; `crowd`: factor on arrivals.
    """

    card: Scorecard
    model: Model
    units: np.ndarray
    pace: np.ndarray
    speed: np.ndarray
    crowd: np.ndarray


def simulate(
    card: Scorecard,
    opened: OpenReports,
    model: Model,
    units: np.ndarray,
    times: list[tuple[int, int]],
    rng: np.random.Generator,
) -> list[Moment]:
    """Counts of `units` (rising codes) at each (instant in microseconds, number of paths); path 7 is path 7 in all."""
    group = _group(card, model, units, max(paths for _, paths in times), rng)
    moments = [_known(group, time_us, paths) for time_us, paths in times]
    mine = opened.only(np.isin(opened.unit, units))
    names = card.reports.category_names
    for block in hazards(mine, model.durations, card.rules, names, card.as_of_us, [time for time, _ in times]):
        _add_open(moments, block, group, rng)
    start = max(card.as_of_us, microseconds(card.period.start))
    coming = tables(model, card.rules, names, units, start, microseconds(card.period.end))
    for moment in moments if coming.arrivals.size else ():
        _add_new(moment, coming.by(moment.time_us), group, rng)
    return moments


def _group(card: Scorecard, model: Model, units: np.ndarray, paths: int, rng: np.random.Generator) -> Group:
    pace = rng.integers(0, PACES, (len(units), paths))
    speed = np.take_along_axis(paces(model.pace_variance[units]), pace, axis=1)
    common = _gamma(rng, np.array([model.arrivals.common]), paths)
    return Group(card, model, units, pace, speed, common * _gamma(rng, model.arrivals.own[units], paths))


def _gamma(rng: np.random.Generator, variance: np.ndarray, paths: int) -> np.ndarray:
    """Factors of mean 1 and the given variance (rows, paths)."""
    shape = 1 / np.maximum(variance, 1e-9)[:, None]
    return rng.standard_gamma(np.broadcast_to(shape, (len(variance), paths))) / shape


def _known(group: Group, time_us: int, paths: int) -> Moment:
    """What is known already, on every path."""
    columns = {name: getattr(group.card.tally, name)[group.units].astype(float) for name in COUNTS}
    return Moment(time_us, **{name: np.repeat(column[:, None], paths, axis=1) for name, column in columns.items()})


def _add_open(moments: list[Moment], block: Hazards, group: Group, rng: np.random.Generator) -> None:
    """Let each open report wait its time on each path, and add what that gives at each instant."""
    rows, rules = block.rows, group.card.rules
    local = np.searchsorted(group.units, rows.unit)
    waits = rng.standard_exponential((len(rows), group.pace.shape[1]), dtype=np.float32)
    waits /= group.speed[local].astype(np.float32)
    tier = _tiers(waits, block.to_bounds, rules.tier_values)
    joining = rows.joins_us[:, None] >= 0
    inside = ~joining | (waits > block.to_joining)
    weight = rules.for_categories(group.card.reports.category_names).weight_steps[rows.category][:, None]
    answered = _answered(rows, group.model.responded, waits.shape, rng)
    for moment, until in zip(moments, block.to_times, strict=True):
        first = slice(moment.paths)
        here = inside[:, first] & (rows.joins_us[:, None] <= moment.time_us)
        complete = here & (waits[:, first] <= until)
        _sum(moment.total, local, here & joining)
        _sum(moment.complete, local, complete)
        _sum(moment.tier_sum, local, complete * tier[:, first])
        _sum(moment.weight_steps, local, complete * weight)
        if answered is not None:
            _sum(moment.responded, local, here & answered[:, first])


def _tiers(waits: np.ndarray, to_bounds: list[np.ndarray], values: tuple[int, ...]) -> np.ndarray:
    """Tier value of each wait: every bound it passes costs the step to the next value."""
    tier = np.full(waits.shape, values[0], np.int16)
    for before, after, bound in zip(values[:-1], values[1:], to_bounds, strict=True):
        tier += np.int16(after - before) * (waits > bound)
    return tier


def _answered(rows: OpenReports, responded: np.ndarray | None, shape: tuple[int, int], rng) -> np.ndarray | None:
    """bool (rows, paths): to be counted as answered in time, and not counted yet; None when the rules do not ask."""
    if responded is None:
        return None
    joining = (rows.joins_us >= 0) & (rows.response == 1)
    chance = np.where(rows.response == -1, responded[rows.unit], joining)
    return rng.random(shape, dtype=np.float32) < chance[:, None]


def _sum(target: np.ndarray, local: np.ndarray, values: np.ndarray) -> None:
    """Add rows of one unit to its row; `local` rises."""
    starts = np.flatnonzero(np.diff(local, prepend=-1))
    target[local[starts]] += np.add.reduceat(values, starts, axis=0, dtype=np.int64)


def _add_new(moment: Moment, expected: Expected, group: Group, rng: np.random.Generator) -> None:
    """Add the reports that come in and what becomes of them."""
    rows, pace = np.arange(len(group.units))[:, None], group.pace[:, : moment.paths]
    crowd = group.crowd[:, : moment.paths]
    still_open = rng.poisson(expected.still_open[rows, pace] * crowd)
    tiers = [rng.poisson(expected.complete[rows, pace, tier] * crowd) for tier in range(TIERS_COUNT)]
    complete = sum(tiers)
    moment.complete[:] += complete
    moment.total[:] += complete + still_open
    values = group.card.rules.tier_values
    moment.tier_sum[:] += sum(value * number for value, number in zip(values, tiers, strict=True))
    moment.weight_steps[:] += _weights(complete, expected, rng)
    if group.model.responded is not None:
        moment.responded[:] += rng.binomial(complete + still_open, group.model.responded[group.units][:, None])


def _weights(complete: np.ndarray, expected: Expected, rng: np.random.Generator) -> np.ndarray:
    """Sums of weights of so many complete reports: their mean and a normal error, never below nothing."""
    error = np.sqrt(complete * expected.weight_variance[:, None]) * rng.standard_normal(complete.shape)
    return np.maximum(complete * expected.weight_mean[:, None] + error, 0)
