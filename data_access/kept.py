"""Answers of slow questions, kept for a while: one reading at a time, the last good one while the database is away."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from data_access.engine import DatabaseUnavailable

FAILURE_KEPT_SECONDS = 10  # one attempt speaks for all keys and all who ask meanwhile
Value = TypeVar("Value")


@dataclass
class Kept(Generic[Value]):
    """Values by key, each for `seconds`, at most `count` of them. Safe for threads. Scope belongs into the key."""

    seconds: float
    count: int
    _values: OrderedDict[Hashable, tuple[float, Value]] = field(default_factory=OrderedDict)
    _failed: tuple[float, str] = (float("-inf"), "")
    _lock: threading.Lock = field(default_factory=threading.Lock)  # held for a moment, never while reading
    _reading: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: Hashable, read: Callable[[], Value]) -> Value:
        """The value of `key`, read when there is none fresh. Raises DatabaseUnavailable when there never was one.

        What is fresh is given at once, also while somebody else waits for the database.
        """
        if (fresh := self._fresh(key)) is not None:
            return fresh[1]
        with self._reading:
            if (fresh := self._fresh(key)) is not None:  # read by the one before
                return fresh[1]
            try:
                return self._read(key, read)
            except DatabaseUnavailable:
                if key not in self._values:
                    raise
                return self._values[key][1]

    def _fresh(self, key: Hashable) -> tuple[float, Value] | None:
        with self._lock:
            found = self._values.get(key)
            if found is None or time.monotonic() - found[0] >= self.seconds:
                return None
            self._values.move_to_end(key)
            return found

    def _read(self, key: Hashable, read: Callable[[], Value]) -> Value:
        failed_at, message = self._failed
        if time.monotonic() - failed_at < FAILURE_KEPT_SECONDS:
            raise DatabaseUnavailable(message)
        try:
            value = read()
        except DatabaseUnavailable as error:
            self._failed = (time.monotonic(), str(error))
            raise
        with self._lock:
            self._values[key] = (time.monotonic(), value)
            self._values.move_to_end(key)
            while len(self._values) > self.count:
                self._values.popitem(last=False)
        return value
