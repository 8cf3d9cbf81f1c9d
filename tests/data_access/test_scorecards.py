"""Scores of the live frame: the engine's answer for whom the viewer may see, with everybody as peers."""

import pytest

from data_access import past, scorecards
from data_access.live import State
from data_access.scope import EVERYTHING, NOTHING, Scope
from data_access.settings import Settings
from data_access.tickets import Ticket
from scoring.periods import Period
from tests.builders import at, frame, report, wib

NOVEMBER = Period(2026, 11)
NOW = "2026-11-22 14:05"
NOWHERE = "postgresql://u@127.0.0.1:1/crm"


@pytest.fixture(autouse=True)
def no_database(monkeypatch):
    """Nobody answers about the past: present rows stand for those of yesterday."""
    monkeypatch.setattr(past, "settings", lambda: Settings(NOWHERE, NOWHERE, None, None, None, "", None))
    monkeypatch.setattr(past, "_kept", past.Shelf())


def state_of(*reports: dict, tickets: tuple[Ticket, ...] = ()) -> State:
    return State(frame(*reports), (), wib(NOW), "1", True, (), tickets, 0.0)


def done(unit: str, completed: str, **given) -> dict:
    """A rubbish report of a kelurahan, entered on 10 Nov 08.00, completed."""
    return report(unit=unit, category="sampah", status="selesai", completed=completed, **given)


def two_kelurahan() -> State:
    """Gambir: two done within a day. Cideng: one done late, one still open."""
    return state_of(
        done("K-GAMBIR", "2026-11-10 20:00"),
        done("K-GAMBIR", "2026-11-10 21:00"),
        done("K-CIDENG", "2026-11-20 08:00"),
        report(unit="K-CIDENG", category="sampah", received_how="direct"),
    )


def test_the_score_is_the_formula_of_the_slides():
    card = scorecards.scorecard(two_kelurahan(), NOVEMBER, at(NOW))
    gambir, cideng = (card.reports.units.ids.index(unit) for unit in ("K-GAMBIR", "K-CIDENG"))
    # Gambir: P 100, W 100, B 2 x 1.5 = 3, E 100 -> (20 + 40 + 0.6 + 20) / (80 + 0.6)
    assert card.scores.final[gambir] == 100.0
    # Cideng: P 50, W 40, B 1.5, E 40 -> (10 + 16 + 0.3 + 8) / 80.3
    assert abs(card.scores.final[cideng] - 34.3 / 80.3 * 100) < 1e-9


def test_the_spread_counts_each_scored_kelurahan_once():
    spread = scorecards.grade_distribution(EVERYTHING, two_kelurahan(), NOVEMBER)
    assert spread.counts == {"A": 1, "B": 0, "C": 0, "D": 0, "E": 1}
    assert (spread.units_count, spread.kind, spread.assumed) == (2, "kelurahan", False)


def test_a_viewer_counts_only_what_the_scope_allows_and_the_peers_stay():
    only_cideng = Scope(everything=False, unit_ids=frozenset({"K-CIDENG"}))
    spread = scorecards.grade_distribution(only_cideng, two_kelurahan(), NOVEMBER)
    assert spread.counts == {"A": 0, "B": 0, "C": 0, "D": 0, "E": 1}
    assert scorecards.grade_distribution(NOTHING, two_kelurahan(), NOVEMBER).units_count == 0


def test_who_moved_since_yesterday_is_said_falls_first():
    state = state_of(
        done("K-GAMBIR", "2026-11-10 20:00"),
        done("K-GAMBIR", "2026-11-22 09:00", entered="2026-11-22 08:00"),
        done("K-CIDENG", "2026-11-10 20:00"),
        report(unit="K-CIDENG", entered="2026-11-22 08:00"),
        report(unit="K-CIDENG", entered="2026-11-22 08:30"),
    )
    movers = scorecards.grade_distribution(EVERYTHING, state, NOVEMBER).movers
    assert [mover.name for mover in movers] == ["Cideng"]
    assert movers[0].score_to < movers[0].score_from
    assert (movers[0].grade_from, movers[0].grade_to) == ("A", "C")


def test_a_ticket_takes_a_report_out_of_the_month_of_its_entry():
    open_report = report(unit="K-GAMBIR", number="JANJI", category="sampah")
    promised = Ticket("JANJI", wib("2026-11-11 08:00"), wib("2026-12-20 08:00"), wib("2026-12-20 08:00"))
    with_ticket = state_of(open_report, done("K-GAMBIR", "2026-11-10 20:00"), tickets=(promised,))
    card = scorecards.scorecard(with_ticket, NOVEMBER, at(NOW))
    gambir = card.reports.units.ids.index("K-GAMBIR")
    assert card.tally.total[gambir] == 1
    assert card.scores.completion[gambir] == 100.0
