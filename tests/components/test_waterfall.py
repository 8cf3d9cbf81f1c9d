"""The waterfall from one score to another: each bar begins where the last one ended, on a scale that is cut."""

from components.waterfall import Cause, End, scale_of, scale_words, waterfall
from tests.components.tree import having, of_type, text

START, NOW = End("Pukul 07.30", "82,37"), End("Sekarang, 14.05", "82,71")
CAUSES = [Cause("2 selesai tepat waktu", 116, "?lihat=sebab-closed-100&halaman="), Cause("3 laporan baru", -82)]


def percent(node, name: str) -> float:
    return float(node.style[name].removesuffix("%"))


def bars(tree) -> list[tuple[float, float]]:
    """(left, right) of every cause, in percent."""
    nodes = [bar.children for bar in having(tree, "wb")][1:-1]
    return [(percent(node, "left"), percent(node, "left") + percent(node, "width")) for node in nodes]


def test_each_bar_begins_where_the_one_before_it_ended_and_the_last_ends_at_the_score():
    tree = waterfall(START, CAUSES, NOW)
    first, last = (percent(node, "left") for node in having(tree, "tot"))
    (gain_left, gain_right), (loss_left, loss_right) = bars(tree)
    assert abs(gain_left - first) < 0.02
    assert abs(loss_right - gain_right) < 0.02
    assert abs(loss_left - last) < 0.02


def test_a_gain_is_solid_and_a_loss_hatched_with_its_sign():
    tree = waterfall(START, CAUSES, NOW)
    assert (len(having(tree, "pos")), len(having(tree, "neg"))) == (1, 1)
    assert [text(row) for row in of_type(tree, "Li")] == [
        "Pukul 07.30 82,37",
        "2 selesai tepat waktu +1,16",
        "3 laporan baru −0,82",
        "Sekarang, 14.05 82,71",
    ]


def test_the_words_of_a_cause_open_its_reports_without_leaving_the_page():
    links = of_type(waterfall(START, CAUSES, NOW), "A")
    assert [link.href for link in links] == ["?lihat=sebab-closed-100&halaman="]
    assert getattr(links[0], "data-stay") == ""


def test_a_cause_of_another_unit_leads_to_its_screen():
    tree = waterfall(START, [Cause("Kel. Gambir", 34, "/tkd/K-GAMBIR?sejak=pagi", stays=False)], NOW)
    assert [link.href for link in of_type(tree, "Link")] == ["/tkd/K-GAMBIR?sejak=pagi"]


def test_the_scale_is_cut_around_the_levels_and_says_so():
    low, high = scale_of(START, CAUSES)
    assert low < 8237 < 8353 < high
    assert high - low < 200
    assert scale_words(START, CAUSES) == "Skala poin 82,32 sampai 83,58."


def test_without_causes_a_trifle_does_not_fill_the_scale():
    low, high = scale_of(START, [])
    assert high - low >= 20
    assert len(of_type(waterfall(START, [], START), "Li")) == 2


def test_a_first_score_starts_at_nothing_and_no_scale_goes_beyond_a_score():
    tree = waterfall(End("1 Nov 00.00", None), [Cause("2 selesai", 10000), Cause("baru", -500)], End("Kini", "95,00"))
    assert text(of_type(tree, "Li")[0]) == "1 Nov 00.00 –"
    assert scale_of(End("", None), [Cause("", 10000)]) == (0, 10000)


def test_the_whole_chart_is_told_to_those_who_listen():
    spoken = getattr(waterfall(START, CAUSES, NOW), "aria-label")
    assert spoken == ("Pukul 07.30: 82,37; 2 selesai tepat waktu +1,16, 3 laporan baru −0,82; Sekarang, 14.05: 82,71")
