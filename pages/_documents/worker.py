"""The worker of a batch: takes a subject, makes its documents, keeps them, until nothing is left."""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import psycopg

from data_access import document_batches, document_store
from data_access.commands import say, tell
from data_access.document_batches import Batch
from data_access.document_store import Files
from data_access.engine import DatabaseUnavailable, connect, first_line
from data_access.live import State
from data_access.reading import read_state

OTHERS_SECONDS = 0.5  # until looking again whether another worker is through, or gone
PROGRESS_SECONDS = 5.0
log = logging.getLogger(__name__)

Make = Callable[[str, str, str, Iterable[str], State], Files]


class Refused(ValueError):
    """The command cannot be carried out; one line that says why."""


@dataclass
class Tally:
    """What this process made of one batch."""

    made_count: int = 0
    failed_count: int = 0
    began_at_seconds: float = field(default_factory=time.monotonic)
    told_at_seconds: float = field(default_factory=time.monotonic)

    def line(self, batch: Batch) -> str:
        """'bulanan 2026-10: 118 of 344 units, 1 failed; here 118 in 61.2 s'."""
        seconds = time.monotonic() - self.began_at_seconds
        failed = f", {batch.failed_count} failed" if batch.failed_count else ""
        far = f"{batch.done_count} of {batch.items_count} units{failed}"
        return f"{batch.kind} {batch.period}: {far}; here {self.made_count} in {seconds:.1f} s"


def work(state: psycopg.Connection, crm_dsn: str, batch_id: int | None, make: Make, *, progress: bool) -> int:
    """Make what is left of a batch, or of every open one; how many subjects failed here."""
    failed_count = 0
    while batch := _batch(state, batch_id):
        tally = _work_on(state, crm_dsn, batch, make, progress)
        failed_count += tally.failed_count
        say(tally.line(document_batches.find(state, batch.batch_id)))
        if batch_id is not None:
            break
    return failed_count


def _batch(state: psycopg.Connection, batch_id: int | None) -> Batch | None:
    if batch_id is None:
        return document_batches.next_open(state)
    batch = document_batches.find(state, batch_id)
    if batch is None:
        raise Refused(f"there is no batch {batch_id}")
    return batch


def _work_on(state: psycopg.Connection, crm_dsn: str, batch: Batch, make: Make, progress: bool) -> Tally:
    """Until nothing is left, also of what other workers had in hand; the data are read once for all."""
    tally = Tally()
    if document_batches.finish(state, batch.batch_id):
        return tally
    try:
        data = read_state(crm_dsn, batch.as_of)
    except ValueError as problem:
        raise Refused(str(problem)) from problem
    while not document_batches.finish(state, batch.batch_id):
        if not _make_one(state, crm_dsn, batch, data, make, tally):
            time.sleep(OTHERS_SECONDS)
        if progress and time.monotonic() >= tally.told_at_seconds + PROGRESS_SECONDS:
            tally.told_at_seconds = time.monotonic()
            tell(tally.line(document_batches.find(state, batch.batch_id)))
    return tally


def _make_one(state: psycopg.Connection, crm_dsn: str, batch: Batch, data: State, make: Make, tally: Tally) -> bool:
    """One subject, kept as it is marked done; False when others have the rest in hand. Raises DatabaseUnavailable."""
    with state.transaction():
        subject_id = document_batches.take(state, batch.batch_id)
        if subject_id is None:
            return False
        try:
            with state.transaction():  # what fails leaves nothing half kept, and the subject still ours
                _keep(state, batch, subject_id, make(batch.kind, subject_id, batch.period, batch.formats, data))
                document_batches.done(state, batch.batch_id, subject_id)
            tally.made_count += 1
        except psycopg.OperationalError:  # our own connection: the batch waits for better times
            raise
        except Exception as problem:  # a defect, or data nobody foresaw: the others go on
            if isinstance(problem, DatabaseUnavailable):
                _check_reachable(crm_dsn)
            log.warning("%s of %s", batch.kind, subject_id or "the province", exc_info=True)
            document_batches.failed(state, batch.batch_id, subject_id, _line(problem))
            tally.failed_count += 1
    return True


def _check_reachable(crm_dsn: str) -> None:
    """Raises DatabaseUnavailable when the CRM answers nobody: then it is not this subject's fault."""
    with connect(crm_dsn) as crm:
        crm.execute("select 1")


def _keep(state: psycopg.Connection, batch: Batch, subject_id: str, made: Files) -> None:
    for form, content in made.by_format.items():
        document_store.store(
            state, batch.kind, subject_id, batch.period, form, batch.as_of, content,
            stamp=made.stamp, simulated=made.simulated, by=batch.requested_by,
        )  # fmt: skip


def _line(problem: Exception) -> str:
    return f"{type(problem).__name__}: {first_line(problem)}"
