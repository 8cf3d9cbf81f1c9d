"""What a frame counts and what the database lists is the same set, over a city with all its dirt."""

import random
from datetime import date, timedelta

import h3
import psycopg
import pytest

from data_access import contract, dimensions, geography, listing, listing_sql, reader
from data_access.filters import Filters
from data_access.frame import microseconds
from data_access.listing import Listing, mask
from data_access.scope import EVERYTHING, Scope
from data_access.selection import visible
from data_access.status import GROUPS
from tests.conftest import CITY_UNTIL

pytestmark = pytest.mark.db
EVER = Filters(period="semua")
LISTINGS = 60


@pytest.fixture(scope="module")
def city(city_dsn):
    """(connection, every report as a frame)."""
    with psycopg.connect(city_dsn, autocommit=True, options="-c timezone=UTC") as connection:
        names = dimensions.load(connection, contract.usable_columns(connection))
        yield connection, reader.read(connection, ("true", {}), names)


def listed(connection, frame, what: Listing, scope: Scope = EVERYTHING) -> set[str]:
    condition, values = listing_sql.condition(scope, what, frame.names, CITY_UNTIL)
    query = f"select report_id from {listing_sql.relation()} where {condition}"
    return {number for (number,) in connection.execute(query, values)}


def counted(frame, what: Listing, scope: Scope = EVERYTHING) -> set[str]:
    frame = visible(scope, frame)
    return set(frame.number[mask(frame, what, microseconds(CITY_UNTIL))].tolist())


ONE_FACET = [
    *(Listing(EVER, point=kind) for kind in listing.POINTS),
    *(Listing(EVER, tier=tier) for tier in (100, 80, 60, 40)),
    *(Listing(EVER, resolution_days=days) for days in listing.RESOLUTIONS),
    *(Listing(EVER, response=kind) for kind in listing.RESPONSES),
    *(Listing(EVER, waiting_over_hours=hours) for hours in (0, 6, 24)),
    *(Listing(Filters(period="semua", status=group)) for group in GROUPS),
    *(Listing(EVER, cell=cell) for cell in geography.wall_cells()[::60]),
    Listing(EVER, open_only=True),
    *(Listing(EVER, entered_within_hours=hours) for hours in (1, 24, 168)),
    Listing(EVER, overdue=True),
    Listing(),
]


@pytest.mark.parametrize("what", ONE_FACET, ids=listing.href)
def test_each_facet_is_the_same_in_a_frame_and_in_the_database(city, what):
    connection, frame = city
    assert listed(connection, frame, what) == counted(frame, what)


def test_land_cells_are_the_same_for_points_in_single_precision(city):
    connection, frame = city
    for cell in random.Random(3).sample(sorted(geography.kelurahan_of_cell()), 20):
        what = Listing(EVER, cell=h3.int_to_str(cell))
        assert listed(connection, frame, what) == counted(frame, what), what


def test_facets_together_are_the_same_in_a_frame_and_in_the_database(city):
    connection, frame = city
    chosen, seen = random.Random(11), 0
    for _ in range(LISTINGS):
        what = _any_listing(chosen, frame.names)
        expected = counted(frame, what)
        seen += bool(expected)
        assert listed(connection, frame, what) == expected, listing.href(what)
    assert seen > LISTINGS / 4  # or nothing was compared


def test_a_scope_sees_its_units_only(city):
    connection, frame = city
    scope = Scope(everything=False, unit_ids=frozenset(unit.unit_id for unit in frame.names.units[1:40]))
    what = Listing(EVER, open_only=True)
    assert 0 < len(listed(connection, frame, what, scope)) < len(listed(connection, frame, what))
    assert listed(connection, frame, what, scope) == counted(frame, what, scope)


def _any_listing(chosen: random.Random, names) -> Listing:
    def days() -> tuple[date, date]:
        first, last = sorted(date(2026, 9, 1) + timedelta(days=chosen.randrange(80)) for _ in range(2))
        return (chosen.choice([first, date.min]), last)

    def sometimes(value):
        return value if chosen.random() < 0.25 else None

    filters = Filters(
        period=chosen.choice([None, "semua", "semua", "2026-10", "2026-09"]),
        area_code=sometimes("31.71"),
        unit_id=sometimes(chosen.choice(["D-BM", "S-BM-31.71", "W-31.74"])),
        category_id=sometimes(chosen.choice(names.categories[1:])[0]),
        channel_id=sometimes("JAKI"),
        status=sometimes(chosen.choice(GROUPS)),
    )
    return Listing(
        filters,
        entered=sometimes(days()),
        completed=sometimes(days()),
        open_only=chosen.random() < 0.2,
        resolution_days=sometimes(chosen.choice(listing.RESOLUTIONS)),
        response=sometimes(chosen.choice(listing.RESPONSES)),
        point=sometimes(chosen.choice(listing.POINTS)),
    )
