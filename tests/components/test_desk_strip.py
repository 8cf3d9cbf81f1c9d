"""The figures over the desk: what a number opens, and the two bars that share what still waits."""

from dataclasses import replace

from components.desk_strip import Figure, Flow, strip
from tests.components.tree import having, nodes, of_type, text

FLOW = Flow("pagi", "07.30", "14.05", 14, "?hanya=ditangani", 17, "?hanya=masih", 12, "?hanya=baru", ["5 dari 17 ..."])


def bars(flow: Flow) -> list[tuple[str, dict]]:
    """(kind, place) of each bar."""
    tree = strip([], flow, "")
    return [(node.className, node.style) for node in nodes(tree) if getattr(node, "style", None)]


def test_a_number_opens_its_list_with_its_count_or_narrows_the_desk():
    figures = [
        Figure("Menunggu", 29, "pagi 31", "/laporan?tunggu=6"),
        Figure("Tiket", 2, "di Sudin", "?hanya=tiket", stays=True),
    ]
    listed, narrowing = of_type(strip(figures, None, "tidak ada"), "A")
    assert (listed.href, getattr(listed, "data-count")) == ("/laporan?tunggu=6", "29")
    assert (narrowing.href, getattr(narrowing, "data-stay")) == ("?hanya=tiket", "")


def test_nothing_is_no_link_and_no_alarm():
    tree = strip([Figure("Menunggu > 24 jam", 0, "", "/laporan?tunggu=24", alarm=True)], None, "tidak ada")
    assert of_type(tree, "A") == [] and "◆" not in text(tree)


def test_the_bars_share_what_still_waits():
    middle = {"left": "32.56%", "width": "39.53%"}
    assert bars(FLOW) == [("fd", {"width": "32.56%"}), ("fs", middle), ("fs", middle), ("fn", {"width": "27.91%"})]
    assert text(having(strip([], FLOW, ""), "fl")) == "07.30 14 ditindaklanjuti 17 masih 31 14.05 17 masih 12 baru 29"


def test_a_narrow_bar_says_its_number_and_tells_the_rest_to_who_asks():
    [_, _, _, new] = [node for node in nodes(strip([], replace(FLOW, new=2), "")) if getattr(node, "style", None)]
    assert (text(new), new.title, getattr(new, "aria-label")) == ("2", "2 baru", "2 baru")


def test_what_is_none_has_no_bar():
    kinds = [kind for kind, _ in bars(replace(FLOW, handled=0, new=0))]
    assert kinds == ["fs", "fs"]
    assert bars(replace(FLOW, handled=0, still=0, new=0)) == []


def test_without_a_comparison_it_is_said():
    assert "belum dapat dibaca" in text(strip([], None, "Pemeriksaan belum dapat dibaca."))
