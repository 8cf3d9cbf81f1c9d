"""How right past forecasts would have been: one row per back-test, the newest is shown."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "forecast_backtest",
        sa.Column("made_at", sa.DateTime(timezone=True), primary_key=True),
        sa.Column("months", postgresql.ARRAY(sa.Text), nullable=False),
        sa.Column("rulebook", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("body", postgresql.JSONB, nullable=False),
        schema="pantau",
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("forecast_backtest", schema="pantau")
