"""Who waited too long at an earlier instant, from the events of a real database."""

from datetime import timedelta

import psycopg
import pytest

from data_access import past_waiting
from data_access.engine import DatabaseUnavailable
from data_access.kept import Kept
from data_access.reading import read_state
from data_access.settings import Settings
from tests.crm import add_names, add_report

EVENT = "insert into crm.report_event (report_id, occurred_at, recorded_at, status, from_unit_id, to_unit_id) values "
AN_HOUR = timedelta(hours=1)
pytestmark = pytest.mark.db


@pytest.fixture
def dsn(crm_dsn, monkeypatch):
    """A CRM whose report A has waited in Gambir for two days."""
    monkeypatch.setattr(past_waiting, "settings", lambda: Settings(crm_dsn, crm_dsn, None, None, None, "", None))
    monkeypatch.setattr(past_waiting, "_kept", Kept(60, 4))
    with psycopg.connect(crm_dsn, autocommit=True) as connection:
        add_names(connection)
        now = connection.execute("select now()").fetchone()[0]
        add_report(connection, "A", entered_at=now - timedelta(days=2), unit_id="K-GAMBIR")
    return crm_dsn


def change(dsn: str, query: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(query)


def waited(dsn: str, ago: timedelta) -> list[tuple[str, str]]:
    state = read_state(dsn)
    return [(one.number, one.unit_id) for one in past_waiting.entries_at(state, state.as_of - ago, 6)]


def test_a_report_answered_since_waited_then(dsn):
    change(dsn, "update crm.report set status = 'proses', first_response_at = now(), updated_at = now()")
    change(dsn, EVENT + "('A', now() - interval '30 minutes', now(), 'proses', null, null)")
    assert waited(dsn, timedelta(0)) == []
    assert waited(dsn, AN_HOUR) == [("A", "K-GAMBIR")]


def test_one_that_was_given_away_since_waited_at_its_holder_of_then(dsn):
    change(
        dsn, "update crm.report set unit_id = 'D-BM', received_at = now() - interval '30 minutes', updated_at = now()"
    )
    change(dsn, EVENT + "('A', now() - interval '30 minutes', now(), 'disposisi', 'K-GAMBIR', 'D-BM')")
    change(dsn, EVENT + "('A', now() - interval '29 minutes', now(), 'menunggu', null, null)")
    assert waited(dsn, timedelta(0)) == []  # for half an hour only, at the new holder
    assert waited(dsn, AN_HOUR) == [("A", "K-GAMBIR")]


def test_one_that_was_entered_since_or_not_long_before_did_not_wait_too_long(dsn):
    with psycopg.connect(dsn, autocommit=True) as connection:
        now = connection.execute("select now()").fetchone()[0]
        add_report(connection, "B", entered_at=now - 7 * AN_HOUR)
    assert [number for number, _ in waited(dsn, timedelta(0))] == ["A", "B"]
    assert [number for number, _ in waited(dsn, 2 * AN_HOUR)] == ["A"]


def test_a_history_that_does_not_reach_back_says_nothing(dsn):
    with pytest.raises(DatabaseUnavailable, match="no history of events reaches back"):
        waited(dsn, timedelta(days=3))
