"""The table of a ranking as HTML: what a person reads, where the figures lead, nothing a name could break."""

import re

import pytest

from components.ranking_extremes import Extreme, extremes, grade_bounds
from components.ranking_table import Links, RankRow, hundredths, rank_row, spark
from tests.components.test_tkd_table import words
from tests.components.tree import of_type, text

GRADES = {"A": 85.0, "B": 75.0, "C": 60.0, "D": 50.0, "E": None}
FULL = RankRow(
    key="K",
    name="Kel. Gambir",
    full_name="Kelurahan Gambir",
    note="Kec. Gambir",
    links=Links("/tkd/K", "/laporan?unit=K", "/laporan?unit=K&selesai=..2026-11-22", "/laporan?unit=K&respons=tepat"),
    rank=3,
    places=2,
    best=1,
    worst=5,
    score="84,99",
    grade="B",
    month_points=-1.5,
    months=(80.0, None, 90.0),
    reports_count=1234,
    completed_count=1200,
    mean_hours=20.04,
    median_hours=11.0,
    answered_count=1,
    due_count=3,
)


def drawn(**changes) -> str:
    return rank_row(RankRow(**vars(FULL) | changes), 10, 70, 100)[1]


def test_a_row_says_rank_score_range_moves_and_what_its_reports_say():
    shown = words(re.sub(r"<svg.*?</svg>", "", drawn()))
    assert shown == "3 2 Kel. Gambir Kec. Gambir 84,99 B 1–5 −1,50 1.234 97% 20,0 11,0 33%"


def test_the_figures_lead_to_the_reports_and_the_name_to_the_unit():
    html = drawn()
    for href in (
        "/tkd/K",
        "/laporan?unit=K",
        "/laporan?unit=K&amp;selesai=..2026-11-22",
        "/laporan?unit=K&amp;respons=tepat",
    ):
        assert f'href="{href}"' in html
    assert 'title="1.200 dari 1.234 laporan"' in html


def test_the_range_stands_where_its_ranks_are():
    assert "left:min(0.0%,100% - 3px);width:50.0%" in drawn()
    assert "left:25.0%" in drawn()
    assert "left:min(90.0%,100% - 3px);width:10.0%" in drawn(rank=10, best=10, worst=10)


def test_a_small_sample_has_neither_rank_nor_range_and_keeps_its_score():
    html = drawn(rank=None, places=None, best=0, worst=0)
    assert html.startswith('<tr class="silent">')
    assert "Laporan terlalu sedikit untuk peringkat" in html
    assert "84,99" in html


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"score": None, "grade": None}, "Belum ada laporan dalam nilai periode ini"),
        ({"month_points": None}, "Bulan sebelumnya tanpa nilai"),
        ({"mean_hours": None, "median_hours": None}, "Belum ada yang selesai"),
        ({"places": None}, ">baru<"),
        ({"places": 0}, ">=<"),
        ({"places": -4}, "Turun 4 tempat"),
    ],
)
def test_what_is_not_there_is_said(changes, said):
    assert said in drawn(**changes)


def test_the_line_of_months_breaks_where_one_is_missing_and_says_its_values():
    html = spark((80.0, None, 90.0), 70, 100)
    assert 'd="M0 14.7M96 7.3"' in html
    assert 'aria-label="Nilai 3 bulan: 80,0, –, 90,0"' in html
    assert spark((), 0, 100) == spark((None,), 0, 100) == "–"
    assert 'd="M0 22.0"' in spark((1.0,), 70, 100)  # below the scale: at its edge


def test_hundredths_say_everything_and_nothing_only_when_it_is_so():
    assert [hundredths(count, 1000) for count in (0, 1, 500, 999, 1000)] == ["0", "<1", "50", ">99", "100"]


def test_a_name_cannot_break_the_page():
    html = drawn(name="<b>&'\"", full_name='"><script>', note="<i>")
    assert "<script>" not in html
    assert "&lt;b&gt;&amp;" in html


def test_the_five_stand_as_the_report_prints_them():
    rows = [
        Extreme("Cideng", "/tkd/K", "A", "92,10", "respons ≤ 6 jam 90%"),
        Extreme("Gambir", "/tkd/G", "B", "80,00", ""),
    ]
    table = extremes("Top 5 Kelurahan berdasarkan peringkat tertinggi", "Kelurahan", rows, GRADES)
    assert [text(row) for row in of_type(table, "Tr")] == [
        "Kelurahan Peringkat Nilai Keterangan",
        "1. Cideng A 92,10 85 – 100 respons ≤ 6 jam 90%",
        "2. Gambir B 80,00 75 – 84,99",
    ]


def test_nobody_at_the_bottom_is_printed_nihil():
    assert text(extremes("x", "Kelurahan", [], GRADES)).endswith("Keterangan NIHIL")


def test_the_bounds_of_a_grade_are_those_of_the_rules():
    assert [grade_bounds(letter, GRADES) for letter in "ADE"] == ["85 – 100", "50 – 59,99", "di bawah 50"]
