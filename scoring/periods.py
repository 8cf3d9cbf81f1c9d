"""Periods: the calendar month of entry, and its cut-off on the 8th of the next month at 23.59 WIB (source 000)."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

WIB = timezone(timedelta(hours=7), "WIB")
CUTOFF_DAY_OF_MONTH = 8


class PeriodError(ValueError):
    """The text is not a period; the message says what a period looks like."""


@dataclass(frozen=True, order=True)
class Period:
    """A month of entry in WIB. Instants are aware; every interval is half open."""

    year: int
    month: int

    @property
    def start(self) -> datetime:
        """First instant of the month."""
        return datetime(self.year, self.month, 1, tzinfo=WIB)

    @property
    def end(self) -> datetime:
        """First instant after the month."""
        return self.next.start

    @property
    def cutoff(self) -> datetime:
        """First instant after the cut-off minute: the minute 23.59 of the 8th counts to its end."""
        return self.end + timedelta(days=CUTOFF_DAY_OF_MONTH)

    @property
    def next(self) -> "Period":
        return self.shifted(1)

    @property
    def previous(self) -> "Period":
        return self.shifted(-1)

    def shifted(self, months: int) -> "Period":
        """The period `months` later (negative: earlier)."""
        years, month_index = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Period(years, month_index + 1)

    @property
    def days_count(self) -> int:
        return (self.end - self.start).days

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def parse(text: str) -> Period:
    """`2026-11` -> Period. Raises PeriodError."""
    try:
        year, month = text.split("-")
        digits = year.isdecimal() and month.isdecimal()
        if digits and len(year) == 4 and len(month) == 2 and 1 <= int(month) <= 12 and 2000 <= int(year) <= 2100:
            return Period(int(year), int(month))
    except (ValueError, AttributeError):
        pass
    raise PeriodError(f"{text!r} is not a period; write YYYY-MM with a year from 2000 to 2100")


def of(instant: datetime) -> Period:
    """The period in which `instant` (aware) falls."""
    local = instant.astimezone(WIB)
    return Period(local.year, local.month)


def open_at(instant: datetime) -> list[Period]:
    """Periods not yet cut off at `instant`: one, or two from the 1st to the 8th; the one closing first."""
    running = of(instant)
    return [running.previous, running] if instant < running.previous.cutoff else [running]
