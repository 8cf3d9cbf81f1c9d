"""The whole result of a listing as rows of cells, read in batches: memory does not grow with the result."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime

import psycopg

from data_access import engine, listing_rows
from data_access.dimensions import Dimensions
from data_access.listing import Listing
from data_access.listing_rows import Row
from data_access.live import State
from data_access.scope import Scope
from data_access.settings import settings
from scoring.periods import WIB

BATCH_ROWS = 2000
BATCH_DEADLINE_SECONDS = 20.0  # the first batch waits for the sorting
IDLE_SECONDS = 120  # a reader that takes nothing for so long must not hold a transaction of the CRM open
# The server's own limits: it goes on with a query whose reader has left.
LIMITS = (
    f"set statement_timeout = {int(BATCH_DEADLINE_SECONDS * 1000)};"
    f" set idle_in_transaction_session_timeout = {IDLE_SECONDS * 1000}"
)
HEAD = (
    "Nomor",
    "Masuk",
    "Kategori",
    "Kelurahan",
    "Kode wilayah",
    "Pemegang",
    "Kode pemegang",
    "Kanal",
    "Status",
    "Tanggapan pertama",
    "Diterima pemegang",
    "Selesai",
    "Jam sampai selesai",
    "Tiket",
    "Privat",
    "Isi",
)
# A cell that begins like this is a formula to a spreadsheet; an apostrophe makes it text. Blanks, quotes and signs
# without width before it hide nothing, full-width forms run too, and where `;` parts columns a cell begins after each.
_BEFORE = r"[\s\"'\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*"
FORMULA = re.compile(rf"[\t\r]|{_BEFORE}[=+\-@＝＋－＠]")
FORMULA_INSIDE = re.compile(rf";(?={_BEFORE}[=+\-@＝＋－＠])")


Cell = str | float | datetime | None


def batches(scope: Scope, listing: Listing, state: State, order: str) -> Iterator[list[tuple[Cell, ...]]]:
    """Lists of rows, cells in the order of HEAD; times are naive, in WIB. Raises DatabaseUnavailable.

    Close the generator to stop reading before the end.
    """
    with closing(engine.open_connection(settings().crm_dsn)) as connection, closing(_opened(connection)) as cursor:
        with engine.deadline(connection, BATCH_DEADLINE_SECONDS):
            connection.execute(LIMITS)
            usable = listing_rows.usable_columns(connection)
            cursor.execute(*listing_rows.select(scope, listing, state, usable, order))
        last = None
        while rows := _fetched(connection, cursor):
            kept = [row for row, before in zip(rows, [last, *rows], strict=False) if not before or row[0] != before[0]]
            last = rows[-1]
            yield [cells(Row(*row), state.frame.names) for row in kept]


def _opened(connection: psycopg.Connection) -> psycopg.ServerCursor:
    """A cursor of the server, which lives in a transaction."""
    connection.autocommit = False
    return connection.cursor(name="export")


def _fetched(connection: psycopg.Connection, cursor: psycopg.ServerCursor) -> list[tuple]:
    with engine.deadline(connection, BATCH_DEADLINE_SECONDS):
        return cursor.fetchmany(BATCH_ROWS)


def cells(row: Row, names: Dimensions) -> tuple[Cell, ...]:
    """One report as cells. A private one has no text."""
    unit = names.units[names.unit_code(row.unit_id) or 0]
    return (
        safe(row.report_id),
        _wib(row.entered_at),
        safe(names.categories[names.code_of["category"].get(row.category_id, 0)][1]),
        safe(names.kelurahan[names.code_of["kelurahan"].get(row.kelurahan_code, 0)][1]),
        safe(row.kelurahan_code),
        safe(unit.name),
        safe(row.unit_id),
        safe(names.channels[names.code_of["channel"].get(row.channel_id, 0)][1]),
        safe(row.status),
        _wib(row.first_response_at),
        _wib(row.received_at),
        _wib(row.completed_at),
        _hours(row),
        "ya" if row.ticketed else "tidak",
        "ya" if row.is_private else "tidak",
        None if row.is_private else safe(row.summary),
    )


def safe(text: str | None) -> str | None:
    """The text as a cell that is never a formula, without signs a spreadsheet cannot hold."""
    if text is None:
        return None
    plain = text if text.isprintable() else "".join(sign for sign in text if _fits(sign))
    if ";" in plain:
        plain = FORMULA_INSIDE.sub(";'", plain)
    return f"'{plain}" if FORMULA.match(plain) else plain


def _fits(sign: str) -> bool:
    """XML, and so a spreadsheet, holds neither control signs nor the two that are no characters."""
    return sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff")


def _wib(instant: datetime | None) -> datetime | None:
    return instant.astimezone(WIB).replace(tzinfo=None, microsecond=0) if instant else None


def _hours(row: Row) -> float | None:
    """Hours from entry to completion of a completed report, two places; below zero for a wrong clock."""
    if row.status != "selesai" or row.completed_at is None or row.entered_at is None:
        return None
    return round((row.completed_at - row.entered_at).total_seconds() / 3600, 2)
