"""What a monthly report says is what the screens, their lists and the command line say of the same data."""

import numpy as np
import psycopg
import pytest

from components.documents.content import Heading, Items
from components.documents.docx import docx
from components.formats import decimal, integer
from data_access import document_figures, listing_rows
from data_access.document_figures import unit_month
from data_access.durations_of import completed_in, durations
from data_access.filters import Filters, narrowed
from data_access.frame import microseconds
from data_access.handovers import OFTEN
from data_access.listing import Listing
from data_access.months import frame_of
from data_access.ranking import ranking
from data_access.scope import EVERYTHING
from pages._documents.make import make
from scoring import rulebook
from scoring.grades import shown
from scoring.periods import Period
from tests.browser.scoring_files import score_json, standings
from tests.components.documents.test_office import as_text
from tests.conftest import CITY_UNTIL
from tests.pages.documents.parts import PUSAT, answer, table, words

pytestmark = pytest.mark.db
SEPTEMBER, OCTOBER, NOVEMBER = Period(2026, 9), Period(2026, 10), Period(2026, 11)
RANKED = ("Peringkat Kecamatan", "Kelurahan tertinggi", "Kelurahan terendah")


def test_headings_follow_the_order_of_the_report_of_the_secretariat(report):
    found = [block.text for block in report.blocks if isinstance(block, Heading) and block.level < 3]
    assert found[:9] == [
        "Pengantar",
        "Dasar hukum",
        "A. Pengaduan masyarakat bulan Oktober 2026",
        "1. Jumlah pengaduan masyarakat",
        "2. Peringkat kecamatan",
        "3. Peringkat kelurahan",
        "4. Capaian tindak lanjut pengaduan masyarakat (Final TKD)",
        "5. Top 5 kategori berdasarkan jumlah aduan terbanyak",
        "6. Top 5 unit kerja berdasarkan jumlah aduan terbanyak",
    ]
    assert answer(report).title.endswith("Cut off tanggal 8 November 2026 23.59 WIB")


def test_counts_are_those_of_the_lists(report, state):
    rows = {row[1]: row[2] for row in table(report, "Rincian pengaduan").rows}
    whole = Listing(Filters("2026-10", unit_id=PUSAT))
    counts = {
        point: listing_rows.count(EVERYTHING, Listing(whole.filters, point=point), state).count
        for point in ("tanpa", "ya", "nol", "tukar", "luar")
    }
    assert rows["Nongeotagging"] == counts.pop("tanpa")
    assert rows["Geotagging"] == sum(counts.values()) > 0
    assert table(report, "Rincian pengaduan").total[2] == listing_rows.count(EVERYTHING, whole, state).count


@pytest.mark.parametrize("period", [SEPTEMBER, OCTOBER, NOVEMBER], ids=str)
def test_scores_and_grades_are_those_of_the_command_line(at_city, state, period):
    """Closed months, one of them read anew, and the running one."""
    command = standings(score_json(at_city, str(period), CITY_UNTIL))
    content = make("bulanan", PUSAT, str(period), state)
    names = state.frame.names
    ids = {names.holder(code): unit.unit_id for code, unit in enumerate(names.units)}
    printed = [row for name in RANKED for row in table(content, name).rows]
    assert len(printed) >= 16
    assert [(row[4], row[2]) for row in printed] == [_shown(command, ids[row[1]], period) for row in printed]
    assert (answer(content).figure, answer(content).mark) == _shown(command, PUSAT, period)
    kelurahan = [(names.holder(code), command.get(names.units[code].unit_id)) for code in _kelurahan_of(state, PUSAT)]
    scored = {name: found for name, found in kelurahan if found}
    best = sorted(scored.values(), reverse=True)[:5]
    worst = sorted(found for found in scored.values() if found[1] != "A")[:5]
    assert [scored[row[1]] for row in table(content, "Kelurahan tertinggi").rows] == best
    assert [scored[row[1]] for row in table(content, "Kelurahan terendah").rows] == worst


def _shown(command: dict, unit_id: str, period: Period) -> tuple[str, str]:
    score, grade = command[unit_id]
    return shown(score, grade, rulebook.load("tkd-2017").at(period).grades), grade


def _kelurahan_of(state, unit_id: str) -> list[int]:
    inside = state.frame.names.subtree(unit_id)
    return [code for code in np.flatnonzero(inside) if state.frame.names.units[code].unit_type == "kelurahan"]


def test_the_ranking_counts_and_times_are_those_of_the_screen(report, state):
    found = ranking(EVERYTHING, state, "kecamatan", Filters("2026-10", unit_id=PUSAT), minimum=1)
    names = state.frame.names
    counts = {names.holder(int(code)): int(n) for code, n in zip(found.level.codes, found.figures.reports, strict=True)}
    rows = table(report, "Peringkat Kecamatan").rows
    assert {row[1]: row[5] for row in rows} == counts
    for _, name, *_, count, remark in rows[:3]:
        unit_id = next(unit.unit_id for code, unit in enumerate(names.units) if names.holder(code) == name)
        assert count == listing_rows.count(EVERYTHING, Listing(Filters("2026-10", unit_id=unit_id)), state).count
        assert "median" in remark


def test_tops_are_counted_as_the_lists_count(report, state):
    names = state.frame.names
    of_category = {name: identifier for identifier, name in names.categories}
    of_unit = {names.holder(code): unit.unit_id for code, unit in enumerate(names.units)}
    for name in ("Top 5 kategori", "Top 5 unit kerja"):
        rows = table(report, name).rows
        assert [row[2] for row in rows] == sorted((row[2] for row in rows), reverse=True)
        for _, label, count, _ in rows:
            asked = (
                Filters("2026-10", unit_id=PUSAT, category_id=of_category[label])
                if "kategori" in name
                else Filters("2026-10", unit_id=of_unit[label])
            )
            assert count == listing_rows.count(EVERYTHING, Listing(asked), state).count


def test_achievements_are_those_of_the_screen_of_times(report, state):
    frame = narrowed(EVERYTHING, frame_of(OCTOBER, state), Filters(unit_id=PUSAT))
    took = durations(frame, completed_in(frame, OCTOBER, microseconds(state.as_of)))
    sentences = [block.texts for block in report.blocks if isinstance(block, Items)][1]
    assert integer(took.completed_count) in sentences[0]
    assert f"median {decimal(took.median_hours)} jam" in sentences[0]


def test_what_was_passed_on_again_and_again_is_counted_as_its_list_counts(state):
    count = listing_rows.count(EVERYTHING, Listing(Filters("2026-10"), handovers=OFTEN), state).count
    assert count > 0
    blocks = make("bulanan", "", "2026-10", state).blocks
    said = " ".join(sentence for block in blocks if isinstance(block, Items) for sentence in block.texts)
    assert f"{integer(count)} laporan berpindah unit {OFTEN} kali atau lebih; yang terbanyak" in said


def test_libreoffice_opens_the_report_with_its_headings_scores_and_pages(report, tmp_path):
    text = as_text(docx(report), "docx", tmp_path)
    score = answer(report).figure
    for part in ("A. Pengaduan masyarakat bulan Oktober 2026", "Top 5 kategori", score, "Halaman 1 dari"):
        assert part in text


def test_the_year_has_a_line_per_month_and_sums(report, state):
    recap = table(report, "Rekapitulasi")
    assert [row[1] for row in recap.rows][-1] == "Oktober"
    assert recap.total[2] == sum(row[2] for row in recap.rows)
    assert recap.rows[-1][2] == table(report, "Rincian pengaduan").total[2]
    assert recap.rows[-1][5:7] == (answer(report).figure, answer(report).mark)


def test_provisional_before_the_freeze_and_final_with_the_frozen_scores_after(at_city, state):
    body = score_json(at_city, "2026-09", CITY_UNTIL)
    frozen = next(unit for unit in body["aggregates"] if unit["unit_id"] == PUSAT)
    frozen["final"] = 91.25  # what was frozen speaks, whatever the CRM says today
    insert = "insert into pantau.snapshot values ('2026-09', 1, now(), 'jadwal', '', %s, 'abc123def4567', '')"
    assert make("bulanan", PUSAT, "2026-09", state).stamp == "SEMENTARA"
    document_figures._kept.clear()
    with psycopg.connect(at_city, autocommit=True) as connection:
        connection.execute(insert, [psycopg.types.json.Jsonb(body)])
        try:
            content = make("bulanan", PUSAT, "2026-09", state)
        finally:
            connection.execute("delete from pantau.snapshot")
            document_figures._kept.clear()
    assert (content.stamp, answer(content).figure, answer(content).mark) == ("FINAL", "91,25", "A")
    assert "abc123def456" in content.notes[0]


def test_a_month_without_reports_says_so(state):
    content = make("bulanan", PUSAT, "2026-01", state)
    assert table(content, "Rincian pengaduan").total[2:] == (0, 0, "nihil")
    assert table(content, "Top 5 kategori").rows == ()
    assert "sebanyak 0 pengaduan. Data ditarik" in words(content)
    assert "8 dari 8 kecamatan belum ada nilai bulan ini." in words(content)
    assert "Belum ada nilai: tidak ada laporan dalam hitungan" in words(content)
    assert table(content, "Rekapitulasi").rows[0][4:7] == ("tanpa aduan baru", "N/A", "–")


def test_figures_of_a_month_are_counted_once_for_all_units(state, monkeypatch):
    unit_month(state, OCTOBER)
    monkeypatch.setattr(document_figures, "_counted", lambda *_: pytest.fail("counted again"))
    found = unit_month(state, OCTOBER)
    assert int(found.count.sum()) == int(found.by_category.sum()) == int(found.by_channel.sum())
    assert np.isnan(found.standing[0])
