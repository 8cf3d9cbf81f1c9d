"""What the screen Peta is asked: which reports, which seven days, drawn by what."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np

from data_access.day_window import DayWindow, date_of, day_of
from data_access.filters import Filters, narrowed
from data_access.frame import Frame, microseconds, wib_day
from data_access.listing import ALL_TIME, Listing, href
from data_access.live import State, window_start
from data_access.months import frame_of
from data_access.scope import Scope
from pages import _filters
from scoring import periods
from scoring.periods import Period

CELLS = "kisi"
MODES = (CELLS, "kelurahan", "kecamatan", "kota")
PER_KM2, UNFINISHED = "km2", "sisa"
MEASURES = (PER_KM2, UNFINISHED)
ASKS = (*_filters.QUERY_NAMES, "mode", "ukuran", "hari")


@dataclass(frozen=True, eq=False)
class Reading:
    """One question and the rows that answer it. `frame` holds what the viewer may see and asked for, of all months."""

    scope: Scope
    state: State
    query: dict[str, str]
    filters: Filters
    frame: Frame

    @property
    def as_of_us(self) -> int:
        return microseconds(self.state.as_of)

    @property
    def mode(self) -> str:
        return self.query.get("mode", CELLS)

    @property
    def measure(self) -> str:
        """Cells are too small for a share of their reports."""
        return PER_KM2 if self.mode == CELLS else self.query.get("ukuran", PER_KM2)

    @cached_property
    def period(self) -> Period:
        return periods.parse(self.filters.period) if self.filters.period else periods.of(self.state.as_of)

    @cached_property
    def days(self) -> tuple[int, int]:
        """First and last day of the time bar: the month, and for the running one the month before it too."""
        running = periods.of(self.state.as_of)
        if self.period >= running:
            return _day(running.previous.start), int(wib_day(self.as_of_us))
        return _day(self.period.start), _day(self.period.end) - 1

    @cached_property
    def window(self) -> DayWindow:
        """The seven days up to the day asked for, else up to the last of the bar."""
        first, last = self.days
        asked = day_of(date.fromisoformat(self.query["hari"])) if "hari" in self.query else last
        return DayWindow(asked if first <= asked <= last else last)

    @cached_property
    def first_complete_day(self) -> int:
        """From this day on the frame holds every report."""
        if self.period >= periods.of(self.state.as_of).previous:
            return _day(window_start(self.state.as_of))
        return _day(self.period.previous.start)

    @cached_property
    def week(self) -> Frame:
        """The reports of the window."""
        return self.frame.only(np.flatnonzero(self.window.mask(self.frame, self.as_of_us)))

    @cached_property
    def everything(self) -> Filters:
        """The filters for lists that name days, not a month."""
        return replace(self.filters, period=ALL_TIME)

    def area_meant(self, code: str) -> str | None:
        """What of an area lies in the wilayah chosen: the area, the smaller wilayah in it, or None."""
        chosen = self.filters.area_code
        if chosen is None or f"{code}.".startswith(f"{chosen}."):
            return code
        return chosen if chosen.startswith(f"{code}.") else None

    def list_of_week(self, area_code: str | None = None, category_id: str | None = None, **facets) -> str:
        """Address of the reports of the window, narrowed further."""
        narrower = {"area_code": area_code, "category_id": category_id}
        filters = replace(self.everything, **{name: value for name, value in narrower.items() if value})
        return href(Listing(filters, entered=self.window.dates, **facets))

    def choice(self, **changes: str) -> str:
        """Address of this map with other choices; '' takes one away."""
        return "?" + "&".join(f"{name}={value}" for name, value in changes.items())

    def day_choice(self, day: int) -> str:
        """Address of the map of the week up to a day; the last day is the default."""
        return self.choice(hari="" if day == self.days[1] else date_of(day).isoformat())


def reading(scope: Scope, query: dict[str, str], state: State, filters: Filters) -> Reading:
    """The question of a checked query. Raises DatabaseUnavailable when a closed month cannot be read."""
    period = periods.parse(filters.period) if filters.period else periods.of(state.as_of)
    return Reading(scope, state, query, filters, narrowed(scope, frame_of(period, state), filters))


def _day(at) -> int:
    return int(wib_day(microseconds(at)))
