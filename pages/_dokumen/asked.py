"""Which document is looked at: kind, unit, period, from the URL and from what was clicked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from components.document_words import KINDS, period_words, title
from components.formats import stamp
from data_access import briefs, document_periods, document_store, geography
from data_access.briefs import Brief
from data_access.dimensions import Dimensions
from data_access.document_store import PROVINCE, may_see
from data_access.live import State
from data_access.scope import Scope
from data_access.settings import settings
from pages._query import Check

DEFAULT_KIND = "bulanan"
BRIEF = "ringkasan"
# The name in the URL of the period of each kind: other screens know months alone.
PERIOD_NAMES = {"bulanan": "periode", "mingguan": "minggu", "tahunan": "tahun", BRIEF: "nomor"}
OWN_NAMES = ("dokumen", "minggu", "tahun", "nomor", "daftar")
PROVINCE_WORDS = "Provinsi DKI Jakarta"
BRIEFS_OFFERED = 14
BRIEF_TYPES = ("kota", "kabupaten")
EVERY = "semua"
ALONE = "simpanan"  # asks for what is kept at this moment: an answer for one viewer, shown to no other


def _kind(value: str, _state: State) -> str | None:
    return value if value in KINDS else None


def _period_of(kind: str) -> Check:
    return lambda value, state: value if value in document_periods.offered(kind, state.as_of) else None


def _number(value: str, _state: State) -> str | None:
    return value if value.isascii() and value.isdecimal() and len(value) <= 12 else None


def _every(value: str, _state: State) -> str | None:
    return value if value == EVERY else None


def _yes(value: str, _state: State) -> str | None:
    return value if value == "ya" else None


CHECKS: dict[str, Check] = {"dokumen": _kind, "daftar": _every, ALONE: _yes, "nomor": _number} | {
    name: _period_of(kind) for kind, name in PERIOD_NAMES.items() if kind != BRIEF
}


@dataclass(frozen=True)
class Asked:
    """A document of a unit and a period.

    `unit_id` as the URL has it; `subject_id` as documents are kept; `offered`: (period, its words); `period` '' when
    none is offered; `allowed`: the viewer may have it; `as_of`: of a brief, which was seen then.
    """

    kind: str
    unit_id: str
    subject_id: str
    subject: str
    period: str
    offered: tuple[tuple[str, str], ...]
    allowed: bool
    as_of: datetime | None = None

    @property
    def title(self) -> str:
        """'Laporan bulanan Oktober 2026'."""
        return title(self.kind, self.period)


def asked(scope: Scope, query: Mapping[str, str], state: State) -> Asked:
    """From a canonical query; the newest period that is over, and the province, unless others are named.

    Raises DatabaseUnavailable, psycopg.Error when the briefs cannot be read.
    """
    kind, unit_id, names = query.get("dokumen", DEFAULT_KIND), query.get("unit", PROVINCE), state.frame.names
    if kind == BRIEF:
        return _asked_brief(scope, query.get(PERIOD_NAMES[BRIEF]), unit_id, names)
    offered = [(period, period_words(kind, period)) for period in document_periods.offered(kind, state.as_of)]
    offered[0] = (offered[0][0], f"{offered[0][1]}, berjalan")
    period = query.get(PERIOD_NAMES[kind]) or document_periods.usual(kind, state.as_of)
    allowed = may_see(scope, names, unit_id)
    return Asked(kind, unit_id, unit_id, subject_words(names, unit_id), period, tuple(offered), allowed)


def _asked_brief(scope: Scope, number: str | None, unit_id: str, names: Dimensions) -> Asked:
    """A brief is of all that waits in an area, whoever holds it: it is kept under the area's code."""
    unit = names.units[names.unit_code(unit_id) or 0]
    of_area = unit_id == PROVINCE or unit.unit_type in BRIEF_TYPES
    area = (unit.wilayah_code or PROVINCE) if of_area else unit_id
    allowed = of_area and may_see(scope, names, area)
    found = _briefs(area) if allowed else []
    offered = tuple((str(brief.brief_id), f"{brief.kind}, {stamp(brief.due_at)}") for brief in found)
    chosen = next((brief for brief in found if number in (None, str(brief.brief_id))), None)
    period, as_of = (str(chosen.brief_id), chosen.as_of) if chosen else ("", None)
    return Asked(BRIEF, unit_id, area, subject_words(names, area), period, offered, allowed, as_of)


def _briefs(area: str) -> list[Brief]:
    with document_store.opened(settings().state_dsn) as connection:
        return briefs.newest(connection, area, BRIEFS_OFFERED)


def subject_words(names: Dimensions, subject_id: str) -> str:
    """The full name of a unit or an area; its identifier when nobody knows it any more."""
    if subject_id == PROVINCE:
        return PROVINCE_WORDS
    code = names.unit_code(subject_id)
    return names.units[code].name if code else geography.names().get(subject_id, subject_id)
