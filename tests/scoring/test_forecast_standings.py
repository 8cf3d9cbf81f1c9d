"""The forecast of standings, and the effect of a plan on a forecast."""

from dataclasses import replace

import numpy as np
import pytest

from scoring.backtest import known_at
from scoring.forecast import FEW_REPORTS, NO_REPORTS, SHORT_HISTORY, Forecast, forecast
from scoring.forecast_model import Model, fit
from scoring.forecast_standings import forecast_if_completed, forecast_standings
from scoring.periods import Period
from scoring.plan_open import completed, open_rows
from scoring.reports import Reports, Units
from scoring.score import Scorecard, score
from scoring.standings import standings
from tests.scoring.forecast_rows import BOOK, town, wib

PERIOD = Period(2026, 6)
START, MIDDLE = wib("2026-01-01 00:00"), wib("2026-06-15 12:00")
COLUMNS = ("final", "grades", "fan", "scored")
# Four kelurahan in each kecamatan; the second dinas is an office of the first; EMPTY has units below without reports.
TREE = Units(
    ids=(*(f"K-{number}" for number in range(8)), "D-1", "S-2", "C-1", "C-2", "KOTA", "D-3", "S-3"),
    types=(*["kelurahan"] * 8, "dinas", "sudin", "kecamatan", "kecamatan", "kota", "dinas", "sudin"),
    parent=np.array([10] * 4 + [11] * 4 + [-1, 8, 12, 12, -1, -1, 13], np.int32),
)
UPPER = [8, 10, 11, 12, 13]


@pytest.fixture(scope="module")
def history() -> Reports:
    return replace(town(), units=TREE)


def known(history: Reports, as_of_us: int = MIDDLE, since_us: int = START) -> tuple[Scorecard, Model]:
    """What was known then: the score of June and the model."""
    then, rules = known_at(history, as_of_us), BOOK.at(PERIOD)
    return score(then, rules, PERIOD, as_of_us), fit(then, rules, as_of_us, since_us)


def assert_rows_same(one: Forecast, other: Forecast, rows: list[int]) -> None:
    """Equal to the last bit in these rows."""
    for name in COLUMNS:
        assert getattr(one, name)[rows].tobytes() == getattr(other, name)[rows].tobytes(), name
    assert [one.reason[row] for row in rows] == [other.reason[row] for row in rows]


def test_units_that_are_no_aggregate_have_their_own_forecast(history):
    card, model = known(history)
    plain, found = forecast(card, model, seed=3), forecast_standings(card, model, seed=3)
    assert_rows_same(found, plain, [unit for unit in range(len(TREE)) if unit not in UPPER])
    assert (found.units == np.arange(len(TREE))).all()
    assert plain.reason[12] == FEW_REPORTS
    assert found.reason[12] is None


def test_an_upper_unit_is_more_certain_than_the_units_it_is_made_of(history):
    card, model = known(history)
    found = forecast_standings(card, model, seed=3)
    width = found.final[:, -1] - found.final[:, 0]
    assert 0 < width[12] < width[:8].mean() * 0.7
    assert found.final[12, 2] == pytest.approx(found.final[:8, 2].mean(), abs=1.5)
    assert found.final[10, 2] == pytest.approx(found.final[:4, 2].mean(), abs=1.5)
    own = forecast(card, model, seed=3).final[8, 2]
    assert found.final[8, 2] == pytest.approx((own + found.final[9, 2]) / 2, abs=2)


def test_chances_and_fans_of_standings_are_whole(history):
    card, model = known(history)
    found = forecast_standings(card, model, seed=3)
    assert found.grades[UPPER[:4]].sum(axis=1) == pytest.approx(np.ones(4))
    assert (np.diff(found.fan[UPPER[:4]], axis=2) >= 0).all()
    assert (found.fan[UPPER[:4], -1] == found.final[UPPER[:4]]).all()
    quick = forecast_standings(card, model, seed=3, fan=False)
    assert quick.fan.shape[1] == 1
    assert not np.isnan(quick.final[UPPER[:4]]).any()


def test_when_nothing_can_happen_any_more_the_forecast_is_the_standing(history):
    done = history.only(history.completed < wib("2026-07-01 00:00"))
    card, model = known(done, wib("2026-07-02 12:00"))
    found = forecast_standings(card, model)
    wanted = standings(card.scores.final, TREE, card.rules)
    assert found.final[:13] == pytest.approx(np.repeat(wanted[:13, None], 5, axis=1), nan_ok=True)
    assert found.grades[12].max() == 1


def test_from_the_cut_off_on_the_forecast_is_the_standing(history):
    card = score(history, BOOK.at(PERIOD), PERIOD, wib("2026-07-09 00:00"))
    found, wanted = forecast_standings(card, None), standings(card.scores.final, TREE, card.rules)
    assert np.array_equal(found.final, np.repeat(wanted[:, None], 5, axis=1), equal_nan=True)
    assert found.reason[13] == NO_REPORTS
    assert not np.isnan(wanted[12])


def test_too_little_below_is_said(history):
    card, model = known(history)
    assert forecast_standings(card, model).reason[13] == FEW_REPORTS
    for since, together in (("2026-06-05", 51), ("2026-06-10", 23)):
        card, model = known(history.only((history.unit > 3) | (history.entered > wib(f"{since} 00:00"))))
        assert (model.seen[:4].max() < 30, model.seen[:4].sum()) == (True, together)
        found = forecast_standings(card, model, fan=False)
        assert set(found.reason[:4]) == {FEW_REPORTS}
        assert found.reason[10] == (None if together >= 30 else FEW_REPORTS)
        assert np.isnan(found.final[10]).all() == (together < 30)
    short = known(history, since_us=wib("2026-05-01 00:00"))
    assert set(forecast_standings(*short, fan=False).reason) == {SHORT_HISTORY}


def test_a_model_of_other_units_is_refused(history):
    card, model = known(history)
    with pytest.raises(ValueError, match="other units or categories"):
        forecast_standings(card, replace(model, units=("someone",)))


def test_an_empty_plan_changes_nothing(history):
    card, model = known(history)
    plain = forecast(card, model, seed=3, units=np.array([5]))
    for numbers in ([], ["no such report"], [str(card.reports.number[card.facts.complete.argmax()])]):
        assert_rows_same(forecast_if_completed(card, model, 5, numbers, seed=3), plain, [0])


def plan_of(card: Scorecard, unit: int) -> list[str]:
    """Numbers of all its open reports."""
    return card.reports.number[card.membership.positions[open_rows(card, unit)]].tolist()


def test_a_plan_gives_what_the_reports_completed_now_would_give(history):
    card, model = known(history)
    numbers = plan_of(card, 5)
    positions = np.flatnonzero(np.isin(card.reports.number.astype(str), numbers))
    done = completed(card.reports.only(positions), card.rules, card.as_of_us)
    columns = {name: getattr(done, name) for name in ("status", "completed", "validated")}
    after = score(card.reports.with_changes(positions, **columns), card.rules, PERIOD, card.as_of_us)
    found = forecast_if_completed(card, model, 5, numbers, paths=4000)
    wanted = forecast(after, model, 4000, units=np.array([5]))  # with other luck
    assert len(numbers) > 10
    assert found.final == pytest.approx(wanted.final, abs=1.0)
    assert found.grades == pytest.approx(wanted.grades, abs=0.06)


def test_the_luck_of_everything_else_stays(history):
    # On a single path one completed report moves the score by what one report counts; other luck moves it by far more.
    card, model = known(history)
    asked, numbers = np.array([7]), plan_of(card, 7)
    plain = [forecast(card, model, 1, seed, asked).final[0, 2] for seed in range(30)]
    plans = [[numbers[seed % len(numbers)]] for seed in range(30)]
    planned = [forecast_if_completed(card, model, 7, plan, 1, seed).final[0, 2] for seed, plan in enumerate(plans)]
    assert np.abs(np.subtract(planned, plain)).max() < 1
    assert np.ptp(plain) > 10


def test_a_plan_after_the_cut_off_is_too_late(history):
    card = score(history, BOOK.at(PERIOD), PERIOD, wib("2026-07-09 00:00"))
    found = forecast_if_completed(card, None, 5, history.number[history.unit == 5].tolist())
    assert found.final.tolist() == [[card.scores.final[5]] * 5]
