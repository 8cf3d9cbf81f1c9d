"""Changing any number or switch of a rulebook, one at a time, changes an answer of some case, or is refused."""

import copy
from collections.abc import Iterator

import pytest

from scoring import rulebook
from scoring.rulebook_schema import DIRTY_RULES, RulebookError
from tests.scoring.case_files import files, questions

BOOKS = ("tkd-2017", "tkd-2021-asumsi")
SWITCHES = {"complete": ("open",), "open": ("complete",), "children": ("descendants",), "descendants": ("children",)}


@pytest.mark.parametrize("name", BOOKS)
def test_every_constant_of_the_rulebook_shows_in_an_answer(name):
    data, names = files(name)
    asked = [question for question in questions() if question.rulebook == name]
    before = [stripped(question.answer()) for question in asked]
    unseen, count = [], 0
    for what, changed in mutations(data):
        count += 1
        if not shows(changed, names, asked, before):
            unseen.append(what)
    assert unseen == []
    assert count > 100, "the enumeration found too few constants"


def shows(data: dict, names: dict, asked: list, before: list) -> bool:
    """Whether the changed rulebook is refused, or answers any question differently."""
    try:
        book = rulebook.build(data, names)
    except RulebookError:
        return True
    return any(stripped(question.answer(book)) != answer for question, answer in zip(asked, before, strict=True))


def stripped(answer: dict) -> dict:
    """The answer without the version, which changes with every byte."""
    return {name: value for name, value in answer.items() if name != "version"}


def mutations(data: dict) -> Iterator[tuple[str, dict]]:
    """(what, changed content) per constant and change; references and dates of checking are no constants."""
    for path, value in leaves({part: data[part] for part in ("parameters", "categories")}):
        for new in others(path, value):
            changed = copy.deepcopy(data)
            place = changed
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = new
            yield f"{' '.join(map(str, path))}: {value} -> {new}", changed


def leaves(node: object, path: tuple = ()) -> Iterator[tuple[tuple, object]]:
    """(path, value) of everything under a `value`; lists of words count as one leaf."""
    if isinstance(node, dict):
        for key, entry in node.items():
            if key not in ("reference", "last_verified_on", "reading", "note"):
                yield from leaves(entry, (*path, key))
    elif isinstance(node, list) and not isinstance(node[0], str):
        for index, entry in enumerate(node):
            yield from leaves(entry, (*path, index))
    else:
        yield path, node


def others(path: tuple, value: object) -> list:
    """Other values of the constant: one more and one less, the other switch, the list without one word."""
    if value is None:
        return []  # the last grade, which has no limit
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value + 1, value - 1]
    if isinstance(value, list):
        return [[word for word in value if word != left_out] for left_out in value]
    if path[-1] in DIRTY_RULES:
        return [rule for rule in DIRTY_RULES[path[-1]] if rule != value]
    return list(SWITCHES.get(value, ("another type",)))
