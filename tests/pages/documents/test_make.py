"""Every kind of document for every kind of unit, and what cannot be made."""

import pytest

from components.documents.content import Table
from components.documents.pdf import pdf
from pages._documents.make import make
from pages._documents.subject import UnknownSubject, subject
from scoring.periods import PeriodError
from tests.builders import NAMES
from tests.pages.documents.parts import PUSAT, table

pytestmark = pytest.mark.db


@pytest.mark.parametrize(
    "unit_id", ["", PUSAT, "W-31.71.01", "W-31.71.01.1001", "D-BM", "S-BM-31.72", "B-BAPENDA", "W-31.01"]
)
@pytest.mark.parametrize(("kind", "period"), [("bulanan", "2026-10"), ("mingguan", "2026-W45"), ("tahunan", "2026")])
def test_every_kind_of_unit_has_its_documents_and_they_are_drawn(state, unit_id, kind, period):
    content = make(kind, unit_id, period, state)
    assert subject(unit_id, state.frame.names).name in content.subtitle
    assert [block for block in content.blocks if isinstance(block, Table)]
    assert pdf(content).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("kind", "unit_id", "period", "problem"),
    [
        ("bulanan", "X", "2026-10", UnknownSubject),
        ("bulanan", PUSAT, "2026-12", PeriodError),
        ("bulanan", PUSAT, "10-2026", PeriodError),
        ("mingguan", PUSAT, "2026-W54", PeriodError),
        ("mingguan", PUSAT, "2026-W48", PeriodError),
        ("mingguan", PUSAT, "2026-11", PeriodError),
        ("tahunan", PUSAT, "2027", PeriodError),
        ("tahunan", PUSAT, "26", PeriodError),
        ("ringkasan", "31.71", "999999", PeriodError),
        ("ringkasan", "31.71", "x", PeriodError),
    ],
)
def test_what_cannot_be_made_says_why(state, kind, unit_id, period, problem):
    with pytest.raises(problem):
        make(kind, unit_id, period, state)


@pytest.mark.parametrize(
    ("unit_id", "office", "head"),
    [
        ("W-31.71", "Walikota Jakarta Pusat", "Walikota Jakarta Pusat"),
        ("K-GAMBIR", "Lurah Gambir", "Lurah Gambir"),
        ("D-BM", "Dinas Bina Marga", "Kepala Dinas Bina Marga"),
        ("", "Gubernur Daerah Khusus Ibukota Jakarta", "Gubernur Daerah Khusus Ibukota Jakarta"),
    ],
)
def test_whose_authority_it_is_and_to_whom_one_writes(unit_id, office, head):
    found = subject(unit_id, NAMES)
    assert (found.office, found.head) == (office, head)


def test_the_head_of_kepulauan_seribu_is_its_bupati(state):
    assert subject("W-31.01", state.frame.names).office == "Bupati Kabupaten Administrasi Kepulauan Seribu"


def test_the_table_of_the_year_of_the_province_has_no_column_of_scores(state):
    titles = [column.title for column in table(make("tahunan", "", "2026", state), "Rekapitulasi").columns]
    assert titles == ["No", "Bulan", "Pengaduan", "Selesai", "Status TL"]
