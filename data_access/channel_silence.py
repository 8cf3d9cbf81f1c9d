"""Channels that are silent for longer than they use to be.

A gap is the time between two entries of one channel, and belongs to the part of the week in which it begins. The gap
that lasts now is held against the gaps of the last eight weeks of the same channel and part of the week. A channel that
has been silent for so long that these weeks say too little is held against the eight weeks before its own last entry.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

import numpy as np

from data_access import engine
from data_access.engine import DatabaseUnavailable
from data_access.filters import Filters
from data_access.frame import MICROSECONDS_PER_DAY, MICROSECONDS_PER_HOUR, WIB_OFFSET_MICROSECONDS, Frame, wib_day
from data_access.kept import Kept
from data_access.live import State
from data_access.row_conditions import conditions
from data_access.scope import Scope
from data_access.selection import visible
from data_access.settings import settings

WEEKS = 8
FEW_GAPS = 30  # below, a part of the week is judged by all gaps of the channel; and these by nothing
USUAL_SHARE = 0.99
DAY_HOURS = (6, 18)  # WIB
PARTS_COUNT = 4  # workday, workday's night, weekend, weekend's night
SATURDAY = 5
THURSDAY = 3  # 1 January 1970
KEPT_SECONDS = 3600
KEPT_COUNT = 8
DEADLINE_SECONDS = 4.0
SILENT_DAYS = 7  # from then on a channel the last weeks say too little about is looked for further back,
BACK_DAYS = 366  # so far: what has been silent for longer is given up rather than fallen silent
BACK_DEADLINE_SECONDS = 2.0  # it adds to a panel that can do without it
QUERY = """
select channel_id, (date_part('epoch', entered_at) * 1e6)::bigint
from (select distinct on (report_id) report_id, channel_id, entered_at, unit_id from crm.report
      where entered_at >= %(since)s and entered_at <= %(until)s order by report_id, updated_at desc) newest
where {condition} order by 1, 2
"""
BACK = "channel_id = any(%(silent)s) and entered_at >= %(back)s and entered_at <= %(until)s"
BACK_QUERY = f"""
with newest as (select distinct on (report_id) report_id, channel_id, entered_at, unit_id from crm.report
                where {BACK} {{of_scope}} order by report_id, updated_at desc),
     seen as (select *, max(entered_at) over (partition by channel_id) as last_at from newest where {{condition}})
select channel_id, (date_part('epoch', entered_at) * 1e6)::bigint, report_id from seen
where entered_at >= last_at - interval '{WEEKS} weeks' order by 1, 2
"""
# Lets the index by unit find the few reports of a narrow scope; which copy counts is decided after it.
OF_SCOPE = f"and report_id in (select report_id from crm.report where {BACK} and {{condition}})"


@dataclass(frozen=True)
class Usual:
    """Gaps of one channel that began in one part of the week (or in any: `pooled`): how many, P99 and the longest."""

    gaps_count: int
    p99_hours: float
    longest_hours: float
    pooled: bool


@dataclass(frozen=True)
class Silence:
    """A channel now. `number`, `last_us`: its last report, None when none is known; `usual` None: too few gaps."""

    code: int
    number: str | None
    last_us: int | None
    silent_hours: float | None
    part: int | None
    usual: Usual | None

    @property
    def unusual(self) -> bool:
        """Longer than 99 of 100 of its own gaps."""
        return self.usual is not None and self.silent_hours > self.usual.p99_hours

    @property
    def longest_ever(self) -> bool:
        """Longer than any of the eight weeks."""
        return self.usual is not None and self.silent_hours > self.usual.longest_hours


@dataclass(frozen=True, eq=False)
class Before:
    """The entries of a channel up to its last one, int64 microseconds, sorted; the number of that report."""

    entries_us: np.ndarray
    number: str


_kept: Kept[dict[str, np.ndarray]] = Kept(KEPT_SECONDS, KEPT_COUNT)
_kept_before: Kept[dict[str, Before]] = Kept(KEPT_SECONDS, KEPT_COUNT)  # apart: its failures must not stop the other


def silences(scope: Scope, state: State, as_of_us: int) -> list[Silence]:
    """Every channel, the silent ones first. Raises DatabaseUnavailable when the eight weeks were never read."""
    frame, entries = visible(scope, state.frame), _entries(scope, state)
    channels = [channel_id for channel_id, _ in frame.names.channels]
    rows, nothing = _last_rows(frame, len(channels), as_of_us), np.zeros(0, np.int64)
    few = [len(entries.get(channel_id, nothing)) <= FEW_GAPS for channel_id in channels]
    silent_since_us = as_of_us - SILENT_DAYS * MICROSECONDS_PER_DAY
    silent = [code for code, row in enumerate(rows) if few[code] and (row < 0 or frame.entered[row] < silent_since_us)]
    before = _before(scope, state, tuple(channels[code] for code in silent if code))
    found = [
        _silence(frame, code, rows[code], before.get(channel_id) or entries.get(channel_id, nothing), as_of_us)
        for code, channel_id in enumerate(channels)
        if code
    ]
    return sorted(found, key=lambda one: (not one.longest_ever, not one.unusual, one.usual is None, one.code))


def usual_gap(entries_us: np.ndarray, part: int) -> Usual | None:
    """Gaps between sorted entries that began in `part` of the week; in any when these are few, None when all are."""
    gaps_hours = np.diff(entries_us) / MICROSECONDS_PER_HOUR
    inside = gaps_hours[part_of_week(entries_us[:-1]) == part]
    pooled = len(inside) < FEW_GAPS
    chosen = gaps_hours if pooled else inside
    if len(chosen) < FEW_GAPS:
        return None
    return Usual(len(chosen), float(np.quantile(chosen, USUAL_SHARE)), float(chosen.max()), pooled)


def part_of_week(instants_us: np.ndarray) -> np.ndarray:
    """int per instant: 0 workday, 1 workday's night (18.00-06.00 WIB), 2 weekend, 3 weekend's night."""
    local_us = instants_us + WIB_OFFSET_MICROSECONDS
    hour = local_us % MICROSECONDS_PER_DAY // MICROSECONDS_PER_HOUR
    weekend = (wib_day(instants_us) + THURSDAY) % 7 >= SATURDAY
    night = (hour < DAY_HOURS[0]) | (hour >= DAY_HOURS[1])
    return weekend * 2 + night


def _last_rows(frame: Frame, count: int, as_of_us: int) -> list[int]:
    """Per channel the row of the frame that came in last, -1 without one."""
    known = np.flatnonzero(frame.entered <= as_of_us)
    order = known[np.argsort(frame.entered[known], kind="stable")]
    last = np.full(count, -1, np.int64)
    last[frame.channel[order]] = order  # the last one to be written stays
    return last.tolist()


def _silence(frame: Frame, code: int, row: int, known: np.ndarray | Before, as_of_us: int) -> Silence:
    if isinstance(known, Before):  # the frame may still hold an older report that is open
        number, last_us, entries_us = known.number, int(known.entries_us[-1]), known.entries_us
    elif row >= 0:
        number, last_us, entries_us = str(frame.number[row]), int(frame.entered[row]), known
    else:
        return Silence(code, None, None, None, None, None)
    part = int(part_of_week(np.array([last_us]))[0])
    silent_hours = (as_of_us - last_us) / MICROSECONDS_PER_HOUR
    return Silence(code, number, last_us, silent_hours, part, usual_gap(entries_us, part))


def _entries(scope: Scope, state: State) -> dict[str, np.ndarray]:
    condition, parameters = conditions(scope, Filters(), state.frame.names)
    crm = settings().crm_dsn
    times = {"since": state.as_of - timedelta(weeks=WEEKS), "until": state.as_of}
    return _kept.get((scope.key(), crm), lambda: _read(crm, condition, parameters | times))


def _before(scope: Scope, state: State, silent: tuple[str, ...]) -> dict[str, Before]:
    """By channel of `silent` that had an entry within a year; nothing when the CRM cannot be asked in time."""
    if not silent or not (scope.everything or scope.unit_ids):
        return {}
    condition, parameters = conditions(scope, Filters(), state.frame.names)
    crm = settings().crm_dsn
    given = {"silent": list(silent), "back": state.as_of - timedelta(days=BACK_DAYS), "until": state.as_of}
    of_scope = "" if scope.everything else OF_SCOPE.format(condition=condition)
    query = BACK_QUERY.format(of_scope=of_scope, condition=condition)
    try:
        return _kept_before.get((scope.key(), crm, silent), lambda: _read_before(crm, query, parameters | given))
    except DatabaseUnavailable:
        return {}


def _read_before(crm: str, query: str, parameters: dict) -> dict[str, Before]:
    with engine.connect(crm, deadline_seconds=BACK_DEADLINE_SECONDS) as connection:
        rows = connection.execute(query, parameters).fetchall()
    found = {channel_id: list(entries) for channel_id, entries in groupby(rows, key=lambda row: row[0])}
    return {
        channel_id: Before(np.array([at_us for _, at_us, _ in entries], np.int64), entries[-1][2])
        for channel_id, entries in found.items()
    }


def _read(crm: str, condition: str, parameters: dict) -> dict[str, np.ndarray]:
    with engine.connect(crm, deadline_seconds=DEADLINE_SECONDS) as connection:
        rows = connection.execute(QUERY.format(condition=condition), parameters).fetchall()
    found: dict[str, list[int]] = {}
    for channel_id, entered_us in rows:
        found.setdefault(channel_id, []).append(entered_us)
    return {channel_id: np.array(entries, np.int64) for channel_id, entries in found.items()}
