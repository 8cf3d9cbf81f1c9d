"""What the desk does about a unit: nothing of the body is believed but a choice, a note and a time."""

import logging
import re
from datetime import datetime, timedelta

import psycopg

from components.formats import clock, day_clock
from data_access import briefs, contacts, desk_log, early_warning, mail
from data_access.desk_log import Action
from data_access.engine import DatabaseUnavailable
from data_access.filters import Filters
from data_access.live import State
from data_access.mail import MailFailed
from data_access.scope import Scope
from data_access.settings import SettingsError, settings
from pages._peringatan.unit import mail_lacks
from scoring.periods import WIB

log = logging.getLogger(__name__)
AWAY = "Tindakan tidak dapat dicatat sekarang; isian Anda tetap di sini. Silakan coba lagi."
MESSAGE_LENGTH = 6000
SUBJECT = "Laporan warga yang menunggu tindak lanjut"
LONGEST_SNOOZE_MINUTES = desk_log.LONGEST_SNOOZE // timedelta(minutes=1)
BLANK = re.compile(r"\s")
OUTCOME_WORDS = {"dijawab": "dijawab", "tidak_dijawab": "tidak dijawab", "perlu_koordinasi": "perlu koordinasi"}


class Refused(Exception):
    """What was asked cannot be done; the message is one line for the one who asked."""


def act(scope: Scope, state: State, who: str, order: object) -> str:
    """Do what was asked for and say so in one line. Raises Refused."""
    if not isinstance(order, dict):
        raise Refused("Permintaan tidak dapat dibaca.")
    unit_id, note = order.get("unit"), order.get("catatan")
    if not isinstance(unit_id, str) or not isinstance(note, str):
        raise Refused("Permintaan tidak dapat dibaca.")
    code = state.frame.names.unit_code(unit_id)
    if not code or not (scope.everything or unit_id in scope.unit_ids):
        raise Refused("Unit ini tidak dikenal atau di luar kewenangan Anda.")
    doing = DEEDS.get(order.get("tindakan") if isinstance(order.get("tindakan"), str) else "")
    if doing is None:
        raise Refused("Tindakan ini tidak dikenal.")
    try:
        return doing(scope, state, who, unit_id, order, _checked(note))
    except (DatabaseUnavailable, psycopg.Error) as problem:
        log.warning("desk: %s", problem)
        raise Refused(AWAY) from problem


def done_since(scope: Scope, state: State, since: datetime) -> dict[str, dict]:
    """Unit -> the last that was done about it, as the script shows it; `now`: it belongs to the round of calls that
    began at `since`, or puts the unit off still. Raises DatabaseUnavailable, psycopg.Error.
    """
    with desk_log.opened(settings().state_dsn) as connection:
        found = desk_log.visible(scope, desk_log.newest(connection, state.as_of - desk_log.LONGEST_SNOOZE))
    return {unit_id: _shown(action, state.as_of, since) for unit_id, action in found.items()}


def _shown(action: Action, as_of: datetime, since: datetime) -> dict:
    return {
        "nomor": action.action_id,
        "kind": action.kind,
        "by": action.done_by,
        "at": _time(action.done_at, as_of),
        "until": _time(action.until, as_of) if action.until else "",
        "outcome": OUTCOME_WORDS.get(action.outcome, ""),
        "note": action.note,
        "reports": action.report_ids,
        "now": action.kind == desk_log.SNOOZED or action.done_at >= since,
    }


def _time(at: datetime, as_of: datetime) -> str:
    """The clock, with the day when that is another one."""
    same = at.astimezone(WIB).date() == as_of.astimezone(WIB).date()
    return clock(at) if same else day_clock(at)


def _called(scope: Scope, state: State, who: str, unit_id: str, order: dict, note: str) -> str:
    outcome = order.get("hasil")
    if not isinstance(outcome, str) or outcome not in OUTCOME_WORDS:
        raise Refused("Pilih hasilnya: dijawab, tidak dijawab, atau perlu koordinasi.")
    with desk_log.opened(settings().state_dsn) as connection:
        desk_log.record_call(connection, unit_id, _reports(scope, state, unit_id), outcome, note, who)
    return f"Tercatat atas nama {who}, {clock(state.as_of)} WIB. Status laporan di CRM tidak berubah."


def _snoozed(scope: Scope, state: State, who: str, unit_id: str, order: dict, note: str) -> str:
    minutes = order.get("menit")
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 1 <= minutes <= LONGEST_SNOOZE_MINUTES:
        raise Refused("Penundaan berakhir paling lama 24 jam dari sekarang.")
    with desk_log.opened(settings().state_dsn) as connection:
        now = connection.execute("select date_trunc('minute', now())").fetchone()[0]
        until = now + timedelta(minutes=minutes)
        reports = _reports(scope, state, unit_id)
        try:
            desk_log.record_snooze(connection, unit_id, reports, until, note, who)
        except ValueError as problem:  # a minute that ended meanwhile
            raise Refused("Penundaan berakhir di masa depan, paling lama 24 jam dari sekarang.") from problem
    return f"Ditunda sampai {_time(until, state.as_of)} WIB atas nama {who}."


def _withdrawn(_scope: Scope, _state: State, who: str, unit_id: str, order: dict, _note: str) -> str:
    number = order.get("nomor")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 2**53:
        raise Refused("Permintaan tidak dapat dibaca.")
    with desk_log.opened(settings().state_dsn) as connection:
        if not desk_log.withdraw(connection, unit_id, who, number):
            raise Refused("Hanya tindakan terakhir atas nama Anda sendiri yang dapat dibatalkan.")
    return "Tindakan terakhir dibatalkan; catatannya tetap tersimpan."


def _mailed(scope: Scope, state: State, who: str, unit_id: str, order: dict, _note: str) -> str:
    text, contact, where = _message(order.get("pesan")), contacts.of_unit(unit_id), settings()
    if lacks := mail_lacks(contact):
        raise Refused(lacks)
    with desk_log.opened(where.state_dsn) as connection:
        if not desk_log.begin_mail(connection, unit_id, _reports(scope, state, unit_id), text, who):
            raise Refused("Surel ke unit ini baru saja dikirim. Tunggu satu menit sebelum mengirim lagi.")
    try:
        mail.send(where.smtp_url, where.mail_from, contact.email, SUBJECT, text)
    except (MailFailed, SettingsError) as problem:
        log.warning("mail: %s", problem)
        with desk_log.opened(where.state_dsn) as connection:
            desk_log.mail_failed(connection, unit_id, who)
        raise Refused("Surel tidak terkirim; pesan Anda tetap di sini. Salin dan kirim dengan cara lain.") from problem
    return f"Surel terkirim ke alamat unit, tercatat atas nama {who}. Tandai juga bila sudah dijawab."


def _message(text: object) -> str:
    """The words to send. Raises Refused."""
    if not isinstance(text, str) or not text.strip() or len(text) > MESSAGE_LENGTH:
        raise Refused(f"Pesan kosong atau lebih dari {MESSAGE_LENGTH} huruf.")
    # A name or a paste may hold blanks of another width, which a mail needs no more than a reader.
    lines = [BLANK.sub(" ", line) for line in text.splitlines()]
    if not all(line.replace(desk_log.JOINER, "").isprintable() for line in lines):
        raise Refused("Pesan memuat tanda yang tidak dapat dikirim.")
    return "\n".join(lines)


DEEDS = {"hubungi": _called, "tunda": _snoozed, "batal": _withdrawn, "surel": _mailed}


def _reports(scope: Scope, state: State, unit_id: str) -> list[str]:
    """What wants something at the unit now, by our own desk: never what a browser says."""
    desk = early_warning.desk(scope, state, Filters(unit_id=unit_id), briefs.limits_on(state.as_of))
    code = state.frame.names.unit_code(unit_id)
    mine = [row for row in desk.rows if row.unit == code]
    return [str(state.frame.number[concern.row]) for row in mine for concern in row.concerns]


def _checked(note: str) -> str:
    """The note with plain blanks. Raises Refused."""
    try:
        return desk_log.checked_note(note)
    except ValueError as problem:
        raise Refused(f"Catatan paling panjang {desk_log.NOTE_LENGTH} huruf, tanpa tanda khusus.") from problem
