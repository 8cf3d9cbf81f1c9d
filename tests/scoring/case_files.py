"""Cases as files: `cases/*.yaml`, named by what they show. One runner for all (test_cases.py), and for other tests.

A case has units {id: type | [type, parent]}, reports (rows of build.reports; `all` is joined to every row), and
`asked`: period, as_of, perhaps rulebook, switches (parameters changed for this question), and `units`, `aggregates`:
what must come out. A figure that is not named may be anything; `null` means no score.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from scoring import output, rulebook
from scoring.periods import parse
from scoring.rulebook import FOLDER, Rulebook
from scoring.score import Scorecard, score
from tests.scoring import build

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Question:
    """One question of a case, and the answer it must have."""

    case: str
    number: int
    content: dict
    asked: dict

    @property
    def rulebook(self) -> str:
        return self.asked.get("rulebook", "tkd-2017")

    def card(self, book: Rulebook | None = None) -> Scorecard:
        """The score card, by the named rulebook or by `book`; the switches of the question are set in either."""
        book = book or rulebook.load(self.rulebook)
        if self.asked.get("switches"):
            book = switched(book, self.asked["switches"])
        period = parse(str(self.asked["period"]))
        rows = [self.content.get("all", {}) | row for row in self.content["reports"]]
        reports = build.reports(rows, build.units(self.content["units"]))
        return score(reports, book.at(period), period, build.us(self.asked["as_of"]))

    def answer(self, book: Rulebook | None = None) -> dict:
        return output.as_json(self.card(book))


@cache
def questions() -> tuple[Question, ...]:
    """Every question of every case."""
    return tuple(_questions())


def _questions() -> Iterator[Question]:
    for path in sorted(CASES.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for number, asked in enumerate(content["asked"], start=1):
            yield Question(path.stem, number, content, asked)


def switched(book: Rulebook, switches: dict) -> Rulebook:
    """The rulebook with other values; a key `dirty.name` is one entry of a mapping."""
    data = copy.deepcopy(book.data)
    for name, value in switches.items():
        parameter, _, entry = name.partition(".")
        for dated in data["parameters"][parameter].values():
            if entry:
                dated["value"] = dated["value"] | {entry: value}
            else:
                dated["value"] = value
    return rulebook.build(data, book.names)


def files(name: str) -> tuple[dict, dict]:
    """The content of a rulebook's two files."""
    names = yaml.safe_load((FOLDER / "category-names.yaml").read_text(encoding="utf-8"))
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")), names
