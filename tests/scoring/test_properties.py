"""What holds for every month, whatever is in it."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import explain as explaining
from scoring import rulebook
from scoring.codes import encode, tally_codes
from scoring.periods import Period
from scoring.score import Scorecard, score, scores_of
from scoring.tally import COUNTS, retally, tally
from scoring.timeline import timeline
from tests.scoring import build, months

seeds = st.integers(min_value=0, max_value=10**9)
books = st.sampled_from(["tkd-2017", "tkd-2021-asumsi"])
FIGURES = ("completion", "time", "weight", "effort", "response", "obtained", "maximum", "final")
SHIFT_YEARS = 5  # the assumed formula begins in 2021


def card_of(seed: int, book: str, rows: list[dict] | None = None) -> Scorecard:
    """The card of a random month, in 2022 and 2023 for the assumed formula."""
    own, types, month, as_of = months.month(seed)
    rows = own if rows is None else rows
    if book != "tkd-2017":
        rows, as_of, month = [later(row) for row in rows], later({"t": as_of})["t"], (month[0] + SHIFT_YEARS, month[1])
    period = Period(*month)
    rules = rulebook.load(book).at(period)
    return score(build.reports(rows, build.units(types)), rules, period, build.us(as_of))


def later(row: dict) -> dict:
    return {
        key: value.replace(year=value.year + SHIFT_YEARS) if hasattr(value, "year") else value
        for key, value in row.items()
    }


def assert_equal_scores(first, second) -> None:
    """Bit for bit, NaN with NaN."""
    for name in (*FIGURES, "grade", "x"):
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes(), name


@settings(max_examples=200, deadline=None)
@given(seeds, books, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_bit(seed, book, random):
    rows = months.month(seed)[0]
    turned = random.sample(rows, len(rows))
    assert_equal_scores(card_of(seed, book).scores, card_of(seed, book, turned).scores)


@settings(max_examples=200, deadline=None)
@given(seeds, books)
def test_scores_stay_in_range_and_are_what_was_obtained_of_what_could_be(seed, book):
    card = card_of(seed, book)
    scores, scored = card.scores, card.tally.total > 0
    assert np.isnan(scores.final[~scored]).all()
    assert ((scores.final[scored] >= 0) & (scores.final[scored] <= 100)).all()
    assert np.allclose(scores.final[scored], 100 * scores.obtained[scored] / scores.maximum[scored], rtol=0, atol=1e-9)
    parts = {part: getattr(scores, part)[scored] for part in card.rules.part_shares}
    total = sum(share / 100 * parts[part] for part, share in card.rules.part_shares.items())
    assert np.allclose(scores.obtained[scored], total, rtol=0, atol=1e-9)


@settings(max_examples=200, deadline=None)
@given(seeds, books)
def test_every_point_is_traced_and_the_sums_are_exact(seed, book):
    card = card_of(seed, book)
    for unit in np.flatnonzero(card.tally.total):
        found = explaining.explain(card, int(unit))
        assert sum(part.points for part in found.parts) == found.exact.obtained
        for part in found.parts:
            given_by_reports = sum((row.points.get(part.part, Fraction(0)) for row in found.reports), Fraction(0))
            assert given_by_reports + part.base == part.points
            assert float(part.value) == getattr(card.scores, part.part)[unit]
            assert part.base == (part.points if part.part == "effort" else 0)
        assert len(found.reports) == card.tally.total[unit]
        assert abs(found.exact.final - Fraction(card.scores.final[unit])) < Fraction(1, 10**12)


@settings(max_examples=150, deadline=None)
@given(seeds, st.integers(min_value=1, max_value=5))
def test_dirt_in_one_unit_moves_no_other_but_through_effort(seed, count):
    rows, types, _, _ = months.month(seed)
    before = card_of(seed, "tkd-2017")
    dirt = [{"number": f"D{n}", "unit": "U0", "category": None, "status": "selesai"} for n in range(count)]
    entered = months.MONTHS[seed % 3]
    dirt = [row | {"entered": entered, "completed": entered - (months.MONTHS[1] - months.MONTHS[0])} for row in dirt]
    after = card_of(seed, "tkd-2017", rows + dirt)
    for name in ("completion", "time", "weight", "maximum"):
        assert np.array_equal(getattr(before.scores, name)[1:], getattr(after.scores, name)[1:], equal_nan=True), name
    for name in before.flags.keys() | after.flags.keys():
        none = np.zeros(len(types), np.int64)
        assert np.array_equal(before.flags.get(name, none)[1:], after.flags.get(name, none)[1:]), name


@settings(max_examples=200, deadline=None)
@given(seeds, books)
def test_codes_give_the_tally_of_the_facts(seed, book):
    card = card_of(seed, book)
    counted = tally_codes(encode(card.facts, len(card.reports.units), card.rules))
    for name in COUNTS:
        assert np.array_equal(getattr(counted, name), getattr(card.tally, name)), name


@settings(max_examples=200, deadline=None)
@given(seeds, books, st.randoms(use_true_random=False))
def test_a_tally_kept_by_difference_is_the_tally_made_anew(seed, book, random):
    card = card_of(seed, book)
    facts, units_count = card.facts, len(card.reports.units)
    rows = np.array(sorted(random.sample(range(len(facts)), len(facts) // 2)), np.int64)
    removed = facts.only(rows)
    added = replace(
        removed, complete=~removed.complete, tier=np.where(removed.complete, 0, 80), doorr=removed.doorr & False
    )
    changed = {name: getattr(facts, name).copy() for name in ("complete", "tier", "doorr")}
    for name, column in changed.items():
        column[rows] = getattr(added, name)
    by_difference = retally(card.tally, removed, added)
    anew = tally(replace(facts, **changed), units_count, card.rules.weight_step)
    for name in COUNTS:
        assert np.array_equal(getattr(by_difference, name), getattr(anew, name)), name
    units = card.reports.units
    assert_equal_scores(scores_of(by_difference, units, card.rules), scores_of(anew, units, card.rules))


@settings(max_examples=200, deadline=None)
@given(seeds, books)
def test_a_month_out_of_the_timeline_scores_as_out_of_all_reports(seed, book):
    card = card_of(seed, book)
    few = timeline(card.reports, card.period.next).reports_of(card.period)
    again = score(few, card.rules, card.period, card.as_of_us)
    assert_equal_scores(card.scores, again.scores)
    assert {name: counts.tolist() for name, counts in card.flags.items()} == {
        name: counts.tolist() for name, counts in again.flags.items()
    }
