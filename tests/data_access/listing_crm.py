"""A small CRM that the lists read: rows written as a test needs them."""

import psycopg

from data_access import export, listing_rows, timeline
from data_access.settings import Settings
from tests.data_access.state_at import state_at

NOW = "2026-11-15 10:00+07"


def point_at(monkeypatch, dsn: str) -> None:
    """Let lists, histories and downloads read this CRM, and forget what they read before."""
    for module in (listing_rows, timeline, export):
        monkeypatch.setattr(module, "settings", lambda: Settings(dsn, dsn, None, None, None, "", None))
    listing_rows._answers.clear()


def change(connection: psycopg.Connection, report_id: str, **columns) -> None:
    """Columns of a report, set as a CRM does."""
    assignments = ", ".join(f"{name} = %({name})s" for name in columns)
    query = f"update crm.report set {assignments} where report_id = %(report_id)s"
    connection.execute(query, columns | {"report_id": report_id})


def state_of(dsn: str):
    """The state as of NOW."""
    with psycopg.connect(dsn) as connection:
        return state_at(dsn, connection.execute("select %s::timestamptz", [NOW]).fetchone()[0])
