"""The desk's screen in front of a real state database, with hand-made reports."""

from collections.abc import Callable

import psycopg

from data_access import briefs, checks, contacts, desk_reading, past_waiting
from data_access.filters import Filters
from data_access.kept import Kept
from data_access.live import State
from data_access.scope import EVERYTHING, Scope
from data_access.settings import settings
from pages._query import canonical
from tests.builders import wib
from tests.data_access.desk_world import state_of


def point_at(monkeypatch, dsn: str, **environment: str) -> None:
    """Read and write in this database from now on, with other settings as they are given."""
    for name, value in ({"CRM_DSN": dsn} | environment).items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    contacts._known.cache_clear()
    monkeypatch.setattr(desk_reading, "_before", Kept(desk_reading.STORED_SECONDS, 4))
    monkeypatch.setattr(past_waiting, "_kept", Kept(past_waiting.KEPT_SECONDS, 4))


def builder() -> Callable[..., dict]:
    """built(*reports, query, scope, **world) -> the parts of the screen, as the browser would ask for them."""
    from pages import peringatan
    from pages._peringatan.asked import CHECKS

    def built(*reports: dict, query: dict[str, str] | None = None, scope: Scope = EVERYTHING, **world) -> dict:
        state = state_of(*reports, **world)
        return peringatan.build(scope, dict(canonical(query or {}, state, peringatan.ASKS, CHECKS)), state)

    return built


def store(dsn: str, name: str, due: str, area_code: str, state: State) -> int:
    """Keep the desk of `state` as the brief of a check; its number."""
    check = checks.Check(wib(due), name)
    body = desk_reading.body(EVERYTHING, state, Filters(area_code=area_code or None), check, None, [])
    with psycopg.connect(dsn, autocommit=True) as connection:
        assert briefs.store(connection, name, area_code, check.at, body, "uji")
        return briefs.find(connection, name, area_code, check.at).brief_id
