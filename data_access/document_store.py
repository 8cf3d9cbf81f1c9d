"""Documents as they were made: kept once, read in pieces, listed for who may see all that they show.

Nothing is ever deleted here: a document that was handed out can be had again, byte for byte.
"""

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime

import psycopg

from data_access.commands import open_for_work
from data_access.dimensions import Dimensions
from data_access.engine import deadline
from data_access.scope import Scope

KINDS = ("bulanan", "mingguan", "tahunan", "ringkasan")
FORMATS = ("pdf", "docx", "xlsx")
PROVINCE = ""
DEADLINE_SECONDS = 5.0
PIECE_BYTES = 256 * 1024
SETS_PER_PAGE = 40
FIELDS = (
    "document_id, kind, subject_id, period, format, stamp, as_of, made_at, made_by, simulated, sha256,"
    " octet_length(content)"
)
STORE = """
insert into pantau.document
  (kind, subject_id, period, format, stamp, as_of, made_at, made_by, simulated, sha256, content)
values (%s, %s, %s, %s, %s, %s, clock_timestamp(), %s, %s, %s, %s)
on conflict on constraint document_once do nothing
"""
# A set is what was made together: the same kind, subject, period and as-of in several formats.
NEWEST = f"""
with newest as (
  select kind, subject_id, period, as_of from pantau.document where {{}}
  group by kind, subject_id, period, as_of order by as_of desc, kind, period desc, subject_id limit %s offset %s
)
select {FIELDS} from pantau.document join newest using (kind, subject_id, period, as_of)
order by as_of desc, kind, period desc, subject_id, array_position(array['pdf', 'docx', 'xlsx'], format)
"""
PIECE = "select substring(content from %s for %s) from pantau.document where document_id = %s"
COUNT = "select count(*) from (select from pantau.document where {} group by kind, subject_id, period, as_of) as sets"


@dataclass(frozen=True)
class Document:
    """A kept document without its bytes; `bytes_count` is their number."""

    document_id: int
    kind: str
    subject_id: str
    period: str
    format: str
    stamp: str
    as_of: datetime
    made_at: datetime
    made_by: str
    simulated: bool
    sha256: str
    bytes_count: int


@dataclass(frozen=True)
class Files:
    """What was just made: the bytes of each format, and what is said of the document beside it."""

    stamp: str
    simulated: bool
    by_format: dict[str, bytes]


@dataclass(frozen=True)
class Wanted:
    """Which documents: None for any; `subjects` None for every subject."""

    kind: str | None = None
    subject_id: str | None = None
    period: str | None = None
    subjects: frozenset[str] | None = None


@contextmanager
def opened(dsn: str) -> Iterator[psycopg.Connection]:
    """A writing autocommit connection for a viewer who waits. Raises DatabaseUnavailable after DEADLINE_SECONDS."""
    connection = open_for_work(dsn)
    try:
        with deadline(connection, DEADLINE_SECONDS):
            connection.autocommit = True
            yield connection
    finally:
        connection.close()


def store(
    state: psycopg.Connection, kind: str, subject_id: str, period: str, form: str, as_of: datetime,
    content: bytes, *, stamp: str, simulated: bool, by: str,
) -> bool:  # fmt: skip
    """Keep a document; False when it is there already. ValueError for a kind or format nobody knows."""
    if kind not in KINDS or form not in FORMATS:
        raise ValueError(f"{kind}.{form} is no document")
    given = [kind, subject_id, period, form, stamp, as_of, by, simulated, hashlib.sha256(content).hexdigest(), content]
    return state.execute(STORE, given).rowcount == 1


def there(state: psycopg.Connection, kind: str, subject_id: str, period: str, as_of: datetime) -> set[str]:
    """The formats of a set that are kept already."""
    query = "select format from pantau.document where (kind, subject_id, period, as_of) = (%s, %s, %s, %s)"
    return {form for (form,) in state.execute(query, [kind, subject_id, period, as_of])}


def find(state: psycopg.Connection, document_id: int) -> Document | None:
    """The document with this number."""
    row = state.execute(f"select {FIELDS} from pantau.document where document_id = %s", [document_id]).fetchone()
    return Document(*row) if row else None


def pieces(dsn: str, document: Document) -> Iterator[bytes]:
    """The bytes of a document, a piece at a time, each within a deadline. Raises DatabaseUnavailable."""
    with closing(open_for_work(dsn)) as connection:
        connection.autocommit = True
        for first in range(1, document.bytes_count + 1, PIECE_BYTES):
            with deadline(connection, DEADLINE_SECONDS):
                piece = connection.execute(PIECE, [first, PIECE_BYTES, document.document_id]).fetchone()[0]
            yield piece


def newest(state: psycopg.Connection, wanted: Wanted, page: int = 1) -> list[list[Document]]:
    """The sets of a page, the one known latest first; each as its documents, PDF before DOCX before XLSX."""
    where, values = _condition(wanted)
    found: dict[tuple, list[Document]] = {}
    for row in state.execute(NEWEST.format(where), [*values, SETS_PER_PAGE, (page - 1) * SETS_PER_PAGE]):
        document = Document(*row)
        found.setdefault((document.kind, document.subject_id, document.period, document.as_of), []).append(document)
    return list(found.values())


def count(state: psycopg.Connection, wanted: Wanted) -> int:
    """How many sets there are."""
    where, values = _condition(wanted)
    return state.execute(COUNT.format(where), values).fetchone()[0]


def _condition(wanted: Wanted) -> tuple[str, list]:
    asked = {"kind": wanted.kind, "subject_id": wanted.subject_id, "period": wanted.period}
    conditions = {f"{name} = %s": value for name, value in asked.items() if value is not None}
    if wanted.subjects is not None:
        conditions["subject_id = any(%s)"] = sorted(wanted.subjects)
    return " and ".join(conditions) or "true", list(conditions.values())


def open_subjects(scope: Scope, names: Dimensions) -> frozenset[str] | None:
    """The units whose documents the viewer may see, None for all and the province.

    A document shows everything below its subject: it is for who may see the subject and every unit below it.
    """
    if scope.everything:
        return None
    above = {unit.unit_id: unit.parent_id for unit in names.units[1:]}
    closed: set[str] = set()
    for unit_id in above.keys() - scope.unit_ids:
        at = unit_id
        while at in above and at not in closed:
            closed.add(at)
            at = above[at]
    return frozenset((above.keys() & scope.unit_ids) - closed)


def may_see(scope: Scope, names: Dimensions, subject_id: str) -> bool:
    """Whether the documents about a subject are for this viewer."""
    subjects = open_subjects(scope, names)
    return subjects is None or subject_id in subjects
