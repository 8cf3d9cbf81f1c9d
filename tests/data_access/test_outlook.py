"""The outlook of a city on a real database: each figure is what the engine says of that unit alone."""

from dataclasses import dataclass

import numpy as np
import psycopg
import pytest

from data_access import contract, dimensions, engine, reader, tickets
from data_access.frame import MICROSECONDS_PER_DAY, instant, microseconds
from data_access.live import State
from data_access.outlook_figures import Month, Outlook
from data_access.outlook_months import Learnt, history, learn
from data_access.outlook_periods import compute
from data_access.scorecards import scorecard
from data_access.scored_reports import RULEBOOK, reports_of
from scoring import rulebook
from scoring.forecast import SHORT_HISTORY, forecast
from scoring.forecast_standings import forecast_standings
from scoring.periods import Period
from scoring.plan import plan_of
from scoring.reports import Reports
from scoring.score import Scorecard, score
from scoring.standings import is_aggregate, standings
from tests.builders import at, wib
from tests.conftest import CITY_UNTIL
from tests.crm import add_names
from tests.data_access.state_at import READ_SECONDS, state_at

pytestmark = pytest.mark.db
OCTOBER, NOVEMBER = Period(2026, 10), Period(2026, 11)
BOTH_OPEN = wib("2026-11-05 12:00")


@dataclass(frozen=True, eq=False)
class Told:
    """A state, what was learnt for it, and its outlook."""

    state: State
    learnt: Learnt
    outlook: Outlook

    def card(self, period: Period) -> Scorecard:
        return scorecard(self.state, period, microseconds(self.state.as_of))


def told(dsn: str, as_of) -> Told:
    state = state_at(dsn, as_of)
    with engine.connect(dsn, deadline_seconds=READ_SECONDS) as connection:
        reports = history(connection, state.frame.names, as_of)
    learnt = learn(reports, state.frame.names, as_of)
    return Told(state, learnt, compute(state, learnt.model, learnt.months))


@pytest.fixture(scope="module")
def city(city_dsn) -> Told:
    """The city on the 15th."""
    return told(city_dsn, CITY_UNTIL)


@pytest.fixture(scope="module")
def early(city_dsn) -> Told:
    """The city on the 5th, when two periods are open."""
    return told(city_dsn, BOTH_OPEN)


def busiest(card: Scorecard, kind: str) -> int:
    """The unit of a type that is no aggregate and has the most reports."""
    units = card.reports.units
    plain = [kind == units.types[unit] and not is_aggregate(unit, units, card.rules) for unit in range(len(units))]
    return int(np.argmax(np.where(plain, card.tally.total, -1)))


def kota_and_kelurahan(card: Scorecard) -> tuple[int, list[int]]:
    """The kota above the busiest kelurahan, and all kelurahan in it."""
    types, parent = card.reports.units.types, card.reports.units.parent
    kota = int(parent[parent[busiest(card, "kelurahan")]])
    return kota, [unit for unit, kind in enumerate(types) if kind == "kelurahan" and parent[parent[unit]] == kota]


@pytest.mark.parametrize("kind", ["kelurahan", "sudin"])
def test_the_forecast_of_a_unit_is_the_one_it_gets_alone(city, kind):
    card, found = city.card(NOVEMBER), city.outlook.of(NOVEMBER)
    unit = busiest(card, kind)
    alone = forecast(card, city.learnt.model, units=np.array([unit]))
    assert found.reason[unit] is None
    assert found.final[unit].tolist() == alone.final[0].tolist()
    assert found.grades[unit].tolist() == alone.grades[0].tolist()
    assert found.fan[unit].tolist() == alone.fan[0].tolist()
    assert found.times_us.tolist() == alone.times_us.tolist()
    assert found.times_us[-1] == microseconds(NOVEMBER.cutoff) - 1


def test_the_forecast_of_a_kota_is_that_of_its_standing(city):
    card, found = city.card(NOVEMBER), city.outlook.of(NOVEMBER)
    kota, kelurahan = kota_and_kelurahan(card)
    standing = forecast_standings(card, city.learnt.model)
    assert found.final[kota].tolist() == standing.final[kota].tolist()
    assert found.grades[kota].sum() == pytest.approx(1)
    widths = found.final[:, 4] - found.final[:, 0]
    assert 0 < widths[kota] < np.nanmedian(widths[kelurahan])  # many err less together than one alone


def test_the_past_days_are_the_standings_asked_at_the_end_of_each(city):
    found, units = city.outlook.of(NOVEMBER), city.card(NOVEMBER).reports.units
    assert [instant(time).day for time in found.past_times_us] == [*range(2, 16), 15]
    assert found.past_times_us[-1] == microseconds(CITY_UNTIL)
    for place in (0, 6, -1):
        card = scorecard(city.state, NOVEMBER, int(found.past_times_us[place]))
        asked = standings(card.scores.final, units, card.rules)
        assert found.past[:, place] == pytest.approx(asked, abs=1e-9, nan_ok=True)
    assert np.nansum(found.past[:, 6] != found.past[:, -1]) > 100


def test_the_days_of_the_period_before_end_with_its_decided_standing(city):
    found, card = city.outlook.of(NOVEMBER), city.card(OCTOBER)
    assert found.previous_times_us[-1] == microseconds(OCTOBER.cutoff)
    assert set(np.diff(found.previous_times_us).tolist()) == {MICROSECONDS_PER_DAY}
    assert len(found.previous_times_us) == 31 + 8
    decided = standings(card.scores.final, card.reports.units, card.rules)
    assert found.previous[:, -1] == pytest.approx(decided, abs=1e-9, nan_ok=True)


def test_the_best_reachable_is_what_the_plan_of_each_unit_says(city):
    card, found = city.card(NOVEMBER), city.outlook.of(NOVEMBER)
    units = card.reports.units
    plain = [unit for unit in range(0, len(units), 3) if not is_aggregate(unit, units, card.rules)]
    plans = [plan_of(card, unit, 100).best for unit in plain]
    assert found.best[plain] == pytest.approx(np.array(plans, float), abs=1e-9, nan_ok=True)
    assert np.sum(found.best[plain] > found.past[plain, -1] + 1) > 20
    kota, _ = kota_and_kelurahan(card)
    assert found.best[kota] > found.past[kota, -1]


def test_of_a_unit_with_others_below_the_best_of_its_own_reports_is_known_too(city):
    card, found = city.card(NOVEMBER), city.outlook.of(NOVEMBER)
    units = card.reports.units
    upper = [unit for unit in range(len(units)) if is_aggregate(unit, units, card.rules) and card.tally.total[unit]]
    plans = [plan_of(card, unit, 100).best for unit in upper]
    assert len(plans) > 3
    assert found.own_best[upper] == pytest.approx(np.array(plans, float), abs=1e-9, nan_ok=True)
    assert np.nansum(found.own_best[upper] > card.scores.final[upper] + 0.1) > 0


def test_what_is_still_to_come_is_a_sum_for_an_upper_unit(city):
    card, found = city.card(NOVEMBER), city.outlook.of(NOVEMBER)
    units = card.reports.units
    left_weeks = (at("2026-12-01 00:00") - microseconds(CITY_UNTIL)) / MICROSECONDS_PER_DAY / 7
    kelurahan = busiest(card, "kelurahan")
    assert found.expected_new[kelurahan] == pytest.approx(
        city.learnt.model.arrivals.weekly[kelurahan] * left_weeks, rel=0.1
    )
    kecamatan = int(units.parent[kelurahan])
    looked_at = [unit for unit in range(len(units)) if unit == kecamatan or units.parent[unit] == kecamatan]
    own = city.learnt.model.arrivals.weekly[looked_at].sum() * left_weeks
    assert found.expected_new[kecamatan] == pytest.approx(own, rel=0.1)


@pytest.fixture(scope="module")
def whole_crm(city_dsn) -> Reports:
    """Every report there is, however old."""
    with engine.connect(city_dsn, deadline_seconds=READ_SECONDS) as connection:
        usable = contract.usable_columns(connection)
        frame = reader.read(connection, ("true", {}), dimensions.load(connection, usable))
        return reports_of(frame, tickets.since(connection, wib("2000-01-01 00:00"), usable))


def test_the_closed_months_are_the_scores_of_all_reports_at_their_cut_offs(city, whole_crm):
    closed = city.outlook.months[:-1]
    assert [str(month.period) for month in closed] == ["2026-08", "2026-09", "2026-10"]
    for month in closed:
        rules = rulebook.load(RULEBOOK).at(month.period)
        card = score(whole_crm, rules, month.period, rules.cutoff_us(month.period))
        asked = standings(card.scores.final, card.reports.units, rules)
        assert month.closed
        assert month.final == pytest.approx(asked, abs=1e-9, nan_ok=True)
        assert_totals(month, card)


def test_the_running_month_is_the_scorecard_of_now(city):
    month, card = city.outlook.months[-1], city.card(NOVEMBER)
    assert (month.period, month.closed) == (NOVEMBER, False)
    asked = standings(card.scores.final, card.reports.units, card.rules)
    assert month.final == pytest.approx(asked, abs=1e-9, nan_ok=True)
    assert_totals(month, card)


def assert_totals(month: Month, card: Scorecard) -> None:
    """Reports of the unit itself; of a kota those of its kelurahan."""
    units, total = card.reports.units, card.tally.total
    plain = [unit for unit in range(len(units)) if not is_aggregate(unit, units, card.rules)]
    assert month.total[plain].tolist() == total[plain].tolist()
    kota, kelurahan = kota_and_kelurahan(card)
    assert month.total[kota] == total[kelurahan].sum() > total[kota]


def test_from_the_1st_to_the_8th_both_periods_are_there_the_one_closing_first(early):
    closing, running = early.outlook.periods
    assert (closing.period, running.period) == (OCTOBER, NOVEMBER)
    assert early.outlook.of(OCTOBER) is closing
    assert early.outlook.of(Period(2026, 9)) is None
    assert closing.expected_new.sum() == 0 < running.expected_new.sum()
    assert closing.times_us[-1] == microseconds(OCTOBER.cutoff) - 1
    assert [str(month.period) for month in early.outlook.months] == ["2026-08", "2026-09", "2026-10", "2026-11"]
    assert [month.closed for month in early.outlook.months] == [True, True, False, False]


def test_the_days_before_of_the_running_period_are_those_of_the_one_closing(early):
    closing, running = early.outlook.periods
    assert closing.past_times_us[-1] == microseconds(BOTH_OPEN)
    assert len(closing.past_times_us) == 31 + 4 + 1
    assert running.previous_times_us.tolist() == closing.past_times_us.tolist()
    assert np.array_equal(running.previous, closing.past, equal_nan=True)


def test_nobody_can_change_what_is_published(city):
    with pytest.raises(ValueError, match="read-only"):
        city.outlook.of(NOVEMBER).final[0, 0] = 100.0
    with pytest.raises(ValueError, match="read-only"):
        city.outlook.months[0].total[0] = 1


def test_the_same_state_gives_the_same_outlook(city):
    again = compute(city.state, city.learnt.model, city.learnt.months)
    assert np.array_equal(again.of(NOVEMBER).fan, city.outlook.of(NOVEMBER).fan, equal_nan=True)


def test_a_crm_without_reports_has_an_outlook_that_says_so(crm_dsn):
    with psycopg.connect(crm_dsn, autocommit=True) as connection:
        add_names(connection)
    empty = told(crm_dsn, CITY_UNTIL)
    found = empty.outlook.of(NOVEMBER)
    assert found.reason == (SHORT_HISTORY, SHORT_HISTORY)
    assert np.isnan(found.final).all()
    assert np.isnan(found.best).all()
    assert found.expected_new.tolist() == [0, 0]
    assert [(str(month.period), month.total.tolist()) for month in empty.outlook.months] == [("2026-11", [0, 0])]
