"""Why the score moved since a chosen moment."""

from collections import Counter
from collections.abc import Sequence

from dash import html

from components import ids
from components.desk import choice, foot, lead
from components.formats import clock, day_clock, day_month, integer
from components.panels import panel
from components.rounding import adding_up, points, signed_points
from components.states import empty
from components.waterfall import Cause, End, scale_words, waterfall
from data_access import past
from data_access.monitor import Reading
from data_access.past import Past
from pages._tkd import moments, why_causes
from pages._tkd.links import OWN, unit_href
from pages._tkd.moments import Moment
from scoring.compare import compare
from scoring.compare_standings import UnitCause, compare_standings
from scoring.reports import NOWHERE

PARTS = tuple((part, "children") for part in (ids.WHY_TITLE, ids.WHY_BODY, ids.WHY_FACT))
UNITS_SHOWN = 6
NO_EVENTS = "Tanpa riwayat kejadian: laporan yang sejak itu pindah atau terbuka lagi tidak terlihat di sini."


def section():
    """The frame of the panel."""
    title = html.Span("Mengapa berubah", id=ids.WHY_TITLE)
    return panel(title, ids.WHY_BODY, fact_id=ids.WHY_FACT, class_name="why")


def parts(reading: Reading) -> dict:
    """What the panel shows of a unit. Raises DatabaseUnavailable when the past cannot be read."""
    moment = moments.chosen(reading)
    body = [_choices(reading, moment), *_body(reading, moment)]
    values = (f"Mengapa berubah sejak {moment.since}", body, moments.span(moment, reading))
    return dict(zip(PARTS, values, strict=True))


def _choices(reading: Reading, moment: Moment) -> html.Div:
    check = moments.moment("pagi", reading).since.capitalize()
    named = {"pagi": check, "kemarin": "Kemarin", "minggu": "7 hari", "awal": "Awal bulan"}
    if reading.closed:
        named |= {"kemarin": "1 hari"}
    options = [(words, f"?sejak={name}", name == moment.name) for name, words in named.items()]
    times = {"": moment.at, "-min": reading.period.start, "-max": moments.until(reading) - moments.LAST_MINUTE}
    limits = {f"data-since{name}": f"{at:%Y-%m-%dT%H:%M}" for name, at in times.items()}
    other = "on" if moment.name not in named else ""
    button = html.Button("Pilih waktu", type="button", className=f"btn-q {other}".strip(), **limits)
    return html.Div([choice(options, "Dibandingkan dengan"), button], className="since")


def _body(reading: Reading, moment: Moment) -> list:
    start = reading.period.start
    if moment.at < start:
        words = f"Periode ini baru mulai {day_month(start)} 00.00; pada {_at(moment, reading)} belum ada nilai."
        return [empty(words)]
    then = past.card_at(reading.state, reading.period, moment.at, moment.own_minute)
    value = then.standing(reading.unit_id)
    before = None if value is None else reading.shown(value)
    if before is None and reading.final is None:
        return [empty(f"Belum ada nilai, juga pada {_at(moment, reading)}.")]
    ends = (End(_at(moment, reading, "Pukul "), before), _end(reading))
    difference = ends[1].value - ends[0].value
    rows, finding = (_units if reading.is_aggregate else _own)(reading, then, difference, moment)
    first = ["Belum ada nilai saat itu, maka sebab dihitung dari 0. "] if before is None else []
    return [lead([*first, *finding]), waterfall(ends[0], rows, ends[1]), _caveat(ends, rows, then)]


def _at(moment: Moment, reading: Reading, prefix: str = "") -> str:
    words = moments.when(moment.at, moments.until(reading))
    return f"{prefix}{words}" if " " not in words else words


def _end(reading: Reading) -> End:
    now = moments.until(reading)
    words = f"Cut-off, {day_clock(now)}" if reading.closed else f"Sekarang, {clock(now)}"
    return End(words, None if reading.final is None else reading.shown(reading.final))


def _caveat(ends: tuple[End, End], rows: Sequence[Cause], then: Past) -> html.P:
    difference = signed_points(ends[1].value - ends[0].value)
    words = f"{scale_words(ends[0], rows)} Jumlah sebab = selisih nilai: {difference}."
    return foot(words if then.rebuilt else f"{words} {NO_EVENTS}")


# A unit of its own reports


def _own(reading: Reading, then: Past, difference: int, moment: Moment) -> tuple[list[Cause], list]:
    causes = compare(then.card, reading.card, reading.unit)
    rounded = adding_up([cause.points for cause in causes], difference)
    pairs = list(zip(causes, rounded, strict=True))
    moves: Counter[str] = Counter()
    for cause, value in pairs:
        moves[why_causes.noun(cause.name)] += value
    return [why_causes.row(cause, value, reading, then.card) for cause, value in pairs], _finding(moves, moment)


def _finding(moves: Counter[str], moment: Moment) -> list:
    """'Penyelesaian memberi +1,68; laporan baru mengambil 1,28.': at most two causes are named on each side."""
    gains = [move for move in moves.most_common() if move[1] > 0]
    losses = [move for move in reversed(moves.most_common()) if move[1] < 0]
    if not gains and not losses:
        return [f"Nilai tidak berubah sejak {moment.since}."]
    pieces = []
    if gains:
        pieces += [f"{_named(gains)} memberi ", html.B(f"+{points(sum(move[1] for move in gains))}")]
    if losses:
        verb = " mengambil kembali " if gains else " mengambil "
        pieces += ["; " if gains else "", f"{_named(losses)}{verb}", html.B(points(-sum(move[1] for move in losses)))]
    first = next(place for place, piece in enumerate(pieces) if piece)
    pieces[first] = pieces[first][0].upper() + pieces[first][1:]
    return [*pieces, " poin."]


def _named(moves: list[tuple[str, int]]) -> str:
    names = [name for name, _ in moves]
    if len(names) > 2:
        return f"{names[0]}, {names[1]}, dan sebab lain"
    return " dan ".join(names)


# An upper unit


def _units(reading: Reading, then: Past, difference: int, moment: Moment) -> tuple[list[Cause], list]:
    found = compare_standings(then.card, reading.card, reading.unit)
    rounded = adding_up([cause.points for cause in found], difference)
    pairs = list(zip(found, rounded, strict=True))
    rows = [_unit(reading, cause, value, moment) for cause, value in pairs[:UNITS_SHOWN]]
    rest = [value for _, value in pairs[UNITS_SHOWN:]]
    if rest:
        rows.append(Cause(f"{integer(len(rest))} unit lain", sum(rest)))
    return rows, _finding_of_units(reading, pairs, moment)


def _unit(reading: Reading, cause: UnitCause, value: int, moment: Moment) -> Cause:
    if cause.unit == reading.unit:
        return Cause("Nilai sendiri", value, f"?lihat={OWN}semua&halaman=")
    if cause.unit == NOWHERE:
        return Cause("Unit yang tidak ada lagi", value)
    href = unit_href(reading, reading.card.reports.units.ids[cause.unit], sejak=moment.name)
    return Cause(reading.name(cause.unit), value, href, stays=False)


def _finding_of_units(reading: Reading, pairs: list[tuple[UnitCause, int]], moment: Moment) -> list:
    if not pairs:
        return [f"Nilai tidak berubah sejak {moment.since}."]
    up, down = (sum(sign * cause.points > 0 for cause, _ in pairs) for sign in (1, -1))
    cause, value = pairs[0]
    name = "nilai sendiri" if cause.unit == reading.unit else _name(reading, cause.unit)
    counts = ((up, "nilai naik"), (down, "nilai turun"))
    counted = " dan ".join(f"{integer(count)} {word}" for count, word in counts if count)
    return [f"{counted}. Pengaruh terbesar: {name} ", html.B(signed_points(value)), "."]


def _name(reading: Reading, unit: int) -> str:
    return "unit yang tidak ada lagi" if unit == NOWHERE else reading.name(unit)
