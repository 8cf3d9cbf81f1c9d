"""The same category, at most 50 m and 48 hours apart, chained: one group. Checked against every pair compared."""

import numpy as np
import pytest

from data_access import duplicates

HOUR_US = 3_600_000_000
SOUTH, WEST = -6.2, 106.8
METRE_NORTH = 1 / duplicates.METRES_PER_DEGREE
METRE_EAST = METRE_NORTH / np.cos(duplicates.JAKARTA_LATITUDE)


def groups(*reports: tuple[int, float, float, float]) -> list[int]:
    """Groups of (kind, metres east, metres north, hours)."""
    kind, east, north, hours = (np.array(column) for column in zip(*reports, strict=True))
    latitude, longitude = SOUTH + north * METRE_NORTH, WEST + east * METRE_EAST
    return duplicates.groups(kind, latitude, longitude, (hours * HOUR_US).astype(np.int64)).tolist()


def count(*reports) -> int:
    return len(set(groups(*reports)))


def test_nothing_gives_nothing():
    nothing = np.zeros(0)
    assert len(duplicates.groups(nothing, nothing, nothing, nothing)) == 0


@pytest.mark.parametrize(("metres", "hours", "expected"), [(49, 47, 1), (51, 1, 2), (1, 49, 2), (0, 48, 1)])
def test_both_limits_must_hold(metres, hours, expected):
    assert count((1, 0, 0, 0), (1, metres, 0, hours)) == expected
    assert count((1, 0, 0, hours), (1, 0, metres, 0)) == expected


def test_another_category_is_another_thing():
    assert count((1, 0, 0, 0), (2, 0, 0, 0)) == 2


def test_a_chain_is_one_group_and_its_members_name_the_same_report():
    chain = [(1, 45 * step, 0, 40 * step) for step in range(4)]
    assert len(set(groups(*chain))) == 1
    assert count(*chain[:1], *chain[2:]) == 2


@pytest.mark.parametrize(("seed", "size", "width_degrees"), [(1, 60, 0.002), (2, 400, 0.004), (3, 400, 0.012)])
def test_any_heap_is_grouped_as_by_comparing_every_pair(seed, size, width_degrees):
    rng = np.random.default_rng(seed)
    latitude, longitude = SOUTH + rng.random((2, size)) * width_degrees
    longitude = (longitude - SOUTH + WEST).astype(np.float32)
    latitude, kind = latitude.astype(np.float32), rng.integers(0, 2, size)
    entered = (rng.random(size) * 240).astype(np.int64) * HOUR_US
    found = duplicates.groups(kind, latitude, longitude, entered)
    expected = by_every_pair(kind, latitude, longitude, entered)
    pairs = {(a, b) for a, b in zip(found.tolist(), expected.tolist(), strict=True)}
    assert len(pairs) == len(set(found.tolist())) == len(set(expected.tolist())) < size


def by_every_pair(kind, latitude, longitude, entered) -> np.ndarray:
    north = latitude.astype(float) / METRE_NORTH
    east = longitude.astype(float) / METRE_EAST
    near = (north[:, None] - north) ** 2 + (east[:, None] - east) ** 2 <= 50**2
    near &= (abs(entered[:, None] - entered) <= 48 * HOUR_US) & (kind[:, None] == kind)
    label = np.arange(len(kind))
    while True:
        lowest = np.array([label[row].min() for row in near])
        if (lowest == label).all():
            return label
        label = lowest


@pytest.mark.timeout(10)
def test_thousands_of_reports_at_one_spot_are_one_group():
    rng = np.random.default_rng(4)
    spot = [(1, east, 0, hours) for east, hours in zip(rng.random(9_715) * 30, rng.random(9_715) * 160, strict=True)]
    assert count(*spot) == 1
