"""Rows of `crm.report` -> Frame: one COPY, parsed by pandas' C reader, coded at ingest."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
import pandas as pd
import psycopg
from psycopg import sql

from data_access import geography
from data_access.dimensions import RECEIVED_CODES, STATUS_CODES, Dimensions
from data_access.frame import NEVER, Frame
from data_access.tables import report
from scoring.periods import Period

TIMES = ("entered_at", "first_response_at", "completed_at", "validated_at", "received_at", "updated_at")
TEXTS = ("report_id", "status", "received_how", "channel_id", "category_id", "unit_id", "kelurahan_code")
NUMBERS = ("latitude", "longitude")
COLUMNS = (*TEXTS, *TIMES, *NUMBERS, "is_private")
UPDATED_POSITION = COLUMNS.index("updated_at")
NO_ROWS = dict.fromkeys(COLUMNS, ())
EVERY_COLUMN = frozenset(column.name for column in report.columns)


# What is not done yet by the rules of the score: open, or done at a time that cannot be. One partial index serves it.
UNFINISHED = "(status <> 'selesai' or completed_at is null or completed_at < entered_at)"
# An old copy of a report that has been finished meanwhile is not an open report.
NEWEST = """not exists (select from crm.report newer where newer.report_id = report.report_id
    and newer.updated_at > report.updated_at)"""


def live_rows(since: datetime, ticketed: Sequence[str] = ()) -> tuple[str, dict]:
    """The rows the open periods rest on: entered or touched since `since`, all not done yet, and the `ticketed`."""
    recent = "entered_at >= %(since)s or updated_at >= %(since)s or report_id = any(%(ticketed)s)"
    not_done = f"completed_at > now() or {UNFINISHED}"  # a completion in the future, by a wrong clock, is none yet
    return f"{recent} or ({not_done}) and {NEWEST}", {"since": since, "ticketed": list(ticketed)}


def changed_rows(since: datetime) -> tuple[str, dict]:
    """Rows touched at or after `since`."""
    return "updated_at >= %(since)s", {"since": since}


def changed_in(rows: tuple[str, dict], seconds: Sequence[int], usable: frozenset[str]) -> tuple[str, dict]:
    """Those of the `rows` whose change fell into one of these seconds since 1970."""
    condition, parameters = rows
    return f"{condition} and {stamp(usable)} / 1000000 = any(%(seconds)s)", parameters | {"seconds": list(seconds)}


def stamp(usable: frozenset[str]) -> str:
    """SQL of the microseconds since 1970 of a row's last change, as the frame has them."""
    return _expression("updated_at", usable)


def period_rows(period: Period, ticketed: Sequence[str] = ()) -> tuple[str, dict]:
    """What a closed period and its comparison rest on: entered or completed in it or the month before, left over, or
    with a ticket that may have its home in it."""
    previous = period.previous
    left_over = f"entered_at < %(since)s and (completed_at >= %(cutoff)s or {UNFINISHED} and {NEWEST})"
    inside, times = _between(previous.start, period.end)
    condition = f"{inside} or {left_over} or report_id = any(%(ticketed)s)"
    return condition, times | {"cutoff": previous.cutoff, "ticketed": list(ticketed)}


def _between(since: datetime, until: datetime) -> tuple[str, dict]:
    entered = "entered_at >= %(since)s and entered_at < %(until)s"
    completed = "completed_at >= %(since)s and completed_at < %(until)s"
    return f"{entered} or {completed}", {"since": since, "until": until}


def read(
    connection: psycopg.Connection, rows: tuple[str, dict], names: Dimensions, usable: frozenset[str] = EVERY_COLUMN
) -> Frame:
    """Rows of crm.report that fulfil the condition, newest version of each report, as a Frame. For many rows.

    `usable`: the contract columns the CRM really has; the others are read as absent.
    """
    query = sql.SQL("copy ({}) to stdout (format csv)").format(_select(connection, rows, usable))
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        text = b"".join(copy)
    return _coded(_parsed(text), names)


def read_few(
    connection: psycopg.Connection, rows: tuple[str, dict], names: Dimensions, usable: frozenset[str] = EVERY_COLUMN
) -> Frame:
    """As `read`, for a handful of rows: without the parser's fixed cost."""
    found = connection.execute(_select(connection, rows, usable)).fetchall()
    newest = {row[0]: row for row in sorted(found, key=lambda row: row[UPDATED_POSITION] or 0)}
    return _coded(dict(zip(COLUMNS, zip(*newest.values(), strict=True), strict=True)) if newest else NO_ROWS, names)


def count(connection: psycopg.Connection, rows: tuple[str, dict]) -> int:
    """How many different reports fulfil the condition."""
    condition, parameters = rows
    return connection.execute(
        f"select count(distinct report_id) from crm.report where {condition}", parameters
    ).fetchone()[0]


def _select(connection: psycopg.Connection, rows: tuple[str, dict], usable: frozenset[str]) -> sql.Composed:
    """COPY takes no parameters, so the driver quotes them into the text."""
    condition, parameters = rows
    inlined = psycopg.ClientCursor(connection).mogrify(condition, parameters)
    expressions = sql.SQL(", ").join(sql.SQL(_expression(name, usable)) for name in COLUMNS)
    return sql.SQL("select {} from crm.report where {}").format(expressions, sql.SQL(inlined))


def _expression(name: str, usable: frozenset[str]) -> str:
    if name not in usable:
        return "false" if name == "is_private" else "null"
    if name in NUMBERS:
        return f"nullif({name}, 'NaN')"
    if name not in TIMES:
        return name
    # Infinity, found in real data, is no instant; a row without a time of change is as old as its entry.
    absent = "entered_at" if name == "updated_at" else "null"
    finite = f"case when isfinite({name}) then {name} else {absent} end"
    return f"(date_part('epoch', nullif(nullif({finite}, 'infinity'), '-infinity')) * 1e6)::bigint"


def _parsed(text: bytes) -> pd.DataFrame:
    """Columns as text ('' when absent), float64 (NaN) and bool; one row per report."""
    dtypes = dict.fromkeys(TEXTS, "str") | dict.fromkeys((*TIMES, *NUMBERS), "float64") | {"is_private": "str"}
    na_values = {name: [""] for name in (*TIMES, *NUMBERS)}
    table = pd.read_csv(
        io.BytesIO(text), names=COLUMNS, dtype=dtypes, keep_default_na=False, na_values=na_values, encoding="utf-8"
    )
    if table["report_id"].duplicated().any():
        table = table.sort_values("updated_at", kind="stable").drop_duplicates("report_id", keep="last")
    return table.assign(is_private=table["is_private"] == "t")


def _coded(columns: Mapping[str, Sequence], names: Dimensions) -> Frame:
    latitude, longitude = (np.array(columns[name], np.float64) for name in NUMBERS)  # None becomes NaN
    return Frame(
        number=np.array(columns["report_id"], object),
        **{name.removesuffix("_at"): _instants(columns[name]) for name in TIMES},
        status=_codes(columns["status"], STATUS_CODES, np.int8),
        received_how=_codes(columns["received_how"], RECEIVED_CODES, np.int8),
        channel=_codes(columns["channel_id"], names.code_of["channel"], np.int16),
        category=_codes(columns["category_id"], names.code_of["category"], np.int16),
        unit=_codes(columns["unit_id"], names.code_of["unit"], np.int16),
        kelurahan=_codes(columns["kelurahan_code"], names.code_of["kelurahan"], np.int16),
        cell=geography.cell_index(latitude, longitude),
        latitude=latitude.astype(np.float32),
        longitude=longitude.astype(np.float32),
        is_private=np.array(columns["is_private"], bool),
        names=names,
    )


def _instants(values: Sequence) -> np.ndarray:
    instants = np.array(values, np.float64)
    return np.where(np.isnan(instants), NEVER, np.nan_to_num(instants)).astype(np.int64)


def _codes(values: Sequence, code_of: Mapping[str, int], dtype: type) -> np.ndarray:
    return np.fromiter((code_of.get(value, 0) for value in values), dtype, len(values))
