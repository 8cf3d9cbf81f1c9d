"""Time in the generator: microseconds since 1970 UTC as int64, so that arithmetic is plain NumPy. WIB is UTC+7."""

from datetime import UTC, datetime, timedelta, timezone

import numpy as np

WIB = timezone(timedelta(hours=7), "WIB")
HOUR = 3_600_000_000
DAY = 24 * HOUR
NEVER = np.iinfo(np.int64).min  # what datetime64 reads as NaT


def to_microseconds(moment: datetime) -> int:
    """An aware datetime as microseconds since 1970 UTC. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; write for example {moment.isoformat()}+07:00")
    return int((moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1))


def to_datetime(microseconds: int) -> datetime:
    """Microseconds since 1970 UTC as a datetime in WIB."""
    return datetime(1970, 1, 1, tzinfo=UTC).astimezone(WIB) + timedelta(microseconds=int(microseconds))


def hours(amount: np.ndarray | float) -> np.ndarray:
    """Hours as int64 microseconds, never less than a minute: two steps of one report do not share an instant."""
    return np.maximum(np.asarray(amount) * HOUR, HOUR // 60).astype(np.int64)


def local_day(microseconds: np.ndarray) -> np.ndarray:
    """Days since 1970 on the WIB calendar."""
    return (microseconds + 7 * HOUR) // DAY


def local_hour(microseconds: np.ndarray) -> np.ndarray:
    """Hour of the WIB day with its fraction."""
    return ((microseconds + 7 * HOUR) % DAY) / HOUR


def month_start(moment: datetime, months_back: int) -> datetime:
    """The first instant (WIB) of the month `months_back` before the month of `moment`."""
    local = moment.astimezone(WIB)
    months = local.year * 12 + local.month - 1 - months_back
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=WIB)
