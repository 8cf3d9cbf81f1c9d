"""Closed months: read once for all who ask at once, and a failure is not tried by each of them."""

import threading
from dataclasses import replace

import psycopg
import pytest

from data_access import engine, monitor, months
from data_access.engine import DatabaseUnavailable
from data_access.live import State
from data_access.scope import EVERYTHING
from data_access.settings import Settings
from scoring.periods import Period
from tests.builders import frame, report, wib
from tests.crm import add_names, add_report

pytestmark = pytest.mark.db
STATE = State(frame(report()), (), wib("2026-11-22 14:05"), "1", True, (), (), 0.0)


@pytest.fixture
def opened(monkeypatch, crm_dsn):
    """Connections opened for closed months of a CRM with one report of June."""
    with psycopg.connect(crm_dsn, autocommit=True) as connection:
        add_names(connection)
        add_report(connection, "JUNI", entered_at="2026-06-10 08:00+07")
    calls = []
    real = engine.connect
    monkeypatch.setattr(engine, "connect", lambda dsn, **options: calls.append(dsn) or real(dsn, **options))
    point_at(monkeypatch, crm_dsn)
    return calls


def point_at(monkeypatch, dsn: str) -> None:
    monkeypatch.setattr(months, "settings", lambda: Settings(dsn, dsn, None, None, None, "", None))
    months._closed.cache_clear()
    months._failed.clear()


def test_the_running_month_and_the_last_are_in_the_live_frame(opened):
    for period in (Period(2026, 12), Period(2026, 11), Period(2026, 10)):
        assert months.frame_of(period, STATE) is STATE.frame
    assert opened == []


def test_many_who_ask_at_once_cost_one_reading(opened):
    frames = []
    asking = [
        threading.Thread(target=lambda: frames.append(months.frame_of(Period(2026, 6), STATE))) for _ in range(12)
    ]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len(opened) == 1
    assert [list(found.number) for found in frames] == [["JUNI"]] * 12


def test_a_closed_month_speaks_of_units_by_the_codes_of_the_state_whatever_the_crm_knows_by_now(opened):
    """The CRM has two units here, the state more: one is gone, or came, since the one or the other was read."""
    june = Period(2026, 6)
    found = months.frame_of(june, STATE)
    assert [STATE.frame.names.units[code].unit_id for code in found.unit] == ["D-BM"]
    for unit in STATE.frame.names.units[1:]:
        assert monitor.reading(EVERYTHING, STATE, june, unit.unit_id, {}).unit_id == unit.unit_id
    renamed = replace(STATE.frame.names, units=STATE.frame.names.units[:2])
    fewer = replace(STATE, frame=replace(STATE.frame, names=renamed))
    assert months.frame_of(june, fewer).names is renamed
    assert len(opened) == 2


def test_a_failure_speaks_for_all_who_ask_meanwhile(opened, monkeypatch):
    point_at(monkeypatch, "postgresql://u@127.0.0.1:1/crm")
    for _ in range(5):
        with pytest.raises(DatabaseUnavailable, match=r"127\.0\.0\.1:1/crm"):
            months.frame_of(Period(2026, 6), STATE)
    assert len(opened) == 1
