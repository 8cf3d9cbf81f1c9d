"""Grades are decided on the unrounded score, and the shown figure never contradicts them."""

from fractions import Fraction

import numpy as np
import pytest

from scoring import rulebook
from scoring.exact import exact_score, near_limits
from scoring.grades import grade_codes, grade_of, shown
from scoring.periods import Period
from scoring.reports import Units
from scoring.tally import Tally

GRADES = {"A": 85, "B": 75, "C": 60, "D": 50, "E": None}


@pytest.mark.parametrize(
    ("value", "grade", "text"),
    [
        (84.9962, "B", "84,99"),
        (np.nextafter(85, 0), "B", "84,99"),
        (85.0, "A", "85,00"),
        (84.994, "B", "84,99"),
        (74.999, "C", "74,99"),
        (49.9999, "E", "49,99"),
        (63.786008, "C", "63,79"),
        (100.0, "A", "100,00"),
        (0.0, "E", "0,00"),
    ],
)
def test_the_shown_figure_has_the_grade_of_the_unrounded_one(value, grade, text):
    assert grade_of(value, GRADES) == grade
    assert shown(value, grade, GRADES) == text
    assert grade_of(float(text.replace(",", ".")), GRADES) == grade


def test_without_a_score_there_is_no_grade():
    assert grade_of(float("nan"), GRADES) is None
    assert grade_codes(np.array([np.nan, 100.0, 0.0]), GRADES).tolist() == [-1, 0, 4]


def test_at_a_limit_the_fraction_decides_and_not_the_last_bit_of_a_float():
    """Five reports, three complete ones of 100, 60 and 40 and so on: exactly 75 by the tables."""
    rules = rulebook.load("tkd-2017").at(Period(2017, 7))
    counts = {"total": 5, "complete": 5, "doorr": 0, "tier_sum": 340, "weight_steps": 32, "responded": 0}
    exact = exact_score(5, 5, 0, 340, Fraction(16), 0, (5, 10, 5), rules)
    assert exact.final == 75
    tally = Tally(**{name: np.array([value]) for name, value in counts.items()}, weight_step=rules.weight_step)
    units = Units(("A",), ("kelurahan",), np.array([-1], np.int32))
    for off_by_a_bit in (np.nextafter(75, 0), 75.0, np.nextafter(75, 100)):
        assert near_limits(np.array([off_by_a_bit]), tally, units, rules).tolist() == [75.0]
