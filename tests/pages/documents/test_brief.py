"""A stored brief is printed as it was stored, on one page."""

import re

import pytest

from components.documents.pdf import pdf
from data_access import briefs, checks, desk_log, desk_reading, handover
from data_access.filters import Filters
from data_access.scope import EVERYTHING
from pages._documents.make import make
from scoring.periods import PeriodError
from tests.pages.documents.parts import PUSAT, table, words
from tests.pages.documents.test_command import run

pytestmark = pytest.mark.db


@pytest.fixture
def stored(at_city, state):
    """stored(area code, changes of the body) -> the number of a brief of the check before."""
    check = checks.last(state.as_of, briefs.limits_on(state.as_of))

    def store(area_code: str, kind: str = "", **changes) -> str:
        body = desk_reading.body(EVERYTHING, state, Filters(area_code=area_code or None), check, None, [])
        with desk_log.opened(at_city) as connection:
            briefs.store(connection, kind or check.name, area_code, check.at, body | changes, "jadwal")
            return str(briefs.find(connection, kind or check.name, area_code, check.at).brief_id)

    yield store
    with desk_log.opened(at_city) as connection:
        connection.execute("delete from pantau.brief")


def test_what_was_stored_is_printed_and_not_what_is_so_now(stored, state):
    change = {
        "since": {"name": "pagi", "due_at": "2026-11-14T07:30:00+07:00", "seen_at": "2026-11-14T07:31:00+07:00"},
        "stored": False, "handled": 12, "still": 5, "new": 9, "passed_officer": 2,
    }  # fmt: skip
    figures = {"over_response": 99, "over_officer": 7, "falling": 3, "first_drop_at": "2026-11-15T11:00:00+07:00",
               "tickets_due": 1, "tickets_due_at": ["Satpol PP"], "rejected": 0, "quiet_units": 1}  # fmt: skip
    row = {"name": "Kel. Gambir", "over_response": 99, "over_officer": 7, "longest_hours": 30.5, "next_drop_at": None}
    score = {"unit_id": "W-31.71", "name": "Jakarta Pusat", "period": "2026-11", "score": "84,99", "grade": "B"}
    content = make(
        "ringkasan", "31.71", stored("31.71", change=change, figures=figures, rows=[row], scores=[score]), state
    )
    assert "99 laporan menunggu lebih dari 6 jam, 7 lebih dari 24 jam." in words(content)
    assert "(disusun kembali dari riwayat): 12 ditindaklanjuti, 5 masih menunggu, 2 di antaranya" in words(content)
    assert table(content, "Urutan").rows == (("Kel. Gambir", 99, 7, 30.5, "–"),)
    assert table(content, "Nilai").rows == (("Jakarta Pusat", "84,99, peringkat B"),)


@pytest.mark.parametrize("area_code", ["", "31.01", "31.71"])
def test_a_brief_of_a_whole_city_is_one_page(stored, state, area_code):
    content = make("ringkasan", area_code, stored(area_code), state)
    assert table(content, "Urutan").rows or area_code
    assert len(re.findall(rb"/Type */Page\b", pdf(content))) == 1


def test_a_sheet_of_two_shifts_is_no_check(stored, state):
    with pytest.raises(PeriodError):
        make("ringkasan", "31.71", stored("31.71", kind=handover.KIND), state)


def test_the_command_finds_the_brief_of_a_kota_by_its_unit(at_city, stored, tmp_path):
    number = stored("31.71")
    done = run(at_city, "ringkasan", "--unit", PUSAT, "--period", number, "--out", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert [file.name for file in tmp_path.iterdir()] == [f"ringkasan-{PUSAT}-{number}.pdf"]
