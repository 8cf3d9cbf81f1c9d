"""Reports, units and tickets from CSV files, with every row that cannot be used named and explained."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np

from scoring.reports import NEVER, NOWHERE, RECEIVED_CODES, STATUS_CODES, Reports, Units, microseconds
from scoring.rules import Rules

REPORT_COLUMNS = ("report_id", "unit_id", "category", "status", "entered_at", "completed_at")
OPTIONAL_TIMES = ("validated_at", "received_at", "first_response_at")
UNIT_COLUMNS = ("unit_id", "unit_type", "parent_id")
TICKET_COLUMNS = ("report_id", "opened_at", "commitment_at", "limit_at")
# Scoring part 1, and the bodies of the CRM's tree that stand above or beside them.
UNIT_TYPES = ("kelurahan", "kecamatan", "kota", "kabupaten", "dinas", "badan", "biro", "sudin", "suban", "upt", "blud")
UNIT_TYPES += ("bumd", "provinsi", "sekretariat", "inspektorat", "external")
FIRST_ROW = 2  # row 1 is the header, as a spreadsheet shows it


class BadInput(ValueError):
    """The files cannot be scored; one line per reason, with file and row."""


@dataclass
class Problems:
    """Reasons collected over a file, so that all are told at once."""

    file: str
    lines: list[str] = field(default_factory=list)

    def add(self, row: int, reason: str) -> None:
        self.lines.append(f"{self.file} row {row}: {reason}")

    def raise_if_any(self) -> None:
        if self.lines:
            raise BadInput("\n".join(self.lines))


def read_reports(path: Path, units: Units | None, tickets: dict[str, tuple], rules: Rules) -> Reports:
    """The reports of a file. Without `units` they are those of the file, by its column unit_type. Raises BadInput."""
    needed = REPORT_COLUMNS if units else (*REPORT_COLUMNS, "unit_type")
    rows = _rows(path, needed)
    problems = Problems(path.name)
    _refuse_duplicates(rows, "report_id", problems)
    _refuse_unknown_categories(rows, rules, problems)
    known = units or _units_of(rows, problems)
    columns = _columns(rows, known, problems)
    problems.raise_if_any()
    return _reports(rows, columns, known, tickets)


def read_units(path: Path) -> Units:
    """The tree of units of a file. Raises BadInput."""
    rows = _rows(path, UNIT_COLUMNS)
    problems = Problems(path.name)
    _refuse_duplicates(rows, "unit_id", problems)
    codes = {row["unit_id"]: code for code, row in enumerate(rows)}
    for number, row in enumerate(rows, start=FIRST_ROW):
        row["unit_type"] = _unit_type(row["unit_type"], number, problems)
        if row["parent_id"] and row["parent_id"] not in codes:
            problems.add(number, f"parent_id {row['parent_id']!r} is no unit_id of this file")
    problems.raise_if_any()
    parent = np.array([codes.get(row["parent_id"], NOWHERE) for row in rows], np.int32)
    return Units(tuple(codes), tuple(row["unit_type"] for row in rows), parent)


def _unit_type(text: str, number: int, problems: Problems) -> str:
    """A known type in small letters: a typing error would split the group of peers that effort compares."""
    known = text.strip().lower()
    if not known:
        problems.add(number, "unit_type is empty")
    elif known not in UNIT_TYPES:
        problems.add(number, f"unit_type {text!r} is none of {', '.join(UNIT_TYPES)}")
    return known


def read_tickets(path: Path) -> dict[str, tuple[int, int, int]]:
    """report_id -> (opened, commitment, limit), microseconds UTC. Raises BadInput; a second ticket is refused."""
    rows = _rows(path, TICKET_COLUMNS, may_be_empty=True)
    problems = Problems(path.name)
    _refuse_duplicates(rows, "report_id", problems)
    columns = [_times(rows, name, problems, needed=True) for name in TICKET_COLUMNS[1:]]
    problems.raise_if_any()
    return {row["report_id"]: tuple(times) for row, *times in zip(rows, *columns, strict=True)}


def _rows(path: Path, needed: tuple[str, ...], may_be_empty: bool = False) -> list[dict[str, str]]:
    """Rows by column name, values stripped. Raises BadInput."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            table = list(csv.reader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise BadInput(f"{path.name}: cannot be read as CSV in UTF-8: {reason}") from None
    if not table:
        raise BadInput(f"{path.name}: is empty; row 1 must name the columns {', '.join(needed)}")
    header = [name.strip() for name in table[0]]
    missing = [name for name in needed if name not in header]
    if missing or len(set(header)) < len(header):
        fault = f"column {', '.join(missing)} is missing" if missing else "a column name stands twice in the header"
        raise BadInput(f"{path.name} row 1: {fault}; needed: {', '.join(needed)}")
    problems = Problems(path.name)
    while table and not any(table[-1]):
        table.pop()
    rows = [_named(number, header, values, problems) for number, values in enumerate(table[1:], FIRST_ROW)]
    problems.raise_if_any()
    if not rows and not may_be_empty:
        raise BadInput(f"{path.name}: has no rows after the header")
    return rows


def _named(number: int, header: list[str], values: list[str], problems: Problems) -> dict[str, str]:
    if len(values) != len(header):
        problems.add(number, f"has {len(values)} fields, the header has {len(header)}")
    return dict(zip(header, (value.strip() for value in values), strict=False))


def _refuse_duplicates(rows: list[dict], column: str, problems: Problems) -> None:
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, FIRST_ROW):
        if not row[column]:
            problems.add(number, f"{column} is empty")
        elif row[column] in seen:
            problems.add(number, f"{column} {row[column]!r} stands already in row {seen[row[column]]}")
        else:
            seen[row[column]] = number


def _refuse_unknown_categories(rows: list[dict], rules: Rules, problems: Problems) -> None:
    known = {name: rules.knows_category(name) for name in {row["category"] for row in rows}}
    for number, row in enumerate(rows, FIRST_ROW):
        if not known[row["category"]]:
            problems.add(number, f"category {row['category']!r} is in no list of rulebook {rules.rulebook}")


def _units_of(rows: list[dict], problems: Problems) -> Units:
    """The units the reports name, in order of their names, without a tree."""
    types: dict[str, str] = {}
    for number, row in enumerate(rows, FIRST_ROW):
        row["unit_type"] = _unit_type(row["unit_type"], number, problems)
        known = types.setdefault(row["unit_id"], row["unit_type"])
        if known != row["unit_type"]:
            problems.add(number, f"unit_type {row['unit_type']!r} of unit {row['unit_id']!r}; it was {known!r} before")
    ids = sorted(types)
    return Units(tuple(ids), tuple(types[name] for name in ids), np.full(len(ids), NOWHERE, np.int32))


def _columns(rows: list[dict], units: Units, problems: Problems) -> dict[str, list[int]]:
    """Codes and times by column name."""
    codes = {name: code for code, name in enumerate(units.ids) if name}
    columns = {
        "unit": _coded(rows, "unit_id", codes, problems, "is not in the units"),
        "status": _coded(rows, "status", STATUS_CODES, problems, f"must be one of {', '.join(STATUS_CODES)}", _word),
        "entered": _times(rows, "entered_at", problems, needed=True),
        "completed": _times(rows, "completed_at", problems),
    }
    columns |= {name.removesuffix("_at"): _times(rows, name, problems) for name in OPTIONAL_TIMES}
    hows = {"": 0} | RECEIVED_CODES
    how = f"must be empty or one of {', '.join(RECEIVED_CODES)}"
    return columns | {"received_how": _coded(rows, "received_how", hows, problems, how, _word)}


def _word(value: str) -> str:
    return value.lower().replace(" ", "_")


def _coded(
    rows: list[dict], column: str, codes: dict, problems: Problems, reason: str, plain: Callable = str
) -> list[int]:
    found = [codes.get(plain(row.get(column, ""))) for row in rows]
    for number, (code, row) in enumerate(zip(found, rows, strict=True), FIRST_ROW):
        if code is None:
            problems.add(number, f"{column} {row.get(column, '')!r} {reason}")
    return [NOWHERE if code is None else code for code in found]


def _times(rows: list[dict], column: str, problems: Problems, needed: bool = False) -> list[int]:
    instants = []
    for number, row in enumerate(rows, FIRST_ROW):
        text = row.get(column, "")
        try:
            instants.append(microseconds(parse_instant(text)) if text or needed else NEVER)
        except ValueError as error:
            problems.add(number, f"{column} {error}")
            instants.append(NEVER)
    return instants


def parse_instant(text: str) -> datetime:
    """ISO 8601 with an offset -> aware datetime. Raises ValueError with the reason."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a time; write it as 2017-07-10T08:57:00+07:00") from None
    if instant.tzinfo is None:
        raise ValueError(f"{text!r} has no offset; Jakarta is +07:00")
    return instant


def _reports(rows: list[dict], columns: dict[str, list[int]], units: Units, tickets: dict[str, tuple]) -> Reports:
    names = sorted({row["category"] for row in rows})
    category_codes = {name: code for code, name in enumerate(names)}
    none = (NEVER, NEVER, NEVER)
    ticket = np.array([tickets.get(row["report_id"], none) for row in rows], np.int64)
    types = {"unit": np.int32, "status": np.int8, "received_how": np.int8}
    return Reports(
        number=np.array([row["report_id"] for row in rows], dtype=object),
        category=np.array([category_codes[row["category"]] for row in rows], np.int32),
        ticket_opened=ticket[:, 0],
        ticket_commitment=ticket[:, 1],
        ticket_limit=ticket[:, 2],
        units=units,
        category_names=tuple(names),
        **{name: np.array(values, types.get(name, np.int64)) for name, values in columns.items()},
    )
