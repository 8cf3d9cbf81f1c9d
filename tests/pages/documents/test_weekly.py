"""The weekly nota: its days, who waits, where the score is likely to end."""

from datetime import date

import pytest

from components.documents.content import Heading, Items
from components.formats import integer
from data_access import briefs, document_forecasts, early_warning, listing_rows
from data_access.document_figures import unit_month
from data_access.document_forecasts import forecasts
from data_access.filters import Filters
from data_access.listing import Listing
from data_access.scope import EVERYTHING
from pages._documents.make import make
from scoring.grades import grade_of, shown
from scoring.periods import Period
from tests.pages.documents.parts import PUSAT, table, words

pytestmark = pytest.mark.db


WEEK = "2026-W45"  # 2 to 8 November
NOVEMBER = Period(2026, 11)


def test_a_week_counts_its_days_and_the_waiting_are_those_of_the_desk(state):
    content = make("mingguan", PUSAT, WEEK, state)
    figures = {row[0]: row[1] for row in table(content, "Pekan ini").rows}
    days = Listing(Filters("semua", unit_id=PUSAT), entered=(date(2026, 11, 2), date(2026, 11, 8)))
    assert figures["Masuk"] == integer(listing_rows.count(EVERYTHING, days, state).count)
    desk = early_warning.desk(EVERYTHING, state, Filters(unit_id=PUSAT), briefs.limits_on(state.as_of))
    assert f"{integer(len(desk.over_response))} laporan menunggu lebih dari 6 jam" in words(content)
    shown = {line[1]: line[3] for line in table(content, "Perlu diingatkan").rows}
    waits = {desk.frame.names.holder(line.unit): line.over_response for line in desk.rows if line.over_response}
    assert shown.items() <= waits.items()
    assert len(shown) == min(len(waits), 8)


def test_the_score_is_that_of_now_and_the_forecast_that_of_the_state(state):
    content = make("mingguan", PUSAT, WEEK, state)
    headings = [block.text for block in content.blocks if isinstance(block, Heading)]
    assert "Nilai TKD November 2026, cut off 8 Desember 2026" in headings
    month, code = unit_month(state, NOVEMBER), state.frame.names.unit_code(PUSAT)
    now = shown(month.standing[code], month.grade(code), month.rules.grades)
    assert f"Nilai sekarang {now}, peringkat {month.grade(code)}" in words(content)
    low, _, middle, _, high = (float(value) for value in forecasts(state)[NOVEMBER].final[code - 1])
    texts = [shown(value, grade_of(value, month.rules.grades), month.rules.grades) for value in (middle, low, high)]
    assert "di sekitar {}; kemungkinan 80 % di antara {} dan {}".format(*texts) in words(content)


def test_forecasts_are_computed_once_for_all_units(state, monkeypatch):
    first = forecasts(state)
    monkeypatch.setattr(document_forecasts, "_computed", lambda _: pytest.fail("computed again"))
    assert forecasts(state) is first


def test_a_unit_where_nothing_waits_is_asked_for_nothing(state):
    desk = early_warning.desk(EVERYTHING, state, Filters(), briefs.limits_on(state.as_of))
    concerned = {state.frame.names.units[row.unit].unit_id for row in desk.rows}
    quiet = next(
        unit.unit_id
        for unit in state.frame.names.units
        if unit.unit_type == "kelurahan" and unit.unit_id not in concerned
    )
    content = make("mingguan", quiet, WEEK, state)
    assert table(content, "Perlu diingatkan").rows == ()
    [asked] = [block.texts for block in content.blocks if isinstance(block, Items)]
    assert asked == ("Tidak ada yang mendesak saat ini; agar pemantauan diteruskan.",)


def test_the_nota_of_the_province_lists_the_kota(state):
    content = make("mingguan", "", WEEK, state)
    month = unit_month(state, NOVEMBER)
    rows = {row[1]: row[2:4] for row in table(content, "Nilai kota 2026-11").rows}
    code = state.frame.names.unit_code(PUSAT)
    assert rows["Jakarta Pusat"] == (
        shown(month.standing[code], month.grade(code), month.rules.grades),
        month.grade(code),
    )
