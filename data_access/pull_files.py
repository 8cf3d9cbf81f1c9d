"""A pull as the bytes of a file, made while it is read: CSV, XLSX with its dictionary, Parquet with types."""

import json
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq

from data_access import export_files
from data_access.export_files import Pipe
from data_access.pulls import Pull, dictionary
from scoring.periods import WIB

DICTIONARY_HEAD = ("Kolom", "Jenis", "Arti", "Sumber")
ZONE = "Asia/Jakarta"
TYPES = {
    "teks": pa.string(),
    "waktu": pa.timestamp("us", tz=ZONE),
    "tanggal": pa.date32(),
    "bulat": pa.int64(),
    "pecahan": pa.float64(),
}


def csv(pull: Pull) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, commas, a dot in numbers, ISO times; the as-of is a column."""
    return export_files.csv_bytes(pull.rows, pull.head)


def xlsx(pull: Pull) -> Iterator[bytes]:
    """The rows, and a last sheet `Kamus` with the dictionary and the as-of."""
    as_of = f"{pull.as_of.astimezone(WIB):%Y-%m-%d %H:%M:%S} WIB"
    kamus = [DICTIONARY_HEAD, *dictionary(pull.columns), ("Data per", "", as_of, "")]
    return export_files.xlsx_bytes(pull.rows, pull.head, last_sheet=("Kamus", kamus))


def parquet(pull: Pull) -> Iterator[bytes]:
    """One row group per batch; dictionary and as-of also in the metadata of the file."""
    about = {"as_of": pull.as_of.astimezone(WIB).isoformat(), "kamus": json.dumps(dictionary(pull.columns))}
    schema = pa.schema([(column.name, TYPES[column.kind]) for column in pull.columns], metadata=about)
    pipe = Pipe()
    with pq.ParquetWriter(pa.PythonFile(pipe, mode="w"), schema, compression="zstd") as writer:
        for batch in pull.rows:
            if batch:
                writer.write_batch(_typed(batch, pull, schema))
                yield pipe.taken()
    yield pipe.taken()


def _typed(batch: list[tuple], pull: Pull, schema: pa.Schema) -> pa.RecordBatch:
    zone = ZoneInfo(ZONE)
    arrays = []
    for place, (column, field) in enumerate(zip(pull.columns, schema, strict=True)):
        values = [row[place] for row in batch]
        if column.kind == "waktu":
            values = [None if value is None else value.replace(tzinfo=zone) for value in values]
        arrays.append(pa.array(values, field.type))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


FORMATS = {
    "csv": (csv, "text/csv; charset=utf-8"),
    "xlsx": (xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "parquet": (parquet, "application/vnd.apache.parquet"),
}
