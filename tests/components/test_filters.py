"""Filters travel in the URL; what does not exist is refused politely and shown as the default."""

from hypothesis import given
from hypothesis import strategies as st

from components.filters import Filters, filter_line, parse

PERIODS = ["2026-11", "2026-10"]
UNITS = [("D-BM", "Dinas Bina Marga"), ("D-LH", "Dinas Lingkungan Hidup")]


def test_a_view_is_brought_back_by_its_own_query():
    for filters in (Filters(), Filters("2026-10"), Filters(unit_id="D-BM"), Filters("2026-10", "D-LH")):
        assert parse(filters.query(), PERIODS, UNITS) == (filters, None)


def test_the_default_view_has_a_bare_url():
    assert Filters().query() == ""
    assert parse(None, PERIODS, UNITS) == (Filters(), None)


def test_an_unknown_period_or_unit_falls_back_with_a_notice_for_each():
    filters, notice = parse("?periode=1999-01&unit=X", PERIODS, UNITS)
    assert filters == Filters()
    assert "Periode “1999-01” tidak tersedia" in notice
    assert "Unit “X” tidak dikenal" in notice


def test_one_bad_value_leaves_the_other_in_force():
    assert parse("?periode=besok&unit=D-BM", PERIODS, UNITS)[0] == Filters(None, "D-BM")


def test_a_very_long_value_is_not_repeated_in_full():
    assert len(parse(f"?unit={'x' * 5000}", PERIODS, UNITS)[1]) < 120


@given(st.text(max_size=80))
def test_no_query_breaks_the_page_or_passes_an_unknown_value(search):
    filters, _ = parse(search, PERIODS, UNITS)
    assert filters.period in {None, *PERIODS}
    assert filters.unit_id in {None, *dict(UNITS)}


def test_a_narrowed_view_is_named_and_the_default_is_not():
    both = filter_line(Filters("2026-10", "D-BM"), UNITS)
    assert both == "Hanya Dinas Bina Marga · Status, unit, dan TKD: Oktober 2026"
    assert filter_line(Filters("2026-10"), UNITS) == "Status, unit, dan TKD: Oktober 2026"
    assert filter_line(Filters(), UNITS) == ""
