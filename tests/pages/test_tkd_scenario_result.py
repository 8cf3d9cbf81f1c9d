"""The result of a scenario at its edges: what is said when there is nothing left to compare."""

import pytest

from components import ids
from tests.builders import report
from tests.pages.what_if_world import UNIT, drawn, rows, state, words


@pytest.fixture(scope="module")
def panel(web):
    """The module under test; pages can be imported once the app is there."""
    from pages._tkd import what_if

    return what_if


@pytest.mark.parametrize(("unit", "number", "has_peers"), [("D-BM", "S1", True), ("W-31.71", "A1", False)])
def test_only_a_unit_with_reports_of_its_own_is_compared_with_peers(panel, unit, number, has_peers):
    said = words(drawn(panel, f"{number}@2026-11-24T10:00", unit=unit))
    assert "Peringkat." in said
    assert ("Unit sejenis." in said) == has_peers


def test_a_unit_that_gives_its_only_report_away_has_no_rank_and_its_peers_stay(panel):
    here = [report(number="M1", unit=UNIT, entered="2026-11-21 10:00"), *rows()[10:]]
    said = words(drawn(panel, "M1@2026-11-24T10:00~pindah~S-BM-71", now=state(*here)))
    assert "Unit sejenis. Median 1,5 → 3, terbanyak tetap 3 laporan selesai." in said
    assert "Peringkat. Tidak ada lagi; 1 kelurahan lain bernilai." in said
    assert "nan" not in drawn(panel, "M1@2026-11-24T10:00~pindah~S-BM-71", now=state(*here))[ids.WHAT_IF_RESULT]
