"""The past of a city that lives on: rebuilt from events it is the card that was scored then, for every unit."""

from datetime import datetime, timedelta

import numpy as np
import psycopg
import pytest

from data_access import contract, dimensions, past, reader, scorecards, tickets
from data_access.frame import microseconds
from data_access.live import State, window_start
from data_access.settings import Settings
from demo.build import build
from demo.city import city
from demo.clock import WIB, to_microseconds
from demo.live_city import LiveCity
from scoring.compare import compare
from scoring.periods import Period
from scoring.score import Scorecard
from scoring.tally import COUNTS
from tests.conftest import fresh_database

pytestmark = pytest.mark.db
OCTOBER, NOVEMBER = Period(2026, 10), Period(2026, 11)
STOPPED = datetime(2026, 11, 6, 8, 0, tzinfo=WIB)
ASKED = [STOPPED + timedelta(hours=2), STOPPED + timedelta(hours=5), STOPPED + timedelta(days=1)]
NOW = STOPPED + timedelta(days=4)  # beyond the cut-off of October
# Of a report that stays open for long, so that it leaves the month's total.
TICKET = """
insert into crm.ticket
select report_id, %s::timestamptz + interval '1 hour', '2026-12-20 08:00+07', '2026-12-30 08:00+07', 'Menunggu alat'
from crm.report where status = 'proses' and entered_at between '2026-11-01 00:00+07' and %s
and unit_id like 'D-%%' and report_id not in (select report_id from crm.ticket) order by entered_at limit 1
returning report_id
"""


class Lived:
    """What was read at each instant of ASKED, and at NOW."""

    def __init__(self, dsn: str):
        build(dsn, until=STOPPED, months=2)
        with psycopg.connect(dsn, autocommit=True) as connection:
            self.then = {at: self.live_until(connection, at) for at in ASKED}
            self.ticketed = connection.execute(TICKET, [ASKED[-1], ASKED[-1]]).fetchone()[0]
            self.now = self.live_until(connection, NOW)

    def live_until(self, connection: psycopg.Connection, at: datetime) -> State:
        """Everything that happens up to `at`, and the state read then."""
        live = LiveCity(connection, city(2026), np.random.default_rng(int(at.timestamp())), every=600)
        live.catch_up(to_microseconds(at) - 3_600_000_000)
        moment = live.next_moment()
        while moment <= to_microseconds(at):
            live.advance(moment)
            moment = max(moment + 1, live.next_moment())
        return state_at(connection, at)


def state_at(connection: psycopg.Connection, as_of: datetime) -> State:
    """The state as the live frame reads it, with the city's clock for the database's."""
    usable = contract.usable_columns(connection)
    promised = tickets.since(connection, window_start(as_of), usable)
    rows = reader.live_rows(window_start(as_of), [ticket.report_id for ticket in promised])
    frame = reader.read(connection, rows, dimensions.load(connection, usable), frozenset(usable["report"]))
    return State(frame, (), as_of, "1", True, (), promised, 0.0)


@pytest.fixture(scope="module")
def lived_dsn(postgres):
    yield from fresh_database(postgres)


@pytest.fixture(scope="module")
def lived(lived_dsn) -> Lived:
    return Lived(lived_dsn)


@pytest.fixture(autouse=True)
def crm(monkeypatch, lived_dsn):
    monkeypatch.setattr(past, "settings", lambda: Settings(lived_dsn, lived_dsn, None, None, None, "", None))
    monkeypatch.setattr(past, "_kept", past.Shelf())


def card_of_then(lived: Lived, period: Period, at: datetime) -> Scorecard:
    return scorecards.scorecard(lived.then[at], period, microseconds(at))


def units_that_differ(first: Scorecard, second: Scorecard) -> list[str]:
    """Units whose score or whose counts are not the same."""
    same = np.isclose(first.scores.final, second.scores.final, rtol=0, atol=1e-9, equal_nan=True)
    for name in COUNTS:
        same &= getattr(first.tally, name) == getattr(second.tally, name)
    return [unit_id for unit_id, equal in zip(first.reports.units.ids, same, strict=True) if not equal]


@pytest.mark.parametrize("at", ASKED, ids=lambda at: f"{at:%d %H.%M}")
@pytest.mark.parametrize("period", [OCTOBER, NOVEMBER], ids=str)
def test_the_past_is_the_card_that_was_scored_then(lived, period, at):
    rebuilt = past.card_at(lived.now, period, at)
    assert rebuilt.rebuilt
    assert units_that_differ(rebuilt.card, card_of_then(lived, period, at)) == []


@pytest.mark.parametrize("at", ASKED, ids=lambda at: f"{at:%d %H.%M}")
def test_present_rows_would_not_have_done(lived, at):
    present = scorecards.scorecard(lived.now, NOVEMBER, microseconds(at))
    assert len(units_that_differ(present, past.card_at(lived.now, NOVEMBER, at).card)) > 20


@pytest.mark.parametrize("at", ASKED, ids=lambda at: f"{at:%d %H.%M}")
def test_every_row_of_then_is_as_it_was(lived, at):
    rows, was = (
        {number: row for row, number in enumerate(card.reports.number)}
        for card in (past.card_at(lived.now, NOVEMBER, at).card, card_of_then(lived, NOVEMBER, at))
    )
    rebuilt, known = past.card_at(lived.now, NOVEMBER, at).card.reports, card_of_then(lived, NOVEMBER, at).reports
    # Rows that left the window since (done in September) matter to no period that is asked about.
    both = [number for number in was if number in rows]
    assert len(both) > 15_000
    assert [number for number in rows if number not in was] == []
    mine, theirs = ([where[number] for number in both] for where in (rows, was))
    differ = {}
    for name in ("unit", "status", "received_how", "received", "first_response", "completed", "validated"):
        unequal = getattr(rebuilt, name)[mine] != getattr(known, name)[theirs]
        differ[name] = [both[place] for place in np.flatnonzero(unequal)]
    assert {name: numbers for name, numbers in differ.items() if numbers} == {}


def test_what_changed_since_is_named(lived):
    at = ASKED[0]
    before = past.card_at(lived.now, NOVEMBER, at).card
    after = scorecards.scorecard(lived.now, NOVEMBER, microseconds(NOW))
    named = {}
    for unit in range(len(after.reports.units)):
        for cause in compare(before, after, unit):
            named.setdefault(cause.name, set()).update(cause.reports)
    assert named["reopened"] == refused_since(lived, at)
    assert len(named["reopened"]) >= 3
    assert named["moved_out"] == given_away_since(lived, at)
    assert len(named["moved_out"]) > 50
    assert named["ticketed"] == {lived.ticketed}


def refused_since(lived: Lived, at: datetime) -> set[str]:
    """November's reports done at `at` and open now, still with the same unit; read off the two states."""
    return {number for number, then, now in pairs(lived, at) if then[1] in "VD" and now[1] == "-" and then[0] == now[0]}


def given_away_since(lived: Lived, at: datetime) -> set[str]:
    """November's reports that another known unit holds now; read off the two states."""
    return {number for number, then, now in pairs(lived, at) if then[0] != now[0]}


def pairs(lived: Lived, at: datetime):
    """(number, (unit, done), (unit, done)) of November's reports that were there at `at`: then and now."""
    start_us, at_us = microseconds(NOVEMBER.start), microseconds(at)
    then, now = lived.then[at].frame, lived.now.frame
    row_now = {number: row for row, number in enumerate(now.number)}
    letters = {5: "V", 7: "D"}  # menunggu_validasi, selesai
    for row in np.flatnonzero((then.entered >= start_us) & (then.entered <= at_us)):
        here = row_now[then.number[row]]
        yield (
            then.number[row],
            (int(then.unit[row]), letters.get(int(then.status[row]), "-")),
            (int(now.unit[here]), letters.get(int(now.status[here]), "-")),
        )
