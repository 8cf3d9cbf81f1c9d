"""The forecast of scores at the cut-off: what it must be whatever the data, and small cases known by hand."""

from dataclasses import fields, replace

import numpy as np
import pytest

from scoring.backtest import known_at
from scoring.forecast import FEW_REPORTS, NO_REPORTS, QUANTILES, SHORT_HISTORY, Forecast, forecast
from scoring.forecast_model import fit
from scoring.forecast_paths import COUNTS, Moment
from scoring.forecast_scores import path_scores
from scoring.periods import Period
from scoring.score import score
from tests.scoring.forecast_rows import BOOK, UNITS, reports, town, wib

PERIOD = Period(2026, 6)
RULES = BOOK.at(PERIOD)
START = wib("2026-01-01 00:00")
MIDDLE = wib("2026-06-15 12:00")


def foreseen(history, as_of_us=MIDDLE, period=PERIOD, since_us=START, **asked) -> Forecast:
    """The forecast of what was known at `as_of_us`."""
    then, rules = known_at(history, as_of_us), BOOK.at(period)
    return forecast(score(then, rules, period, as_of_us), fit(then, rules, as_of_us, since_us), **asked)


def assert_same(one: Forecast, other: Forecast) -> None:
    """Equal to the last bit."""
    for field in fields(Forecast):
        left, right = getattr(one, field.name), getattr(other, field.name)
        same = left.tobytes() == right.tobytes() if isinstance(left, np.ndarray) else left == right
        assert same, field.name


@pytest.fixture(scope="module")
def history():
    return town()


@pytest.fixture(scope="module")
def answer(history):
    return foreseen(history, seed=3)


def test_one_seed_gives_one_answer_and_another_seed_another(history, answer):
    assert_same(foreseen(history, seed=3), answer)
    assert (foreseen(history, seed=4).final != answer.final).any()


def test_the_order_of_the_rows_does_not_matter(history, answer):
    shuffled = history.only(np.random.default_rng(0).permutation(len(history)))
    assert_same(foreseen(shuffled, seed=3), answer)


def test_a_unit_asked_alone_gets_what_it_gets_among_all(history, answer):
    alone = foreseen(history, seed=3, units=np.array([5]))
    assert alone.final.tolist() == answer.final[[5]].tolist()
    assert alone.fan.tolist() == answer.fan[[5]].tolist()


def test_probabilities_of_the_grades_sum_to_one(answer):
    assert answer.reason == (None,) * len(UNITS)
    assert answer.grades.sum(axis=1) == pytest.approx(np.ones(len(UNITS)))
    assert (answer.grades >= 0).all()


def test_quantiles_rise_and_the_fan_ends_at_the_cut_off(answer):
    assert (np.diff(answer.fan, axis=2) >= 0).all()
    assert (answer.fan[:, -1] == answer.final).all()
    assert answer.times_us[-1] == wib("2026-07-09 00:00") - 1
    assert (np.diff(answer.times_us) > 0).all()
    assert len(answer.times_us) <= 13


def test_the_band_is_wide_early_and_narrow_late(history):
    widths = [
        np.diff(foreseen(history, wib(day), fan=False).final[:, [0, -1]]).mean()
        for day in ("2026-06-05 12:00", "2026-06-20 12:00", "2026-07-02 12:00")
    ]
    assert widths[0] > widths[1] > widths[2]


def test_no_report_comes_in_after_the_month():
    # Everything is complete when the month ends, so there is nothing left to happen before the cut-off.
    done = [wib("2026-03-01 08:00") + hour * 3_600_000_000 * 6 for hour in range(480)]
    answer = foreseen(reports([0, 1] * 240, done, [2.0, 30.0] * 240), wib("2026-07-01 12:00"), since_us=done[0] - 1)
    known = score(reports([0, 1] * 240, done, [2.0, 30.0] * 240), RULES, PERIOD, wib("2026-07-09 00:00"))
    assert answer.final[:2] == pytest.approx(np.repeat(known.scores.final[:2, None], len(QUANTILES), axis=1))
    assert set(answer.grades[:2].ravel()) == {0.0, 1.0}


@pytest.mark.parametrize("as_of", ["2026-07-09 00:00", "2026-08-20 12:00"])
def test_from_the_cut_off_on_the_forecast_is_the_score(history, as_of):
    card = score(known_at(history, wib(as_of)), RULES, PERIOD, wib(as_of))
    answer = forecast(card, None)
    assert (answer.final == card.scores.final[:, None]).all()
    assert answer.grades.argmax(axis=1).tolist() == card.scores.grade.tolist()


def test_a_peer_who_does_more_lowers_the_unit(history):
    # Unit 7 is the one of its kind with the most reports; a hundred more make the others' effort smaller.
    extra = reports([7] * 100, [MIDDLE - 3_600_000_000 * 50] * 100, [1.0] * 100)
    more = replace(
        history, **{name: np.concatenate([getattr(history, name), getattr(extra, name)]) for name in _columns()}
    )
    before, after = (foreseen(rows, since_us=START, fan=False).final[5, 2] for rows in (history, more))
    assert after < before - 1


def test_an_open_report_left_over_joins_the_next_month(history):
    # On 3 July the June reports that are still open are not in July yet, and most of the stuck ones will be.
    as_of, july = wib("2026-07-03 12:00"), Period(2026, 7)
    then = known_at(history, as_of)
    stuck = (then.completed > as_of) & (then.entered < wib("2026-06-20 00:00"))
    without = then.only(~stuck)
    full, fewer = (
        forecast(score(rows, BOOK.at(july), july, as_of), fit(then, BOOK.at(july), as_of, START), fan=False)
        for rows in (then, without)
    )
    assert stuck.sum() > 10
    assert full.final[:, 2].mean() < fewer.final[:, 2].mean() - 0.5


def test_too_little_is_said_and_not_guessed(history):
    few = history.only((history.unit != 2) | (history.entered > wib("2026-06-10 00:00")))
    answer = foreseen(few, since_us=START, fan=False)
    assert answer.reason[2] == FEW_REPORTS
    assert np.isnan(answer.final[2]).all()
    assert np.isnan(answer.grades[2]).all()
    assert answer.reason[3] is None
    short = foreseen(history, since_us=wib("2026-05-01 00:00"), fan=False)
    assert set(short.reason) == {SHORT_HISTORY}


def test_a_unit_without_reports_to_come_has_no_forecast(history):
    # Its last report came in long ago, and the month is over.
    quiet = history.only((history.unit != 2) | (history.entered < wib("2026-04-01 00:00")))
    closed = quiet.only((quiet.unit != 2) | (quiet.completed < wib("2026-05-01 00:00")))
    assert foreseen(closed, wib("2026-07-02 12:00"), fan=False).reason[2] == NO_REPORTS


def test_a_model_of_other_units_is_refused(history):
    then = known_at(history, MIDDLE)
    model = replace(fit(then, RULES, MIDDLE, START), units=("someone",))
    with pytest.raises(ValueError, match="other units or categories"):
        forecast(score(then, RULES, PERIOD, MIDDLE), model)


def test_scores_of_paths_are_the_scores_of_the_engine(history):
    card = score(known_at(history, MIDDLE), RULES, PERIOD, MIDDLE)
    group = np.flatnonzero([kind == "kelurahan" for kind in UNITS.types])
    counts = Moment(0, **{name: getattr(card.tally, name)[group, None].astype(float) for name in COUNTS})
    assert path_scores(counts, card.tally.weight_step, RULES)[:, 0] == pytest.approx(card.scores.final[group], abs=1e-9)


def test_the_assumed_rulebook_is_forecast_too(history):
    from scoring import rulebook

    book = rulebook.load("tkd-2021-asumsi")
    answered = replace(history, first_response=history.entered + 3_600_000_000)
    rules, then = book.at(PERIOD), known_at(answered, MIDDLE)
    answer = forecast(score(then, rules, PERIOD, MIDDLE), fit(then, rules, MIDDLE, START), fan=False)
    late = replace(answered, first_response=history.entered + 3_600_000_000 * 20)
    then = known_at(late, MIDDLE)
    worse = forecast(score(then, rules, PERIOD, MIDDLE), fit(then, rules, MIDDLE, START), fan=False)
    assert (answer.final[:, 2] > worse.final[:, 2] + 5).all()


def _columns() -> list[str]:
    from scoring.reports import COLUMNS

    return list(COLUMNS)
