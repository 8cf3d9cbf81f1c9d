"""Where every point of a unit's score comes from: the numbers of each part, and what each report gave."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from scoring.effort import peers, type_codes
from scoring.exact import ExactScore, exact_of
from scoring.facts import dirt
from scoring.grades import shown
from scoring.score import Scorecard

HOW_IN = ("is_new", "is_left_over", "is_ticketed")
PART_NAMES = {
    "completion": "Penyelesaian",
    "time": "Waktu TL",
    "weight": "Bobot kategori",
    "effort": "Effort TL",
    "response": "Respons",
}


@dataclass(frozen=True)
class ReportPoints:
    """One report of the period. `points`: part -> points it gave to `obtained` (exact); `flags`: what was dirty."""

    number: str
    how_in: str
    category: str
    complete: bool
    doorr: bool
    hours: int
    tier: int
    weight: Fraction
    flags: tuple[str, ...]
    points: dict[str, Fraction]


@dataclass(frozen=True)
class PartPoints:
    """One part: its value, its percent of the score, and its points: those of the reports plus `base`."""

    part: str
    value: Fraction
    share: int
    base: Fraction
    points: Fraction
    numbers: dict[str, int | float]
    sentence: str


@dataclass(frozen=True)
class Explanation:
    """A unit's score as sums: reports and bases give the parts, parts give `obtained`, exactly."""

    unit_id: str
    exact: ExactScore | None
    final: float | None
    grade: str | None
    parts: tuple[PartPoints, ...]
    reports: tuple[ReportPoints, ...]
    sentence: str


def explain(card: Scorecard, unit: int) -> Explanation:
    """The explanation of one unit (code). Its sums agree exactly; `exact.final` is the score before it was a float."""
    unit_id = card.reports.units.ids[unit]
    if not card.tally.total[unit]:
        return Explanation(
            unit_id, None, None, None, (), (), "Tidak ada laporan pada periode ini, jadi tidak ada nilai."
        )
    exact = exact_of(unit, card.tally, card.reports.units, card.rules)
    reports = _reports(card, unit)
    parts = tuple(_part(card, unit, part, exact, reports) for part in card.rules.part_shares)
    final, grade = float(card.scores.final[unit]), card.grade(unit)
    figure = shown(final, grade, card.rules.grades)
    obtained, maximum = (f"{float(value):.2f}".replace(".", ",") for value in (exact.obtained, exact.maximum))
    sentence = f"Nilai {figure} ({grade}): diperoleh {obtained} dari {maximum} yang mungkin."
    return Explanation(unit_id, exact, final, grade, parts, reports, sentence)


def _reports(card: Scorecard, unit: int) -> tuple[ReportPoints, ...]:
    """The unit's reports by number."""
    rows = np.flatnonzero(card.facts.unit == unit)
    members = card.reports.only(card.membership.positions)
    masks = dirt(members, card.rules, card.as_of_us, card.membership)
    masks |= {name: getattr(card.facts, name) for name in ("default_tiers", "default_weight")}
    found = [_report(card, unit, int(row), masks, members) for row in rows]
    return tuple(sorted(found, key=lambda report: report.number))


def _report(card: Scorecard, unit: int, row: int, masks: dict[str, np.ndarray], members) -> ReportPoints:
    facts, category = card.facts, int(members.category[row])
    weight = int(facts.weight_steps[row]) * card.rules.weight_step
    return ReportPoints(
        number=str(members.number[row]),
        how_in=next(name.removeprefix("is_") for name in HOW_IN if getattr(card.membership, name)[row]),
        category=card.reports.category_names[category] if category >= 0 else "",
        complete=bool(facts.complete[row]),
        doorr=bool(facts.doorr[row]),
        hours=int(facts.hours[row]),
        tier=int(facts.tier[row]),
        weight=weight,
        flags=tuple(name for name, mask in masks.items() if mask[row]),
        points=_points(card, unit, row, weight),
    )


def _points(card: Scorecard, unit: int, row: int, weight: Fraction) -> dict[str, Fraction]:
    """Points one report gave. Effort belongs to no single report: it compares the whole count with the peers."""
    facts, rules, total = card.facts, card.rules, int(card.tally.total[unit])
    complete, doorr = bool(facts.complete[row]), bool(facts.doorr[row])
    counted = complete or (doorr and "completion" in rules.doorr_counts_in)
    values = {
        "completion": Fraction(rules.full_score * counted, total),
        "time": Fraction(int(facts.tier[row]), int(card.tally.complete[unit])) if complete else Fraction(0),
        "weight": weight if complete else Fraction(0),
        "response": Fraction(rules.full_score * int(facts.responded[row]), total),
    }
    return {part: Fraction(share, 100) * values[part] for part, share in rules.part_shares.items() if part in values}


def _part(card: Scorecard, unit: int, part: str, exact: ExactScore, reports: tuple[ReportPoints, ...]) -> PartPoints:
    share, value = card.rules.part_shares[part], exact.parts[part]
    points = Fraction(share, 100) * value
    from_reports = sum((report.points.get(part, Fraction(0)) for report in reports), Fraction(0))
    numbers = _numbers(card, unit, part)
    sentence = f"{PART_NAMES[part]} {_figure(value)}: {SENTENCES[part].format(**_in_words(numbers))}"
    return PartPoints(part, value, share, points - from_reports, points, numbers, sentence)


SENTENCES = {
    "completion": "{complete} laporan selesai dan {doorr} Doorr dari {total} laporan.",
    "time": "rata-rata nilai waktu {complete} laporan yang selesai, jumlahnya {tier_sum}.",
    "weight": "jumlah bobot {complete} laporan yang selesai.",
    "effort": "{x} laporan; unit sejenis paling sedikit {minimum}, median {median}, paling banyak {maximum}.",
    "response": "{responded} dari {total} laporan dijawab dalam {limit_hours} jam.",
}


def _numbers(card: Scorecard, unit: int, part: str) -> dict[str, int | float]:
    """The numbers that enter a part."""
    counts = card.tally
    if part == "effort":
        group = peers(card.scores.x, counts.total > 0, type_codes(card.reports.units.types))
        minimum, twice_median, maximum = (int(row[unit]) for row in group)
        return {"x": int(card.scores.x[unit]), "minimum": minimum, "median": twice_median / 2, "maximum": maximum}
    names = {
        "completion": ("complete", "doorr", "total"),
        "time": ("complete", "tier_sum"),
        "weight": ("complete", "weight_sum"),
        "response": ("responded", "total"),
    }
    found = {name: getattr(counts, name)[unit].item() for name in names[part]}
    return found | ({"limit_hours": card.rules.response_limit_hours} if part == "response" else {})


def _in_words(numbers: dict[str, int | float]) -> dict[str, str]:
    return {name: f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",") for name, value in numbers.items()}


def _figure(value: Fraction) -> str:
    return f"{float(value):.2f}".replace(".", ",")


def as_json(found: Explanation) -> dict:
    """The explanation as numbers for JSON."""
    parts = [
        {
            "part": part.part,
            "value": float(part.value),
            "share": part.share,
            "points": float(part.points),
            "base": float(part.base),
            "numbers": part.numbers,
            "sentence": part.sentence,
        }
        for part in found.parts
    ]
    exact = found.exact
    return {
        "unit_id": found.unit_id,
        "final": found.final,
        "grade": found.grade,
        "obtained": float(exact.obtained) if exact else None,
        "maximum": float(exact.maximum) if exact else None,
        "sentence": found.sentence,
        "parts": parts,
        "reports": [_report_json(report) for report in found.reports],
    }


def _report_json(report: ReportPoints) -> dict:
    points = {part: float(value) for part, value in report.points.items()}
    plain = {"weight": float(report.weight), "flags": list(report.flags), "points": points}
    numbered = {"report_id": report.number} | vars(report) | plain
    return {name: value for name, value in numbered.items() if name != "number"}


def as_text(found: Explanation) -> str:
    """The explanation to read."""
    lines = [f"{found.unit_id}: {found.sentence}", *(f"  {part.sentence}" for part in found.parts)]
    for report in found.reports:
        state = f"{report.hours} h -> {report.tier}" if report.complete else ("Doorr" if report.doorr else "open")
        flags = f" [{', '.join(report.flags)}]" if report.flags else ""
        weight = f"weight {float(report.weight):g}"
        lines.append(f"  {report.number}  {report.how_in}  {report.category}  {state}  {weight}{flags}")
    return "\n".join(lines)
