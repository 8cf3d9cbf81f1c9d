"""Thousands of made-up callback bodies: never a 5xx, never a traceback, never slow, never a wider scope."""

import copy
import inspect
import json
import random
import time
from urllib.parse import quote

import dash
import pytest

from pages._web.callback_body import PAGES_CALLBACK
from pages._web.guard import server_callbacks
from tests.pages.probe import DISPATCH, honest_body

SEED = 20261123
BODIES_OF_THE_APP = 7_000
BODIES_OF_THE_PROBE = 4_000
SLOWEST_SECONDS = 1.0
EXPECTED = {200, 204, 400, 403, 404, 413, 415}
TRACES = (b"Traceback", b'File "', b".py", b"werkzeug", b"Error:")

TEXTS = [
    *("", "x", "*", "/", "/tkd", "?unit=D-BM&periode=2026-11", "2026-13", "-1"),
    *("١٢", "a" * 5_000, "\x00", "\ud800", "<script>", "'; drop table crm.report; --", "../../etc/passwd"),
    *("{{7*7}}", "%00", "\r\nX: y", "null", "NaN"),
]
NUMBERS = [0, -1, 1, 10**6, 2**53, 2**63, 10**30, 0.5, -0.0, 1e308, float("nan"), float("inf")]


SERVER_SHARE = 0.8


class Bodies:
    """Bodies for the server callbacks of an app: honest ones with odd values, and honest ones broken somewhere."""

    def __init__(self, app: dash.Dash, seed: int):
        self.app = app
        self.chance = random.Random(seed)
        self.names = _names_of_queries()

    def next(self) -> object:
        on_server = self.chance.random() < SERVER_SHARE  # however many run in the browser alone
        output = self.chance.choice(server_callbacks(self.app) if on_server else list(self.app.callback_map))
        body = copy.deepcopy(honest_body(self.app, output))
        for item in _items(body):
            if self.chance.random() < 0.8:
                item["value"] = self.value()
        if output == PAGES_CALLBACK and self.chance.random() < 0.7:
            body["inputs"][0]["value"], body["inputs"][1]["value"] = self.path(), self.search()
        for _ in range(self.chance.choice([0, 0, 1, 1, 2])):
            body = self.broken(body)
        return body

    def value(self, depth: int = 0) -> object:
        kind = self.chance.randrange(7 if depth < 4 else 4)
        if kind == 0:
            return self.chance.choice([None, True, False])
        if kind == 1:
            return self.chance.choice(NUMBERS)
        if kind in (2, 3):
            return self.chance.choice(TEXTS)
        if kind == 4:
            return [self.value(depth + 1) for _ in range(self.chance.randrange(4))]
        if kind == 5:
            return {self.chance.choice(TEXTS[:8]): self.value(depth + 1) for _ in range(self.chance.randrange(4))}
        return [0] * self.chance.choice([10, 1_000, 1_001, 3_000])

    def path(self) -> str:
        known = [page["path"] for page in dash.page_registry.values()]
        return self.chance.choice([*known, "/tidak-ada", "/" + self.chance.choice(TEXTS), "/tkd/" + "x" * 50])

    def search(self) -> str:
        pairs = [
            f"{self.chance.choice(self.names)}={self.chance.choice(TEXTS)}" for _ in range(self.chance.randrange(4))
        ]
        return "?" + "&".join(pairs)

    def broken(self, body: object) -> object:
        """Replace, drop, double or rename one thing somewhere in the body."""
        places = list(_places(body))
        if not places:
            return self.value()
        holder, key = self.chance.choice(places)
        change = self.chance.randrange(4)
        if change == 0:
            holder[key] = self.value()
        elif change == 1:
            del holder[key]
        elif change == 2 and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        elif isinstance(holder, dict):
            holder[self.chance.choice(["scope", "role", "id", "property", "value", "output"])] = holder.pop(key)
        return body if self.chance.random() > 0.02 else self.value()


def _items(body: dict):
    for part in ("inputs", "state"):
        for item in body.get(part, []):
            yield from item if isinstance(item, list) else [item]


def _places(value: object):
    """Every (holder, key) inside a body."""
    if isinstance(value, dict):
        for key in list(value):
            yield value, key
            yield from _places(value[key])
    elif isinstance(value, list):
        for position in range(min(len(value), 20)):
            yield value, position
            yield from _places(value[position])


def _names_of_queries() -> list[str]:
    """The arguments that the layouts of the screens know, and the names of the filters."""
    layouts = [page["layout"] for page in dash.page_registry.values() if callable(page["layout"])]
    named = {name for layout in layouts for name in inspect.signature(layout).parameters}
    return sorted(named | {"unit", "periode", "tema", "layar", "self", "kwargs", "path", "__class__"})


def _post(client, body: object):
    data = json.dumps(body)
    began = time.perf_counter()
    answer = client.post(DISPATCH, data=data, content_type="application/json")
    return answer, time.perf_counter() - began


@pytest.mark.parametrize("which", ["app", "probe"])
def test_made_up_bodies_are_answered_quickly_and_without_a_word_of_the_inside(which, request):
    app, client, count = _subject(which, request)
    bodies, seen = Bodies(app, SEED), {}
    for number in range(count):
        body = bodies.next()
        answer, seconds = _post(client, body)
        if seconds >= SLOWEST_SECONDS:  # a busy machine is not a slow answer: it must be slow twice
            answer, seconds = _post(client, body)
        where = f"body {number} of seed {SEED}: {json.dumps(body)[:2_000]}"
        assert answer.status_code in EXPECTED, where
        assert seconds < SLOWEST_SECONDS, where
        if answer.status_code >= 400:
            assert not any(trace in answer.data for trace in TRACES), where
        seen[answer.status_code] = seen.get(answer.status_code, 0) + 1
    # The bodies are neither all refused nor all let through.
    assert seen[200] > count / 20, seen
    assert seen[400] > count / 20, seen


def _subject(which: str, request):
    if which == "app":
        return request.getfixturevalue("web").app, request.getfixturevalue("demo"), BODIES_OF_THE_APP
    return request.getfixturevalue("probe").app, request.getfixturevalue("probe_demo"), BODIES_OF_THE_PROBE


def test_made_up_bodies_of_a_visitor_without_session_enter_nothing(probe):
    client, bodies = probe.server.test_client(), Bodies(probe.app, SEED + 1)
    probe.calls.clear()
    assert {_post(client, bodies.next())[0].status_code for _ in range(500)} == {401}
    assert probe.calls == []


def test_made_up_bodies_see_the_scope_of_the_session_and_no_other(probe, probe_demo):
    bodies, scopes = Bodies(probe.app, SEED + 2), set()
    for _ in range(500):
        body = honest_body(probe.app, "echo.children")
        body["inputs"][0]["value"], body["state"][0]["value"] = bodies.value(), bodies.value()
        answer, _seconds = _post(probe_demo, body)
        if answer.status_code == 200:
            scopes.add(answer.get_json()["response"]["echo"]["children"])
    assert scopes == {"*"}


ADDRESSES = 1_000


def test_made_up_addresses_are_answered_quickly_and_without_a_word_of_the_inside(web, demo):
    bodies = Bodies(web.app, SEED + 3)
    prefixes = ["/", "/api/", "/api/layar/", "/assets/", "/_dash-component-suites/dash/", "/vendor/", "/tkd/", "/_"]
    views = ["ruang-pantau", "peta", "tkd"]
    for _ in range(ADDRESSES):
        path = bodies.chance.choice(prefixes) + quote(bodies.chance.choice([*views, *TEXTS]), errors="replace")
        answer = demo.get(f"{path}?{quote(bodies.search()[1:], safe='=&', errors='replace')}")
        assert answer.status_code in {200, 304, 308, 400, 404, 503}, path
        assert b"Traceback" not in answer.data
        answer.close()
