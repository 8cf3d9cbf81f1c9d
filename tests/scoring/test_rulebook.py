"""Rulebooks: dated, referenced, checked; the rules of a period are those valid in it."""

import copy
import csv
from datetime import date
from fractions import Fraction

import pytest

from scoring import periods, rulebook
from scoring.periods import Period
from scoring.rulebook_schema import RulebookError
from tests.conftest import PROJECT
from tests.scoring.case_files import files, switched

JULY = Period(2017, 7)
REAL_LISTS = ("v1-2017", "v2-2021", "v3-2023")


def category_rows() -> list[dict]:
    path = PROJECT.parent / "shared" / "data" / "categories.csv"
    assert path.exists(), f"the reference data of the project is missing: {path.name} in ../shared/data"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_the_tables_of_the_slides_are_complete():
    rules = rulebook.load("tkd-2017").at(JULY)
    assert len(rules.tiers) == 17
    assert len(rules.weights) == 13
    for first, second, third in rules.tiers.values():  # a row T, 1.5 T, 2.25 T, within rounding
        assert abs(second - 1.5 * first) <= 1.5
        assert abs(third - 2.25 * first) <= 2.5


def test_every_name_of_the_real_lists_is_known_and_the_linked_ones_have_the_rules_of_their_category():
    rules = rulebook.load("tkd-2017").at(JULY)
    rows = category_rows()
    assert [row["name"] for row in rows if not rules.knows_category(row["name"])] == []
    in_tables = {row["slug"] for row in rows if row["bobot"] or row["full_score_below_h"]}
    named = [row for row in rows if row["taxonomy"] in REAL_LISTS]
    found = rules.for_categories([row["name"] for row in named])
    defaults = found.uses_default_tiers & found.uses_default_weight
    linked = [row["slug"] in in_tables for row in named]
    assert linked == (~defaults[:-1]).tolist()


def test_every_linked_name_has_the_tiers_and_the_weight_of_the_slide_for_its_thing():
    rules = rulebook.load("tkd-2017").at(JULY)
    rows = category_rows()
    by_slug = {row["slug"]: {"tiers": None, "weight": None} for row in rows if row["taxonomy"] == "v1-2017"}
    for row in rows:
        if row["full_score_below_h"]:
            by_slug[row["slug"]]["tiers"] = int(row["full_score_below_h"])
        if row["bobot"]:
            by_slug[row["slug"]]["weight"] = float(row["bobot"])
    linked = [row for row in rows if row["slug"] in by_slug]
    found = rules.for_categories([row["name"] for row in linked])
    for code, row in enumerate(linked):
        expected = by_slug[row["slug"]]
        assert found.t100[code] == (expected["tiers"] or 17), row["name"]
        assert found.weight[code] == (expected["weight"] or 2), row["name"]
    assert len(linked) > 60


def test_a_name_without_values_gets_the_defaults_and_says_so():
    found = rulebook.load("tkd-2017").at(JULY).for_categories(["Kemacetan", "Transjakarta", "Banjir", "POHON tumbang"])
    assert found.uses_default_tiers.tolist() == [True, False, True, False, True]  # the last row: unknown category
    assert found.uses_default_weight.tolist() == [False, True, True, False, True]
    assert found.weight.tolist() == [2, 2, 2, 2, 2]
    assert (found.t100[2], found.t80[2], found.t60[2]) == (17, 27, 39)


def test_the_version_follows_the_content_and_nothing_else():
    data, names = files("tkd-2017")
    version = rulebook.load("tkd-2017").version
    assert rulebook.build(data, names).version == version
    assert rulebook.build(dict(reversed(data.items())), names).version == version
    assert switched(rulebook.load("tkd-2017"), {"default_weight": 3}).version != version


def test_a_period_has_the_values_valid_on_its_first_day():
    data, names = files("tkd-2017")
    weight = data["categories"]["Sampah"]["weight"]
    weight[date(2020, 1, 1)] = {"value": 2.5, "reference": "a decree", "last_verified_on": date(2026, 1, 1)}
    weight[date(2021, 1, 1)] = {"value": None, "reference": "its end", "last_verified_on": date(2026, 1, 1)}
    book = rulebook.build(data, names)
    assert book.at(Period(2019, 12)).weights["Sampah"] == Fraction(3, 2)
    assert book.at(Period(2020, 1)).weights["Sampah"] == Fraction(5, 2)
    assert "Sampah" not in book.at(Period(2021, 1)).weights


def test_a_period_before_the_rules_has_none():
    with pytest.raises(RulebookError, match="tkd-2017 has no value of cutoff_day for 2016-12"):
        rulebook.load("tkd-2017").at(Period(2016, 12))


def test_dated_values_come_newest_first_with_their_references():
    data, names = files("tkd-2017")
    later = {"value": 9, "reference": "a decree", "last_verified_on": date(2026, 1, 1)}
    data["parameters"]["cutoff_day"][date(2028, 1, 1)] = later
    data["categories"]["Sampah"]["weight"][date(2020, 1, 1)] = later | {"value": None}
    book = rulebook.build(data, names)
    newest, first = book.parameters()["cutoff_day"]
    assert newest == rulebook.Dated(date(2028, 1, 1), 9, "a decree", date(2026, 1, 1), reading=False, note=None)
    assert (first.since, first.value, first.reading) == (date(2017, 1, 1), 8, False)
    assert [value.value for value in book.categories()["Sampah"]["weight"]] == [None, 1.5]
    assert book.parameters()["doorr_once"][0].reading
    assert list(book.parameters()) == list(data["parameters"])


def test_the_first_period_is_the_first_one_with_rules():
    assert rulebook.load("tkd-2021-asumsi").first_period == Period(2021, 4)
    data, names = files("tkd-2017")
    data["parameters"]["grades"] = {date(2019, 3, 1): data["parameters"]["grades"][date(2017, 1, 1)]}
    book = rulebook.build(data, names)
    assert book.first_period == Period(2019, 3)
    assert book.at(book.first_period).cutoff_day == 8


def test_the_screens_and_the_rulebook_name_the_same_cut_off():
    rules = rulebook.load("tkd-2017").at(JULY)
    assert rules.cutoff_day == periods.CUTOFF_DAY_OF_MONTH
    assert rules.cutoff_us(JULY) == JULY.cutoff.timestamp() * 1_000_000


def test_weights_are_whole_multiples_of_the_step_however_odd_they_are():
    rules = switched(rulebook.load("tkd-2017"), {"default_weight": 0.35}).at(JULY)
    found = rules.for_categories(["Sampah", "Banjir"])
    assert [steps * rules.weight_step for steps in found.weight_steps.tolist()][:2] == [Fraction(3, 2), Fraction(7, 20)]


OFFENCES = {
    "parameters.cutoff_day.2017-01-01.value": (31, "cutoff_day 2017-01-01: is 31, must be a day of the month"),
    "parameters.grades.2017-01-01.value": ({"A": 50, "B": 75, "C": None}, "grades 2017-01-01: is"),
    "parameters.dirty.2017-01-01.value": ({}, "dirty 2017-01-01: is {}, must be negative_duration: use"),
    "parameters.tier_values.2017-01-01.value": ([100, 80], "tier_values 2017-01-01: is [100, 80], must be four"),
    "parameters.pending_validation.2017-01-01.reference": (
        None,
        "pending_validation 2017-01-01: must have a reference",
    ),
    "parameters.doorr_once.2017-01-01.last_verified_on": ("soon", "doorr_once 2017-01-01: must have a reference and"),
    "parameters.doorr_once.2017-01-01.note": (None, "doorr_once 2017-01-01: is a reading and must say why in a note"),
    "parameters.colour": ({}, "colour: no such parameter"),
    "categories.Sampah.tiers.2017-01-01.value": ([45, 29, 67], "Sampah.tiers 2017-01-01: is [45, 29, 67]"),
    "categories.Sampah.size": ({}, "Sampah.size: must be tiers or weight"),
    "status": ("law", "status: must be documented or assumed"),
}


@pytest.mark.parametrize("path", OFFENCES)
def test_an_offence_is_told_by_name(path):
    value, reason = OFFENCES[path]
    data, names = files("tkd-2017")
    place = data = copy.deepcopy(data)
    *steps, last = (date.fromisoformat(step) if step.startswith("20") else step for step in path.split("."))
    for step in steps:
        place = place[step]
    place[last] = value
    with pytest.raises(RulebookError) as error:
        rulebook.build(data, names)
    assert str(error.value).startswith(f"rulebook tkd-2017: {reason}")


def test_a_missing_value_is_told_with_what_it_should_be():
    data, names = files("tkd-2017")
    del data["parameters"]["effort_points"]
    with pytest.raises(RulebookError, match="effort_points: is missing; it is whole numbers"):
        rulebook.build(data, names)


def test_a_name_that_stands_for_two_things_is_refused():
    data, names = files("tkd-2017")
    names["aliases"]["Sampah"] = ["pohon"]
    with pytest.raises(RulebookError, match="'pohon' is the same as"):
        rulebook.build(data, names)
    with pytest.raises(RulebookError, match="'Sampan' has aliases but no rules"):
        rulebook.build(data, {"aliases": {"Sampan": ["perahu"]}, "without_values": []})


def test_a_name_stated_by_the_source_that_is_no_alias_is_refused():
    data, names = files("tkd-2017")
    with pytest.raises(RulebookError, match="'Perahu' is stated by the source but is no alias"):
        rulebook.build(data, names | {"stated_by_source": ["Perahu"]})
