"""A desk with three reports, what is written down at it, and a mail server: for the tests of what people do there."""

from dataclasses import replace
from datetime import UTC, datetime

import psycopg
import pytest

from pages._peringatan import act
from tests.builders import report
from tests.data_access.desk_world import state_of
from tests.data_access.test_mail import post

__all__ = ["post"]  # a fixture, for who imports this

WHO = "Rina"
CALL = {"kali": 1, "unit": "K-GAMBIR", "tindakan": "hubungi", "hasil": "dijawab", "catatan": "petugas ke lokasi"}
REPORTS = (
    report(number="LAMA", unit="K-GAMBIR", entered="2026-11-21 13:00", category="sampah"),
    report(number="ENAM", unit="K-GAMBIR", entered="2026-11-22 08:00", category="sampah"),
    report(number="LAIN", unit="K-CIDENG", entered="2026-11-22 08:00", category="sampah"),
)
SMTP = {"MAIL_FROM": "Sekretariat Kota <crm@example.go.id>"}


@pytest.fixture
def state(desk_dsn):
    return state_of(*REPORTS)


@pytest.fixture
def log(desk_dsn):
    """log() -> what was written down, oldest first."""

    def rows() -> list[tuple]:
        query = "select kind, unit_id, report_ids, outcome, note, done_by from pantau.desk_action order by action_id"
        with psycopg.connect(desk_dsn) as connection:
            return connection.execute(query).fetchall()

    return rows


@pytest.fixture
def addresses(tmp_path):
    """A file of contacts in which Kelurahan Gambir alone can be written to."""
    path = tmp_path / "contacts.csv"
    path.write_text("unit_id,email,whatsapp\nK-GAMBIR,gambir@example.go.id,0812 3456 7890\nK-CIDENG,,62811111111\n")
    return str(path)


def state_now(state):
    """The same rows at the clock of the state database: actions are of this minute, hand-made reports are not."""
    return replace(state, as_of=datetime.now(UTC))


def refusal(scope, state, order) -> str:
    with pytest.raises(act.Refused) as refused:
        act.act(scope, state, WHO, order)
    return str(refused.value)
