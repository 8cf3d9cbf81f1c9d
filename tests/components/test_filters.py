"""What a screen says of its filters."""

from components import filters
from components.filters import filter_line, notice


def test_what_the_url_names_and_the_crm_does_not_know_is_said_for_each():
    assert notice([""]) is None
    assert notice(["periode"]) == "Periode pada tautan tidak dikenal, yang tampil bulan berjalan."
    assert notice(["unit", "periode"]).endswith("Unit pada tautan tidak dikenal, yang tampil semua unit.")


def test_a_narrowed_view_is_named_and_the_default_is_not():
    both = filter_line("2026-10", ["Dinas Bina Marga", "Sampah"])
    assert both == "Hanya Dinas Bina Marga, Sampah · Status, unit, dan TKD: Oktober 2026"
    assert filter_line("2026-10", []) == "Status, unit, dan TKD: Oktober 2026"
    assert filter_line(None, []) == ""


def test_the_first_choice_of_a_select_is_everything():
    assert filters.options("kanal", [("jaki", "JAKI")]) == [
        {"label": "Semua kanal", "value": "semua"},
        {"label": "JAKI", "value": "jaki"},
    ]


def test_each_filter_has_a_select_with_a_name_for_those_who_listen():
    bar = filters.filter_bar()
    labels = [part for part in bar.children if type(part).__name__ == "Label"]
    assert [label.children for label in labels] == ["Periode", "Wilayah", "Unit", "Kategori", "Kanal", "Status"]
