"""Types of units in words."""

import pytest

from components.unit_types import type_title, type_word


@pytest.mark.parametrize(
    ("kind", "title", "word"),
    [
        ("sudin", "Suku dinas", "suku dinas"),
        ("blud", "BLUD", "BLUD"),
        ("external", "Pihak luar", "pihak luar"),
        ("inspektorat", "Inspektorat", "inspektorat"),
    ],
)
def test_a_type_is_a_word_and_an_abbreviation_stays_one(kind, title, word):
    assert (type_title(kind), type_word(kind)) == (title, word)
