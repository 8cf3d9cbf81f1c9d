"""Batches of documents: what is to be made, what is done, and who makes the next one.

An item is taken by a row lock that lives as long as the transaction it is made in. So two workers never make the same
item, and what a killed worker had in hand is free again at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg

from data_access.document_store import FORMATS, KINDS

REQUEST_LOCK = 7_220_007
SHOWN = timedelta(days=7)
PROBLEM_LENGTH = 300
FIELDS = (
    "b.batch_id, b.kind, b.period, b.formats, b.as_of, b.requested_at, b.requested_by, b.due_key, b.finished_at,"
    " count(*), count(i.done_at), count(i.problem), min(i.subject_id), greatest(b.requested_at, max(i.done_at))"
)
BATCHES = f"select {FIELDS} from pantau.document_batch b join pantau.document_batch_item i using (batch_id)"
# Small ones first: who asked for one document does not wait for six hundred.
NEXT = f"{BATCHES} where b.finished_at is null group by b.batch_id order by count(*), b.batch_id limit 1"
NEWEST = f"""
{BATCHES} where b.finished_at is null or b.finished_at > clock_timestamp() - %s or b.batch_id = %s group by b.batch_id
order by b.finished_at is null desc, b.batch_id desc limit %s
"""
TAKE = """
select subject_id from pantau.document_batch_item where batch_id = %s and done_at is null and problem is null
order by subject_id limit 1 for update skip locked
"""
# Asked for already: not made yet, or made of the same minute and without a problem.
SAME = """
select b.batch_id from pantau.document_batch b join pantau.document_batch_item i using (batch_id)
where b.kind = %s and b.period = %s and b.formats = %s and (b.finished_at is null or b.as_of = %s) group by b.batch_id
having array_agg(i.subject_id order by i.subject_id) = %s and count(i.problem) = 0 order by b.batch_id limit 1
"""


@dataclass(frozen=True)
class Batch:
    """A batch and how far it is: `items_count` subjects, of which `done_count` are made and `failed_count` failed.

    `subject_id`: the first subject, which is the only one of a request for one unit. `due_key`: of the scheduler.
    `requested_at`: when it was asked for, or taken up again; `moved_at`: when it was last got on with.
    """

    batch_id: int
    kind: str
    period: str
    formats: list[str]
    as_of: datetime
    requested_at: datetime
    requested_by: str
    due_key: str | None
    finished_at: datetime | None
    items_count: int
    done_count: int
    failed_count: int
    subject_id: str
    moved_at: datetime


def request(
    state: psycopg.Connection, kind: str, period: str, formats: Iterable[str], subjects: Iterable[str],
    as_of: datetime, by: str,
) -> int:  # fmt: skip
    """The number of the batch that makes this: a new one, or the one that was asked for before.

    ValueError for a kind or format nobody knows, or without subjects.
    """
    asked, subjects = _checked(kind, formats, subjects)
    with state.transaction():
        state.execute("select pg_advisory_xact_lock(%s)", [REQUEST_LOCK])
        same = state.execute(SAME, [kind, period, asked, as_of, subjects]).fetchone()
        return same[0] if same else _add(state, kind, period, asked, subjects, as_of, by, None)


def request_due(
    state: psycopg.Connection, due_key: str, kind: str, period: str, formats: Iterable[str], subjects: Iterable[str],
    as_of: datetime, by: str,
) -> int | None:  # fmt: skip
    """The number of the batch of a due moment, None when there is one already, whoever made it."""
    asked, subjects = _checked(kind, formats, subjects)
    with state.transaction():
        return _add(state, kind, period, asked, subjects, as_of, by, due_key)


def _checked(kind: str, formats: Iterable[str], subjects: Iterable[str]) -> tuple[list[str], list[str]]:
    asked, wanted = [form for form in FORMATS if form in set(formats)], sorted(set(subjects))
    if kind not in KINDS or not asked or not wanted:
        raise ValueError(f"nothing to make: {kind!r} as {asked} of {len(wanted)} units")
    return asked, wanted


def _add(state, kind, period, formats, subjects, as_of, by, due_key) -> int | None:
    query = """
        insert into pantau.document_batch (kind, period, formats, as_of, requested_at, requested_by, due_key)
        values (%s, %s, %s, %s, clock_timestamp(), %s, %s) on conflict (due_key) do nothing returning batch_id
    """
    row = state.execute(query, [kind, period, formats, as_of, by, due_key]).fetchone()
    if row is None:
        return None
    items = "insert into pantau.document_batch_item (batch_id, subject_id) select %s, unnest(%s::text[])"
    state.execute(items, [row[0], subjects])
    return row[0]


def next_open(state: psycopg.Connection) -> Batch | None:
    """The batch to work on: of those that are not finished the smallest, the oldest of them first."""
    row = state.execute(NEXT).fetchone()
    return Batch(*row) if row else None


def find(state: psycopg.Connection, batch_id: int) -> Batch | None:
    """The batch with this number."""
    row = state.execute(f"{BATCHES} where b.batch_id = %s group by b.batch_id", [batch_id]).fetchone()
    return Batch(*row) if row else None


def newest(state: psycopg.Connection, most: int, own: int | None = None) -> list[Batch]:
    """Those under way, then those of the last week, and in any case the one numbered `own`; at most `most`."""
    return [Batch(*row) for row in state.execute(NEWEST, [SHOWN, own, most])]


def asked_by_hand_count(state: psycopg.Connection) -> int:
    """How many that people asked for are not finished."""
    query = "select count(*) from pantau.document_batch where finished_at is null and due_key is null"
    return state.execute(query).fetchone()[0]


def subjects(state: psycopg.Connection, batch_ids: Sequence[int]) -> dict[int, set[str]]:
    """Batch -> its subjects."""
    found: dict[int, set[str]] = {batch_id: set() for batch_id in batch_ids}
    query = "select batch_id, subject_id from pantau.document_batch_item where batch_id = any(%s)"
    for batch_id, subject_id in state.execute(query, [list(batch_ids)]):
        found[batch_id].add(subject_id)
    return found


def problems(state: psycopg.Connection, batch_id: int, most: int) -> list[tuple[str, str]]:
    """(subject, its line) of what failed, at most `most`."""
    query = """
        select subject_id, problem from pantau.document_batch_item where batch_id = %s and problem is not null
        order by subject_id limit %s
    """
    return state.execute(query, [batch_id, most]).fetchall()


def take(state: psycopg.Connection, batch_id: int) -> str | None:
    """A subject that nobody makes at present, kept for the transaction of the caller; None when there is none."""
    row = state.execute(TAKE, [batch_id]).fetchone()
    return row[0] if row else None


def done(state: psycopg.Connection, batch_id: int, subject_id: str) -> None:
    """The subject's documents are kept."""
    query = "update pantau.document_batch_item set done_at = clock_timestamp() where (batch_id, subject_id) = (%s, %s)"
    state.execute(query, [batch_id, subject_id])


def failed(state: psycopg.Connection, batch_id: int, subject_id: str, problem: str) -> None:
    """The subject's documents could not be made, with the reason in one line."""
    line = " ".join(problem.split())[:PROBLEM_LENGTH]
    query = "update pantau.document_batch_item set problem = %s where (batch_id, subject_id) = (%s, %s)"
    state.execute(query, [line, batch_id, subject_id])


def finish(state: psycopg.Connection, batch_id: int) -> bool:
    """Mark the batch finished when nothing of it is left to do; whether it is finished now."""
    query = """
        update pantau.document_batch b set finished_at = coalesce(finished_at, clock_timestamp())
        where batch_id = %s and not exists (select from pantau.document_batch_item i
          where i.batch_id = b.batch_id and i.done_at is null and i.problem is null)
    """
    return state.execute(query, [batch_id]).rowcount == 1


def resume(state: psycopg.Connection, batch_id: int) -> bool:
    """Let what failed be tried again; False when nothing is left to do."""
    with state.transaction():
        query = "update pantau.document_batch_item set problem = null where batch_id = %s and problem is not null"
        state.execute(query, [batch_id])
        query = """
            update pantau.document_batch b set finished_at = null, requested_at = clock_timestamp()
            where batch_id = %s and exists (select from pantau.document_batch_item i
              where i.batch_id = b.batch_id and i.done_at is null)
        """
        return state.execute(query, [batch_id]).rowcount == 1
