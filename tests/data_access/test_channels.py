"""Channels and categories by month: the database and a frame count the same; the pace is per day."""

from dataclasses import replace

import numpy as np
import psycopg
import pytest

from data_access import channels
from data_access.filters import Filters
from data_access.frame import microseconds
from data_access.listing import Listing, mask
from data_access.scope import EVERYTHING, NOTHING
from scoring.periods import Period
from tests.builders import at, frame, report
from tests.data_access.month_crm import NOW, fill, point_at, state_of

NOVEMBER = Period(2026, 11)


@pytest.fixture
def state(crm_dsn, monkeypatch):
    with psycopg.connect(crm_dsn, autocommit=True) as connection:
        fill(connection)
    point_at(monkeypatch, crm_dsn)
    return state_of(crm_dsn)


@pytest.mark.db
def test_every_report_is_counted_once_in_its_month_channel_and_category(state):
    found = channels.by_month(EVERYTHING, state, Filters(), NOVEMBER)
    totals = {str(month): int(total) for month, total in zip(found.months, found.totals, strict=True) if total}
    assert totals == {"2026-07": 4, "2026-08": 1, "2026-10": 1, "2026-11": 2}
    july = found.months.index(Period(2026, 7))
    code = state.frame.names.code_of
    assert found.by_channel[july, code["channel"]["EMAIL"]] == 1
    assert found.by_category[july].tolist() == [0, 3, 1]


@pytest.mark.db
def test_filters_and_scope_narrow_every_month(state):
    one = channels.by_month(EVERYTHING, state, Filters(unit_id="K-GAMBIR"), NOVEMBER)
    assert one.totals.sum() == 1
    assert channels.by_month(NOTHING, state, Filters(), NOVEMBER).totals.sum() == 0
    assert channels.by_month(EVERYTHING, state, Filters(category_id="sampah"), NOVEMBER).totals.sum() == 1


@pytest.mark.db
def test_the_months_can_end_with_a_closed_one(state):
    found = channels.by_month(EVERYTHING, state, Filters(), Period(2026, 7))
    assert found.totals[-1] == 4
    assert found.totals[:-1].sum() == 0


def test_the_pace_of_a_running_month_is_per_day_that_has_passed():
    months = tuple(Period(2026, month) for month in (8, 9, 10, 11))  # 31, 30, 31 and so far 10 days
    counts = np.array([[0, 310], [0, 300], [5, 310], [9, 200]])
    quiet, busy = channels.trends(counts, months, at("2026-11-11 00:00"))
    assert (busy.count, busy.per_day, busy.per_day_before, busy.ratio) == (200, 20, 10, 2)
    assert busy.expected_count == 100
    assert busy.beyond_chance
    assert quiet.few
    assert not quiet.beyond_chance


def test_three_deviations_are_not_yet_beyond_chance():
    months = tuple(Period(2026, month) for month in (8, 9, 10, 11))
    counts = np.array([[310, 310], [300, 300], [310, 310], [130, 131]])
    within, beyond = channels.trends(counts, months, at("2026-11-11 00:00"))
    assert [within.beyond_chance, beyond.beyond_chance] == [False, True]


def test_a_category_that_is_new_has_no_ratio():
    months = tuple(Period(2026, month) for month in (8, 9, 10, 11))
    (new,) = channels.trends(np.array([[0], [0], [0], [5]]), months, at("2026-11-11 00:00"))
    assert new.ratio is None
    assert new.few


def test_reports_with_a_point_are_as_many_as_the_list_behind_them():
    rows = (report(cell=5), report(), report(cell=7, channel="TWITTER"), report(cell=9, entered="2026-10-31 08:00"))
    reports = replace(
        frame(*rows), latitude=np.array([-6.2, 0, -6.2, -6.2]), longitude=np.array([106.8, 0, 106.8, 106.8])
    )
    now = microseconds(NOW)
    counts, located = channels.located_counts(reports, NOVEMBER, now)
    assert (counts.tolist(), located.tolist()) == ([0, 2, 1], [0, 1, 1])
    for code, name in ((1, "JAKI"), (2, "TWITTER")):
        listing = Listing(Filters(channel_id=name), point="ya")
        assert mask(reports, listing, now).sum() == located[code]
