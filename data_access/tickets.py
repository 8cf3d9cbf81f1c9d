"""Tickets (Ticketing Estimasi Waktu Selesai): a promised day that moves a report to another period."""

from dataclasses import dataclass
from datetime import datetime

import psycopg

# Of two tickets for one report the first opened counts (source 000), so it is chosen before the limits are looked at.
# A ticket whose limit lies before the months on screen has its home in an earlier period and moves nothing here.
RECENT = """
select report_id, opened_at, commitment_at, limit_at from (
    select distinct on (report_id) report_id, opened_at, commitment_at, limit_at from crm.ticket
    where opened_at >= '2000-01-01' and opened_at < '2200-01-01' order by report_id, opened_at
) first_opened
where limit_at >= %(since)s and limit_at < '2200-01-01'
    and commitment_at >= '2000-01-01' and commitment_at < '2200-01-01'
"""
NEEDED = {"report_id", "opened_at", "commitment_at", "limit_at"}


@dataclass(frozen=True)
class Ticket:
    """The one ticket of a report."""

    report_id: str
    opened_at: datetime
    commitment_at: datetime
    limit_at: datetime


def since(connection: psycopg.Connection, instant: datetime, usable: dict[str, set[str]]) -> tuple[Ticket, ...]:
    """Tickets whose limit is at or after `instant`; of two for one report the first opened counts (source 000)."""
    if not usable.get("ticket", set()) >= NEEDED:
        return ()
    return tuple(Ticket(*row) for row in connection.execute(RECENT, {"since": instant}))
