"""Thirteen months: the database and a frame say the same of a month, for every filter and scope."""

import psycopg
import pytest

from data_access import months_of_durations as months
from data_access.completion import entered_in
from data_access.durations_of import completed_in, durations, responses
from data_access.engine import DatabaseUnavailable
from data_access.filters import Filters, narrowed
from data_access.frame import microseconds
from data_access.months import _closed, reading_of
from data_access.scope import EVERYTHING, NOTHING, Scope
from scoring.periods import Period
from tests.data_access.month_crm import NOW, fill, point_at, state_of

pytestmark = pytest.mark.db
NOVEMBER, JULY = Period(2026, 11), Period(2026, 7)
GAMBIR = Scope(everything=False, unit_ids=frozenset({"K-GAMBIR"}))
FILTERS = [
    Filters(),
    Filters(unit_id="K-GAMBIR"),
    Filters(category_id="sampah"),
    Filters(channel_id="EMAIL"),
    Filters(area_code="31.71"),
    Filters(area_code="31.72"),
    Filters(status="selesai"),
    Filters(status="proses"),
]


@pytest.fixture
def crm(crm_dsn, monkeypatch):
    with psycopg.connect(crm_dsn, autocommit=True) as connection:
        fill(connection)
    point_at(monkeypatch, crm_dsn)
    monkeypatch.setattr("data_access.months.settings", months.settings)
    _closed.cache_clear()
    return crm_dsn


def of_july(scope, state, filters):
    return next(rest for month, *rest in months.by_month(scope, state, filters, NOVEMBER) if month == JULY)


def test_there_are_thirteen_months_and_empty_ones_are_empty(crm):
    found = months.by_month(EVERYTHING, state_of(crm), Filters(), NOVEMBER)
    assert [str(month) for month, *_ in found][::12] == ["2025-11", "2026-11"]
    counts = {str(month): took.completed_count for month, took, _ in found if took.completed_count}
    assert counts == {"2026-07": 3, "2026-09": 1, "2026-10": 1, "2026-11": 1}


def test_a_month_is_told_in_hours_and_answers_and_old_copies_do_not_count(crm):
    took, answers = of_july(EVERYTHING, state_of(crm), Filters())
    assert (took.completed_count, took.timed_count, took.days_counts) == (3, 2, (2, 0, 0))
    assert (took.mean_hours, took.median_hours) == (29, 29)
    assert took.p90_hours == pytest.approx(44.2)
    assert (answers.on_time_count, answers.late_count, answers.unanswered_count) == (1, 1, 2)


@pytest.mark.parametrize("scope", [EVERYTHING, GAMBIR, NOTHING])
def test_the_database_and_a_frame_say_the_same_for_every_filter_and_scope(crm, scope):
    state = state_of(crm)
    whole, _ = reading_of(JULY, state)
    for filters in FILTERS:
        frame, as_of_us = narrowed(scope, whole, filters), microseconds(NOW)
        took, answers = of_july(scope, state, filters)
        assert took == durations(frame, completed_in(frame, JULY, as_of_us))
        assert answers == responses(frame, entered_in(frame, JULY, as_of_us), as_of_us)


def test_a_closed_month_ends_the_row_of_months(crm):
    found = months.by_month(EVERYTHING, state_of(crm), Filters(), JULY)
    assert str(found[-1][0]) == "2026-07"
    assert found[-1][1].completed_count == 3


def test_a_database_that_is_away_is_told_and_asked_only_for_closed_months(crm, monkeypatch):
    state = state_of(crm)
    point_at(monkeypatch, "postgresql://u@127.0.0.1:1/crm")
    with pytest.raises(DatabaseUnavailable):
        months.by_month(EVERYTHING, state, Filters(), NOVEMBER)
