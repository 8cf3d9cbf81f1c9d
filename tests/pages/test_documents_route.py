"""Downloads of documents: the bytes that were kept, for who may see all they show, and nothing else for anybody."""

import sys

import psycopg
import pytest

from data_access import document_store
from data_access.engine import DatabaseUnavailable
from data_access.live import State
from data_access.scope import EVERYTHING, NOTHING, Scope
from data_access.settings import Settings
from data_access.state import migrate
from tests.builders import NAMES, frame, wib

pytestmark = pytest.mark.db
AS_OF = wib("2026-11-09 02:30")
PDF = b"%PDF-1.7 " + bytes(range(256)) * 2000


def pointing_at(dsn: str) -> Settings:
    return Settings(dsn, dsn, None, None, None, "", None)


@pytest.fixture
def route(web, empty_database, monkeypatch):
    """The module of the route, with a state and an empty store."""
    migrate.upgrade(empty_database)
    module = sys.modules["pages._web.documents"]
    state = State(frame(), (), wib("2026-11-20 10:00"), "1", True, (), (), 0.0)
    monkeypatch.setattr(module.api, "state", lambda: state)
    monkeypatch.setattr(
        module, "settings", lambda: Settings(empty_database, empty_database, None, None, None, "", None)
    )
    return module


@pytest.fixture
def state(empty_database):
    with psycopg.connect(empty_database, autocommit=True) as connection:
        yield connection


def keep(state, subject="W-31.71", form="pdf", content=PDF) -> str:
    """The address of a document that was just kept."""
    document_store.store(
        state, "bulanan", subject, "2026-10", form, AS_OF, content, stamp="FINAL", simulated=True, by="uji"
    )
    number = state.execute("select max(document_id) from pantau.document").fetchone()[0]
    return f"/api/dokumen/{number}.{form}"


@pytest.mark.parametrize(
    ("form", "content_type"),
    [
        ("pdf", "application/pdf"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_the_bytes_come_as_a_file_that_nobody_stores(route, demo, state, form, content_type):
    answer = demo.get(keep(state, form=form))
    assert (answer.status_code, answer.data) == (200, PDF)
    assert answer.headers["Content-Type"] == content_type
    name = f"bulanan-jakarta-pusat-2026-10-per-20261109-0230.{form}"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Content-Length"] == str(len(PDF))
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_nobody_without_a_session_gets_one(route, anonymous, state):
    assert anonymous.get(keep(state)).status_code == 401


@pytest.mark.parametrize(
    ("scope", "subject", "status"),
    [
        (EVERYTHING, "", 200),
        (Scope(False, frozenset(unit.unit_id for unit in NAMES.units)), "", 404),
        (Scope(False, frozenset({"K-GAMBIR"})), "K-GAMBIR", 200),
        (Scope(False, frozenset({"K-GAMBIR"})), "K-CIDENG", 404),
        (Scope(False, frozenset({"W-31.71", "W-31.71.01", "K-GAMBIR"})), "W-31.71", 404),  # Cideng is in it
        (NOTHING, "K-GAMBIR", 404),
    ],
)
def test_a_document_is_for_who_may_see_all_it_shows(route, demo, state, monkeypatch, scope, subject, status):
    monkeypatch.setattr(route, "current_scope", lambda: scope)
    assert demo.get(keep(state, subject)).status_code == status


def test_what_is_not_there_and_what_is_foreign_look_alike(route, demo, state, monkeypatch):
    address = keep(state)
    monkeypatch.setattr(route, "current_scope", lambda: NOTHING)
    foreign, absent = demo.get(address), demo.get("/api/dokumen/999999.pdf")
    assert (foreign.status_code, foreign.data) == (absent.status_code, absent.data)
    assert foreign.status_code == 404


@pytest.mark.parametrize(
    "path",
    ["1.html", "1.docx", "1.PDF", "0.pdf", "-1.pdf", f"{10**30}.pdf", "1.pdf%00", "1", "x.pdf", "1.pdf/..", "1.5.pdf"],
)
def test_made_up_addresses_find_nothing(route, demo, state, path):
    keep(state)
    assert demo.get(f"/api/dokumen/{path}").status_code == 404


def test_the_head_alone_reads_no_bytes(route, demo, state, monkeypatch):
    address = keep(state)
    monkeypatch.setattr(document_store, "PIECE", "select 1/0")
    answer = demo.head(address)
    assert (answer.status_code, answer.data) == (200, b"")


def test_a_database_that_is_away_asks_to_come_again(route, demo, monkeypatch):
    monkeypatch.setattr(route, "settings", lambda: pointing_at("postgresql://u@127.0.0.1:1/x"))
    answer = demo.get("/api/dokumen/1.pdf")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_a_database_that_leaves_half_way_breaks_the_file_off(route, demo, state, empty_database):
    answer = demo.get(keep(state), buffered=False)
    parts = answer.iter_encoded()
    next(parts)
    state.execute(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
        " where datname = current_database() and pid <> pg_backend_pid()"
    )
    with pytest.raises(DatabaseUnavailable):
        list(parts)
    answer.close()


def test_names_of_files_are_plain(route, state):
    keep(state, subject="tidak/ada ../é")
    [[document]] = document_store.newest(state, document_store.Wanted())
    assert route.file_name(document, NAMES) == "bulanan-tidak-ada-e-2026-10-per-20261109-0230.pdf"
    keep(state, subject="")
    names = {route.file_name(one, NAMES) for [one] in document_store.newest(state, document_store.Wanted())}
    assert "bulanan-provinsi-2026-10-per-20261109-0230.pdf" in names
