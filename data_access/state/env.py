"""Alembic's entry: runs the migrations on the connection that `migrate` hands over, inside its transaction."""

from alembic import context

from data_access.state_tables import STATE_SCHEMA, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table_schema=STATE_SCHEMA,
)
with context.begin_transaction():
    context.run_migrations()
