"""Processes for documents: one per batch, however often it is asked for."""

import sys
import threading

from data_access import document_job
from tests.data_access.test_live import wait_until

BATCH = 4_000_000_001  # of no test beside this one


class Process:
    """One that runs until `ended` is set."""

    def __init__(self, ended: threading.Event):
        self._ended = ended

    def wait(self) -> int:
        assert self._ended.wait(10)
        return 0


def test_a_batch_that_is_being_made_gets_no_second_process(web, monkeypatch):
    workers = sys.modules["pages._dokumen.workers"]
    begun, ended = [], threading.Event()

    def start_worker(_where, *words):
        begun.append(words)
        return Process(ended)

    monkeypatch.setattr(document_job, "start_worker", start_worker)
    for _ in range(20):
        workers.start(BATCH)
    workers.start(BATCH + 1)  # another one's turn comes although the first is not through
    wait_until(lambda: len(begun) == 2)
    ended.set()
    wait_until(lambda: not workers._under_way)
    workers.start(BATCH)
    wait_until(lambda: len(begun) == 3)
    assert begun == [("--batch", str(number)) for number in (BATCH, BATCH + 1, BATCH)]
    wait_until(lambda: not workers._under_way)
