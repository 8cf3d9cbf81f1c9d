"""How long each step takes, in hours, and how units differ. The bulk and the live run draw from the same laws."""

from dataclasses import dataclass

import numpy as np

from demo.catalogue import Catalogue
from demo.clock import DAY, HOUR, local_hour

# First answer: three quarters within 6 hours, one in a hundred after a day.
RESPONSE_SLOW = 0.245
RESPONSE_VERY_SLOW = 0.010
PASSING_MEDIAN, PASSING_SIGMA = 4.6, 1.05  # koordinasi until the receiver acts
ORDER_MEDIAN, ORDER_SIGMA = 13.0, 0.95  # disposisi until the Sudin acts
VALIDATION_MEDIAN, VALIDATION_SIGMA = 2.6, 1.0
REDO_MEDIAN, REDO_SIGMA = 11.0, 0.9
KELURAHAN_MEDIAN, KELURAHAN_SIGMA = 1.3, 1.1
OFFICE_SIGMA = 0.95
# Categories keep the order of the 2022-2023 export, on the level of the printed 40 hours of 2020-2021.
OFFICE_LEVEL, OFFICE_POWER = 0.86, 0.70
STUCK_SHARE, STUCK_MEDIAN, STUCK_SIGMA = 0.017, 420.0, 0.75
FORGOTTEN_SHARE, FORGOTTEN_MEDIAN, FORGOTTEN_SIGMA = 0.012, 26_000.0, 0.6
SLOW_KELURAHAN_SHARE = 0.11


@dataclass(frozen=True)
class Pace:
    """Per unit (row of the units frame): factor on working time, factor on slow answers, factor on getting stuck."""

    work: np.ndarray
    answer: np.ndarray
    stuck: np.ndarray


def unit_paces(book: Catalogue, seed: int) -> Pace:
    """Lasting differences between units. One kelurahan in nine is very slow, so that every grade A to E occurs."""
    rng = np.random.default_rng([seed, 2])
    count = len(book.units)
    kelurahan = (book.units["unit_type"] == "kelurahan").to_numpy()
    work = np.exp(rng.normal(0, np.where(kelurahan, 0.65, 0.28), count))
    answer = np.exp(rng.normal(0, 0.30, count))
    stuck = np.exp(rng.normal(0, 0.40, count))
    slow = kelurahan & (rng.random(count) < SLOW_KELURAHAN_SHARE)
    work[slow] *= rng.uniform(8, 30, slow.sum())
    stuck[slow] *= rng.uniform(8, 27, slow.sum())
    return Pace(work=work, answer=answer / answer.mean(), stuck=stuck)


def response_hours(rng: np.random.Generator, answer: np.ndarray) -> np.ndarray:
    """Entry to the first change away from menunggu. `answer` scales the share of late answers."""
    luck = rng.random(len(answer))
    quick = np.minimum(rng.lognormal(np.log(1.8), 0.9, len(answer)), 6 - 0.2 * rng.random(len(answer)))
    late = 6 + np.minimum(rng.exponential(6.5, len(answer)), 17.9)
    very_late = 24 + rng.exponential(22.0, len(answer))
    hours = np.where(luck < RESPONSE_SLOW * answer, late, quick)
    return np.where(luck < RESPONSE_VERY_SLOW * answer, very_late, hours)


def passing_hours(rng: np.random.Generator, count: int) -> np.ndarray:
    """Koordinasi: until the receiving unit does something."""
    return rng.lognormal(np.log(PASSING_MEDIAN), PASSING_SIGMA, count)


def order_hours(rng: np.random.Generator, count: int) -> np.ndarray:
    """Disposisi: until the Sudin does something."""
    return rng.lognormal(np.log(ORDER_MEDIAN), ORDER_SIGMA, count)


def office_median_hours(mean_resolution_hours: np.ndarray) -> np.ndarray:
    """Median working hours of an office for a category, from the mean of the export."""
    mean = OFFICE_LEVEL * mean_resolution_hours**OFFICE_POWER
    return mean / np.exp(OFFICE_SIGMA**2 / 2)


def work_hours(
    rng: np.random.Generator, median: np.ndarray, sigma: np.ndarray, work: np.ndarray, stuck: np.ndarray
) -> np.ndarray:
    """Proses until the follow-up is sent in. A few reports get stuck for weeks, fewer are forgotten for years."""
    usual = rng.lognormal(np.log(median * work), sigma)
    long = rng.lognormal(np.log(STUCK_MEDIAN), STUCK_SIGMA, len(median))
    forgotten = rng.lognormal(np.log(FORGOTTEN_MEDIAN), FORGOTTEN_SIGMA, len(median))
    luck = rng.random(len(median))
    hours = np.where(luck < np.minimum(STUCK_SHARE * stuck, 0.45), long, usual)
    return np.where(luck > 1 - FORGOTTEN_SHARE, forgotten, hours)


def validation_hours(rng: np.random.Generator, count: int) -> np.ndarray:
    """Menunggu validasi until Biro Pemerintahan accepts or refuses."""
    return rng.lognormal(np.log(VALIDATION_MEDIAN), VALIDATION_SIGMA, count)


def redo_hours(rng: np.random.Generator, count: int) -> np.ndarray:
    """TL ditolak until the unit starts again, and the work of the second time."""
    return rng.lognormal(np.log(REDO_MEDIAN), REDO_SIGMA, count)


def by_day(rng: np.random.Generator, moment: np.ndarray) -> np.ndarray:
    """Field work is done by day: most of what would end between 21.00 and 06.00 ends the next morning."""
    hour = local_hour(moment)
    night = ((hour >= 21) | (hour < 6)) & (rng.random(len(moment)) < 0.85)
    until_six = ((6 - hour) % 24 * HOUR).astype(np.int64)
    morning = moment + until_six + (rng.random(len(moment)) ** 1.5 * DAY / 7).astype(np.int64)
    return np.where(night, morning, moment)
