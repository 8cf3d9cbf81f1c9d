"""The rows of a list of reports in words."""

from datetime import datetime

from components.formats import DASH, MONTHS_SHORT, clock, integer, short_duration
from components.report_list import ReportRow
from components.theme import CHANGES, Status
from data_access.dimensions import Dimensions
from data_access.listing_rows import Row
from data_access.waiting import RESPONSE_LIMIT_HOURS, WARNING_LIMIT_HOURS
from scoring.periods import WIB

UNKNOWN = Status("Status tidak dikenal", "kotak", "alarm")
LONGEST_IN_HOURS = 72
DONE = "selesai"


def report_row(row: Row, names: Dimensions, as_of: datetime) -> ReportRow:
    """One report as of an instant."""
    status = CHANGES.get(row.status, UNKNOWN)
    waits = waiting_hours(row, as_of)
    return ReportRow(
        number=row.report_id,
        entered=_entered(row.entered_at, as_of),
        category=_name(names.categories, names.code_of["category"], row.category_id),
        place=_name(names.kelurahan, names.code_of["kelurahan"], row.kelurahan_code),
        holder=names.holder(names.unit_code(row.unit_id) or 0),
        status=status.label,
        status_mark=status.mark,
        took=_took(row, as_of, waits),
        late="late" if waits > WARNING_LIMIT_HOURS else "soon" if waits > RESPONSE_LIMIT_HOURS else "",
        tags=(*(["tiket"] if row.ticketed else []), *(["privat"] if row.is_private else [])),
        summary=row.summary or "",
    )


def waiting_hours(row: Row, as_of: datetime) -> float:
    """Hours the report waits for its holder; 0 when it does not."""
    if row.status != "menunggu" or row.entered_at is None:
        return 0.0
    since = max(row.received_at or row.entered_at, row.entered_at)
    return max((as_of - since).total_seconds() / 3600, 0.0)


def lasted(minutes: float) -> str:
    """'48 m', '31 j 12 m', '12 hari'."""
    if minutes < LONGEST_IN_HOURS * 60:
        return short_duration(int(minutes))
    return f"{integer(int(minutes // (24 * 60)))} hari"


def _took(row: Row, as_of: datetime, waits_hours: float) -> str:
    if row.entered_at is None:
        return DASH
    if waits_hours:
        return f"menunggu {lasted(waits_hours * 60)}"
    end = row.completed_at if row.status == DONE else as_of
    minutes = (end - row.entered_at).total_seconds() / 60 if end else -1
    if minutes < 0:
        return DASH  # a wrong clock
    return f"{'selesai dalam' if row.status == DONE else 'berjalan'} {lasted(minutes)}"


def _entered(at: datetime | None, as_of: datetime) -> str:
    """'22 Nov 14.05', with the year when it is another one."""
    if at is None:
        return DASH
    local = at.astimezone(WIB)
    year = f" {local.year}" if local.year != as_of.astimezone(WIB).year else ""
    return f"{local.day} {MONTHS_SHORT[local.month - 1]}{year} {clock(at)}"


def _name(rows: tuple[tuple[str, str], ...], code_of: dict[str, int], identifier: str | None) -> str:
    return rows[code_of.get(identifier, 0)][1]
