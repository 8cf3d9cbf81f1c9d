"""Values of a URL's query are kept when they can be used, and named when they cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.live import State
from tests.builders import frame, report, wib

STATE = State(frame(report()), (), wib("2026-11-22 14:05"), "1", True, (), (), 0.0)
MOVED = "JK2611210402@2026-11-22T15:07~pindah~W-31.71.07.1003"
GOOD = [
    ("periode", "2026-10", "2026-10"),
    ("unit", "D-BM", "D-BM"),
    ("tampil", "daftar", "daftar"),
    ("jenis", "dinas", "dinas"),
    ("induk", "D-BM", "D-BM"),
    ("buka", "X,D-BM,D-BM", "D-BM"),
    ("cari", "  kebon   kacang ", "kebon kacang"),
    ("urut", "-nilai", "-nilai"),
    ("sejak", "pagi", "pagi"),
    ("sejak", "2026-11-22T07:30", "2026-11-22T07:30"),
    ("sejak", "2026-11-2T7:5", "2026-11-02T07:05"),
    ("sejak", "2025-10-01T00:00", "2025-10-01T00:00"),
    ("target", "B", "B"),
    ("tingkat", "80", "80"),
    ("sel", "888c106a49fffff", "888c106a49fffff"),
    ("masuk", "0001-01-01..9999-12-30", "0001-01-01..9999-12-30"),
    ("lihat", "selesai-100", "selesai-100"),
    ("halaman", "007", "7"),
    ("sim", MOVED, MOVED),
    ("perhari", "20", "20"),
]
BAD = [
    ("periode", "1999-01"),
    ("masuk", "9999-12-31"),
    ("selesai", "..9999-12-31"),
    ("masuk", "٢٠٢٦-١١-٠٣"),
    ("sel", "-8"),
    ("sel", "8" * 40),
    ("sel", "888C106A49FFFFF"),
    ("sel", "0x888c106a49fffff"),
    ("unit", "X"),
    ("tampil", "kubus"),
    ("jenis", ""),
    ("buka", "X,Y"),
    ("cari", "x" * 61),
    ("cari", "a\x00b"),
    ("urut", "Nilai"),
    ("sejak", "2026-11-22T14:05"),
    ("sejak", "besok"),
    ("sejak", "2025-09-30T23:59"),
    ("sejak", "0001-01-01T00:00"),
    ("target", "F"),
    ("target", "E"),  # the lowest grade is reached without doing anything
    ("tingkat", "90"),
    ("lihat", "../x"),
    ("halaman", "0"),
    ("halaman", "²"),
    ("sim", "<script>"),
    ("sim", "J" * 6001),
    ("perhari", "501"),
]


@pytest.fixture(scope="module")
def query(web):
    """The module under test; pages can be imported once the app is there."""
    from pages import _query

    return _query


@pytest.mark.parametrize(("name", "value", "kept"), GOOD)
def test_a_value_that_can_be_used_is_kept_in_one_form(query, name, value, kept):
    assert query.canonical({name: value}, STATE, (name,)) == ((name, kept),)


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_value_that_cannot_be_used_is_named_and_not_kept(query, name, value):
    expected = ((query.UNKNOWN_NAMES, name),) if value else ()
    assert query.canonical({name: value}, STATE, (name,)) == expected


def test_a_view_is_asked_by_its_own_names_alone(query):
    assert query.canonical({"sim": "x", "periode": "2026-10"}, STATE, ("periode",)) == (("periode", "2026-10"),)


@given(st.dictionaries(st.sampled_from([name for name, _, _ in GOOD]), st.text(max_size=100)))
def test_no_text_breaks_the_check(query, asked):
    answer = query.canonical(asked, STATE, tuple(query.CHECKS))
    assert set(dict(answer)) <= {*asked, query.UNKNOWN_NAMES}
