"""The CRM contract: tables or views of schema `crm`, and nothing the product does not read.

A deployment maps its own CRM to these names with views; the product reads them with a read-only role.
There is no reporter anywhere in the contract. Times are timestamptz. Identifiers are text as the CRM has them.
"""

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Double, Index, MetaData, SmallInteger, Table, Text

CRM_SCHEMA = "crm"

STATUSES = ("menunggu", "disposisi", "koordinasi", "proses", "menunggu_validasi", "tl_ditolak", "selesai")
RECEIVED_HOW = ("direct", "rop", "koordinasi", "disposisi")

metadata = MetaData(schema=CRM_SCHEMA)


def _time(name: str, **options) -> Column:
    return Column(name, DateTime(timezone=True), **options)


# No primary key on purpose: real pulls hold the same report twice. Readers take the row with the newest `updated_at`.
report = Table(
    "report",
    metadata,
    Column("report_id", Text, nullable=False),
    Column("channel_id", Text),
    Column("category_id", Text),
    Column("unit_id", Text),  # the present holder
    Column("kelurahan_code", Text),  # where the report is, not who holds it
    Column("status", Text, nullable=False),
    _time("entered_at", nullable=False),
    _time("first_response_at"),
    _time("completed_at"),
    _time("validated_at"),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("officer_id", Text),
    Column("is_private", Boolean, nullable=False),
    Column("summary", Text),  # never shown when is_private
    Column("photo_before", Text),
    Column("photo_after", Text),
    Column("rating", SmallInteger),
    Column("received_how", Text),  # how the present holder got it
    _time("received_at"),  # when the present holder got it
    _time("updated_at", nullable=False),  # grows with every change of the row
)

report_event = Table(
    "report_event",
    metadata,
    Column("event_id", BigInteger, primary_key=True, autoincrement=True),
    Column("report_id", Text, nullable=False),
    _time("occurred_at", nullable=False),
    _time("recorded_at", nullable=False),
    Column("status", Text, nullable=False),  # the status the report has after the event
    Column("from_unit_id", Text),
    Column("to_unit_id", Text),
    Column("officer_id", Text),
    Column("note", Text),
)

ticket = Table(
    "ticket",
    metadata,
    Column("report_id", Text, nullable=False),
    _time("opened_at", nullable=False),
    _time("commitment_at", nullable=False),
    _time("limit_at", nullable=False),
    Column("reason", Text),
)

unit = Table(
    "unit",
    metadata,
    Column("unit_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("short", Text),
    Column("unit_type", Text, nullable=False),
    Column("parent_id", Text),
    Column("wilayah_code", Text),
)

category = Table(
    "category",
    metadata,
    Column("category_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
)

channel = Table(
    "channel",
    metadata,
    Column("channel_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text),
    Column("geotag", Boolean),
)

officer = Table(
    "officer",
    metadata,
    Column("officer_id", Text, primary_key=True),
    Column("unit_id", Text),
    Column("alias", Text),
)

# What the questions of data_access lean on; a deployment whose views cannot be indexed indexes the tables below them.
INDEXES = (
    Index("report_updated", report.c.updated_at),
    Index("report_entered", report.c.entered_at),
    Index("report_unit_entered", report.c.unit_id, report.c.entered_at),
    Index("report_number", report.c.report_id),
    Index("report_completed", report.c.completed_at),
    # Open, or done at a time that cannot be: what a score never counts as done (data_access/reader.py asks for it).
    Index(
        "report_unfinished",
        report.c.entered_at,
        postgresql_where=(report.c.status != "selesai")
        | report.c.completed_at.is_(None)
        | (report.c.completed_at < report.c.entered_at),
    ),
    Index("report_event_report", report_event.c.report_id, report_event.c.occurred_at),
    Index("report_event_occurred", report_event.c.occurred_at),
    Index("ticket_report", ticket.c.report_id),
)
