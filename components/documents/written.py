"""How the values of a document are written, by the kind of their column, and the whole content as plain texts."""

from dataclasses import fields, is_dataclass
from datetime import datetime

from components.documents.content import Column, Content, Table, Value
from components.formats import DASH, JAKARTA, MONTHS, clock, decimal, integer, percent

NUMBERS = ("count", "score", "share", "hours")


def text(value: Value, kind: str) -> str:
    """A value as it stands on paper: 1.234; 84,27; 93,1 %; 38,2; 22 November 2026; with the time for a stamp."""
    if value is None:
        return DASH
    if isinstance(value, datetime):
        return f"{day(value)} {clock(value)} WIB" if kind == "stamp" else day(value)
    if isinstance(value, str) or kind == "text":
        return str(value)
    if kind == "count":
        return integer(int(value))
    if kind == "share":
        return f"{percent(value)} %"
    return decimal(value, 2 if kind == "score" else 1)


def day(at: datetime) -> str:
    """'22 November 2026', in Jakarta."""
    local = at.astimezone(JAKARTA)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def rows(table: Table) -> list[list[str]]:
    """The rows of a table as texts."""
    return [_row(row, table.columns) for row in table.rows]


def total(table: Table) -> list[str] | None:
    """The last line of a table as texts, None without one."""
    return None if table.total is None else _row(table.total, table.columns)


def foot(content: Content) -> str:
    """What stands at the foot of every page."""
    return " · ".join(part for part in (f"Data per {text(content.as_of, 'stamp')}", content.stamp) if part)


def as_data(content: Content) -> dict:
    """The content for the template: texts and shares alone."""
    return {
        "title": content.title,
        "subtitle": content.subtitle,
        "letterhead": _plain(content.letterhead),
        "stamp": content.stamp,
        "foot": foot(content),
        "simulated": content.simulated,
        "notes": list(content.notes),
        "cover": content.cover,
        "reference": [list(pair) for pair in content.reference],
        "blocks": [block_data(block) for block in content.blocks],
    }


def _row(row: tuple[Value, ...], columns: tuple[Column, ...]) -> list[str]:
    return [text(value, column.kind) for value, column in zip(row, columns, strict=True)]


def block_data(block) -> dict:
    """One block for the template."""
    if isinstance(block, Table):
        return {
            "type": "Table",
            "columns": [
                {"title": one.title, "number": one.kind in NUMBERS, "width": one.width} for one in block.columns
            ],
            "rows": rows(block),
            "total": total(block),
            "empty": block.empty,
            "note": block.note,
        }
    plain = _plain(block) | {"type": type(block).__name__}
    if plain["type"] == "Bars":
        plain["texts"] = [text(value, block.kind) for value in block.values]
    if plain["type"] == "Line":
        plain["texts"] = ["" if value is None else text(value, block.kind) for value in block.values]
    return plain


def _plain(value):
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
