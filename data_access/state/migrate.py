"""`migrate`: bring schema `pantau` in STATE_DSN to the newest version. Safe to repeat, and when two start at once."""

import argparse
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from data_access.commands import open_for_work, say
from data_access.settings import settings
from data_access.state_tables import STATE_SCHEMA

MIGRATE_LOCK = 7_220_002


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """`migrate` takes no arguments."""


def run(_arguments: argparse.Namespace) -> int:
    """Migrate the state schema and say which version it has."""
    say(f"schema {STATE_SCHEMA} is at version {upgrade(settings().state_dsn)}")
    return 0


def upgrade(dsn: str) -> str:
    """Apply what is missing, all in one transaction; the version reached. Raises DatabaseUnavailable, psycopg.Error."""
    engine = create_engine(
        "postgresql+psycopg://",
        creator=lambda: open_for_work(dsn),
        poolclass=NullPool,
    )
    try:
        with engine.begin() as connection:
            return _upgrade(connection)
    except DBAPIError as error:  # the callers know the driver's errors, and name the database
        raise error.orig from error


def newest() -> str:
    """The version the code expects."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _upgrade(connection: Connection) -> str:
    # The second of two waits here until the first has committed, and then finds nothing to do.
    connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": MIGRATE_LOCK})
    connection.execute(text(f"create schema if not exists {STATE_SCHEMA}"))
    command.upgrade(_config(connection), "head")
    context = MigrationContext.configure(connection, opts={"version_table_schema": STATE_SCHEMA})
    return context.get_current_revision()


def _config(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config
