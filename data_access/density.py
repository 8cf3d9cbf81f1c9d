"""Where reports were made: counts per wall cell, and the waiting ones as points."""

from dataclasses import dataclass

import numpy as np

from data_access import geography
from data_access.frame import MICROSECONDS_PER_DAY, Frame

DAYS = 7


@dataclass(frozen=True)
class Density:
    """Reports of the last days. `counts` int per wall cell in the order of `geography.wall_cells()`."""

    counts: np.ndarray
    located_count: int
    total_count: int


def last_days(frame: Frame, as_of_us: int, days: int = DAYS) -> Density:
    """Reports entered in the `days` days up to `as_of_us`."""
    recent = (frame.entered > as_of_us - days * MICROSECONDS_PER_DAY) & (frame.entered <= as_of_us)
    cells = frame.cell[recent]
    located = cells[cells >= 0]
    counts = np.bincount(located, minlength=len(geography.wall_cells()))
    return Density(counts, len(located), int(recent.sum()))
