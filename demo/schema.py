"""The empty CRM: schema `crm` from the contract, its change signal, and the mark that its data are simulated."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.schema import CreateTable

from data_access.tables import CRM_SCHEMA, INDEXES, metadata

MARK = "DATA SIMULASI"
CHANNEL = "crm_changed"

_TRIGGER = f"""
CREATE FUNCTION {CRM_SCHEMA}.tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('{CHANNEL}', '');
  RETURN NULL;
END $$;
CREATE TRIGGER report_changed AFTER INSERT OR UPDATE OR DELETE ON {CRM_SCHEMA}.report
  FOR EACH STATEMENT EXECUTE FUNCTION {CRM_SCHEMA}.tell_change();
"""


@contextmanager
def transaction(dsn: str) -> Iterator[Connection]:
    """One write transaction on a libpq URL; everything in it happens, or nothing."""
    url = make_url(dsn).set(drivername="postgresql+psycopg")
    engine = create_engine(url, connect_args={"connect_timeout": 10})
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def create_schema(dsn: str) -> None:
    """Create the empty CRM with indexes, trigger and mark. Raises sqlalchemy's ProgrammingError when it exists."""
    with transaction(dsn) as connection:
        create_tables(connection)
        create_indexes(connection)


def drop_schema(dsn: str) -> None:
    """Remove the simulated CRM. Raises NotSimulated when the schema does not carry the mark."""
    with transaction(dsn) as connection:
        drop_tables(connection)


class NotSimulated(Exception):
    """The CRM schema holds data that this program did not make; it is never touched."""


def drop_tables(connection: Connection) -> None:
    """Drop schema `crm` when it carries the mark, do nothing when there is none."""
    if not has_schema(connection):
        return
    if not is_simulated(connection):
        raise NotSimulated(f"schema {CRM_SCHEMA} is not marked '{MARK}': it may be a real CRM and is left as it is")
    connection.execute(text(f"DROP SCHEMA {CRM_SCHEMA} CASCADE"))


def create_tables(connection: Connection) -> None:
    """The tables without their indexes (a bulk load is faster so), the trigger and the mark."""
    connection.execute(text(f"CREATE SCHEMA {CRM_SCHEMA}"))
    connection.execute(text(f"COMMENT ON SCHEMA {CRM_SCHEMA} IS '{MARK}'"))
    for table in metadata.sorted_tables:
        connection.execute(CreateTable(table))
    connection.exec_driver_sql(_TRIGGER)


def create_indexes(connection: Connection) -> None:
    """The indexes of the contract, in bulk."""
    for index in INDEXES:
        index.create(connection)


def has_schema(connection: Connection) -> bool:
    """Is there a schema `crm` at all?"""
    found = connection.execute(text("SELECT 1 FROM pg_namespace WHERE nspname = :name"), {"name": CRM_SCHEMA})
    return found.first() is not None


def is_simulated(connection: Connection) -> bool:
    """Does schema `crm` carry the mark?"""
    query = "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = :name"
    return connection.execute(text(query), {"name": CRM_SCHEMA}).scalar() == MARK
