"""Schema `pantau`: what the product itself remembers. Made and changed by the migrations in `data_access/state/`."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

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

# How right past forecasts would have been, one row per back-test; screens show the newest (data_access/backtests.py).
forecast_backtest = Table(
    "forecast_backtest",
    metadata,
    Column("made_at", DateTime(timezone=True), primary_key=True),
    Column("months", ARRAY(Text), nullable=False),  # '2026-10', the oldest first
    Column("rulebook", Text, nullable=False),
    Column("version", Text, nullable=False),  # of the rulebook
    Column("body", JSONB, nullable=False),  # {"horizons": [...]}: the fields of backtests.Horizon
)

# What the desk did about a unit: called it, or put it off (data_access/desk_log.py). Rows are added, never changed.
desk_action = Table(
    "desk_action",
    metadata,
    Column("action_id", BigInteger, Identity(always=True), primary_key=True),
    Column("kind", Text, nullable=False),  # hubungi | tunda | batal
    Column("unit_id", Text, nullable=False),
    Column("report_ids", ARRAY(Text), nullable=False),  # what waited there at that moment
    Column("outcome", Text, nullable=False),  # dijawab | tidak_dijawab | perlu_koordinasi, '' for other kinds
    Column("note", Text, nullable=False),
    Column("until", DateTime(timezone=True)),  # end of being put off
    Column("done_at", DateTime(timezone=True), nullable=False),
    Column("done_by", Text, nullable=False),
    Index("desk_action_done_at", "done_at"),
)

# The twice-daily brief and the hand-over sheet, stored as they were seen (data_access/briefs.py).
brief = Table(
    "brief",
    metadata,
    Column("brief_id", BigInteger, Identity(always=True), primary_key=True),
    Column("kind", Text, nullable=False),  # pagi | sore | serah-terima
    Column("area_code", Text, nullable=False),  # kota; '' for the whole province
    Column("due_at", DateTime(timezone=True), nullable=False),  # the check it is for; the moment it was signed
    Column("as_of", DateTime(timezone=True), nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("made_by", Text, nullable=False),  # 'jadwal', or who signed
    Column("body", JSONB, nullable=False),
    Column("sha256", Text, nullable=False),  # of the body as canonical JSON
    UniqueConstraint("kind", "area_code", "due_at", name="brief_once"),
)

# Documents as they were made: the same data and as-of give the same bytes (data_access/document_store.py).
document = Table(
    "document",
    metadata,
    Column("document_id", BigInteger, Identity(always=True), primary_key=True),
    Column("kind", Text, nullable=False),  # bulanan | mingguan | tahunan | ringkasan
    Column("subject_id", Text, nullable=False),  # a unit; '' for the province
    Column("period", Text, nullable=False),  # 2026-10, 2026-W48, 2026, or the check of a brief
    Column("format", Text, nullable=False),  # pdf | docx | xlsx
    Column("stamp", Text, nullable=False),  # FINAL | SEMENTARA, '' where there is no cut-off
    Column("as_of", DateTime(timezone=True), nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("kind", "subject_id", "period", "format", "as_of", name="document_once"),
    Index("document_made_at", "made_at"),
)

# A batch of documents and what of it is done: a batch that was interrupted goes on where it stopped.
document_batch = Table(
    "document_batch",
    metadata,
    Column("batch_id", BigInteger, Identity(always=True), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("formats", ARRAY(Text), nullable=False),
    Column("as_of", DateTime(timezone=True), nullable=False),
    Column("requested_at", DateTime(timezone=True), nullable=False),
    Column("requested_by", Text, nullable=False),
    Column("due_key", Text, unique=True),  # of the scheduler: 'bulanan 2026-11' is made once
    Column("finished_at", DateTime(timezone=True)),
)
document_batch_item = Table(
    "document_batch_item",
    metadata,
    Column("batch_id", BigInteger, primary_key=True),
    Column("subject_id", Text, primary_key=True),
    Column("done_at", DateTime(timezone=True)),
    Column("problem", Text),  # one line when it could not be made
)

# Who may pull data by an address: only the hash of a token is kept (data_access/pull_tokens.py).
pull_token = Table(
    "pull_token",
    metadata,
    Column("token_sha256", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("unit_ids", ARRAY(Text)),  # what it may see; NULL for everything
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("revoked_at", DateTime(timezone=True)),
    Column("last_used_at", DateTime(timezone=True)),
)

# Frozen months. `body` is what `python -m scoring score --json` prints; rows are added, never changed.
snapshot = Table(
    "snapshot",
    metadata,
    Column("period", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("frozen_at", DateTime(timezone=True), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("reason", Text, nullable=False),  # '' for the first
    Column("body", JSONB, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("previous_sha256", Text, nullable=False),
)
