"""A past is read once for all who ask, and kept: later revisions and failures do not read it again."""

import threading

import psycopg
import pytest

from data_access import engine, past
from data_access.engine import DatabaseUnavailable
from scoring.periods import Period
from tests.builders import wib
from tests.data_access.past_crm import put, satu, state_of

pytestmark = pytest.mark.db
NOVEMBER = Period(2026, 11)
AT = wib("2026-11-20 07:30")


@pytest.fixture
def crm(crm_dsn, monkeypatch):
    with satu(crm_dsn, monkeypatch) as connection:
        yield connection


@pytest.fixture
def opened(monkeypatch):
    """Connections opened to read the past."""
    calls = []
    real = engine.connect
    monkeypatch.setattr(engine, "connect", lambda dsn, **options: calls.append(dsn) or real(dsn, **options))
    return calls


def test_many_who_ask_for_one_instant_cost_one_reading(crm, opened):
    state, found = state_of(crm), []
    asking = [threading.Thread(target=lambda: found.append(past.card_at(state, NOVEMBER, AT))) for _ in range(8)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len(opened) == 1
    assert len({id(one) for one in found}) == 1


def test_a_later_revision_needs_no_other_reading_until_the_kept_one_is_old(crm, opened, monkeypatch):
    first = past.card_at(state_of(crm), NOVEMBER, AT)
    put(crm, status="proses")
    assert past.card_at(state_of(crm), NOVEMBER, AT) is first
    past.card_at(state_of(crm), NOVEMBER, wib("2026-11-19 07:30"))
    assert len(opened) == 2
    monkeypatch.setattr(past, "READ_AGAIN_SECONDS", 0)
    assert past.card_at(state_of(crm), NOVEMBER, AT) is not first


def test_few_instants_are_kept_those_asked_for_last(crm, opened):
    state, days = state_of(crm), range(1, past.INSTANTS_KEPT + 2)
    for day in days:
        past.card_at(state, NOVEMBER, wib(f"2026-11-{day:02d} 07:30"))
        past.card_at(state, NOVEMBER, wib("2026-11-01 07:30"))
    assert len(opened) == len(days)
    past.card_at(state, NOVEMBER, wib("2026-11-02 07:30"))
    assert len(opened) == len(days) + 1


def test_minutes_that_viewers_chose_push_out_nothing_and_nobody_waits_for_them(crm, opened):
    state = state_of(crm)
    known = past.card_at(state, NOVEMBER, AT)
    for minute in range(past.INSTANTS_KEPT + 2):
        past.card_at(state, NOVEMBER, wib(f"2026-11-19 10:{minute:02d}"), own_minute=True)
    assert past.card_at(state, NOVEMBER, AT) is known
    with past._own_minutes.reading:  # somebody's minute is being read
        asking = threading.Thread(target=past.card_at, args=(state, NOVEMBER, wib("2026-11-18 07:30")), daemon=True)
        asking.start()
        asking.join(5)
        assert not asking.is_alive()


def test_a_unit_that_is_new_in_the_crm_is_in_the_past_too(crm):
    past.card_at(state_of(crm), NOVEMBER, AT)
    crm.execute("insert into crm.unit values ('A-BARU', 'Unit Baru', 'Baru', 'dinas', null, null)")
    assert past.card_at(state_of(crm), NOVEMBER, AT).card.reports.units.ids == ("A-BARU", "D-BM", "K-GAMBIR")


def test_a_database_that_is_away_leaves_what_was_read_and_is_asked_once(crm, monkeypatch, opened):
    state = state_of(crm)
    known = past.card_at(state, NOVEMBER, AT)
    monkeypatch.setattr(past, "READ_AGAIN_SECONDS", 0)

    def away(*_arguments, **_options):
        opened.append("away")
        raise DatabaseUnavailable("cannot reach 127.0.0.1:1/crm")

    monkeypatch.setattr(engine, "connect", away)
    for _ in range(3):
        assert past.card_at(state, NOVEMBER, AT) is known
        with pytest.raises(DatabaseUnavailable, match="cannot reach"):
            past.card_at(state, NOVEMBER, wib("2026-11-19 07:30"))
    assert opened.count("away") == 1


def test_a_table_that_is_locked_ends_at_the_deadline(crm, crm_dsn, monkeypatch):
    monkeypatch.setattr(past, "DEADLINE_SECONDS", 0.3)
    state = state_of(crm)
    with psycopg.connect(crm_dsn) as other:
        other.execute("lock table crm.report_event")
        with pytest.raises(DatabaseUnavailable, match="did not answer within"):
            past.card_at(state, NOVEMBER, AT)
