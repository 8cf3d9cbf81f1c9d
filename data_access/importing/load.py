"""A pull into schema `crm`: staged, compared and merged in one transaction. All of it, or nothing.

A report is known by its report_id. New ones are inserted, changed ones updated (only the columns the mapping fills),
equal ones left alone, so a second run adds nothing. `updated_at` is the instant of the merge.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

import psycopg
from psycopg import sql
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from data_access.importing import registers
from data_access.importing.mapping import Mapping
from data_access.importing.problems import ImportRefused, RowNotes
from data_access.importing.read import Source
from data_access.importing.rejects import RejectsFile
from data_access.importing.rows import Converter, converter
from data_access.tables import CRM_SCHEMA, INDEXES, metadata

IMPORT_LOCK = 7_220_001  # one import at a time per database
CHANGED_CHANNEL = "crm_changed"
PROGRESS_ROWS = 10_000


@dataclass(frozen=True)
class Summary:
    """What an import did. Rows are of the source; reports are of the contract (one row may stand for several)."""

    rows_count: int
    reports_count: int
    inserted_count: int
    updated_count: int
    superseded_count: int  # reports that come again further down in the same file with other values
    added_names: dict[str, int]

    @property
    def unchanged_count(self) -> int:
        """Reports that were in the CRM (or twice in the file) with the same values."""
        return self.reports_count - self.inserted_count - self.updated_count - self.superseded_count


def load(
    connection: psycopg.Connection,
    source: Source,
    mapping: Mapping,
    rejects: RejectsFile,
    progress: Callable[[int], None],
) -> Summary:
    """Load the pull inside the transaction the caller holds open. Raises ImportRefused, psycopg.Error.

    `progress` is told the number of rows read now and then.
    """
    connection.execute("select pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
    _ensure_tables(connection)
    names = registers.read(connection)
    convert = converter(mapping, names)
    _create_staging(connection, convert.columns)
    rows_count, reports_count = _stage(connection, source, convert, rejects, progress)
    superseded_count = _take_out_repeats(connection, convert.columns, rejects)
    registers.write_added(connection, names)
    updated_count = _update(connection, convert.columns)
    inserted_count = _insert(connection, convert.columns)
    connection.execute(sql.SQL("notify {}").format(sql.Identifier(CHANGED_CHANNEL)))
    return Summary(rows_count, reports_count, inserted_count, updated_count, superseded_count, names.added_counts())


def _ensure_tables(connection: psycopg.Connection) -> None:
    """Create what is missing of the contract. Raises ImportRefused when crm.report is a view of another CRM."""
    dialect = postgresql.dialect()
    kind = connection.execute("select relkind from pg_class where oid = to_regclass('crm.report')").fetchone()
    if kind is None:
        connection.execute(f"create schema if not exists {CRM_SCHEMA}")
        for table in metadata.sorted_tables:
            connection.execute(str(CreateTable(table, if_not_exists=True).compile(dialect=dialect)))
        for index in INDEXES:
            connection.execute(str(CreateIndex(index, if_not_exists=True).compile(dialect=dialect)))
    elif kind[0] not in ("r", "p"):
        raise ImportRefused("crm.report is a view of another CRM: import needs a database of its own (set CRM_DSN)")


def _create_staging(connection: psycopg.Connection, columns: tuple[str, ...]) -> None:
    query = """
        create temporary table staging on commit drop as
        select null::bigint as source_row, null::bigint as position, null::text as cells, {} from crm.report limit 0
    """
    connection.execute(sql.SQL(query).format(_names(columns)))


def _stage(
    connection: psycopg.Connection,
    source: Source,
    convert: Converter,
    rejects: RejectsFile,
    progress: Callable[[int], None],
) -> tuple[int, int]:
    """COPY the converted rows; (rows read, reports staged)."""
    rows_count = reports_count = 0
    query = sql.SQL("copy staging (source_row, position, cells, {}) from stdin").format(_names(convert.columns))
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for row in source.rows:
            records, notes = convert.records(row)
            rejects.note(row.number, notes, row.cells)
            cells = json.dumps(row.cells, default=str) if records else ""
            for record in records:
                reports_count += 1
                copy.write_row((row.number, reports_count, cells, *record))
            rows_count += 1
            if rows_count % PROGRESS_ROWS == 0:
                progress(rows_count)
    connection.execute("analyze staging")
    return rows_count, reports_count


def _take_out_repeats(connection: psycopg.Connection, columns: tuple[str, ...], rejects: RejectsFile) -> int:
    """Of a report that stands in the file more than once only the last row is loaded; the others are noted.

    Earlier rows equal to the last are dropped without a word. Returns how many were not equal.
    """
    query = """
        with last as (select distinct on (report_id) * from staging order by report_id, position desc),
        gone as (delete from staging s using last l
                 where l.report_id = s.report_id and l.position > s.position
                 returning s.source_row, s.position, s.cells, s.report_id, l.source_row as kept_row,
                           ({}) is distinct from ({}) as differs)
        select source_row, cells, report_id, kept_row from gone where differs order by position
    """
    repeated = connection.execute(sql.SQL(query).format(_names(columns, "s"), _names(columns, "l"))).fetchall()
    for row_number, cells, report_id, kept_row in repeated:
        reason = f"report_id {report_id} comes again in row {kept_row} with other values, which was loaded"
        rejects.note(row_number, RowNotes(reasons=[reason]), json.loads(cells))
    return len(repeated)


def _update(connection: psycopg.Connection, columns: tuple[str, ...]) -> int:
    """Write the changed values into the newest row of each known report (a CRM may hold a report twice)."""
    query = """
        with newest as (select distinct on (report_id) ctid as place, * from crm.report
                        where report_id in (select report_id from staging) order by report_id, updated_at desc)
        update crm.report r set ({}) = row({}), updated_at = statement_timestamp()
        from staging s, newest n
        where n.report_id = s.report_id and r.ctid = n.place and row({}) is distinct from row({})
    """
    parts = (_names(columns), _names(columns, "s"), _names(columns, "n"), _names(columns, "s"))
    return connection.execute(sql.SQL(query).format(*parts)).rowcount


def _insert(connection: psycopg.Connection, columns: tuple[str, ...]) -> int:
    query = """
        insert into crm.report ({}, updated_at)
        select {}, statement_timestamp() from staging s
        where not exists (select from crm.report r where r.report_id = s.report_id) order by position
    """
    return connection.execute(sql.SQL(query).format(_names(columns), _names(columns, "s"))).rowcount


def _names(columns: tuple[str, ...], table: str | None = None) -> sql.Composed:
    identifiers = (sql.Identifier(table, name) if table else sql.Identifier(name) for name in columns)
    return sql.SQL(", ").join(identifiers)
