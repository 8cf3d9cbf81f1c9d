"""Schema `pantau`: what the product itself remembers. Made and changed by the migrations in `data_access/state/`."""

from sqlalchemy import Column, Date, DateTime, Double, Integer, MetaData, Table, Text

STATE_SCHEMA = "pantau"

metadata = MetaData(schema=STATE_SCHEMA)

# Narrow on purpose: at full grain a roll-up is nearly the base table again.
daily_rollup = Table(
    "daily_rollup",
    metadata,
    Column("day", Date, primary_key=True),  # of entry, Asia/Jakarta
    Column("unit_id", Text, primary_key=True),  # the present holder; '' for none
    Column("status", Text, primary_key=True),
    Column("reports_count", Integer, nullable=False),
    Column("resolved_count", Integer, nullable=False),  # completed, and not before they were entered
    Column("resolution_hours_sum", Double, nullable=False),  # of the resolved ones
)

# One row per job: what the last run did. Its row lock and advisory lock keep two schedulers from doing a job twice.
job_run = Table(
    "job_run",
    metadata,
    Column("job", Text, primary_key=True),
    Column("ran_at", DateTime(timezone=True), nullable=False),
    Column("outcome", Text, nullable=False),
    Column("crm_updated_at", DateTime(timezone=True)),  # up to which change of the CRM the job has seen
)
