"""Daily roll-ups and the record of jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the first tables. Columns are written out: a migration must not change when the definitions do."""
    op.create_table(
        "daily_rollup",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("unit_id", sa.Text, primary_key=True),
        sa.Column("status", sa.Text, primary_key=True),
        sa.Column("reports_count", sa.Integer, nullable=False),
        sa.Column("resolved_count", sa.Integer, nullable=False),
        sa.Column("resolution_hours_sum", sa.Double, nullable=False),
        schema="pantau",
    )
    op.create_table(
        "job_run",
        sa.Column("job", sa.Text, primary_key=True),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("crm_updated_at", sa.DateTime(timezone=True)),
        schema="pantau",
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("job_run", schema="pantau")
    op.drop_table("daily_rollup", schema="pantau")
