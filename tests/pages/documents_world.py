"""A store of documents, what the screen shows of it, and what a click is answered."""

import sys

import psycopg
import pytest

from data_access import briefs, document_store
from data_access.live import State
from data_access.scope import EVERYTHING, Scope
from data_access.settings import Settings
from data_access.state import migrate
from pages._query import canonical
from tests.builders import frame, wib

STATE = State(frame(), (), wib("2026-12-01 16:00:30"), "1", True, (), (), 0.0)
GAMBIR = Scope(False, frozenset({"K-GAMBIR"}))
CLICK = {"kali": 1, "tindakan": "buat", "jenis": "bulanan", "unit": "W-31.71", "periode": "2026-10"}
MODULES = ("pages.dokumen", "pages._dokumen.make", "pages._dokumen.asked")


def pointing_at(dsn: str) -> Settings:
    return Settings(dsn, dsn, None, None, None, "", None)


@pytest.fixture
def started(web, empty_database, monkeypatch):
    """The store is empty; the batches a process was started for."""
    migrate.upgrade(empty_database)
    for name in MODULES:
        monkeypatch.setattr(sys.modules[name], "settings", lambda: pointing_at(empty_database))
    found = []
    monkeypatch.setattr(sys.modules["pages._dokumen.workers"], "start", found.append)
    return found


@pytest.fixture
def state(started, empty_database):
    """A connection to the store."""
    with psycopg.connect(empty_database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def order(started):
    """order(scope, **changes) -> what a click is answered."""
    from pages._dokumen import make

    return lambda scope=EVERYTHING, **changes: make.order(scope, STATE, "Rina", CLICK | changes)


def shown(scope=EVERYTHING, **query) -> dict:
    from pages import dokumen

    names = (*dokumen.KEPT_ASKS, "simpanan")
    asked = dict(canonical(query, STATE, names, dokumen.CHECKS))
    return dokumen.build(scope, asked, STATE) | dokumen.what_is_kept(scope, asked, STATE)


def keep(state, subject="W-31.71", period="2026-10", kind="bulanan", form="pdf") -> None:
    document_store.store(
        state, kind, subject, period, form, wib("2026-11-09 02:30"), b"%PDF", stamp="FINAL", simulated=True, by="jadwal"
    )


def keep_brief(state, area: str, due_at: str) -> str:
    """The number of a stored brief."""
    body = {"as_of": wib(due_at).isoformat()}
    briefs.store(state, "pagi", area, wib(due_at), body, "jadwal")
    return str(state.execute("select max(brief_id) from pantau.brief").fetchone()[0])
