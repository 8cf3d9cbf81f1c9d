"""The table of the load and its bars: words for every pile, links behind every count."""

import pytest

from components.text_table import heading, sortable, text_table
from components.tkd_table import Column
from components.workload_days import Day, ceiling, day_bars
from components.workload_table import LoadLinks, LoadRow, growth_words, load_row
from tests.components.test_tkd_table import words
from tests.components.tree import having, text

LINKS = LoadLinks("/tkd/D", *(f"/laporan?{name}" for name in ("open", "late", "wait", "in", "out", "week")))
FULL = LoadRow(
    key="D",
    name="Dinas Bina Marga",
    full_name="Dinas Bina Marga",
    note="",
    links=LINKS,
    open_count=1906,
    overdue_count=953,
    waiting_count=3,
    entered_count=280,
    closed_count=140,
    closed_week_count=70,
    capacity_share=1.254,
    growth_per_day=5.0,
    clearing_days=190.6,
    oldest_days=402,
    oldest_number="JK2509010092",
    oldest_href="/laporan/JK2509010092",
)


def drawn(**changes) -> str:
    return load_row(LoadRow(**vars(FULL) | changes), 28, 7)[1]


def test_a_row_says_how_much_there_is_and_how_it_moves():
    said = (
        "Dinas Bina Marga 1.906 953 3 280 10,0/hari 140 5,0/hari 70 10,0/hari 125% "
        "bertambah 5,0 per hari 191 hari 402 hari"
    )
    assert words(drawn()) == said


def test_every_count_is_a_link_and_the_oldest_leads_to_its_report():
    hrefs = ("open", "late", "wait", "in", "out", "week")
    assert all(f'href="/laporan?{name}"' in drawn() for name in hrefs)
    assert 'href="/laporan/JK2509010092" title="Laporan JK2509010092"' in drawn()
    assert "width:50.0%" in drawn()


def test_an_officer_has_no_waiting_reports_and_no_screen():
    html = drawn(waiting_count=None, links=LoadLinks(None, *list(vars(LINKS).values())[1:]))
    assert "tunggu" not in html
    assert '<span class="nm"' in html


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"clearing_days": None}, "tak bergerak"),
        ({"clearing_days": 0.4}, "< 1 hari"),
        ({"capacity_share": None}, '<td class="kapasitas flat" title="Terlalu jarang'),
        ({"oldest_days": 0}, "hari ini"),
    ],
)
def test_the_edges_have_words(changes, said):
    assert said in drawn(**changes)


def test_a_unit_with_nothing_open_claims_nothing():
    html = drawn(open_count=0, overdue_count=0, oldest_days=None, clearing_days=0.0)
    assert html.count("–</td>") == 3


def test_the_balance_is_in_words():
    assert [growth_words(value) for value in (3.21, -0.4, 0.049)] == [
        "bertambah 3,2 per hari",
        "berkurang 0,4 per hari",
        "seimbang",
    ]


def test_the_scale_ends_at_a_round_even_number():
    assert [ceiling(count) for count in (0, 1, 2, 7, 12, 347, 1000)] == [2, 2, 2, 8, 20, 400, 1000]


def test_each_day_has_two_bars_from_zero_that_open_their_reports():
    chart = day_bars([Day("22 Nov", True, 150, 0, "/in", "/out"), Day("23 Nov", False, 200, 50, "/in2", "/out2")])
    bars = [*having(chart, "in"), *having(chart, "out")]
    assert [(bar.href, bar.style["height"]) for bar in bars] == [
        ("/in", "75.0%"),
        ("/in2", "100.0%"),
        ("/out", "0.0%"),
        ("/out2", "25.0%"),
    ]
    assert bars[0].title == "22 Nov: 150 masuk"
    assert "22 Nov" in text(chart)
    assert "23 Nov" not in text(chart)


def test_a_column_sorts_with_its_best_end_first_and_turns_round():
    columns = [Column("nama", "Unit"), Column("isi", "Isi"), Column("diam", "Diam")]
    names = ("nama", "-isi")

    def asked(sort: str) -> list[tuple]:
        return [(column.href, column.direction) for column in sortable(columns, sort, "-isi", names)]

    assert asked("-isi") == [("?urut=nama", None), ("?urut=isi", "descending"), (None, None)]
    assert asked("isi") == [("?urut=nama", None), ("?urut=", "ascending"), (None, None)]
    assert asked("nama") == [("?urut=-nama", "ascending"), ("?urut=", None), (None, None)]


def test_the_table_has_a_caption_a_head_and_its_rows():
    table = text_table(
        "Beban <kerja>", [Column("nama", "Unit", "apa")], [("D", "<tr></tr>"), heading("x", "A", "b", 1)], "one"
    )
    assert "<caption>Beban &lt;kerja&gt;</caption>" in table["head"]
    assert '<th class="nama" scope="col" title="apa">Unit</th>' in table["head"]
    assert [key for key, _ in table["rows"]] == ["D", "#x"]
