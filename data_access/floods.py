"""Many reports of one thing in one place: one line for the desk, not one alarm each.

Reports of one category in one kecamatan that came in within some hours are a flood when there are at least so many
(`flood_count`), and so many are less likely than `FLOOD_CHANCE` for a Poisson number with the pair's own mean of the
weeks before.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from data_access.frame import MICROSECONDS_PER_DAY, MICROSECONDS_PER_HOUR, Frame
from data_access.hot_spots import chance
from data_access.limits import Limits

FLOOD_CHANCE = 1e-6  # some 30,000 pairs are looked at all day: chance alone must not make floods
WEEKS_BEFORE = 4
PRIOR_COUNT = 0.5  # added to the reports before, so that the first of its kind is no flood by itself
KECAMATAN_LENGTH = len("31.71.01")


@dataclass(frozen=True)
class Flood:
    """`rows`: positions in the frame, oldest first. `usual_count`: reports of the pair in as many hours before."""

    category: int
    area_code: str
    rows: tuple[int, ...]
    since_us: int
    usual_count: float


def floods(frame: Frame, as_of_us: int, limits: Limits) -> list[Flood]:
    """The floods of the last hours, the largest first."""
    window_us = limits["flood_window_hours"] * MICROSECONDS_PER_HOUR
    began_us = as_of_us - window_us
    pair = _pairs(frame)
    now = (frame.entered > began_us) & (frame.entered <= as_of_us) & (pair >= 0)
    before = (frame.entered > began_us - WEEKS_BEFORE * 7 * MICROSECONDS_PER_DAY) & (frame.entered <= began_us)
    windows = WEEKS_BEFORE * 7 * MICROSECONDS_PER_DAY / window_us
    found = []
    for number, count in zip(*np.unique(pair[now], return_counts=True), strict=True):
        usual = (np.count_nonzero(before & (pair == number)) + PRIOR_COUNT) / windows
        if count >= limits["flood_count"] and chance(int(count), usual) < FLOOD_CHANCE:
            found.append(_flood(frame, np.flatnonzero(now & (pair == number)), usual))
    return sorted(found, key=lambda flood: (-len(flood.rows), flood.category, flood.area_code))


def seen_of(found: Iterable[Flood], seen: np.ndarray) -> tuple[Flood, ...]:
    """The floods with those of their rows alone that a viewer sees (bool per row of the frame); none without any."""
    parts = (replace(flood, rows=tuple(row for row in flood.rows if seen[row])) for flood in found)
    return tuple(flood for flood in parts if flood.rows)


def _pairs(frame: Frame) -> np.ndarray:
    """int64 per row: category and kecamatan as one number, -1 where either is unknown."""
    kecamatan = np.array([_number(code) for code, _ in frame.names.kelurahan], np.int64)[frame.kelurahan]
    known = (frame.category > 0) & (kecamatan >= 0)
    return np.where(known, frame.category.astype(np.int64) * 1_000_000 + kecamatan, -1)


def _number(kelurahan_code: str) -> int:
    digits = kelurahan_code[:KECAMATAN_LENGTH].replace(".", "")
    return int(digits) if digits else -1


def _flood(frame: Frame, rows: np.ndarray, usual: float) -> Flood:
    rows = rows[np.argsort(frame.entered[rows], kind="stable")]
    first = int(rows[0])
    area_code = frame.names.kelurahan[frame.kelurahan[first]][0][:KECAMATAN_LENGTH]
    return Flood(int(frame.category[first]), area_code, tuple(rows.tolist()), int(frame.entered[first]), float(usual))
