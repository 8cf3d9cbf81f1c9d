"""The load: hand-made reports; every count is that of its list, in the frame and in the database."""

from datetime import date, timedelta

import numpy as np
import psycopg
import pytest

from data_access import engine, listing_sql, workload
from data_access.engine import DatabaseUnavailable
from data_access.filters import Filters, narrowed
from data_access.frame import microseconds
from data_access.levels import level
from data_access.live import State
from data_access.scope import EVERYTHING
from data_access.settings import Settings
from data_access.workload import DAYS, Officer, Officers, by_day, load_of_officers, load_of_units, masks
from tests.builders import NAMES, at, frame, report, wib
from tests.crm import add_names, add_report
from tests.data_access.state_at import state_at

NOW = "2026-11-22 14:05"
ROWS = (
    report(number="TUA", unit="K-GAMBIR", category="sampah", entered="2026-09-01 08:00", status="proses"),
    report(number="BARU", unit="K-GAMBIR", category="sampah", entered="2026-11-22 09:00"),
    report(
        number="HARI-INI", unit="K-GAMBIR", entered="2026-11-21 09:00", completed="2026-11-22 09:00", status="selesai"
    ),
    report(
        number="MINGGU", unit="K-GAMBIR", entered="2026-11-20 09:00", completed="2026-11-21 23:59", status="selesai"
    ),
    report(number="BULAN", unit="K-CIDENG", entered="2026-10-01 09:00", completed="2026-10-25 00:00", status="selesai"),
    report(number="DULU", unit="K-CIDENG", entered="2026-10-24 23:59", completed="2026-10-24 23:59", status="selesai"),
)


def loads(name: str = "kelurahan") -> dict[str, dict[str, int]]:
    rows = frame(*ROWS)
    shown = level(EVERYTHING, NAMES, name, Filters())
    found = {name: values for name, values in vars(load_of_units(rows, shown, at(NOW))).items() if name != "capacity"}
    places = enumerate(unit.unit_id for unit in shown.units)
    return {unit_id: {count: int(values[place]) for count, values in found.items()} for place, unit_id in places}


def test_the_load_of_a_unit_is_counted_over_whole_days_before_today():
    assert loads() == {
        "K-GAMBIR": {
            "open": 2,
            "overdue": 1,
            "waiting": 1,
            "entered": 2,
            "closed": 1,
            "entered_week": 2,
            "closed_week": 1,
            "oldest": 0,
        },
        "K-CIDENG": dict.fromkeys(("open", "overdue", "waiting", "entered", "entered_week", "closed_week"), 0)
        | {"closed": 1, "oldest": -1},
    }


def test_a_unit_above_carries_the_load_of_those_below():
    both = loads()
    above = loads("kecamatan")["W-31.71.01"]
    for name in ("open", "overdue", "waiting", "entered", "closed"):
        assert above[name] == both["K-GAMBIR"][name] + both["K-CIDENG"][name]
    assert above["oldest"] == 0


def test_a_report_is_overdue_from_the_last_limit_of_its_category_on():
    rows = frame(*(report(category="sampah", entered=f"2026-11-19 {hour}") for hour in ("19:05", "19:06")))
    assert masks(rows, at(NOW))["overdue"].tolist() == [True, False]  # Sampah: 67 hours


def test_the_pile_grows_by_what_came_in_less_what_was_closed_and_clears_at_the_pace_of_a_week():
    load = load_of_units(frame(*ROWS), level(EVERYTHING, NAMES, "kelurahan", Filters()), at(NOW))
    assert load.growth_per_day.tolist() == [1 / DAYS, -1 / DAYS]
    assert load.clearing_days[0] == 14
    assert np.isnan(load.clearing_days[1])


def closings(counts: list[int], unit: str) -> list[dict]:
    """So many reports of `unit` closed on each of the last days, the oldest first, the last of them yesterday."""
    days = [date(2026, 11, 21) - timedelta(days=len(counts) - 1 - place) for place in range(len(counts))]
    return [
        report(unit=unit, entered="2026-09-01 08:00", completed=f"{day} 23:59", status="selesai")
        for day, count in zip(days, counts, strict=True)
        for _ in range(count)
    ]


def test_the_capacity_is_what_is_closed_on_a_good_day():
    per_day = [0] * 8 + [1] * 10 + [2] * 6 + [3, 4, 5, 40]  # 28 days, sorted: place 24.3 lies between 3 and 4
    came = [report(unit="K-GAMBIR", entered="2026-11-10 08:00") for _ in range(42)]
    rows = frame(*closings(per_day, "K-GAMBIR"), *closings([5, 5], "K-CIDENG"), *came)
    load = load_of_units(rows, level(EVERYTHING, NAMES, "kelurahan", Filters()), at(NOW))
    assert load.capacity[0] == pytest.approx(np.quantile(per_day, 0.9)) == pytest.approx(3.3)
    assert load.capacity_share[0] == pytest.approx(42 / 28 / 3.3)
    assert np.isnan(load.capacity[1])  # on two days of 28 only
    assert np.isnan(load.capacity_share[1])


def test_the_capacity_of_an_officer_is_that_of_what_they_closed():
    reports = [one | {"number": f"N-{place}"} for place, one in enumerate(closings([2] * 28, "K-GAMBIR"))]
    known = Officers((Officer("P1", "Petugas 01", None),), {one["number"]: 0 for one in reports[::2]})
    assert load_of_officers(frame(*reports), known, at(NOW)).capacity.tolist() == [1]


def test_the_days_sum_to_the_counts_of_the_load_and_end_yesterday():
    rows = frame(*ROWS)
    days, entered, closed = by_day(rows, at(NOW))
    assert (days[0], days[-1], len(days)) == (date(2026, 10, 25), date(2026, 11, 21), DAYS)
    assert (entered[-1], entered[-2], closed[-1], closed[0]) == (1, 1, 1, 1)
    found = masks(rows, at(NOW))
    assert (entered.sum(), closed.sum()) == (found["entered"].sum(), found["closed"].sum())


def test_the_load_of_officers_is_that_of_the_reports_they_hold():
    known = Officers(
        (Officer("P1", "Petugas 01", "K-GAMBIR"), Officer("P2", "Petugas 02", None)), {"TUA": 1, "MINGGU": 0}
    )
    found = load_of_officers(frame(*ROWS), known, at(NOW))
    assert found.open.tolist() == [0, 1]
    assert found.overdue.tolist() == [0, 1]
    assert found.closed.tolist() == [1, 0]
    assert found.oldest.tolist() == [-1, 0]


def test_nothing_is_nothing():
    found = load_of_units(frame(), level(EVERYTHING, NAMES, "kelurahan", Filters()), at(NOW))
    assert found.open.tolist() == [0, 0]
    assert load_of_officers(frame(), Officers((), {}), at(NOW)).open.tolist() == []


@pytest.fixture
def pointed(crm_dsn, monkeypatch):
    """A CRM with names, as the one the officers are read from."""
    monkeypatch.setattr(workload, "settings", lambda: Settings(crm_dsn, crm_dsn, None, None, None, "", None))
    monkeypatch.setattr(workload, "_failed", {})
    workload._officers.cache_clear()
    with psycopg.connect(crm_dsn, autocommit=True) as connection:
        add_names(connection)
        yield connection


def state_of(minute: str) -> State:
    return State(frame(), (), wib(minute), "1", True, (), (), 0.0)


@pytest.mark.db
def test_the_newest_copy_says_who_holds_a_report(pointed):
    pointed.execute("insert into crm.officer values ('P1', 'D-BM', 'Petugas 01')")
    for number, officer, updated in (("A", "P1", "08"), ("B", "P1", "08"), ("B", None, "09"), ("C", "P9", "08")):
        add_report(pointed, number, entered_at=wib("2026-11-10 08:00"), updated_at=wib(f"2026-11-10 {updated}:30"))
        changed = "update crm.report set officer_id = %s where report_id = %s and updated_at = %s"
        pointed.execute(changed, [officer, number, wib(f"2026-11-10 {updated}:30")])
    found = workload.officers_of(state_of(NOW))
    held = {number: found.officers[code] for number, code in found.code_of.items()}
    assert held == {"A": Officer("P1", "Petugas 01", "D-BM"), "C": Officer("P9", "P9", None)}


@pytest.mark.db
def test_a_crm_without_officers_has_none(pointed):
    pointed.execute("drop table crm.officer cascade")
    found = workload.officers_of(state_of(NOW))
    assert (found.officers, found.code_of) == ((), {})


@pytest.mark.db
def test_the_officers_are_read_once_a_minute_and_a_failure_is_remembered(pointed, crm_dsn, monkeypatch):
    first = workload.officers_of(state_of(NOW))
    assert workload.officers_of(state_of(NOW)) is first
    assert workload.officers_of(state_of("2026-11-22 14:06")) is not first
    away = Settings("postgresql://u@127.0.0.1:1/crm", "", None, None, None, "", None)
    monkeypatch.setattr(workload, "settings", lambda: away)
    with pytest.raises(DatabaseUnavailable):
        workload.officers_of(state_of(NOW))
    monkeypatch.setattr(workload.engine, "connect", None)  # would fail otherwise if it were tried again
    with pytest.raises(DatabaseUnavailable):
        workload.officers_of(state_of(NOW))


@pytest.mark.db
@pytest.mark.parametrize("filters", [Filters(), Filters(unit_id="D-BM", category_id="jalan")])
def test_every_count_is_that_of_the_list_the_database_gives(city_dsn, filters):
    state = state_at(city_dsn, wib("2026-11-15 10:00") + timedelta(minutes=1))
    as_of_us = microseconds(state.as_of)
    found = masks(narrowed(EVERYTHING, state.frame, filters), as_of_us)
    with engine.connect(city_dsn, deadline_seconds=30) as connection:
        for name, listing in workload.listings(filters, as_of_us).items():
            text, values = listing_sql.condition(EVERYTHING, listing, state.frame.names, state.as_of)
            query = f"select count(distinct report_id) from {listing_sql.relation()} where {text}"
            assert connection.execute(query, values).fetchone()[0] == found[name].sum() > 0, name
