"""Small histories for the forecast: reports with defaults, and a town whose laws are known."""

from datetime import datetime, timedelta

import numpy as np

from scoring import rulebook
from scoring.periods import WIB, Period
from scoring.reports import MICROSECONDS_PER_HOUR, NEVER, STATUS_CODES, Reports, Units, microseconds

BOOK = rulebook.load("tkd-2017")
CATEGORIES = ("Sampah", "Jalan Rusak")
TOWN_MONTHS = (Period(2026, 1), Period(2026, 8))
UNITS = Units(
    ids=(*(f"K-{number}" for number in range(8)), "D-1", "D-2"),
    types=("kelurahan",) * 8 + ("dinas",) * 2,
    parent=np.full(10, -1, np.int32),
)


def wib(text: str) -> int:
    """`2026-06-10 12:00` (WIB) in microseconds."""
    return microseconds(datetime.fromisoformat(text).replace(tzinfo=WIB))


def reports(unit, entered, hours, category=None, units: Units = UNITS) -> Reports:
    """Reports of units at instants (microseconds), completed after so many hours; NaN: never."""
    unit, entered, hours = np.asarray(unit, np.int32), np.asarray(entered, np.int64), np.asarray(hours, float)
    done = np.isnan(hours)
    completed = np.where(done, NEVER, entered + (np.nan_to_num(hours) * MICROSECONDS_PER_HOUR).astype(np.int64))
    absent = np.full(len(unit), NEVER, np.int64)
    return Reports(
        number=np.array([f"R{row:06d}" for row in range(len(unit))], object),
        unit=unit,
        category=np.zeros(len(unit), np.int32) if category is None else np.asarray(category, np.int32),
        status=np.where(done, STATUS_CODES["proses"], STATUS_CODES["selesai"]).astype(np.int8),
        received_how=np.ones(len(unit), np.int8),
        entered=entered,
        completed=completed,
        validated=completed,
        received=absent,
        ticket_opened=absent,
        ticket_commitment=absent,
        ticket_limit=absent,
        units=units,
        category_names=CATEGORIES,
    )


def town(seed: int = 1, a_day: float = 14.0) -> Reports:
    """Every report of eight months in a town of ten units: steady arrivals, paces that differ by unit and category."""
    rng = np.random.default_rng(seed)
    start, stop = microseconds(TOWN_MONTHS[0].start), microseconds(TOWN_MONTHS[1].end + timedelta(days=30))
    count = rng.poisson(a_day * (stop - start) / (24 * MICROSECONDS_PER_HOUR))
    share = np.linspace(1, 3, len(UNITS))
    unit = rng.choice(len(UNITS), count, p=share / share.sum())
    category = (rng.random(count) < 0.4).astype(np.int32)
    pace = np.exp(np.linspace(-1.0, 1.2, len(UNITS)))[unit] * (1 + 2 * category)
    hours = rng.lognormal(np.log(14.0), 1.2, count) * pace
    hours[rng.random(count) < 0.03] = np.nan
    return reports(unit, np.sort(rng.integers(start, stop, count)), hours, category)
