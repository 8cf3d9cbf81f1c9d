"""The twice-daily check: when it is due, and what changed among the waiting reports since the one before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from data_access import waiting
from data_access.dimensions import Dimensions
from data_access.filters import Filters
from data_access.frame import Frame, instant
from data_access.limits import Limits
from data_access.scope import Scope
from scoring.periods import WIB

WAITS = "menunggu"  # the only group of reports a check compares


@dataclass(frozen=True, order=True)
class Check:
    """One of the daily checks and the instant (WIB) it is due."""

    at: datetime
    name: str


@dataclass(frozen=True)
class Entry:
    """A report that waited longer than the response limit; `since` is when the wait began. Texts are identifiers."""

    number: str
    unit_id: str
    category_id: str
    channel_id: str
    kelurahan_code: str
    since: datetime


@dataclass(frozen=True)
class Before:
    """Everybody who waited too long at a check, as it was `stored` (at `seen_at`) or else rebuilt from the events."""

    check: Check
    seen_at: datetime
    stored: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Change:
    """Report numbers: waiting at the check `handled` since, `still` waiting, and `new` ones.

    `passed_officer`: of the still waiting ones, those that went over the officer's limit since. `seen_at`: whose rows
    are compared; of a check that was made late, the moment it was made. `stored`: the check was written down; else its
    rows were rebuilt from the events.
    """

    check: Check
    seen_at: datetime
    stored: bool
    handled: frozenset[str]
    still: frozenset[str]
    new: frozenset[str]
    passed_officer: frozenset[str]


def last(as_of: datetime, limits: Limits) -> Check:
    """The newest check due at or before `as_of`."""
    return max(check for check in _around(as_of, limits) if check.at <= as_of)


def following(as_of: datetime, limits: Limits) -> Check:
    """The first check due after `as_of`."""
    return min(check for check in _around(as_of, limits) if check.at > as_of)


def entries(frame: Frame, as_of_us: int, limit_hours: float) -> list[Entry]:
    """Every report that waits longer than the limit at `as_of_us`, longest first."""
    rows = waiting.now_waiting(frame, as_of_us).over(limit_hours)
    since = waiting.waiting_since(frame, rows)
    names = frame.names
    return [
        Entry(
            number=str(frame.number[row]),
            unit_id=names.units[frame.unit[row]].unit_id,
            category_id=names.categories[frame.category[row]][0],
            channel_id=names.channels[frame.channel[row]][0],
            kelurahan_code=names.kelurahan[frame.kelurahan[row]][0],
            since=instant(since_us),
        )
        for row, since_us in zip(rows.tolist(), since.tolist(), strict=True)
    ]


def narrowed(scope: Scope, found: Iterable[Entry], filters: Filters, names: Dimensions) -> list[Entry]:
    """Those a viewer may see and asked for: what `filters.seen_rows` says of the rows of a frame."""
    if filters.status not in (None, WAITS):
        return []
    below = names.subtree(filters.unit_id) if filters.unit_id else None
    return [
        entry
        for entry in found
        if (scope.everything or entry.unit_id in scope.unit_ids)
        and (below is None or below[names.unit_code(entry.unit_id) or 0])
        and (not filters.area_code or f"{entry.kelurahan_code}.".startswith(f"{filters.area_code}."))
        and filters.category_id in (None, entry.category_id)
        and filters.channel_id in (None, entry.channel_id)
    ]


def compare(then: Before, before: list[Entry], now: list[Entry], as_of: datetime, limits: Limits) -> Change:
    """What became of the reports of a check: `before` and `now` are asked with the same filters."""
    there, waits = {entry.number for entry in before}, {entry.number: entry for entry in now}
    officer = timedelta(hours=limits["officer_warning_hours"])
    still = there & waits.keys()
    passed = {number for number in still if then.seen_at < waits[number].since + officer < as_of}
    return Change(
        check=then.check,
        seen_at=then.seen_at,
        stored=then.stored,
        handled=frozenset(there - waits.keys()),
        still=frozenset(still),
        new=frozenset(waits.keys() - there),
        passed_officer=frozenset(passed),
    )


def _around(as_of: datetime, limits: Limits) -> list[Check]:
    today = as_of.astimezone(WIB).date()
    days = [today + timedelta(days=offset) for offset in (-1, 0, 1)]
    return [Check(datetime.combine(day, at, WIB), name) for day in days for name, at in limits.check_times.items()]
