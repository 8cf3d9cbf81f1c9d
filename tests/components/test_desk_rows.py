"""A row of the desk as HTML: numbers with their lists, marks on the axis, texts that cannot become markup."""

import re

import pytest

from components.desk_rows import ReportLine, UnitLine, head_row, unit_row
from tests.components.test_tkd_table import words


def line(**given) -> ReportLine:
    defaults = {
        "number": "JK2611210263",
        "href": "/laporan/JK2611210263",
        "what": "Jalan",
        "place": "Gambir",
        "wait_hours": 7.5,
        "waited": "7 jam 30 menit",
        "over_officer": False,
        "drop": "100 → 80, 15.12",
        "note": "sejak pagi",
        "tags": ("respons", "masih"),
        "flooded": False,
    }
    return ReportLine(**(defaults | given))


def row(*reports: ReportLine, **given) -> str:
    defaults = {
        "unit_id": "K-GAMBIR",
        "name": "Kel. Gambir",
        "href": "/tkd/K-GAMBIR",
        "over_response": 2,
        "over_response_href": "/laporan?unit=K-GAMBIR&tunggu=6",
        "over_officer": 1,
        "over_officer_href": "/laporan?unit=K-GAMBIR&tunggu=24",
        "next_drop": "15.12",
        "next_drop_day": "",
        "points": "−0,22",
        "floods": (),
    }
    return unit_row(UnitLine(reports=reports, **(defaults | given)))


def places(html: str) -> list[tuple[str, str]]:
    """(kind, place) of each mark on the axis."""
    return re.findall(r'<i class="(o6|o24)" style="left:([\d.]+%)"', html)


def test_a_row_reads_like_its_columns():
    assert words(row(line())).startswith("Kel. Gambir 2 ◆ 1 7 jam 30 menit 15.12 −0,22 JK2611210263 Jalan Gambir ○")


def test_counts_open_their_lists_and_nothing_is_no_link():
    html = row(line(), over_officer=0)
    assert 'href="/laporan?unit=K-GAMBIR&amp;tunggu=6" data-page="" data-count="2"' in html
    assert "tunggu=24" not in html and "◆" not in html


def test_without_a_list_of_its_own_a_number_opens_the_reports_of_the_row():
    html = row(line(), over_response_href=None)
    assert 'href="?pilih=K-GAMBIR" data-stay=""' in html and 'data-count="2"' not in html


@pytest.mark.parametrize(
    ("hours", "over", "mark"),
    [
        (0, False, ("o6", "0.00%")),
        (12, False, ("o6", "25.00%")),
        (36, True, ("o24", "75.00%")),
        (93, True, ("o24", "100.00%")),
    ],
)
def test_a_mark_stands_at_its_wait_and_beyond_the_axis_at_its_edge(hours, over, mark):
    assert places(row(line(wait_hours=hours, over_officer=over))) == [mark]


def test_the_longest_wait_beyond_the_axis_is_written_and_others_are_not():
    assert '<em aria-hidden="true">93 j</em>' in row(line(wait_hours=93.5, over_officer=True), line())
    assert "<em" not in row(line(wait_hours=48))


def test_a_report_that_does_not_wait_has_no_mark():
    html = row(line(wait_hours=None, waited=""))
    assert places(html) == [] and "tidak ada yang menunggu" in html


def test_each_report_carries_what_it_can_be_asked_for_by_and_whether_it_is_one_of_many():
    html = row(line(), line(flooded=True, tags=("respons",)), floods=("12 laporan bagian dari satu kejadian",))
    assert re.findall(r'class="dk-rep" data-tags="([^"]*)"( data-flooded="")?', html) == [
        ("respons masih", ""),
        ("respons", ' data-flooded=""'),
    ]
    assert html.index("satu kejadian") < html.index("dk-rep")


def test_texts_of_the_crm_cannot_become_markup():
    evil = '<img src=x onerror="x">&'
    html = row(line(number=evil, what=evil, place=evil, waited=evil, note=evil), name=evil, floods=(evil,))
    assert "<img" not in html and html.count("&lt;img") >= 6


def test_the_head_has_its_limits_on_the_axis():
    head = head_row(6, 24)
    assert words(head) == "Unit &gt; 6 jam &gt; 24 jam Lama menunggu, jam 0 6 24 48 Nilai turun Poin/jam Tindakan"
    assert re.findall(r"left:([\d.]+)%", head) == ["0.00", "12.50", "50.00", "100.00"]
    assert "left:25.00%" in head_row(12, 24)
