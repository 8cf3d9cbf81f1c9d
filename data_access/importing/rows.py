"""One row of the pull -> rows of crm.report, or the reasons why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import SmallInteger, Text

from data_access.importing.mapping import COLUMNS, REQUIRED, Mapping, Rule
from data_access.importing.problems import CellError, RowNotes
from data_access.importing.read import SourceRow
from data_access.importing.registers import Registers
from data_access.importing.transforms import TRANSFORMS, Step, as_text

LARGEST_REPEAT = 10_000
RANGES = {"latitude": (-90, 90), "longitude": (-180, 180), "rating": (1, 5)}
UNCLEAN = {0x00: None} | dict.fromkeys(range(0xD800, 0xE000), "�")  # PostgreSQL text can hold neither


@dataclass(frozen=True)
class Converter:
    """A mapping made ready for one target database. `columns`: what each converted record holds, in order."""

    mapping: Mapping
    rules: tuple[tuple[Rule, tuple[Step, ...]], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Contract columns in the order of a record's values."""
        return tuple(rule.column for rule, _ in self.rules)

    def records(self, row: SourceRow) -> tuple[list[tuple], RowNotes]:
        """The reports a source row stands for (none when it is rejected) and what was found in it."""
        notes = RowNotes()
        if row.fault:
            notes.reasons.append(row.fault)
            return [], notes
        copies = self._copies(row, notes)
        values = dict(self._values(row, notes)) if copies else {}
        if notes.reasons:
            return [], notes
        return [self._record(values, row.number, copy) for copy in range(1, copies + 1)], notes

    def _values(self, row: SourceRow, notes: RowNotes) -> Iterator[tuple[str, Any]]:
        # Required columns come first: a row that is rejected adds no new category or unit.
        for rule, steps in self.rules:
            required = rule.column in REQUIRED
            if notes.reasons and not required:
                return
            yield rule.column, _value(rule, steps, row.cells, notes, required)

    def _record(self, values: dict[str, Any], row_number: int, copy: int) -> tuple:
        numbered = {r.column: r.numbered.format(row=row_number, copy=copy) for r, _ in self.rules if r.numbered}
        return tuple((values | numbered)[column] for column in self.columns)

    def _copies(self, row: SourceRow, notes: RowNotes) -> int:
        if self.mapping.repeat is None:
            return 1
        text = as_text(row.cells.get(self.mapping.repeat)).strip()
        if text.isascii() and text.isdigit() and 1 <= int(text) <= LARGEST_REPEAT:
            return int(text)
        notes.note(self.mapping.repeat, f"{text[:40]!r} is not a count from 1 to {LARGEST_REPEAT}", fatal=True)
        return 0


def converter(mapping: Mapping, registers: Registers) -> Converter:
    """The mapping's steps made for one target database, required columns first."""
    ordered = sorted(mapping.rules, key=lambda rule: rule.column not in REQUIRED)
    rules = tuple((rule, tuple(TRANSFORMS[n].make(a, registers) for n, a in rule.steps)) for rule in ordered)
    return Converter(mapping, rules)


def _value(rule: Rule, steps: tuple[Step, ...], cells: dict[str, Any], notes: RowNotes, required: bool) -> Any:
    if rule.numbered:
        return rule.numbered
    try:
        value = _cleaned(_origin(rule, cells), rule.column, notes, required)
        if _is_empty(value):
            return _fitting(rule.column, rule.when_empty, required)
        for step in steps:
            value = step(value)
        return _fitting(rule.column, value, required)
    except CellError as error:
        notes.note(rule.column, str(error), fatal=required)
        return None


def _origin(rule: Rule, cells: dict[str, Any]) -> Any:
    if rule.constant is not None:
        return rule.constant
    first = cells.get(rule.sources[0])
    for text, other in rule.instead:
        if not _is_empty(first) and as_text(first).strip().casefold() == text.casefold():
            return cells.get(other)
    if len(rule.sources) == 1:
        return first
    return " ".join(as_text(cells[name]).strip() for name in rule.sources if not _is_empty(cells.get(name)))


def _cleaned(value: Any, column: str, notes: RowNotes, required: bool) -> Any:
    if not isinstance(value, str):
        return value
    clean = value.translate(UNCLEAN)
    if clean != value:
        notes.note(column, "unprintable signs (NUL or half a character) were taken out", fatal=required)
    return clean


def _fitting(column: str, value: Any, required: bool) -> Any:
    """The value as the contract column holds it. Raises CellError for none in a required column or one out of range."""
    if value is None or value == "":
        if required:
            raise CellError("is empty")
        return None
    low, high = RANGES.get(column, (None, None))
    if low is not None and not low <= value <= high:
        raise CellError(f"{value:g} is not between {low} and {high}")
    if isinstance(COLUMNS[column].type, SmallInteger):
        return _whole(value)
    return as_text(value) if isinstance(COLUMNS[column].type, Text) else value


def _whole(value: float) -> int:
    if value != int(value):
        raise CellError(f"{value:g} is not a whole number")
    return int(value)


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
