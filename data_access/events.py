"""What changed in the last hour, from `crm.report_event`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

import psycopg

# Only reports with an event in the hour are looked back at, each by the index and so far back as a chain can be long:
# the cost grows neither with history nor with one report that is remarked on every day.
LAST_HOUR = """
with touched as (
    select distinct report_id from crm.report_event
    where occurred_at > %(as_of)s - interval '1 hour' and occurred_at <= %(as_of)s
)
select history.* from touched cross join lateral (
    select event_id, report_id, occurred_at, status, {to_unit_id} from crm.report_event
    where report_id = touched.report_id and occurred_at <= %(as_of)s and occurred_at >= '2000-01-01'
    order by occurred_at desc, event_id desc limit 50
) history
order by 2, 3, 1
"""
HOUR = timedelta(hours=1)
NEEDED = {"event_id", "report_id", "occurred_at", "status"}


@dataclass(frozen=True)
class Event:
    """A change of one report. `previous_status` and `previous_at` are None when it is the report's first event.

    `previous_at` is when the report came to where it was before: a remark in between changes nothing.
    """

    event_id: int
    report_id: str
    occurred_at: datetime
    status: str
    previous_status: str | None
    previous_at: datetime | None


def last_hour(connection: psycopg.Connection, as_of: datetime, usable: dict[str, set[str]]) -> tuple[Event, ...]:
    """Changes in (as_of - 1 hour, as_of], oldest first; none where the CRM has no such view."""
    there = usable.get("report_event", set())
    if not there >= NEEDED:
        return ()
    query = LAST_HOUR.format(to_unit_id="to_unit_id" if "to_unit_id" in there else "null")
    rows = connection.execute(query, {"as_of": as_of}).fetchall()
    changes = [event for _, history in groupby(rows, key=lambda row: row[1]) for event in changes_of(history)]
    recent = (event for event in changes if event.occurred_at > as_of - HOUR)
    return tuple(sorted(recent, key=lambda event: (event.occurred_at, event.event_id)))


def changes_of(history) -> Iterator[Event]:
    """Changes of one report from its rows (event_id, report_id, occurred_at, status, to_unit_id), oldest first.

    A row that moves neither the status nor the report is a remark, and left out.
    """
    before: Event | None = None
    for event_id, report_id, occurred_at, status, to_unit_id in history:
        if before is not None and status == before.status and to_unit_id is None:
            continue
        previous = (before.status, before.occurred_at) if before else (None, None)
        before = Event(event_id, report_id, occurred_at, status, *previous)
        yield before
