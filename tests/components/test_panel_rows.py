"""Units, grades and changes: what a reader sees in their rows."""

from datetime import UTC, datetime

import pytest

from components.changes import changes_fact, changes_list
from components.grades import NOT_SCORED, grades_body
from components.unit_rows import unit_rows
from tests.components.tree import having, marks, of_type, row, text

GRADES = dict.fromkeys("ABCDE", 10)


def unit(name="Bina Marga", count=1502, previous=1570, over_6h=7, over_24h=2):
    waits = {"waiting_over_6h_count": over_6h, "waiting_over_24h_count": over_24h}
    return row(name=name, count=count, previous_count=previous, **waits)


def mover(score_from, score_to, grade_from, grade_to):
    shown = {"shown_from": f"{score_from:.2f}".replace(".", ","), "shown_to": f"{score_to:.2f}".replace(".", ",")}
    grades = {"grade_from": grade_from, "grade_to": grade_to}
    return row(name="Kapuk", score_from=score_from, score_to=score_to, **shown, **grades)


def items(tree):
    return [text(item) for item in of_type(tree, "Li")]


def test_a_unit_row_has_name_bar_tick_count_and_waits():
    tree = unit_rows([unit(count=875, previous=350)], 1750, "Okt")
    assert items(tree) == ["Bina Marga 875 7"]
    assert having(tree, "tr")[0].children[0].style == {"width": "50.0%"}
    assert having(tree, "tr")[0].children[1].style == {"left": "20.0%"}
    assert "Okt" in text(having(tree, "key"))


@pytest.mark.parametrize(("over_6h", "over_24h", "mark"), [(7, 2, ["menunggu"]), (2, 0, ["batas"]), (0, 0, [])])
def test_the_mark_of_a_unit_follows_its_worst_wait(over_6h, over_24h, mark):
    assert marks(of_type(unit_rows([unit(over_6h=over_6h, over_24h=over_24h)], 1750), "Li")) == mark


def test_a_unit_without_waits_shows_a_dash():
    assert items(unit_rows([unit(over_6h=0, over_24h=0)], 1750)) == ["Bina Marga 1.502 –"]


def test_a_unit_without_last_month_has_no_tick():
    assert of_type(having(unit_rows([unit(previous=None)], 1750), "tr"), "U") == []


def test_five_digits_widen_the_columns_of_all_rows_together():
    assert len(having(unit_rows([unit(count=12345), unit("Sosial", 3)], 12345), "wide")) == 1
    assert having(unit_rows([unit(), unit("Sosial", 3)], 1750), "wide") == []


def test_no_units_and_a_scale_of_zero_keep_the_key():
    tree = unit_rows([], 0)
    assert text(tree).startswith("Belum ada laporan di dinas, badan, atau biro")
    assert len(having(tree, "key")) == 1


def test_without_rules_the_grades_keep_their_frame_and_say_so():
    tree = grades_body(None)
    assert [text(column) for column in having(tree, "g")] == ["– A", "– B", "– C", "– D", "– E"]
    assert NOT_SCORED in text(tree)


def test_grade_columns_share_one_scale_with_last_month():
    tree = grades_body(row(counts=GRADES | {"B": 100}, previous_counts=GRADES, movers=[]))
    heights = [column.children[0].style["height"] for column in having(tree, "rise")]
    assert heights == ["9.4%", "94.3%", "9.4%", "9.4%", "9.4%"]


def test_a_month_of_zero_units_draws_flat_columns():
    zeros = dict.fromkeys("ABCDE", 0)
    tree = grades_body(row(counts=zeros, previous_counts=zeros, movers=[]))
    assert {column.children[0].style["height"] for column in having(tree, "rise")} == {"0.0%"}


def test_only_falls_carry_the_alarm():
    movers = [mover(51, 48.7, "D", "E"), mover(74.2, 76, "C", "B")]
    tree = grades_body(row(counts=GRADES, previous_counts=GRADES, movers=movers))
    assert [item.className for item in of_type(tree, "Li")] == ["dn", "up"]
    assert items(tree)[0] == "Kapuk 51,00 → 48,70 D → E"


@pytest.mark.parametrize(("status", "word", "mark"), [
    ("masuk", "Masuk", "menunggu"),
    ("tl_ditolak", "TL ditolak", "kembali"),
    ("menunggu_validasi", "Validasi", "validasi"),
    ("selesai", "Selesai", "selesai"),
])  # fmt: skip
def test_a_change_has_its_time_mark_word_and_place(status, word, mark):
    at = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)
    tree = changes_list([row(at=at, status=status, category="Pohon", place="Senen", report_id="JK1", key="7")])
    assert items(tree) == [f"14.05 {word} Pohon, Senen"]
    assert marks(tree) == [mark]


def test_an_hour_without_changes_says_so():
    assert text(changes_list([])) == "Belum ada perubahan jam ini"


def test_the_fact_of_the_feed_counts_the_hour():
    assert text(changes_fact(22, 31, 1004)) == "22 masuk · 31 selesai · 1.004 lewat 6 jam"
