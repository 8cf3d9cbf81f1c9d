"""The table of units as HTML: what a person reads, what a pointer and a keyboard reach, nothing a name could break."""

import re
from dataclasses import replace

import pytest

from components.tkd_table import Column, ColumnGroup, Figures, Heading, Row, unit_href, unit_table

NAME = Column("nama", "Unit", href="?urut=-nama", direction="ascending")
COLUMNS = tuple(map(Column, ("nilai", "gerak", "bulan", "peluang", "laporan", "sisa"), "NGBPLS"))
GROUP = ColumnGroup("November 2026", COLUMNS)
FULL = Figures("84,99", "B", 0.34, -6.834, 0.48, reports_count=1234, left_count=13)


def unit(figures=FULL, **given) -> Row:
    known = {"unit_id": "K", "name": "Kel. Gambir", "full_name": "Kelurahan Gambir", "note": "", "href": "/tkd/K"}
    return Row(**known | {"figures": figures if isinstance(figures, tuple) else (figures,)} | given)


def html_of(*rows, groups=(GROUP,)) -> str:
    return "".join(html for _, html in unit_table("Nilai", NAME, groups, rows)["rows"])


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_row_says_score_grade_movements_chance_and_counts():
    assert words(html_of(unit())) == "Kel. Gambir 84,99 B +0,34 −6,83 48% 1.234 13"


def test_counts_open_their_reports_and_nothing_stands_behind_a_zero():
    given = {"reports_href": "/tkd/K?lihat=semua", "left_href": "/tkd/K?periode=2026-12&lihat=terbuka"}
    html = html_of(unit(replace(FULL, **given)))
    assert '<a class="to-list" href="/tkd/K?lihat=semua" data-page>1.234</a>' in html
    assert '<a class="to-list" href="/tkd/K?periode=2026-12&amp;lihat=terbuka" data-page>13</a>' in html
    assert "to-list" not in html_of(unit(replace(FULL, reports_count=0, left_count=0, **given)))


def test_movement_has_a_shape_and_a_sign_and_none_when_nothing_moved():
    html = html_of(unit(Figures("10,00", "E", 0.0049, None, None)))
    assert 'class="way"' not in html
    assert words(html) == "Kel. Gambir 10,00 E 0,00 – – 0 0"
    html = html_of(unit())
    assert 'class="gerak g0 up"' in html
    assert 'class="bulan g0 down"' in html


@pytest.mark.parametrize(
    ("share", "text"), [(0.0, "&lt;1%"), (0.004, "&lt;1%"), (0.48, "48%"), (0.996, "&gt;99%"), (1.0, "&gt;99%")]
)
def test_a_chance_is_never_quite_certain_as_on_the_screen_of_the_unit(share, text):
    html = html_of(unit(Figures("84,99", "B", chance_share=share)))
    assert f'<span class="pc">{text}</span>' in html
    assert f"width:{share:.1%}" in html


def test_a_missing_chance_says_why():
    html = html_of(unit(Figures("84,99", "B", chance_word="data kurang", chance_reason="Terlalu sedikit.")))
    assert 'title="Terlalu sedikit.">data kurang</td>' in html


def test_a_unit_without_reports_is_quiet_and_says_so_once_per_period():
    html = html_of(unit(Figures()))
    assert 'class="d0 silent"' in html
    assert words(html) == "Kel. Gambir belum ada laporan"
    assert 'colspan="6"' in html


def test_a_row_that_folds_tells_its_state_and_what_it_does():
    html = html_of(unit(fold_href="?buka=K", is_open=False), unit(fold_href="?buka=", is_open=True, depth=2))
    assert 'href="?buka=K" data-stay aria-expanded="false" aria-label="Buka Kel. Gambir"' in html
    assert 'aria-expanded="true" aria-label="Tutup Kel. Gambir"' in html
    assert 'class="d2 folds"' in html
    assert 'class="fold"' not in html_of(unit())


def test_the_name_leads_to_the_unit_and_nothing_in_it_is_read_as_html():
    html = html_of(unit(name='<b>"K"&', full_name='"><script>', note="<i>", href=unit_href("K/ 1", "2026-09")))
    assert 'href="/tkd/K/%201?periode=2026-09"' in html
    assert "&lt;b&gt;&quot;K&quot;&amp;" in html
    assert "<script" not in html
    assert "<i>" not in html.replace('<i class="way"', "").replace("<i style", "")


def test_the_head_names_the_column_it_is_sorted_by():
    head = unit_table("Nilai", NAME, [GROUP], [])["head"]
    assert 'aria-sort="ascending"><a href="?urut=-nama" data-stay>Unit</a>' in head
    assert head.count("aria-sort") == 1
    assert "<caption>Nilai</caption>" in head


def test_two_periods_stand_side_by_side_with_the_time_left_of_each():
    groups = [ColumnGroup("Oktober 2026", COLUMNS, "ditutup", 1762617600000), GROUP]
    table = unit_table("Nilai", NAME, groups, [unit(figures=(FULL, Figures()))])
    assert table["shape"].split()[0] == "two"
    assert 'colspan="6">Oktober 2026 <span class="note">ditutup <span data-until="1762617600000">' in table["head"]
    assert words(table["rows"][0][1]).endswith("1.234 13 belum ada laporan")
    assert "silent" not in table["rows"][0][1]


def test_headings_stand_between_rows_with_keys_of_their_own():
    table = unit_table("Nilai", NAME, [GROUP], [Heading("dinas", "Dinas", "23"), unit()])
    assert [key for key, _ in table["rows"]] == ["#dinas", "K"]
    assert words(table["rows"][0][1]) == "Dinas 23"
    assert 'colspan="7"' in table["rows"][0][1]
