"""What the browser asks for by itself: the revision, a view's snapshot, and health for monitoring."""

import hashlib
import time
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import brotli
from flask import Flask, Response, abort, jsonify, make_response, request

from data_access import outlook
from data_access.cache import Answer, Answers, Request
from data_access.engine import DatabaseUnavailable
from data_access.live import Follower, Health, State
from data_access.settings import settings
from pages._query import canonical
from pages._web import views
from pages._web.session import current_scope
from scoring.periods import WIB

ROOT = Path(__file__).parents[2]
READY_AGE_SECONDS = 30.0
FIRST_STATE_SECONDS = 15.0  # within gunicorn's patience with a worker that starts
BROKEN_AFTER_SECONDS = 3.0  # a database restart that takes a blink does not turn the wall red


class NotYet(Exception):
    """No state of the data has been read yet."""


@cache
def follower() -> Follower:
    """The follower of this process, started on first use (after the fork)."""
    following = Follower(settings().crm_dsn)
    following.on_change.append(lambda _state: answers().make_ahead())
    following.start()
    outlook.start(following)
    return following


@cache
def answers() -> Answers:
    return Answers(compute=lambda asked: views.encode(asked, state()), revision=lambda: state().revision)


def wait_for_first_state() -> None:
    """Until the follower has a first state, or knows that it cannot have one yet: so a worker takes visitors when it
    has figures, and without a database it starts at once."""
    until = time.monotonic() + FIRST_STATE_SECONDS
    while follower().state is None and not follower().health.attempts and time.monotonic() < until:
        time.sleep(0.02)


def state() -> State:
    """The newest state of the data. Raises NotYet before the first load."""
    newest = follower().state
    if newest is None:
        raise NotYet
    return newest


def simulated() -> bool:
    """Whether the data are known to be of a simulated city."""
    newest = follower().state
    return bool(newest and newest.simulated)


def register(server: Flask) -> None:
    """Add the routes; each needs its policy in the guard."""
    server.add_url_rule("/api/rev", "api.rev", revision)
    server.add_url_rule("/api/layar/<name>", "api.layar", layar)
    server.add_url_rule("/healthz/live", "healthz.live", lambda: jsonify(ok=True))
    server.add_url_rule("/healthz/ready", "healthz.ready", ready)
    server.add_url_rule("/healthz/fresh", "healthz.fresh", fresh)


def revision() -> Response:
    """Tiny: the revision, how far the data are known, and how the feed is. Milliseconds since 1970."""
    newest, health = follower().state, follower().health
    answer = jsonify(
        rev=newest.revision if newest else None,
        as_of=_milliseconds(newest.as_of) if newest else None,
        now=_milliseconds(_database_now()),
        state="putus" if _broken(health) else "ok",
        attempts=health.attempts,
        since=_milliseconds(health.failing_since),
        build=_build(),
        simulated=simulated(),
    )
    answer.set_etag(f"{newest and newest.revision}-{newest and newest.as_of.timestamp()}-{health.attempts}")
    return answer.make_conditional(request)


def layar(name: str) -> Response:
    """The snapshot of a view for the viewer's scope and the filters of the URL."""
    view = views.view(name)
    if view is None:
        abort(404)
    try:
        asked = Request(current_scope(), name, canonical(request.args, state(), view.asks, view.own))
        only_for_one = not view.unkept.isdisjoint(dict(asked.query))
        return _encoded(views.encode(asked, state()) if only_for_one else answers().get(asked))
    except (NotYet, DatabaseUnavailable):
        return make_response(jsonify(galat="Data belum terbaca, mencoba lagi."), 503, {"Retry-After": "1"})


def _encoded(answer: Answer) -> Response:
    response = Response(answer.body, mimetype="application/json")
    response.vary.add("Accept-Encoding")
    if "br" in request.accept_encodings:
        response.content_encoding = "br"
    else:
        response.data = brotli.decompress(answer.body)
    response.set_etag(hashlib.blake2b(answer.body, digest_size=8).hexdigest())
    return response.make_conditional(request)


def ready() -> tuple[Response, int]:
    """200 when a state has been read lately; stale figures are still served when it is not."""
    age_seconds = _age_seconds()
    ok = age_seconds is not None and age_seconds <= READY_AGE_SECONDS
    return jsonify(ok=ok, age_seconds=age_seconds), 200 if ok else 503


def fresh() -> Response:
    return jsonify(crm_age_seconds=_age_seconds())


def _age_seconds() -> float | None:
    newest = follower().state
    return None if newest is None else round(time.monotonic() - newest.read_at_seconds, 3)


def _database_now() -> datetime:
    """The database's clock, carried on by our own: ages are right even when two hosts disagree on the time."""
    newest = follower().state
    return newest.as_of + timedelta(seconds=_age_seconds()) if newest else datetime.now(WIB)


def _broken(health: Health) -> bool:
    if health.failing_since is None:
        return False
    return (datetime.now(WIB) - health.failing_since).total_seconds() >= BROKEN_AFTER_SECONDS


@cache
def _build() -> str:
    """Names this version of the screens: an open screen that meets another one reloads itself."""
    digest = hashlib.blake2b(digest_size=8)
    for folder in ("assets", "components", "pages"):
        for path in sorted((ROOT / folder).rglob("*.*")):
            if path.suffix in (".py", ".js", ".css"):
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _milliseconds(instant: datetime | None) -> int | None:
    return None if instant is None else int(instant.timestamp() * 1000)
