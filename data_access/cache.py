"""Encoded answers, computed once per (revision, scope, view, query) whatever the number of viewers.

An answer of an older revision is served while the new one is being made (stale-while-revalidate), one computation at a
time per answer (single flight), and answers somebody asked for lately are made ahead when the revision moves.
Shared between hosts through Redis when REDIS_URL names one. Only bytes are ever stored: nothing is unpickled.
"""

import hashlib
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import cachelib.serializers
from flask import Flask
from flask_caching import Cache

from data_access.scope import Scope

KEEP_SECONDS = 120
ASKED_LATELY_SECONDS = 60
WAIT_FOR_FRESH_SECONDS = 0.5
REDIS_TIMEOUT_SECONDS = 0.2  # a frozen Redis must not freeze the wall

store = Cache()


class BytesOnly(cachelib.serializers.BaseSerializer):
    """Keeps bytes as they are, so that a writer of the cache cannot make us run anything."""

    def dumps(self, value: bytes) -> bytes:
        return bytes(value)

    def loads(self, bvalue: bytes | None) -> bytes | None:
        return bvalue


def attach(server: Flask, redis_url: str | None) -> None:
    """Configure the shared store: Redis when configured, else the memory of this process."""
    config: dict = {"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": 500, "CACHE_SERIALIZER": BytesOnly()}
    if redis_url:
        timeouts = {"socket_timeout": REDIS_TIMEOUT_SECONDS, "socket_connect_timeout": REDIS_TIMEOUT_SECONDS}
        config |= {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": redis_url, "CACHE_OPTIONS": timeouts}
        config |= {"CACHE_KEY_PREFIX": "ruang-pantau:"}
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
class Answers:
    """Answers of one process. `compute(request)` gives the answer of the newest revision; `revision()` names it."""

    compute: Callable[[Request], Answer]
    revision: Callable[[], str]
    _latest: dict[Request, Answer] = field(default_factory=dict)
    _asked_at: dict[Request, float] = field(default_factory=dict)
    _locks: dict[Request, threading.Lock] = field(default_factory=dict)
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "answers"))

    def get(self, request: Request) -> Answer:
        """The answer of the newest revision, or the last one while the new one takes long."""
        self._asked_at[request] = time.monotonic()
        latest = self._latest.get(request)
        if latest is None:
            return self._make(request)
        if latest.revision == self.revision():
            return latest
        lock = self._lock(request)
        if lock.acquire(timeout=WAIT_FOR_FRESH_SECONDS):
            lock.release()
            return self._make(request)
        return latest

    def make_ahead(self) -> None:
        """Start making the answers somebody asked for lately; called when the revision moved."""
        now = time.monotonic()
        for request, asked_at in list(self._asked_at.items()):
            if now - asked_at <= ASKED_LATELY_SECONDS:
                self._pool.submit(self._make, request)
            else:
                self._forget(request)

    def _make(self, request: Request) -> Answer:
        with self._lock(request):
            revision = self.revision()
            latest = self._latest.get(request)
            if latest is None or latest.revision != revision:
                latest = self._shared(request, revision)
                self._latest[request] = latest
            return latest

    def _shared(self, request: Request, revision: str) -> Answer:
        key = _key(request, revision)
        body = _from_store(key)
        if body is not None:
            return Answer(revision, body)
        answer = self.compute(request)
        _to_store(_key(request, answer.revision), answer.body)
        return answer

    def _lock(self, request: Request) -> threading.Lock:
        return self._locks.setdefault(request, threading.Lock())

    def _forget(self, request: Request) -> None:
        for table in (self._latest, self._asked_at, self._locks):
            table.pop(request, None)


def _key(request: Request, revision: str) -> str:
    parts = [request.scope.key(), request.view, repr(request.query), revision]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _from_store(key: str) -> bytes | None:
    try:
        return store.cache.get(key)
    except Exception:  # a shared cache that is down costs a computation, never an answer
        return None


def _to_store(key: str, body: bytes) -> None:
    try:
        store.cache.set(key, body, timeout=KEEP_SECONDS)
    except Exception:  # as above
        return
