"""What the desk did: added and never changed, once per click, taken back by whoever did it."""

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest

from data_access import desk_log
from data_access.engine import DatabaseUnavailable
from data_access.scope import EVERYTHING, NOTHING
from data_access.state import migrate

pytestmark = pytest.mark.db
DAY = timedelta(days=1)


@pytest.fixture
def dsn(empty_database):
    migrate.upgrade(empty_database)
    return empty_database


@pytest.fixture
def state(dsn):
    with desk_log.opened(dsn) as connection:
        yield connection


def now(state):
    return state.execute("select now()").fetchone()[0]


def rows(state) -> int:
    return state.execute("select count(*) from pantau.desk_action").fetchone()[0]


def test_a_call_says_who_when_what_came_of_it_and_what_waited_then(state):
    desk_log.record_call(state, "K-GAMBIR", ["A", "B"], "dijawab", "  ke   lokasi ", "Rina")
    action = desk_log.newest(state, now(state) - DAY)["K-GAMBIR"]
    assert (action.outcome, action.note, action.done_by, action.report_ids) == (
        "dijawab",
        "ke lokasi",
        "Rina",
        ["A", "B"],
    )
    assert now(state) - action.done_at < timedelta(seconds=5)


def test_a_second_click_is_the_same_click_and_another_note_is_not(state):
    for note in ("", "", "lagi"):
        desk_log.record_call(state, "K-GAMBIR", ["A"], "dijawab", note, "Rina")
    assert rows(state) == 2


def test_a_snooze_ends_by_itself(state):
    until = now(state) + timedelta(hours=1)
    desk_log.record_snooze(state, "K-GAMBIR", ["A"], until, "", "Rina")
    assert desk_log.newest(state, now(state) - DAY)["K-GAMBIR"].until == until
    assert desk_log.newest(state, now(state) - DAY, until + timedelta(seconds=1)) == {}


@pytest.mark.parametrize("hours", [-1, 0, 25])
def test_a_snooze_ends_within_a_day(state, hours):
    with pytest.raises(ValueError, match="at most a day"):
        desk_log.record_snooze(state, "K-GAMBIR", [], now(state) + timedelta(hours=hours), "", "Rina")


@pytest.mark.parametrize(("outcome", "note"), [("entah", ""), ("dijawab", "x" * 501), ("dijawab", "a\x00b")])
def test_outcomes_nobody_knows_and_endless_notes_are_refused(state, outcome, note):
    with pytest.raises(ValueError):
        desk_log.record_call(state, "K-GAMBIR", [], outcome, note, "Rina")
    assert rows(state) == 0


def last(state) -> desk_log.Action:
    """What holds about Gambir."""
    return desk_log.newest(state, now(state) - DAY)["K-GAMBIR"]


def test_only_ones_own_last_action_is_taken_back_and_its_row_stays(state):
    desk_log.record_call(state, "K-GAMBIR", ["A"], "dijawab", "", "Rina")
    number = last(state).action_id
    assert not desk_log.withdraw(state, "K-GAMBIR", "Dodi", number)
    assert not desk_log.withdraw(state, "K-CIDENG", "Rina", number)
    assert not desk_log.withdraw(state, "K-GAMBIR", "Rina", number + 1)
    assert desk_log.withdraw(state, "K-GAMBIR", "Rina", number)
    assert desk_log.newest(state, now(state) - DAY) == {}
    assert rows(state) == 2


def test_what_was_done_before_holds_again_when_the_last_is_taken_back_once(state):
    desk_log.record_call(state, "K-GAMBIR", ["A"], "dijawab", "pertama", "Rina")
    desk_log.record_call(state, "K-GAMBIR", ["A"], "dijawab", "kedua", "Rina")
    second = last(state).action_id
    assert desk_log.withdraw(state, "K-GAMBIR", "Rina", second)
    assert desk_log.withdraw(state, "K-GAMBIR", "Rina", second)  # the second press of a double click
    assert last(state).note == "pertama"
    assert [action.note for action in desk_log.valid(state, now(state) - DAY, now(state))] == ["pertama"]
    assert desk_log.withdraw(state, "K-GAMBIR", "Rina", last(state).action_id)  # soon after, and meant
    assert desk_log.newest(state, now(state) - DAY) == {}


def test_what_is_not_the_last_any_more_is_not_taken_back(state):
    desk_log.record_call(state, "K-GAMBIR", ["A"], "dijawab", "", "Rina")
    first = last(state).action_id
    desk_log.record_call(state, "K-GAMBIR", ["A"], "tidak_dijawab", "", "Dodi")
    assert not desk_log.withdraw(state, "K-GAMBIR", "Rina", first)
    assert last(state).done_by == "Dodi"


def test_a_call_that_was_taken_back_can_be_made_again_at_once(state):
    for _ in range(2):
        desk_log.record_call(state, "K-GAMBIR", ["A"], "dijawab", "", "Rina")
        assert last(state).outcome == "dijawab"
        assert desk_log.withdraw(state, "K-GAMBIR", "Rina", last(state).action_id)
    assert rows(state) == 4


def test_a_call_holds_again_when_the_delay_after_it_has_ended(state):
    desk_log.record_call(state, "K-GAMBIR", ["A"], "dijawab", "datang sore", "Rina")
    until = now(state) + timedelta(hours=1)
    desk_log.record_snooze(state, "K-GAMBIR", ["A"], until, "", "Dodi")
    assert last(state).done_by == "Dodi"
    after = desk_log.newest(state, now(state) - DAY, until + timedelta(seconds=1))
    assert after["K-GAMBIR"].note == "datang sore"


def test_a_mail_is_written_down_and_not_sent_twice_within_a_minute(state):
    assert desk_log.begin_mail(state, "K-GAMBIR", ["A"], "Yth. Lurah", "Rina")
    assert not desk_log.begin_mail(state, "K-GAMBIR", ["A"], "Yth. Lurah", "Dodi")
    assert desk_log.begin_mail(state, "K-CIDENG", ["A"], "Yth. Lurah", "Rina")
    desk_log.mail_failed(state, "K-GAMBIR", "Rina")
    assert desk_log.begin_mail(state, "K-GAMBIR", ["A"], "Yth. Lurah", "Rina")
    assert rows(state) == 4
    assert desk_log.newest(state, now(state) - DAY) == {}  # a letter is no call


def test_two_clicks_at_the_same_moment_are_written_once(dsn):
    together = threading.Barrier(8)

    def click(_number: int) -> None:
        with desk_log.opened(dsn) as connection:
            together.wait()
            desk_log.record_call(connection, "K-GAMBIR", ["A"], "dijawab", "", "Rina")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(click, range(8)))
    with desk_log.opened(dsn) as connection:
        assert rows(connection) == 1


def test_a_state_database_that_takes_connections_and_says_nothing_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        dsn = f"postgresql://nobody:rahasia@127.0.0.1:{silent.getsockname()[1]}/none"
        started = time.monotonic()
        with pytest.raises(DatabaseUnavailable, match="cannot reach") as problem, desk_log.opened(dsn):
            pass
        assert time.monotonic() - started < 4
        started = time.monotonic()
        with pytest.raises(DatabaseUnavailable, match="a moment ago"), desk_log.opened(dsn):
            pass
    assert time.monotonic() - started < 0.5
    assert "rahasia" not in str(problem.value)


def test_actions_about_units_one_may_not_see_are_not_shown(state):
    desk_log.record_call(state, "K-GAMBIR", ["A"], "dijawab", "", "Rina")
    actions = desk_log.newest(state, now(state) - DAY)
    assert desk_log.visible(EVERYTHING, actions) == actions
    assert desk_log.visible(NOTHING, actions) == {}


def test_a_state_schema_that_is_locked_is_given_up_within_seconds(dsn):
    with psycopg.connect(dsn) as other:
        other.execute("lock table pantau.desk_action in access exclusive mode")
        with pytest.raises(DatabaseUnavailable, match="did not answer"), desk_log.opened(dsn) as connection:
            desk_log.newest(connection, now(connection) - DAY)
