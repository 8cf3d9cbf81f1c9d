"""Reports for tests, written as rows; times are WIB when they carry no offset."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from scoring.periods import WIB
from scoring.reports import NEVER, RECEIVED_CODES, STATUS_CODES, Reports, Units, microseconds

TIMES = ("entered", "completed", "validated", "received", "first_response", "ticket_opened", "ticket_commitment")


def us(when: datetime | str | None) -> int:
    """Microseconds UTC; NEVER for None."""
    if when is None or when == "":
        return NEVER
    instant = datetime.fromisoformat(when) if isinstance(when, str) else when
    return microseconds(instant if instant.tzinfo else instant.replace(tzinfo=WIB))


def units(table: Mapping[str, str | Sequence[str]]) -> Units:
    """{id: type} or {id: [type, parent id]}, in the order given."""
    rows = {name: [entry] if isinstance(entry, str) else list(entry) for name, entry in table.items()}
    codes = {name: code for code, name in enumerate(rows)}
    parent = [codes[row[1]] if len(row) > 1 and row[1] else -1 for row in rows.values()]
    return Units(tuple(rows), tuple(row[0] for row in rows.values()), np.array(parent, np.int32))


def reports(rows: Sequence[Mapping], known: Units) -> Reports:
    """Rows with number, unit, category, status, received_how (names) and the times of Reports; absent ones are absent.

    A unit or category of None is unknown; so is a status that no CRM has.
    """
    names = sorted({row["category"] for row in rows if row.get("category")})
    codes = {name: code for code, name in enumerate(known.ids)}
    times = {name: np.array([us(row.get(name)) for row in rows], np.int64) for name in (*TIMES, "ticket_limit")}
    return Reports(
        number=np.array([row["number"] for row in rows], dtype=object),
        unit=np.array([codes.get(row.get("unit"), -1) for row in rows], np.int32),
        category=np.array([names.index(row["category"]) if row.get("category") else -1 for row in rows], np.int32),
        status=np.array([STATUS_CODES.get(row.get("status"), 0) for row in rows], np.int8),
        received_how=np.array([RECEIVED_CODES.get(row.get("received_how"), 0) for row in rows], np.int8),
        units=known,
        category_names=tuple(names),
        **times,
    )
