"""How long reports stay open, and how many will come: laws that are known must be found again."""

import numpy as np
import pytest

from scoring.arrivals_model import fit_arrivals, hour_of_week
from scoring.durations import Spells, fit_durations
from scoring.forecast_model import fit, history_start
from scoring.periods import Period
from tests.scoring.forecast_rows import BOOK, reports, town, wib

HOUR = 3_600_000_000


def spells(end_hours, completed, start_hours=0.0, unit=0, category=0) -> Spells:
    """Spells with defaults."""
    end_hours = np.asarray(end_hours, float)
    same = [np.broadcast_to(value, end_hours.shape) for value in (unit, category, start_hours, completed)]
    return Spells(same[0], same[1], same[2], end_hours, same[3].astype(bool))


def share_open(durations, age_hours, unit=0, category=0) -> float:
    return float(np.exp(-durations.cumulative(unit, category, age_hours)))


def test_a_censored_report_counts_as_open_so_long_and_not_as_complete():
    # Of 200 reports one was completed every six minutes for ten hours; the others are still open after twelve.
    hours = np.concatenate([np.arange(100) / 10, np.repeat(12.0, 100)])
    found = fit_durations(spells(hours, np.arange(200) < 100), np.array([0]), 1)
    assert share_open(found, 5.0) == pytest.approx(0.75, abs=0.01)
    assert share_open(found, 11.0) == pytest.approx(0.50, abs=0.01)
    # With the open ones left out, as if only complete reports had a duration, nothing would stay open.
    naive = fit_durations(spells(hours[:100], True), np.array([0]), 1)
    assert share_open(naive, 11.0) < 0.03


def test_a_known_hazard_is_found_through_censoring():
    rng = np.random.default_rng(5)
    waits, looked = rng.exponential(40.0, 20_000), rng.uniform(0, 60, 20_000)
    found = fit_durations(spells(np.minimum(waits, looked), waits <= looked), np.array([0]), 1)
    for age in (5.0, 20.0, 50.0):
        assert share_open(found, age) == pytest.approx(np.exp(-age / 40), abs=0.02)


def test_a_report_that_was_old_at_the_start_is_under_risk_from_then_on_only():
    rng = np.random.default_rng(6)
    waits, start = rng.exponential(40.0, 40_000), rng.uniform(0, 80, 40_000)
    seen = waits > start  # the others were complete before anyone looked
    found = fit_durations(spells(waits[seen], True, start[seen]), np.array([0]), 1)
    assert share_open(found, 30.0) == pytest.approx(np.exp(-30 / 40), abs=0.03)


def test_a_unit_with_few_reports_is_like_its_kind_and_one_with_many_like_itself():
    rng = np.random.default_rng(7)
    counts, medians = (4000, 4000, 4), (10.0, 100.0, 100.0)
    unit = np.repeat([0, 1, 2], counts)
    hours = np.concatenate([rng.exponential(median, count) for median, count in zip(medians, counts, strict=True)])
    found = fit_durations(spells(hours, True, unit=unit), np.array([0, 1, 0]), 1)
    assert share_open(found, 50.0, unit=0) == pytest.approx(np.exp(-5), abs=0.02)
    assert share_open(found, 50.0, unit=1) == pytest.approx(np.exp(-0.5), abs=0.02)
    few, own_kind, truth = share_open(found, 50.0, unit=2), share_open(found, 50.0, unit=0), np.exp(-0.5)
    assert own_kind < few < truth


def test_the_hour_of_the_week_begins_on_monday_midnight_in_jakarta():
    instants = np.array([wib("2026-06-15 00:00"), wib("2026-06-15 13:59"), wib("2026-06-21 23:59")])
    assert hour_of_week(instants).tolist() == [0, 13, 167]


def test_arrivals_follow_the_unit_and_the_hours_of_all():
    since, as_of = wib("2026-01-05 00:00"), wib("2026-06-15 00:00")
    rng = np.random.default_rng(8)
    weeks = rng.integers(0, 23, 4600)
    entered = since + weeks * 168 * HOUR + (8 * HOUR + rng.random(4600) * 2 * HOUR).astype(np.int64)  # Mondays 8-10
    unit = np.where(np.arange(4600) < 4140, 0, 1)
    arrivals = fit_arrivals(unit, np.zeros(4600, int), entered, since, as_of, 3, 1)
    assert arrivals.weekly == pytest.approx([180, 20, 0], rel=0.1)
    edges = as_of + np.arange(0, 169) * HOUR
    expected = arrivals.expected(edges)
    assert expected.sum(axis=1) == pytest.approx(arrivals.weekly)
    assert expected[0, 8:10].sum() > 0.9 * arrivals.weekly[0]


def test_arrivals_that_jump_from_month_to_month_are_less_certain():
    since, as_of = wib("2026-01-05 00:00"), wib("2026-08-17 00:00")
    rng = np.random.default_rng(9)

    def spread(jump: float) -> float:
        weeks = np.arange(32)
        counts = rng.poisson(np.where(weeks // 4 % 2 == 0, 100 * (1 + jump), 100 * (1 - jump)))
        entered = since + np.repeat(weeks, counts) * 168 * HOUR + rng.integers(0, 168 * HOUR, counts.sum())
        arrivals = fit_arrivals(np.zeros(len(entered), int), np.zeros(len(entered), int), entered, since, as_of, 1, 1)
        return arrivals.common

    assert spread(0.0) < 0.01 < spread(0.4)


def test_the_model_learns_nothing_from_later():
    history, as_of = town(), wib("2026-05-15 12:00")
    rules = BOOK.at(Period(2026, 5))
    full = fit(history, rules, as_of, wib("2026-01-01 00:00"))
    cut = fit(history.only(history.entered < as_of), rules, as_of, wib("2026-01-01 00:00"))
    assert full.durations.ratio.tobytes() == cut.durations.ratio.tobytes()
    assert full.arrivals.weekly.tolist() == cut.arrivals.weekly.tolist()


def test_an_empty_history_is_refused():
    nothing = reports([], [], [])
    with pytest.raises(ValueError, match="nothing to learn from"):
        fit(nothing, BOOK.at(Period(2026, 5)), wib("2026-05-15 12:00"), wib("2026-01-01 00:00"))


def test_a_few_misdated_rows_do_not_make_a_history_longer():
    entered = [wib("2020-01-01 00:00")] * 2 + [wib("2026-03-01 00:00") + hour * HOUR for hour in range(4000)]
    found = history_start(reports([0] * 4002, entered, [1.0] * 4002), wib("2019-01-01 00:00"))
    assert wib("2026-03-01 00:00") <= found < wib("2026-03-01 06:00")
