"""The desk of the secretariat: which reports want a hand now, by the unit that is to be called.

Pure: a state, the filters and the limits in, the desk out. A report is looked at in the period it counts in first.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from data_access.early_warning_rows import Columns, columns_of, kinds_of
from data_access.filters import Filters
from data_access.floods import Flood, floods, seen_of
from data_access.frame import MICROSECONDS_PER_HOUR, NEVER, Frame, microseconds
from data_access.limits import Limits
from data_access.live import State
from data_access.scope import Scope

TERRITORIAL = ("kelurahan", "kecamatan", "kota", "kabupaten")
# What a report may want: in the order in which they are told.
KINDS = ("mro", "respons", "batas", "lewat", "tingkat", "tiket", "ditolak")


@dataclass(frozen=True)
class Concern:
    """One report. `row` in the frame, `kinds` of KINDS; instants in microseconds UTC, None where there is none.

    `waiting_hours` while it is Menunggu; `drop_us` when its time value drops next, from `tier_now` to `tier_after`, and
    its unit loses `points_lost`; `limit_us` the last limit of its category; `ticket_us` the day promised by its ticket.
    """

    row: int
    kinds: tuple[str, ...]
    waiting_hours: float | None
    drop_us: int | None
    tier_now: int
    tier_after: int
    points_lost: float
    limit_us: int | None
    ticket_us: int | None


@dataclass(frozen=True)
class DeskRow:
    """One unit to call, by its code in the frame. `points_per_hour`: points of its score it loses by drops within the
    horizon, per hour of it."""

    unit: int
    concerns: tuple[Concern, ...]
    over_response: int
    over_officer: int
    longest_hours: float
    drop_us: int | None
    points_per_hour: float


@dataclass(frozen=True, eq=False)
class Desk:
    """`territorial` and `agencies` in calling order. Rows of the frame: `over_response` longest wait first, `falling`
    by their drop, `tickets_due`, `rejected`. `quiet_count`: territorial units seen that want nothing."""

    as_of: datetime
    limits: Limits
    frame: Frame
    territorial: tuple[DeskRow, ...]
    agencies: tuple[DeskRow, ...]
    over_response: tuple[int, ...]
    over_officer: tuple[int, ...]
    falling: tuple[int, ...]
    first_drop_us: int | None
    tickets_due: tuple[int, ...]
    rejected: tuple[int, ...]
    quiet_count: int
    floods: tuple[Flood, ...]

    @property
    def rows(self) -> tuple[DeskRow, ...]:
        """Everybody to call, kelurahan and their like first."""
        return self.territorial + self.agencies


def desk(scope: Scope, state: State, filters: Filters, limits: Limits) -> Desk:
    """The desk of what a viewer may see and asked for (the period of `filters` plays no part: what waits, waits)."""
    frame, as_of_us = state.frame, microseconds(state.as_of)
    columns = columns_of(scope, state, filters, as_of_us)
    kinds = kinds_of(columns, frame, state.as_of, limits)
    wanted = np.flatnonzero(np.logical_or.reduce(list(kinds.values())))
    by_unit: dict[int, list[Concern]] = defaultdict(list)
    for row in wanted.tolist():
        by_unit[int(frame.unit[row])].append(_concern(columns, kinds, row))
    rows = sorted((_row(unit, concerns, as_of_us, limits) for unit, concerns in by_unit.items()), key=_order(frame))
    types = [frame.names.units[row.unit].unit_type for row in rows]
    territorial = tuple(row for row, kind in zip(rows, types, strict=True) if kind in TERRITORIAL)
    falling = np.flatnonzero(kinds["tingkat"])
    falling = falling[np.argsort(columns.drop_us[falling], kind="stable")]
    return Desk(
        as_of=state.as_of,
        limits=limits,
        frame=frame,
        territorial=territorial,
        agencies=tuple(row for row, kind in zip(rows, types, strict=True) if kind not in TERRITORIAL),
        over_response=_longest_first(columns, kinds["respons"]),
        over_officer=_longest_first(columns, kinds["mro"]),
        falling=tuple(falling.tolist()),
        first_drop_us=int(columns.drop_us[falling[0]]) if len(falling) else None,
        tickets_due=tuple(np.flatnonzero(kinds["tiket"]).tolist()),
        rejected=tuple(np.flatnonzero(kinds["ditolak"]).tolist()),
        quiet_count=_quiet_count(scope, frame, filters, territorial),
        floods=seen_of(floods(frame, as_of_us, limits), columns.seen),
    )


def _concern(columns: Columns, kinds: dict[str, np.ndarray], row: int) -> Concern:
    hours = columns.waiting_hours[row]
    return Concern(
        row=row,
        kinds=tuple(kind for kind in KINDS if kinds[kind][row]),
        waiting_hours=None if np.isnan(hours) else float(hours),
        drop_us=_known(columns.drop_us[row]),
        tier_now=int(columns.tier_now[row]),
        tier_after=int(columns.tier_after[row]),
        points_lost=float(columns.points_lost[row]),
        limit_us=_known(columns.limit_us[row]),
        ticket_us=_known(columns.ticket_us[row]),
    )


def _known(at_us: np.int64) -> int | None:
    return None if at_us == NEVER else int(at_us)


def _row(unit: int, concerns: list[Concern], as_of_us: int, limits: Limits) -> DeskRow:
    until_us = as_of_us + limits["horizon_hours"] * MICROSECONDS_PER_HOUR
    lost = sum(one.points_lost for one in concerns if one.drop_us is not None and one.drop_us <= until_us)
    drops = [one.drop_us for one in concerns if one.drop_us is not None]
    return DeskRow(
        unit=unit,
        concerns=tuple(sorted(concerns, key=lambda one: (-(one.waiting_hours or 0), one.drop_us or NEVER, one.row))),
        over_response=sum("respons" in one.kinds for one in concerns),
        over_officer=sum("mro" in one.kinds for one in concerns),
        longest_hours=max((one.waiting_hours or 0.0) for one in concerns),
        drop_us=min(drops, default=None),
        points_per_hour=lost / limits["horizon_hours"],
    )


def _order(frame: Frame):
    """Whom to call first: points lost per hour, then reports over 24 hours, then the longest wait."""
    return lambda row: (
        -round(row.points_per_hour, 6),
        -row.over_officer,
        -row.longest_hours,
        frame.names.units[row.unit].name,
    )


def _longest_first(columns: Columns, mask: np.ndarray) -> tuple[int, ...]:
    rows = np.flatnonzero(mask)
    return tuple(rows[np.argsort(-columns.waiting_hours[rows], kind="stable")].tolist())


def _quiet_count(scope: Scope, frame: Frame, filters: Filters, busy: tuple[DeskRow, ...]) -> int:
    """Kelurahan that were looked at and have nobody waiting too long."""
    names = frame.names
    below = names.subtree(filters.unit_id) if filters.unit_id else np.ones(len(names.units), bool)
    area = filters.area_code
    looked_at = {
        code
        for code, unit in enumerate(names.units)
        if unit.unit_type == "kelurahan" and below[code] and (scope.everything or unit.unit_id in scope.unit_ids)
        and (not area or f"{unit.wilayah_code}.".startswith(f"{area}."))
    }  # fmt: skip
    return len(looked_at - {row.unit for row in busy if row.over_response})
