"""The engine's input: reports as coded columns, and the units that hold them."""

from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta

import numpy as np

NEVER = 2**62  # an absent time: later than every instant, so `column <= t` is false without a mask
NOWHERE = -1  # no parent, unknown unit, unknown category

STATUSES = ("menunggu", "disposisi", "koordinasi", "proses", "menunggu_validasi", "tl_ditolak", "selesai")
RECEIVED_HOW = ("direct", "rop", "koordinasi", "disposisi")
STATUS_CODES = {status: code for code, status in enumerate(STATUSES, start=1)}  # 0: outside the contract
RECEIVED_CODES = {how: code for code, how in enumerate(RECEIVED_HOW, start=1)}  # 0: not known

MICROSECONDS_PER_HOUR = 3_600_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, eq=False)
class Units:
    """What is scored, in code order. `parent[code]` int32 is the code of the unit above, -1 for none."""

    ids: tuple[str, ...]
    types: tuple[str, ...]
    parent: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)

    def code(self, unit_id: str) -> int:
        """Code of a unit. Raises KeyError."""
        return {known: code for code, known in enumerate(self.ids)}[unit_id]


@dataclass(frozen=True, eq=False)
class Reports:
    """One row per report; equally long arrays. Times are microseconds UTC since 1970 (int64), NEVER when absent.

    number object[str]; unit, category int32 codes (-1 unknown) into `units`, `category_names`; status, received_how
    int8 (STATUS_CODES, RECEIVED_CODES). `first_response` may be left out: then nobody answered before completion.
    """

    number: np.ndarray
    unit: np.ndarray
    category: np.ndarray
    status: np.ndarray
    received_how: np.ndarray
    entered: np.ndarray
    completed: np.ndarray
    validated: np.ndarray
    received: np.ndarray
    ticket_opened: np.ndarray
    ticket_commitment: np.ndarray
    ticket_limit: np.ndarray
    units: Units
    category_names: tuple[str, ...]
    first_response: np.ndarray | None = None

    def __post_init__(self) -> None:
        if self.first_response is None:
            object.__setattr__(self, "first_response", np.full(len(self.number), NEVER, np.int64))

    def __len__(self) -> int:
        return len(self.number)

    def only(self, mask: np.ndarray) -> "Reports":
        """The rows where `mask` (bool per row) holds, or the rows at the given positions."""
        return replace(self, **{name: getattr(self, name)[mask] for name in COLUMNS})

    def with_changes(self, positions: np.ndarray, **columns) -> "Reports":
        """A copy in which `columns` of the rows at `positions` have the given values (scalars or arrays)."""
        changed = {name: getattr(self, name).copy() for name in columns}
        for name, values in columns.items():
            changed[name][positions] = values
        return replace(self, **changed)


COLUMNS = tuple(field.name for field in fields(Reports) if field.name not in ("units", "category_names"))


def microseconds(instant: datetime) -> int:
    """An aware datetime as microseconds UTC since 1970, exactly."""
    return (instant - EPOCH) // timedelta(microseconds=1)
