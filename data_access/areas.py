"""Reports by kota, kecamatan or kelurahan: how many per km2, and how many of them are not done."""

import csv
from dataclasses import dataclass
from functools import cache

import numpy as np

from data_access import geography
from data_access.dimensions import STATUS_CODES, Dimensions
from data_access.frame import Frame

LEVELS = {"kota": 1, "kecamatan": 2, "kelurahan": 3}  # dots in a Kemendagri code: 31.71, 31.71.01, 31.71.01.1001


@dataclass(frozen=True)
class Areas:
    """All areas of a level in the order of their codes; `land_km2` float64 per area."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    land_km2: np.ndarray


@dataclass(frozen=True)
class AreaCounts:
    """int64 per area: reports, and those of them that are not Selesai."""

    reports: np.ndarray
    unfinished: np.ndarray


@cache
def of_level(level: str) -> Areas:
    """The areas of 'kota', 'kecamatan' or 'kelurahan' (6, 44 or 267)."""
    with (geography.REFERENCE / "wilayah.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["code"].count(".") == LEVELS[level]]
    rows.sort(key=lambda row: row["code"])
    columns = ([row[name] for row in rows] for name in ("code", "name", "area_km2"))
    codes, names, land_km2 = columns
    return Areas(tuple(codes), tuple(names), np.array(land_km2, np.float64))


def positions(names: Dimensions, level: str) -> np.ndarray:
    """int64 per kelurahan code of a frame: the position of its area in `of_level(level)`, -1 for unknown."""
    place = {code: position for position, code in enumerate(of_level(level).codes)}
    steps = LEVELS[level] + 1
    return np.array([place.get(".".join(code.split(".")[:steps]), -1) for code, _ in names.kelurahan], np.int64)


def is_unfinished(frame: Frame) -> np.ndarray:
    """bool per row: not Selesai."""
    return frame.status != STATUS_CODES["selesai"]


def counts(frame: Frame, rows: np.ndarray, level: str) -> AreaCounts:
    """Of the reports at `rows` (positions or bool per row), by the kelurahan the CRM says they lie in."""
    area = positions(frame.names, level)[frame.kelurahan[rows]]
    known = area >= 0
    unfinished = known & is_unfinished(frame)[rows]
    size = len(of_level(level).codes)
    return AreaCounts(np.bincount(area[known], minlength=size), np.bincount(area[unfinished], minlength=size))
