"""Every class of dirt alone and in pairs: nothing breaks, the counters are exact, clean units keep their score."""

from itertools import combinations_with_replacement

import numpy as np
import pytest

from scoring import output, rulebook
from scoring.periods import Period
from scoring.rulebook_schema import DIRTY_RULES
from scoring.score import Scorecard, score
from tests.scoring import build
from tests.scoring.case_files import switched

MONTH = Period(2022, 7)
RULES = rulebook.load("tkd-2017").at(MONTH)
AS_OF = build.us("2022-07-20 00:00:00")
GOOD = {"unit": "DIRTY", "category": "Sampah", "status": "selesai", "entered": "2022-07-10 08:00:00"} | {
    "completed": "2022-07-10 09:00:00"
}
DIRT = {
    "negative_duration": {"completed": "2022-07-10 07:00:00"},
    "completed_after_as_of": {"completed": "2022-07-20 00:00:00.000001"},
    "entered_after_as_of": {"entered": "2022-07-20 00:00:00.000001", "status": "proses", "completed": None},
    "completed_without_time": {"completed": None},
    "reopened": {"status": "proses"},
    "unknown_status": {"status": "hilang"},
    "unknown_category": {"category": None},
    "unknown_unit": {"unit": None},
    "duplicate_id": {},
}
NOT_COMPLETE = {"negative_duration", "completed_after_as_of", "completed_without_time", "reopened", "unknown_status"}
IN_NO_TOTAL = {"entered_after_as_of", "unknown_unit"}


def card_of(*classes: str) -> Scorecard:
    clean = [GOOD | {"number": f"clean-{n}", "unit": unit} for n, unit in enumerate(("CLEAN", "CLEAN", "OTHER"))]
    rows = [GOOD | DIRT[name] | {"number": f"dirt-{n}"} for n, name in enumerate(classes)]
    copies = [row for row, name in zip(rows, classes, strict=True) if name == "duplicate_id"]
    # the dirty unit is of another type, so that not even effort of the clean ones can move
    units = build.units({"CLEAN": "kelurahan", "OTHER": "kelurahan", "DIRTY": "sudin"})
    return score(build.reports(clean + rows + copies, units), RULES, MONTH, AS_OF)


def test_every_class_of_the_rulebook_is_tried():
    assert DIRT.keys() == DIRTY_RULES.keys() == RULES.dirty.keys()


@pytest.mark.parametrize("classes", list(combinations_with_replacement(DIRT, 2)), ids=" and ".join)
def test_two_dirty_rows_are_counted_and_the_clean_units_keep_their_score(classes):
    before, after = card_of(), card_of(*classes)
    for name in ("completion", "time", "weight", "effort", "final"):
        assert getattr(before.scores, name)[:2].tobytes() == getattr(after.scores, name)[:2].tobytes(), name
    counted = output.flags_of(after, 2) | after.unattributed
    expected = {name: classes.count(name) for name in classes}
    assert {name: counted[name] for name in counted if name in DIRT} == expected
    assert output.flags_of(after, 0) == output.flags_of(after, 1) == {}
    assert after.tally.total[2] == sum(name not in IN_NO_TOTAL for name in classes)
    assert after.tally.complete[2] == sum(name not in IN_NO_TOTAL | NOT_COMPLETE for name in classes)
    assert np.isnan(after.scores.final[2]) == (after.tally.total[2] == 0)


@pytest.mark.parametrize("name", [name for name, rules in DIRTY_RULES.items() if "use" in rules])
def test_a_class_the_rules_use_unsaid_is_not_flagged(name):
    rules = switched(rulebook.load("tkd-2017"), {f"dirty.{name}": "use"}).at(MONTH)
    card = card_of(name)
    silent = score(card.reports, rules, MONTH, AS_OF)
    assert name in card.flags
    assert name not in silent.flags
