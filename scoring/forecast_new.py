"""The reports still to come: how many a unit is expected to get, and to complete in each tier, by an instant.

Arrivals are independent in small intervals, so the counts of those complete in a tier, and of those still open, are
independent Poisson counts: their means are all a path needs, whatever the number of reports.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from scoring.forecast_model import Model
from scoring.reports import MICROSECONDS_PER_HOUR
from scoring.rules import Rules

# Ages at which completion is tabulated; straight lines between them.
AGES_HOURS = np.concatenate([np.arange(0, 2, 0.25), np.arange(2, 12), np.arange(12, 72, 3), np.geomspace(72, 1000, 24)])
TIERS_COUNT = 4
PACES = 5  # equally likely paces of a unit; enough for a spread that is small


@dataclass(frozen=True, eq=False)
class Expected:
    """Means by an instant: `complete` (units, PACES, tiers), `still_open` (units, PACES); weights of a complete one."""

    complete: np.ndarray
    still_open: np.ndarray
    weight_mean: np.ndarray
    weight_variance: np.ndarray


@dataclass(frozen=True, eq=False)
class Tables:
    """Of some units: share complete by AGES_HOURS, `by_tier` (tiers, units, PACES, ages), `weights` (2, units, ages).

    `weights`: first and second moment, times the share complete. `arrivals` (units, hours) between `edges_us`.
    """

    units: np.ndarray
    by_tier: np.ndarray
    weights: np.ndarray
    arrivals: np.ndarray
    edges_us: np.ndarray

    def by(self, time_us: int) -> Expected:
        """Expected counts by `time_us`, of arrivals up to then."""
        until = np.searchsorted(self.edges_us, time_us)
        middle = (self.edges_us[:-1] + self.edges_us[1:]) / 2
        arrived = self.arrivals[:, : min(until, len(middle))]
        ages = (time_us - middle[: arrived.shape[1]]) / MICROSECONDS_PER_HOUR
        at_age = arrived @ _line(ages)
        below = np.einsum("kupa,ua->upk", self.by_tier, at_age)
        first, second = np.einsum("wua,ua->wu", self.weights, at_age)
        complete = np.maximum(np.diff(below, axis=2, prepend=0), 0)
        count = np.maximum(below[:, PACES // 2, -1], 1e-12)
        mean = first / count
        still_open = np.maximum(arrived.sum(axis=1)[:, None] - below[:, :, -1], 0)
        return Expected(complete, still_open, mean, np.maximum(second / count - mean**2, 0))


def paces(variance: np.ndarray) -> np.ndarray:
    """Factors on the hazard (units, PACES), equally likely, mean 1, of about the given relative variance."""
    middles = np.array([NormalDist().inv_cdf((level + 0.5) / PACES) for level in range(PACES)])
    spread = np.sqrt(np.log1p(variance))[:, None]
    factors = np.exp(spread * middles / middles.std())
    return factors / factors.mean(axis=1, keepdims=True)


def tables(
    model: Model, rules: Rules, names: tuple[str, ...], units: np.ndarray, from_us: int, until_us: int
) -> Tables:
    """Tables of the given units (codes) for arrivals in [from_us, until_us); none when that is empty."""
    shares = model.arrivals.categories[units]
    local, category = np.nonzero(shares)
    share, code = shares[local, category][:, None, None], units[local]
    speed = paces(model.pace_variance[units])[local]
    values = rules.for_categories(names)

    def complete(age_hours: np.ndarray) -> np.ndarray:
        """Share of the unit's reports that are of a category and complete at an age (pairs, PACES, ages)."""
        hazard = model.durations.cumulative(code[:, None], category[:, None], age_hours)
        return -np.expm1(-hazard[:, None, :] * speed[:, :, None]) * share

    at_age = complete(AGES_HOURS)
    at_bound = complete(np.stack([values.t100, values.t80, values.t60], axis=1)[category])
    by_tier = [np.minimum(at_age, at_bound[:, :, tier, None]) for tier in range(TIERS_COUNT - 1)] + [at_age]
    weight = values.weight_steps[category][:, None].astype(float)
    edges = np.append(np.arange(from_us, until_us, MICROSECONDS_PER_HOUR), max(from_us, until_us))
    return Tables(
        units=units,
        by_tier=np.stack([_per_unit(part, local, len(units)) for part in by_tier]),
        weights=np.stack([_per_unit(at_age[:, PACES // 2] * weight**power, local, len(units)) for power in (1, 2)]),
        arrivals=model.arrivals.expected(edges)[units],
        edges_us=edges,
    )


def _per_unit(values: np.ndarray, local: np.ndarray, units_count: int) -> np.ndarray:
    """Sums over the rows of each unit; `local` rises."""
    sums = np.zeros((units_count, *values.shape[1:]))
    if len(local):
        starts = np.flatnonzero(np.diff(local, prepend=-1))
        sums[local[starts]] = np.add.reduceat(values, starts, axis=0)
    return sums


def _line(ages: np.ndarray) -> np.ndarray:
    """(len(ages), len(AGES_HOURS)): how much each tabulated age counts for an age between two of them."""
    left = np.clip(np.searchsorted(AGES_HOURS, ages, side="right") - 1, 0, len(AGES_HOURS) - 2)
    part = np.clip((ages - AGES_HOURS[left]) / (AGES_HOURS[left + 1] - AGES_HOURS[left]), 0, 1)
    weights = np.zeros((len(ages), len(AGES_HOURS)))
    rows = np.arange(len(ages))
    weights[rows, left], weights[rows, left + 1] = 1 - part, part
    return weights
