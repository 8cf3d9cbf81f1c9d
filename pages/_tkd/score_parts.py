"""The parts of the score, with their formulas filled; of an upper unit first what its standing is made of."""

from dash import dcc, html

from components import ids
from components.desk import lead
from components.formats import integer, month_short, month_year
from components.panels import panel
from components.rounding import adding_up, as_hundredths, points
from components.score_formula import UnitNumbers, formula, number, quiet
from components.score_parts import Part, score_parts, sum_of_parts
from components.states import empty
from data_access.monitor import Reading
from pages._tkd.dirt_words import KINDS
from pages._tkd.links import OWN
from pages._tkd.standing_parts import standing_parts
from scoring.effort import peers, type_codes
from scoring.exact import ExactScore, exact_of
from scoring.explain import PART_NAMES
from scoring.one_more import one_more

PARTS = tuple((part, "children") for part in (ids.SCORE_PARTS_TITLE, ids.SCORE_PARTS_BODY, ids.SCORE_PARTS_FACT))
COUNTED = {1: "Satu", 2: "Dua", 3: "Tiga", 4: "Empat", 5: "Lima"}


def section():
    """The frame of the panel."""
    title = html.Span("Bagian nilai", id=ids.SCORE_PARTS_TITLE)
    return panel(title, ids.SCORE_PARTS_BODY, fact_id=ids.SCORE_PARTS_FACT, class_name="parts")


def parts(reading: Reading) -> dict:
    """What the panel shows of a unit."""
    values = (_title(reading), _body(reading), _fact(reading))
    return dict(zip(PARTS, values, strict=True))


def _title(reading: Reading) -> str:
    if not reading.is_aggregate:
        return f"{COUNTED[len(reading.card.rules.part_shares)]} bagian nilai"
    return "Rata-rata unit di bawah" if reading.aggregate.own is None else "Nilai sendiri dan unit di bawah"


def _fact(reading: Reading) -> list:
    rules = reading.card.rules
    assumed = "ASUMSI, " if rules.status == "assumed" else ""
    return [f"{assumed}aturan {rules.rulebook}, ", dcc.Link("lihat aturan", href="/aturan#nilai", className="more")]


def _body(reading: Reading):
    if reading.final is None:
        return empty(f"Belum ada nilai. Belum ada laporan pada {month_year(str(reading.period))}.")
    if not reading.is_aggregate:
        return [lead(_finding(reading)), _own_parts(reading, "")]
    own = reading.aggregate.own is not None
    heading = html.H3(f"{COUNTED[len(reading.card.rules.part_shares)]} bagian nilai sendiri")
    return [standing_parts(reading), *([heading, lead(_finding(reading)), _own_parts(reading, OWN)] if own else [])]


def _own_parts(reading: Reading, prefix: str):
    card, unit = reading.card, reading.unit
    exact, rules = exact_of(unit, card.tally, card.reports.units, card.rules), card.rules
    figure = reading.shown(float(card.scores.final[unit]))
    obtained, maximum = round(float(exact.obtained) * 100), round(float(exact.maximum) * 100)
    rows = _rows(reading, exact, rules.full_score * 100 - as_hundredths(figure), prefix)
    total = sum_of_parts(rows, obtained, maximum, rules.full_score)
    return score_parts(rows, total, figure, card.grade(unit), _caveat(reading, rows, prefix))


def _rows(reading: Reading, exact: ExactScore, lost_in_all: int, prefix: str) -> list[Part]:
    rules, numbers = reading.card.rules, _numbers(reading, prefix)
    values = {part: float(value) for part, value in exact.parts.items()}
    most = {part: values[part] if part == "weight" else rules.full_score for part in values}
    gained = [share * values[part] / 100 for part, share in rules.part_shares.items()]
    best = [share * most[part] / 100 for part, share in rules.part_shares.items()]
    lost = [(most_ - got) / float(exact.maximum) * rules.full_score for most_, got in zip(best, gained, strict=True)]
    columns = (
        adding_up(gained, round(float(exact.obtained) * 100)),
        adding_up(best, round(float(exact.maximum) * 100)),
        adding_up(lost, lost_in_all),
    )
    return [
        Part(PART_NAMES[part], quiet(part, numbers, rules), formula(part, numbers, values[part], rules), *row)
        for part, *row in zip(values, *columns, strict=True)
    ]


def _numbers(reading: Reading, prefix: str) -> UnitNumbers:
    card, unit = reading.card, reading.unit
    rows, counts = card.facts.unit == unit, card.tally
    groups = type_codes(card.reports.units.types)
    minimum, twice_median, maximum = (int(row[unit]) for row in peers(card.scores.x, counts.total > 0, groups))
    done = rows & card.facts.complete
    how = {name: int(getattr(card.membership, f"is_{name}")[rows].sum()) for name in ("new", "left_over", "ticketed")}
    return UnitNumbers(
        **{name: int(getattr(counts, name)[unit]) for name in ("total", "complete", "doorr", "responded")},
        **how,
        tiers={value: int((card.facts.tier[done] == value).sum()) for value in dict.fromkeys(card.rules.tier_values)},
        weight_sum=float(counts.weight_sum[unit]),
        x=int(card.scores.x[unit]),
        minimum=minimum,
        median=twice_median / 2,
        maximum=maximum,
        peers_count=int(((groups == groups[unit]) & (counts.total > 0)).sum()),
        kind=card.reports.units.types[unit],
        left_over_from=month_short(str(reading.period.previous)),
        list_prefix=prefix,
    )


def _finding(reading: Reading) -> list:
    """Where most is lost, and what one more completion would give."""
    card, unit = reading.card, reading.unit
    exact = exact_of(unit, card.tally, card.reports.units, card.rules)
    lost = {
        part: float((card.rules.full_score - exact.parts[part]) * share / exact.maximum)
        for part, share in card.rules.part_shares.items()
        if part != "weight"
    }
    worst = [part for part in sorted(lost, key=lost.get, reverse=True)[:2] if lost[part] >= 0.005]
    if not worst:
        return ["Tidak ada poin yang hilang.", *_one_more(reading)]
    named = [html.B(PART_NAMES[part][0].lower() + PART_NAMES[part][1:]) for part in worst]
    joined = [named[0], " dan ", named[1]] if len(named) == 2 else named
    return ["Kehilangan terbesar ada di ", *joined, ".", *_one_more(reading)]


def _one_more(reading: Reading) -> list:
    """Empty when nothing can be completed any more."""
    gains = one_more(reading.card, reading.unit)
    if not len(gains):
        return []
    least, most = (round(float(gain) * 100) for gain in (gains.min(), gains.max()))
    if most <= 0:
        return [" Satu penyelesaian lagi sekarang tidak menaikkan nilai."]
    if least <= 0:
        return [" Satu penyelesaian sekarang menambah paling banyak ", html.B(points(most)), " poin."]
    figures = points(most) if least == most else f"{points(least)} sampai {points(most)}"
    return [" Satu penyelesaian sekarang menambah ", html.B(figures), " poin."]


def _caveat(reading: Reading, rows: list[Part], prefix: str) -> list:
    lost = points(sum(row.lost for row in rows))
    most = " + ".join(points(row.maximum).removesuffix(",00") for row in rows)
    words = f"* dalam poin nilai akhir; jumlahnya {lost}, jarak ke {reading.card.rules.full_score}. Maksimum = {most}. "
    return [words, *_dirt(reading, prefix)]


def _dirt(reading: Reading, prefix: str) -> list:
    flags = {name: int(counts[reading.unit]) for name, counts in reading.card.flags.items()}
    said = [(name, count) for name, count in flags.items() if count]
    if not said:
        return ["Tidak ada data kotor; tiap kategori yang selesai punya bobot dan batas waktu."]
    links = [number(f"{integer(n)} {KINDS[name]}", f"{prefix}kotor-{name.replace('_', '-')}") for name, n in said]
    return ["Catatan: ", *[piece for link in links for piece in (link, ", ")][:-1], "."]
