"""Answers: one computation per revision and scope, stale rather than slow, never one scope's answer for another."""

import threading
import time

from flask import Flask

from data_access import cache
from data_access.cache import Answer, Answers, Request
from data_access.scope import EVERYTHING, NOTHING, Scope

WALL = Request(EVERYTHING, "dinding", ())


class Source:
    """A computation that counts its runs and can be made slow."""

    def __init__(self):
        self.revision, self.runs, self.seconds = "1", [], 0.0

    def compute(self, request: Request) -> Answer:
        revision = self.revision
        self.runs.append((request.scope.key(), revision))
        time.sleep(self.seconds)
        return Answer(revision, f"{request.scope.key()}@{revision}".encode())


def answers_of(source: Source) -> Answers:
    cache.attach(Flask(__name__), None)
    return Answers(compute=source.compute, revision=lambda: source.revision)


def test_many_viewers_cost_one_computation():
    source = Source()
    source.seconds = 0.2
    answers = answers_of(source)
    bodies = []
    viewers = [threading.Thread(target=lambda: bodies.append(answers.get(WALL).body)) for _ in range(20)]
    for viewer in viewers:
        viewer.start()
    for viewer in viewers:
        viewer.join()
    assert bodies == [b"*@1"] * 20
    assert source.runs == [("*", "1")]


def test_each_scope_gets_its_own_answer_in_any_order():
    source = Source()
    answers = answers_of(source)
    scopes = [EVERYTHING, NOTHING, Scope(False, frozenset({"D-BM"})), Scope(False, frozenset({"D-BM", "D-SDA"}))]
    for scope in [*scopes, *reversed(scopes)]:
        assert answers.get(Request(scope, "dinding", ())).body == f"{scope.key()}@1".encode()
    assert len(source.runs) == len(scopes)


def test_the_query_is_part_of_the_key():
    answers = answers_of(Source())
    first = answers.get(Request(EVERYTHING, "dinding", (("unit", "D-BM"),)))
    assert answers.get(Request(EVERYTHING, "dinding", (("unit", "D-SDA"),))) is not first


def test_while_a_new_answer_takes_long_the_last_one_is_served():
    source = Source()
    answers = answers_of(source)
    assert answers.get(WALL).body == b"*@1"
    source.revision, source.seconds = "2", 2.0
    answers.make_ahead()
    time.sleep(0.1)
    started = time.monotonic()
    assert answers.get(WALL).body == b"*@1"
    assert time.monotonic() - started < 1.0


def test_an_answer_asked_for_lately_is_made_ahead():
    source = Source()
    answers = answers_of(source)
    answers.get(WALL)
    source.revision = "2"
    answers.make_ahead()
    while len(source.runs) < 2:
        time.sleep(0.01)
    assert answers.get(WALL).body == b"*@2"
    assert source.runs == [("*", "1"), ("*", "2")]


def test_a_shared_cache_that_is_down_costs_a_computation_and_nothing_else():
    source = Source()
    answers = answers_of(source)
    cache.attach(Flask(__name__), "redis://127.0.0.1:1/0")
    started = time.monotonic()
    assert answers.get(WALL).body == b"*@1"
    assert time.monotonic() - started < 2.0


def test_what_a_stranger_writes_into_the_cache_is_never_executed():
    pickled = b"\x80\x04\x95\x1c\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94."
    assert cache.BytesOnly().loads(pickled) == pickled
