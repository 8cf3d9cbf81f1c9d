"""How long reports took, month by month: closed months from the database once an hour, the live ones from the frame."""

import psycopg

from data_access import engine
from data_access.completion import entered_in
from data_access.durations_of import Durations, Responses, completed_in, durations, responses
from data_access.filters import Filters, narrowed
from data_access.frame import microseconds
from data_access.kept import Kept
from data_access.live import State
from data_access.row_conditions import conditions
from data_access.scope import Scope
from data_access.settings import settings
from scoring import periods
from scoring.periods import Period

MONTHS_SHOWN = 13
KEPT_SECONDS = 3600
KEPT_COUNT = 40 * MONTHS_SHOWN
DEADLINE_SECONDS = 4.0  # the browser gives up after five

# The newest copy of each report counts; condition and status are asked of that copy alone. Only what is needed is
# carried through the sort: with every column it no longer fits into the memory of one.
NEWEST = """
    select distinct on (report_id) entered_at, first_response_at, completed_at, status, unit_id, kelurahan_code,
           category_id, channel_id
    from crm.report where {time} >= %(since)s and {time} < %(until)s order by report_id, updated_at desc
"""
COMPLETED = """
with newest as (
    {newest}
), took as (
    select case when isfinite(entered_at) and completed_at >= entered_at
                then extract(epoch from completed_at - entered_at)::float8 / 3600 end as hours
    from newest where status = 'selesai' and {condition}
)
select count(*), count(hours), avg(hours), percentile_cont(array[0.5, 0.9]) within group (order by hours),
       count(*) filter (where hours < 192), count(*) filter (where hours >= 192 and hours < 360),
       count(*) filter (where hours >= 360)
from took
"""
ANSWERED = """
with newest as (
    {newest}
), took as (
    select case when first_response_at <= %(as_of)s and isfinite(first_response_at)
                then extract(epoch from first_response_at - entered_at) / 3600 end as hours
    from newest where {condition}
)
select count(*) filter (where hours >= 0 and hours <= 6), count(*) filter (where hours > 6),
       count(*) filter (where hours is null), count(*) filter (where hours is null)
from took
"""
Month = tuple[Period, Durations, Responses]

_kept: Kept[tuple[Durations, Responses]] = Kept(KEPT_SECONDS, KEPT_COUNT)


def by_month(scope: Scope, state: State, filters: Filters, last: Period) -> list[Month]:
    """The 13 months up to `last`, oldest first. Raises DatabaseUnavailable when closed months were never read."""
    live = periods.of(state.as_of).previous
    months = [last.shifted(-ago) for ago in reversed(range(MONTHS_SHOWN))]
    return [(month, *(_closed if month < live else _live)(scope, state, filters, month)) for month in months]


def _live(scope: Scope, state: State, filters: Filters, month: Period) -> tuple[Durations, Responses]:
    frame, as_of_us = narrowed(scope, state.frame, filters), microseconds(state.as_of)
    done, came = completed_in(frame, month, as_of_us), entered_in(frame, month, as_of_us)
    return durations(frame, done), responses(frame, came, as_of_us)


def _closed(scope: Scope, state: State, filters: Filters, month: Period) -> tuple[Durations, Responses]:
    """Each month is kept by itself: what was read stays, also when a slow database cuts the others short."""
    condition, parameters = conditions(scope, filters, state.frame.names)
    crm = settings().crm_dsn
    times = {"since": month.start, "until": month.end, "as_of": state.as_of}
    key = (scope.key(), crm, condition, repr(parameters), month)
    return _kept.get(key, lambda: _read(crm, condition, parameters | times))


def _read(crm: str, condition: str, parameters: dict) -> tuple[Durations, Responses]:
    with engine.connect(crm, deadline_seconds=DEADLINE_SECONDS) as connection:
        done = _asked(connection, COMPLETED, "completed_at", condition, parameters)
        answered = _asked(connection, ANSWERED, "entered_at", condition, parameters)
    return _durations(*done), Responses(*answered)


def _asked(connection: psycopg.Connection, query: str, time: str, condition: str, parameters: dict) -> tuple:
    text = query.format(newest=NEWEST.format(time=time), condition=condition)
    return connection.execute(text, parameters).fetchone()


def _durations(completed: int, timed: int, mean: float | None, quantiles: list[float] | None, *days: int) -> Durations:
    median, p90 = quantiles or (None, None)
    return Durations(completed, timed, mean, median, p90, days)
