"""The back-test that screens show: made by night from this installation's data, kept, and read without ever failing."""

import time

import numpy as np
import psycopg
import pytest
from alembic import command
from sqlalchemy import create_engine

from data_access import backtests, forecasting
from data_access.__main__ import main
from data_access.commands import open_for_work
from data_access.frame import microseconds
from data_access.scheduler import BACKTEST_AT, Jobs, last_due
from data_access.settings import Settings, from_environment, settings
from data_access.state import migrate
from scoring import backtest_report, rulebook
from scoring.periods import Period
from tests.builders import wib
from tests.data_access.test_commands_scheduler import Running, run_record, wait_until

pytestmark = pytest.mark.db
OCTOBER = Period(2026, 10)


@pytest.fixture
def state_dsn(empty_database, monkeypatch):
    """An empty state schema, where `latest` looks."""
    migrate.upgrade(empty_database)
    look_at(monkeypatch, empty_database)
    return empty_database


def look_at(monkeypatch, dsn: str) -> None:
    monkeypatch.setattr(backtests, "settings", lambda: Settings(dsn, dsn, None, None, None, "", None))
    monkeypatch.setattr(backtests, "_memory", backtests.Memory())


@pytest.fixture(scope="module")
def made(city_dsn):
    """The back-test of the one month of the small city that has history enough, and its rules."""
    return forecasting.back_test_recent(city_dsn, most=6)


def keep(dsn: str, made) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        assert backtests.keep(connection, *made)


def rows_count(dsn: str) -> int:
    with psycopg.connect(dsn) as connection:
        return connection.execute("select count(*) from pantau.forecast_backtest").fetchone()[0]


def test_what_is_kept_are_the_figures_of_the_report(state_dsn, made):
    months, rules = made
    keep(state_dsn, made)
    found = backtests.latest()
    assert (found.months, found.rulebook, found.version) == (("2026-10",), "tkd-2017", rules.version)
    assert [horizon.name for horizon in found.horizons] == list(backtest_report.HORIZONS)
    for place, horizon in enumerate(found.horizons):
        outcome = months[0][place]
        assert horizon.scores_count == len(outcome.inside) >= 100
        assert horizon.coverage_share == outcome.inside.mean()
        assert horizon.median_error_points == np.median(outcome.error)
        said, came_true = outcome.chance[:, 0], outcome.happened[:, 0]
        assert horizon.brier["A"] == pytest.approx(np.mean((said - came_true) ** 2), abs=1e-12)
        assert list(horizon.brier) == list(rules.grades)


def test_fewer_months_than_asked_for_are_those_there_are(city_dsn, made):
    seen = forecasting.look_back(city_dsn, 1)
    book = rulebook.load("tkd-2017")
    alone = backtest_report.run(seen.reports, book, 1, OCTOBER, microseconds(Period(2026, 8).start), seen.moves)
    assert [month[0].period for month in made[0]] == [OCTOBER]
    assert [one.as_of for one in made[0][0]] == [one.as_of for one in alone[0]]


def test_work_that_takes_too_long_leaves_months_out(city_dsn, monkeypatch):
    monkeypatch.setattr(forecasting, "LONGEST_SECONDS", 0)
    assert forecasting.back_test_recent(city_dsn, most=6)[0] == []


def test_the_newest_is_shown_and_read_again_after_ten_minutes(state_dsn, made, monkeypatch):
    keep(state_dsn, made)
    first = backtests.latest()
    keep(state_dsn, made)
    assert backtests.latest() is first
    now = time.monotonic()
    monkeypatch.setattr(backtests.time, "monotonic", lambda: now + backtests.READ_AGAIN_SECONDS + 1)
    assert backtests.latest().made_at > first.made_at


def test_nothing_is_asked_for_again_after_half_a_minute(state_dsn, made, monkeypatch):
    assert backtests.latest() is None
    keep(state_dsn, made)
    assert backtests.latest() is None
    now = time.monotonic()
    monkeypatch.setattr(backtests.time, "monotonic", lambda: now + backtests.TRY_AGAIN_SECONDS + 1)
    assert backtests.latest().months == ("2026-10",)


def test_without_a_table_or_a_database_there_is_none(empty_database, monkeypatch):
    look_at(monkeypatch, empty_database)
    assert backtests.latest() is None
    look_at(monkeypatch, "postgresql://u@127.0.0.1:1/pantau")
    assert backtests.latest() is None


def test_a_table_that_is_locked_is_not_waited_for(state_dsn, made):
    keep(state_dsn, made)
    with psycopg.connect(state_dsn) as other:
        other.execute("lock table pantau.forecast_backtest")
        started = time.monotonic()
        assert backtests.latest() is None
        assert time.monotonic() - started < 5


def test_a_database_that_goes_away_leaves_what_was_read(state_dsn, made, monkeypatch):
    keep(state_dsn, made)
    first = backtests.latest()
    backtests._memory.good_until_seconds = 0.0
    nowhere = "postgresql://u@127.0.0.1:1/pantau"
    monkeypatch.setattr(backtests, "settings", lambda: Settings(nowhere, nowhere, None, None, None, "", None))
    assert backtests.latest() is first


@pytest.mark.parametrize("body", ['{"horizons": [{"name": "10th"}]}', "{}", "[]"])
def test_figures_of_another_version_of_the_product_are_no_back_test(state_dsn, body):
    with psycopg.connect(state_dsn, autocommit=True) as connection:
        insert = "insert into pantau.forecast_backtest values (now(), '{}', 'tkd-2017', 'x', %s)"
        connection.execute(insert, [body])
    assert backtests.latest() is None


def test_months_in_which_nobody_had_a_forecast_are_not_kept(state_dsn, made):
    months, rules = made
    nobody = np.zeros(0, np.int64)
    silent = [[backtests.Outcome(**vars(one) | dict.fromkeys(ROWS, nobody)) for one in month] for month in months]
    with psycopg.connect(state_dsn, autocommit=True) as connection:
        assert not backtests.keep(connection, silent, rules)
        assert not backtests.keep(connection, [], rules)
    assert rows_count(state_dsn) == 0


ROWS = ("types", "inside", "width", "chance", "happened", "stays", "before", "error", "error_stays")


@pytest.fixture
def jobs(city_dsn, state_dsn):
    return Jobs(from_environment({"CRM_DSN": city_dsn, "STATE_DSN": state_dsn}))


def test_the_job_runs_where_there_is_nothing_and_then_once_a_night(jobs, state_dsn):
    jobs.back_test()
    first = run_record(state_dsn, backtests.JOB)
    assert first[1] == "1 closed months looked back at"
    assert backtests.latest().months == ("2026-10",)
    jobs.back_test()
    assert (rows_count(state_dsn), run_record(state_dsn, backtests.JOB)) == (1, first)
    with psycopg.connect(state_dsn, autocommit=True) as connection:
        connection.execute("update pantau.job_run set ran_at = ran_at - interval '1 day'")
    jobs.back_test()
    assert rows_count(state_dsn) == 2


def test_it_is_due_at_three_in_jakarta():
    assert last_due(wib("2026-11-09 02:59:59"), BACKTEST_AT) == wib("2026-11-08 03:00")
    assert last_due(wib("2026-11-09 03:00:00"), BACKTEST_AT) == wib("2026-11-09 03:00")


def test_a_back_test_another_scheduler_makes_is_left_to_it(jobs, state_dsn):
    with open_for_work(state_dsn) as other:
        other.execute("select pg_advisory_lock(%s)", [backtests.BACKTEST_LOCK])
        jobs.back_test()
    assert (rows_count(state_dsn), run_record(state_dsn, backtests.JOB)) == (0, None)


def test_a_crm_without_history_is_said_once_a_night(crm_dsn):
    migrate.upgrade(crm_dsn)
    Jobs(from_environment({"CRM_DSN": crm_dsn})).back_test()
    assert run_record(crm_dsn, backtests.JOB)[1] == "no closed month to look back at"
    assert rows_count(crm_dsn) == 0


def test_the_scheduler_ends_at_once_in_the_middle_of_a_back_test(city_dsn, state_dsn, monkeypatch):
    running = Running(city_dsn, state_dsn)
    try:
        wait_until(lambda: is_locked(state_dsn))
    finally:
        code = running.stop()
    assert code == 0
    assert (rows_count(state_dsn), run_record(state_dsn, backtests.JOB)) == (0, None)
    wait_until(lambda: not is_locked(state_dsn))


def is_locked(dsn: str) -> bool:
    query = "select exists (select from pg_locks where locktype = 'advisory' and objid = %s)"
    with psycopg.connect(dsn) as connection:
        return connection.execute(query, [backtests.BACKTEST_LOCK]).fetchone()[0]


def test_the_command_keeps_it_too_and_wants_a_place(city_dsn, empty_database, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("CRM_DSN", city_dsn)
    monkeypatch.setenv("STATE_DSN", empty_database)
    monkeypatch.setattr(forecasting, "PAGE", tmp_path / "docs" / "forecast-backtest.md")
    forecasting.PAGE.parent.mkdir()
    settings.cache_clear()
    assert main(["backtest", "--months", "1"]) == 2
    assert "python -m data_access migrate" in capsys.readouterr().err
    assert not forecasting.PAGE.exists()
    migrate.upgrade(empty_database)
    assert main(["backtest", "--months", "1"]) == 0
    settings.cache_clear()
    assert rows_count(empty_database) == 1
    assert forecasting.PAGE.exists()


def test_the_migration_can_be_taken_back_and_made_again(state_dsn):
    engine = create_engine("postgresql+psycopg://", creator=lambda: open_for_work(state_dsn))
    with engine.begin() as connection:
        command.downgrade(migrate._config(connection), "0001")
    engine.dispose()
    with psycopg.connect(state_dsn) as connection:
        assert connection.execute("select to_regclass('pantau.forecast_backtest')").fetchone() == (None,)
        assert connection.execute("select to_regclass('pantau.job_run')").fetchone() != (None,)
    assert migrate.upgrade(state_dsn) == migrate.newest()
    assert rows_count(state_dsn) == 0
