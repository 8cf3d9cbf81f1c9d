"""Does the CRM keep the contract? The live schema `crm` against `data_access.tables`, said so that it can be mended.

Nothing here stops the product: what is missing is named, what is there goes on being used (`usable_columns`).
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

import psycopg
from sqlalchemy import Column, Table
from sqlalchemy.dialects import postgresql

from data_access import contacts
from data_access.commands import say
from data_access.engine import connect
from data_access.settings import settings
from data_access.tables import CRM_SCHEMA, RECEIVED_HOW, STATUSES, metadata

ERROR, WARNING = "error", "warning"
SIMULATED_MARK = "DATA SIMULASI"
NEEDED_VIEWS = ("report", "unit", "category")  # without the others only their own panels are empty
NAIVE_TIME = "timestamp without time zone"
TEXTS = ("text", "character varying")
INTEGERS = ("smallint", "integer", "bigint")
# What a column of the contract may be in the CRM: every listed type is read without loss.
COMPATIBLE = {
    "text": TEXTS,
    "bigint": INTEGERS,
    "smallint": INTEGERS,
    "boolean": ("boolean",),
    "double precision": ("double precision", "real", "numeric"),
    "timestamp with time zone": ("timestamp with time zone",),
}
INDEXED = ("updated_at", "entered_at")
# The words are looked for in the rows that move, newest first: the cost does not grow with history.
SCAN_AGE = timedelta(days=7)
SCAN_ROWS = 20_000
SCAN_TIMEOUT_MS = 1000


@dataclass(frozen=True)
class Finding:
    """One departure from the contract. `message` is one sentence naming view, column and mend."""

    severity: str
    view: str
    column: str | None
    message: str


class _Live(NamedTuple):
    """One column as the CRM has it."""

    kind: str  # of the relation: r and p tables, m materialised, v views, f foreign
    type: str
    readable: bool
    indexed: bool


LiveColumns = dict[str, dict[str, _Live]]


def check(connection: psycopg.Connection) -> list[Finding]:
    """Every departure of the live schema from the contract, errors first; empty when all is well.

    Raises psycopg.Error when the connection itself fails.
    """
    if connection.execute("select to_regnamespace(%s)", [CRM_SCHEMA]).fetchone()[0] is None:
        message = f"schema {CRM_SCHEMA} is missing: create it with the contract's views"
        return [Finding(ERROR, CRM_SCHEMA, None, message)]
    live = _live_columns(connection)
    findings = [finding for table in metadata.sorted_tables for finding in _check_view(table, live)]
    findings += _check_indexes(live)
    if "report" in live:
        findings += _check_words(connection, _usable(live)["report"])
    findings += _check_rows(connection, live)
    return sorted(findings, key=lambda finding: finding.severity != ERROR)


def usable_columns(connection: psycopg.Connection) -> dict[str, set[str]]:
    """View -> the contract columns that exist, are readable and have a compatible type; a missing view has none."""
    return _usable(_live_columns(connection))


def simulated(connection: psycopg.Connection) -> bool:
    """Does the CRM say of itself that it is a simulation? (The comment of its schema holds DATA SIMULASI.)"""
    query = "select obj_description(to_regnamespace(%s)::oid, 'pg_namespace')"
    comment = connection.execute(query, [CRM_SCHEMA]).fetchone()[0]
    return SIMULATED_MARK in (comment or "")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`check` takes no arguments."""


def run(_arguments: argparse.Namespace) -> int:
    """Print the findings of the CRM named by CRM_DSN, and the faults of CONTACTS; 1 when one of them is an error."""
    with connect(settings().crm_dsn, deadline_seconds=10) as connection:
        findings = check(connection)
    lines = [f"{finding.severity}: {finding.message}" for finding in findings]
    if settings().contacts:
        lines += [f"{WARNING}: {problem}" for problem in contacts.problems(settings().contacts)]
    say("\n".join(lines or ["OK: the CRM keeps the contract"]))
    return int(any(finding.severity == ERROR for finding in findings))


def _live_columns(connection: psycopg.Connection) -> LiveColumns:
    rows = connection.execute(
        """
        select c.relname, a.attname, c.relkind::text,
               format_type(case t.typtype when 'd' then t.typbasetype else t.oid end, null),
               has_schema_privilege(n.oid, 'usage') and has_column_privilege(c.oid, a.attnum, 'select'),
               exists (select from pg_index i where i.indrelid = c.oid and i.indkey[0] = a.attnum and i.indpred is null)
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace and n.nspname = %s
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        join pg_type t on t.oid = a.atttypid
        where c.relkind in ('r', 'p', 'v', 'm', 'f')
        """,
        [CRM_SCHEMA],
    )
    live: LiveColumns = {}
    for view, column, *facts in rows:
        live.setdefault(view, {})[column] = _Live(*facts)
    return live


def _usable(live: LiveColumns) -> dict[str, set[str]]:
    return {
        table.name: {c.name for c in table.columns if _is_usable(c, live.get(table.name, {}).get(c.name))}
        for table in metadata.sorted_tables
    }


def _is_usable(column: Column, found: _Live | None) -> bool:
    return found is not None and found.readable and found.type in COMPATIBLE[_wanted(column)]


def _check_view(table: Table, live: LiveColumns) -> Iterator[Finding]:
    columns = live.get(table.name)
    if columns is None:
        severity = ERROR if table.name in NEEDED_VIEWS else WARNING
        yield Finding(severity, table.name, None, f"view {table.fullname} is missing: create it, empty if need be")
        return
    for column in table.columns:
        problem = _problem(column, columns.get(column.name))
        if problem:
            severity = WARNING if column.nullable else ERROR
            yield Finding(severity, table.name, column.name, f"{table.fullname}.{column.name} {problem}")


def _problem(column: Column, found: _Live | None) -> str | None:
    wanted = _wanted(column)
    if found is None:
        hint = f", or null::{wanted} if the CRM has none" if column.nullable else ""
        return f"is missing: add the column ({wanted}) to the view{hint}"
    if not found.readable:
        return "may not be read: grant usage on the schema and select on the view to the role of CRM_DSN"
    if _is_usable(column, found):
        return None
    if found.type == NAIVE_TIME and wanted.endswith("with time zone"):
        return f"has no time zone: use {column.name} at time zone 'Asia/Jakarta' (if it holds WIB) in the view"
    return f"is {found.type} and must be {wanted}: use {column.name}::{wanted} in the view"


def _wanted(column: Column) -> str:
    return column.type.compile(postgresql.dialect()).lower()


def _check_indexes(live: LiveColumns) -> Iterator[Finding]:
    for name in INDEXED:
        found = live.get("report", {}).get(name)
        if found and found.kind in "rpm" and not found.indexed:
            message = f"crm.report.{name} has no index, reading will slow down: create index on crm.report ({name})"
            yield Finding(WARNING, "report", name, message)


def _check_words(connection: psycopg.Connection, usable: set[str]) -> Iterator[Finding]:
    for column, words in (("status", STATUSES), ("received_how", RECEIVED_HOW)):
        if {column, "updated_at"} <= usable:
            yield from _unknown_words(connection, column, words)


def _unknown_words(connection: psycopg.Connection, column: str, words: tuple[str, ...]) -> Iterator[Finding]:
    query = f"""
        select {column}::text, count(*) from (
            select {column} from {CRM_SCHEMA}.report
            where updated_at >= (select max(updated_at) from {CRM_SCHEMA}.report where updated_at < 'infinity') - %s
            order by updated_at desc limit %s
        ) moving where {column} is not null and {column}::text <> all(%s) group by 1 order by 2 desc limit 5
    """
    try:
        with connection.transaction():
            connection.execute(f"set local statement_timeout = {SCAN_TIMEOUT_MS}")
            found = connection.execute(query, [SCAN_AGE, SCAN_ROWS, list(words)]).fetchall()
    except psycopg.errors.QueryCanceled:
        message = f"crm.report.{column} could not be looked through in time: index updated_at below the view"
        yield Finding(WARNING, "report", column, message)
        return
    for word, rows_count in found:
        message = (
            f"crm.report.{column} holds the unknown word {_shown(word)} ({rows_count} recent rows): "
            f"map it in the view to one of {', '.join(words)}"
        )
        yield Finding(ERROR if column == "status" else WARNING, "report", column, message)


def _check_rows(connection: psycopg.Connection, live: LiveColumns) -> Iterator[Finding]:
    for view in NEEDED_VIEWS:
        readable = [name for name, found in live.get(view, {}).items() if found.readable]
        if readable and not _has_rows(connection, view):
            message = f"{CRM_SCHEMA}.{view} has no rows: check the view, or load data (python -m data_access import)"
            yield Finding(WARNING, view, None, message)


def _has_rows(connection: psycopg.Connection, view: str) -> bool:
    return connection.execute(f"select exists (select from {CRM_SCHEMA}.{view})").fetchone()[0]


def _shown(word: str, limit: int = 40) -> str:
    """A word of the data in a message: quoted, on one line, cut."""
    return repr(word if len(word) <= limit else word[:limit] + "...")
