"""Where the numbers of the wall lead: the list of the reports each one counts."""

from dataclasses import replace
from datetime import date

from data_access.dimensions import Dimensions
from data_access.filters import Filters
from data_access.listing import ALL_TIME, OPEN_START, Listing, href
from data_access.live import State
from data_access.status import GROUPS
from data_access.waiting import RESPONSE_LIMIT_HOURS, WARNING_LIMIT_HOURS
from scoring import periods


def strip(filters: Filters, state: State) -> dict[str, str]:
    """Addresses behind the five figures. They speak of now and the running month, whatever period is shown."""
    today = state.as_of.astimezone(periods.WIB).date()
    running, ever = replace(filters, period=None), replace(filters, period=ALL_TIME)
    return {
        "entered": href(Listing(running, entered=(today, today))),
        "over_6h": waiting(filters, RESPONSE_LIMIT_HOURS),
        "over_24h": waiting(filters, WARNING_LIMIT_HOURS),
        "completed": href(Listing(running, completed=(OPEN_START, today))),
        "total": href(Listing(running)),
        "resolution": href(Listing(ever, completed=(date(today.year, today.month, 1), today))),
    }


def waiting(filters: Filters, hours: int) -> str:
    """Reports that wait longer than `hours` now, whenever they entered."""
    return href(Listing(replace(filters, period=ALL_TIME), waiting_over_hours=hours))


def within(filters: Filters, hours: int, point: str | None = None) -> str:
    """Reports entered in the last `hours`; `point` 'ya': only those with a point in Jakarta."""
    return href(Listing(replace(filters, period=ALL_TIME), entered_within_hours=hours, point=point))


def statuses(filters: Filters) -> dict[str, str]:
    """Per group of statuses: reports of the month in it."""
    return {group: href(Listing(replace(filters, status=group))) for group in GROUPS}


def agencies(filters: Filters, unit_ids: list[str], names: Dimensions) -> dict[str, tuple[str, str]]:
    """Per agency: reports of the month it holds, and those that wait for it now."""
    links = {}
    for unit_id in unit_ids:
        of_agency = replace(filters, unit_id=_narrower(filters.unit_id, unit_id, names))
        links[unit_id] = (href(Listing(of_agency)), waiting(of_agency, RESPONSE_LIMIT_HOURS))
    return links


def _narrower(chosen: str | None, agency: str, names: Dimensions) -> str:
    """The unit that was chosen when it lies in the agency, else the agency."""
    code = names.unit_code(chosen) if chosen else None
    return chosen if code and names.subtree(agency)[code] else agency
