"""Frames with points, for the tests of what lies where."""

from dataclasses import replace

import numpy as np

from data_access import geography
from data_access.frame import Frame
from tests.builders import frame, report

GAMBIR = (-6.1720, 106.8230)


def placed(*reports: tuple[dict, tuple[float, float]]) -> Frame:
    """A frame of (report(...), (latitude, longitude)); the cell comes from the point as the reader makes it."""
    rows = frame(*(given for given, _ in reports))
    points = np.array([point for _, point in reports], np.float64)
    cell = geography.cell_index(points[:, 0], points[:, 1])
    latitude, longitude = points.astype(np.float32).T
    return replace(rows, latitude=latitude, longitude=longitude, cell=cell)


def at(point: tuple[float, float], *entered: str, **given) -> list[tuple[dict, tuple[float, float]]]:
    """A report at one point for each time of entry."""
    return [(report(entered=when, **given), point) for when in entered]
