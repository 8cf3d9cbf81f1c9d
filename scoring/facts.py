"""What the score needs of each report of a period: complete, whole hours, tier value, weight, and what was dirty."""

from dataclasses import dataclass, fields, replace

import numpy as np

from scoring.membership import Membership, done_at
from scoring.periods import Period
from scoring.reports import MICROSECONDS_PER_HOUR, NEVER, STATUS_CODES, Reports, microseconds
from scoring.rules import Rules

CLOSED_STATUSES = tuple(STATUS_CODES[status] for status in ("selesai", "menunggu_validasi"))
WORKING_STATUSES = tuple(STATUS_CODES[status] for status in ("menunggu", "disposisi", "koordinasi", "proses"))


@dataclass(frozen=True, eq=False)
class Facts:
    """One row per report of the period. hours int64 (whole; 0 when not complete), tier int64 (0 when not complete).

    weight_steps int64: the category's weight in steps of `Rules.weight_step`. responded: answered within the limit.
    default_tiers, default_weight: complete, and the category has no value of its own.
    """

    unit: np.ndarray
    complete: np.ndarray
    doorr: np.ndarray
    hours: np.ndarray
    tier: np.ndarray
    weight_steps: np.ndarray
    responded: np.ndarray
    default_tiers: np.ndarray
    default_weight: np.ndarray

    def __len__(self) -> int:
        return len(self.unit)

    def only(self, mask: np.ndarray) -> "Facts":
        """The rows where `mask` holds, or at the given positions."""
        return replace(self, **{field.name: getattr(self, field.name)[mask] for field in fields(self)})


def facts(reports: Reports, rules: Rules, period: Period, as_of_us: int, membership: Membership) -> Facts:
    """Facts of the members, row by row as in `membership.positions`. Scoring parts 2.5 and 3."""
    rows = reports.only(membership.positions)
    complete = (done_at(rows, rules) <= rules.decided_at_us(period, as_of_us)) & ~membership.held
    categories = rules.for_categories(reports.category_names)
    hours = np.where(complete, whole_hours(rows, rules), 0)
    return Facts(
        unit=rows.unit,
        complete=complete,
        doorr=membership.is_doorr & ~membership.held,
        hours=hours,
        tier=np.where(complete, tier_values(hours, rows.category, categories, rules), 0),
        weight_steps=categories.weight_steps[rows.category],  # code -1 is the last row: the unknown category
        responded=_responded(rows, rules, period, as_of_us),
        default_tiers=complete & categories.uses_default_tiers[rows.category],
        default_weight=complete & categories.uses_default_weight[rows.category],
    )


def whole_hours(rows: Reports, rules: Rules) -> np.ndarray:
    """Whole hours from entry to completion (int64); less the hidden time of the ticket if the rules pause the clock."""
    duration = rows.completed - rows.entered
    if rules.ticket_pauses_clock:
        shown_again = np.minimum(rows.ticket_commitment, rows.completed)
        hidden = np.maximum(shown_again - np.maximum(rows.ticket_opened, rows.entered), 0)
        duration = duration - np.where(rows.ticket_commitment == NEVER, 0, hidden)
    return duration // MICROSECONDS_PER_HOUR


def tier_values(hours: np.ndarray, category: np.ndarray, categories, rules: Rules) -> np.ndarray:
    """Value of the time score (int64) for whole hours and category codes."""
    steps = [(categories.t100, 0), (categories.t80, 1), (categories.t60, 2)]
    conditions = [hours < bound[category] for bound, _ in steps]
    return np.select(conditions, [rules.tier_values[index] for _, index in steps], default=rules.tier_values[3])


def _responded(rows: Reports, rules: Rules, period: Period, as_of_us: int) -> np.ndarray:
    """bool: first answered (at the latest by its completion) within the limit of the rules; false without one."""
    if rules.response_limit_hours is None:
        return np.zeros(len(rows), bool)
    answered = np.minimum(rows.first_response, rows.completed)
    in_time = answered - rows.entered <= rules.response_limit_hours * MICROSECONDS_PER_HOUR
    return in_time & (answered <= rules.decided_at_us(period, as_of_us))


def dirt(rows: Reports, rules: Rules, as_of_us: int, membership: Membership) -> dict[str, np.ndarray]:
    """bool over the members per class of dirt that the rules flag. `rows` are the members' reports."""
    closed = np.isin(rows.status, CLOSED_STATUSES)
    found = {
        "negative_duration": rows.completed < rows.entered,
        "completed_after_as_of": closed & (rows.completed > as_of_us) & (rows.completed != NEVER),
        "completed_without_time": closed & (rows.completed == NEVER),
        "reopened": np.isin(rows.status, WORKING_STATUSES) & (rows.completed <= as_of_us),
        "unknown_status": rows.status == 0,
        "unknown_category": rows.category < 0,
        "duplicate_id": membership.duplicate,
    }
    return {name: mask for name, mask in found.items() if rules.dirty[name] != "use"}


def left_out(reports: Reports, rules: Rules, period: Period, as_of_us: int) -> dict[str, np.ndarray]:
    """Units (int32 per row) of the rows of the month that are in no total, per class; -1 where the unit is unknown."""
    here = (reports.entered >= microseconds(period.start)) & (reports.entered < microseconds(period.end))
    early = here & (reports.entered <= as_of_us)
    found = {"entered_after_as_of": here & ~early, "unknown_unit": early & (reports.unit < 0)}
    return {name: reports.unit[mask] for name, mask in found.items() if rules.dirty[name] != "use"}
