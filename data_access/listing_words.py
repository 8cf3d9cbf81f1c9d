"""Search: a report's number, or words of its summary, its place, its holder, and its category."""

import re
from collections.abc import Iterator

from data_access.dimensions import Dimensions

NUMBER = re.compile(r"[A-Za-z]{1,4}\d{2,14}")
WORDS_AT_MOST = 8


def looks_like_number(text: str) -> bool:
    """'JK2611' is the beginning of a number; 'jalan' is a word."""
    return NUMBER.fullmatch(text.strip()) is not None


def word_conditions(text: str, names: Dimensions) -> Iterator[tuple[str, dict[str, object]]]:
    """A condition per word, all of which must hold; or one for a number, whole or its beginning."""
    if looks_like_number(text):
        yield "report_id like %(number_prefix)s", {"number_prefix": _literal(text.strip().upper()) + "%"}
        return
    for place, word in enumerate(text.split()[:WORDS_AT_MOST]):
        yield _word(word, f"word_{place}", names)


def _word(word: str, name: str, names: Dimensions) -> tuple[str, dict[str, object]]:
    """The word in a public summary, or in a name the report carries."""
    found = word.lower()
    categories = [identifier for identifier, label in names.categories[1:] if found in label.lower()]
    places = [code for code, label in names.kelurahan[1:] if found in label.lower()]
    units = [unit.unit_id for unit in names.units[1:] if found in unit.name.lower() or found in unit.short.lower()]
    text = (
        f"not is_private and summary ilike %({name})s or category_id = any(%({name}_categories)s)"
        f" or kelurahan_code = any(%({name}_places)s) or unit_id = any(%({name}_units)s)"
    )
    values = {name: f"%{_literal(word)}%", f"{name}_categories": categories}
    return text, values | {f"{name}_places": places, f"{name}_units": units}


def _literal(text: str) -> str:
    """With the signs of LIKE taken as they are."""
    return re.sub(r"([\\%_])", r"\\\1", text)
