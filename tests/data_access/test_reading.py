"""A state for commands: known up to an instant of one's choice, never of the future."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from data_access.early_warning import desk
from data_access.filters import Filters
from data_access.frame import microseconds
from data_access.limits import at
from data_access.reading import read_state
from data_access.scope import EVERYTHING
from scoring.periods import WIB
from tests.crm import add_names, add_report

pytestmark = pytest.mark.db
HOUR = timedelta(hours=1)


@pytest.fixture
def crm(crm_dsn):
    with psycopg.connect(crm_dsn, autocommit=True) as connection:
        add_names(connection)
        yield connection


def test_without_an_instant_it_is_the_minute_of_the_databases_clock(crm, crm_dsn):
    before = crm.execute("select date_trunc('minute', now())").fetchone()[0]
    state = read_state(crm_dsn)
    after = crm.execute("select date_trunc('minute', now())").fetchone()[0]
    assert before <= state.as_of <= after


def test_the_same_rows_and_instant_are_the_same_revision(crm, crm_dsn):
    add_report(crm, "SATU")
    instant = datetime.now(UTC) - HOUR
    assert read_state(crm_dsn, instant).revision == read_state(crm_dsn, instant).revision
    assert read_state(crm_dsn, instant).revision != read_state(crm_dsn, instant - HOUR).revision
    first = read_state(crm_dsn, instant).revision
    add_report(crm, "DUA")
    assert read_state(crm_dsn, instant).revision != first


def test_what_comes_in_later_does_not_count_yet(crm, crm_dsn):
    now = datetime.now(UTC)
    add_report(crm, "DULU", entered_at=now - 30 * HOUR)
    add_report(crm, "NANTI", entered_at=now - 2 * HOUR)
    state = read_state(crm_dsn, now - 3 * HOUR)
    found = desk(EVERYTHING, state, Filters(), at(state.as_of.astimezone(WIB).date()))
    assert [state.frame.number[row] for row in found.over_response] == ["DULU"]
    assert microseconds(state.as_of) == microseconds(now - 3 * HOUR)


def test_an_instant_of_the_future_is_refused(crm, crm_dsn):
    with pytest.raises(ValueError, match="is in the future"):
        read_state(crm_dsn, datetime.now(UTC) + HOUR)
