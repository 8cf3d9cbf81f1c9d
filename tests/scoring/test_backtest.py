"""The back-test: the past as it was known then, and a band that holds on a town whose laws are known."""

import numpy as np
import pytest

from scoring import backtest_report
from scoring.backtest import Moves, known_at, outcome
from scoring.periods import Period
from scoring.reports import NEVER, STATUS_CODES
from scoring.score import score
from tests.scoring.forecast_rows import BOOK, reports, town, wib

START = wib("2026-01-01 00:00")
GRADES = ("A", "B", "C", "D", "E")


@pytest.fixture(scope="module")
def months():
    return backtest_report.run(town(), BOOK, 4, Period(2026, 8), START)


def test_the_band_holds_on_a_town_whose_laws_are_known(months):
    early = [month[0] for month in months] + [month[1] for month in months]
    assert sum(len(one.inside) for one in early) == 80
    assert 0.60 <= backtest_report.coverage(early) <= 0.95


def test_the_forecast_beats_the_score_that_stays(months):
    tenth = [month[0] for month in months]
    for grade in range(len(GRADES)):
        chance, stays = (backtest_report.brier(tenth, column, grade) for column in ("chance", "stays"))
        assert chance <= stays
    assert sum(one.error.sum() for one in tenth) < 0.6 * sum(one.error_stays.sum() for one in tenth)


def test_the_tables_name_every_month_and_horizon(months):
    text = backtest_report.as_markdown(months, GRADES)
    for wanted in ("2026-05", "2026-08", *backtest_report.HORIZONS, "kelurahan", "dinas"):
        assert wanted in text
    assert "nan" not in text


def test_more_months_than_there_is_history_for_are_refused():
    with pytest.raises(backtest_report.TooFewMonths, match="ask for fewer"):
        backtest_report.run(town(), BOOK, 12, Period(2026, 8), START)


def test_what_happened_later_has_not_happened():
    as_of = wib("2026-06-10 12:00")
    entered = [wib("2026-06-01 08:00"), wib("2026-06-09 08:00"), wib("2026-06-10 13:00")]
    then = known_at(reports([0, 1, 2], entered, [24.0, 72.0, 1.0]), as_of)
    assert then.number.tolist() == ["R000000", "R000001"]
    assert then.completed.tolist() == [entered[0] + 24 * 3_600_000_000, NEVER]
    assert then.status.tolist() == [STATUS_CODES["selesai"], STATUS_CODES["proses"]]


def test_a_follow_up_accepted_later_waits_for_validation():
    entered = wib("2026-06-01 08:00")
    rows = reports([0], [entered], [24.0])
    rows = rows.with_changes(np.array([0]), validated=wib("2026-06-03 08:00"))
    then = known_at(rows, wib("2026-06-02 12:00"))
    assert then.status.tolist() == [STATUS_CODES["menunggu_validasi"]]
    assert then.validated.tolist() == [NEVER]
    assert then.completed.tolist() == rows.completed.tolist()


def test_the_holder_is_the_one_of_then():
    rows = reports([3, 3], [wib("2026-06-01 08:00")] * 2, [240.0, 240.0])
    days = [wib(f"2026-06-0{day} 08:00") for day in (6, 4, 2)]  # from 0 to 1, to 2, to 3; the latest first
    moves = Moves(np.zeros(3, np.int64), np.array(days), np.array([2, 1, 0]))
    held = [known_at(rows, wib(f"2026-06-0{day} 12:00"), moves).unit.tolist() for day in (1, 2, 4, 6)]
    assert held == [[0, 3], [1, 3], [2, 3], [3, 3]]


def test_an_outcome_compares_with_the_score_at_the_cut_off():
    rows, period = town(), Period(2026, 7)
    found = outcome(rows, BOOK, period, backtest_report.instants(period)[3], START)
    rules = BOOK.at(period)
    end = score(rows, rules, period, rules.cutoff_us(period))
    assert found.happened.argmax(axis=1).tolist() == end.scores.grade.tolist()
    assert found.happened.sum() == len(rows.units)
    assert found.silent == 0
