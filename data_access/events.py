"""What changed in the last hour, from `crm.report_event`."""

from dataclasses import dataclass
from datetime import datetime

import psycopg

# Only reports with an event in the hour are looked back at, so the cost does not grow with history.
LAST_HOUR = """
with touched as (
    select event_id, report_id, occurred_at, status
    from crm.report_event
    where occurred_at > %(as_of)s - interval '1 hour' and occurred_at <= %(as_of)s
)
select touched.event_id, touched.report_id, touched.occurred_at, touched.status, before.status, before.occurred_at
from touched
left join lateral (
    select status, occurred_at from crm.report_event earlier
    where earlier.report_id = touched.report_id
      and (earlier.occurred_at, earlier.event_id) < (touched.occurred_at, touched.event_id)
    order by earlier.occurred_at desc, earlier.event_id desc
    limit 1
) before on true
order by touched.occurred_at, touched.event_id
"""
NEEDED = {"event_id", "report_id", "occurred_at", "status"}


@dataclass(frozen=True)
class Event:
    """A change of one report. `previous_status` and `previous_at` are None when it is the report's first event."""

    event_id: int
    report_id: str
    occurred_at: datetime
    status: str
    previous_status: str | None
    previous_at: datetime | None


def last_hour(connection: psycopg.Connection, as_of: datetime, usable: dict[str, set[str]]) -> tuple[Event, ...]:
    """Events in (as_of - 1 hour, as_of], oldest first; none where the CRM has no such view."""
    if not usable.get("report_event", set()) >= NEEDED:
        return ()
    return tuple(Event(*row) for row in connection.execute(LAST_HOUR, {"as_of": as_of}))
