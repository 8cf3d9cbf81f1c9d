"""Writing to a test CRM the way a CRM does: one small transaction per change."""

import psycopg

INSERT = """
insert into crm.report (report_id, unit_id, category_id, channel_id, kelurahan_code, status, entered_at, is_private,
                        latitude, longitude, received_how, updated_at)
values (%(report_id)s, %(unit_id)s, %(category_id)s, 'JAKI', %(kelurahan_code)s, %(status)s, %(entered_at)s, false,
        %(latitude)s, %(longitude)s, 'direct', coalesce(%(updated_at)s, clock_timestamp()))
"""
EVENT = """
insert into crm.report_event (report_id, occurred_at, recorded_at, status) values (%s, %s, clock_timestamp(), %s)
"""


def add_names(connection: psycopg.Connection) -> None:
    """The few units, categories and channels the tests speak of."""
    connection.execute(
        "insert into crm.unit values ('D-BM', 'Dinas Bina Marga', 'Bina Marga', 'dinas', null, null),"
        " ('K-GAMBIR', 'Kelurahan Gambir', 'Gambir', 'kelurahan', null, '31.71.01.1001')"
    )
    connection.execute("insert into crm.category values ('jalan', 'Jalan'), ('sampah', 'Sampah')")
    connection.execute("insert into crm.channel values ('JAKI', 'JAKI', 'app', true)")


def add_report(connection: psycopg.Connection, report_id: str, **given) -> None:
    """A waiting road report of Dinas Bina Marga in Gambir, entered now, with its first event."""
    now = connection.execute("select clock_timestamp()").fetchone()[0]
    row = {
        "report_id": report_id,
        "unit_id": "D-BM",
        "category_id": "jalan",
        "kelurahan_code": "31.71.01.1001",
        "status": "menunggu",
        "entered_at": now,
        "latitude": -6.1754,
        "longitude": 106.8272,
        "updated_at": None,
    } | given
    connection.execute(INSERT, row)
    connection.execute(EVENT, (report_id, row["entered_at"], row["status"]))
