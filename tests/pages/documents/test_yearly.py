"""The yearly recap: sums of the months, averages of what is over."""

import pytest

from components.documents.content import Line
from components.formats import decimal, integer
from data_access import listing_rows
from data_access.document_figures import unit_month
from data_access.filters import Filters
from data_access.listing import OPEN_START, Listing
from data_access.scope import EVERYTHING
from pages._documents.make import make
from scoring.periods import WIB, Period
from tests.conftest import CITY_UNTIL
from tests.pages.documents.parts import PUSAT, table, words

pytestmark = pytest.mark.db


@pytest.fixture(scope="module")
def recap(state):
    return make("tahunan", PUSAT, "2026", state)


def test_each_month_has_as_many_as_its_list(recap, state):
    rows = table(recap, "Rekapitulasi").rows
    assert len(rows) == 11
    for row in rows[8:]:
        period = f"2026-{row[0]:02d}"
        assert row[2] == listing_rows.count(EVERYTHING, Listing(Filters(period, unit_id=PUSAT)), state).count
        done = Listing(Filters(period, unit_id=PUSAT), completed=(OPEN_START, CITY_UNTIL.astimezone(WIB).date()))
        assert row[3] == listing_rows.count(EVERYTHING, done, state).count


def test_averages_leave_out_the_running_month(recap, state):
    rows = table(recap, "Rekapitulasi").rows
    total, whole = sum(row[2] for row in rows), sum(row[2] for row in rows[:10])
    assert f"rata-rata per bulan penuh {integer(round(whole / 10))} aduan" in words(recap)
    assert f"rata-rata per hari {decimal(total / (304 + 15))} aduan" in words(recap)  # to 15 November
    assert [row[7] for row in rows[-2:]] == ["SEMENTARA", "berjalan"]
    code = state.frame.names.unit_code(PUSAT)
    decided = [unit_month(state, Period(2026, number)) for number in range(1, 11)]
    scored = [month for month in decided if month.grade(code)]
    mean = sum(float(month.standing[code]) for month in scored) / len(scored)
    assert f"Rata-rata nilai {decimal(mean, 2)} atas {len(scored)} bulan bernilai" in words(recap)
    [line] = [block for block in recap.blocks if isinstance(block, Line)]
    assert line.values[-1] is None
    assert sum(value is not None for value in line.values) == len(scored)


def test_channels_and_categories_are_those_of_the_whole_year(recap, state):
    names = state.frame.names
    for name, codes in (("Kanal", names.channels), ("Top 5 kategori", names.categories)):
        _, label, count, share = table(recap, name).rows[0]
        identifier = next(identifier for identifier, words_ in codes if words_ == label)
        field = {"channel_id": identifier} if name == "Kanal" else {"category_id": identifier}
        lists = (Listing(Filters(f"2026-{month:02d}", unit_id=PUSAT, **field)) for month in range(1, 12))
        assert count == sum(listing_rows.count(EVERYTHING, listing, state).count for listing in lists)
        assert share == count / table(recap, "Rekapitulasi").total[2]
