"""Encoded answers, computed once per (revision, scope, view, query) whatever the number of viewers.

An answer of an older revision is served while the new one is being made (stale-while-revalidate), one computation at a
time per answer (single flight), and answers somebody asked for lately are made ahead when the revision moves.
Shared between hosts through Redis when REDIS_URL names one. Only bytes are ever stored: nothing is unpickled.
"""

import hashlib
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import cachelib.serializers
from flask import Flask
from flask_caching import Cache
from redis.exceptions import RedisError

from data_access.scope import Scope

KEEP_SECONDS = 120
ASKED_LATELY_SECONDS = 60
MADE_AHEAD_COUNT = 12  # the screens that hang on walls; the many others are made when asked for
KEPT_COUNT = 200
WAIT_FOR_FRESH_SECONDS = 0.5
REDIS_TIMEOUT_SECONDS = 0.2  # a frozen Redis must not freeze the wall

store = Cache()
log = logging.getLogger(__name__)


class BytesOnly(cachelib.serializers.BaseSerializer):
    """Keeps bytes as they are, so that a writer of the cache cannot make us run anything."""

    def dumps(self, value: bytes) -> bytes:
        return bytes(value)

    def loads(self, bvalue: bytes | None) -> bytes | None:
        return bvalue


def attach(server: Flask, redis_url: str | None) -> None:
    """Configure the shared store: Redis when configured, else none, as each process keeps its own answers anyway."""
    config: dict = {"CACHE_TYPE": "NullCache", "CACHE_NO_NULL_WARNING": True}
    if redis_url:
        timeouts = {"socket_timeout": REDIS_TIMEOUT_SECONDS, "socket_connect_timeout": REDIS_TIMEOUT_SECONDS}
        config = {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": redis_url, "CACHE_OPTIONS": timeouts}
        config |= {"CACHE_KEY_PREFIX": "ruang-pantau:", "CACHE_SERIALIZER": BytesOnly()}
    store.init_app(server, config=config)


@dataclass(frozen=True)
class Request:
    """What identifies an answer beside the revision. Scope comes first: it is part of every key by construction."""

    scope: Scope
    view: str
    query: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Answer:
    revision: str
    body: bytes


@dataclass
class Kept:
    """One answer of this process: the last one made, and who makes it."""

    asked_at: float
    asked_before_at: float = float("-inf")
    answer: Answer | None = None
    making: threading.Lock = field(default_factory=threading.Lock)

    @property
    def rank(self) -> tuple[bool, float]:
        """The higher, the longer it stays: screens ask again and again, who leafs through addresses asks once."""
        return self.asked_before_at > time.monotonic() - KEEP_SECONDS, self.asked_at


@dataclass
class Answers:
    """Answers of one process. `compute(request)` gives the answer of the newest revision; `revision()` names it."""

    compute: Callable[[Request], Answer]
    revision: Callable[[], str]
    _kept: dict[Request, Kept] = field(default_factory=dict)
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "answers"))

    def get(self, request: Request) -> Answer:
        """The answer of the newest revision, or the last one while the new one takes long or fails."""
        kept, last = self._asked(request)
        if last is None:
            self._forget_one_of_many(request)
            return self._make(request, kept)
        if last.revision == self.revision():
            return last
        if not kept.making.acquire(timeout=WAIT_FOR_FRESH_SECONDS):
            return last
        kept.making.release()
        try:
            return self._make(request, kept)
        except Exception:
            log.exception("answer for %s", request.view)
            return last

    def _asked(self, request: Request) -> tuple[Kept, Answer | None]:
        kept = self._kept.setdefault(request, Kept(time.monotonic()))
        if kept.answer is not None:
            kept.asked_before_at, kept.asked_at = kept.asked_at, time.monotonic()
        return kept, kept.answer

    def make_ahead(self) -> None:
        """Start making the answers screens ask for again and again, the latest first; for when the revision moved."""
        lately = time.monotonic() - ASKED_LATELY_SECONDS
        asked = sorted(self._kept.copy().items(), key=lambda item: item[1].rank, reverse=True)[:MADE_AHEAD_COUNT]
        for request, kept in asked:
            if kept.asked_at >= lately:
                self._pool.submit(self._make, request, kept)

    def _make(self, request: Request, kept: Kept) -> Answer:
        with kept.making:
            revision = self.revision()
            if kept.answer is None or kept.answer.revision != revision:
                kept.answer = self._shared(request, revision)
            return kept.answer

    def _shared(self, request: Request, revision: str) -> Answer:
        body = _from_store(_key(request, revision))
        if body is not None:
            return Answer(revision, body)
        answer = self.compute(request)
        _to_store(_key(request, answer.revision), answer.body)
        return answer

    def _forget_one_of_many(self, but: Request) -> None:
        while len(self._kept) > KEPT_COUNT:
            others = [item for item in self._kept.copy().items() if item[0] != but]
            self._kept.pop(min(others, key=lambda item: item[1].rank)[0], None)


def _key(request: Request, revision: str) -> str:
    parts = [request.scope.key(), request.view, repr(request.query), revision]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _from_store(key: str) -> bytes | None:
    try:
        return store.cache.get(key)
    except RedisError as error:  # a shared cache that is down costs a computation, never an answer
        log.warning("shared cache: %s", error)
        return None


def _to_store(key: str, body: bytes) -> None:
    try:
        store.cache.set(key, body, timeout=KEEP_SECONDS)
    except RedisError:  # as above, said once
        return
