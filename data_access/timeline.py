"""One report and its way: what it is, who held it for how long, its ticket, and the reports beside it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

import psycopg

from data_access import engine, listing_sql
from data_access.listing_rows import usable_columns
from data_access.live import State
from data_access.points import NULL_ISLAND_DEGREES
from data_access.scope import Scope
from data_access.settings import settings
from data_access.tables import report

NEIGHBOUR_METRES = 50
NEIGHBOUR_DAYS = 90  # before and after: of all time the query would not stay fast
DUPLICATE_TIME = timedelta(hours=48)
NEIGHBOURS_AT_MOST = 20
EARTH_METRES = 6_371_000
METRES_PER_DEGREE = 111_195
EVENTS_AT_MOST = 500
COLUMNS = tuple(column.name for column in report.columns)
SELECTED = ", ".join(listing_sql.READABLE.format(name) if name.endswith("_at") else name for name in COLUMNS)
TEXTS_OF_A_PRIVATE_REPORT = ("summary", "photo_before", "photo_after")
EVENTS = """
select occurred_at, status, from_unit_id, to_unit_id, {officer_id}, {note} from crm.report_event
where report_id = %(number)s and isfinite(occurred_at) and occurred_at <= %(as_of)s
order by occurred_at, event_id limit {limit}
"""
EVENTS_NEED = {"event_id", "report_id", "occurred_at", "status", "from_unit_id", "to_unit_id"}
TICKET = """
select opened_at, commitment_at, limit_at, {reason} from crm.ticket
where report_id = %(number)s order by opened_at limit 1
"""
TICKET_NEEDS = {"report_id", "opened_at", "commitment_at", "limit_at"}
# The nearest first also where so many lie on one point that not all of them are read. The bounds of time are made by
# the database, which knows years that Python does not.
NEAR = """
select report_id, entered_at, status, category_id, latitude, longitude from {relation}
where entered_at between greatest(%(at)s::timestamptz - make_interval(days => %(days)s), '0001-01-02')
        and least(%(at)s::timestamptz + make_interval(days => %(days)s), '9999-12-30')
    and report_id <> %(number)s
    and latitude between %(south)s and %(north)s and longitude between %(west)s and %(east)s
    and (%(everything)s or unit_id = any(%(units)s)) and {newest}
order by (latitude - %(latitude)s) ^ 2 + ((longitude - %(longitude)s) * %(narrow)s) ^ 2,
    abs(extract(epoch from entered_at - %(at)s::timestamptz)), report_id
limit 500
"""


class Step(NamedTuple):
    """One event. `status` is the report's after it; units are None when it was not handed on."""

    at: datetime
    status: str
    from_unit_id: str | None
    to_unit_id: str | None
    officer: str | None
    note: str | None


class Ticket(NamedTuple):
    """The promise of a day; of two for one report the first opened."""

    opened_at: datetime
    commitment_at: datetime
    limit_at: datetime
    reason: str | None


class Neighbour(NamedTuple):
    """A report nearby. `maybe_duplicate`: of the same category and within 48 hours, so maybe the same event."""

    number: str
    entered_at: datetime
    status: str
    category_id: str | None
    metres: float
    maybe_duplicate: bool


class Spell(NamedTuple):
    """How long one unit held the report. `until` is the completion, or the as-of of an open one."""

    unit_id: str | None
    since: datetime
    until: datetime

    @property
    def hours(self) -> float:
        """Not below zero, whatever the clocks said."""
        return max((self.until - self.since) / timedelta(hours=1), 0.0)


class Trace(NamedTuple):
    """One report. `report`: column of the contract -> value; texts of a private one are None. `steps` oldest first."""

    report: dict[str, object]
    steps: list[Step]
    ticket: Ticket | None


def trace(scope: Scope, number: str, state: State) -> Trace | None:
    """The report of this number; None when there is none, or when its holder is outside `scope`.

    Raises DatabaseUnavailable.
    """
    with engine.connect(settings().crm_dsn) as connection:
        usable = usable_columns(connection)
        found = _report(connection, number, usable)
        if found is None or not (scope.everything or found["unit_id"] in scope.unit_ids):
            return None
        steps = _steps(connection, number, usable, state.as_of)
        if found["is_private"]:
            found |= dict.fromkeys(TEXTS_OF_A_PRIVATE_REPORT)
            steps = [step._replace(note=None) for step in steps]
        return Trace(found, steps, _ticket(connection, number, usable, found["is_private"]))


def neighbours(scope: Scope, report: dict[str, object]) -> list[Neighbour] | None:
    """At most NEIGHBOURS_AT_MOST reports beside one, nearest first; None for a report without a place or a time.

    Asked for by itself: when it takes too long, the report is there without it. Raises DatabaseUnavailable.
    """
    here = _place(report)
    if here is None or report["entered_at"] is None:
        return None
    with engine.connect(settings().crm_dsn) as connection:
        there = frozenset(usable_columns(connection)["report"])
        newest = listing_sql.NEWEST if "updated_at" in there else "true"
        query = NEAR.format(relation=listing_sql.relation(there), newest=newest)
        rows = connection.execute(query, _around(here) | _seen_by(scope, report)).fetchall()
    near = {row[0]: _neighbour(report, here, row) for row in rows}
    within = [one for one in near.values() if one.metres <= NEIGHBOUR_METRES]
    # Of one place: what was said at nearly the same time.
    apart = {one.number: abs(one.entered_at - report["entered_at"]) for one in within}
    return sorted(within, key=lambda one: (one.metres, apart[one.number], one.number))[:NEIGHBOURS_AT_MOST]


def _place(report: dict[str, object]) -> tuple[float, float] | None:
    """None also for what is no place on earth, and for 0/0: reports without a fix have only that in common."""
    if None in (report["latitude"], report["longitude"]):
        return None
    here = (float(report["latitude"]), float(report["longitude"]))
    on_earth = all(abs(part) <= 180 for part in here)  # not NaN
    return here if on_earth and max(map(abs, here)) >= NULL_ISLAND_DEGREES else None


def _around(here: tuple[float, float]) -> dict[str, float]:
    """A box that holds the circle: a degree of longitude is shorter than one of latitude, `narrow` times."""
    around = NEIGHBOUR_METRES / METRES_PER_DEGREE * 1.02  # a little more: the circle decides
    narrow = max(cos(radians(here[0])), 0.01)
    return {
        **{"latitude": here[0], "longitude": here[1], "narrow": narrow},
        **{"south": here[0] - around, "north": here[0] + around},
        **{"west": here[1] - around / narrow, "east": here[1] + around / narrow},
    }


def _seen_by(scope: Scope, report: dict[str, object]) -> dict[str, object]:
    return {
        **{"number": report["report_id"], "at": report["entered_at"], "days": NEIGHBOUR_DAYS},
        **{"everything": scope.everything, "units": sorted(scope.unit_ids)},
    }


def _neighbour(report: dict[str, object], here: tuple[float, float], row: tuple) -> Neighbour:
    number, entered_at, status, category_id, *place = row
    same = category_id is not None and category_id == report["category_id"]
    soon = abs(entered_at - report["entered_at"]) <= DUPLICATE_TIME
    return Neighbour(number, entered_at, status, category_id, metres_between(here, tuple(place)), same and soon)


def spells(steps: Sequence[Step], entered_at: datetime, holder: str | None, until: datetime) -> list[Spell]:
    """Who held the report from its entry to `until`, by its hand-overs; one spell of `holder` without any."""
    moves = [step for step in steps if step.to_unit_id and step.to_unit_id != step.from_unit_id]
    if not moves:
        return [Spell(holder, entered_at, until)]
    found: list[Spell] = []
    since, unit_id = entered_at, moves[0].from_unit_id or moves[0].to_unit_id
    for move in moves:
        if move.to_unit_id == unit_id:
            continue
        found.append(Spell(unit_id, since, min(move.at, until)))
        since, unit_id = move.at, move.to_unit_id
    return [*found, Spell(unit_id, since, max(until, since))]


def metres_between(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Great-circle distance of two points (latitude, longitude)."""
    (y1, x1), (y2, x2) = (map(radians, point) for point in (first, second))
    half = sin((y2 - y1) / 2) ** 2 + cos(y1) * cos(y2) * sin((x2 - x1) / 2) ** 2
    return 2 * EARTH_METRES * asin(sqrt(half))


def _report(connection: psycopg.Connection, number: str, usable: dict[str, set[str]]) -> dict | None:
    there = frozenset(usable["report"])
    newest = listing_sql.NEWEST if "updated_at" in there else "true"
    query = f"select {SELECTED} from {listing_sql.relation(there)} where report_id = %s and {newest} limit 1"
    row = connection.execute(query, [number]).fetchone()
    found = dict(zip(COLUMNS, row, strict=True)) if row else None
    return found and found | {"is_private": found["is_private"] is not False}  # not said to be public: private


def _steps(connection: psycopg.Connection, number: str, usable: dict[str, set[str]], as_of: datetime) -> list[Step]:
    there = usable.get("report_event", set())
    if not there >= EVENTS_NEED:
        return []
    alias = "officer_id"
    if usable.get("officer", set()) >= {"officer_id", "alias"}:
        alias = "(select max(alias) from crm.officer where officer.officer_id = report_event.officer_id)"
    optional = {"officer_id": alias if "officer_id" in there else "null", "note": "note" if "note" in there else "null"}
    query = EVENTS.format(limit=EVENTS_AT_MOST, **optional)
    return [Step(*row) for row in connection.execute(query, {"number": number, "as_of": as_of})]


def _ticket(
    connection: psycopg.Connection, number: str, usable: dict[str, set[str]], is_private: bool
) -> Ticket | None:
    there = usable.get("ticket", set())
    if not there >= TICKET_NEEDS:
        return None
    query = TICKET.format(reason="reason" if "reason" in there and not is_private else "null")
    row = connection.execute(query, {"number": number}).fetchone()
    return Ticket(*row) if row else None
