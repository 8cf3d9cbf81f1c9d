"""A CRM with reports of several months, for the questions that read closed months from the database."""

import psycopg

from data_access import channel_silence, channels, months_of_durations, report_steps
from data_access.kept import Kept
from data_access.live import State
from data_access.settings import Settings
from tests.builders import wib
from tests.crm import add_names, add_report
from tests.data_access.state_at import state_at

MODULES = (channels, channel_silence, months_of_durations, report_steps)
NOW = wib("2026-11-23 12:00")
MOVE = """
insert into crm.report_event (report_id, occurred_at, recorded_at, status, from_unit_id, to_unit_id)
values (%s, %s, %s, %s, %s, %s)
"""


def point_at(monkeypatch, dsn: str) -> None:
    """Every question asks this database, and has no answer yet."""
    for module in MODULES:
        monkeypatch.setattr(module, "settings", lambda: Settings(dsn, dsn, None, None, None, "", None))
        monkeypatch.setattr(module, "_kept", Kept(60, 50))
    monkeypatch.setattr(channel_silence, "_kept_before", Kept(60, 50))


def fill(connection: psycopg.Connection) -> None:
    """Names, reports of July, September, October and November, one of them twice, one with a wrong clock."""
    add_names(connection)
    connection.execute("insert into crm.channel values ('EMAIL', 'Email', 'written', false)")
    put(connection, "JUL-1", "2026-07-03 08:00", completed="2026-07-03 18:00", answered="2026-07-03 10:00")
    put(
        connection,
        "JUL-2",
        "2026-07-04 08:00",
        completed="2026-07-06 08:00",
        answered="2026-07-05 08:00",
        unit="K-GAMBIR",
    )
    put(connection, "JUL-3", "2026-07-05 08:00", completed="2026-07-04 08:00")
    put(connection, "JUL-4", "2026-07-06 08:00", channel="EMAIL", category="sampah")
    put(connection, "SEP-1", "2026-08-31 23:00", completed="2026-09-20 08:00", answered="2026-09-01 01:00")
    put(connection, "OKT-1", "2026-10-05 08:00", completed="2026-10-05 20:00", answered="2026-10-05 09:00")
    put(connection, "NOV-1", "2026-11-05 08:00", completed="2026-11-06 08:00", answered="2026-11-05 09:00")
    put(connection, "NOV-2", "2026-11-23 11:00")
    # The same report a second time, as it was before it was completed.
    old = {"entered_at": wib("2026-07-03 08:00"), "updated_at": wib("2026-07-03 08:00"), "status": "menunggu"}
    add_report(connection, "JUL-1", **old, unit_id="D-BM")


def put(connection, number: str, entered: str, *, completed=None, answered=None, **given) -> None:
    """One report."""
    columns = {"unit_id": given.get("unit", "D-BM"), "category_id": given.get("category", "jalan")}
    add_report(connection, number, entered_at=wib(entered), status="selesai" if completed else "menunggu", **columns)
    times = [wib(text) if text else None for text in (completed, answered)]
    change = "update crm.report set completed_at = %s, first_response_at = %s, channel_id = %s where report_id = %s"
    connection.execute(change, [*times, given.get("channel", "JAKI"), number])


def move(connection, number: str, at: str, status: str, source: str | None, target: str | None) -> None:
    """An event of a report."""
    connection.execute(MOVE, [number, wib(at), wib(at), status, source, target])


def state_of(dsn: str) -> State:
    """The state known up to NOW."""
    return state_at(dsn, NOW)
