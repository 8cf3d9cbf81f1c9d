"""Panels, navigation and the shell: the frame around every screen."""

from dash import html

from components import ids
from components.navigation import nav_items
from components.panels import panel
from components.shell import SIMULATION_SENTENCE, shell
from components.states import empty, error, stale
from tests.components.tree import having, marks, nodes, of_type, text


def test_a_panel_has_its_title_at_once_and_dashes_until_data_come():
    tree = panel("Jam ini", ids.CHANGES_BODY, fact_id=ids.CHANGES_FACT, class_name="feed")
    assert text(tree) == "Jam ini – –"
    assert tree.className == "p feed"
    assert {ids.CHANGES_BODY, ids.CHANGES_FACT} <= {getattr(node, "id", None) for node in nodes(tree)}


def test_the_fact_links_to_the_reports_and_the_title_to_its_page():
    tree = panel("Jam ini", "body", fact_id="fact", fact_href="/laporan", about="/aturan")
    assert {link.href for link in of_type(tree, "Link")} == {"/laporan", "/aturan"}


def test_states_carry_a_shape_and_words():
    assert (marks(stale("13.40")), text(stale("13.40"))) == (["batas"], "per 13.40")
    assert (marks(error("14.06")), text(error("14.06"))) == (["kotak"], "gagal dimuat, mencoba lagi 14.06")
    assert text(empty("Tidak ada")) == "Tidak ada"


def test_only_registered_pages_are_links_in_fixed_order():
    assert nav_items(["/peta", "/", "/unknown"]) == [("Ruang Pantau", "/"), ("Peta", "/peta")]


def test_the_shell_holds_the_page_and_the_snapshot_store():
    tree = shell([("Ruang Pantau", "/")], html.Div("halaman", id="page-here"), simulated=False)
    assert {ids.SNAPSHOT, ids.LOCATION, "page-here"} <= {getattr(node, "id", None) for node in nodes(tree)}
    assert "imulasi" not in text(tree).lower()


def test_simulated_data_are_marked_on_both_edges():
    tree = shell([], html.Div(), simulated=True)
    assert text(having(tree, "simulation-line")).count(SIMULATION_SENTENCE) == 3
    assert text(having(tree, "simulation")) == "DATA SIMULASI"
    assert "simulated" in tree.className.split()
