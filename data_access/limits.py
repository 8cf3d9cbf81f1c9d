"""Limits and hours of the desk: dated values with their source, from `reference/limits.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cache

import yaml

from data_access.dimensions import REFERENCE

FILE = REFERENCE / "limits.yaml"
Value = int | Mapping[str, str]


@dataclass(frozen=True)
class Limit:
    """One value from its date on, with its source; `assumed` when no source gives it."""

    value: Value
    since: date
    reference: str
    last_verified_on: date
    assumed: bool = False


@dataclass(frozen=True)
class Limits:
    """The limits of one day, by name. Names carry their unit."""

    by_name: Mapping[str, Limit]

    def __getitem__(self, name: str) -> int:
        """The number of a limit. Raises KeyError for a name nobody dated."""
        return self.by_name[name].value

    def looking_ahead(self, hours: int) -> "Limits":
        """The same limits with another horizon: what a whole shift has before it."""
        ahead = replace(self.by_name["horizon_hours"], value=hours)
        return Limits({**self.by_name, "horizon_hours": ahead})

    @property
    def check_times(self) -> dict[str, time]:
        """Name of a daily check -> its time in WIB, the earliest first."""
        times = {name: time.fromisoformat(text) for name, text in self.by_name["check_times"].value.items()}
        return dict(sorted(times.items(), key=lambda item: item[1]))


@cache
def at(day: date) -> Limits:
    """What holds on a day (WIB): of each name the newest value that began by then; names without one are left out."""
    begun = {name: [limit for limit in dated if limit.since <= day] for name, dated in _all().items()}
    return Limits({name: limits[-1] for name, limits in begun.items() if limits})


def newest(name: str) -> int:
    """The newest number of a limit: what screens of the present ask by. Raises KeyError."""
    return _all()[name][-1].value


@cache
def _all() -> dict[str, list[Limit]]:
    with FILE.open(encoding="utf-8") as file:
        read = yaml.safe_load(file)
    return {name: [Limit(since=day, **dated[day]) for day in sorted(dated)] for name, dated in read.items()}
