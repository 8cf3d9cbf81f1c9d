"""The state schema: migrations reach what the code describes, once, however many start."""

import threading
from functools import partial

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

from data_access.state import migrate
from data_access.state_tables import STATE_SCHEMA, metadata

pytestmark = pytest.mark.db


def difference(dsn: str) -> list:
    """What autogenerate would still change in schema pantau."""
    # A role called like the schema would make it the default schema, which autogenerate then looks for without name.
    connect = partial(psycopg.connect, dsn, options="-c search_path=public")
    engine = create_engine("postgresql+psycopg://", creator=connect)
    options = {
        "version_table_schema": STATE_SCHEMA,
        "include_schemas": True,
        "include_name": lambda name, kind, _parents: kind != "schema" or name == STATE_SCHEMA,
    }
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    engine.dispose()
    return found


def test_the_migrations_make_the_tables_the_code_describes(each_postgres, empty_database):
    assert migrate.upgrade(empty_database) == migrate.newest()
    assert difference(empty_database) == []
    with psycopg.connect(empty_database) as connection:
        connection.execute("alter table pantau.daily_rollup add column lain int")
        connection.commit()
    assert difference(empty_database) != []


def test_a_second_migration_changes_nothing(empty_database):
    first = migrate.upgrade(empty_database)
    with psycopg.connect(empty_database) as connection:
        connection.execute("insert into pantau.daily_rollup values ('2026-11-01', '', 'proses', 1, 0, 0)")
        connection.commit()
        assert migrate.upgrade(empty_database) == first
        assert connection.execute("select count(*) from pantau.daily_rollup").fetchone() == (1,)


def test_four_migrations_at_once_all_succeed(empty_database):
    reached, failed = [], []

    def start() -> None:
        try:
            reached.append(migrate.upgrade(empty_database))
        except psycopg.Error as error:
            failed.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failed == []
    assert reached == [migrate.newest()] * 4


def test_a_migration_that_fails_leaves_nothing(empty_database):
    with psycopg.connect(empty_database, autocommit=True) as connection:
        # The second table of the migration is in the way of itself: nothing of the first may stay.
        connection.execute("create schema pantau; create table pantau.job_run (job text)")
        with pytest.raises(psycopg.errors.DuplicateTable):
            migrate.upgrade(empty_database)
        assert connection.execute("select to_regclass('pantau.daily_rollup')").fetchone() == (None,)
