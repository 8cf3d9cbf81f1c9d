"""The state schema's history (Alembic) and the command that applies it."""
