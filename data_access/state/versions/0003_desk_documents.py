"""The desk, its briefs, documents, tokens of pulls, and frozen months."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NAMES = ("desk_action", "brief", "document", "document_batch", "document_batch_item", "pull_token", "snapshot")


def upgrade() -> None:
    """Create the tables; rows of the desk, of briefs and of frozen months are only ever added."""
    _desk_action()
    _brief()
    _document()
    _document_batch()
    _document_batch_item()
    _pull_token()
    _snapshot()
    op.create_index("desk_action_done_at", "desk_action", ["done_at"], schema="pantau")
    op.create_index("document_made_at", "document", ["made_at"], schema="pantau")


def downgrade() -> None:
    """Take them away again."""
    for name in reversed(NAMES):
        op.drop_table(name, schema="pantau")


def _desk_action() -> None:
    op.create_table(
        "desk_action",
        sa.Column("action_id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("unit_id", sa.Text, nullable=False),
        sa.Column("report_ids", postgresql.ARRAY(sa.Text), nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by", sa.Text, nullable=False),
        schema="pantau",
    )


def _brief() -> None:
    op.create_table(
        "brief",
        sa.Column("brief_id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("area_code", sa.Text, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("body", postgresql.JSONB, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.UniqueConstraint("kind", "area_code", "due_at", name="brief_once"),
        schema="pantau",
    )


def _document() -> None:
    op.create_table(
        "document",
        sa.Column("document_id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Text, nullable=False),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("format", sa.Text, nullable=False),
        sa.Column("stamp", sa.Text, nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("simulated", sa.Boolean, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("kind", "subject_id", "period", "format", "as_of", name="document_once"),
        schema="pantau",
    )


def _document_batch() -> None:
    op.create_table(
        "document_batch",
        sa.Column("batch_id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("period", sa.Text, nullable=False),
        sa.Column("formats", postgresql.ARRAY(sa.Text), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by", sa.Text, nullable=False),
        sa.Column("due_key", sa.Text, unique=True),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        schema="pantau",
    )


def _document_batch_item() -> None:
    op.create_table(
        "document_batch_item",
        sa.Column("batch_id", sa.BigInteger, primary_key=True),
        sa.Column("subject_id", sa.Text, primary_key=True),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("problem", sa.Text),
        schema="pantau",
    )


def _pull_token() -> None:
    op.create_table(
        "pull_token",
        sa.Column("token_sha256", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False, unique=True),
        sa.Column("unit_ids", postgresql.ARRAY(sa.Text)),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("last_used_at", sa.DateTime(timezone=True)),
        schema="pantau",
    )


def _snapshot() -> None:
    op.create_table(
        "snapshot",
        sa.Column("period", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, primary_key=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("body", postgresql.JSONB, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("previous_sha256", sa.Text, nullable=False),
        schema="pantau",
    )
