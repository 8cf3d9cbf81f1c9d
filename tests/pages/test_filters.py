"""Filters travel in the URL; what the CRM does not know falls back to the default, and is never kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.filters import Filters
from data_access.live import State
from tests.builders import frame, report, wib

STATE = State(frame(report()), (), wib("2026-11-22 14:05"), "1", True, (), (), 0.0)


@pytest.fixture(scope="module")
def filters(web):
    """The module under test; pages can be imported once the app is there."""
    from pages import _filters

    return _filters


@pytest.fixture(scope="module")
def canonical(web):
    """The check of a query by the names every screen knows."""
    from pages import _filters, _query

    return lambda asked: _query.canonical(asked, STATE, _filters.QUERY_NAMES)


def test_a_known_period_and_unit_stay_in_a_fixed_order(filters, canonical):
    query = canonical({"unit": "D-BM", "periode": "2026-10", "lain": "x"})
    assert query == (("periode", "2026-10"), ("unit", "D-BM"))
    assert filters.chosen(dict(query)) == (Filters("2026-10", unit_id="D-BM"), None)


def test_one_bad_value_leaves_the_other_in_force_and_is_said(filters, canonical):
    shown, notice = filters.chosen(dict(canonical({"periode": "besok", "unit": "D-BM"})))
    assert shown == Filters(unit_id="D-BM")
    assert "Periode" in notice and "Unit" not in notice


@given(st.text(max_size=80), st.text(max_size=80))
def test_made_up_values_lead_to_a_handful_of_answers(filters, canonical, period, unit):
    query = dict(canonical({"periode": period, "unit": unit}))
    assert query.get("periode") in {None, *filters.offered_periods(STATE)}
    assert query.get("unit") in {None, *(known.unit_id for known in STATE.frame.names.units)}
    assert set(query) <= {"periode", "unit", "tidak-dikenal"}
    assert query.get("tidak-dikenal") in {None, "periode", "unit", "periode,unit"}
