"""Reports by channel and category, month by month; and how the present month compares with those before it."""

from dataclasses import dataclass

import numpy as np

from data_access import engine
from data_access.completion import entered_in
from data_access.dimensions import Dimensions
from data_access.filters import Filters, narrowed
from data_access.frame import MICROSECONDS_PER_DAY, Frame, microseconds
from data_access.kept import Kept
from data_access.listing import ALL_TIME, Listing, mask
from data_access.live import State
from data_access.row_conditions import conditions
from data_access.scope import Scope
from data_access.settings import settings
from scoring import periods
from scoring.periods import Period

MONTHS_SHOWN = 13
MONTHS_BEFORE = 3
KEPT_SECONDS = 3600
KEPT_COUNT = 40
DEADLINE_SECONDS = 4.0  # the browser gives up after five
FEW_REPORTS = 30  # of the months before together: below, a trend is chance
QUERY = """
select to_char(entered_at at time zone 'Asia/Jakarta', 'YYYY-MM'), channel_id, category_id, count(*)
from (select distinct on (report_id) report_id, entered_at, channel_id, category_id, unit_id, kelurahan_code, status
      from crm.report where entered_at >= %(since)s and entered_at < %(until)s
      order by report_id, updated_at desc) newest
where {condition} group by 1, 2, 3
"""


@dataclass(frozen=True, eq=False)
class MonthCounts:
    """Reports entered. `counts` int (months, channels, categories) by the codes of the frame's names, oldest first."""

    months: tuple[Period, ...]
    counts: np.ndarray

    @property
    def by_channel(self) -> np.ndarray:
        """int (months, channels)."""
        return self.counts.sum(axis=2)

    @property
    def by_category(self) -> np.ndarray:
        """int (months, categories)."""
        return self.counts.sum(axis=1)

    @property
    def totals(self) -> np.ndarray:
        """int per month."""
        return self.counts.sum(axis=(1, 2))


@dataclass(frozen=True)
class Trend:
    """A code's reports a day in the last month and, as a mean, in the three before it. `few`: too few to compare.

    `expected_count`: what the last month would hold so far at the pace of the months before.
    """

    code: int
    count: int
    expected_count: float
    per_day: float
    per_day_before: float
    few: bool

    @property
    def ratio(self) -> float | None:
        """Reports a day against the months before; None without any before."""
        return self.per_day / self.per_day_before if self.per_day_before else None

    @property
    def beyond_chance(self) -> bool:
        """Further from the expected count than three standard deviations of a Poisson number."""
        return not self.few and abs(self.count - self.expected_count) > 3 * self.expected_count**0.5


_kept: Kept[list[tuple]] = Kept(KEPT_SECONDS, KEPT_COUNT)


def by_month(scope: Scope, state: State, filters: Filters, last: Period) -> MonthCounts:
    """The 13 months up to `last`. Raises DatabaseUnavailable when closed months were never read."""
    names, live = state.frame.names, periods.of(state.as_of).previous
    months = tuple(last.shifted(-ago) for ago in reversed(range(MONTHS_SHOWN)))
    counts = np.zeros((len(months), len(names.channels), len(names.categories)), np.int64)
    closed = [month for month in months if month < live]
    if closed:
        _fill(counts, months, _closed_months(scope, state, filters, closed[0], closed[-1]), names)
    frame = narrowed(scope, state.frame, filters)
    for place in range(len(closed), len(months)):
        counts[place] = _counted(frame, months[place], microseconds(state.as_of))
    return MonthCounts(months, counts)


def trends(counts: np.ndarray, months: tuple[Period, ...], as_of_us: int) -> list[Trend]:
    """Per code of `counts` (int, months by codes): the last month against the three before, by reports a day."""
    days = np.array([_days(month, as_of_us) for month in months[-1 - MONTHS_BEFORE :]])
    recent = counts[-1 - MONTHS_BEFORE :]
    now, before = recent[-1] / days[-1], recent[:-1].sum(axis=0) / days[:-1].sum()
    few = recent[:-1].sum(axis=0) < FEW_REPORTS
    columns = (recent[-1], before * days[-1], now, before, few)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [Trend(code, *row) for code, row in enumerate(rows)]


def located_counts(frame: Frame, period: Period, as_of_us: int) -> tuple[np.ndarray, np.ndarray]:
    """int per channel code: reports entered in `period` up to `as_of_us`, and those with a point in Jakarta."""
    rows = entered_in(frame, period, as_of_us)
    size = len(frame.names.channels)
    located = rows & mask(frame, Listing(Filters(period=ALL_TIME), point="ya"), as_of_us)
    return np.bincount(frame.channel[rows], minlength=size), np.bincount(frame.channel[located], minlength=size)


def _days(month: Period, as_of_us: int) -> float:
    """Days of the month that have passed."""
    start_us, end_us = microseconds(month.start), microseconds(month.end)
    return max(min(end_us, as_of_us) - start_us, 1) / MICROSECONDS_PER_DAY


def _counted(frame: Frame, month: Period, as_of_us: int) -> np.ndarray:
    rows = entered_in(frame, month, as_of_us)
    shape = len(frame.names.channels), len(frame.names.categories)
    flat = frame.channel[rows].astype(np.int64) * shape[1] + frame.category[rows]
    return np.bincount(flat, minlength=shape[0] * shape[1]).reshape(shape)


def _fill(counts: np.ndarray, months: tuple[Period, ...], rows: list[tuple], names: Dimensions) -> None:
    place = {str(month): position for position, month in enumerate(months)}
    channel, category = names.code_of["channel"], names.code_of["category"]
    for month, channel_id, category_id, count in rows:
        counts[place[month], channel.get(channel_id, 0), category.get(category_id, 0)] += count


def _closed_months(scope: Scope, state: State, filters: Filters, first: Period, last: Period) -> list[tuple]:
    condition, parameters = conditions(scope, filters, state.frame.names)
    crm = settings().crm_dsn
    key = (scope.key(), crm, condition, repr(parameters), first, last)
    times = {"since": first.start, "until": last.end}
    return _kept.get(key, lambda: _read(crm, condition, parameters | times))


def _read(crm: str, condition: str, parameters: dict) -> list[tuple]:
    with engine.connect(crm, deadline_seconds=DEADLINE_SECONDS) as connection:
        return connection.execute(QUERY.format(condition=condition), parameters).fetchall()
