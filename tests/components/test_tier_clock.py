"""The tier clock's words, blocks and order of urgency."""

from datetime import timedelta

import pytest

from components.tier_clock import ClockRow, Drop, clock_lead, clock_rest, clock_table
from tests.builders import wib
from tests.components.tree import having, marks, nodes, of_type, text

NOW = wib("2026-11-22 14:05")
CUTOFF = wib("2026-12-09 00:00")


def row(*drops: str, **given) -> ClockRow:
    """A rubbish report of 100 that drops at the given moments, by one value each."""
    values = (80, 60, 40)
    steps = tuple(Drop(wib(at), values[place], place + 1) for place, at in enumerate(drops))
    known = {"number": "JK2611210402", "category": "Sampah", "where": "JK2611210402", "status": "proses"}
    return ClockRow(
        **(known | {"value": 100 if drops else 40, "level": 0 if drops else 3, "points": 0.15} | given), drops=steps
    )


def table(*rows: ClockRow, now=NOW, cutoff=CUTOFF, per_hour=False, rest=None):
    return clock_table(rows, now, cutoff, per_hour=per_hour, rest=rest)


def cell(tree, name: str) -> str:
    return text([node for node in having(tree, name) if type(node).__name__ == "Td"][-1])


def blocks(tree) -> list[tuple[str, str, str]]:
    return [(node.className, node.style["left"], node.style["width"]) for node in having(tree, "tb")]


def test_a_row_says_what_its_value_the_minute_and_the_points():
    assert text(of_type(table(row("2026-11-22 15:12")), "Tbody")) == ("Sampah JK2611210402 Proses 100 → 80 15.12 −0,15")


@pytest.mark.parametrize(
    ("drop", "words"),
    [("2026-11-22 15:12", "15.12"), ("2026-11-23 03:10", "03.10 besok"), ("2026-11-24 09:30", "24 Nov 09.30")],
)
def test_the_minute_carries_the_day_unless_it_is_today(drop, words):
    assert cell(table(row(drop)), "c4") == words


def test_at_half_past_eleven_in_the_evening_one_o_clock_is_tomorrow_in_jakarta():
    assert cell(table(row("2026-11-23 01:00"), now=wib("2026-11-22 23:30")), "c4") == "01.00 besok"


@pytest.mark.parametrize(
    ("minutes", "urgency", "shapes"),
    [(59, "u1", ["alarm"]), (60, "u2", ["batas"]), (239, "u2", ["batas"]), (240, "", [])],
)
def test_under_an_hour_and_under_four_hours_shape_and_colour_warn(minutes, urgency, shapes):
    at = (NOW + timedelta(minutes=minutes)).strftime("%Y-%m-%d %H:%M")
    tree = table(row(at))
    assert [node.className for node in having(tree, "dr")] == [f"dr {urgency}".strip()]
    assert marks(having(tree, "c5")[-1]) == shapes


def test_the_browser_draws_the_time_left():
    tree = table(row("2026-11-22 15:12"))
    until = [getattr(node, "data-until", None) for node in nodes(having(tree, "c5")[-1])]
    assert int(wib("2026-11-22 15:12").timestamp() * 1000) in until


def test_blocks_stand_side_by_side_over_the_whole_axis_each_with_its_value():
    tree = table(row("2026-11-22 20:05", "2026-11-23 08:05", "2026-11-25 08:00"))
    assert blocks(tree) == [("tb v0", "0.00%", "25.00%"), ("tb v1", "25.00%", "50.00%"), ("tb v2", "75.00%", "25.00%")]


@pytest.mark.parametrize(("drop", "side"), [("2026-11-23 08:00", "dl"), ("2026-11-23 09:00", "dl left")])
def test_the_label_turns_to_the_left_beyond_78_percent_of_the_axis(drop, side):
    assert having(table(row(drop)), "dl")[0].className == side


def test_a_drop_beyond_the_axis_keeps_its_label_and_draws_no_tick():
    tree = table(row("2026-11-24 09:30"))
    assert having(tree, "dr") == []
    assert text(having(tree, "dl")) == "100 → 80 ›"
    assert blocks(tree) == [("tb v0", "0.00%", "100.00%")]


def test_the_lowest_value_says_so_and_has_no_minute():
    tree = table(row(points=0.0))
    assert text(of_type(tree, "Tbody")) == "Sampah JK2611210402 Proses sudah 40, nilai terendah – tidak turun lagi 0"


def test_the_chart_tells_its_story_in_words():
    assert having(table(row("2026-11-22 15:12", "2026-11-23 03:10")), "tc")[0].title == (
        "Nilai waktu 100, menjadi 80 pukul 15.12, lalu 60 pukul 03.10 besok"
    )


def test_tags_say_plan_ticket_and_doorr_and_explain_themselves():
    tree = table(row("2026-11-22 15:12", planned=True, doorr=True, hidden_until=wib("2026-11-28 09:00")))
    tags = having(tree, "tag")
    assert [text(tag) for tag in tags] == ["tiket 28 Nov", "Doorr", "rencana"]
    assert tags[0].title.endswith("sampai 28 Nov 2026 09.00 WIB. Jam nilainya tetap berjalan.")
    assert "tanpa nilai waktu" in tags[1].title


@pytest.mark.parametrize(
    ("points", "words"), [((0.15, 0.2), "−0,15"), ((0.0064, 0.2), "−0,006"), ((0.0008, 0.2), "−0,0008")]
)
def test_points_have_the_decimals_that_the_smallest_of_them_needs(points, words):
    rows = [row("2026-11-22 15:12", points=value) for value in points]
    assert text(having(table(*rows), "c6")[1]) == words


def test_by_hour_the_points_are_divided_by_the_hours_left():
    tree = table(row("2026-11-22 16:05", points=0.3), per_hour=True)
    assert [text(node) for node in having(tree, "c6")] == ["Poin per jam", "−0,150"]


def test_an_unknown_status_is_said():
    assert cell(table(row(status="")), "c2") == "Tidak dikenal"


def test_the_axis_names_now_and_every_sixth_hour_that_leaves_room():
    assert [text(node) for node in having(table(), "ax")] == ["14.05 18.00 00.00 06.00 12.00"]
    assert text(having(table(now=wib("2026-11-22 17:00")), "ax")) == "17.00 00.00 06.00 12.00"
    assert text(having(table(now=wib("2026-11-22 18:33")), "ax")) == "18.33 00.00 06.00 12.00"  # 18.00 has no room


def test_a_cutoff_within_a_day_is_marked_on_the_axis():
    tree = table(now=wib("2026-12-08 18:00"))
    assert [node.style["left"] for node in having(tree, "end")] == ["25.00%"]
    assert having(table(), "end") == []


def test_reports_not_shown_are_counted_by_hour():
    starts = tuple(NOW + timedelta(hours=hour) for hour in range(24))
    tree = clock_rest((3, 1, *[0] * 22), starts, later=1200, never=1784, href="?lihat=terbuka")
    assert text(tree) == "2.988 lainnya Tampilkan semua 4 turun dalam 24 jam, 1.200 sesudahnya, 1.784 tidak turun lagi"
    bars = having(tree, "hr")[0]
    assert [bar.style["height"] for bar in bars.children[:3]] == ["100.00%", "33.33%", "0.00%"]
    assert getattr(bars, "aria-label") == "Turun per jam. 14.05 sampai 15.05: 3, 15.05 sampai 16.05: 1"


@pytest.mark.parametrize(
    ("count", "points", "words"),
    [
        (5, 0.73, "5 laporan turun sebelum pukul 18.05 ; bila semua lewat, hilang sekitar 0,73 poin."),
        (1, 0.15, "1 laporan turun sebelum pukul 18.05 ; bila lewat, hilang sekitar 0,15 poin."),
        (2, 0.0, "2 laporan turun sebelum pukul 18.05 ; bila semua lewat, nilai periode ini tidak berubah."),
        (0, 0.0, "Tidak ada yang turun sebelum pukul 18.05. Berikutnya pukul 03.10 besok."),
    ],
)
def test_the_finding_counts_what_drops_soon(count, points, words):
    assert text(clock_lead(count, points, NOW + timedelta(hours=4), wib("2026-11-23 03:10"), NOW)) == words


def test_the_finding_says_when_nothing_drops_any_more():
    assert text(clock_lead(0, 0.0, NOW + timedelta(hours=4), None, NOW)).startswith("Tidak ada yang turun lagi.")
