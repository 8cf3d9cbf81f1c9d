"""Rulebooks: the rules of the score as dated, referenced data (`rulebook/*.yaml`)."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import yaml

from scoring.periods import Period
from scoring.rulebook_schema import RulebookError, check, check_names
from scoring.rules import Below, Rules, letters

FOLDER = Path(__file__).parent / "rulebook"
VERSION_LENGTH = 12


@dataclass(frozen=True)
class Dated:
    """A value from a date on, as the file has it (None: none any more). `note` says why; a `reading` always has one."""

    since: date
    value: object
    reference: str
    last_verified_on: date
    reading: bool
    note: str | None


@dataclass(frozen=True, eq=False)
class Rulebook:
    """One formula through time. `version` is a short hash of the content; status `assumed` must be shown as ASUMSI."""

    name: str
    title: str
    status: str
    version: str
    data: dict
    names: dict

    def at(self, period: Period) -> Rules:
        """The rules valid in `period`. Raises RulebookError when some value has none yet."""
        return _rules(self, period)

    @property
    def first_period(self) -> Period:
        """The first period in which every parameter has a value."""
        begin = max(min(dated) for dated in self.data["parameters"].values())
        return Period(begin.year, begin.month)

    def parameters(self) -> dict[str, list[Dated]]:
        """The dated values of each parameter, in the order of the file, the newest value first."""
        return {name: _dated(values) for name, values in self.data["parameters"].items()}

    def categories(self) -> dict[str, dict[str, list[Dated]]]:
        """Category -> `tiers` and `weight`, as far as it has them -> dated values, the newest first."""
        columns = self.data["categories"].items()
        return {name: {column: _dated(values) for column, values in entry.items()} for name, entry in columns}


def _dated(values: dict) -> list[Dated]:
    def one(since: date, entry: dict) -> Dated:
        columns = (entry["value"], entry["reference"], entry["last_verified_on"])
        return Dated(since, *columns, reading=entry.get("reading", False), note=entry.get("note"))

    return [one(since, values[since]) for since in sorted(values, reverse=True)]


def available() -> list[str]:
    """Names of the rulebooks."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != "category-names")


def load(name: str) -> Rulebook:
    """Read and check a rulebook. Raises RulebookError, which names the file and the value."""
    if name not in available():
        raise RulebookError(f"no rulebook {name!r}; there are: {', '.join(available())}")
    return _load(name)


@lru_cache
def _load(name: str) -> Rulebook:
    data = _read(FOLDER / f"{name}.yaml")
    return build(data, _read(FOLDER / str(data.get("category_names", "category-names.yaml"))))


def _read(path: Path) -> dict:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise RulebookError(f"{path.name} cannot be read: {' '.join(str(error).split())}") from None
    if not isinstance(data, dict):
        raise RulebookError(f"{path.name} must be a mapping")
    return data


def build(data: dict, names: dict) -> Rulebook:
    """A rulebook from the content of its two files. Raises RulebookError."""
    check(data)
    check_names(names, data["categories"])
    content = json.dumps([_plain(data), _plain(names)], sort_keys=True, ensure_ascii=False)
    version = hashlib.sha256(content.encode()).hexdigest()[:VERSION_LENGTH]
    return Rulebook(data["name"], data["title"], data["status"], version, data, names)


def _plain(value: object) -> object:
    """The content with dates as text, so that it has one canonical form."""
    if isinstance(value, dict):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return str(value) if isinstance(value, date) else value


@lru_cache(maxsize=64)
def _rules(book: Rulebook, period: Period) -> Rules:
    values = {name: _valid(book, name, dated, period) for name, dated in book.data["parameters"].items()}
    missing = [name for name, value in values.items() if value is None]
    if missing:
        raise RulebookError(f"rulebook {book.name} has no value of {missing[0]} for {period}; its rules begin later")
    categories = book.data["categories"]
    return Rules(
        rulebook=book.name,
        version=book.version,
        status=book.status,
        period=period,
        tiers={name: tuple(value) for name, value in _column(book, categories, "tiers", period)},
        weights={name: Fraction(str(value)) for name, value in _column(book, categories, "weight", period)},
        names=_names(book),
        **{name: _typed(name, value) for name, value in values.items()},
    )


def _valid(book: Rulebook, name: str, dated: dict, period: Period) -> object:
    """The value of the last date not after the first day of the period; None when there is none."""
    past = [day for day in dated if day <= period.start.date()]
    return dated[max(past)]["value"] if past else None


def _column(book: Rulebook, categories: dict, column: str, period: Period) -> list[tuple[str, object]]:
    dated = {name: entry[column] for name, entry in categories.items() if column in entry}
    found = [(name, _valid(book, name, values, period)) for name, values in dated.items()]
    return [(name, value) for name, value in found if value is not None]


def _names(book: Rulebook) -> dict[str, str | None]:
    """Letters of every known category name -> the category whose rules hold for it, None for the defaults."""
    known: dict[str, str | None] = {letters(name): None for name in book.names["without_values"]}
    for category, aliases in book.names["aliases"].items():
        known |= {letters(alias): category for alias in aliases}
    return known | {letters(name): name for name in book.data["categories"]}


def _typed(name: str, value: object) -> object:
    """The value as the engine wants it: tuples, fractions and sets instead of the lists and floats of YAML."""
    if name in ("tier_values", "default_tiers"):
        return tuple(value)
    if name == "default_weight":
        return Fraction(str(value))
    if name in ("doorr_counts_in", "doorr_received_how"):
        return frozenset(value)
    return {key: Below(**entry) for key, entry in value.items()} if name == "aggregates" else value
