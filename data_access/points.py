"""Where a report's point lies: in which land cell, and what is wrong with points that lie in none."""

import threading

import numpy as np

from data_access import geography
from data_access.frame import Frame

# In the order of their codes: no point, one in Jakarta, at 0/0, latitude and longitude swapped, elsewhere.
NONE, INSIDE, NULL_ISLAND, SWAPPED, OUTSIDE = range(5)
NULL_ISLAND_DEGREES = 1.0  # a device without a fix reports 0/0, now and then with noise; open sea for 600 km
POINTS_KEPT = 1_000_000  # of 12 bytes


def kinds(frame: Frame) -> np.ndarray:
    """int8 per row: NONE, INSIDE, NULL_ISLAND, SWAPPED or OUTSIDE."""
    found = np.where(frame.cell >= 0, INSIDE, OUTSIDE).astype(np.int8)
    missing = np.isnan(frame.latitude) | np.isnan(frame.longitude)
    found[missing] = NONE
    found[_null_island(frame) & (found == OUTSIDE)] = NULL_ISLAND
    rest = np.flatnonzero(found == OUTSIDE)
    turned = geography.cell_index(frame.longitude[rest], frame.latitude[rest]) >= 0
    found[rest[turned]] = SWAPPED
    return found


def _null_island(frame: Frame) -> np.ndarray:
    return (np.abs(frame.latitude) < NULL_ISLAND_DEGREES) & (np.abs(frame.longitude) < NULL_ISLAND_DEGREES)


def land_cell(frame: Frame) -> np.ndarray:
    """int32 per row: position in `geography.land_cells()` (resolution 9, 0.1 km2), -1 without a point in Jakarta.

    A point once placed is remembered: 25,000 new ones take some 20 ms, known ones 2 ms.
    """
    placed = np.flatnonzero(frame.cell >= 0)
    keys = _keys(frame.latitude[placed], frame.longitude[placed])
    row = np.full(len(frame), -1, np.int32)
    found = _remembered(keys)
    # A frame keeps points to the metre: one that this moved over the edge of its wall cell belongs to no smaller one.
    same = (found >= 0) & (geography.land_cells().wall_cell[found] == frame.cell[placed])
    row[placed] = np.where(same, found, -1)
    return row


def _keys(latitude: np.ndarray, longitude: np.ndarray) -> np.ndarray:
    """uint64 per point: the bits of both coordinates."""
    high = np.ascontiguousarray(latitude, np.float32).view(np.uint32).astype(np.uint64)
    return (high << np.uint64(32)) | np.ascontiguousarray(longitude, np.float32).view(np.uint32)


_placing = threading.Lock()
_known: tuple[np.ndarray, np.ndarray] = (np.zeros(0, np.uint64), np.zeros(0, np.int32))


def _remembered(keys: np.ndarray) -> np.ndarray:
    global _known
    with _placing:
        known, rows = _known
        at = np.searchsorted(known, keys)
        new = np.ones(len(keys), bool)
        inside = at < len(known)
        new[inside] = known[at[inside]] != keys[inside]
        if new.any():
            if len(known) > POINTS_KEPT:
                known, rows, new = known[:0], rows[:0], np.ones(len(keys), bool)
            fresh = np.unique(keys[new])
            known, rows = np.concatenate([known, fresh]), np.concatenate([rows, _place(fresh)])
            order = np.argsort(known)
            known, rows = _known = known[order], rows[order]
            at = np.searchsorted(known, keys)
    return rows[at]


def _place(keys: np.ndarray) -> np.ndarray:
    latitude = (keys >> np.uint64(32)).astype(np.uint32).view(np.float32)
    longitude = (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32).view(np.float32)
    return geography.land_index(latitude, longitude)
