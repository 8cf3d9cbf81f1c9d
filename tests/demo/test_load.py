"""Bulk load for benchmarks: exactly N reports over five years, numbers unique, in bounded pieces."""

from datetime import timedelta

import numpy as np
import psycopg
import pytest

from demo import bulk
from demo.clock import DAY, local_day
from tests.conftest import CITY_UNTIL

pytestmark = pytest.mark.db


def test_exactly_n_reports_come_in_pieces_with_unique_numbers(empty_database, monkeypatch):
    monkeypatch.setattr(bulk, "PIECE", 2000)
    counts = bulk.fill(empty_database, 12_345, until=CITY_UNTIL)
    with psycopg.connect(empty_database) as connection:
        query = """SELECT count(*), count(DISTINCT report_id), min(entered_at), max(entered_at), max(updated_at)
            FROM crm.report"""
        count, distinct, first, last, updated = connection.execute(query).fetchone()
        events = connection.execute("SELECT count(*), max(event_id), min(occurred_at) FROM crm.report_event").fetchone()
    assert count == distinct == counts["report"] == 12_345
    assert timedelta(days=59 * 30) < last - first < timedelta(days=61 * 31)
    assert updated <= CITY_UNTIL
    assert events[0] == events[1] == counts["report_event"]
    assert events[2] > CITY_UNTIL - timedelta(days=bulk.EVENT_DAYS)


def test_pieces_are_whole_days_and_cover_everything_once():
    days = np.sort(np.random.default_rng(1).integers(0, 300, 900_000)) * DAY
    ranges = list(bulk.pieces(days))
    assert [first for first, _ in ranges[1:]] == [last for _, last in ranges[:-1]]
    assert (ranges[0][0], ranges[-1][1]) == (0, len(days))
    assert max(last - first for first, last in ranges) <= bulk.PIECE
    assert all(local_day(days[last - 1]) < local_day(days[last]) for _, last in ranges[:-1])


@pytest.mark.parametrize("count", [1, 7, 5000])
def test_spread_gives_exactly_the_count_in_order(count):
    entered = bulk.spread(np.random.default_rng(1), count, 0, 200 * DAY)
    assert len(entered) == count
    assert (np.diff(entered) >= 0).all()
