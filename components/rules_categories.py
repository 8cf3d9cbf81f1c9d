"""The categories of a rulebook: bounds of the time values, weights, the names that stand for them."""

from collections.abc import Mapping, Sequence

from dash import html

from components.formats import DASH, integer
from components.rules_values import day, number, tag, when
from scoring.periods import Period
from scoring.rulebook import Dated, Rulebook
from scoring.rules import Rules

DEFAULT = "Kategori lain"
Columns = Mapping[str, Sequence[Dated]]


def categories_table(book: Rulebook, rules: Rules) -> html.Table:
    """A row per category and date of a value; the defaults that hold for all others come last."""
    weighs = "weight" in rules.part_shares
    tiers = [f"Nilai {number(value)}" for value in rules.tier_values[:-1]]
    head = ["Kategori", *tiers, *(["Bobot"] if weighs else []), "Berlaku sejak", "Rujukan", "Terakhir diperiksa"]
    rows = [row for name, columns in book.categories().items() for row in _rows(book, rules, name, columns)]
    defaults = {"tiers": book.parameters()["default_tiers"], "weight": book.parameters().get("default_weight", [])}
    rows += _rows(book, rules, DEFAULT, defaults if weighs else {"tiers": defaults["tiers"]})
    return html.Table(
        [
            html.Thead(html.Tr([html.Th(word, scope="col") for word in head])),
            html.Tbody(rows),
        ],
        className="rule-categories",
    )


def _rows(book: Rulebook, rules: Rules, name: str, columns: Columns) -> list[html.Tr]:
    """One row per date on which a value of the category begins, the newest first; one row without any value."""
    known = [value for values in columns.values() for value in values]
    dates = sorted({value.since for value in known}, reverse=True)
    at = [{column: _valid(values, since) for column, values in columns.items()} for since in dates] or [{}]
    return [_row(book, rules, name, {c: v for c, v in here.items() if v}, known) for here in at]


def _valid(values: Sequence[Dated], since) -> Dated | None:
    """The value that holds from `since` on; `values` has the newest first."""
    return next((value for value in values if value.since <= since), None)


def _row(book: Rulebook, rules: Rules, name: str, here: Mapping[str, Dated], known: Sequence[Dated]) -> html.Tr:
    tiers, weight = here.get("tiers"), here.get("weight")
    limits = _limits(tiers, rules)
    weights = [_weight(weight, rules)] if "weight" in rules.part_shares else []
    newest = max(here.values(), key=lambda value: value.since, default=None)
    cells = [html.Th([html.Span(name), *_aliases(book, name)], scope="row"), *limits, *weights]
    return html.Tr([*cells, *_ground(book, here.values(), newest, known, rules.period)], **{"data-category": name})


def _limits(tiers: Dated | None, rules: Rules) -> list[html.Td]:
    """Three cells: below which hour each value but the last holds."""
    own = tiers is not None and tiers.value is not None
    hours = tiers.value if own else rules.default_tiers
    return [
        html.Td([f"< {hour} jam", *([] if own else [_default()])], className="num", **{"data-head": f"nilai {value} "})
        for hour, value in zip(hours, rules.tier_values[:-1], strict=True)
    ]


def _weight(weight: Dated | None, rules: Rules) -> html.Td:
    own = weight is not None and weight.value is not None
    word = number(weight.value if own else float(rules.default_weight))
    return html.Td(word if own else [word, _default()], className="num", **{"data-head": "bobot "})


def _default() -> html.Span:
    return html.Span(" bawaan", className="default")


def _ground(book: Rulebook, here, newest: Dated | None, known: Sequence[Dated], period: Period) -> list[html.Td]:
    """Since when, the references, when they were checked last."""
    if newest is None:
        return [html.Td(DASH), html.Td("tidak ada di sumber; nilai bawaan"), html.Td(DASH)]
    tags = next(([tag(book, value), " "] for value in here if value.reading), [])
    references = "; ".join(dict.fromkeys(value.reference for value in here))
    checked = min(value.last_verified_on for value in here)
    return [
        html.Td([day(newest.since), *when(newest, known, period)], **{"data-head": "berlaku sejak "}),
        html.Td([*tags, references], className="ground"),
        html.Td(day(checked), **{"data-head": "terakhir diperiksa "}),
    ]


def _aliases(book: Rulebook, name: str) -> list[html.Span]:
    """The other names of the category; those the source does not state itself are readings."""
    stated = set(book.names.get("stated_by_source", ()))
    names = book.names["aliases"].get(name, ())
    own = [alias for alias in names if alias in stated]
    read = [alias for alias in names if alias not in stated]
    words = [f"sama dengan {', '.join(own)}"] if own else []
    words += [f"tafsiran: {'; '.join(read)}"] if read else []
    return [html.Span(word, className="alias") for word in words]


def other_names(book: Rulebook) -> html.Details:
    """The names for which no source has values, folded away: they are many."""
    names = book.names["without_values"]
    summary = f"{integer(len(names))} nama kategori lain yang dikenal, semuanya memakai nilai bawaan"
    return html.Details([html.Summary(summary), html.Ul([html.Li(name) for name in names])], className="other-names")
