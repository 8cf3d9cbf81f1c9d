"""A mapping: which cell of a pull fills which column of crm.report, declared in YAML and checked before any row."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Boolean, DateTime, Text

from data_access.importing.problems import ImportRefused
from data_access.importing.transforms import CONTRACT_WORDS, TRANSFORMS
from data_access.tables import report

MAPPINGS = Path(__file__).parents[1] / "mappings"
IMPORTED_AT = "updated_at"  # the import's own instant: the live reader follows it
COLUMNS = {column.name: column for column in report.columns if column.name != IMPORTED_AT}
REQUIRED = tuple(name for name, column in COLUMNS.items() if not column.nullable)
MAPPING_KEYS = {"about", "assumed", "repeat", "columns"}
RULE_KEYS = {"from", "instead", "constant", "numbered", "when_empty", "optional", "as"}


@dataclass(frozen=True)
class Rule:
    """How one contract column is filled: from source cells, or a constant, or the row's own number; then the steps."""

    column: str
    sources: tuple[str, ...] = ()  # several are joined by a space
    instead: tuple[tuple[str, str], ...] = ()  # (cell text, source column to read in its place)
    constant: Any = None
    numbered: str | None = None  # pattern with {row} and {copy}
    when_empty: Any = None  # the column's value when the cell is empty; no step is taken
    optional: bool = False  # the pull may lack the source columns
    steps: tuple[tuple[str, Any], ...] = ()  # (transform, argument)


@dataclass(frozen=True)
class Mapping:
    """A checked mapping. `assumed` are the sentences about what the pull does not say."""

    name: str
    rules: tuple[Rule, ...]
    assumed: tuple[str, ...] = ()
    repeat: str | None = None  # source column that says how many reports a row stands for

    def for_columns(self, found: tuple[str, ...]) -> "Mapping":
        """The mapping for a pull with these columns, optional rules left out. Raises ImportRefused for absent ones."""
        kept = tuple(rule for rule in (_without_absent(r, found) for r in self.rules) if rule)
        wanted = [name for r in kept for name in (*r.sources, *(other for _, other in r.instead))]
        missing = _absent([*wanted, *([self.repeat] if self.repeat else [])], found)
        if missing:
            raise ImportRefused(
                f"mapping {self.name} names columns the file does not have: {', '.join(missing)}; "
                f"the file has: {', '.join(found)}"
            )
        return Mapping(self.name, kept, self.assumed, self.repeat)


def load(name: str) -> Mapping:
    """The mapping of that name shipped with the product, or the YAML file of that path. Raises ImportRefused."""
    path = Path(name) if name.endswith((".yaml", ".yml")) else MAPPINGS / f"{name}.yaml"
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        shipped = ", ".join(sorted(file.stem for file in MAPPINGS.glob("*.yaml")))
        message = f"no mapping {name!r}; there are: {shipped}; or give the path of a .yaml file"
        raise ImportRefused(message) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ImportRefused(f"mapping {path} cannot be read: {' '.join(str(error).split())}") from error
    return _checked(name, content)


def _without_absent(rule: Rule, found: tuple[str, ...]) -> Rule | None:
    """An optional rule whose columns the pull lacks gives what an empty cell would, or nothing."""
    if not (rule.optional and _absent(rule.sources, found)):
        return rule
    return Rule(rule.column, constant=rule.when_empty) if rule.when_empty is not None else None


def _checked(name: str, content: Any) -> Mapping:
    try:
        _check_keys(content, MAPPING_KEYS, "the mapping")
        _demand(isinstance(content.get("columns"), dict), "columns: must list contract columns")
        assumed = content.get("assumed") or []
        _demand(_is_texts(assumed), "assumed: must be a list of sentences")
        rules = tuple(_rule(column, spec) for column, spec in content["columns"].items())
        missing = [column for column in REQUIRED if column not in content["columns"]]
        _demand(not missing, f"required contract columns are not filled: {', '.join(missing)}")
        repeat = content.get("repeat")
        _demand(repeat is None or isinstance(repeat, str), "repeat: must name one source column")
    except ValueError as error:
        raise ImportRefused(f"mapping {name}: {error}") from None
    return Mapping(name, rules, tuple(assumed), repeat)


def _rule(column: str, spec: Any) -> Rule:
    _demand(column in COLUMNS, f"unknown contract column {column!r}; there are: {', '.join(COLUMNS)}")
    _check_keys(spec, RULE_KEYS, column)
    origins = [key for key in ("from", "constant", "numbered") if key in spec]
    _demand(len(origins) == 1, f"{column}: give exactly one of from, constant, numbered")
    sources = [spec["from"]] if isinstance(spec.get("from"), str) else spec.get("from", [])
    _demand(_is_texts(sources), f"{column}: from must be a column name or a list of them")
    instead = spec.get("instead", {})
    _demand(_is_words(instead), f"{column}: instead must map a cell's text to another source column")
    if "numbered" in spec:
        _check_pattern(column, spec["numbered"])
    _demand(isinstance(spec.get("as", []), list), f"{column}: as must be a list of steps")
    steps = tuple(_step(column, step) for step in spec.get("as", []))
    _check_type(column, steps, spec.get("constant"))
    fallback = spec.get("when_empty")
    _demand(
        fallback is None or _kind_of(fallback) == _type_of(column), f"{column}: when_empty must be a {_type_of(column)}"
    )
    return Rule(
        column,
        tuple(sources),
        tuple(instead.items()),
        spec.get("constant"),
        spec.get("numbered"),
        spec.get("when_empty"),
        spec.get("optional") is True,
        steps,
    )


def _step(column: str, step: Any) -> tuple[str, Any]:
    name, argument = next(iter(step.items())) if isinstance(step, dict) and len(step) == 1 else (step, None)
    _demand(isinstance(name, str) and name in TRANSFORMS, f"{column}: unknown step {name!r}; {_steps_known()}")
    wanted = TRANSFORMS[name].argument
    fits = {
        "none": argument is None,
        "words": _is_words(argument) and bool(argument),
        "formats": _is_texts(argument) and bool(argument),
        "contract": isinstance(argument, str) and argument in CONTRACT_WORDS,
        "label": _is_label(argument),
    }
    _demand(fits[wanted], f"{column}: step {name} has the wrong argument, it takes: {wanted}")
    return name, argument


def _check_type(column: str, steps: tuple[tuple[str, Any], ...], constant: Any) -> None:
    """The last step, or the bare constant, must give what the contract column holds."""
    wanted = _type_of(column)
    given = TRANSFORMS[steps[-1][0]].gives if steps else _kind_of(constant)
    _demand(given == wanted, f"{column}: holds a {wanted} but the steps give a {given}; {_steps_known()}")


def _kind_of(value: Any) -> str:
    """The type of a bare YAML value; a cell without steps is text."""
    if isinstance(value, bool):
        return "bool"
    return "number" if isinstance(value, int | float) else "text"


def _type_of(column: str) -> str:
    kinds = ((DateTime, "time"), (Boolean, "bool"), (Text, "text"))
    return next((name for kind, name in kinds if isinstance(COLUMNS[column].type, kind)), "number")


def _check_pattern(column: str, pattern: Any) -> None:
    try:
        first, second = str(pattern).format(row=1, copy=1), str(pattern).format(row=1, copy=2)
        other = str(pattern).format(row=2, copy=1)
    except (KeyError, IndexError, ValueError):
        raise ValueError(f"{column}: numbered may hold {{row}} and {{copy}} only") from None
    _demand(first != other and first != second, f"{column}: numbered must hold both {{row}} and {{copy}}")


def _check_keys(content: Any, allowed: set[str], where: str) -> None:
    _demand(isinstance(content, dict), f"{where} must be a table of names and values")
    unknown = sorted(str(name) for name in set(content) - allowed)
    _demand(not unknown, f"{where}: unknown key {', '.join(unknown)}; allowed: {', '.join(sorted(allowed))}")


def _demand(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(message)


def _steps_known() -> str:
    return f"steps: {', '.join(TRANSFORMS)}"


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_words(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(k, str) and isinstance(v, str) for k, v in value.items())


def _is_label(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"take", "of"} and _is_texts(value["of"])


def _absent(names: Any, found: tuple[str, ...]) -> list[str]:
    """Names the pull does not have. `zone.name` is there when `zone` is: the object may be null in every record."""
    return [n for n in dict.fromkeys(names) if n not in found and not any(n.startswith(f"{f}.") for f in found)]
