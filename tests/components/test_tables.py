"""A table names its columns and rows, so that a screen reader can say where a figure stands."""

from components.tables import figures_table
from tests.components.tree import of_type, text


def test_every_figure_stands_under_a_named_column_beside_a_named_row():
    table = figures_table("Laporan", ("Tanggal", "Menunggu"), [("1", "12"), ("2", "7")])
    assert [cell.scope for cell in of_type(table, "Th")] == ["col", "col", "row", "row"]
    assert text(table).split() == ["Laporan", "Tanggal", "Menunggu", "1", "12", "2", "7"]
