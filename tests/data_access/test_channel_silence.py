"""A channel is silent when its gap is longer than 99 of 100 of its own."""

import numpy as np
import psycopg
import pytest

from data_access import channel_silence as silence
from data_access.engine import DatabaseUnavailable
from data_access.frame import MICROSECONDS_PER_HOUR, microseconds
from data_access.kept import Kept
from data_access.scope import EVERYTHING, NOTHING, Scope
from tests.builders import at, wib
from tests.crm import add_report
from tests.data_access.month_crm import NOW, fill, point_at, put, state_of

WORKDAY, NIGHT, WEEKEND, WEEKEND_NIGHT = range(4)


def entries(gaps_hours: list[float], start: str = "2026-11-02 08:00") -> np.ndarray:
    return at(start) + (np.cumsum([0, *gaps_hours]) * MICROSECONDS_PER_HOUR).astype(np.int64)


@pytest.mark.parametrize(
    ("when", "part"),
    [
        ("2026-11-20 06:00", WORKDAY),
        ("2026-11-20 05:59", NIGHT),
        ("2026-11-20 18:00", NIGHT),
        ("2026-11-21 00:00", WEEKEND_NIGHT),
        ("2026-11-22 17:59", WEEKEND),
        ("2026-11-23 06:00", WORKDAY),
    ],
)
def test_the_week_has_four_parts_in_jakarta(when, part):
    assert silence.part_of_week(np.array([at(when)])).tolist() == [part]


def test_gaps_are_held_against_those_that_begin_in_the_same_part_of_the_week():
    day = entries([0.1] * 40 + [0.2])
    usual = silence.usual_gap(day, WORKDAY)
    assert (usual.gaps_count, usual.pooled) == (41, False)
    assert usual.p99_hours == pytest.approx(np.quantile([0.1] * 40 + [0.2], 0.99))
    assert usual.longest_hours == pytest.approx(0.2)


def test_few_gaps_of_a_part_are_judged_by_all_and_few_of_all_by_nothing():
    day = entries([0.1] * 40)
    assert silence.usual_gap(day, WEEKEND).pooled
    assert silence.usual_gap(entries([0.1] * 29), WORKDAY) is None
    assert silence.usual_gap(np.zeros(0, np.int64), WORKDAY) is None


@pytest.fixture
def crm(crm_dsn, monkeypatch):
    with psycopg.connect(crm_dsn, autocommit=True) as connection:
        fill(connection)
        for minute in range(40):
            add_report(connection, f"PAGI-{minute}", entered_at=wib(f"2026-11-23 10:{minute:02d}"))
        connection.execute("delete from crm.report where report_id in ('OKT-1', 'NOV-1', 'NOV-2')")
    point_at(monkeypatch, crm_dsn)
    return crm_dsn


@pytest.mark.db
def test_a_channel_that_stopped_comes_first_and_one_with_few_reports_is_not_judged(crm):
    state = state_of(crm)
    found = silence.silences(EVERYTHING, state, microseconds(NOW))
    names = [state.frame.names.channels[one.code][0] for one in found]
    assert names == ["JAKI", "EMAIL"]
    jaki, email = found
    assert jaki.silent_hours == pytest.approx(81 / 60)
    assert jaki.number == "PAGI-39"
    assert jaki.longest_ever
    an_hour_before = silence.silences(EVERYTHING, state, at("2026-11-23 10:40"))[0]
    assert not an_hour_before.unusual
    assert (email.usual, email.unusual) == (None, False)


@pytest.mark.db
def test_a_scope_without_units_knows_no_channel(crm):
    found = silence.silences(NOTHING, state_of(crm), microseconds(NOW))
    assert {(one.number, one.silent_hours) for one in found} == {(None, None)}


def stop(dsn: str, day: str) -> None:
    """A channel that had fifty reports on this day, all completed, and none since; an older one is still open."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("insert into crm.channel values ('X', 'X', 'written', false)")
        for minute in range(50):
            entered = f"{day} 10:{minute:02d}"
            put(connection, f"X-{minute}", entered, completed=f"{day} 18:00", channel="X")
        put(connection, "X-DULU", "2026-01-05 08:00", channel="X")
        connection.execute("update crm.report set updated_at = entered_at where channel_id = 'X'")


def of_channel(dsn: str, name: str = "X", scope: Scope = EVERYTHING) -> silence.Silence:
    state = state_of(dsn)
    found = silence.silences(scope, state, microseconds(NOW))
    return next(one for one in found if state.frame.names.channels[one.code][0] == name)


@pytest.mark.db
@pytest.mark.parametrize("day", ["2026-09-14", "2026-04-10", "2026-09-30"])  # in the frame, before it, in its weeks
def test_a_channel_silent_for_months_is_an_alarm_by_the_weeks_before_its_last_report(crm, day):
    stop(crm, day)
    found = of_channel(crm)
    assert found.number == "X-49"
    assert found.silent_hours == pytest.approx((microseconds(NOW) - at(f"{day} 10:49")) / MICROSECONDS_PER_HOUR)
    assert found.usual.gaps_count == 49
    assert found.longest_ever


@pytest.mark.db
def test_a_channel_hardly_used_or_given_up_is_not_an_alarm(crm):
    assert of_channel(crm, "EMAIL").usual is None
    stop(crm, "2025-11-20")
    assert not of_channel(crm).unusual


@pytest.mark.db
def test_a_long_silence_is_looked_for_in_the_scope_only(crm):
    stop(crm, "2026-04-10")
    assert of_channel(crm, scope=Scope(False, frozenset({"D-BM"}))).number == "X-49"
    assert of_channel(crm, scope=Scope(False, frozenset({"K-GAMBIR"}))).number is None


@pytest.mark.db
def test_a_long_silence_is_asked_for_once_and_not_known_when_the_crm_is_too_slow(crm, monkeypatch):
    stop(crm, "2026-04-10")
    assert of_channel(crm).unusual
    monkeypatch.setattr(silence, "_read_before", lambda *_: pytest.fail("read again"))
    assert of_channel(crm).unusual

    def slow(*_):
        raise DatabaseUnavailable("too slow")

    monkeypatch.setattr(silence, "_kept_before", Kept(60, 4))
    monkeypatch.setattr(silence, "_read_before", slow)
    found = of_channel(crm)
    assert (found.number, found.usual) == ("X-DULU", None)
    assert of_channel(crm, "JAKI").usual is not None
