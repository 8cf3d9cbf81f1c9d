"""What the desk asks of every row of the frame: how long it waits, what it loses when, and so what it may want."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from data_access import checks, waiting
from data_access.dimensions import STATUS_CODES
from data_access.filters import Filters, seen_rows
from data_access.frame import (
    MICROSECONDS_PER_DAY,
    NEVER,
    WIB_OFFSET_MICROSECONDS,
    Frame,
    microseconds,
    wib_day,
)
from data_access.limits import Limits
from data_access.live import State
from data_access.scope import Scope
from data_access.scorecards import scorecard
from scoring import periods
from scoring.tier_clock import bound_instants, tier_clock


@dataclass(frozen=True, eq=False)
class Columns:
    """Per row of the frame: what the desk asks of it. Instants int64 (NEVER: none), hours and points float64."""

    seen: np.ndarray
    open: np.ndarray
    waiting_hours: np.ndarray
    drop_us: np.ndarray
    tier_now: np.ndarray
    tier_after: np.ndarray
    points_lost: np.ndarray
    limit_us: np.ndarray
    ticket_us: np.ndarray


def columns_of(scope: Scope, state: State, filters: Filters, as_of_us: int) -> Columns:
    """Of all rows; what nobody may see is marked, not left out."""
    frame, count = state.frame, len(state.frame)
    waits = waiting.now_waiting(frame, as_of_us)
    hours = np.full(count, np.nan)
    hours[waits.positions] = waits.hours
    drop_us, limit_us, ticket_us = (np.full(count, NEVER, np.int64) for _ in range(3))
    tier_now, tier_after, points = np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count)
    for period in reversed(periods.open_at(state.as_of)):  # the one that closes first has the last word
        card = scorecard(state, period, as_of_us)
        clock = tier_clock(card)
        rows = card.membership.positions[clock.rows]
        drop_us[rows], points[rows] = clock.drop_us, clock.points_lost
        tier_now[rows], tier_after[rows] = clock.tier_now, clock.tier_after
        ticket_us[rows] = card.reports.ticket_commitment[rows]
        limit_us[rows] = bound_instants(card.reports.only(rows), card.rules)[-1]
    return Columns(
        seen=seen_rows(scope, frame, filters),
        open=(frame.status != STATUS_CODES["selesai"]) & (frame.entered <= as_of_us),
        waiting_hours=hours,
        drop_us=drop_us,
        tier_now=tier_now,
        tier_after=tier_after,
        points_lost=points,
        limit_us=limit_us,
        ticket_us=ticket_us,
    )


def kinds_of(columns: Columns, frame: Frame, as_of: datetime, limits: Limits) -> dict[str, np.ndarray]:
    """Kind -> bool per row. Whatever a ticket hides until its day loses value quietly, and is not called about.

    A limit that has passed is told once more at the next check, and by then is nobody's first call: most open reports
    are past it.
    """
    as_of_us, ahead = microseconds(as_of), timedelta(hours=limits["horizon_hours"])
    until_us = microseconds(as_of + ahead)
    told_us = microseconds(checks.last(as_of - ahead, limits).at)
    mine = columns.seen & columns.open
    hidden = (columns.ticket_us != NEVER) & (columns.ticket_us > as_of_us)
    active = mine & ~hidden
    tomorrow_us = (wib_day(as_of_us) + 1) * MICROSECONDS_PER_DAY - WIB_OFFSET_MICROSECONDS
    with np.errstate(invalid="ignore"):
        waits = {
            "mro": columns.seen & (columns.waiting_hours > limits["officer_warning_hours"]),
            "respons": columns.seen & (columns.waiting_hours > limits["response_hours"]),
        }
    return waits | {
        "batas": active & (columns.limit_us > as_of_us) & (columns.limit_us <= until_us),
        "lewat": active & (columns.limit_us > told_us) & (columns.limit_us <= as_of_us),
        "tingkat": active & (columns.drop_us <= until_us),
        "tiket": mine & (columns.ticket_us < tomorrow_us),
        "ditolak": mine & (frame.status == STATUS_CODES["tl_ditolak"]),
    }
