"""The periods documents are about: months 2026-10, weeks 2026-W48 from Monday to Sunday, years 2026; all in WIB."""

from datetime import datetime, timedelta

from scoring import periods
from scoring.periods import WIB

MONTHS_OFFERED = 14
WEEKS_OFFERED = 14
YEARS_OFFERED = 3


def week_of(instant: datetime) -> str:
    """'2026-W48': the week (ISO 8601) in which an aware instant falls."""
    year, week, _ = instant.astimezone(WIB).isocalendar()
    return f"{year:04d}-W{week:02d}"


def offered(kind: str, as_of: datetime) -> list[str]:
    """The running period of a kind and the ones before it, newest first; none for a kind without periods."""
    local = as_of.astimezone(WIB)
    if kind == "bulanan":
        return [str(periods.of(as_of).shifted(-months)) for months in range(MONTHS_OFFERED)]
    if kind == "mingguan":
        return [week_of(as_of - timedelta(weeks=weeks)) for weeks in range(WEEKS_OFFERED)]
    return [str(local.year - years) for years in range(YEARS_OFFERED)] if kind == "tahunan" else []


def usual(kind: str, as_of: datetime) -> str | None:
    """The newest period that is over; None for a kind without periods."""
    return next(iter(offered(kind, as_of)[1:]), None)
