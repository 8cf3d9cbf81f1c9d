"""What a screen says of its period and unit."""

from components.filters import Filters, filter_line, notice

UNITS = [("D-BM", "Dinas Bina Marga"), ("D-LH", "Dinas Lingkungan Hidup")]


def test_what_the_url_names_and_the_crm_does_not_know_is_said_for_each():
    assert notice(False, False) is None
    assert notice(True, False) == "Periode pada tautan tidak tersedia, yang tampil bulan berjalan."
    assert notice(True, True).endswith("Unit pada tautan tidak dikenal, yang tampil semua unit.")


def test_a_narrowed_view_is_named_and_the_default_is_not():
    both = filter_line(Filters("2026-10", "D-BM"), UNITS)
    assert both == "Hanya Dinas Bina Marga · Status, unit, dan TKD: Oktober 2026"
    assert filter_line(Filters("2026-10"), UNITS) == "Status, unit, dan TKD: Oktober 2026"
    assert filter_line(Filters(), UNITS) == ""
