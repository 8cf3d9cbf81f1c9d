"""The frame: reports as coded NumPy columns, the single source of every figure of a month."""

from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from data_access.dimensions import Dimensions
from scoring.periods import WIB

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

NEVER = 2**62  # an absent time: later than every instant, so `column <= as_of` is false without a mask
MICROSECONDS_PER_HOUR = 3_600_000_000
MICROSECONDS_PER_DAY = 24 * MICROSECONDS_PER_HOUR
WIB_OFFSET_MICROSECONDS = 7 * MICROSECONDS_PER_HOUR


@dataclass(frozen=True, eq=False)
class Frame:
    """One row per report. Times are microseconds UTC since 1970, NEVER when absent. Code 0 of a dimension is unknown.

    number object[str]; entered, first_response, completed, validated, received, updated int64; status, received_how
    int8; channel, category, unit, kelurahan int16; cell int32 (wall cell, -1 without a point in Jakarta);
    latitude, longitude float32 (NaN when absent); is_private bool.
    """

    number: np.ndarray
    entered: np.ndarray
    first_response: np.ndarray
    completed: np.ndarray
    validated: np.ndarray
    received: np.ndarray
    updated: np.ndarray
    status: np.ndarray
    received_how: np.ndarray
    channel: np.ndarray
    category: np.ndarray
    unit: np.ndarray
    kelurahan: np.ndarray
    cell: np.ndarray
    latitude: np.ndarray
    longitude: np.ndarray
    is_private: np.ndarray
    names: Dimensions

    def __len__(self) -> int:
        return len(self.number)

    def only(self, mask: np.ndarray) -> "Frame":
        """The rows where `mask` (bool per row) holds, or the rows at the given positions."""
        return replace(self, **{name: getattr(self, name)[mask] for name in COLUMNS})

    def touched_since(self, instant_us: int) -> dict[str, int]:
        """Report number -> row of the reports whose row changed at or after the instant."""
        rows = np.flatnonzero(self.updated >= instant_us)
        return dict(zip(self.number[rows].tolist(), rows.tolist(), strict=True))

    def updated_with(self, changed: "Frame", positions: np.ndarray) -> "Frame":
        """A copy in which row `positions[i]` is `changed[i]`; position -1 appends. Same dimensions."""
        known = positions >= 0
        columns = {}
        for name in COLUMNS:
            column, new = getattr(self, name), getattr(changed, name)
            merged = np.concatenate([column, new[~known]])
            merged[positions[known]] = new[known]
            columns[name] = merged
        return replace(self, **columns)

    def stamp(self) -> int:
        """A number that moves when any row's `updated` moves, and is equal in every process with the same rows."""
        return int(self.updated.sum(dtype=np.uint64)) if len(self) else 0


COLUMNS = tuple(field.name for field in fields(Frame) if field.name != "names")


def wib_day(instants: np.ndarray | int) -> np.ndarray | int:
    """Day number (days since 1970-01-01 in WIB) of instants in microseconds UTC."""
    return (instants + WIB_OFFSET_MICROSECONDS) // MICROSECONDS_PER_DAY


def microseconds(instant: datetime) -> int:
    """An aware datetime as microseconds UTC since 1970, exactly."""
    return (instant - EPOCH) // timedelta(microseconds=1)


def instant(instant_us: int) -> datetime:
    """The aware datetime (WIB) of microseconds UTC since 1970."""
    return (EPOCH + timedelta(microseconds=int(instant_us))).astimezone(WIB)
