"""Which reports the frames hold: everything a score of their months rests on, by the real predicates."""

from datetime import timedelta

import psycopg
import pytest

from data_access import contract, dimensions, reader, tickets
from scoring.periods import Period
from tests.builders import wib
from tests.crm import add_names, add_report

pytestmark = pytest.mark.db
OCTOBER = Period(2026, 10)
TICKET = "insert into crm.ticket (report_id, opened_at, commitment_at, limit_at) values (%s, %s, %s, %s)"


@pytest.fixture
def crm(crm_dsn):
    with psycopg.connect(crm_dsn, autocommit=True) as connection:
        add_names(connection)
        yield connection


def add_old(connection, number: str, status: str = "selesai", completed: str | None = None) -> None:
    """A report of July, last touched in August."""
    times = {"entered_at": wib("2026-07-20 08:00"), "updated_at": wib("2026-08-20 08:00")}
    add_report(connection, number, status=status, **times)
    completed_at = completed and wib(completed)
    connection.execute("update crm.report set completed_at = %s where report_id = %s", (completed_at, number))


def read(connection, rows) -> list[str]:
    usable = contract.usable_columns(connection)
    return sorted(reader.read(connection, rows, dimensions.load(connection, usable)).number)


def add_july(connection) -> None:
    add_old(connection, "SELESAI", completed="2026-08-20 08:00")
    add_old(connection, "TERBUKA", status="proses")
    add_old(connection, "TANPA-WAKTU")
    add_old(connection, "TERBALIK", completed="2026-07-19 08:00")
    add_old(connection, "JANJI", completed="2026-08-20 08:00")
    connection.execute(TICKET, ("JANJI", wib("2026-07-21 08:00"), wib("2026-10-20 08:00"), wib("2026-10-20 08:00")))


def test_the_live_frame_keeps_what_is_left_over_and_what_a_ticket_brings(crm):
    add_july(crm)
    rows = reader.live_rows(wib("2026-09-01 00:00"), ["JANJI"])
    assert read(crm, rows) == ["JANJI", "TANPA-WAKTU", "TERBALIK", "TERBUKA"]


def test_a_closed_month_keeps_them_too(crm):
    add_july(crm)
    assert read(crm, reader.period_rows(OCTOBER, ["JANJI"])) == ["JANJI", "TANPA-WAKTU", "TERBALIK", "TERBUKA"]
    assert read(crm, reader.period_rows(OCTOBER)) == ["TANPA-WAKTU", "TERBALIK", "TERBUKA"]


def test_unfinished_reports_are_found_by_their_index(crm):
    condition, _ = reader.live_rows(wib("2026-09-01 00:00"))
    assert reader.UNFINISHED in condition
    crm.execute("set enable_seqscan = off")
    plan = crm.execute(f"explain select from crm.report where {reader.UNFINISHED}").fetchall()
    assert "report_unfinished" in str(plan)


def test_of_two_tickets_the_first_opened_counts_whatever_their_limits(crm):
    first, second = wib("2026-07-21 08:00"), wib("2026-08-01 08:00")
    crm.execute(TICKET, ("A", first, first, wib("2026-08-20 08:00")))
    crm.execute(TICKET, ("A", second, second, wib("2026-12-20 08:00")))
    crm.execute(TICKET, ("B", first, first, wib("2026-12-20 08:00")))
    usable = contract.usable_columns(crm)
    assert [ticket.report_id for ticket in tickets.since(crm, wib("2026-09-01 00:00"), usable)] == ["B"]
    assert len(tickets.since(crm, first - timedelta(days=1), usable)) == 2
