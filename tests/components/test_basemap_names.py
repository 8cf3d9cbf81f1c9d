from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.basemap import GRID, HEIGHT, WIDTH, Mark, Sheet
from components.basemap_names import LEGEND_BOXES, NAMES_COUNT, place_names
from data_access import boundaries, geography

SHEET = Sheet(tuple(map(tuple, boundaries.mainland_of(boundaries.arcs_of_cells())["coast"])))
NAMES = [geography.names()[code] for code in geography.kelurahan_codes() if not code.startswith("31.01")]
CORNERS = [corner for _, ring in geography.mainland_rings() for corner in ring[:-1]]

late_marks = st.builds(
    lambda corner, hours, name: Mark(corner[1], corner[0], hours, name, over_24h=True),
    st.sampled_from(CORNERS),
    st.floats(24.01, 300),
    st.sampled_from(NAMES),
)


def overlap(one, two) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def on_leader(leader, steps=200):
    (ax, ay), (bx, by) = leader
    return [(ax + (bx - ax) * t, ay + (by - ay) * t) for t in np.linspace(0, 1, steps)]


def cross(one, two) -> bool:
    def side(a, b, c):
        return np.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))

    return side(*one, two[0]) * side(*one, two[1]) < 0 and side(*two, one[0]) * side(*two, one[1]) < 0


def text(label) -> str:
    return " ".join(part for line in label.lines for part in line if part)


@settings(max_examples=40, deadline=None)
@given(st.lists(late_marks, min_size=1, max_size=15))
def test_nothing_overlaps_whatever_is_waiting(marks):
    labels = place_names(SHEET, marks)
    leaders = [label.leader for label in labels if label.leader]
    for label in labels:
        left, top, right, bottom = label.box
        assert left >= 0 and top >= 0 and right <= WIDTH and bottom <= HEIGHT
        assert not any(overlap(label.box, box) for box in LEGEND_BOXES)
        rows, columns = slice(int(top / GRID), int(bottom / GRID)), slice(int(left / GRID), int(right / GRID))
        assert not SHEET.land[rows, columns].any()
        inner = (left + 1, top + 1, right - 1, bottom - 1)
        points = [point for leader in leaders for point in on_leader(leader)]
        assert not any(inner[0] < x < inner[2] and inner[1] < y < inner[3] for x, y in points)
    assert not any(overlap(one.box, two.box) for one, two in combinations(labels, 2))
    assert not any(cross(one, two) for one, two in combinations(leaders, 2))


@settings(max_examples=25, deadline=None)
@given(st.lists(late_marks, min_size=1, max_size=15), st.randoms(use_true_random=False))
def test_every_late_report_is_named_or_counted(marks, random):
    labels = place_names(SHEET, marks)
    named = {name for name in NAMES for label in labels if label.leader and text(label).startswith(f"{name} ")}
    assert sum(label.leader is not None for label in labels) <= NAMES_COUNT
    others = [int(text(label)[1:].split()[0]) for label in labels if label.leader is None]
    assert sum(others) >= sum(mark.kelurahan_name not in named for mark in marks)
    assert sum(others) <= len(marks) - sum(label.leader is not None for label in labels)


def waiting(name: str, hours: float) -> Mark:
    code = next(code for code in geography.kelurahan_codes() if geography.names()[code] == name)
    land = geography.land_cells()
    row = int(np.flatnonzero(land.kelurahan == geography.kelurahan_codes().index(code))[0])
    import h3.api.numpy_int as h3

    return Mark(*h3.cell_to_latlng(int(land.cell[row])), hours, name, over_24h=hours > 24)


FIVE = [("Kapuk", 31), ("Penjaringan", 29), ("Tanah Tinggi", 27), ("Jagakarsa", 26), ("Kalideres", 24.3)]


def test_five_late_kelurahan_are_all_named_with_whole_hours_waited():
    labels = place_names(SHEET, [waiting(*late) for late in FIVE])
    assert sorted(map(text, labels)) == sorted(f"{name} {int(hours)} j" for name, hours in FIVE)


def test_a_kelurahan_is_named_once_with_its_longest_wait():
    labels = place_names(SHEET, [waiting("Kapuk", 25), waiting("Kapuk", 40), waiting("Kapuk", 30)])
    assert [text(label) for label in labels] == ["Kapuk 40 j"]


def test_the_longest_waiting_are_named_and_the_rest_counted():
    marks = [waiting(name, 25 + number) for number, name in enumerate(NAMES[::20][:10])]
    labels = place_names(SHEET, marks)
    named = [text(label) for label in labels if label.leader]
    assert set(named) <= {f"{mark.kelurahan_name} {int(mark.hours)} j" for mark in marks[4:]}
    assert [text(label) for label in labels if not label.leader] == [f"+{10 - len(named)} lainnya"]


def test_the_order_in_which_reports_arrive_does_not_move_a_name():
    marks = [waiting(*late) for late in FIVE]
    assert place_names(SHEET, marks[::-1]) == place_names(SHEET, marks)


@pytest.mark.parametrize("marks", [[], [waiting("Kapuk", 23)]], ids=["none", "not late yet"])
def test_without_late_reports_there_is_no_name(marks):
    assert place_names(SHEET, marks) == []


def test_a_leader_goes_round_a_name_of_a_kota_when_it_can():
    mark = waiting("Tanah Tinggi", 27)
    (free,) = place_names(SHEET, [mark])
    middle = on_leader(free.leader)[100]
    blocked = (middle[0] - 20, middle[1] - 15, middle[0] + 20, middle[1] + 15)
    (round_it,) = place_names(SHEET, [mark], [blocked])
    assert not any(blocked[0] < x < blocked[2] and blocked[1] < y < blocked[3] for x, y in on_leader(round_it.leader))
