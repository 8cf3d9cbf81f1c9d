"""A screen is narrowed by where reports lie, who holds them, and of what kind they are."""

import pytest

from data_access.filters import Filters, inside, narrowed
from data_access.scope import EVERYTHING, NOTHING
from tests.builders import NAMES, frame, report

REPORTS = frame(
    report(number="gambir", kelurahan="31.71.01.1001", unit="K-GAMBIR"),
    report(number="tebet", kelurahan="31.74.01.1001", unit="S-BM-71", category="sampah", channel="TWITTER"),
    report(number="refused", kelurahan="31.74.01.1001", unit="D-SDA", status="tl_ditolak"),
    report(number="nowhere", kelurahan="", unit="D-BM", channel="", category="x", status="selesai"),
)
CASES = [
    (Filters(), {"gambir", "tebet", "refused", "nowhere"}),
    (Filters(period="2020-01"), {"gambir", "tebet", "refused", "nowhere"}),  # a period is the question's, not the rows'
    (Filters(area_code="31.71"), {"gambir"}),
    (Filters(area_code="31.74.01"), {"tebet", "refused"}),
    (Filters(unit_id="D-BM"), {"tebet", "nowhere"}),
    (Filters(category_id="sampah"), {"tebet"}),
    (Filters(channel_id="TWITTER"), {"tebet"}),
    (Filters(status="proses"), {"refused"}),
    (Filters(area_code="31.74.01", status="menunggu"), {"tebet"}),
]


@pytest.mark.parametrize(("filters", "numbers"), CASES)
def test_the_rows_that_were_asked_for_are_left(filters, numbers):
    assert set(narrowed(EVERYTHING, REPORTS, filters).number) == numbers


def test_nothing_is_seen_outside_the_scope():
    assert len(narrowed(NOTHING, REPORTS, Filters(area_code="31.74.01"))) == 0


def test_an_area_holds_its_own_kelurahan_and_no_namesake_by_digits():
    codes = {code for (code, _), found in zip(NAMES.kelurahan, inside("31.71.01", NAMES), strict=True) if found}
    assert codes and all(code.startswith("31.71.01.") for code in codes)
