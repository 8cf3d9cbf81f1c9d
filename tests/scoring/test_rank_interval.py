"""Rank intervals: the spread of the reports is a standard error, and that the ranks a score may have."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring import rank_interval, rulebook
from scoring.periods import Period
from scoring.score import Scorecard, score
from scoring.standings import standing_shares
from tests.scoring import build
from tests.scoring.test_standings import random_tree

PERIOD = Period(2026, 10)
RULES = rulebook.load("tkd-2017").at(PERIOD)
AS_OF = build.us("2026-11-20 08:00")
HOURS = (20, 40, 60, 90, None)  # of Sampah: worth 100, 80, 60, 40, and not done
POINTS = arrays(float, st.integers(1, 30), elements=st.integers(0, 100).map(float))


def card_of(**hours: list[int | None]) -> Scorecard:
    """One kelurahan per keyword with reports that took so many hours, None for one that is still open."""
    known = build.units(dict.fromkeys(hours, "kelurahan"))
    rows = [row(unit, place, taken) for unit, taken_hours in hours.items() for place, taken in enumerate(taken_hours)]
    return score(build.reports(rows, known), RULES, PERIOD, AS_OF)


def row(unit: str, place: int, hours: int | None) -> dict:
    entered = np.datetime64("2026-10-10T08:00")
    done = {} if hours is None else {"completed": str(entered + np.timedelta64(hours, "h")), "status": "selesai"}
    given_ = {"number": f"{unit}-{place}", "unit": unit, "category": "Sampah", "entered": str(entered)}
    return {"status": "proses"} | given_ | done


def drawn_anew(card: Scorecard, draws: int) -> np.ndarray:
    """Scores of unit 0 (draws,) when its reports are drawn again with replacement; weight and effort stay."""
    facts, scores, mine = card.facts, card.scores, np.flatnonzero(card.facts.unit == 0)
    held = 0.2 * scores.weight[0] + 0.2 * scores.effort[0]
    picks = np.random.default_rng(7).choice(mine, (draws, len(mine)))
    complete = facts.complete[picks].sum(axis=1)
    time = (facts.tier[picks] * facts.complete[picks]).sum(axis=1) / complete
    return (0.2 * 100 * complete / len(mine) + 0.4 * time + held) / scores.maximum[0] * 100


def test_the_error_is_the_spread_of_scores_of_reports_drawn_anew():
    card = card_of(A=[HOURS[place % 5] for place in range(200)])
    assert rank_interval.score_errors(card)[0] == pytest.approx(drawn_anew(card, 4000).std(), rel=0.05)


def test_the_deviations_of_a_unit_sum_to_nothing_and_follow_the_report():
    card = card_of(A=[20, 20, 90, None], B=[20, 40])
    found = rank_interval.deviations(card)
    assert np.bincount(card.facts.unit, found) == pytest.approx([0, 0], abs=1e-9)
    assert found[0] > 0 > max(found[2], found[3])  # a late one draws the time part down, an open one completion


def test_more_reports_make_a_score_surer_and_few_alike_ones_are_not_sure():
    card = card_of(FEW=[20, 90], MANY=[20, 90] * 50, ALIKE=[20, 20, 20])
    few, many, alike = rank_interval.score_errors(card)
    assert few > 3 * many
    assert many < alike < few


def test_a_unit_without_reports_has_no_error():
    known = build.units({"A": "kelurahan", "B": "kelurahan"})
    card = score(build.reports([row("A", 0, 20)], known), RULES, PERIOD, AS_OF)
    assert np.isnan(rank_interval.score_errors(card)).tolist() == [False, True]


def test_the_error_of_a_standing_is_that_of_the_mean_it_is():
    upper = 0
    for seed in range(60):
        units, scores = random_tree(seed)
        final = scores[:, 0]
        errors = np.where(np.isnan(final), np.nan, 1 + np.arange(len(final)) % 5)
        found = rank_interval.standing_errors(errors, units, RULES)
        for unit in range(len(units)):
            shares = standing_shares(unit, final, units, RULES)
            wanted = np.sqrt(sum((share * errors[code]) ** 2 for code, share in shares.items())) if shares else np.nan
            assert found[unit] == pytest.approx(wanted, nan_ok=True)
            upper += len(shares) > 1
    assert upper > 50


def test_equal_scores_share_the_better_rank():
    assert rank_interval.ranks(np.array([80.0, 90.0, 80.0, 70.0])).tolist() == [2, 1, 2, 4]


def test_scores_that_lie_apart_keep_their_rank_and_near_ones_may_change_places():
    best, worst = rank_interval.rank_intervals(np.array([90.0, 80.0, 79.0, 60.0]), np.array([1.0, 1.0, 1.0, 1.0]))
    assert best.tolist() == [1, 2, 2, 4]
    assert worst.tolist() == [1, 3, 3, 4]


@given(POINTS, st.floats(0, 20))
def test_a_rank_lies_within_its_interval_and_the_interval_within_the_list(values, error):
    errors = np.full(len(values), error)
    best, worst = rank_interval.rank_intervals(values, errors)
    rank = rank_interval.ranks(values)
    assert (best >= 1).all() and (best <= rank).all() and (rank <= worst).all() and (worst <= len(values)).all()


@given(POINTS, st.floats(0, 20))
def test_the_interval_counts_those_that_lie_wholly_above_or_below(values, error):
    best, worst = rank_interval.rank_intervals(values, np.full(len(values), error))
    reach = 2 * rank_interval.Z * error
    for place, value in enumerate(values):
        assert best[place] == 1 + (values - value > reach + 1e-9).sum()
        assert worst[place] == len(values) - (value - values > reach + 1e-9).sum()


def test_one_report_moves_the_score_by_thirty_points_over_their_number():
    assert rank_interval.one_report_points(RULES) == 30
    late, on_time = (card_of(A=[20] * 9 + [last]).scores for last in (90, 20))
    assert on_time.final[0] - late.final[0] == pytest.approx(30 / 10, abs=0.2)  # the weight's share of the maximum
