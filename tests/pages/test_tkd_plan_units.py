"""The plan of a unit that rests on others: which of them to raise."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from data_access import monitor
from tests.builders import wib
from tests.components.tree import of_type, text
from tests.pages.clock_plan import (
    OPEN,
    closed,
    opened,
    plan_body,
    reading,
    state,
)

LURAH = ("K-GAMBIR", "K-CIDENG")


def kecamatan(best: tuple[float, float] | None, **query: str) -> monitor.Reading:
    """Kecamatan Gambir over Gambir and Cideng, with the best each can reach as the outlook would know it."""
    data = state(*closed(2), *opened(*OPEN), *closed(2, "K-CIDENG"), *opened(*OPEN[:4], unit="K-CIDENG"))
    found = reading(data, "W-31.71.01", **query)
    if best is None:
        return found
    ids_of = found.card.reports.units.ids
    values = np.full(len(ids_of), np.nan)
    for unit, value in zip(LURAH, best, strict=True):
        values[ids_of.index(unit)] = value
    return replace(found, outlook=SimpleNamespace(unit_ids=ids_of, own_best=values, as_of=wib("2026-11-22 14:02")))


def test_an_upper_unit_raises_the_fewest_units_the_one_that_gives_most_first():
    found = kecamatan((90.0, 88.0))
    tree = plan_body(found)
    gambir, cideng = (found.card.scores.final[found.card.reports.units.ids.index(unit)] for unit in LURAH)
    gains = {"K-GAMBIR": (90 - gambir) / 2, "K-CIDENG": (88 - cideng) / 2}
    assert gains["K-GAMBIR"] > gains["K-CIDENG"]
    only = found.shown(found.final + gains["K-GAMBIR"])
    assert "Semua 2 unit diperlukan. Masing-masing dinaikkan sampai nilai terbaiknya." in text(tree)
    assert f"Satu tidak cukup: {only}, masih B." in text(tree)
    first, second = of_type(tree, "Li")
    assert text(first).startswith(f"1 Kel. Gambir sekarang {found.shown(gambir)} C 90,00 A +")
    assert text(second).endswith(f"{found.shown(found.final + sum(gains.values()))} A")
    assert [link.href for link in of_type(tree, "Link")] == ["/tkd/K-GAMBIR#rencana", "/tkd/K-CIDENG#rencana"]
    assert "per 14.02 WIB" in text(tree)


def test_one_unit_is_named_when_it_is_enough():
    tree = plan_body(kecamatan((90.0, 88.0), target="B"))
    assert "1 dari 2 unit sudah cukup." in text(tree)
    assert [link.href for link in of_type(tree, "Link")] == ["/tkd/K-GAMBIR?target=B#rencana"]


def test_an_upper_unit_out_of_reach_says_how_far_it_can_come():
    words = text(plan_body(kecamatan((80.0, 79.0))))
    assert "A tidak dapat dicapai, terbaik 79,50 B ." in words


def test_before_the_outlook_an_upper_unit_waits_with_one_sentence():
    assert text(plan_body(kecamatan(None))).startswith("Nilai terbaik tiap unit sedang dihitung")


def test_an_outlook_of_other_units_is_not_used():
    found = kecamatan((90.0, 88.0))
    other = SimpleNamespace(**vars(found.outlook) | {"unit_ids": found.outlook.unit_ids[1:]})
    assert text(plan_body(replace(found, outlook=other))).startswith("Nilai terbaik tiap unit sedang dihitung")


def test_a_link_to_a_unit_keeps_the_period_and_the_grade():
    tree = plan_body(kecamatan((90.0, 88.0), target="B", periode="2026-11"))
    assert {link.href.partition("?")[2] for link in of_type(tree, "Link")} == {"periode=2026-11&target=B#rencana"}
