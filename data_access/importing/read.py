"""A pull as rows: CSV of any common dialect, XLSX, or the JSON list of the public API.

Row numbers are those a spreadsheet shows: the header is row 1. In JSON the first record is row 1.
"""

import codecs
import csv
import itertools
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from data_access.importing.problems import ImportRefused

DELIMITERS = (",", ";", "\t")
LONGEST_CELL_CHARACTERS = 16 * 1024 * 1024  # complaint texts of 1 MB exist
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
CHUNK_BYTES = 1024 * 1024
csv.field_size_limit(LONGEST_CELL_CHARACTERS)


@dataclass(frozen=True)
class SourceRow:
    """One row of the pull: its number there, its cells by column name, and why it cannot be cut into cells, if so."""

    number: int
    cells: dict[str, Any]
    fault: str | None = None


@dataclass(frozen=True)
class Source:
    """An opened pull. `rows` can be walked once. `notes` are things the reader should know about the whole file."""

    columns: tuple[str, ...]
    rows: Iterator[SourceRow]
    notes: tuple[str, ...] = field(default=())


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """The rows of a CSV, XLSX or JSON file, by its suffix. Raises ImportRefused when it cannot be read."""
    openers = {".csv": _csv, ".tsv": _csv, ".txt": _csv, ".xlsx": _xlsx, ".json": _json}
    opener = openers.get(path.suffix.lower())
    if opener is None:
        raise ImportRefused(f"{path.name}: unknown kind of file; give .csv, .xlsx or .json")
    try:
        if not path.stat().st_size:
            raise ImportRefused(f"{path.name} is empty")
        with opener(path) as source:
            yield source
    except OSError as error:
        raise ImportRefused(f"{error.filename or path}: {error.strerror or error}") from error


@contextmanager
def _csv(path: Path) -> Iterator[Source]:
    encoding, notes = _encoding(path)
    # Surrogates written as UTF-8 exist in real pulls: let them in here, each cell is cleaned later with a warning.
    errors = "surrogatepass" if encoding == "utf-8-sig" else "strict"
    with path.open(encoding=encoding, errors=errors, newline="") as file:
        delimiter = _delimiter(file.readline())
        file.seek(0)
        taken: list[str] = []
        reader = csv.reader(_remembered(file, taken), delimiter=delimiter, strict=True)
        columns = _header(next(reader, []), path)
        yield Source(columns, _csv_rows(reader, taken, columns, path), notes)


def _encoding(path: Path) -> tuple[str, tuple[str, ...]]:
    with path.open("rb") as file:
        if file.read(2) in UTF16_MARKS:
            raise ImportRefused(f"{path.name} is UTF-16: save it as CSV UTF-8")
    if _decodes(path, "utf-8", "surrogatepass"):
        return "utf-8-sig", ()
    if _decodes(path, "cp1252", "strict"):
        return "cp1252", (f"{path.name} is not UTF-8 and was read as Windows-1252: check accents and signs",)
    raise ImportRefused(f"{path.name} is neither UTF-8 nor Windows-1252: save it as CSV UTF-8")


def _decodes(path: Path, encoding: str, errors: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(first_line: str) -> str:
    """The delimiter that cuts the header into most columns; ties go to the comma."""
    return max(DELIMITERS, key=lambda delimiter: len(next(csv.reader([first_line], delimiter=delimiter), [])))


def _header(cells: list, path: Path) -> tuple[str, ...]:
    names = [str(cell).strip() if cell is not None else "" for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise ImportRefused(f"{path.name}: the first row is empty; it must hold the column names")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ImportRefused(f"{path.name}: column name used twice: {', '.join(map(repr, twice))}; rename one")
    return tuple(names)


def _remembered(lines: Iterator[str], taken: list[str]) -> Iterator[str]:
    """The lines, each also kept in `taken`: a row with broken quotes must not lose its text."""
    for line in lines:
        taken.append(line)
        yield line


def _csv_rows(reader: Iterator, taken: list[str], columns: tuple[str, ...], path: Path) -> Iterator[SourceRow]:
    for number in itertools.count(2):
        taken.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error):  # all that follows the quote would pass for one cell
                message = f"{path.name}: a quote opened in row {number} is never closed: close it"
                raise ImportRefused(message) from error
            yield SourceRow(number, {columns[0]: "".join(taken)}, f"row is not readable as CSV: {error}")
            continue
        if any(cells):
            yield _row(number, cells, columns)


def _row(number: int, cells: list, columns: tuple[str, ...]) -> SourceRow:
    surplus = cells[len(columns) :]
    if len(cells) < len(columns) or any(surplus):
        fault = f"row has {len(cells)} cells, the header has {len(columns)}: check quotes and delimiters"
        padded = cells + [""] * (len(columns) - len(cells))
        # Whatever does not fit goes into the last column, so that the rejects file loses no cell.
        last = " | ".join(str(cell) for cell in (padded[len(columns) - 1], *surplus))
        return SourceRow(number, dict(zip(columns, [*padded[: len(columns) - 1], last], strict=True)), fault)
    return SourceRow(number, dict(zip(columns, cells, strict=False)))


@contextmanager
def _xlsx(path: Path) -> Iterator[Source]:
    with _readable_workbook(path):
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        with _readable_workbook(path):
            book.worksheets[0].reset_dimensions()  # some programs write a wrong size, and columns would be lost
            rows = book.worksheets[0].iter_rows(values_only=True)
            columns = _header(list(next(rows, [])), path)
        others = [sheet.title for sheet in book.worksheets[1:]]
        notes = (f"{path.name}: only the first sheet was read, left out: {', '.join(others)}",) if others else ()
        yield Source(columns, _xlsx_rows(rows, columns, path), notes)
    finally:
        book.close()


@contextmanager
def _readable_workbook(path: Path) -> Iterator[None]:
    """Damage shows in many ways: a bad archive, a missing part, broken XML, no sheet."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, InvalidFileException, LookupError, ValueError, SyntaxError, EOFError) as e:
        raise ImportRefused(f"{path.name} is not a readable XLSX workbook: save it again as .xlsx or CSV") from e


def _xlsx_rows(rows: Iterator[tuple], columns: tuple[str, ...], path: Path) -> Iterator[SourceRow]:
    for number in itertools.count(2):
        with _readable_workbook(path):
            values = next(rows, None)
        if values is None:
            return
        if any(value is not None for value in values):
            yield _row(number, [*values, *[None] * (len(columns) - len(values))], columns)


@contextmanager
def _json(path: Path) -> Iterator[Source]:
    try:
        records = json.loads(path.read_text(encoding="utf-8-sig"))
        if not isinstance(records, list):
            raise ImportRefused(f"{path.name} must hold a JSON list of reports")
        rows = [_record(number, record) for number, record in enumerate(records, start=1)]
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ImportRefused(f"{path.name} is not readable JSON: {error}") from error
    columns = dict.fromkeys(name for row in rows for name in row.cells)
    yield Source(tuple(columns), iter(rows))


def _record(number: int, record: Any) -> SourceRow:
    if not isinstance(record, dict):
        return SourceRow(number, {"record": json.dumps(record)}, "record is not an object")
    return SourceRow(number, dict(_flat(record)))


def _flat(record: dict, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Nested objects as dotted names; lists as their JSON text."""
    for name, value in record.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", json.dumps(value) if isinstance(value, list) else value
