"""What the commands of `python -m data_access` share: connections for long work, DSNs that may be read, output."""

import sys

import psycopg
from psycopg import conninfo

from data_access.engine import DatabaseUnavailable, first_line, place
from data_access.settings import Settings, SettingsError

CONNECT_TIMEOUT_SECONDS = 5


def open_for_work(dsn: str) -> psycopg.Connection:
    """A connection for work that may take minutes. Raises DatabaseUnavailable naming the place."""
    try:
        return psycopg.connect(dsn, connect_timeout=CONNECT_TIMEOUT_SECONDS)
    except psycopg.Error as error:
        raise DatabaseUnavailable(f"cannot reach {place(dsn)}: {first_line(error)}") from error


def check_dsns(settings: Settings) -> None:
    """Raises SettingsError for a DSN that cannot be parsed; the driver's own message would repeat the password."""
    for name, dsn in (("CRM_DSN", settings.crm_dsn), ("STATE_DSN", settings.state_dsn)):
        try:
            conninfo.conninfo_to_dict(dsn)
        except psycopg.ProgrammingError:
            message = f"{name} is not a PostgreSQL URL; write postgresql://user@host:5432/database"
            raise SettingsError(message) from None


def say(line: str) -> None:
    """One line of result on stdout."""
    sys.stdout.write(line + "\n")


def tell(line: str) -> None:
    """One line of news or trouble on stderr."""
    sys.stderr.write(line + "\n")
