"""The parts of a score: rounded so that they add up, formulas with a unit's numbers, bars on one scale."""

from dataclasses import replace

import pytest

from components.rounding import adding_up, as_hundredths, points, signed_points
from components.score_formula import UnitNumbers, formula, quiet
from components.score_parts import Part, UnitBelow, score_parts, sum_of_parts, units_below
from scoring import rulebook
from scoring.periods import Period
from tests.components.tree import having, of_type, text

RULES = rulebook.load("tkd-2017").at(Period(2026, 11))
ASSUMED = rulebook.load("tkd-2021-asumsi").at(Period(2026, 11))
KEBON_KACANG = UnitNumbers(
    total=64,
    new=60,
    left_over=4,
    ticketed=0,
    complete=51,
    doorr=0,
    responded=40,
    tiers={100: 30, 80: 9, 60: 5, 40: 7},
    weight_sum=122.0,
    x=51,
    minimum=1,
    median=46.0,
    maximum=187,
    peers_count=258,
    kind="kelurahan",
    left_over_from="Okt",
)


def written(part: str, value: float, unit: UnitNumbers = KEBON_KACANG, rules=RULES) -> str:
    """The formula as a person reads it."""
    return "".join(text(formula(part, unit, value, rules)).split())


def keys(tree) -> list[str]:
    return [link.href.removeprefix("?lihat=").removesuffix("&halaman=") for link in having(tree, "num")]


@pytest.mark.parametrize(
    ("values", "total", "expected"),
    [
        ([0.333, 0.333, 0.334], 100, [33, 33, 34]),
        ([1.003, 2.004, 3.006], 602, [100, 201, 301]),
        ([-0.752, 1.092], 34, [-75, 109]),
        ([3.894, 6.006, 0.0, 7.391], 1729, [389, 601, 0, 739]),
        ([0.0, 0.0], 1, [1, 0]),
        ([], 0, []),
    ],
)
def test_rounded_parts_add_up_to_the_rounded_sum(values, total, expected):
    found = adding_up(values, total)
    assert sum(found) == (total if values else 0)
    assert found == expected


def test_a_part_that_is_nothing_stays_nothing_while_another_can_give():
    assert adding_up([0.0, 5.0, 0.0], 502) == [0, 502, 0]


def test_points_are_written_as_the_rest_of_the_screen():
    assert (points(8271), points(-389), points(0), points(127400)) == ("82,71", "−3,89", "0,00", "1.274,00")
    assert (signed_points(34), signed_points(-52), signed_points(0)) == ("+0,34", "−0,52", "0,00")
    assert as_hundredths("82,71") == 8271


def test_each_formula_is_filled_with_the_numbers_of_the_unit():
    assert written("completion", 79.6875) == "51selesai÷64laporan×100=79,69×0,20"
    assert written("time", 84.31372) == "(30×100+9×80+5×60+7×40)÷51=84,31×0,40"
    assert written("weight", 122.0) == "Σbobot51laporan=122,00×0,20"
    assert written("effort", 61.41843) == "60+(51−46)÷(187−46)×40=61,42×0,20"
    assert written("response", 62.5, rules=ASSUMED) == "40dijawab≤6jam÷64laporan×100=62,50×0,20"


def test_below_the_median_effort_starts_at_the_points_of_the_minimum():
    few = replace(KEBON_KACANG, x=20, median=46.5)
    assert written("effort", 48.35, few) == "40+(20−1)÷(46,5−1)×20=48,35×0,20"


def test_effort_says_when_there_is_nothing_to_compare_with():
    assert "tanpaunitpembanding" in written("effort", 60.0, replace(KEBON_KACANG, peers_count=1))
    assert "tepatdimedian" in written("effort", 60.0, replace(KEBON_KACANG, median=51.0))


def test_a_time_value_nobody_got_is_not_written_and_none_at_all_is_said():
    assert written("time", 100.0, replace(KEBON_KACANG, tiers={100: 51, 80: 0, 60: 0, 40: 0})).startswith("(51×100)÷51")
    nothing = replace(KEBON_KACANG, complete=0, tiers=dict.fromkeys(KEBON_KACANG.tiers, 0))
    assert written("time", 0.0, nothing) == "belumadayangselesai=0,00×0,40"


def test_doorr_joins_the_completed_ones():
    assert written("completion", 82.8, replace(KEBON_KACANG, doorr=2)).startswith("(51selesai+2Doorr)÷64laporan")


def test_every_number_opens_its_own_list():
    assert keys(formula("completion", KEBON_KACANG, 79.7, RULES)) == ["selesai", "semua"]
    times = keys(formula("time", KEBON_KACANG, 84.3, RULES))
    assert times == ["selesai-100", "selesai-80", "selesai-60", "selesai-40", "selesai"]
    assert keys(quiet("completion", KEBON_KACANG, RULES)) == ["baru", "sisa"]
    own = replace(KEBON_KACANG, list_prefix="sendiri-")
    assert keys(formula("effort", own, 61.4, RULES)) == ["sendiri-dihitung"]


def test_the_quiet_words_say_what_the_numbers_are():
    assert text(quiet("completion", KEBON_KACANG, RULES)) == "20% , 60 baru , 4 sisa Okt"
    assert text(quiet("effort", KEBON_KACANG, RULES)).endswith("median 46, terbanyak 187 dari 258 kelurahan")


def parts() -> list[Part]:
    return [
        Part("Penyelesaian", "", "", 1594, 2000, 389),
        Part("Waktu TL", "", "", 3373, 4000, 601),
        Part("Bobot kategori", "", "", 2440, 2440, 0),
        Part("Effort TL", "", "", 1228, 2000, 739),
    ]


def test_bars_share_one_scale_and_are_filled_by_what_was_obtained():
    bars = having(score_parts(parts(), [], "82,71", "B", ""), "bt")
    assert [bar.style["width"] for bar in bars] == ["50.00%", "100.00%", "61.00%", "50.00%"]
    assert [bar.children.style["width"] for bar in bars] == ["79.70%", "84.33%", "100.00%", "61.40%"]


def test_a_bar_is_told_to_those_who_listen():
    spoken = getattr(having(score_parts(parts(), [], "82,71", "B", ""), "pbar")[0], "aria-label")
    assert spoken == "Penyelesaian: 15,94 dari 20,00 poin, hilang 3,89"


def test_the_weight_loses_nothing_and_the_sum_line_is_the_formula_of_the_score():
    tree = score_parts(parts(), sum_of_parts(parts(), 8635, 10440, 100), "82,71", "B", "catatan")
    assert [text(node) for node in having(tree, "lost")] == ["−3,89", "−6,01", "0,00", "−7,39"]
    total = "(15,94 + 33,73 + 24,40 + 12,28 = 86,35 diperoleh) ÷ 104,40 maksimum × 100 = 82,71 B"
    assert text(having(tree, "sum")) == total


def test_a_part_without_any_points_draws_no_bar_and_does_not_fail():
    empty = [Part("Bobot kategori", "", "", 0, 0, 0)]
    assert having(score_parts(empty, [], "0,00", "E", ""), "bt")[0].style["width"] == "0.00%"


def test_of_many_units_below_the_first_are_shown_and_the_others_are_one_step_away():
    units = [UnitBelow(f"Kel. {place}", f"/tkd/{place}", "70,00", "C", 12) for place in range(27)]
    tree = units_below(units, "6,7%", "/tkd?induk=W")
    assert len(of_type(tree, "Li")) == 24
    assert text(having(tree, "more")) == "3 unit lain"
    assert having(units_below(units[:24], "4,2%", "/tkd"), "more") == []
