"""When reports come in: month, weekday, day and hour shape of the published volumes (508 a day, peak about 800)."""

import numpy as np

from demo.clock import DAY, HOUR, local_day

PER_DAY = 508.0
# The rains of January and February bring more, the dry months less. No source prints months of 2024: our reading.
MONTH = np.array([1.10, 1.12, 1.02, 0.97, 1.00, 0.97, 0.95, 0.93, 0.95, 0.99, 1.02, 0.98])
# Monday first; a weekend day brings 20 % less than a working day.
WEEKDAY = np.array([1.10, 1.08, 1.06, 1.04, 1.02, 0.86, 0.84])
# Night low, a morning peak after 7 and an evening one after 19.
HOUR_SHAPE = np.array(
    [10, 7, 5, 4, 5, 12, 30, 56, 72, 74, 70, 62, 54, 56, 58, 57, 58, 60, 64, 68, 64, 52, 36, 20], dtype=float
)
DAY_NOISE = 0.105  # standard deviation of the logarithm of one day's luck


def rate_per_hour(moment: int) -> float:
    """Expected reports in the hour around `moment` (microseconds), without the day's luck."""
    day = int(local_day(np.int64(moment)))
    hour = int((moment + 7 * HOUR) % DAY // HOUR)
    return float(_day_mean(np.array([day]))[0] * HOUR_SHAPE[hour] / HOUR_SHAPE.sum())


def entry_times(rng: np.random.Generator, start: int, stop: int, per_day: float = PER_DAY) -> np.ndarray:
    """Sorted int64 microseconds of the reports entered in [start, stop)."""
    days = np.arange(local_day(np.int64(start)), local_day(np.int64(stop - 1)) + 1)
    luck = np.exp(rng.normal(-(DAY_NOISE**2) / 2, DAY_NOISE, len(days)))
    counts = rng.poisson(_day_mean(days) * luck * per_day / PER_DAY)
    cumulative = np.concatenate([[0.0], np.cumsum(HOUR_SHAPE) / HOUR_SHAPE.sum()])
    hour_of_day = np.interp(rng.random(counts.sum()), cumulative, np.arange(25))
    times = np.repeat(days * DAY - 7 * HOUR, counts) + (hour_of_day * HOUR).astype(np.int64)
    times.sort()
    return times[(times >= start) & (times < stop)]


def _day_mean(days: np.ndarray) -> np.ndarray:
    month = days.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
    weekday = (days + 3) % 7  # 1 January 1970 was a Thursday
    return PER_DAY * MONTH[month] / MONTH.mean() * WEEKDAY[weekday] / WEEKDAY.mean()
