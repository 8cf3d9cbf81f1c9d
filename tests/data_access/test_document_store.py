"""Kept documents: once, byte for byte, in pieces, the newest first, and only for who may see all they show."""

import hashlib

import psycopg
import pytest

from data_access import document_store
from data_access.document_store import Wanted
from data_access.engine import DatabaseUnavailable
from data_access.scope import EVERYTHING, NOTHING, Scope
from data_access.state import migrate
from tests.builders import NAMES, wib

AS_OF = wib("2026-11-09 02:30")


@pytest.fixture
def state(empty_database):
    """A writing connection to an empty state schema."""
    migrate.upgrade(empty_database)
    with psycopg.connect(empty_database, autocommit=True) as connection:
        yield connection


def keep(state, subject="W-31.71", period="2026-10", form="pdf", as_of=AS_OF, content=b"%PDF", kind="bulanan") -> bool:
    return document_store.store(
        state, kind, subject, period, form, as_of, content, stamp="SEMENTARA", simulated=True, by="uji"
    )


@pytest.mark.db
def test_a_document_is_kept_once_with_its_digest(state):
    assert keep(state, content=b"first")
    assert not keep(state, content=b"second")
    [[kept]] = document_store.newest(state, Wanted())
    assert (kept.sha256, kept.bytes_count) == (hashlib.sha256(b"first").hexdigest(), 5)
    assert (kept.stamp, kept.as_of, kept.made_by, kept.simulated) == ("SEMENTARA", AS_OF, "uji", True)


@pytest.mark.db
@pytest.mark.parametrize("size", [1, document_store.PIECE_BYTES, document_store.PIECE_BYTES * 2 + 7])
def test_its_bytes_come_back_in_pieces(state, empty_database, size):
    content = bytes(range(256)) * (size // 256 + 1)
    keep(state, content=content[:size])
    [[kept]] = document_store.newest(state, Wanted())
    pieces = list(document_store.pieces(empty_database, kept))
    assert b"".join(pieces) == content[:size]
    assert max(map(len, pieces)) <= document_store.PIECE_BYTES


@pytest.mark.db
def test_what_was_made_together_stands_together_the_newest_first(state):
    for form in ("xlsx", "pdf", "docx"):
        keep(state, form=form)
    keep(state, as_of=wib("2026-12-01 08:00"), form="pdf")
    keep(state, subject="D-BM", period="2026-09", as_of=wib("2026-10-09 02:30"))
    sets = document_store.newest(state, Wanted())
    assert [[kept.format for kept in one] for one in sets] == [["pdf"], ["pdf", "docx", "xlsx"], ["pdf"]]
    assert [one[0].as_of for one in sets] == [wib("2026-12-01 08:00"), AS_OF, wib("2026-10-09 02:30")]
    assert document_store.count(state, Wanted()) == 3


@pytest.mark.db
def test_a_page_holds_so_many_sets(state, monkeypatch):
    monkeypatch.setattr(document_store, "SETS_PER_PAGE", 2)
    for month in range(1, 6):
        keep(state, period=f"2026-{month:02d}")
    pages = [document_store.newest(state, Wanted(), page) for page in (1, 2, 3)]
    months = [[one[0].period[-2:] for one in page] for page in pages]
    assert months == [["05", "04"], ["03", "02"], ["01"]]


@pytest.mark.db
def test_they_are_found_by_kind_subject_period_and_scope(state):
    keep(state)
    keep(state, kind="mingguan", period="2026-W48")
    keep(state, subject="", period="2026-10")
    keep(state, subject="D-BM", period="2026-09")

    def found(**given) -> set[tuple[str, str]]:
        sets = document_store.newest(state, Wanted(**given))
        assert document_store.count(state, Wanted(**given)) == len(sets)
        return {(one[0].kind, one[0].subject_id) for one in sets}

    assert found(kind="bulanan") == {("bulanan", "W-31.71"), ("bulanan", ""), ("bulanan", "D-BM")}
    assert found(subject_id="W-31.71") == {("bulanan", "W-31.71"), ("mingguan", "W-31.71")}
    assert found(subject_id="") == {("bulanan", "")}
    assert found(period="2026-09") == {("bulanan", "D-BM")}
    assert found(subjects=frozenset({"D-BM"})) == {("bulanan", "D-BM")}
    assert found(subjects=frozenset()) == set()


@pytest.mark.db
def test_a_kind_or_format_nobody_knows_is_not_kept(state):
    with pytest.raises(ValueError, match=r"bulanan\.exe"):
        keep(state, form="exe")
    with pytest.raises(ValueError, match="harian"):
        keep(state, kind="harian")


def test_a_document_is_for_who_sees_its_subject_and_all_below_it():
    def subjects(*unit_ids: str) -> frozenset[str]:
        return document_store.open_subjects(Scope(False, frozenset(unit_ids)), NAMES)

    assert document_store.open_subjects(EVERYTHING, NAMES) is None
    assert subjects("K-GAMBIR") == {"K-GAMBIR"}
    assert subjects("W-31.71", "W-31.71.01", "K-GAMBIR") == {"K-GAMBIR"}  # Cideng is missing below both
    assert subjects("W-31.71.01", "K-GAMBIR", "K-CIDENG") == {"W-31.71.01", "K-GAMBIR", "K-CIDENG"}
    assert subjects("D-BM") == frozenset()
    assert subjects("tidak-ada") == frozenset()


def test_the_province_needs_everything():
    every = Scope(False, frozenset(unit.unit_id for unit in NAMES.units))
    assert document_store.may_see(EVERYTHING, NAMES, "")
    assert not document_store.may_see(every, NAMES, "")
    assert document_store.may_see(every, NAMES, "W-31.71")
    assert not document_store.may_see(NOTHING, NAMES, "K-GAMBIR")


@pytest.mark.db
def test_a_database_that_is_away_says_so_in_time():
    with pytest.raises(DatabaseUnavailable), document_store.opened("postgresql://u@127.0.0.1:1/none"):
        pytest.fail("it cannot be opened")
