"""The plan of a unit: what it says of a state of the data is what the engine scores."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest

from components import ids
from data_access import monitor
from pages._tkd import plan, scenario, task_list
from pages._tkd.plan_reports import shown_plan
from pages._tkd.plan_scores import chosen_reports, score_if_late, scores_after
from scoring.simulate import Change, simulate
from tests.builders import wib
from tests.components.tree import having, nodes, of_type, text
from tests.pages.clock_plan import (
    OPEN,
    closed,
    opened,
    plan_body,
    reachable,
    reading,
    state,
)


def test_the_plan_is_the_smallest_set_and_each_step_tells_the_score_after_it():
    found = reachable()
    _, shown = shown_plan(found)
    chosen = chosen_reports(found.card, found.unit, shown.complete)
    after = scores_after(chosen, 10)
    assert after[-1] == shown.final
    for count, value in enumerate(after, start=1):
        assert value == pytest.approx(_completed_now(found, shown.complete[:count]), abs=1e-9)
    open_numbers = [row["number"] for row in opened(*OPEN)]
    fewer = [_completed_now(found, some) for some in combinations(open_numbers, len(shown.complete) - 1)]
    assert max(fewer) < 85 <= shown.final
    assert max(fewer) == pytest.approx(shown.one_fewer)


def _completed_now(found: monitor.Reading, numbers) -> float:
    changes = [Change(number, "completed", found.card.as_of_us) for number in numbers]
    return float(simulate(found.card, changes).scenario.final[found.unit])


def test_the_plan_names_its_reports_in_the_order_of_their_deadlines():
    tree = plan_body(reachable())
    deadlines = [text(node) for node in having(tree, "aim")]
    # the one at the lowest value would not help: it is in no step
    assert deadlines == ["14.20 hari ini", "15.12 hari ini", "17.55 hari ini", "13.00 besok"]
    assert "4 dari 5 laporan terbuka sudah cukup. Tiga tidak cukup: 80,83, masih B." in text(tree)


def test_how_many_may_be_late_is_what_scoring_them_late_gives():
    found = reachable()
    _, shown = shown_plan(found)
    chosen = chosen_reports(found.card, found.unit, shown.complete)
    assert score_if_late(chosen, 0) == shown.final
    assert score_if_late(chosen, shown.break_even) >= 85
    assert shown.break_even < len(shown.complete)
    assert score_if_late(chosen, shown.break_even + 1) < 85


def test_the_scenario_of_the_plan_gives_the_score_of_the_plan():
    found = reachable()
    _, shown = shown_plan(found)
    items, unread = scenario.parse(task_list.scenario(shown, chosen_reports(found.card, found.unit, shown.complete)))
    assert unread == [] and [item.key for item in items] == list(shown.complete)
    assert scenario.minute(items[0].at_us) == "2026-11-22T14:19"
    changes = [Change(item.key, "completed", item.at_us) for item in items]
    assert simulate(found.card, changes).scenario.final[found.unit] == pytest.approx(shown.final, abs=1e-9)


def test_the_list_of_tasks_says_whose_when_and_which():
    found = reachable()
    words = getattr(having(plan_body(found), "pri")[0], "data-copy").split("\n")
    assert words[:4] == [
        "Kelurahan Gambir",
        "Nilai TKD periode November 2026",
        "Data 22 Nov 2026 14.05 WIB",
        "Data simulasi: kota tiruan, bukan laporan warga",
    ]
    assert words[4].endswith("(A) bila 4 laporan ini selesai sebelum batasnya:")
    assert words[6] == "1. Sampah, JK-G001: sebelum 22 Nov 2026 14.20 WIB"
    real = replace(found, state=replace(found.state, simulated=False))
    assert "simulasi" not in getattr(having(plan_body(real), "pri")[0], "data-copy")


def test_a_target_out_of_reach_gives_the_plan_to_the_best_grade_that_can_be_reached():
    found = reading(state(*closed(3), *opened(*OPEN[:3], *["2026-11-10 08:00"] * 2), *closed(30, "K-CIDENG")))
    letter, shown = shown_plan(found)
    words = text(plan_body(found))
    assert (found.grade, letter) == ("C", "B")
    assert words.startswith("Data 22 Nov") and "A tidak dapat dicapai, terbaik" in words
    assert f"{len(shown.complete)} dari 5 laporan terbuka sudah cukup untuk B." in words


def test_a_grade_that_is_reached_says_so_and_a_lower_target_can_be_asked():
    found = reading(state(*closed(10), *opened(OPEN[0])))
    assert text(plan_body(found)).startswith("Grade A sudah tercapai: ")
    lower = reading(found.state, target="C")
    assert plan.parts(lower)[(ids.PLAN_TITLE, "children")] == "Rencana ke grade C"
    links = [(text(link), link.href) for link in nodes(plan.parts(lower)[(ids.PLAN_FACT, "children")].children)]
    assert links == [("A", "?target="), ("B", "?target=B"), ("C", "?target=C")]


def test_three_thousand_open_reports_show_the_first_ten_and_copy_them_all():
    entered = [str(wib("2026-11-20 10:00") + timedelta(minutes=place))[:16] for place in range(3000)]
    found = reading(state(*closed(240), *opened(*entered), *closed(4000, "K-CIDENG")))
    tree, count = plan_body(found), len(shown_plan(found)[1].complete)
    assert count > 100
    folded = of_type(tree, "Details")[0]
    assert (len(of_type(tree, "Li")), len(of_type(folded, "Li"))) == (100, 90)
    assert getattr(having(tree, "pri")[0], "data-copy").count("\n") == 5 + count


def test_a_plan_too_long_for_the_address_is_not_offered_as_a_scenario(monkeypatch):
    assert "Coba di simulasi" in text(plan_body(reachable()))
    monkeypatch.setattr(task_list, "SCENARIO_LENGTH", 90)
    assert "Coba di simulasi" not in text(plan_body(reachable()))
