"""The tier clock of a unit: what it says of a state of the data is what the engine scores."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from components import ids
from components.formats import decimal
from data_access.frame import microseconds
from data_access.tickets import Ticket
from pages._tkd import plan, tier_clock
from pages._tkd.plan_reports import shown_plan
from scoring.simulate import Change, simulate
from tests.builders import wib
from tests.components.tree import having, of_type, text
from tests.pages.clock_plan import (
    DROPS,
    OPEN,
    clock,
    closed,
    column,
    opened,
    plan_body,
    reachable,
    reading,
    rubbish,
    state,
)


def test_rows_come_by_their_next_drop_and_those_at_the_lowest_value_last():
    tree = clock(reachable())
    assert column(tree, "c4") == [*DROPS, "–"]
    assert column(tree, "c5")[-1] == "tidak turun lagi"
    assert text(having(tree, "dl")).split("sudah")[0].strip() == "100 → 80 100 → 80 80 → 60 100 → 80"


def test_the_finding_adds_what_drops_within_four_hours():
    found = reachable()
    lost = tier_clock.open_clock(found)
    total = lost.points[lost.rows[:3]].sum()
    assert text(clock(found)).startswith(
        f"3 laporan turun sebelum pukul 18.05 ; bila semua lewat, hilang sekitar {decimal(total, 2)} poin."
    )


def test_points_are_what_the_score_loses_when_that_report_alone_is_a_moment_late():
    found = reachable()
    lost = tier_clock.open_clock(found)
    row, drop_us = lost.rows[0], int(lost.clock.drop_us[lost.rows[0]])
    before, after = (
        simulate(found.card, [Change(str(lost.clock.number[row]), "completed", at)]).scenario.final[found.unit]
        for at in (drop_us - 1, drop_us)
    )
    assert lost.points[row] == pytest.approx(before - after, abs=1e-9)


def test_an_upper_unit_counts_points_by_its_share_of_the_holder():
    data = state(*closed(3), *opened(*OPEN), *closed(3, "K-CIDENG"), *opened(OPEN[1], unit="K-CIDENG"))
    own, upper = tier_clock.open_clock(reading(data)), tier_clock.open_clock(reading(data, "W-31.71.01"))
    assert len(upper.rows) == len(own.rows) + 1
    assert upper.points[own.rows] == pytest.approx(own.points[own.rows] / 2)
    assert "Kel. Cideng" in text(clock(reading(data, "W-31.71.01")))


def test_the_other_order_puts_the_most_points_per_hour_first():
    # 15.12 costs two bounds' worth less than 14.20 only by the hours that are left.
    found = reachable(urut="poin")
    lost = tier_clock.open_clock(found)
    hours = (lost.clock.drop_us - found.card.as_of_us) / 3_600_000_000
    rates = (lost.points / hours)[lost.rows]
    assert (np.diff(rates) <= 1e-12).all() and rates[0] > 0
    assert [text(link) for link in having(clock(found), "on")] == ["Poin per jam"]


def test_one_report_alone_has_no_order_to_choose():
    assert having(clock(reading(state(*closed(3), *opened(OPEN[0])))), "seg") == []


def test_of_reports_that_lose_nothing_more_three_are_shown_as_they_say_all_the_same():
    entered = [str(wib("2026-10-02 08:00") + timedelta(hours=place))[:16] for place in range(8)]
    tree = clock(reading(state(*closed(3), *opened(*entered, OPEN[0]))))
    rows = of_type(tree, "Tr")[1:]
    assert [text(row).count("nilai terendah") for row in rows] == [0, 1, 1, 1, 0]
    assert text(rows[-1]) == "5 lainnya Tampilkan semua 5 tidak turun lagi"


def test_beyond_fifteen_reports_twelve_are_shown_and_the_rest_is_counted():
    entered = [str(wib("2026-11-20 20:00") + timedelta(minutes=8 * place))[:16] for place in range(300)]
    found = reading(state(*closed(3), *opened(*entered)))
    tree, drops_us = clock(found), np.sort(tier_clock.open_clock(found).clock.drop_us)[12:]
    soon = int((drops_us < microseconds(wib("2026-11-23 14:05"))).sum())
    rows = of_type(tree, "Tr")[1:]
    assert len(rows) == 13
    assert text(rows[-1]).startswith("288 lainnya Tampilkan semua")
    assert 0 < soon < 288
    assert text(having(rows[-1], "c4")) == f"{soon} turun dalam 24 jam, {288 - soon} sesudahnya"
    assert len(having(rows[-1], "hr")[0].children) == 24
    whole = clock(reading(state(*closed(3), *opened(*entered[:15]))))
    assert len(of_type(whole, "Tr")[1:]) == 15


def test_plan_ticket_and_possible_doorr_are_marked():
    promised = Ticket("JK-G002", wib("2026-11-21 12:00"), wib("2026-11-25 09:00"), wib("2026-12-01 00:00"))
    rows = [*closed(10), *opened(*OPEN[:2]), *closed(20, "K-CIDENG")]
    rows.append(rubbish("JK-D1", OPEN[1], received_how="koordinasi", received="2026-11-21 11:00"))
    tree = clock(reading(state(*rows, tickets=(promised,))))
    tags = {item.key: [text(tag) for tag in having(item, "tag")] for item in of_type(tree, "Tr")[1:]}
    assert tags["JK-G002"][0] == "tiket 25 Nov"
    assert tags["JK-D1"][0] == "Doorr"
    planned = {number for number, words in tags.items() if "rencana" in words}
    assert planned == set(shown_plan(reading(state(*rows, tickets=(promised,))))[1].complete)


@pytest.mark.parametrize("received", [None, "2026-10-20 08:00"])
def test_only_what_the_engine_would_count_as_doorr_is_marked(received):
    old = rubbish("JK-D1", "2026-10-15 08:00", received_how="koordinasi" if received else "direct", received=received)
    assert "Doorr" not in text(clock(reading(state(*closed(3), old))))


def test_without_reports_and_without_open_ones_one_sentence_says_so():
    nothing = state(*closed(1, "K-CIDENG"))
    assert text(clock(reading(nothing))) == "Belum ada laporan pada November 2026."
    assert text(clock(reading(state(*closed(2))))).startswith("Semua laporan sudah selesai")
    assert text(plan_body(reading(nothing))).startswith("Belum ada laporan pada November 2026")


def test_after_the_cutoff_the_clock_shows_what_was_left_over_and_the_plan_says_why_it_is_silent():
    later = state(*closed(3), *opened(OPEN[0]), rubbish("JK-N", "2026-12-09 10:00"), now="2026-12-10 08:00")
    tree = clock(reading(later))
    assert text(tree).startswith("Cut-off sudah lewat. 1 laporan yang belum selesai menjadi sisa Desember")
    assert [item.key for item in of_type(tree, "Tr")[1:]] == ["JK-G001"]
    assert text(plan_body(reading(later))).startswith("Cut-off sudah lewat")
    assert plan.parts(reading(later))[(ids.PLAN_TITLE, "children")] == "Rencana"


def test_a_month_whose_left_overs_are_decided_too_has_no_clock():
    found = reading(state(*closed(3), *opened(OPEN[0]), now="2026-12-10 08:00"))
    much_later = replace(found, state=replace(found.state, as_of=wib("2027-01-10 08:00")))
    assert text(clock(much_later)) == "Cut-off sudah lewat: tidak ada lagi nilai waktu yang turun."
