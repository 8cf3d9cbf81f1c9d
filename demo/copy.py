"""Frames into PostgreSQL by COPY. Text columns are joined as Python lists: several times faster than a CSV writer."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
import psycopg

from data_access.tables import CRM_SCHEMA
from demo.rows import columns_of

CHUNK = 50_000
NULL = "\\N"
ORDER = ("unit", "category", "channel", "officer", "report", "report_event", "ticket")
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})

Progress = Callable[[float, str], None]  # share done 0..1, what is being done


def load(
    connection: psycopg.Connection, frames: dict[str, pd.DataFrame], progress: Progress | None = None
) -> dict[str, int]:
    """Append the frames to the tables of the contract inside the caller's transaction. Returns rows per table."""
    total = sum(len(frame) for frame in frames.values())
    done = 0
    for table in (name for name in ORDER if name in frames):
        for piece in _pieces(frames[table]):
            _copy(connection, table, piece)
            done += len(piece)
            if progress:
                progress(done / total, f"COPY {table}")
    return {table: len(frame) for table, frame in frames.items()}


def reset_event_number(connection: psycopg.Connection) -> None:
    """Let the next event_id follow the highest one loaded."""
    name = f"{CRM_SCHEMA}.report_event"
    query = f"SELECT setval(pg_get_serial_sequence('{name}', 'event_id'), greatest(max(event_id), 1)) FROM {name}"
    connection.execute(query)


def _pieces(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for start in range(0, len(frame), CHUNK):
        yield frame.iloc[start : start + CHUNK]


def _copy(connection: psycopg.Connection, table: str, piece: pd.DataFrame) -> None:
    columns = columns_of(table)
    texts = [as_text(piece[column]) for column in columns]
    lines = "\n".join(map("\t".join, zip(*texts, strict=True))) + "\n"
    command = f"COPY {CRM_SCHEMA}.{table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        copy.write(lines)


def as_text(column: pd.Series) -> list[str]:
    """A column in the text form of COPY."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        names = np.append(column.cat.categories.to_numpy(object), NULL)
        return names[column.cat.codes.to_numpy()].tolist()
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        times = column.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy("datetime64[us]")
        return np.where(np.isnat(times), NULL, np.char.add(np.datetime_as_string(times), "Z")).tolist()
    if column.dtype == object or isinstance(column.dtype, pd.StringDtype):
        return [NULL if pd.isna(value) else str(value).translate(_ESCAPES) for value in column]
    return column.astype(object).where(column.notna(), NULL).map(str).tolist()
