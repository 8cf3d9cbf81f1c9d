"""The lists behind the numbers of a desk."""

from datetime import datetime, timedelta

from components.formats import clock
from data_access.dimensions import Dimensions
from data_access.filters import Filters
from data_access.listing import ALL_TIME, Listing, href

LIMITS = {"over_response": "response_hours", "over_officer": "officer_warning_hours"}


def waiting(figure: str, body: dict, filters: Filters, unit_id: str | None = None) -> str:
    """Address of the reports waiting longer than the limit of `figure`, of a unit when it is given."""
    unit = unit_id or filters.unit_id
    kept = Filters(ALL_TIME, filters.area_code, unit, filters.category_id, filters.channel_id, filters.status)
    return href(Listing(kept, waiting_over_hours=body["limits"][LIMITS[figure]]))


def horizon_end(body: dict) -> str:
    """The clock time until which the desk looks for values that drop."""
    return clock(datetime.fromisoformat(body["as_of"]) + timedelta(hours=body["limits"]["horizon_hours"]))


def units_above(figure: str, body: dict, names: Dimensions) -> set[str]:
    """Units whose list of `figure` holds more than the reports in their own hands: a list takes those below along."""
    return {above for row in body["rows"] if row[figure] for above in _parents(row["unit_id"], names)}


def _parents(unit_id: str, names: Dimensions) -> list[str]:
    """The units above, the nearest first; a circle in dirty data ends the line."""
    found: list[str] = []
    code = names.unit_code(unit_id)
    while code and (parent := names.units[code].parent_id) and parent not in (unit_id, *found):
        found.append(parent)
        code = names.unit_code(parent)
    return found
