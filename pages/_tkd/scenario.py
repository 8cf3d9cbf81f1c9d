"""The text of a scenario in the URL (`sim`): items joined by commas, each a wish for one report or for many.

NUMBER@2026-11-22T15:07          the report is completed then (WIB)
NUMBER@T~pindah~UNIT             moved to a unit
NUMBER@T~tiket~COMMITMENT~LIMIT  given a ticket with these two instants, written like T
NUMBER@T~buka                    reopened
NUMBER~lepas                     taken out of the groups and of the daily pace
kategori:CATEGORY@T, unit:UNIT@T every open report of a category, or of a unit, is completed then

A sign of a number or an identifier other than letters, digits, `-`, `.` and `/` is `_` and two hex digits per byte.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from data_access.frame import instant, microseconds
from scoring.periods import WIB

Kind = Literal["completed", "moved", "ticketed", "reopened", "left_out"]
Group = Literal["", "kategori", "unit"]
LEFT_OUT, MOVED, TICKETED, REOPENED = "lepas", "pindah", "tiket", "buka"
YEARS = range(2000, 2101)
_TIME = "%Y-%m-%dT%H:%M"
_MINUTE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII)
_KEY = re.compile(r"(?:(kategori|unit):)?([A-Za-z0-9_./-]+)")
_PLAIN = re.compile(r"[^A-Za-z0-9./-]")
_QUOTED = re.compile(r"(?:_[0-9a-f]{2})+")


class ItemError(ValueError):
    """A text that is no item."""


@dataclass(frozen=True)
class Item:
    """One wish. `key`: number of a report, or identifier of the `group`. Instants in microseconds, whole minutes."""

    key: str
    kind: Kind = "completed"
    at_us: int | None = None
    group: Group = ""
    to_unit: str | None = None
    commitment_us: int | None = None
    limit_us: int | None = None


def parse(text: str) -> tuple[list[Item], list[str]]:
    """(items, texts between commas that are none), each in the order of the text."""
    items, unread = [], []
    for part in filter(None, text.split(",")):
        try:
            items.append(_item(part))
        except ItemError:
            unread.append(part)
    return items, unread


def written(*items: Item) -> str:
    """The text of items; `parse` gives the same items back."""
    return ",".join(_written(item) for item in items)


def token(key: str, group: Group = "") -> str:
    """How the report, category or unit an item speaks of is written: the beginning of its text."""
    quoted = _PLAIN.sub(lambda sign: "".join(f"_{byte:02x}" for byte in sign[0].encode()), key)
    return f"{group}:{quoted}" if group else quoted


def minute(at_us: int) -> str:
    """An instant as an item writes it: `2026-11-22T15:07`, WIB."""
    return instant(at_us).strftime(_TIME)


def _item(text: str) -> Item:
    subject, *words = text.split("~")
    key, _, at = subject.partition("@")
    found = _KEY.fullmatch(key)
    if not found:
        raise ItemError(text)
    group, key = found[1] or "", _unquoted(found[2])
    if words == [LEFT_OUT] and not at and not group:
        return Item(key, "left_out")
    return _timed(key, group, _instant(at), words)


def _timed(key: str, group: Group, at_us: int, words: list[str]) -> Item:
    match words:
        case []:
            return Item(key, "completed", at_us, group)
        case [word, unit] if word == MOVED and not group and _KEY.fullmatch(unit):
            return Item(key, "moved", at_us, to_unit=_unquoted(unit))
        case [word, commitment, limit] if word == TICKETED and not group:
            return Item(key, "ticketed", at_us, commitment_us=_instant(commitment), limit_us=_instant(limit))
        case [word] if word == REOPENED and not group:
            return Item(key, "reopened", at_us)
    raise ItemError(key)


def _written(item: Item) -> str:
    subject = token(item.key, item.group)
    if item.kind == "left_out":
        return f"{subject}~{LEFT_OUT}"
    timed = f"{subject}@{minute(item.at_us)}"
    if item.kind == "moved":
        return f"{timed}~{MOVED}~{token(item.to_unit)}"
    if item.kind == "ticketed":
        return f"{timed}~{TICKETED}~{minute(item.commitment_us)}~{minute(item.limit_us)}"
    return f"{timed}~{REOPENED}" if item.kind == "reopened" else timed


def _instant(text: str) -> int:
    if not _MINUTE.fullmatch(text) or int(text[:4]) not in YEARS:
        raise ItemError(text)
    try:
        return microseconds(datetime.strptime(text, _TIME).replace(tzinfo=WIB))
    except ValueError as error:
        raise ItemError(text) from error


def _unquoted(text: str) -> str:
    try:
        return _QUOTED.sub(lambda found: bytes.fromhex(found[0].replace("_", "")).decode(), text)
    except UnicodeDecodeError as error:
        raise ItemError(text) from error
