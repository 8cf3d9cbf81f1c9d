"""The columns of the list of units against frames made by hand: standing, movement, chance, what is left."""

import numpy as np
import pytest

from data_access import monitor_rows, months, outlook, past
from data_access.live import State
from data_access.outlook_figures import Outlook, PeriodOutlook
from data_access.scope import EVERYTHING, NOTHING, Scope
from scoring.forecast import FEW_REPORTS
from scoring.periods import Period
from tests.builders import UNITS, frame, report, wib
from tests.data_access.past_crm import point_at

pytestmark = pytest.mark.db
NOVEMBER = Period(2026, 11)
OCTOBER = Period(2026, 10)
NOW = "2026-11-22 14:05"
NOBODY = "postgresql://u@127.0.0.1:1/crm"
# P 100, W 100, B 1.5, and E 60 for a kelurahan without peers: (20 + 40 + 0.3 + 12) / 80.3
CIDENG_IN_OCTOBER = 72.3 / 80.3 * 100
IDS = [unit.unit_id for unit in UNITS[1:]]
GAMBIR, CIDENG, KECAMATAN, KOTA, SUDIN, DINAS, SILENT = map(
    IDS.index, ("K-GAMBIR", "K-CIDENG", "W-31.71.01", "W-31.71", "S-BM-71", "D-BM", "D-SDA")
)


@pytest.fixture(autouse=True)
def crm(crm_dsn, monkeypatch):
    """A CRM that answers and has no history of events, and no outlook yet."""
    point_at(monkeypatch, crm_dsn)
    monkeypatch.setattr(months, "settings", past.settings)
    months._closed.cache_clear()
    monkeypatch.setattr(outlook, "current", lambda: None)


def done(unit: str, completed: str, **given) -> dict:
    return report(unit=unit, category="sampah", status="selesai", completed=completed, **given)


def state_of(*reports: dict, now: str = NOW) -> State:
    return State(frame(*reports), (), wib(now), "1", True, (), (), 0.0)


def city(now: str = NOW) -> State:
    """Gambir: two done within a day. Cideng: one done late this morning, one open. A Sudin with an open report."""
    return state_of(
        done("K-GAMBIR", "2026-11-10 20:00"),
        done("K-GAMBIR", "2026-11-10 21:00"),
        done("K-CIDENG", "2026-11-22 08:00"),
        report(unit="K-CIDENG", category="sampah"),
        report(unit="S-BM-71"),
        done("K-CIDENG", "2026-10-05 20:00", entered="2026-10-05 08:00"),
        now=now,
    )


def test_standings_of_upper_units_rest_on_the_units_below_them():
    found = monitor_rows.unit_columns(city(), NOVEMBER)
    gambir, cideng = found.standing[[GAMBIR, CIDENG]]
    assert gambir == 100.0
    assert abs(cideng - 34.3 / 80.3 * 100) < 1e-9  # as the engine's tests derive it by hand
    assert found.standing[KECAMATAN] == found.standing[KOTA] == (gambir + cideng) / 2
    assert (found.rests_on[KOTA], found.rests_of[KOTA]) == (2, 2)
    assert (found.rests_on[DINAS], found.rests_of[DINAS]) == (1, 1)
    assert found.rests_of[GAMBIR] == 0
    assert np.isnan(found.standing[SILENT])
    assert [found.grade[code] for code in (GAMBIR, KOTA, SILENT)] == [0, 2, -1]


def test_reports_and_what_is_left_of_an_upper_unit_are_those_of_the_units_it_looks_at():
    found = monitor_rows.unit_columns(city(), NOVEMBER)
    assert found.reports[[GAMBIR, CIDENG, KOTA, SUDIN, DINAS, SILENT]].tolist() == [2, 2, 4, 1, 1, 0]
    assert found.left[[GAMBIR, CIDENG, KOTA, SUDIN, DINAS, SILENT]].tolist() == [0, 1, 1, 1, 1, 0]


def test_movement_is_against_the_full_hour_of_yesterday_and_the_month_before():
    found = monitor_rows.unit_columns(city(), NOVEMBER)
    assert found.yesterday_at == wib("2026-11-21 14:00")
    assert found.since_yesterday[GAMBIR] == 0.0
    # Yesterday nothing of Cideng was done: P 0, W 0, B 0, E of x = 0 among {0, 2}: 20.
    assert found.since_yesterday[CIDENG] > 20
    assert abs(found.since_month[CIDENG] - (found.standing[CIDENG] - CIDENG_IN_OCTOBER)) < 1e-9
    assert np.isnan(found.since_month[GAMBIR])


def test_without_a_reading_of_yesterday_the_column_is_empty_and_the_rest_stands(monkeypatch):
    point_at(monkeypatch, NOBODY)
    found = monitor_rows.unit_columns(city(), NOVEMBER)
    assert found.yesterday_at is None
    assert np.isnan(found.since_yesterday).all()
    assert found.standing[GAMBIR] == 100.0


def test_on_the_first_day_of_a_month_there_is_no_yesterday():
    found = monitor_rows.unit_columns(city("2026-11-01 12:00"), NOVEMBER)
    assert found.yesterday_at is None


def test_after_the_cut_off_nothing_moves_any_more():
    found = monitor_rows.unit_columns(city(), OCTOBER)
    assert found.closed
    assert abs(found.standing[CIDENG] - CIDENG_IN_OCTOBER) < 1e-9
    assert np.isnan(found.since_yesterday).all()
    assert np.isnan(found.chance).all()


def foreseen(period: Period, chances: dict[str, float], reasons: dict[str, str]) -> PeriodOutlook:
    """An outlook of the units of the builders that knows the chance of an A of some."""
    grades = np.full((len(IDS), 5), np.nan)
    for unit_id, chance in chances.items():
        grades[IDS.index(unit_id), 0] = chance
    none = np.full((len(IDS), 1), np.nan)
    times_us = np.zeros(1, np.int64)
    return PeriodOutlook(
        period=period,
        as_of=wib(NOW),
        unit_ids=tuple(IDS),
        final=np.full((len(IDS), 5), np.nan),
        grades=grades,
        times_us=times_us,
        fan=np.full((len(IDS), 1, 5), np.nan),
        reason=tuple(reasons.get(unit_id) for unit_id in IDS),
        expected_new=np.zeros(len(IDS)),
        past_times_us=times_us,
        past=none,
        previous_times_us=times_us,
        previous=none.copy(),
        best=none[:, 0].copy(),
        own_best=none[:, 0].copy(),
    )


def look_ahead(monkeypatch, chances: dict[str, float], reasons: dict[str, str] | None = None) -> None:
    found = Outlook(wib(NOW), (foreseen(NOVEMBER, chances, reasons or {}),), ())
    monkeypatch.setattr(outlook, "current", lambda: found)


def test_the_chance_and_why_there_is_none_come_from_the_outlook(monkeypatch):
    look_ahead(monkeypatch, {"K-GAMBIR": 0.4}, {"K-CIDENG": FEW_REPORTS})
    found = monitor_rows.unit_columns(city(), NOVEMBER)
    assert found.chance[GAMBIR] == 0.4
    assert np.isnan(found.chance[CIDENG])
    assert (found.reason[GAMBIR], found.reason[CIDENG]) == (None, FEW_REPORTS)


def test_the_summary_counts_who_may_lose_and_win_the_best_grade(monkeypatch):
    look_ahead(monkeypatch, {"K-GAMBIR": 0.4, "K-CIDENG": 0.6, "S-BM-71": 0.1})
    found = monitor_rows.unit_columns(city(), NOVEMBER)
    stands = monitor_rows.summary(found, [GAMBIR, CIDENG, SUDIN, SILENT])
    assert (stands.scored_count, stands.best_count) == (3, 1)
    assert (stands.losing_count, stands.winning_count) == (1, 1)
    assert (stands.up, stands.down) == (CIDENG, None)
    assert monitor_rows.summary(found, []).up is None


def test_units_without_reports_come_last_in_every_order():
    found = monitor_rows.unit_columns(city(), NOVEMBER)
    names = [unit_id.lower() for unit_id in IDS]
    codes = [SILENT, SUDIN, CIDENG, GAMBIR]

    def ordered(sort: str, descending: bool) -> list[int]:
        return monitor_rows.in_order(found, codes, names, sort, descending)

    assert ordered("nama", False) == [CIDENG, GAMBIR, SUDIN, SILENT]
    assert ordered("nama", True) == [SUDIN, GAMBIR, CIDENG, SILENT]
    assert ordered("nilai", True)[0] == GAMBIR
    assert ordered("sisa", False) == [GAMBIR, CIDENG, SUDIN, SILENT]
    assert ordered("bulan", True)[0] == CIDENG  # the only one with a month before
    assert all(ordered(sort, way)[-1] == SILENT for sort in monitor_rows.SORTS for way in (True, False))


def test_the_scope_says_which_units_are_seen():
    found = monitor_rows.unit_columns(city(), NOVEMBER)
    only = Scope(everything=False, unit_ids=frozenset({"K-CIDENG"}))
    assert np.flatnonzero(monitor_rows.seen(only, found)).tolist() == [CIDENG]
    assert monitor_rows.seen(EVERYTHING, found).all()
    assert not monitor_rows.seen(NOTHING, found).any()


def test_the_columns_of_one_state_are_made_once():
    state = city()
    found = monitor_rows.unit_columns(state, NOVEMBER)
    assert monitor_rows.unit_columns(state, NOVEMBER) is found
    assert past.card_at(state, NOVEMBER, wib("2026-11-21 14:00")).card.period == NOVEMBER
