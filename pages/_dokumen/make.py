"""The form: which document to make, and what happens when somebody asks for it."""

from collections.abc import Callable

from dash import html

from components.desk import choice
from components.document_words import CHOICES
from components.formats import stamp
from data_access import document_batches, document_store
from data_access.document_store import FORMATS, PROVINCE, open_subjects
from data_access.live import State
from data_access.scope import Scope
from data_access.settings import settings
from pages._dokumen import workers
from pages._dokumen.asked import BRIEF, CHECKS, DEFAULT_KIND, PERIOD_NAMES, PROVINCE_WORDS, Asked, asked
from pages._query import canonical

WAITING_AT_MOST = 20
UNKNOWN = "Jenis, unit, atau periode ini tidak dikenal."
BRIEF_UNITS = "Ringkasan pemeriksaan dibuat per kota dan untuk provinsi. Pilih salah satunya."
# It is of everything, and everything is the province.
WHOLE_TYPE = "provinsi"


class Refused(Exception):
    """What was asked cannot be done; the message is one line for the one who asked."""


def kinds(kind: str) -> html.Span:
    """The choice of a kind."""
    named = {one: "" if one == DEFAULT_KIND else one for one in CHOICES}
    links = [(CHOICES[one], f"?dokumen={name}&halaman=", one == kind) for one, name in named.items()]
    return choice(links, "Jenis dokumen")


def period_options(found: Asked) -> list[dict[str, str]]:
    """The periods of the kind, newest first."""
    return [{"label": words[:1].upper() + words[1:], "value": period} for period, words in found.offered]


def form_data(scope: Scope, state: State, found: Asked) -> dict:
    """What assets/88-dokumen.js needs: the units to offer as (unit_id, name), and what is chosen."""
    return {
        "units": _units(scope, state),
        "kind": found.kind,
        "unit": found.unit_id,
        "unit_name": found.subject,
        "period": found.period,
        "period_name": PERIOD_NAMES[found.kind],
        "allowed": found.allowed and bool(found.period),
    }


def _units(scope: Scope, state: State) -> list[tuple[str, str]]:
    """The province first, then by name; those whose documents the viewer may have alone."""
    allowed = open_subjects(scope, state.frame.names)
    known = [unit for unit in state.frame.names.units[1:] if unit.unit_type != WHOLE_TYPE]
    offered = sorted((unit.name, unit.unit_id) for unit in known if allowed is None or unit.unit_id in allowed)
    first = [(PROVINCE, PROVINCE_WORDS)] if allowed is None else []
    return first + [(unit_id, name) for name, unit_id in offered]


def about(found: Asked, state: State) -> list:
    """What would be made, in a sentence."""
    if not found.allowed:
        return [BRIEF_UNITS if found.kind == BRIEF else "Pilih unit yang seluruh jajarannya boleh Anda lihat."]
    if not found.period:
        return [f"Belum ada ringkasan tersimpan untuk {found.subject}; dibuat pada tiap pemeriksaan."]
    as_of = stamp(found.as_of or state.as_of)
    return [html.B(found.title), f", {found.subject}. Data per {as_of}; PDF, Word, dan Excel sekaligus."]


def order(scope: Scope, state: State, who: str, told: object) -> str:
    """Do what was asked for and say so in one line. Raises Refused, DatabaseUnavailable, psycopg.Error."""
    doing = DEEDS.get(told.get("tindakan")) if isinstance(told, dict) and _texts(told) else None
    if doing is None:
        raise Refused("Permintaan tidak dapat dibaca.")
    return doing(scope, state, who, told)


def _texts(told: dict) -> bool:
    return all(isinstance(told.get(name, ""), str) for name in ("tindakan", "jenis", "unit", "periode", "nomor"))


def _make(scope: Scope, state: State, who: str, told: dict) -> str:
    found = _checked(scope, state, told)
    as_of = found.as_of or state.as_of.replace(second=0, microsecond=0)
    with document_store.opened(settings().state_dsn) as connection:
        if document_batches.asked_by_hand_count(connection) >= WAITING_AT_MOST:
            raise Refused("Masih banyak dokumen yang antre. Silakan coba lagi sesudah beberapa selesai.")
        subjects = [found.subject_id]
        number = document_batches.request(connection, found.kind, found.period, FORMATS, subjects, as_of, who)
        batch = document_batches.find(connection, number)
    if batch.finished_at:
        return f"Dokumen ini baru saja dibuat, data per {stamp(batch.as_of)}."
    workers.start(number)
    return f"{found.title}, {found.subject}, sedang dibuat."


def _checked(scope: Scope, state: State, told: dict) -> Asked:
    """What the body asks for, as the URL would; nothing else of it is believed."""
    name = PERIOD_NAMES.get(told.get("jenis", ""), "")
    given = {"dokumen": told.get("jenis", ""), name: told.get("periode", ""), "unit": told.get("unit", "")}
    names = ("dokumen", name, "unit")
    query = dict(canonical(given, state, names, CHECKS)) if name else {}
    if any(given[one] and query.get(one) != given[one] for one in names) or not query.get(name):
        raise Refused(UNKNOWN)
    found = asked(scope, query, state)
    if not found.allowed:
        raise Refused("Unit ini, atau unit di bawahnya, di luar kewenangan Anda.")
    if found.period != query[name]:
        raise Refused(UNKNOWN)
    return found


def _resume(scope: Scope, state: State, _who: str, told: dict) -> str:
    number = told.get("nomor", "")
    if not (number.isascii() and number.isdecimal() and len(number) <= 12):
        raise Refused("Permintaan tidak dapat dibaca.")
    allowed = open_subjects(scope, state.frame.names)
    with document_store.opened(settings().state_dsn) as connection:
        subjects = document_batches.subjects(connection, [int(number)])[int(number)]
        if not subjects or not (allowed is None or subjects <= allowed):
            raise Refused("Pembuatan ini tidak dikenal atau di luar kewenangan Anda.")
        if not document_batches.resume(connection, int(number)):
            return "Tidak ada yang tersisa: semua dokumen sudah dibuat."
    workers.start(int(number))
    return "Pembuatan dilanjutkan."


DEEDS: dict[str, Callable[[Scope, State, str, dict], str]] = {"buat": _make, "lanjut": _resume}
