"""The band of a unit: every state of a month has its own answer, made from the data."""
# budget: the states of one band, one after the other

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from components import ids
from components.rounding import as_hundredths
from data_access import monitor, outlook, past
from data_access.live import State
from data_access.outlook_figures import PlanOutlook
from data_access.outlook_periods import compute
from data_access.past import Past
from data_access.scope import EVERYTHING
from data_access.scorecards import scorecard
from scoring.periods import Period
from tests.builders import at, frame, report, wib
from tests.components.tree import having, nodes, of_type, text

NOVEMBER = Period(2026, 11)
NOW = "2026-11-22 14:05"
FINAL = (83.33, 84.1, 84.9962, 85.9, 86.66)


@pytest.fixture(autouse=True)
def _app(web):
    """The settings of the app; its CRM cannot be reached."""


@pytest.fixture
def hero(web):
    from pages._tkd import hero

    return lambda found: hero.parts(found)[(ids.UNIT_HERO, "children")]


def rubbish(number: str, entered: str, unit: str = "K-GAMBIR", **given) -> dict:
    """Drops after 29, 45 and 67 hours."""
    return report(number=number, unit=unit, category="sampah", entered=entered, **given)


def closed(count: int, unit: str = "K-GAMBIR", completed: str = "2026-11-10 20:00", mark: str = "9") -> list[dict]:
    times = {"entered": "2026-11-10 08:00", "unit": unit, "status": "selesai", "completed": completed}
    return [rubbish(f"JK-{unit[2]}{mark}{place:03d}", **times) for place in range(count)]


def opened(*entered: str) -> list[dict]:
    return [rubbish(f"JK-{place:03d}", at, status="proses") for place, at in enumerate(entered, start=1)]


def state_of(*rows: dict, now: str = NOW) -> State:
    return State(frame(*rows), (), wib(now), "1", True, (), (), 0.0)


def reading(*rows: dict, unit: str = "K-GAMBIR", period: Period = NOVEMBER, now: str = NOW, **query) -> monitor.Reading:
    return monitor.reading(EVERYTHING, state_of(*rows, now=now), period, unit, query)


def foreseen(found: monitor.Reading, chance: float | None = 0.48) -> monitor.Reading:
    """With an outlook of its data; a forecast around 84.9962 unless `chance` (of an A) is None."""
    whole = compute(found.state, None, ())
    period = whole.of(found.period)
    if chance is not None:
        units = len(period.unit_ids)
        period = replace(
            period,
            final=np.tile(FINAL, (units, 1)),
            grades=np.tile((chance, 1 - chance, 0, 0, 0), (units, 1)),
            times_us=np.array([at("2026-12-01 14:05"), at("2026-12-08 23:59")]),
            fan=np.tile(FINAL, (units, 2, 1)),
            reason=(None,) * units,
            expected_new=np.full(units, 24.0),
        )
    return replace(found, outlook=period, outlook_of_all=replace(whole, periods=(period,)))


def at_b(**given) -> monitor.Reading:
    """Gambir just below the A with open reports, beside a Cideng that completed more."""
    late = closed(2, completed="2026-11-20 08:00", mark="8")
    open_ = opened("2026-11-21 09:20", "2026-11-21 10:12", "2026-11-20 20:55", "2026-11-22 08:00", "2026-11-10 08:00")
    return reading(*closed(14), *late, *open_, *closed(20, "K-CIDENG"), **given)


def test_without_a_report_there_is_no_value_and_nothing_else(hero):
    drawn = hero(reading(*closed(3, "K-CIDENG")))
    assert text(drawn) == "Belum ada nilai. Belum ada laporan pada November 2026."
    assert having(drawn, "ruler") == []


def test_the_four_cells_answer_in_order(hero):
    drawn = hero(foreseen(at_b()))
    assert [text(cell) for cell in of_type(drawn, "H2")] == [
        "Sekarang",
        "Perkiraan saat cut-off",
        "Peluang A",
        "Langkah berikutnya",
    ]
    assert "84,99 B Delapan dari sepuluh kemungkinan: 83,33 – 86,66" in text(drawn[1])
    assert text(drawn[2]).startswith("Peluang A 48 % A 48 B 52")


def test_the_distance_is_that_of_the_figures_shown(hero):
    found = at_b()
    figure = float(found.shown(found.final).replace(",", "."))
    assert f"Kurang {f'{85 - figure:.2f}'.replace('.', ',')} poin ke A." in text(hero(found)[0])


def test_the_step_is_the_plan_of_the_engine(hero):
    from pages._tkd import planned

    found = at_b()
    plan, said = planned.plan_for(found, "A"), text(hero(found)[3])
    assert plan.reachable and plan.complete
    assert f"Selesaikan {len(plan.complete)} laporan , nilai menjadi {found.shown(plan.final)} A" in said
    assert "Pertama: Sampah, JK-" in said and "sebelum pukul" in said
    until = next(node for node in nodes(hero(found)) if "data-until" in node.to_plotly_json()["props"])
    assert until.to_plotly_json()["props"]["data-until"] == plan.deadlines_us[0] // 1000


def test_the_target_of_the_address_is_the_one_that_is_planned(hero):
    from pages._tkd import planned

    assert planned.target_of(at_b(target="B")) == "B"
    assert planned.target_of(at_b()) == planned.target_of(at_b(target="E")) == "A"
    assert text(hero(at_b(target="B"))[3]).startswith("Langkah berikutnya Pertahankan B")


def test_a_plan_is_made_once_for_all_panels(hero):
    from pages._tkd import planned

    found = at_b()
    assert planned.plan_for(found, "A") is planned.plan_for(found, "A")
    assert planned.plan_for(found, "A") is not planned.plan_for(found, "B")


def test_what_the_plan_makes_of_the_chance_is_said_once_it_is_known(hero, monkeypatch):
    assert "Peluang dengan rencana sedang dihitung." in text(hero(foreseen(at_b())))
    answer = PlanOutlook(np.array([0.84, 0.16, 0, 0, 0]), np.array(FINAL), np.array([0]), np.array([FINAL]))
    monkeypatch.setattr(outlook, "with_plan", lambda period, unit, numbers: answer)
    assert "Menjadi 84% bila rencana dikerjakan." in text(hero(foreseen(at_b())))
    assert "bila rencana" not in text(hero(foreseen(at_b(), chance=0.999)))


def test_an_a_that_stands_is_to_be_kept(hero):
    found = reading(*closed(20), *opened("2026-11-22 08:00"), *closed(19, "K-CIDENG"))
    assert found.grade == "A"
    said = text(hero(found)[3])
    assert "Pertahankan A : nilai sudah" in said and "1 laporan belum selesai" in said
    assert "Berikutnya turun: Sampah, JK-001 sebelum besok pukul 13.00" in said


def test_an_a_out_of_reach_says_the_best_and_the_way_to_the_grade_below(hero):
    found = reading(*closed(2, completed="2026-11-20 08:00"), *opened("2026-11-10 08:00"), *closed(20, "K-CIDENG"))
    from pages._tkd import planned

    best = found.shown(planned.plan_for(found, "A").best)
    assert f"A tidak dapat dicapai dari laporan yang ada. Terbaik {best}" in text(hero(found)[3])
    assert "A tidak dapat dicapai. Terbaik" in text(hero(foreseen(found, chance=0.0))[3])


def test_one_open_report_has_its_outcomes_in_place_of_a_forecast(hero):
    found = foreseen(reading(*opened("2026-11-22 08:00"), *closed(20, "K-CIDENG")))
    said = text(hero(found))
    assert "1 laporan: satu penyelesaian mengubah segalanya." in said
    assert "Selesai sekarang" in said and "Selesai setelah turun tingkat" in said and "Tidak selesai" in said
    assert "Delapan dari sepuluh" not in said


def test_as_long_as_reports_come_in_the_only_one_does_not_decide_alone(hero):
    found = foreseen(reading(*opened("2026-11-22 08:00"), *closed(20, "K-CIDENG")))
    said = text(hero(found))
    assert "Dengan laporan baru, pada cut-off 84,99 ; delapan dari sepuluh: 83,33 – 86,66" in said
    assert "Peluang A 48 %" in said
    over = foreseen(reading(*opened("2026-11-30 08:00"), *closed(20, "K-CIDENG"), now="2026-12-01 14:05"))
    assert "Hanya satu laporan" in text(hero(over)) and "Dengan laporan baru" not in text(hero(over))


def test_what_cannot_drop_any_more_is_not_said_to_be_allowed_to(hero):
    old = [rubbish(f"JK-{place}", "2026-11-10 08:00", status="proses") for place in range(3)]
    found = reading(*closed(6), *old, *closed(8, "K-CIDENG"), target="A")
    said = text(hero(found)[3])
    assert "Tidak ada yang turun tingkat lagi." in said and "Cukup selesai sebelum cut-off." in said
    assert "boleh turun" not in said


def test_the_only_report_of_a_plan_is_spoken_of_as_one(hero):
    said = text(hero(reading(*opened("2026-11-22 08:00"), *closed(20, "K-CIDENG"), target="B"))[3])
    assert "Selesaikan 1 laporan" in said and "Semuanya" not in said and "satu pun" not in said
    assert "Laporan itu " in said


def test_too_little_data_for_a_forecast_is_said_with_its_reason(hero):
    said = text(hero(foreseen(at_b(), chance=None))[1])
    assert said == "Perkiraan saat cut-off – Data terlalu sedikit untuk perkiraan. Riwayat CRM belum sampai 56 hari."


def test_until_there_is_an_outlook_the_forecast_is_being_computed(hero):
    assert "Sedang dihitung" in text(hero(at_b())[1])


def test_the_movement_is_the_one_since_the_last_check(hero, monkeypatch):
    found, asked = at_b(), []

    def card_at(state, period, moment):
        asked.append(moment)
        before = state_of(
            *closed(10), *opened(*["2026-11-10 08:00"] * 9), *closed(20, "K-CIDENG"), now="2026-11-22 07:30"
        )
        return Past(scorecard(before, period, at("2026-11-22 07:30")), moment, True)

    assert "sejak" not in text(hero(found)[0])  # the past cannot be read: nothing is said
    monkeypatch.setattr(past, "card_at", card_at)
    assert "Naik" in text(hero(found)[0]) and "sejak pukul 07.30." in text(hero(found)[0])
    early = at_b(now="2026-11-22 07:10")
    assert "sejak kemarin pukul 15.30." in text(hero(early)[0])
    assert asked[-1] == wib("2026-11-21 15:30") and asked[0] == wib("2026-11-22 07:30")


@pytest.mark.parametrize("moved", [thousandths / 1000 for thousandths in range(-12, 13, 2)])
def test_the_movement_is_that_of_the_figures_shown(hero, monkeypatch, moved):
    from pages._tkd import hero_figures

    found = at_b()
    before = found.final - moved
    monkeypatch.setattr(hero_figures, "_standing_at", lambda reading, moment: before)
    hundredths = as_hundredths(found.shown(found.final)) - as_hundredths(found.shown(before))
    words = f"{'Naik' if hundredths > 0 else 'Turun'} 0,{abs(hundredths):02d}" if hundredths else "Tetap"
    assert f"{words} sejak pukul 07.30." in text(hero(found)[0])


def test_on_the_first_morning_of_a_month_there_is_no_earlier_check(hero, monkeypatch):
    monkeypatch.setattr(past, "card_at", lambda *asked: pytest.fail("asked for a moment before the month"))
    rows = [rubbish("JK-1", "2026-11-01 01:00", status="selesai", completed="2026-11-01 02:00")]
    assert "sejak" not in text(hero(reading(*rows, now="2026-11-01 03:00"))[0])


def test_after_the_cutoff_the_score_is_final_and_nothing_is_planned(hero):
    found = at_b(now="2026-12-10 09:00")
    drawn = hero(found)
    said = text(drawn)
    assert said.startswith(f"Nilai akhir {found.shown(found.final)}")
    assert "Peluang" not in said and "Selesaikan" not in said and f"akhir {found.shown(found.final)}" in text(drawn[-1])
    assert [link.href for link in of_type(drawn, "A")] == ["?periode="]


def test_on_the_3rd_the_closing_period_is_still_planned(hero):
    assert "Langkah berikutnya" in text(hero(at_b(now="2026-12-03 09:00")))


@pytest.mark.parametrize(
    ("now", "said"),
    [("2026-11-22 14:05", "tetapi laporan baru dapat"), ("2026-12-03 09:00", "dan laporan baru tidak lagi masuk")],
)
def test_new_reports_are_a_risk_only_while_they_come_in(hero, now, said):
    assert said in text(hero(reading(*closed(14), *closed(14, "K-CIDENG"), now=now, target="C")))


def test_an_upper_unit_names_the_units_that_hold_it_down(hero):
    found = foreseen(at_b(unit="W-31.71.01"))
    drawn = hero(found)
    assert found.is_aggregate and "/tkd/K-GAMBIR" in [link.href for link in of_type(drawn, "A")]
    assert "masih di bawah batas" in text(drawn[3]) and "Kel. Gambir" in text(drawn[3])


@pytest.mark.parametrize("target", ["A", "B"])
def test_the_step_of_an_upper_unit_is_its_plan_said_shortly(hero, target):
    from pages._tkd.plan_units import unit_plan

    found = foreseen(at_b(unit="W-31.71.01", target=target))
    step, plan = hero(found)[3], unit_plan(found, target)
    said = f"Naikkan {len(plan.chosen)} unit , nilai menjadi {found.shown(plan.after[len(plan.chosen)])}"
    links = [link.href for link in of_type(step, "A")]
    if found.final < found.card.rules.grades[target]:
        assert plan.chosen and said in text(step)
        ids_of = found.card.reports.units.ids
        assert links == [*(f"/tkd/{ids_of[raised.unit]}" for raised in plan.chosen), "#rencana"]
    else:
        assert f"Pertahankan {target} : nilai sudah" in text(step) and links[-1] == "#jam-tingkat"


def test_the_minutes_of_deadlines_name_their_day():
    from pages._tkd.hero_step import _minute

    found = at_b()
    hours = {1: "pukul 15.05", 12: "besok pukul 02.05", 60: "25 Nov pukul 02.05"}
    for count, words in hours.items():
        instant = found.state.as_of + timedelta(hours=count)
        assert _minute(found, at(instant.astimezone(wib(NOW).tzinfo).strftime("%Y-%m-%d %H:%M"))) == words
