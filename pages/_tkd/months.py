"""The months of the history of one unit, in plain values."""

from dataclasses import dataclass

from data_access.monitor import Reading
from scoring.periods import Period


@dataclass(frozen=True)
class UnitMonth:
    """`final` the standing at the cut-off, or as it is while the month is open; None without one."""

    period: Period
    final: float | None
    total_count: int
    closed: bool


def months_of(reading: Reading) -> list[UnitMonth]:
    """All months of the outlook, the oldest first; the one that is read as the screen shows it. Empty without any."""
    found = reading.outlook_of_all
    known = found.periods[0].unit_ids if found and found.periods else ()
    if reading.unit_id not in known:
        return []
    row = known.index(reading.unit_id)
    return [_month(reading, month, row) for month in found.months]


def month_of(reading: Reading, period: Period) -> UnitMonth | None:
    """One month; None when it is not among them."""
    return next((month for month in months_of(reading) if month.period == period), None)


def _month(reading: Reading, month, row: int) -> UnitMonth:
    if month.period == reading.period:
        total = int(reading.card.tally.total[list(reading.units_read)].sum())
        return UnitMonth(month.period, reading.final, total, reading.closed)
    value = float(month.final[row])
    return UnitMonth(month.period, None if value != value else value, int(month.total[row]), month.closed)
