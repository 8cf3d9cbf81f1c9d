"""The thread behind the outlook: once for all viewers, through outages, new units and questions about plans."""

import logging
import time
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from psycopg import sql

from data_access import outlook
from data_access.frame import microseconds
from data_access.live import Follower
from data_access.outlook_worker import PLANS_QUEUED, Round, Worker
from data_access.scorecards import scorecard
from scoring.forecast_standings import forecast_if_completed
from scoring.periods import Period
from scoring.plan import plan_of
from tests.builders import wib
from tests.conftest import CITY_UNTIL
from tests.crm import add_report
from tests.data_access.state_at import state_at
from tests.data_access.test_live import wait_until

pytestmark = pytest.mark.db
OCTOBER, NOVEMBER = Period(2026, 10), Period(2026, 11)
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def first_round(city_dsn) -> Round:
    """The first round on the city of the 15th."""
    return one_turn(Worker(Follower(city_dsn, state_at(city_dsn, CITY_UNTIL))))


@pytest.fixture
def of_city(city_dsn, first_round) -> Worker:
    """A worker after its first round on the city, whose thread does not run."""
    newest, now_seconds = replace(first_round, plans={}), time.monotonic()
    times = {"_learn_at_seconds": now_seconds + 3600, "_compute_at_seconds": now_seconds + 3600}
    return Worker(Follower(city_dsn, newest.state), newest, newest.learnt, **times)


@pytest.fixture
def small(crm, crm_dsn) -> Worker:
    """A worker on a CRM with one report, of the morning of the 22nd."""
    crm.execute("update crm.report set entered_at = %s", [wib("2026-11-22 08:00")])
    return Worker(Follower(crm_dsn, state_at(crm_dsn, wib("2026-11-22 14:05"))))


def due(worker: Worker) -> None:
    """As if the minutes until the next round and the next lesson had passed."""
    worker._compute_at_seconds = worker._learn_at_seconds = worker._not_before_seconds = 0.0


def one_turn(worker: Worker) -> Round | None:
    worker._turn()
    return worker.newest


def move(worker: Worker, **changes) -> None:
    """A state of a minute later, with what else changed."""
    state = worker.follower.state
    worker.follower.state = replace(state, **({"as_of": state.as_of + MINUTE} | changes))


def drop(crm: psycopg.Connection, dsn: str) -> None:
    """The database goes away, with everybody in it."""
    name = dsn.rsplit("/", 1)[1]
    crm.close()
    with psycopg.connect(dsn.rsplit("/", 1)[0] + "/postgres", autocommit=True) as admin:
        admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
        admin.execute(sql.SQL("create database {}").format(sql.Identifier(name)))  # empty: no schema crm


def test_nothing_is_said_before_there_is_a_state_and_one_round_serves_a_state(small):
    state, small.follower.state = small.follower.state, None
    assert one_turn(small) is None
    small.follower.state = state
    first = one_turn(small)
    assert first.outlook.as_of == state.as_of
    due(small)
    assert one_turn(small) is first


def test_a_round_follows_after_some_minutes_not_with_every_change(small):
    first = one_turn(small)
    move(small)
    assert one_turn(small) is first
    due(small)
    assert one_turn(small).outlook.as_of == first.outlook.as_of + MINUTE


def test_a_period_that_opens_or_closes_is_there_at_once(small):
    one_turn(small)
    move(small, as_of=wib("2026-12-01 00:01"))
    opened = one_turn(small).outlook
    assert [found.period for found in opened.periods] == [NOVEMBER, NOVEMBER.next]
    move(small, as_of=wib("2026-12-09 00:01"))
    closed = one_turn(small).outlook
    assert [found.period for found in closed.periods] == [NOVEMBER.next]
    assert [(month.period, month.closed) for month in closed.months] == [(NOVEMBER, True), (NOVEMBER.next, False)]


def test_a_unit_that_is_added_is_in_the_outlook_of_the_next_state(small, crm, crm_dsn):
    assert one_turn(small).outlook.of(NOVEMBER).unit_ids == ("D-BM", "K-GAMBIR")
    crm.execute("insert into crm.unit values ('A-BARU', 'Dinas Baru', 'Baru', 'dinas', null, null)")
    add_report(crm, "DUA", unit_id="A-BARU", entered_at=wib("2026-11-22 08:00"))
    small.follower.state = state_at(crm_dsn, wib("2026-11-22 14:10"))
    found = one_turn(small).outlook
    assert found.of(NOVEMBER).unit_ids == ("A-BARU", "D-BM", "K-GAMBIR")
    assert found.months[-1].total[0] == 1


def test_while_the_database_is_away_what_was_learnt_serves_on_and_it_is_said_once(small, crm, crm_dsn, caplog):
    first = one_turn(small)
    drop(crm, crm_dsn)
    for _ in range(3):
        due(small)
        move(small)
        with caplog.at_level(logging.WARNING):
            small._round()
    assert small.newest.outlook.as_of == first.outlook.as_of + 3 * MINUTE
    assert small.newest.learnt is first.learnt
    assert [record.message.split(":")[0] for record in caplog.records] == ["outlook, with what was learnt before"]


def test_an_outlook_that_cannot_be_made_anew_stays_with_its_time(small, crm, crm_dsn, caplog):
    first = one_turn(small)
    drop(crm, crm_dsn)
    for _ in range(2):
        due(small)
        move(small, as_of=wib("2026-12-09 00:01"))  # the history of another month is needed
        small._round()
    assert small.newest is first
    assert len(caplog.records) == 1


def test_a_plan_is_answered_in_the_background_with_the_luck_of_the_forecast(of_city):
    newest = of_city.newest
    card = scorecard(newest.state, NOVEMBER, microseconds(CITY_UNTIL))
    unit = int(max(range(len(card.reports.units)), key=lambda code: card.tally.total[code]))
    numbers = plan_of(card, unit, 100).complete
    assert len(numbers) > 1
    assert of_city.with_plan(NOVEMBER, unit, numbers) is None
    one_turn(of_city)
    found, asked = (
        of_city.with_plan(NOVEMBER, unit, numbers),
        forecast_if_completed(card, newest.learnt.model, unit, numbers),
    )
    assert found.final.tolist() == asked.final[0].tolist()
    assert found.fan.tolist() == asked.fan[0].tolist()
    assert found.grades.sum() == pytest.approx(1)
    assert found.final[2] > newest.outlook.of(NOVEMBER).final[unit, 2]


def next_round(worker):
    """A round of a newer state, in which no plan was asked yet."""
    move(worker)
    worker._compute_at_seconds = 0.0
    assert one_turn(worker).plans == {}


def test_the_plan_of_the_outlook_before_is_shown_until_it_is_computed_anew_and_no_longer(of_city, monkeypatch):
    # What a round finds out is of no matter here, and takes seconds.
    same = of_city.newest.outlook
    monkeypatch.setattr("data_access.outlook_worker.compute", lambda state, *_: replace(same, as_of=state.as_of))
    of_city.with_plan(NOVEMBER, 0, ())
    one_turn(of_city)
    first = of_city.with_plan(NOVEMBER, 0, ())
    assert first is not None
    next_round(of_city)
    assert of_city.with_plan(NOVEMBER, 0, ()) is first
    one_turn(of_city)
    assert of_city.with_plan(NOVEMBER, 0, ()) not in (None, first)
    next_round(of_city)
    next_round(of_city)
    assert of_city.with_plan(NOVEMBER, 0, ()) is None


def test_the_newest_question_is_answered_first_and_the_oldest_gives_way(of_city):
    for number in range(PLANS_QUEUED + 3):
        assert of_city.with_plan(NOVEMBER, number, ()) is None
    assert len(of_city._queue) == PLANS_QUEUED
    one_turn(of_city)
    assert [unit for _, unit, _ in of_city.newest.plans] == [PLANS_QUEUED + 2]


def test_what_no_outlook_speaks_of_is_not_queued(of_city, small):
    assert small.with_plan(NOVEMBER, 0, ()) is None
    assert not small._queue
    assert of_city.with_plan(OCTOBER, 0, ()) is None
    assert of_city.with_plan(NOVEMBER, 100_000, ()) is None
    assert of_city.with_plan(NOVEMBER, -1, ()) is None
    assert not of_city._queue


def test_a_defect_is_said_once_and_does_not_end_the_thread(small, monkeypatch, caplog):
    def broken(*_):
        raise ZeroDivisionError("a defect")

    with monkeypatch.context() as patch:
        patch.setattr("data_access.outlook_worker.compute", broken)
        for _ in range(2):
            small._not_before_seconds = 0.0
            small._round()
    assert [record.message for record in caplog.records] == ["outlook: ZeroDivisionError('a defect')"]
    small._not_before_seconds = 0.0
    small._round()
    assert small.newest is not None


def test_the_worker_of_the_process_follows_the_follower(crm, crm_dsn, monkeypatch):
    monkeypatch.setattr(outlook, "_workers", [])
    assert outlook.current() is None
    assert outlook.with_plan(NOVEMBER, 0, ()) is None
    following = Follower(crm_dsn).start()
    outlook.start(following)
    started = time.monotonic()
    wait_until(lambda: outlook.current() is not None)
    assert time.monotonic() - started < 5  # it was woken by the first state
    assert outlook.current().periods[-1].unit_ids == ("D-BM", "K-GAMBIR")
    outlook._workers[0].stop()
    following.stop()
