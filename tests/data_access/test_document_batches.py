"""Batches: asked for once, each item made by one worker, problems kept as a line, taken up again."""

import psycopg
import pytest

from data_access import document_batches
from data_access.state import migrate
from tests.builders import wib

AS_OF = wib("2026-12-01 08:00")
LATER = wib("2026-12-01 08:01")


@pytest.fixture
def connect(empty_database):
    """connect() -> an autocommit connection to the state schema."""
    migrate.upgrade(empty_database)
    opened = []

    def connected() -> psycopg.Connection:
        opened.append(psycopg.connect(empty_database, autocommit=True))
        return opened[-1]

    yield connected
    for connection in opened:
        connection.close()


def ask(state, subjects=("A", "B", "C"), as_of=AS_OF, period="2026-10", formats=("pdf",)) -> int:
    return document_batches.request(state, "bulanan", period, formats, subjects, as_of, "uji")


def make_all(state, batch_id: int, failing: str = "") -> list[str]:
    made = []
    while True:
        with state.transaction():
            subject = document_batches.take(state, batch_id)
            if subject is None:
                break
            made.append(subject)
            if subject == failing:
                document_batches.failed(state, batch_id, subject, "no\nrows " + "x" * 500)
            else:
                document_batches.done(state, batch_id, subject)
    return made


@pytest.mark.db
def test_repeated_clicks_are_one_request(connect):
    state = connect()
    first = ask(state)
    assert ask(state) == first
    assert ask(state, as_of=LATER) == first  # not made yet
    assert ask(state, subjects=("C", "B", "A", "A")) == first
    assert ask(state, formats=("docx", "pdf")) != first
    assert ask(state, subjects=("A",)) != first
    assert ask(state, period="2026-09") != first


@pytest.mark.db
def test_what_is_made_is_made_again_only_for_a_later_minute(connect):
    state = connect()
    first = ask(state)
    make_all(state, first)
    assert document_batches.finish(state, first)
    assert ask(state) == first
    assert ask(state, as_of=LATER) != first


@pytest.mark.db
def test_two_requests_at_the_same_moment_are_one(connect):
    one, other = connect(), connect()
    with one.transaction():
        first = ask(one)
        other.execute("set lock_timeout = '200ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            ask(other)
    assert ask(other) == first


@pytest.mark.db
def test_two_workers_never_have_the_same_item_and_a_lost_one_is_free_again(connect):
    one, other = connect(), connect()
    batch = ask(one)
    with one.transaction(), other.transaction():
        assert (document_batches.take(one, batch), document_batches.take(other, batch)) == ("A", "B")
        document_batches.done(other, batch, "B")
        third = connect()
        third.execute("select pg_terminate_backend(%s, 5000)", [one.info.backend_pid])
        assert make_all(third, batch) == ["A", "C"]
        with pytest.raises(psycopg.OperationalError):
            one.execute("select 1")
        one.close()
    assert document_batches.find(connect(), batch).done_count == 3


@pytest.mark.db
def test_a_batch_is_finished_when_nothing_is_left_and_says_what_failed(connect):
    state = connect()
    batch = ask(state)
    assert not document_batches.finish(state, batch)
    assert document_batches.next_open(state).batch_id == batch
    assert make_all(state, batch, failing="B") == ["A", "B", "C"]
    assert document_batches.finish(state, batch)
    found = document_batches.find(state, batch)
    assert (found.items_count, found.done_count, found.failed_count) == (3, 2, 1)
    assert document_batches.next_open(state) is None
    [(subject, line)] = document_batches.problems(state, batch, 10)
    assert subject == "B"
    assert line.startswith("no rows xxx")
    assert len(line) == document_batches.PROBLEM_LENGTH


@pytest.mark.db
def test_resumed_it_makes_what_failed_and_nothing_else(connect):
    state = connect()
    batch = ask(state)
    make_all(state, batch, failing="B")
    document_batches.finish(state, batch)
    assert document_batches.resume(state, batch)
    assert make_all(state, batch) == ["B"]
    assert document_batches.finish(state, batch)
    assert not document_batches.resume(state, batch)
    assert document_batches.find(state, batch).done_count == 3


@pytest.mark.db
def test_the_small_one_is_worked_on_first(connect):
    state = connect()
    large = ask(state)
    small = ask(state, subjects=("A",))
    assert document_batches.next_open(state).batch_id == small
    make_all(state, small)
    document_batches.finish(state, small)
    assert document_batches.next_open(state).batch_id == large


@pytest.mark.db
def test_the_newest_are_shown_those_under_way_first(connect):
    state = connect()
    numbers = [ask(state, subjects=(name,)) for name in "ABCD"]
    for number in (numbers[0], numbers[3]):
        make_all(state, number)
        document_batches.finish(state, number)
    old = "update pantau.document_batch set finished_at = finished_at - interval '9 days' where batch_id = %s"
    state.execute(old, [numbers[0]])
    shown = [batch.batch_id for batch in document_batches.newest(state, 10)]
    assert shown == [numbers[2], numbers[1], numbers[3]]
    assert [batch.batch_id for batch in document_batches.newest(state, 10, own=numbers[0])][-1] == numbers[0]
    assert document_batches.subjects(state, numbers[:2]) == {numbers[0]: {"A"}, numbers[1]: {"B"}}


@pytest.mark.db
def test_a_due_moment_is_one_batch(connect):
    state = connect()
    given = (state, "bulanan 2026-10", "bulanan", "2026-10", ["pdf"], ["A"], AS_OF, "jadwal")
    first = document_batches.request_due(*given)
    assert first is not None
    assert document_batches.request_due(*given) is None
    assert document_batches.find(state, first).due_key == "bulanan 2026-10"


@pytest.mark.db
@pytest.mark.parametrize(
    ("kind", "formats", "subjects"),
    [("harian", ["pdf"], ["A"]), ("bulanan", ["exe"], ["A"]), ("bulanan", ["pdf"], [])],
)
def test_nonsense_is_no_batch(connect, kind, formats, subjects):
    with pytest.raises(ValueError, match="nothing to make"):
        document_batches.request(connect(), kind, "2026-10", formats, subjects, AS_OF, "uji")
