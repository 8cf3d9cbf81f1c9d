"""Names behind the codes of a frame: units, categories, channels, kelurahan. Code 0 is always unknown."""

import csv
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import psycopg

from data_access.tables import RECEIVED_HOW, STATUSES

REFERENCE = Path(__file__).parent / "reference"
UNKNOWN = ""
TITLES = {"Kelurahan ": "Kel.", "Kecamatan ": "Kec.", "Suku Dinas ": "Sudin", "Suku Badan ": "Suban", "Dinas ": "Dinas"}
AGENCY_TYPES = ("dinas", "badan", "biro")


@dataclass(frozen=True)
class Unit:
    """A unit of the CRM: anything that can hold a report."""

    unit_id: str
    name: str
    short: str
    unit_type: str
    parent_id: str | None
    wilayah_code: str | None


NO_UNIT = Unit(UNKNOWN, "Unit tidak dikenal", "tidak dikenal", UNKNOWN, None, None)


@dataclass(frozen=True)
class Dimensions:
    """Lists in code order. `units[code]`, `categories[code]` (id, name), `channels[code]`, `kelurahan[code]`."""

    units: tuple[Unit, ...]
    categories: tuple[tuple[str, str], ...]
    channels: tuple[tuple[str, str], ...]
    kelurahan: tuple[tuple[str, str], ...]

    def __hash__(self) -> int:
        """Of the numbers of names alone, as it keys what is asked for all the time."""
        return hash((len(self.units), len(self.categories), len(self.channels)))

    @cached_property
    def code_of(self) -> dict[str, dict[str, int]]:
        """Identifier -> code for `unit`, `category`, `channel` and `kelurahan`; what is not there is unknown, 0."""
        named = {"category": self.categories, "channel": self.channels, "kelurahan": self.kelurahan}
        codes = {name: {identifier: code for code, (identifier, _) in enumerate(rows)} for name, rows in named.items()}
        return codes | {"unit": self._unit_code}

    @cached_property
    def _unit_code(self) -> dict[str, int]:
        return {unit.unit_id: code for code, unit in enumerate(self.units)}

    def holder(self, code: int) -> str:
        """A unit's name short enough for a row: `Kel. Gambir`, `Sudin Bina Marga`, `Dinas Bina Marga`."""
        unit = self.units[code]
        title = next((short for full, short in TITLES.items() if unit.name.startswith(full)), "")
        return f"{title} {unit.short.removeprefix(title)}".replace("  ", " ").strip()

    def unit_code(self, unit_id: str) -> int | None:
        """Code of a unit, or None when the CRM does not know it."""
        return self._unit_code.get(unit_id)

    def subtree(self, unit_id: str) -> np.ndarray:
        """bool per unit code: the unit itself and every unit below it."""
        inside = np.zeros(len(self.units), bool)
        for code in range(1, len(self.units)):
            inside[code] = unit_id in self._ancestry(code)
        return inside

    @cached_property
    def agency(self) -> np.ndarray:
        """int16 per unit code: the code of the Dinas, Badan or Biro it belongs to (itself included), 0 for none."""
        agencies = np.zeros(len(self.units), np.int16)
        for code in range(1, len(self.units)):
            chain = [self._unit_code[unit_id] for unit_id in self._ancestry(code)]
            agencies[code] = next((c for c in chain if self.units[c].unit_type in AGENCY_TYPES), 0)
        return agencies

    def _ancestry(self, code: int) -> list[str]:
        """The unit and its parents, nearest first; a cycle in dirty data ends the walk."""
        chain: list[str] = []
        unit = self.units[code]
        while unit.unit_id and unit.unit_id not in chain:
            chain.append(unit.unit_id)
            unit = self.units[self._unit_code.get(unit.parent_id, 0)] if unit.parent_id else NO_UNIT
        return chain


def load(connection: psycopg.Connection, usable: dict[str, set[str]]) -> Dimensions:
    """Read the dimension views of the CRM, as far as they are there; kelurahan are the product's own reference."""
    units = _rows(connection, "unit", ("unit_id", "name", "short", "unit_type", "parent_id", "wilayah_code"), usable)
    categories = _rows(connection, "category", ("category_id", "name"), usable)
    channels = _rows(connection, "channel", ("channel_id", "name"), usable)
    return Dimensions(
        units=(NO_UNIT, *(_unit(*row) for row in units)),
        categories=((UNKNOWN, "Kategori tidak dikenal"), *((row[0], (row[1] or row[0]).strip()) for row in categories)),
        channels=((UNKNOWN, "Kanal tidak dikenal"), *((row[0], (row[1] or row[0]).strip()) for row in channels)),
        kelurahan=((UNKNOWN, "lokasi tidak dikenal"), *kelurahan_names()),
    )


def _unit(unit_id: str, name: str | None, short: str | None, unit_type: str | None, parent_id, wilayah_code) -> Unit:
    return Unit(unit_id, name or unit_id, short or name or unit_id, unit_type or UNKNOWN, parent_id, wilayah_code)


def _rows(connection: psycopg.Connection, view: str, columns: tuple[str, ...], usable: dict[str, set[str]]) -> list:
    """Rows of a view by its first column; a missing column is NULL, a view without its first column has no rows."""
    there = usable.get(view, set())
    if columns[0] not in there:
        return []
    wanted = ", ".join(column if column in there else "null" for column in columns)
    query = f"select distinct on ({columns[0]}) {wanted} from crm.{view} where {columns[0]} is not null order by 1"
    return [tuple(_clean(value) for value in row) for row in connection.execute(query)]


def _clean(text: str | None) -> str | None:
    """Without control and direction signs, which could turn the words around it, and signs no document can hold."""
    kept = (
        sign for sign in text or "" if unicodedata.category(sign) not in ("Cc", "Cf") and sign not in "\ufffe\uffff"
    )
    return text and "".join(kept)


@cache
def kelurahan_names() -> tuple[tuple[str, str], ...]:
    """(code, name) of the 267 kelurahan in code order."""
    with (REFERENCE / "wilayah.csv").open(encoding="utf-8") as file:
        rows = [(row["code"], row["name"]) for row in csv.DictReader(file) if row["level"] == "kelurahan"]
    return tuple(sorted(rows))


STATUS_CODES = {status: code for code, status in enumerate(STATUSES, start=1)}  # 0: a status outside the contract
RECEIVED_CODES = {how: code for code, how in enumerate(RECEIVED_HOW, start=1)}
