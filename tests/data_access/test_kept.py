"""Slow answers are read once, and the last good one outlives a database that is away."""

import threading

import pytest

from data_access.engine import DatabaseUnavailable
from data_access.kept import Kept


class Source:
    """A database that counts how often it is asked, and may be away."""

    def __init__(self):
        self.asked, self.away = 0, False

    def read(self) -> int:
        self.asked += 1
        if self.away:
            raise DatabaseUnavailable("away")
        return self.asked


def test_an_answer_is_read_once_while_it_is_fresh_and_again_for_another_key():
    kept, source = Kept(60, 2), Source()
    assert [kept.get("a", source.read), kept.get("a", source.read), kept.get("b", source.read)] == [1, 1, 2]


def test_the_last_good_answer_stays_while_the_database_is_away_and_one_attempt_speaks_for_all():
    kept, source = Kept(0, 2), Source()
    assert kept.get("a", source.read) == 1
    source.away = True
    assert [kept.get("a", source.read), kept.get("a", source.read)] == [1, 1]
    assert source.asked == 2


def test_without_any_answer_the_failure_is_told_to_everybody_and_asked_for_once():
    kept, source = Kept(60, 2), Source()
    source.away = True
    for _ in range(2):
        with pytest.raises(DatabaseUnavailable, match="away"):
            kept.get("a", source.read)
    assert source.asked == 1


def test_what_was_asked_for_longest_ago_is_let_go():
    kept, source = Kept(60, 2), Source()
    for key in ("a", "b", "a", "c"):
        kept.get(key, source.read)
    assert kept.get("a", source.read) == 1
    assert kept.get("b", source.read) == 4


def test_a_slow_reading_holds_up_nobody_whose_answer_is_fresh():
    kept, source, begun, go_on = Kept(60, 2), Source(), threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        return "slow" if go_on.wait(20) else "too late"

    kept.get("a", source.read)
    answers: list = []
    reader = threading.Thread(target=lambda: answers.append(kept.get("b", slow)))
    reader.start()
    assert begun.wait(20)
    other = threading.Thread(target=lambda: answers.append(kept.get("a", source.read)))
    other.start()
    other.join(5)
    assert answers == [1]
    go_on.set()
    reader.join(20)
    assert answers == [1, "slow"]


def test_many_that_ask_at_once_cost_one_reading():
    kept, source, together = Kept(60, 2), Source(), threading.Barrier(8)

    def ask() -> None:
        together.wait(20)
        kept.get("a", source.read)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert source.asked == 1
