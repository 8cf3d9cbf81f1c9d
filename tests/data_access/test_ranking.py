"""Ranking: what a row says of its reports, who is ranked, and that every count is that of the list behind it."""

import numpy as np
import pytest

from data_access import outlook, ranking
from data_access.filters import Filters
from data_access.frame import NEVER
from data_access.levels import level
from data_access.listing import OPEN_START, Listing, mask
from data_access.live import State
from data_access.outlook import Month, Outlook
from data_access.ranking import NO_RANK, band_limits, figures
from data_access.scope import EVERYTHING
from data_access.scorecards import scorecard
from scoring.periods import Period
from scoring.reports import microseconds
from scoring.standings import standings
from tests.builders import at, frame, report, wib

NOVEMBER, OCTOBER = Period(2026, 11), Period(2026, 10)
NOW = "2026-11-20 10:00"
ALL = Filters()


@pytest.fixture(autouse=True)
def no_outlook(monkeypatch):
    monkeypatch.setattr(outlook, "current", lambda: None)


def done(unit: str, entered: str, completed: str, **given) -> dict:
    given = {"category": "sampah", "status": "selesai"} | given
    return report(unit=unit, entered=entered, completed=completed, **given)


ROWS = (
    done("K-GAMBIR", "2026-11-01 08:00", "2026-11-01 18:00", first_response="2026-11-01 14:00"),  # at 6 hours exactly
    done("K-GAMBIR", "2026-11-02 08:00", "2026-11-03 04:00", first_response="2026-11-02 14:01"),
    done("K-GAMBIR", "2026-11-03 08:00", "2026-11-05 14:00", first_response="2026-11-03 09:00"),
    done("K-GAMBIR", "2026-11-04 08:00", "2026-11-04 07:00"),  # completed before it came in: no time
    report(unit="K-GAMBIR", entered="2026-11-20 09:00"),  # may still be answered in time
    report(unit="K-CIDENG", entered="2026-11-02 08:00", category="sampah"),
    done("K-CIDENG", "2026-10-10 08:00", "2026-10-12 08:00"),
    report(unit="S-BM-71", entered="2026-11-02 08:00"),
)


def city(*rows: dict) -> State:
    return State(frame(*(rows or ROWS)), (), wib(NOW), "1", True, (), (), 0.0)


def found(name: str = "kelurahan", minimum: int = 1, filters: Filters = ALL, state: State | None = None, **given):
    return ranking.ranking(EVERYTHING, state or city(), name, filters, minimum, **given)


def by_id(result, values) -> dict[str, float]:
    return dict(zip((unit.unit_id for unit in result.level.units), values.tolist(), strict=True))


def test_the_figures_of_a_unit_are_those_of_the_reports_that_came_in_this_month():
    result = found()
    row = {name: by_id(result, values)["K-GAMBIR"] for name, values in vars(result.figures).items()}
    assert row == {
        "reports": 5,
        "completed": 4,
        "mean_hours": pytest.approx((10 + 20 + 54) / 3),
        "median_hours": 20,
        "answered_in_time": 2,
        "answer_due": 4,
    }


def test_a_median_of_an_even_number_is_the_middle_and_of_none_is_missing():
    state = city(*ROWS[:2], ROWS[5])
    assert by_id(found(state=state), found(state=state).figures.median_hours)["K-GAMBIR"] == 15
    assert np.isnan(by_id(found(), found().figures.median_hours)["K-CIDENG"])


@pytest.mark.parametrize("name", ["skpd", "sudin", "kecamatan", "kelurahan"])
def test_every_count_is_that_of_the_list_behind_it(name):
    rows, as_of_us = frame(*ROWS), at(NOW)
    shown = level(EVERYTHING, rows.names, name, Filters())
    counts = figures(rows, shown, NOVEMBER, as_of_us)
    for place, unit in enumerate(shown.units):
        filters = Filters(unit_id=unit.unit_id)
        lists = {
            "reports": Listing(filters),
            "completed": Listing(filters, completed=(OPEN_START, wib(NOW).date())),
            "answered_in_time": Listing(filters, response="tepat"),
        }
        for count, listing in lists.items():
            assert getattr(counts, count)[place] == mask(rows, listing, as_of_us).sum(), (unit.unit_id, count)


def test_the_score_is_the_standing_of_the_monitor_and_moves_against_the_month_before():
    state = city()
    result = found("kecamatan", state=state)
    card, before = (scorecard(state, period, microseconds(state.as_of)) for period in (NOVEMBER, OCTOBER))
    code = card.reports.units.ids.index("W-31.71.01")
    now, then = (standings(c.scores.final, c.reports.units, c.rules)[code] for c in (card, before))
    assert by_id(result, result.standing) == {"W-31.71.01": now}
    assert by_id(result, result.since_month) == {"W-31.71.01": pytest.approx(now - then)}


def test_too_few_reports_have_no_rank_and_nobody_is_ranked_behind_them():
    result = found(minimum=2)
    assert by_id(result, result.ranked) == {"K-GAMBIR": True, "K-CIDENG": False}
    assert by_id(result, result.rank) == {"K-GAMBIR": 1, "K-CIDENG": NO_RANK}
    assert by_id(result, result.best) == by_id(result, result.worst) == {"K-GAMBIR": 1, "K-CIDENG": NO_RANK}


def test_the_rank_before_needs_as_many_reports_then():
    assert by_id(found(), found().previous_rank) == {"K-GAMBIR": NO_RANK, "K-CIDENG": 1}
    assert by_id(found(minimum=2), found(minimum=2).previous_rank) == {"K-GAMBIR": NO_RANK, "K-CIDENG": NO_RANK}


def test_filters_narrow_the_reports_and_leave_the_score():
    whole, narrow = found(), found(filters=Filters(category_id="jalan"))
    assert by_id(narrow, narrow.figures.reports) == {"K-GAMBIR": 1, "K-CIDENG": 0}
    assert by_id(narrow, narrow.standing) == by_id(whole, whole.standing)


def test_bands_part_the_units_with_reports_in_three():
    assert band_limits(np.array([0, 0, 1, 2, 3, 4, 5, 60])) == (2, 4)
    assert band_limits(np.array([7])) == (7, 7)
    assert band_limits(np.array([0, 0])) == (0, 0)


def test_one_band_is_ranked_by_itself():
    assert found().band_limits == (1, 1)  # of one and of five reports: the lower third, and the rest
    many = found(band="banyak")
    assert by_id(many, many.rank) == {"K-GAMBIR": 1}
    few = found(band="sedikit")
    assert by_id(few, few.figures.reports) == {"K-CIDENG": 1}
    assert by_id(few, few.rank) == {"K-CIDENG": 1}


def test_the_months_end_with_the_one_on_screen(monkeypatch):
    state = city()
    units = tuple(unit.unit_id for unit in state.frame.names.units[1:])
    finals = [np.full(len(units), float(month)) for month in range(3)]
    months = [Month(NOVEMBER.shifted(place - 1), finals[place], finals[place].astype(int), True) for place in range(3)]
    periods = (type("Known", (), {"unit_ids": units})(),)
    monkeypatch.setattr(outlook, "current", lambda: Outlook(state.as_of, periods, tuple(months)))
    result = found(state=state)
    assert result.months == (OCTOBER, NOVEMBER)
    assert result.history.tolist() == [[0, 1], [0, 1]]


def test_a_level_without_units_and_a_month_without_reports_are_empty_not_broken():
    assert len(found("upt").level) == 0
    assert found("upt").rank.tolist() == []
    empty = found(state=city(done("K-GAMBIR", "2026-09-01 08:00", "2026-09-02 08:00")))
    assert not empty.ranked.any()
    assert NEVER not in empty.figures.reports
