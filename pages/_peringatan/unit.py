"""The unit that is chosen: how it is reached, and where its score stands."""

from components.desk_message import unit_context
from components.formats import month_year
from data_access import contacts, monitor
from data_access.live import State
from data_access.scope import Scope
from data_access.settings import settings
from pages._query import CHECKS

NO_SERVER = "Surel belum diatur: isi SMTP_URL dan MAIL_FROM."
NO_ADDRESS = "Alamat surel unit ini belum ada di berkas CONTACTS."


def chosen(scope: Scope, state: State, unit_id: str) -> dict | None:
    """What the panel of the message needs beside the row; None for a unit the viewer may not see.

    A number goes to the browser for this one unit alone, an address not at all.
    """
    if CHECKS["unit"](unit_id, state) is None or not (scope.everything or unit_id in scope.unit_ids):
        return None
    contact = contacts.of_unit(unit_id)
    lacks = mail_lacks(contact)
    return {
        "id": unit_id,
        "whatsapp": contact.whatsapp or "",
        "mail": not lacks,
        "lacks": lacks,
        "score": _score(scope, state, unit_id),
    }


def mail_lacks(contact: contacts.Contact) -> str:
    """What must be set before the server can write to a unit; '' when nothing is."""
    if not (settings().smtp_url and settings().mail_from):
        return NO_SERVER
    return "" if contact.email else NO_ADDRESS


def _score(scope: Scope, state: State, unit_id: str) -> str:
    reading = monitor.asked(scope, state, {"unit": unit_id})
    if reading is None:
        return ""
    name, month = reading.name(reading.unit), month_year(str(reading.period))
    value = None if reading.final is None else reading.shown(reading.final)
    return unit_context(name, month, value, reading.grade, f"/tkd/{unit_id}")
