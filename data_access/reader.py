"""Rows of `crm.report` -> Frame: one COPY, parsed by pandas' C reader, coded at ingest."""

import io
from datetime import datetime

import numpy as np
import pandas as pd
import psycopg
from psycopg import sql

from data_access import geography
from data_access.dimensions import RECEIVED_CODES, STATUS_CODES, Dimensions
from data_access.frame import NEVER, Frame
from data_access.tables import report

TIMES = ("entered_at", "first_response_at", "completed_at", "validated_at", "received_at", "updated_at")
TEXTS = ("report_id", "status", "received_how", "channel_id", "category_id", "unit_id", "kelurahan_code")
NUMBERS = ("latitude", "longitude")
EVERY_COLUMN = frozenset(column.name for column in report.columns)


def live_rows(since: datetime) -> tuple[str, dict]:
    """The rows the open periods rest on: entered or touched since `since`, and every open report."""
    return "entered_at >= %(since)s or updated_at >= %(since)s or status <> 'selesai'", {"since": since}


def changed_rows(since: datetime) -> tuple[str, dict]:
    """Rows touched at or after `since`."""
    return "updated_at >= %(since)s", {"since": since}


def month_rows(since: datetime, until: datetime) -> tuple[str, dict]:
    """Rows entered or completed in [since, until): what a closed period and its comparison need."""
    inside = (
        "entered_at >= %(since)s and entered_at < %(until)s or completed_at >= %(since)s and completed_at < %(until)s"
    )
    return inside, {"since": since, "until": until}


def read(
    connection: psycopg.Connection, rows: tuple[str, dict], names: Dimensions, usable: frozenset[str] = EVERY_COLUMN
) -> Frame:
    """Rows of crm.report that fulfil the condition, newest version of each report, as a Frame.

    `usable`: the contract columns the CRM really has; the others are read as absent.
    """
    condition, parameters = rows
    query = sql.SQL("copy (select {} from crm.report where {}) to stdout (format csv)").format(
        sql.SQL(", ").join(sql.SQL(_expression(name, usable)) for name in (*TEXTS, *TIMES, *NUMBERS, "is_private")),
        sql.SQL(_inlined(connection, condition, parameters)),
    )
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        text = b"".join(copy)
    return _coded(_parsed(text), names)


def count(connection: psycopg.Connection, rows: tuple[str, dict]) -> int:
    """How many different reports fulfil the condition."""
    condition, parameters = rows
    return connection.execute(
        f"select count(distinct report_id) from crm.report where {condition}", parameters
    ).fetchone()[0]


def _expression(name: str, usable: frozenset[str]) -> str:
    if name not in usable:
        return "false" if name == "is_private" else "null"
    if name in TIMES:  # infinity, found in real data, is no instant
        return f"case when isfinite({name}) then (date_part('epoch', {name}) * 1e6)::bigint end"
    return name


def _inlined(connection: psycopg.Connection, condition: str, parameters: dict) -> str:
    """COPY takes no parameters, so the driver quotes them into the text."""
    return psycopg.ClientCursor(connection).mogrify(condition, parameters)


def _parsed(text: bytes) -> pd.DataFrame:
    """Columns as text, float64 and bool; absent text is ''."""
    columns = [*TEXTS, *TIMES, *NUMBERS, "is_private"]
    dtypes = dict.fromkeys(TEXTS, "str") | dict.fromkeys((*TIMES, *NUMBERS), "float64") | {"is_private": "str"}
    na_values = {name: [""] for name in (*TIMES, *NUMBERS)}
    table = pd.read_csv(
        io.BytesIO(text), names=columns, dtype=dtypes, keep_default_na=False, na_values=na_values, encoding="utf-8"
    )
    if table["report_id"].duplicated().any():
        table = table.sort_values("updated_at", kind="stable").drop_duplicates("report_id", keep="last")
    return table


def _coded(table: pd.DataFrame, names: Dimensions) -> Frame:
    latitude, longitude = table["latitude"].to_numpy(np.float64), table["longitude"].to_numpy(np.float64)
    return Frame(
        number=table["report_id"].to_numpy(object),
        **{name.removesuffix("_at"): _instants(table[name]) for name in TIMES},
        status=_lookup(table["status"], STATUS_CODES),
        received_how=_lookup(table["received_how"], RECEIVED_CODES),
        channel=names.codes("channel", table["channel_id"]),
        category=names.codes("category", table["category_id"]),
        unit=names.codes("unit", table["unit_id"]),
        kelurahan=names.codes("kelurahan", table["kelurahan_code"]),
        cell=geography.cell_index(latitude, longitude),
        latitude=latitude.astype(np.float32),
        longitude=longitude.astype(np.float32),
        is_private=(table["is_private"] == "t").to_numpy(bool),
        names=names,
    )


def _instants(column: pd.Series) -> np.ndarray:
    values = column.to_numpy(np.float64)
    return np.where(np.isnan(values), NEVER, np.nan_to_num(values)).astype(np.int64)


def _lookup(column: pd.Series, codes: dict[str, int]) -> np.ndarray:
    return column.map(codes).fillna(0).to_numpy(np.int8)
