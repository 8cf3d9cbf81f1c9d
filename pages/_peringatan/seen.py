"""Which desk is shown: the one of this moment, or a check as it was written down."""

import logging
from dataclasses import dataclass
from datetime import datetime

import psycopg

from data_access import briefs, checks, desk_log, desk_reading
from data_access.briefs import Brief
from data_access.checks import Check
from data_access.engine import DatabaseUnavailable
from data_access.filters import Filters
from data_access.live import State
from data_access.scope import Scope
from data_access.settings import settings

log = logging.getLogger(__name__)
KOTA_LENGTH = len("31.71")


@dataclass(frozen=True)
class Seen:
    """`body` is drawn; `stored` the brief it comes from, None for this moment; `note` what the viewer must be told.

    `now`: the moment of the data, also beside a stored body."""

    body: dict
    stored: Brief | None
    note: str | None
    now: datetime

    @property
    def as_of(self) -> datetime:
        return datetime.fromisoformat(self.body["as_of"])


def seen(scope: Scope, state: State, filters: Filters, asked: str | None) -> Seen:
    """The desk that was asked for; where a check was not written down, this moment with a note.

    `asked`: the name of a daily check, the number of a stored one, or None.
    """
    stored, note = _stored(scope, state, filters, asked) if asked else (None, None)
    if stored is None:
        return Seen(desk_reading.live(scope, state, filters), None, note, state.as_of)
    narrowed = filters != Filters(area_code=stored.area_code or None)
    note = "Pemeriksaan disimpan per kota; saringan lain tidak berlaku di sini." if narrowed else None
    return Seen(stored.body, stored, note, state.as_of)


def newest_named(name: str, as_of: datetime) -> Check:
    """The newest check of this name that was due."""
    check = checks.last(as_of, briefs.limits_on(as_of))
    while check.name != name:
        check = desk_reading.previous(check)
    return check


def _stored(scope: Scope, state: State, filters: Filters, asked: str) -> tuple[Brief | None, str | None]:
    if not scope.everything:
        return None, "Pemeriksaan tersimpan hanya untuk yang melihat seluruh kota."
    try:
        with desk_log.opened(settings().state_dsn) as connection:
            found = _find(connection, state, filters, asked)
    except (DatabaseUnavailable, psycopg.Error) as error:
        log.warning("a stored check: %s", error)
        return None, "Pemeriksaan tersimpan belum dapat dibaca; ini keadaan sekarang."
    named = "ini" if asked.isdecimal() else f"{asked} terakhir"
    return found, None if found else f"Pemeriksaan {named} tidak tersimpan; ini keadaan sekarang."


def _find(connection: psycopg.Connection, state: State, filters: Filters, asked: str) -> Brief | None:
    if asked.isdecimal():
        brief = briefs.get(connection, int(asked))
        return brief if brief and brief.kind in briefs.limits_on(brief.due_at).check_times else None
    check = newest_named(asked, state.as_of)
    return briefs.find(connection, check.name, (filters.area_code or briefs.PROVINCE)[:KOTA_LENGTH], check.at)
