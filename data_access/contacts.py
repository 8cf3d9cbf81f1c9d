"""How to reach a unit: addresses of offices from the file CONTACTS names. No citizen is in it."""

import csv
import logging
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data_access.settings import settings

COLUMNS = ("unit_id", "email", "whatsapp")
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
PHONE = re.compile(r"62\d{7,13}")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Contact:
    """`email` of an office; `whatsapp` as digits that begin with the country, 62812...; None where there is none."""

    email: str | None
    whatsapp: str | None


NOBODY = Contact(None, None)


def of_unit(unit_id: str) -> Contact:
    """The contact of a unit; NOBODY when CONTACTS does not name it, or names it in a line that cannot be used."""
    return _known().get(unit_id, NOBODY)


def problems(path: Path) -> list[str]:
    """What is wrong in the file, one line each; empty when all of it can be used."""
    return _read(path)[1]


@cache
def _known() -> dict[str, Contact]:
    """Read once in a process; what cannot be used is said in its log."""
    if settings().contacts is None:
        return {}
    known, wrong = _read(settings().contacts)
    for line in wrong:
        log.warning("%s", line)
    return known


def _read(path: Path) -> tuple[dict[str, Contact], list[str]]:
    """Unit -> contact, and what is wrong. Raises OSError."""
    known: dict[str, Contact] = {}
    wrong: list[str] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, strict=True)
            if sorted(rows.fieldnames or ()) != sorted(COLUMNS):
                return {}, [f"CONTACTS={path}: the first line must be {','.join(COLUMNS)}"]
            for row in rows:
                if problem := _add(known, row):
                    wrong.append(f"CONTACTS={path}, line {rows.line_num}: {problem}")
    except (csv.Error, UnicodeDecodeError) as error:
        wrong.append(f"CONTACTS={path} is no CSV file in UTF-8: {error}")
    return known, wrong


def _add(known: dict[str, Contact], row: dict) -> str | None:
    """What is wrong with a line; a good one is added to `known`."""
    if None in row or None in row.values():
        return f"it must have {len(COLUMNS)} fields"
    unit_id, email, phone = (row[name].strip() for name in COLUMNS)
    digits = _international(phone)
    if not unit_id or unit_id in known:
        return f"the unit {unit_id!r} is named twice" if unit_id else "no unit is named"
    if email and not EMAIL.fullmatch(email):
        return f"{email!r} is no e-mail address"
    if digits and not PHONE.fullmatch(digits):
        return f"{phone!r} is no Indonesian number; write 62812... or 0812..."
    known[unit_id] = Contact(email or None, digits or None)
    return None


def _international(phone: str) -> str:
    digits = re.sub(r"[ .()+-]", "", phone)
    return f"62{digits[1:]}" if digits.startswith("0") else digits
