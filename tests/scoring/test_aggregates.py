"""Aggregates of odd trees; those of the slide are cases."""

import numpy as np

from scoring import rulebook
from scoring.aggregates import aggregates
from scoring.periods import Period
from tests.scoring import build

RULES = rulebook.load("tkd-2017").at(Period(2017, 7))


def test_the_worked_example_of_the_slide():
    """Units 70 and 65 give 67.5; with the Dinas's own 80 it is 73.75."""
    units = build.units({"X": "dinas", "A": ["sudin", "X"], "B": ["sudin", "X"]})
    found = aggregates(np.array([80.0, 70.0, 65.0]), units, RULES)[0]
    assert (found.below, found.own, found.final, found.grade) == (67.5, 80.0, 73.75, "C")


def test_without_its_own_score_the_units_count_and_without_units_its_own():
    units = build.units({"X": "dinas", "A": ["sudin", "X"], "B": ["sudin", "X"], "Y": "biro", "Z": "badan"})
    found = {entry.unit: entry for entry in aggregates(np.array([np.nan, 70, np.nan, 55, np.nan]), units, RULES)}
    assert (found[0].final, found[0].units_below, found[0].units_below_count) == (70, 1, 2)
    assert (found[3].final, found[3].units_below) == (55, 0)
    assert (found[4].final, found[4].grade) == (None, None)


def test_a_circle_in_the_tree_ends():
    units = build.units({"A": ["dinas", "B"], "B": ["sudin", "C"], "C": ["upt", "A"]})
    found = aggregates(np.array([60.0, 70.0, 80.0]), units, RULES)
    assert [(entry.final, entry.units_below) for entry in found] == [(67.5, 2), (65.0, 1)]
