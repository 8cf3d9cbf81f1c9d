"""Connections to PostgreSQL with a deadline that holds even when the server has stopped answering.

A frozen server defeats statement_timeout, keepalives and pre-ping: the kernel still acknowledges. So the deadline is
kept on our side by shutting down the socket under the waiting query.
"""

import os
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from psycopg import conninfo

CONNECT_TIMEOUT_SECONDS = 2
QUERY_DEADLINE_SECONDS = 2.0
LOOKS_RIGHT = {"host": re.compile(r"/.*|[^@?/]*"), "port": re.compile(r"[\d,]*"), "dbname": re.compile(r"[^@:?/]*")}
# The driver counts a session that the server ended for idling among the faults of a program.
LOST = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.IdleInTransactionSessionTimeout)
UNREADABLE = "the DSN is not a PostgreSQL URL such as postgresql://user:password@host:5432/name"


class DatabaseUnavailable(Exception):
    """The database cannot be reached or did not answer in time; one line, never with a password."""


@contextmanager
def connect(dsn: str, *, deadline_seconds: float = QUERY_DEADLINE_SECONDS) -> Iterator[psycopg.Connection]:
    """A read-only autocommit connection, used within `deadline_seconds` in all. Raises DatabaseUnavailable."""
    connection = open_connection(dsn)
    try:
        with deadline(connection, deadline_seconds):
            yield connection
    finally:
        connection.close()


def open_connection(dsn: str) -> psycopg.Connection:
    """A read-only autocommit connection; the caller closes it and sets deadlines. Raises DatabaseUnavailable."""
    if place(dsn) == UNREADABLE:
        raise DatabaseUnavailable(f"{UNREADABLE}; signs such as @ : / in a password are written %40 %3A %2F")
    try:
        return psycopg.connect(
            dsn,
            autocommit=True,
            connect_timeout=CONNECT_TIMEOUT_SECONDS,
            application_name="ruang-pantau",
            options="-c default_transaction_read_only=on -c timezone=UTC",
        )
    except psycopg.Error as error:
        raise DatabaseUnavailable(f"cannot reach {place(dsn)}: {first_line(error)}") from error


@contextmanager
def deadline(connection: psycopg.Connection, seconds: float) -> Iterator[None]:
    """Cut the connection's socket if the block takes longer. Raises DatabaseUnavailable, also for a lost connection."""
    expired = threading.Event()
    timer = threading.Timer(seconds, _cut, args=(connection, expired))
    timer.daemon = True
    timer.start()
    started = time.monotonic()
    try:
        yield
    except LOST as error:
        if expired.is_set():
            waited_seconds = time.monotonic() - started
            raise DatabaseUnavailable(f"the database did not answer within {waited_seconds:.1f} s") from error
        raise DatabaseUnavailable(f"the connection to the database was lost: {first_line(error)}") from error
    finally:
        timer.cancel()


def _cut(connection: psycopg.Connection, expired: threading.Event) -> None:
    expired.set()
    with suppress(OSError, psycopg.Error):
        duplicate = socket.socket(fileno=os.dup(connection.fileno()))
        with duplicate:
            duplicate.shutdown(socket.SHUT_RDWR)


def place(dsn: str) -> str:
    """`host:port/database` of a DSN, without user and password."""
    try:
        parts = conninfo.conninfo_to_dict(dsn)
    except psycopg.ProgrammingError:
        return UNREADABLE
    if not all(LOOKS_RIGHT[name].fullmatch(str(parts.get(name, ""))) for name in LOOKS_RIGHT):
        return UNREADABLE  # an unescaped sign in a password makes it part of host, port or name
    return f"{parts.get('host', 'localhost')}:{parts.get('port', '5432')}/{parts.get('dbname', '')}"


def first_line(error: Exception) -> str:
    """The first line of a driver's message: the rest repeats it."""
    return str(error).strip().split("\n")[0] or type(error).__name__
