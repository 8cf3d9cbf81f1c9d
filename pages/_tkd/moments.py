"""The moments a score is compared with: of the last check, of yesterday, of last week, of the start, or any minute."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from components.formats import MONTHS_SHORT, clock, day_clock, day_month
from data_access.monitor import Reading
from pages._query import SINCE
from scoring.periods import WIB

CHECKS = ((time(7, 30), "pagi"), (time(15, 30), "sore"))  # the twice-daily check of the city
SETTLED = timedelta(minutes=30)  # right after a check there is nothing to tell yet
LAST_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Moment:
    """`name` as in the URL, `at` the instant (WIB), `since` in words after 'sejak'."""

    name: str
    at: datetime
    since: str

    @property
    def own_minute(self) -> bool:
        """A minute that the viewer chose."""
        return self.name not in SINCE


def chosen(reading: Reading) -> Moment:
    """The moment of the URL; without one the last check, of a closed month the last week."""
    return moment(reading.query.get("sejak", "minggu" if reading.closed else "pagi"), reading)


def until(reading: Reading) -> datetime:
    """Up to when moments count back (WIB): now, of a closed month the last minute of its cut-off."""
    last = reading.period.cutoff - LAST_MINUTE
    return (last if reading.closed else reading.state.as_of).astimezone(WIB)


def span(found: Moment, reading: Reading) -> str:
    """From the moment until now (of a closed month its cut-off): '07.30 → 14.05', '1 Okt 00.00 → 8 Okt 23.59'."""
    end = until(reading)
    words = day_clock(end) if reading.closed else clock(end)
    return f"{when(found.at, end)} → {words}"


def moment(name: str, reading: Reading) -> Moment:
    """A moment by its checked name: pagi, kemarin, minggu, awal, or YYYY-MM-DDTHH:MM in WIB."""
    end = until(reading)
    hour = (reading.period.cutoff if reading.closed else end).replace(minute=0, second=0, microsecond=0)
    if name == "pagi":
        return last_check(end)
    if name == "kemarin":
        return Moment(name, hour - timedelta(days=1), "kemarin" if not reading.closed else "sehari sebelumnya")
    if name == "minggu":
        return Moment(name, hour - timedelta(days=7), "tujuh hari lalu" if not reading.closed else "sepekan sebelumnya")
    if name == "awal":
        return Moment(name, reading.period.start, f"awal {MONTHS_SHORT[reading.period.month - 1]}")
    at = datetime.strptime(name, "%Y-%m-%dT%H:%M").replace(tzinfo=WIB)
    return Moment(name, at, when(at, end))


def last_check(end: datetime) -> Moment:
    """The last check that passed at least half an hour before `end`."""
    days = (end.date(), end.date() - timedelta(days=1))
    times = [(datetime.combine(day, at, WIB), word) for day in days for at, word in CHECKS]
    at, word = max(pair for pair in times if pair[0] <= end - SETTLED)
    return Moment("pagi", at, word if at.date() == end.date() else f"kemarin {word}")


def when(at: datetime, end: datetime) -> str:
    """'07.30' of the day of `end`, '22 Nov 07.30' of another, with its year when that differs."""
    local = at.astimezone(WIB)
    if local.date() == end.date():
        return clock(at)
    year = f" {local.year}" if local.year != end.year else ""
    return f"{day_month(at)}{year} {clock(at)}"
