"""Events from a real CRM, and the same count of hand-overs as the list behind it has."""

import numpy as np
import psycopg
import pytest

from data_access import engine, listing_sql, report_steps
from data_access.completion import entered_in
from data_access.engine import DatabaseUnavailable
from data_access.frame import microseconds
from data_access.handovers import most_passed_on, passed_on_counts
from data_access.listing import Listing
from data_access.scope import EVERYTHING
from scoring.periods import Period
from tests.data_access.month_crm import NOW, fill, move, point_at, state_of

pytestmark = pytest.mark.db
NOVEMBER = Period(2026, 11)


@pytest.fixture
def crm(crm_dsn, monkeypatch):
    with psycopg.connect(crm_dsn, autocommit=True) as connection:
        fill(connection)
        move(connection, "NOV-1", "2026-11-05 12:00", "koordinasi", "K-GAMBIR", "D-BM")
        move(connection, "NOV-1", "2026-11-05 10:00", "koordinasi", "D-BM", "K-GAMBIR")
        move(connection, "NOV-1", "2026-11-05 13:00", "koordinasi", "D-BM", "TIDAK-ADA")
        move(connection, "NOV-1", "2026-11-05 14:00", "koordinasi", "D-BM", "D-BM")
        move(connection, "NOV-1", "2026-11-25 14:00", "koordinasi", "D-BM", "K-GAMBIR")  # not yet
        move(connection, "OKT-1", "2026-10-05 14:00", "koordinasi", "D-BM", "K-GAMBIR")
    point_at(monkeypatch, crm_dsn)
    return crm_dsn


def listed(dsn: str, state, handovers: int) -> int:
    """How long the list of reports passed on so often is."""
    condition, values = listing_sql.condition(EVERYTHING, Listing(handovers=handovers), state.frame.names, NOW)
    with engine.connect(dsn) as connection:
        query = f"select count(*) from {listing_sql.relation()} where {condition}"
        return connection.execute(query, values).fetchone()[0]


def test_events_of_the_month_come_by_report_and_time_up_to_the_state(crm):
    found = report_steps.steps(NOVEMBER, state_of(crm))
    assert found.numbers.tolist() == ["NOV-1", "NOV-2"]
    mine = found.report == 0
    assert (np.diff(found.at[mine]) >= 0).all()
    assert passed_on_counts(found).tolist() == [2, 0]


@pytest.mark.parametrize("least", [1, 2, 3])
def test_the_count_of_those_passed_on_is_as_long_as_the_list(crm, least):
    state = state_of(crm)
    found = report_steps.steps(NOVEMBER, state)
    came = np.flatnonzero(entered_in(state.frame, NOVEMBER, microseconds(NOW)))
    rows = found.rows_in(state.frame, came)
    assert int((passed_on_counts(found)[rows >= 0] >= least).sum()) == listed(crm, state, least)
    assert most_passed_on(found, rows, 5) == []  # twice is the ordinary way


def test_the_events_are_read_once_a_minute_and_stay_while_the_database_is_away(crm, monkeypatch):
    state = state_of(crm)
    first = report_steps.steps(NOVEMBER, state)
    assert report_steps.steps(NOVEMBER, state) is first
    monkeypatch.setattr(report_steps._kept, "seconds", 0)
    monkeypatch.setattr(report_steps.engine, "connect", away)
    assert report_steps.steps(NOVEMBER, state) is first


def test_a_database_that_was_never_read_is_told(crm, monkeypatch):
    state = state_of(crm)
    point_at(monkeypatch, "postgresql://u@127.0.0.1:1/crm")
    with pytest.raises(DatabaseUnavailable):
        report_steps.steps(NOVEMBER, state)


def test_a_crm_without_a_history_has_no_steps(crm):
    state = state_of(crm)
    with psycopg.connect(crm, autocommit=True) as connection:
        connection.execute("drop table crm.report_event")
    assert report_steps.steps(NOVEMBER, state) is None


def away(*_arguments, **_options):
    raise DatabaseUnavailable("away")
