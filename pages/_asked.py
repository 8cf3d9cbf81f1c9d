"""What a screen about a month is asked: scope, filters, month; and the lists of reports its numbers open."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from components import states
from components.formats import clock, month_year
from data_access.filters import Filters, narrowed
from data_access.frame import Frame, microseconds
from data_access.listing import ALL_TIME, Listing, href
from data_access.live import State
from data_access.months import frame_of, known_until
from data_access.scope import Scope
from pages import _filters
from pages._query import offered_periods
from scoring import periods
from scoring.periods import WIB, Period


@dataclass(frozen=True, eq=False)
class Asked:
    """One question of one viewer to one state of the data."""

    scope: Scope
    query: dict[str, str]
    state: State
    filters: Filters
    notice: str | None

    @property
    def period(self) -> Period:
        return periods.parse(self.filters.period) if self.filters.period else periods.of(self.state.as_of)

    @property
    def running(self) -> bool:
        """The month is not over."""
        return self.state.as_of < self.period.end

    @property
    def as_of_us(self) -> int:
        return microseconds(self.state.as_of)

    @cached_property
    def frame(self) -> Frame:
        """Rows of the month and the one before. Raises DatabaseUnavailable when a closed month cannot be read."""
        return narrowed(self.scope, frame_of(self.period, self.state), self.filters)

    @property
    def words(self) -> str:
        """'November 2026 sampai tanggal 23' while it runs, 'Oktober 2026' afterwards."""
        name = month_year(str(self.period))
        return f"{name} sampai tanggal {self.state.as_of.astimezone(WIB).day}" if self.running else name

    def fact(self, text: str):
        """A panel prints its own time only when it differs from the strip's."""
        until = known_until(self.period, self.state)
        return text if until == self.state.as_of else [f"{text} · ", states.stale(clock(until))]

    def completed_href(self, period: Period | None = None, filters: Filters | None = None, **facets) -> str:
        """The list of the reports completed in a month, whenever they entered."""
        listing = Listing(replace(filters or self.filters, period=ALL_TIME), completed=days_of(period or self.period))
        return href(replace(listing, **facets))

    def entered_href(self, period: Period | None = None, filters: Filters | None = None, **facets) -> str:
        """The list of the reports entered in a month; the running one's address stays bare."""
        month, filters = period or self.period, filters or self.filters
        if self.offers(month):
            running = month == periods.of(self.state.as_of)
            return href(Listing(replace(filters, period=None if running else str(month)), **facets))
        return href(Listing(replace(filters, period=ALL_TIME), entered=days_of(month), **facets))

    def offers(self, month: Period) -> bool:
        """The month can be chosen as a period; an older one can be looked at, by its days."""
        return str(month) in offered_periods(self.state)

    def month_choice(self, month: Period) -> str | None:
        """Address of the screen for a month, None for one that cannot be chosen."""
        if not self.offers(month):
            return None
        return f"?periode={'' if month == periods.of(self.state.as_of) else month}"


def asked(scope: Scope, query: dict[str, str], state: State) -> Asked:
    """From a canonical query."""
    filters, notice = _filters.chosen(query)
    return Asked(scope, query, state, filters, notice)


def days_of(period: Period) -> tuple[date, date]:
    """First and last day of a month."""
    return period.start.date(), (period.end - timedelta(days=1)).date()
