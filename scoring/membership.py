"""Which reports are in a period, asked at an instant: new, left over, moved in by a ticket, Doorr (source 000)."""

from dataclasses import dataclass

import numpy as np

from scoring.periods import Period
from scoring.reports import NEVER, RECEIVED_CODES, STATUS_CODES, Reports, microseconds
from scoring.rules import Rules

WIB_OFFSET_US = 7 * 3_600_000_000
DAY_US = 24 * 3_600_000_000


@dataclass(frozen=True, eq=False)
class Membership:
    """Positions (int64, rising) in the reports, and per position how the report came in. `is_ticketed`: by its ticket.

    `held`, `duplicate` bool per position: not complete by a rule for dirty rows; has other copies.
    """

    positions: np.ndarray
    is_new: np.ndarray
    is_left_over: np.ndarray
    is_ticketed: np.ndarray
    is_doorr: np.ndarray
    held: np.ndarray
    duplicate: np.ndarray


def done_at(reports: Reports, rules: Rules) -> np.ndarray:
    """Instant (int64 microseconds) from which each report counts as complete; NEVER when its status or a rule forbids.

    Scoring part 2.5: the time of the follow-up, also while it waits for validation, unless `pending_validation: open`.
    """
    selesai = reports.status == STATUS_CODES["selesai"]
    if rules.pending_validation == "complete":
        selesai |= reports.status == STATUS_CODES["menunggu_validasi"]
        instant = reports.completed
    else:
        validated = np.where(reports.validated == NEVER, reports.completed, reports.validated)
        instant = np.maximum(reports.completed, validated)
    return np.where(selesai & ~held(reports, rules), instant, NEVER)


def held(reports: Reports, rules: Rules) -> np.ndarray:
    """bool per report: a dirty row whose rule is `hold`, in the total but never complete (duplicates: `members`)."""
    mask = np.zeros(len(reports), bool)
    if rules.dirty["negative_duration"] == "hold":
        mask |= reports.completed < reports.entered
    if rules.dirty["unknown_category"] == "hold":
        mask |= reports.category < 0
    return mask


def members(reports: Reports, rules: Rules, period: Period, as_of_us: int) -> Membership:
    """The reports of `period` asked at `as_of_us`. Rows of no known unit are in no total."""
    done = done_at(reports, rules)
    ticketed = reports.ticket_opened <= rules.decided_at_us(period, as_of_us)
    home = _home_by(reports, rules, period, ticketed)
    before = _home_by(reports, rules, period.previous, ticketed)
    cutoff_before = rules.cutoff_us(period.previous)
    # before that cut-off has passed, nothing is left over yet
    left_over = before & (done >= cutoff_before) & (as_of_us >= cutoff_before)
    inside = (home & ~before) | left_over
    positions = np.flatnonzero(inside & (reports.entered <= as_of_us) & (reports.unit >= 0))
    positions, duplicate = _one_of_each(reports, rules, positions)
    chosen = reports.only(positions)
    entered_here = chosen.entered >= microseconds(period.start)
    return Membership(
        positions=positions,
        is_new=entered_here,
        is_left_over=left_over[positions],
        is_ticketed=~entered_here & ~left_over[positions],
        held=held(chosen, rules) | (duplicate & (rules.dirty["duplicate_id"] == "hold")),
        is_doorr=_doorr(chosen, rules, period, as_of_us, ~before[positions] & ticketed[positions]),
        duplicate=duplicate,
    )


def _home_by(reports: Reports, rules: Rules, period: Period, ticketed: np.ndarray) -> np.ndarray:
    """bool: the home period is `period` or earlier. A ticket moves it to the first cut-off that covers its limit."""
    covered = ~ticketed | (reports.ticket_limit < rules.cutoff_us(period))
    return (reports.entered < microseconds(period.end)) & covered


def _doorr(reports: Reports, rules: Rules, period: Period, as_of_us: int, moved_in: np.ndarray) -> np.ndarray:
    """bool: passed to the unit and still waiting at the cut-off; once, in the first period after it was passed on."""
    if not rules.doorr_enabled or as_of_us < rules.cutoff_us(period):
        return np.zeros(len(reports), bool)
    passed_on = np.isin(reports.received_how, [RECEIVED_CODES[how] for how in rules.doorr_received_how])
    received = received_at(reports)
    waiting = passed_on & (reports.status == STATUS_CODES["menunggu"]) & ~held(reports, rules)
    waiting &= received < rules.cutoff_us(period)
    if not rules.doorr_once:
        return waiting
    earlier = (reports.entered < microseconds(period.start)) & (received < rules.cutoff_us(period.previous))
    waiting[earlier] = _hidden_until_now(reports.only(earlier), rules, moved_in[earlier]) & waiting[earlier]
    return waiting


def _hidden_until_now(reports: Reports, rules: Rules, moved_in: np.ndarray) -> np.ndarray:
    """bool: its ticket was open before the first cut-off after it was passed on, so it was in no earlier total."""
    first = np.maximum(received_at(reports), 0)
    first_cutoff = np.maximum(cutoffs_after(first, rules), cutoffs_of_entry(reports.entered, rules))
    return moved_in & (reports.ticket_opened < first_cutoff)


def received_at(reports: Reports) -> np.ndarray:
    """When the present holder got each report; the entry where that is not known."""
    return np.where(reports.received == NEVER, reports.entered, reports.received)


def cutoffs_of_entry(entered: np.ndarray, rules: Rules) -> np.ndarray:
    """First instant after the cut-off of the month of each instant (int64 microseconds)."""
    return _cutoff_of_months(_months(entered), rules)


def cutoffs_after(instants: np.ndarray, rules: Rules) -> np.ndarray:
    """The first cut-off after each instant (int64 microseconds)."""
    return _cutoff_of_months(_months(instants - rules.cutoff_day * DAY_US), rules)


def _months(instants: np.ndarray) -> np.ndarray:
    return (instants + WIB_OFFSET_US).astype("datetime64[us]").astype("datetime64[M]")


def _cutoff_of_months(months: np.ndarray, rules: Rules) -> np.ndarray:
    following = (months + 1).astype("datetime64[us]").astype(np.int64)
    return following - WIB_OFFSET_US + rules.cutoff_day * DAY_US


def _one_of_each(reports: Reports, rules: Rules, positions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(positions, duplicate): of rows with one number a single copy stays, whatever the order of the rows."""
    numbers = reports.number[positions].tolist()
    if len(set(numbers)) == len(numbers):
        return positions, np.zeros(len(positions), bool)
    codes, counts = _codes(numbers)
    duplicate = counts[codes] > 1
    if rules.dirty["duplicate_id"] == "use":
        return positions, duplicate
    copies = reports.only(positions)
    keys = (copies.received, copies.received_how, copies.validated, copies.status, copies.category, copies.unit)
    order = np.lexsort((*keys, copies.completed, copies.entered, codes))
    first = np.ones(len(order), bool)
    first[1:] = codes[order][1:] != codes[order][:-1]
    kept = np.sort(order[first])
    return positions[kept], duplicate[kept]


def _codes(numbers: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """(code per row, rows per code)."""
    known: dict[str, int] = {}
    codes = np.array([known.setdefault(number, len(known)) for number in numbers])
    return codes, np.bincount(codes)
