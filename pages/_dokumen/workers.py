"""Processes that make what somebody waits for: a few at once, so that a web worker stays free for the screens."""

import logging
import queue
import threading
from functools import cache

from data_access import document_job
from data_access.settings import settings

AT_ONCE = 2  # of one web worker
log = logging.getLogger(__name__)
_under_way: set[int] = set()  # batches that wait or are made here
_lock = threading.Lock()


def start(batch_id: int) -> None:
    """Have a process make the batch as soon as there is room; asked again meanwhile, the one process is enough."""
    with _lock:
        if batch_id in _under_way:
            return
        _under_way.add(batch_id)
    _queue().put(batch_id)


@cache
def _queue() -> queue.SimpleQueue:
    """The batches that wait, and the threads that take them (after the fork)."""
    waiting: queue.SimpleQueue = queue.SimpleQueue()
    for number in range(AT_ONCE):
        threading.Thread(target=_serve, args=[waiting], name=f"documents-{number}", daemon=True).start()
    return waiting


def _serve(waiting: queue.SimpleQueue) -> None:
    while True:
        batch_id = waiting.get()
        try:
            code = document_job.start_worker(settings(), "--batch", str(batch_id)).wait()
        except OSError as problem:  # no memory for a process: the scheduler makes it later
            log.warning("documents of batch %s: %s", batch_id, problem)
        else:
            if code:
                log.warning("documents of batch %s: the process ended with code %s", batch_id, code)
        finally:
            with _lock:
                _under_way.discard(batch_id)
