"""What is being made and was made lately, as far as the viewer may see all of it."""

from datetime import timedelta

import psycopg

from components.document_jobs import Job
from components.document_words import title
from components.formats import integer, stamp
from data_access import document_batches
from data_access.dimensions import Dimensions
from data_access.document_batches import Batch
from data_access.document_store import open_subjects
from data_access.scope import Scope
from pages._dokumen.asked import subject_words

SHOWN = 5
PROBLEMS_SHOWN = 5
# Nobody who is at work leaves a batch alone for so long.
IDLE = timedelta(minutes=2)
# Kind of problem, as the worker writes it down -> what to say; any other is a defect, said as it was written.
PROBLEMS = {
    "DatabaseUnavailable": "CRM tidak menjawab pada waktunya",
    "UnknownSubject": "unit tidak dikenal CRM",
}


def jobs(scope: Scope, names: Dimensions, state: psycopg.Connection) -> list[Job]:
    """Those under way first."""
    allowed, found = open_subjects(scope, names), document_batches.newest(state, SHOWN)
    if allowed is not None:
        subjects = document_batches.subjects(state, [batch.batch_id for batch in found])
        found = [batch for batch in found if subjects[batch.batch_id] <= allowed]
    now = state.execute("select clock_timestamp()").fetchone()[0]
    return [_job(batch, names, state, now) for batch in found]


def _job(batch: Batch, names: Dimensions, state: psycopg.Connection, now) -> Job:
    of_one = batch.items_count == 1
    whose = subject_words(names, batch.subject_id) if of_one else f"{integer(batch.items_count)} unit"
    lines = document_batches.problems(state, batch.batch_id, PROBLEMS_SHOWN) if batch.failed_count else []
    return Job(
        number=batch.batch_id,
        title=title(batch.kind, batch.period),
        about=f"{whose}, data per {stamp(batch.as_of)}",
        items_count=batch.items_count,
        done_count=batch.done_count,
        failed_count=batch.failed_count,
        finished=batch.finished_at is not None,
        idle=batch.finished_at is None and now - batch.moved_at > IDLE,
        problems=tuple((subject_words(names, subject_id), _problem(line)) for subject_id, line in lines),
    )


def _problem(line: str) -> str:
    return PROBLEMS.get(line.partition(":")[0], f"galat program, {line}")


def fact(shown: list[Job]) -> str:
    """How many are being made."""
    under_way = sum(not job.finished for job in shown)
    return f"{integer(under_way)} sedang dibuat" if under_way else "tidak ada antrean"
