"""A CRM with a single report whose past is asked about, and the writing of what happens to it."""

from contextlib import contextmanager

import psycopg

from data_access import engine, past
from data_access.live import Follower, State
from data_access.settings import Settings
from tests.builders import wib
from tests.crm import add_names, add_report

NOW = wib("2026-11-22 14:05")
EVENT = """
insert into crm.report_event (report_id, occurred_at, recorded_at, status, from_unit_id, to_unit_id)
values (%s, %s, %s, %s, %s, %s)
"""


@contextmanager
def satu(dsn: str, monkeypatch):
    """A writing connection to a CRM with 'SATU', a report of the 10th that D-BM holds, and its entry event."""
    point_at(monkeypatch, dsn)
    with psycopg.connect(dsn, autocommit=True) as connection:
        add_names(connection)
        add_report(connection, "SATU", entered_at=wib("2026-11-10 08:00"), category_id="sampah")
        yield connection


def point_at(monkeypatch, dsn: str) -> None:
    monkeypatch.setattr(past, "settings", lambda: Settings(dsn, dsn, None, None, None, "", None))
    for shelf in ("_kept", "_own_minutes"):
        monkeypatch.setattr(past, shelf, past.Shelf())


def tell(crm, occurred: str, status: str, source=None, target=None, recorded: str | None = None) -> None:
    """An event of SATU."""
    times = [wib(text) for text in (occurred, recorded or occurred)]
    crm.execute(EVENT, ["SATU", *times, status, source, target])


def put(crm, **columns) -> None:
    """The row of SATU as it is now."""
    values = {name: wib(value) if name.endswith("_at") else value for name, value in columns.items()}
    names = ", ".join(f"{name} = %({name})s" for name in values)
    crm.execute(f"update crm.report set {names}, updated_at = clock_timestamp() where report_id = 'SATU'", values)


def state_of(crm) -> State:
    """The state that a follower would have read at NOW."""
    follower = Follower(crm.info.dsn)
    reading = engine.open_connection(f"{crm.info.dsn} password={crm.info.password}")
    try:
        follower._load(reading)
    finally:
        reading.close()
    return State(follower.state.frame, (), NOW, "1", True, (), follower.state.tickets, 0.0)
