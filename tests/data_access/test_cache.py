"""Answers: one computation per revision and scope, stale rather than slow, never one scope's answer for another."""

import shutil
import signal
import subprocess
import threading
import time

import pytest
import redis
from flask import Flask

from data_access import cache
from data_access.cache import Answer, Answers, Request
from data_access.scope import EVERYTHING, NOTHING, Scope
from demo.postgres import free_port
from tests.conftest import missing

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


@pytest.fixture
def redis_url(tmp_path):
    """A real Redis of its own on loopback."""
    program = shutil.which("redis-server")
    if program is None:
        missing("redis-server is missing (apt-get install redis-server)")
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen([program, *options], stdout=subprocess.DEVNULL) as server:
        url = f"redis://127.0.0.1:{port}/0"
        while not answers_ping(url):
            time.sleep(0.05)
        yield url, server
        server.terminate()


def answers_ping(url: str) -> bool:
    try:
        return redis.Redis.from_url(url).ping()
    except redis.RedisError:
        return False


def test_two_hosts_share_an_answer_through_redis(redis_url):
    first, second = Source(), Source()
    answers, others = answers_of(first), answers_of(second)
    cache.attach(Flask(__name__), redis_url[0])
    assert answers.get(WALL).body == others.get(WALL).body == b"*@1"
    assert (first.runs, second.runs) == ([("*", "1")], [])


def test_a_frozen_redis_costs_less_than_a_second(redis_url):
    answers = answers_of(Source())
    cache.attach(Flask(__name__), redis_url[0])
    redis_url[1].send_signal(signal.SIGSTOP)
    started = time.monotonic()
    try:
        assert answers.get(WALL).body == b"*@1"
    finally:
        redis_url[1].send_signal(signal.SIGCONT)
    assert time.monotonic() - started < 1.0


def test_a_failing_computation_leaves_the_last_answer_in_force():
    source = Source()
    answers = answers_of(source)
    answers.get(WALL)
    source.revision = "2"
    answers.compute = lambda request: 1 / 0
    assert answers.get(WALL).body == b"*@1"


def test_made_up_requests_do_not_pile_up_nor_are_made_ahead():
    source = Source()
    answers = answers_of(source)
    for number in range(cache.KEPT_COUNT + 50):
        answers.get(Request(EVERYTHING, "dinding", (("unit", str(number)),)))
    assert len(answers._kept) <= cache.KEPT_COUNT + 1
    before, source.revision = len(source.runs), "2"
    answers.make_ahead()
    answers._pool.shutdown(wait=True)
    assert len(source.runs) - before == cache.MADE_AHEAD_COUNT


def test_who_leafs_through_addresses_does_not_push_out_the_screen_that_asks_again_and_again():
    source = Source()
    answers = answers_of(source)
    answers.get(WALL)
    answers.get(WALL)
    for number in range(cache.KEPT_COUNT + 50):
        answers.get(Request(EVERYTHING, "dinding", (("sejak", str(number)),)))
    runs = len(source.runs)
    answers.get(WALL)
    assert len(source.runs) == runs
    source.revision = "2"
    answers.make_ahead()
    answers._pool.shutdown()
    assert answers._kept[WALL].answer.revision == "2"
