"""Why a standing moved: scores below and the own one, whose points add up to the difference."""

from dataclasses import replace

import numpy as np
import pytest

from scoring import rulebook
from scoring.compare_standings import UnitCause, compare_standings
from scoring.periods import Period
from scoring.reports import NOWHERE, Units
from scoring.score import Scorecard, score
from scoring.standings import standings
from tests.scoring.build import reports, units

PERIOD = Period(2026, 11)
RULES = rulebook.load("tkd-2017").at(PERIOD)
OFFICE = units({"D": "dinas", "S1": ["sudin", "D"], "S2": ["sudin", "D"], "S3": ["sudin", "D"]})


def card_of(known: Units, *final: float | None) -> Scorecard:
    """A card of these units with these own scores, None for none."""
    blank = score(reports([], known), RULES, PERIOD, 0)
    values = np.array([np.nan if value is None else value for value in final], float)
    return replace(blank, scores=replace(blank.scores, final=values))


def points(before: Scorecard, after: Scorecard, unit: int = 0) -> dict[int, float]:
    return {cause.unit: cause.points for cause in compare_standings(before, after, unit)}


def test_each_score_below_moves_the_standing_by_its_share():
    found = points(card_of(OFFICE, 80, 60, 70, 50), card_of(OFFICE, 84, 66, 70, 38))
    assert found == pytest.approx({1: 6 / 6, 3: -12 / 6, 0: 4 / 2})


def test_the_largest_cause_comes_first():
    found = compare_standings(card_of(OFFICE, 80, 60, 70, 50), card_of(OFFICE, 80, 66, 70, 38), 0)
    assert found == [UnitCause(3, pytest.approx(-2)), UnitCause(1, pytest.approx(1))]


def test_who_got_a_score_is_counted_after_those_who_had_one():
    # 60 -> 70 moves the mean of the one below by 10, the standing by half; then S2 with 90 lifts the mean to 80
    found = points(card_of(OFFICE, 80, 60, None, None), card_of(OFFICE, 80, 70, 90, None))
    assert found == pytest.approx({1: 5, 2: 5})


def test_who_lost_a_score_takes_or_gives_what_the_others_leave():
    found = points(card_of(OFFICE, None, 60, 90, None), card_of(OFFICE, None, None, 90, None))
    assert found == pytest.approx({1: 15})


def test_the_own_score_that_came_is_the_last_cause():
    found = points(card_of(OFFICE, None, 60, None, None), card_of(OFFICE, 80, 70, None, None))
    assert found == pytest.approx({1: 10, 0: 5})


def test_a_missing_standing_stands_at_zero():
    nothing, something = card_of(OFFICE, None, None, None, None), card_of(OFFICE, None, 60, 70, None)
    assert points(nothing, something) == pytest.approx({1: 60, 2: 5})
    assert points(something, nothing) == pytest.approx({1: 5, 2: -70})
    assert points(nothing, nothing) == {}


def test_a_unit_that_the_later_list_does_not_have_is_nowhere():
    smaller = units({"D": "dinas", "S1": ["sudin", "D"]})
    found = points(card_of(OFFICE, None, 60, 70, None), card_of(smaller, None, 60))
    assert found == pytest.approx({NOWHERE: -5})


def test_a_plain_unit_has_only_itself():
    assert points(card_of(OFFICE, 80, 60, 70, 50), card_of(OFFICE, 80, 66, 70, 38), 1) == pytest.approx({1: 6})


def test_the_points_sum_to_the_difference_of_the_standings():
    both = 0
    for seed in range(300):
        rng = np.random.default_rng(seed)
        count = int(rng.integers(1, 30))
        types = tuple(str(kind) for kind in rng.choice(["kelurahan", "kecamatan", "kota", "dinas", "sudin"], count))
        ids, parent = tuple(f"U{code:02}" for code in range(count)), rng.integers(-1, count, count).astype(np.int32)
        tree = Units(ids, types, parent)
        finals = [np.where(rng.random(count) < 0.3, np.nan, rng.uniform(0, 100, count)) for _ in range(2)]
        before, after = (card_of(tree, *final) for final in finals)
        difference = np.subtract(*(np.nan_to_num(standings(final, tree, RULES)) for final in finals[::-1]))
        for unit in range(count):
            causes = compare_standings(before, after, unit)
            assert sum(cause.points for cause in causes) == pytest.approx(difference[unit], abs=1e-9)
            assert [abs(cause.points) for cause in causes] == sorted((abs(c.points) for c in causes), reverse=True)
            both += len(causes) > 3
    assert both > 100
