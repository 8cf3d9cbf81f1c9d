"""The back-test on a real database: the command, the history it reads, and who held a report then."""

import psycopg
import pytest

from data_access import forecasting
from data_access.__main__ import main
from data_access.frame import microseconds
from data_access.settings import settings
from data_access.state import migrate
from scoring import backtest_report, periods
from scoring.backtest import known_at
from tests.builders import wib

pytestmark = pytest.mark.db
HELD = """
select distinct on (report_id) report_id, to_unit_id from crm.report_event
where to_unit_id is not null and occurred_at <= %s order by report_id, occurred_at desc, event_id desc
"""


@pytest.fixture
def page(city_dsn, empty_database, monkeypatch, tmp_path):
    """Where the command keeps its tables, on the small city."""
    migrate.upgrade(empty_database)
    monkeypatch.setenv("CRM_DSN", city_dsn)
    monkeypatch.setenv("STATE_DSN", empty_database)
    monkeypatch.setattr(forecasting, "PAGE", tmp_path / "docs" / "forecast-backtest.md")
    forecasting.PAGE.parent.mkdir()
    settings.cache_clear()
    yield forecasting.PAGE
    settings.cache_clear()


def test_the_command_prints_the_tables_and_keeps_them(page, capsys):
    assert main(["backtest", "--months", "1"]) == 0
    printed = capsys.readouterr().out
    tables, _, last_line = printed.rstrip().rpartition("\n\n")
    assert last_line == "kept in docs/forecast-backtest.md"
    assert tables in page.read_text(encoding="utf-8")
    assert "2026-10" in tables
    for horizon in backtest_report.HORIZONS:
        assert f"| {horizon} |" in tables


def test_more_months_than_there_are_give_one_line_and_no_page(page, capsys):
    assert main(["backtest", "--months", "40"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "error: there are 1 closed months with 56 days of history before them, not 40; ask for fewer"
    ]
    assert not page.exists()


@pytest.mark.parametrize("months", ["0", "-1", "many"])
def test_a_number_that_is_none_is_refused(page, capsys, months):
    with pytest.raises(SystemExit) as refused:
        main(["backtest", f"--months={months}"])
    assert refused.value.code == 2
    assert "whole number of months" in capsys.readouterr().err


def test_the_holder_of_then_is_the_one_the_events_name(city_dsn):
    as_of, since = wib("2026-10-20 12:00"), periods.parse("2026-08").start
    with psycopg.connect(city_dsn) as connection:
        rows = forecasting.history(connection, since)
        moves = forecasting.moves_since(connection, since, rows)
        held = dict(connection.execute(HELD, [as_of]).fetchall())
    then = known_at(rows, microseconds(as_of), moves)
    holder = {number: rows.units.ids[unit] for number, unit in zip(then.number, then.unit, strict=True) if unit >= 0}
    wrong = [number for number, unit in held.items() if number in holder and holder[number] != unit]
    assert len(holder) > 10_000
    assert len(wrong) < 30  # damaged rows of the city, whose holder and events disagree on purpose
    moved = known_at(rows, microseconds(as_of)).unit != then.unit
    assert moved.sum() > 50
