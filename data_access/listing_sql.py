"""The rows a listing means, said to the database: the same set as `data_access.listing.mask` finds in a frame.

Times that are not finite, found in real data, are absent times here as they are in a frame.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import h3

from data_access import geography
from data_access.dimensions import Dimensions
from data_access.frame import instant, microseconds
from data_access.listing import NO_OFFICER, Listing, period_of, rules_period
from data_access.listing_facets import DAY_BOUNDS, NO_LIMIT_HOURS, days_us, last_limits, tier_bounds
from data_access.listing_points import inside, point_condition
from data_access.listing_words import word_conditions
from data_access.row_conditions import conditions
from data_access.scope import Scope
from data_access.tables import report
from data_access.waiting import RESPONSE_LIMIT_HOURS

EVERY_COLUMN = frozenset(column.name for column in report.columns)
SINCE = "case when received_at > entered_at and received_at < 'infinity' then received_at else entered_at end"
DONE = "status = 'selesai' and completed_at <= %(as_of)s"
TOOK = f"{DONE} and entered_at > '-infinity' and completed_at >= entered_at"
ANSWERED = "first_response_at > '-infinity' and first_response_at <= %(as_of)s"
ANSWERED_AFTER_ENTRY = f"{ANSWERED} and entered_at > '-infinity' and first_response_at >= entered_at"
RESPONSES = {
    "belum": f"({ANSWERED}) is not true",
    "tepat": f"{ANSWERED_AFTER_ENTRY} and first_response_at <= entered_at + %(response_limit)s",
    "lewat": f"{ANSWERED_AFTER_ENTRY} and first_response_at > entered_at + %(response_limit)s",
}
HANDOVERS = """(select count(*) from crm.report_event event where event.report_id = report.report_id
    and event.from_unit_id = any(%(known_units)s) and event.to_unit_id = any(%(known_units)s)
    and event.from_unit_id <> event.to_unit_id and isfinite(event.occurred_at) and event.occurred_at <= %(as_of)s
    ) >= %(handovers)s"""
# Old copies of a report are not the report; a copy without a time of change is as old as its entry.
CHANGED = "case when isfinite({0}.updated_at) then {0}.updated_at else {0}.entered_at end"
NEWEST = f"""not exists (select from crm.report newer where newer.report_id = report.report_id
    and {CHANGED.format("newer")} > {CHANGED.format("report")})"""

# What Python can hold; infinity and the year 20000, found in real data, are no instants.
READABLE = "case when {0} between '0001-01-02' and '9999-12-30' then {0} end as {0}"

Condition = tuple[str, dict[str, object]]


def relation(usable: frozenset[str] = EVERY_COLUMN) -> str:
    """`crm.report` for a FROM, under the name report; columns the CRM does not have are null."""
    if usable >= EVERY_COLUMN:
        return "crm.report report"
    types = {column.name: str(column.type) for column in report.columns}
    types |= {name: "timestamptz" for name in types if name.endswith("_at")}
    columns = (name if name in usable else f"null::{type_name} as {name}" for name, type_name in types.items())
    return f"(select {', '.join(columns)} from crm.report) report"


def condition(
    scope: Scope, listing: Listing, names: Dimensions, as_of: datetime, usable: frozenset[str] = EVERY_COLUMN
) -> Condition:
    """A condition on `relation(usable)` and its parameters: the newest copies of the reports the listing means."""
    text, parameters = conditions(scope, listing.filters, names)
    parameters |= {"as_of": as_of}
    parts = [text]
    for part, values in _facets(listing, names, as_of):
        parts.append(f"({part})")
        parameters |= values
    if "updated_at" in usable:
        parts.append(NEWEST)
    return " and ".join(parts), parameters


def _facets(listing: Listing, names: Dimensions, as_of: datetime) -> Iterator[Condition]:
    yield from _times(listing, as_of)
    if listing.open_only:
        yield "status <> 'selesai'", {}
    if listing.overdue:
        yield _overdue(listing, names, as_of)
    if listing.response:
        yield RESPONSES[listing.response], {"response_limit": timedelta(hours=RESPONSE_LIMIT_HOURS)}
    if listing.tier is not None:
        yield _tier(listing, names, as_of)
    if listing.officer_id == NO_OFFICER:
        yield "officer_id is null or officer_id = ''", {}
    elif listing.officer_id:
        yield "officer_id = %(officer_id)s", {"officer_id": listing.officer_id}
    if listing.cell:
        yield _cell(listing.cell), {}
    if listing.point:
        yield point_condition(listing.point), {}
    if listing.handovers:
        yield HANDOVERS, {"handovers": listing.handovers, "known_units": [unit.unit_id for unit in names.units[1:]]}
    if listing.text:
        yield from word_conditions(listing.text, names)


def _times(listing: Listing, as_of: datetime) -> Iterator[Condition]:
    period = period_of(listing, microseconds(as_of))
    if period:
        values = {"month_start": period.start, "month_end": period.end}
        yield "entered_at >= %(month_start)s and entered_at < %(month_end)s and entered_at <= %(as_of)s", values
    if listing.entered:
        values = _days("entered", *listing.entered)
        between = "entered_at >= %(entered_from)s and entered_at < %(entered_until)s"
        yield f"{between} and entered_at > '-infinity' and entered_at <= %(as_of)s", values
    if listing.entered_within_hours:
        since = as_of - timedelta(hours=listing.entered_within_hours)
        yield "entered_at > %(entered_since)s and entered_at <= %(as_of)s", {"entered_since": since}
    if listing.completed:
        values = _days("completed", *listing.completed)
        yield f"{DONE} and completed_at >= %(completed_from)s and completed_at < %(completed_until)s", values
    if listing.waiting_over_hours is not None:
        before = as_of - timedelta(hours=listing.waiting_over_hours)
        waits = "status = 'menunggu' and entered_at > '-infinity' and entered_at <= %(as_of)s"
        yield f"{waits} and {SINCE} < %(waiting_before)s", {"waiting_before": before}
    if listing.resolution_days:
        least, below = (days and timedelta(days=days) for days in DAY_BOUNDS[listing.resolution_days])
        yield _took(least or timedelta(0), below)


def _days(name: str, first, last) -> dict[str, datetime]:
    start_us, end_us = days_us(first, last)
    return {f"{name}_from": instant(start_us), f"{name}_until": instant(end_us)}


def _took(least: timedelta, below: timedelta | None) -> Condition:
    text = f"{TOOK} and completed_at >= entered_at + %(took_least)s"
    if below is None:
        return text, {"took_least": least}
    return f"{text} and completed_at < entered_at + %(took_below)s", {"took_least": least, "took_below": below}


def _tier(listing: Listing, names: Dimensions, as_of: datetime) -> Condition:
    period = rules_period(listing, microseconds(as_of))
    least, below = tier_bounds([name for _, name in names.categories[1:]], listing.tier, period)
    place = "coalesce(array_position(%(tier_categories)s, category_id), %(tier_unknown)s)"
    bound = f"make_interval(hours => (%({{}})s::int[])[{place}])"
    text = f"{TOOK} and completed_at >= entered_at + {bound.format('tier_least')}"
    if (below < NO_LIMIT_HOURS).all():
        text += f" and completed_at < entered_at + {bound.format('tier_below')}"
    values = {"tier_categories": [identifier for identifier, _ in names.categories[1:]], "tier_unknown": len(least)}
    return text, values | {"tier_least": least.tolist(), "tier_below": below.tolist()}


def _overdue(listing: Listing, names: Dimensions, as_of: datetime) -> Condition:
    limits = last_limits([name for _, name in names.categories[1:]], rules_period(listing, microseconds(as_of)))
    place = "coalesce(array_position(%(overdue_categories)s, category_id), %(overdue_unknown)s)"
    limit = f"make_interval(hours => (%(overdue_limits)s::int[])[{place}])"
    text = f"status <> 'selesai' and entered_at > '-infinity' and entered_at <= %(as_of)s - {limit}"
    values = {"overdue_categories": [identifier for identifier, _ in names.categories[1:]]}
    return text, values | {"overdue_unknown": len(limits), "overdue_limits": limits.tolist()}


def _cell(cell: str) -> str:
    """Land cells of a wall cell; or one land cell, by the point as a frame keeps it (in single precision)."""
    wall = h3.cell_to_parent(cell, geography.WALL_RESOLUTION)
    children = [child for child in h3.cell_to_children(wall, geography.LAND_RESOLUTION) if _is_land(child)]
    if not children:
        return "false"
    around = inside(children)
    if h3.get_resolution(cell) == geography.WALL_RESOLUTION:
        return around
    return f"{around} and {inside([cell], single_precision=True)}" if _is_land(cell) else "false"


def _is_land(cell: str) -> bool:
    return h3.str_to_int(cell) in geography.kelurahan_of_cell()
