"""The tree of the list: groups, parents that may be seen, circles in dirty data, and the search."""

import numpy as np

from data_access import monitor_tree
from scoring.reports import NOWHERE, Units
from tests.builders import NAMES, UNITS

TREE = Units(
    ids=("PROV", "D", "S", "P", "K", "KC", "KL"),
    types=("provinsi", "dinas", "sudin", "blud", "kota", "kecamatan", "kelurahan"),
    parent=np.array([-1, 0, 1, 2, 0, 4, 5], np.int32),
)
ALL = np.ones(len(TREE), bool)


def test_the_upper_levels_stand_on_the_first_level_whatever_is_above_them():
    assert monitor_tree.shown_parents(TREE, ALL).tolist() == [NOWHERE, NOWHERE, 1, 2, NOWHERE, 4, 5]


def test_a_unit_whose_parent_may_not_be_seen_is_on_the_first_level():
    seen = np.array([False, False, False, False, False, True, True])
    assert monitor_tree.shown_parents(TREE, seen)[[5, 6]].tolist() == [NOWHERE, 5]


def test_units_in_a_circle_are_on_the_first_level_and_what_hangs_on_them_stays_below():
    circle = Units(("A", "B", "C"), ("sudin", "sudin", "upt"), np.array([1, 0, 0], np.int32))
    parents = monitor_tree.shown_parents(circle, np.ones(3, bool))
    assert NOWHERE in parents[:2].tolist()
    assert parents[2] == 0
    assert monitor_tree.line_of(2, parents)[-1] == 0  # and the way up ends


def test_only_what_is_opened_is_unfolded():
    parents = monitor_tree.shown_parents(TREE, ALL)
    children = monitor_tree.children_of(range(len(TREE)), parents)
    assert list(monitor_tree.unfolded([4], children, set())) == [(4, 0)]
    assert list(monitor_tree.unfolded([4], children, {4, 5})) == [(4, 0), (5, 1), (6, 2)]
    assert list(monitor_tree.unfolded([4], children, {5})) == [(4, 0)]
    assert monitor_tree.line_of(6, parents) == [4, 5]


def test_every_word_is_found_in_names_and_ids_however_it_is_written():
    haystacks = [monitor_tree.haystack(NAMES, code) for code in range(1, len(UNITS))]
    codes = range(len(haystacks))

    def found(words: str) -> list[str]:
        return [UNITS[code + 1].unit_id for code in monitor_tree.found(haystacks, codes, words)]

    assert found("GAMBIR kel") == ["K-GAMBIR"]
    assert found("bína  márga") == ["D-BM", "S-BM-71"]
    assert found("s-bm") == ["S-BM-71"]
    assert found("sudin") == ["S-BM-71"]
    assert found("gambir marga") == []
