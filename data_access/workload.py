"""How much work lies with each unit and officer: open, overdue, waiting, what comes in and what is closed per day."""

import threading
import time
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from data_access import contract, engine
from data_access.engine import DatabaseUnavailable
from data_access.filters import Filters
from data_access.frame import Frame, instant, wib_day
from data_access.levels import Level
from data_access.listing import ALL_TIME, Listing, mask
from data_access.live import State
from data_access.reader import UNFINISHED
from data_access.settings import settings
from scoring.periods import WIB

DAYS, WEEK_DAYS = 28, 7
CAPACITY_SHARE = (
    0.9  # of the days: what a unit closes on a good day, not on the one it cleared a backlog by the hundred
)
EPOCH_DAY = date(1970, 1, 1)
FAILURE_KEPT_SECONDS = 10
ANY_TIME = Filters(period=ALL_TIME)
HELD = f"""
select report_id, officer_id from crm.report
where entered_at >= %(since)s or completed_at >= %(since)s or {UNFINISHED}
order by case when isfinite(updated_at) then updated_at else entered_at end
"""
OFFICERS = "select officer_id, unit_id, alias from crm.officer where officer_id is not null"
NEEDED = {
    "report": {"report_id", "officer_id", "entered_at", "completed_at", "status", "updated_at"},
    "officer": {"officer_id", "unit_id", "alias"},
}


@dataclass(frozen=True, eq=False)
class Load:
    """int64 arrays over groups (units or officers).

    `open`: not Selesai; `overdue`: of these, older than the last limit of the category's time value; `waiting`: in
    Menunggu; `entered`, `closed` in the last 28 whole days (WIB), `entered_week`, `closed_week` in the last 7;
    `oldest`: row of the frame of the open report that came in first, -1 without one; `capacity` float64, reports per
    day: the 90th percentile of what was closed on each of the 28 days, NaN when that is nothing.
    """

    open: np.ndarray
    overdue: np.ndarray
    waiting: np.ndarray
    entered: np.ndarray
    closed: np.ndarray
    entered_week: np.ndarray
    closed_week: np.ndarray
    oldest: np.ndarray
    capacity: np.ndarray

    @property
    def growth_per_day(self) -> np.ndarray:
        """float64: by how many reports a day the open ones grew over the 28 days; negative when they shrank."""
        return (self.entered - self.closed) / DAYS

    @property
    def capacity_share(self) -> np.ndarray:
        """float64: what came in per day, of the capacity; NaN without one."""
        return self.entered / DAYS / self.capacity

    @property
    def clearing_days(self) -> np.ndarray:
        """float64: days the open reports would take at the pace of the last 7 days; NaN when nothing was closed."""
        return np.where(self.closed_week > 0, self.open * WEEK_DAYS / np.maximum(self.closed_week, 1), np.nan)


@dataclass(frozen=True)
class Officer:
    """An officer as the CRM shows them: by an alias, never a name."""

    officer_id: str
    alias: str
    unit_id: str | None


@dataclass(frozen=True, eq=False)
class Officers:
    """`officers` in the order of their codes; `code_of`: report number -> code. Empty where the CRM has no officers."""

    officers: tuple[Officer, ...]
    code_of: dict[str, int]


def last_days(as_of_us: int, days_count: int) -> tuple[date, date]:
    """First and last of the whole days (WIB) before today."""
    today = instant(as_of_us).astimezone(WIB).date()
    return today - timedelta(days=days_count), today - timedelta(days=1)


def listings(filters: Filters, as_of_us: int) -> dict[str, Listing]:
    """The reports behind each count of Load, of any month of entry; all of `filters` but the period narrows them."""
    filters = Filters(ALL_TIME, *list(vars(filters).values())[1:])
    month, week = last_days(as_of_us, DAYS), last_days(as_of_us, WEEK_DAYS)
    return {
        "open": Listing(filters, open_only=True),
        "overdue": Listing(filters, overdue=True),
        "waiting": Listing(filters, waiting_over_hours=0),
        "entered": Listing(filters, entered=month),
        "closed": Listing(filters, completed=month),
        "entered_week": Listing(filters, entered=week),
        "closed_week": Listing(filters, completed=week),
    }


@lru_cache(maxsize=2)  # the panels of one screen share it
def masks(frame: Frame, as_of_us: int) -> dict[str, np.ndarray]:
    """bool per row of a narrowed frame, by the name of each count."""
    return {name: mask(frame, listing, as_of_us) for name, listing in listings(ANY_TIME, as_of_us).items()}


def load_of_units(frame: Frame, shown: Level, as_of_us: int) -> Load:
    """Per unit of the level, everything below it included; `frame` is narrowed to what the viewer asked for."""
    rows, places = shown.belonging(frame.unit)
    return _load(frame, as_of_us, rows, places, len(shown))


def load_of_officers(frame: Frame, officers: Officers, as_of_us: int) -> Load:
    """Per officer of `officers`, of the reports that lie with them in the narrowed `frame`."""
    found = masks(frame, as_of_us)
    rows = np.flatnonzero(np.logical_or.reduce(list(found.values())))
    codes = np.array([officers.code_of.get(number, -1) for number in frame.number[rows]], np.int64)
    known = codes >= 0
    return _load(frame, as_of_us, rows[known], codes[known], len(officers.officers))


def _load(frame: Frame, as_of_us: int, rows: np.ndarray, places: np.ndarray, count: int) -> Load:
    found = masks(frame, as_of_us)
    counts = {name: np.bincount(places[held[rows]], minlength=count) for name, held in found.items()}
    held = found["open"][rows]
    order = np.argsort(-frame.entered[rows[held]], kind="stable")
    oldest = np.full(count, -1, np.int64)
    oldest[places[held][order]] = rows[held][order]  # the last one to be written stays: the earliest entered
    closed = found["closed"][rows]
    days = wib_day(frame.completed[rows[closed]]) - _first_day(as_of_us)
    return Load(**counts, oldest=oldest, capacity=_capacity(places[closed], days, count))


def _capacity(places: np.ndarray, days: np.ndarray, count: int) -> np.ndarray:
    per_day = np.bincount(places * DAYS + days, minlength=count * DAYS).reshape(count, DAYS)
    usual = np.quantile(per_day, CAPACITY_SHARE, axis=1)
    return np.where(usual > 0, usual, np.nan)


def _first_day(as_of_us: int) -> int:
    return (last_days(as_of_us, DAYS)[0] - EPOCH_DAY).days


def by_day(frame: Frame, as_of_us: int) -> tuple[list[date], np.ndarray, np.ndarray]:
    """(days, entered, closed): counts int64 of the last 28 whole days, the oldest first."""
    first, _ = last_days(as_of_us, DAYS)
    found = masks(frame, as_of_us)
    start = _first_day(as_of_us)
    columns = (frame.entered[found["entered"]], frame.completed[found["closed"]])
    entered, closed = (np.bincount(wib_day(column) - start, minlength=DAYS) for column in columns)
    return [first + timedelta(days=day) for day in range(DAYS)], entered, closed


def officers_of(state: State) -> Officers:
    """Who holds the open reports and those of the last 28 days, read once a minute. Raises DatabaseUnavailable."""
    key = (settings().crm_dsn, int(state.as_of.timestamp()) // 60)
    with _reading:  # one at a time: many screens that ask at once cost one reading
        failed_at, message = _failed.get(key[0], (-FAILURE_KEPT_SECONDS, ""))
        if time.monotonic() - failed_at < FAILURE_KEPT_SECONDS:
            raise DatabaseUnavailable(message)
        try:
            return _officers(*key)
        except DatabaseUnavailable as error:
            _failed[key[0]] = (time.monotonic(), str(error))
            raise


_reading = threading.Lock()
_failed: dict[str, tuple[float, str]] = {}


@lru_cache(maxsize=2)
def _officers(dsn: str, minute: int) -> Officers:
    since = instant(minute * 60_000_000) - timedelta(days=DAYS + 2)
    with engine.connect(dsn) as connection:
        usable = contract.usable_columns(connection)
        if not all(usable.get(view, set()) >= columns for view, columns in NEEDED.items()):
            return Officers((), {})
        people = connection.execute(OFFICERS).fetchall()
        held = connection.execute(HELD, {"since": since}).fetchall()
    return _coded(people, held)


def _coded(people: list[tuple], held: list[tuple[str, str]]) -> Officers:
    known = {officer_id: Officer(officer_id, alias or officer_id, unit_id) for officer_id, unit_id, alias in people}
    holder = dict(held)  # the newest copy of a report comes last
    codes: dict[str, int] = {}
    code_of = {number: codes.setdefault(name, len(codes)) for number, name in holder.items() if name}
    officers = (known.get(officer_id) or Officer(officer_id, officer_id, None) for officer_id in codes)
    return Officers(tuple(officers), code_of)
