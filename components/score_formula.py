"""The formula of each part of a score, filled with a unit's own numbers as a person would write it."""

from dataclasses import dataclass

from dash import dcc, html

from components.formats import decimal, integer
from components.unit_types import type_word
from scoring.rules import Rules


@dataclass(frozen=True)
class UnitNumbers:
    """What enters the formulas of one unit. Counts are reports; `tiers`: time value -> complete reports.

    `minimum`, `median`, `maximum` of what the `peers_count` units of its `kind` (itself too) completed; `x` its own.
    """

    total: int
    new: int
    left_over: int
    ticketed: int
    complete: int
    doorr: int
    responded: int
    tiers: dict[int, int]
    weight_sum: float
    x: int
    minimum: int
    median: float
    maximum: int
    peers_count: int
    kind: str
    left_over_from: str  # 'Okt'
    list_prefix: str = ""  # of the names of the lists that numbers open


def number(words: str, key: str) -> html.A:
    """A number that opens the list of exactly the reports it counts."""
    return html.A(words, href=f"?lihat={key}&halaman=", className="num", **{"data-stay": ""})


def formula(part: str, unit: UnitNumbers, value: float, rules: Rules) -> list:
    """The formula of a part with the unit's numbers in it, to its value and its weight in the score."""
    terms = TERMS[part](unit, rules)
    share = decimal(rules.part_shares[part] / 100, 2)
    result = html.Span([f"= {decimal(value, 2)} ", html.Span(f"× {share}", className="t2")], className="result")
    return [*terms, " ", result]


def quiet(part: str, unit: UnitNumbers, rules: Rules) -> list:
    """What stands small beside the name of a part: its percent, and what the numbers of its formula are."""
    words = [piece for item in QUIET[part](unit, rules) for piece in (", ", *item)]
    return [f"{rules.part_shares[part]}%", *words]


def _completion(unit: UnitNumbers, rules: Rules) -> list:
    done = [_of(unit, unit.complete, "selesai", "selesai")]
    if unit.doorr and "completion" in rules.doorr_counts_in:
        done = ["(", *done, " + ", _of(unit, unit.doorr, "Doorr", "doorr"), ")"]
    return [*done, " ÷ ", _of(unit, unit.total, "laporan", "semua"), f" × {rules.full_score}"]


def _time(unit: UnitNumbers, rules: Rules) -> list:
    """A time value nobody got is left out of the sum."""
    if not unit.complete:
        return ["belum ada yang selesai"]
    terms = []
    for value, count in unit.tiers.items():
        if count:
            link = number(integer(count), f"{unit.list_prefix}selesai-{value}")
            terms += [" + ", html.Span([link, f"×{value}"], className="term")]
    return ["(", *terms[1:], ") ÷ ", number(integer(unit.complete), f"{unit.list_prefix}selesai")]


def _weight(unit: UnitNumbers, _rules: Rules) -> list:
    return ["Σ bobot ", _of(unit, unit.complete, "laporan", "bobot")]


def _effort(unit: UnitNumbers, rules: Rules) -> list:
    own = number(integer(unit.x), f"{unit.list_prefix}dihitung")
    low, middle, high = (rules.effort_points[name] for name in ("minimum", "median", "maximum"))
    if unit.peers_count == 1:
        return [own, " selesai, tanpa unit pembanding"]
    if unit.x == unit.median:
        return [own, " selesai, tepat di median"]
    below = unit.x < unit.median
    start, first, second = (low, unit.minimum, unit.median) if below else (middle, unit.median, unit.maximum)
    span = f"({_plain(second)} − {_plain(first)}) × {(middle if below else high) - start}"
    return [f"{start} + (", own, f" − {_plain(first)}) ÷ {span}"]


def _response(unit: UnitNumbers, rules: Rules) -> list:
    answered = _of(unit, unit.responded, f"dijawab ≤ {rules.response_limit_hours} jam", "dijawab")
    return [answered, " ÷ ", _of(unit, unit.total, "laporan", "semua"), f" × {rules.full_score}"]


def _how_in(unit: UnitNumbers, _rules: Rules) -> list[list]:
    counts = (
        (unit.new, "baru", "baru"),
        (unit.left_over, f"sisa {unit.left_over_from}", "sisa"),
        (unit.ticketed, "tiket", "tiket"),
    )
    return [[_of(unit, count, words, key)] for count, words, key in counts if count]


def _peers(unit: UnitNumbers, _rules: Rules) -> list[list]:
    kind = type_word(unit.kind)
    if unit.peers_count == 1:
        return [[f"satu-satunya {kind} dengan laporan"]]
    peers = dcc.Link(f"{integer(unit.peers_count)} {kind}", href=f"/tkd?tampil=daftar&jenis={unit.kind}")
    figures = f"paling sedikit {integer(unit.minimum)}, median {_plain(unit.median)}, terbanyak {integer(unit.maximum)}"
    return [[f"{figures} dari ", peers]]


def _of(unit: UnitNumbers, count: int, words: str, key: str) -> html.A:
    return number(f"{integer(count)} {words}", f"{unit.list_prefix}{key}")


def _plain(value: float) -> str:
    return integer(int(value)) if value == int(value) else decimal(value, 1)


TERMS = {"completion": _completion, "time": _time, "weight": _weight, "effort": _effort, "response": _response}
QUIET = {
    "completion": _how_in,
    "time": lambda _unit, _rules: [["rata-rata tingkat"]],
    "weight": lambda _unit, _rules: [["menambah maksimum"]],
    "effort": _peers,
    "response": lambda _unit, _rules: [["dari semua laporan"]],
}
