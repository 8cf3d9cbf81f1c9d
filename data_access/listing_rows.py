"""The rows of a listing, a page at a time, and how many there are: from the database, over all reports."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import psycopg

from data_access import contract, engine, listing_sql
from data_access.engine import DatabaseUnavailable
from data_access.listing import Listing
from data_access.live import State
from data_access.scope import Scope
from data_access.settings import settings

ROWS_PER_PAGE = 50
PAGES_AT_MOST = 1000  # 50,000 rows deep: beyond, a list is narrowed or downloaded
AT_LEAST = 10_000  # a result too large to be counted in time is said to be more than this
DEADLINE_SECONDS = 2.0
CUT_AFTER_SECONDS = 0.2  # a frozen server does not keep its own limit
KEPT_SECONDS = 10.0
COSTLY_KEPT_SECONDS = 600.0  # a count that was given up is not tried again at once
KEPT_COUNT = 64
SUMMARY_LENGTH = 240
WHOLE_SUMMARY_LENGTH = 32_000  # what a cell of a spreadsheet holds
# Name in the address -> what the rows are ordered by, reports of equal rank by their number. With the name of the
# relation, a column as it is (an index has it); without, it would be the readable one of the select.
ORDERS = {
    "masuk": "report.entered_at desc",
    "terlama": "report.entered_at",
    "nomor": "report_id",
    "menunggu": f"case when status = 'menunggu' then {listing_sql.SINCE} end",
    "selesai": "case when status = 'selesai' then nullif(completed_at, 'infinity') end desc nulls last",
}
DEFAULT_ORDER = "masuk"
TIMES = ("entered_at", "first_response_at", "received_at", "completed_at")
COLUMNS = (
    "report_id, status, category_id, kelurahan_code, unit_id, channel_id, is_private is not false as is_private,"
    " case when not is_private then left(summary, %(summary_length)s) end as summary, "
) + ", ".join(listing_sql.READABLE.format(name) for name in TIMES)


class Row(NamedTuple):
    """One report as the CRM has it. `summary` is None for a private one; `ticketed`: it has a ticket.

    A report of which the CRM does not say that it is public is private.
    """

    report_id: str
    status: str
    category_id: str | None
    kelurahan_code: str | None
    unit_id: str | None
    channel_id: str | None
    is_private: bool
    summary: str | None
    entered_at: datetime | None
    first_response_at: datetime | None
    received_at: datetime | None
    completed_at: datetime | None
    ticketed: bool


@dataclass(frozen=True)
class Count:
    """How many reports; when not `exact`, there are more than that."""

    count: int
    exact: bool


def page(scope: Scope, listing: Listing, state: State, order: str, number: int) -> list[Row]:
    """At most ROWS_PER_PAGE rows of page `number` (from 1, at most PAGES_AT_MOST). Raises DatabaseUnavailable."""
    key = ("page", settings().crm_dsn, scope, listing, order, number)
    return _kept(key, lambda: _page(scope, listing, state, order, number))


def count(scope: Scope, listing: Listing, state: State) -> Count:
    """How many reports the listing means, exactly when it can be counted in two seconds.

    Raises DatabaseUnavailable when not even the first AT_LEAST were found in time.
    """
    key = ("count", settings().crm_dsn, scope, listing)
    return _kept(key, lambda: _count(scope, listing, state))


def usable_columns(connection: psycopg.Connection) -> dict[str, set[str]]:
    """Columns of the contract the CRM has, looked up now and then: it costs more than a page."""
    return _kept(("usable", connection.info.dsn), lambda: contract.usable_columns(connection))


def select(
    scope: Scope, listing: Listing, state: State, usable: dict[str, set[str]], order: str, limit: str = ""
) -> listing_sql.Condition:
    """The query of the rows of a listing (columns of Row) in `order`, and its parameters.

    Without `limit` for a download: with the whole summaries.
    """
    there = frozenset(usable["report"])
    condition, parameters = listing_sql.condition(scope, listing, state.frame.names, state.as_of, there)
    ranked = ORDERS[order] + ("" if order == "nomor" else ", report_id")
    ticketed = "exists (select from crm.ticket where ticket.report_id = found.report_id)"
    if "report_id" not in usable.get("ticket", set()):
        ticketed = "false"
    inner = f"select {COLUMNS} from {listing_sql.relation(there)} where {condition} order by {ranked}"
    values = parameters | {"summary_length": SUMMARY_LENGTH if limit else WHOLE_SUMMARY_LENGTH}
    return f"select found.*, {ticketed} from ({inner} {limit}) found", values


def _page(scope: Scope, listing: Listing, state: State, order: str, number: int) -> list[Row]:
    limits = {"limit": ROWS_PER_PAGE, "skipped": (number - 1) * ROWS_PER_PAGE}
    with _bounded() as connection:
        usable = usable_columns(connection)
        query, values = select(scope, listing, state, usable, order, "limit %(limit)s offset %(skipped)s")
        found = connection.execute(query, values | limits).fetchall()
    return [Row(*row) for row in {row[0]: row for row in found}.values()]


def _count(scope: Scope, listing: Listing, state: State) -> Count:
    first = _counted(scope, listing, state, f"limit {AT_LEAST + 1}")
    if first <= AT_LEAST:
        return Count(first, exact=True)
    try:
        return Count(_counted(scope, listing, state, ""), exact=True)
    except DatabaseUnavailable:
        return Count(AT_LEAST, exact=False)


def _counted(scope: Scope, listing: Listing, state: State, limit: str) -> int:
    with _bounded() as connection:
        there = frozenset(usable_columns(connection)["report"])
        condition, values = listing_sql.condition(scope, listing, state.frame.names, state.as_of, there)
        rows = f"select report_id from {listing_sql.relation(there)} where {condition} {limit}"
        return connection.execute(f"select count(distinct report_id) from ({rows}) found", values).fetchone()[0]


@contextmanager
def _bounded() -> Iterator[psycopg.Connection]:
    """A connection on which the server gives up too when the reader did."""
    with engine.connect(settings().crm_dsn, deadline_seconds=DEADLINE_SECONDS + CUT_AFTER_SECONDS) as connection:
        connection.execute(f"set statement_timeout = {int(DEADLINE_SECONDS * 1000)}")
        yield connection


_answers: OrderedDict[Hashable, tuple[float, object]] = OrderedDict()


def _kept(key: Hashable, read: Callable[[], object]):
    """The answer of a moment ago, or a new one: a list looked at by many is asked once in ten seconds.

    While the database is away the last answer stays. Raises DatabaseUnavailable when there is none.
    """
    until, answer = _answers.get(key, (float("-inf"), None))
    if time.monotonic() < until:
        return answer
    try:
        answer = read()
    except DatabaseUnavailable:
        if key not in _answers:
            raise
    costly = isinstance(answer, Count) and not answer.exact
    _answers[key] = (time.monotonic() + (COSTLY_KEPT_SECONDS if costly else KEPT_SECONDS), answer)
    while len(_answers) > KEPT_COUNT:
        _answers.popitem(last=False)
    return answer
