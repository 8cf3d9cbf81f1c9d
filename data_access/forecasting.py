"""The history a forecast learns from, and `python -m data_access backtest`: how right it would have been."""

import argparse
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import psycopg

from data_access import backtests, contract, dimensions, reader, tickets
from data_access.commands import open_for_work, say, tell
from data_access.scored_reports import RULEBOOK, reports_of
from data_access.settings import settings
from scoring import backtest_report, periods, rulebook
from scoring.backtest import NO_MOVES, Moves
from scoring.backtest_report import Outcomes
from scoring.periods import Period
from scoring.reports import Reports, microseconds
from scoring.rules import Rules

PAGE = Path(__file__).parents[1] / "docs" / "forecast-backtest.md"
MONTHS = 6
MOVED_NEEDS = {"event_id", "report_id", "occurred_at", "from_unit_id", "to_unit_id"}
MOVED = """
select report_id, (date_part('epoch', occurred_at) * 1e6)::bigint, from_unit_id from crm.report_event
where from_unit_id <> to_unit_id and occurred_at >= %(since)s and isfinite(occurred_at)
order by occurred_at desc, event_id desc
"""
NOTHING_DONE = 2
LONGEST_SECONDS = 300  # of the nightly back-test, which shares its machine


@dataclass(frozen=True, eq=False)
class LookBack:
    """What a back-test needs of the CRM. `last` is the last closed period; nothing before `earliest_us` is whole."""

    reports: Reports
    moves: Moves
    last: Period
    earliest_us: int
    simulated: bool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--months N."""
    text = "closed months to look back at (%(default)s)"
    parser.add_argument("--months", type=_months, default=MONTHS, metavar="N", help=text)


def run(arguments: argparse.Namespace) -> int:
    """Back-test, print the tables, keep the figures in the state schema and the tables in docs/forecast-backtest.md."""
    with open_for_work(settings().state_dsn) as state:
        state.autocommit = True  # the work takes long, and an open transaction would last as long
        state.execute("select from pantau.forecast_backtest limit 0")  # before the work: is there a place to keep it?
        seen = look_back(settings().crm_dsn, arguments.months)
        book = rulebook.load(RULEBOOK)
        try:
            months = backtest_report.run(seen.reports, book, arguments.months, seen.last, seen.earliest_us, seen.moves)
        except backtest_report.TooFewMonths as error:
            tell(f"error: {error}")
            return NOTHING_DONE
        backtests.keep(state, months, book.at(seen.last))
    tables = backtest_report.as_markdown(months, tuple(book.at(seen.last).grades))
    PAGE.write_text(_page(tables, seen, arguments.months), encoding="utf-8")
    say(f"{tables}\n\nkept in {PAGE.relative_to(PAGE.parents[1])}")
    return 0


def look_back(dsn: str, months: int) -> LookBack:
    """Read what a back-test of the last `months` closed months needs. Raises DatabaseUnavailable, psycopg.Error."""
    with open_for_work(dsn) as connection:
        last = _last_closed(connection)
        earliest = last.shifted(-months - backtest_report.HISTORY_MONTHS).start
        reports, simulated = history(connection, earliest), contract.simulated(connection)
        moves = moves_since(connection, earliest, reports)
    return LookBack(reports, moves, last, microseconds(earliest), simulated)


def back_test_recent(dsn: str, most: int) -> tuple[Outcomes, Rules]:
    """The last closed months with enough history before them, at most `most`, the oldest first; and the last's rules.

    No month at all gives an empty list. When the work has taken LONGEST_SECONDS the earlier months are left out.
    """
    started, book, seen = time.monotonic(), rulebook.load(RULEBOOK), look_back(dsn, most)
    found: Outcomes = []
    period = seen.last
    while len(found) < most and time.monotonic() - started < LONGEST_SECONDS:
        try:
            found += backtest_report.run(seen.reports, book, 1, period, seen.earliest_us, seen.moves)
        except (backtest_report.TooFewMonths, ValueError):  # ValueError: no report of a known unit to learn from
            break
        period = period.previous
    return found[::-1], book.at(seen.last)


def history(connection: psycopg.Connection, since: datetime) -> Reports:
    """Every report entered or changed since `since`, and every open one, with their tickets. Raises psycopg.Error."""
    usable = contract.usable_columns(connection)
    names = dimensions.load(connection, usable)
    promised = tickets.since(connection, since, usable)
    rows = reader.live_rows(since, [ticket.report_id for ticket in promised])
    return reports_of(reader.read(connection, rows, names, frozenset(usable["report"])), promised)


def moves_since(connection: psycopg.Connection, since: datetime, reports: Reports) -> Moves:
    """When the reports changed hands since `since`, and who held them before; none where the CRM keeps no events."""
    if not contract.usable_columns(connection).get("report_event", set()) >= MOVED_NEEDS:
        return NO_MOVES
    moved = connection.execute(MOVED, {"since": since}).fetchall()
    row_of = {number: row for row, number in enumerate(reports.number)}
    unit_of = {unit_id: code for code, unit_id in enumerate(reports.units.ids)}
    rows = [(row_of[number], at, unit_of[unit]) for number, at, unit in moved if number in row_of and unit in unit_of]
    return Moves(*np.array(rows, np.int64).reshape(-1, 3).T)


def _last_closed(connection: psycopg.Connection) -> Period:
    """The last period whose cut-off had passed when the CRM changed last; one that stands still is not misread."""
    newest = "select coalesce(max(updated_at), now()) from crm.report where updated_at <= now()"
    return periods.open_at(connection.execute(newest).fetchone()[0])[0].previous


def _months(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} must be a whole number of months, at least 1")
    return int(text)


def _page(tables: str, seen: LookBack, months: int) -> str:
    city = "the simulated city" if seen.simulated else "the CRM"
    count = f"{len(seen.reports):,} reports"
    return f"""# Back-test of the forecast

{months} closed months up to {seen.last}, out of {count} of {city}; rulebook {RULEBOOK}, 1,000 paths.
Made by `python -m data_access backtest --months {months}`; what the model is, and what it leaves out, stands in
`decisions/0010-forecast.md`.

Each month is forecast four times with what was known then: reports entered by then and their holders of then,
completions and answers by then, tickets opened by then, learnt from the twelve months before; it is compared with the
score at its cut-off. Two things are taken as they are now, for the columns do not hold their past: the category of a
report, and a follow-up that was refused later (the report counts as open until the one that was accepted).

A band that must hold whole reports covers more than 80 %: days before the cut-off most units have one or two open
reports left, and a score is either certain or one of few values. "Silent" are units with a score at the end that had
too few reports for a forecast.

{tables}
"""
