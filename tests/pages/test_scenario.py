"""The text of a scenario and its items say the same, whatever the numbers and identifiers are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages._query import SCENARIO_LENGTH, canonical
from pages._tkd.scenario import Item, minute, parse, token, written
from tests.builders import at

NOON = at("2026-11-22 12:00")
MINUTES = st.integers(at("2000-01-01 00:00") // 60_000_000, at("2100-12-31 23:59") // 60_000_000).map(
    lambda minutes: minutes * 60_000_000
)
KEYS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
COMPLETED = st.builds(Item, KEYS, st.just("completed"), MINUTES, st.sampled_from(["", "kategori", "unit"]))
MOVED = st.builds(Item, KEYS, st.just("moved"), MINUTES, to_unit=KEYS)
TICKETED = st.builds(Item, KEYS, st.just("ticketed"), MINUTES, commitment_us=MINUTES, limit_us=MINUTES)
REOPENED = st.builds(Item, KEYS, st.just("reopened"), MINUTES)
LEFT_OUT = st.builds(Item, KEYS, st.just("left_out"))
ITEMS = st.lists(st.one_of(COMPLETED, MOVED, TICKETED, REOPENED, LEFT_OUT), max_size=8)
SIGNS = st.text("AJK019@~:,.-_/TZpindahtiketbukalepaskategoriunit", max_size=80)

EXAMPLES = [
    ("JK2611210402@2026-11-22T12:00", Item("JK2611210402", "completed", NOON)),
    ("JK1@2026-11-22T12:00~pindah~W-31.71.07", Item("JK1", "moved", NOON, to_unit="W-31.71.07")),
    ("JK1@2026-11-22T12:00~buka", Item("JK1", "reopened", NOON)),
    ("JK1~lepas", Item("JK1", "left_out")),
    ("kategori:jalan@2026-11-22T12:00", Item("jalan", "completed", NOON, "kategori")),
    ("unit:S-BM-31.71@2026-11-22T12:00", Item("S-BM-31.71", "completed", NOON, "unit")),
    (
        "JK1@2026-11-22T12:00~tiket~2026-11-25T12:00~2026-11-30T23:59",
        Item("JK1", "ticketed", NOON, commitment_us=at("2026-11-25 12:00"), limit_us=at("2026-11-30 23:59")),
    ),
    ("A_2cB_c3_a9@2026-11-22T12:00", Item("A,Bé", "completed", NOON)),
]
NO_ITEMS = [
    "JK1",
    "JK1@",
    "@2026-11-22T12:00",
    "JK1@2026-13-22T12:00",
    "JK1@1999-12-31T12:00",
    "JK1@2026-11-22T24:00",
    "JK1@2026-11-22",
    "JK1@2026-11-22T12:00~terbang",
    "JK1@2026-11-22T12:00~pindah",
    "JK1@2026-11-22T12:00~tiket~2026-11-25T12:00",
    "JK1@2026-11-22T12:00~lepas",
    "kategori:jalan@2026-11-22T12:00~buka",
    "kategori:jalan~lepas",
    "JK_ff@2026-11-22T12:00",
]


@pytest.mark.parametrize(("text", "item"), EXAMPLES)
def test_an_item_is_written_and_read_as_the_grammar_says(text, item):
    assert written(item) == text
    assert parse(text) == ([item], [])


@pytest.mark.parametrize("text", NO_ITEMS)
def test_what_is_no_item_is_handed_back_and_the_others_are_read(text):
    assert parse(f"JK9~lepas,{text},JK8~lepas") == ([Item("JK9", "left_out"), Item("JK8", "left_out")], [text])


@given(ITEMS)
def test_items_written_and_read_again_are_the_same_items(items):
    assert parse(written(*items)) == (items, [])


@given(ITEMS)
def test_a_written_scenario_passes_the_check_of_the_query(items):
    text = written(*items)
    kept = canonical({"sim": text}, None, ("sim",))
    assert len(text) > SCENARIO_LENGTH or kept == ((("sim", text),) if text else ())


@given(SIGNS)
def test_any_text_is_read_without_an_error_and_what_was_read_is_stable(text):
    items, _unread = parse(text)
    assert parse(written(*items)) == (items, [])


@given(KEYS, KEYS)
def test_two_reports_never_share_a_token(one, other):
    assert (token(one) == token(other)) == (one == other)
    assert token(one) != token(one, "kategori")


def test_a_minute_is_that_of_jakarta():
    assert minute(NOON) == "2026-11-22T12:00"
