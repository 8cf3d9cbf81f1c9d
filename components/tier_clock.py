"""The tier clock: one row per open report, the value its time still has, and the minute that value drops."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dash import html

from components.desk import in_pieces
from components.formats import DASH, JAKARTA, MINUS, clock, day_month, decimal, integer, stamp
from components.marks import mark
from components.number_link import number_link
from components.report_list import report_href
from components.theme import CHANGES

AXIS_HOURS = 24
ALARM_HOURS, WARN_HOURS = 1, 4
FLIPPED_FROM_SHARE = 0.78
TICK_EVERY_HOURS = 6
ROOM_OF_A_LABEL = 0.08  # share of the axis that a label takes
DOORR_TITLE = (
    "Diteruskan ke unit ini dan masih menunggu. Bila tetap menunggu sampai cut-off, laporan ini dihitung selesai "
    "sekali, tanpa nilai waktu (Doorr)."
)


@dataclass(frozen=True)
class Drop:
    """At `at` the tier value becomes `value`; `level` counts the values from the highest, 0 to 3."""

    at: datetime
    value: int
    level: int


@dataclass(frozen=True)
class ClockRow:
    """An open report. `drops` in order of time, none at the lowest value; `points` the unit of the screen then loses.

    `hidden_until`: a ticket hides the report until then. `pauses`: its hours stand still meanwhile.
    """

    number: str
    category: str
    where: str
    status: str
    value: int
    level: int
    drops: tuple[Drop, ...]
    points: float
    planned: bool = False
    doorr: bool = False
    hidden_until: datetime | None = None
    pauses: bool = False

    def hours_left(self, as_of: datetime) -> float:
        """Hours until the next drop; only for a report that drops."""
        return (self.drops[0].at - as_of) / timedelta(hours=1)


def clock_table(rows, as_of: datetime, cutoff: datetime, *, per_hour: bool, rest=None) -> html.Table:
    """The rows in the order given on an axis of the next 24 hours; `rest` is a last row, of `clock_rest`."""
    places = _places([row.points for row in rows])
    body = [_row(row, as_of, places, per_hour) for row in rows] + ([rest] if rest else [])
    share = _share(cutoff, as_of)
    cut = [html.I("cut-off", className="end", style={"left": _percent(share)})] if 0 < share < 1 else []
    heads = [("c1", "Laporan"), ("c2", "Status"), ("c3 ax", [*_axis(as_of), *cut]), ("c4", "Turun"), ("c5", "Sisa")]
    heads += [("c6", "Poin per jam" if per_hour else "Poin"), ("c7", html.Span("Rencana", className="only-spoken"))]
    head = html.Tr([html.Th(words, className=name, scope="col") for name, words in heads])
    return html.Table([html.Thead(head), html.Tbody(body)], className="tiers")


def _row(row: ClockRow, as_of: datetime, places: int, per_hour: bool) -> html.Tr:
    cells = [
        html.Th([html.B(_report(row)), in_pieces(row.where)], className="c1", scope="row", title=_whole(row)),
        html.Td(_status(row), className="c2"),
        html.Td(_chart(row, as_of), className="c3"),
        html.Td(_minute(row, as_of), className="c4"),
        html.Td(_left(row, as_of), className=f"c5 {_urgency(row, as_of)}".strip()),
        html.Td(_points(row, as_of, places, per_hour), className="c6"),
        html.Td(html.Span("rencana", className="tag pln") if row.planned else None, className="c7"),
    ]
    return html.Tr(cells, key=row.number)


def _report(row: ClockRow) -> html.A:
    return number_link(row.category, report_href(row.number), class_name="to-list")


def _whole(row: ClockRow) -> str:
    return f"{row.category}, {row.where.replace(' · ', ', ')}"


def _status(row: ClockRow) -> list:
    status = CHANGES.get(row.status)
    words = [html.Span([mark(status.mark), status.label] if status else "Tidak dikenal", className="st")]
    if row.hidden_until:
        hours = "Jam nilainya berhenti selama itu." if row.pauses else "Jam nilainya tetap berjalan."
        title = f"Ada tiket: tersembunyi dari daftar kerja sampai {stamp(row.hidden_until)}. {hours}"
        words.append(html.Span(f"tiket {day_month(row.hidden_until)}", className="tag", title=title))
    if row.doorr:
        words.append(html.Span("Doorr", className="tag", title=DOORR_TITLE))
    return words


def _chart(row: ClockRow, as_of: datetime) -> html.Div:
    """Blocks whose height is the value, a tick at the next drop. On a phone and to the ear the label says the same."""
    if not row.drops:
        parts = [html.Span(f"sudah {row.value}, nilai terendah", className="dl z"), *_blocks(row, as_of)]
        return html.Div(parts, className="tc", title=f"Nilai waktu {row.value}, tidak turun lagi")
    return html.Div([*_blocks(row, as_of), *_tick(row, as_of)], className="tc", title=_story(row, as_of))


def _blocks(row: ClockRow, as_of: datetime) -> list[html.I]:
    edges = [0.0, *(min(_share(drop.at, as_of), 1.0) for drop in row.drops), 1.0]
    levels = [row.level, *(drop.level for drop in row.drops)]
    spans = zip(edges, edges[1:], levels, strict=False)
    return [
        html.I(className=f"tb v{level}", style={"left": _percent(left), "width": _percent(right - left)})
        for left, right, level in spans
        if right > left
    ]


def _tick(row: ClockRow, as_of: datetime) -> list:
    share = _share(row.drops[0].at, as_of)
    label = f"{row.value} → {row.drops[0].value}"
    if share > 1:  # beyond the axis: the label waits at its end
        return [html.Span(f"{label} ›", className="dl left", style={"left": _percent(1)})]
    side = "dl left" if share > FLIPPED_FROM_SHARE else "dl"
    at = {"left": _percent(share)}
    return [
        html.I(className=f"dr {_urgency(row, as_of)}".strip(), style=at),
        html.Span(label, className=side, style=at),
    ]


def _story(row: ClockRow, as_of: datetime) -> str:
    first, *later = row.drops
    then = "".join(f", lalu {drop.value} {_moment(drop.at, as_of)}" for drop in later)
    return f"Nilai waktu {row.value}, menjadi {first.value} {_moment(first.at, as_of)}{then}"


def _urgency(row: ClockRow, as_of: datetime) -> str:
    """Under an hour, under four; the shape says it as well as the colour."""
    if not row.drops or row.hours_left(as_of) >= WARN_HOURS:
        return ""
    return "u1" if row.hours_left(as_of) < ALARM_HOURS else "u2"


def _minute(row: ClockRow, as_of: datetime) -> list | str:
    if not row.drops:
        return DASH
    at = row.drops[0].at
    day = day_word(at, as_of)
    if day == "hari ini":
        return [html.B(clock(at))]
    return [html.B(clock(at)), " ", html.Span("besok")] if day == "besok" else [html.Span(day), " ", html.B(clock(at))]


def _left(row: ClockRow, as_of: datetime) -> list | str:
    if not row.drops:
        return "tidak turun lagi"
    shape = {"u1": [mark("alarm")], "u2": [mark("batas")]}.get(_urgency(row, as_of), [])
    return [*shape, html.Span(**{"data-until": int(row.drops[0].at.timestamp() * 1000)})]


def _points(row: ClockRow, as_of: datetime, places: int, per_hour: bool) -> str:
    points = row.points
    if per_hour and points:
        points, places = points / row.hours_left(as_of), max(places, 3)
    return points_lost(points, places)


def points_lost(points: float, places: int) -> str:
    """0.1482 -> '−0,15'; 0 -> '0'."""
    return f"{MINUS}{decimal(points, places)}" if points else "0"


def _places(points: list[float]) -> int:
    """Decimals that show the smallest of them: one report is little of a large unit."""
    smallest = min((value for value in points if value > 0), default=1)
    return 2 if smallest >= 0.01 else 3 if smallest >= 0.001 else 4


def clock_rest(counts: tuple[int, ...], starts: tuple[datetime, ...], later: int, never: int, href: str) -> html.Tr:
    """The reports not shown: `counts` of their drops per hour from each of `starts`, `later` than that, `never`."""
    most = max(*counts, 1)
    spans = [f"{clock(start)} sampai {clock(start + timedelta(hours=1))}" for start in starts]
    hours = [(f"{span}: {integer(count)}", count) for span, count in zip(spans, counts, strict=True)]
    bars = [html.I(style={"height": _percent(count / most)}, title=words) for words, count in hours]
    spoken = "Turun per jam. " + ", ".join(words for words, count in hours if count)
    chart = html.Div(bars, className="hr", role="img", **{"aria-label": spoken})
    words = [f"{integer(sum(counts))} turun dalam {AXIS_HOURS} jam"] if any(counts) else []
    words += [f"{integer(later)} sesudahnya"] if later else []
    words += [f"{integer(never)} tidak turun lagi"] if never else []
    cells = [
        html.Th(html.B(f"{integer(sum(counts) + later + never)} lainnya"), className="c1", scope="row"),
        html.Td(html.A("Tampilkan semua", href=href, className="more", **{"data-stay": ""}), className="c2"),
        html.Td(chart if any(counts) else None, className="c3"),
        html.Td(", ".join(words), className="c4"),
    ]
    return html.Tr(cells, key="lainnya", className="rest")


def clock_lead(count: int, points: float, until: datetime, first: datetime | None, as_of: datetime) -> list:
    """How many drop `until` then and what that costs; when the `first` one drops after that, if any does."""
    moment = f"sebelum {_moment(until, as_of)}"
    if count:
        passed = "bila lewat" if count == 1 else "bila semua lewat"
        about = f"hilang sekitar {decimal(points, _places([points]))} poin"
        lost = about if points else "nilai periode ini tidak berubah"
        return [html.B(f"{integer(count)} laporan turun {moment}"), f"; {passed}, {lost}."]
    if first:
        return [html.B(f"Tidak ada yang turun {moment}."), f" Berikutnya {_moment(first, as_of)}."]
    return [html.B("Tidak ada yang turun lagi."), " Semua laporan terbuka sudah di nilai waktu terendah."]


def day_word(at: datetime, as_of: datetime) -> str:
    """'hari ini', 'besok' or '24 Nov', in Jakarta."""
    words = {day_month(as_of + timedelta(days=1)): "besok", day_month(as_of): "hari ini"}
    return words.get(day_month(at), day_month(at))


def _moment(at: datetime, as_of: datetime) -> str:
    """'pukul 18.05', 'pukul 03.10 besok', '24 Nov pukul 09.30'."""
    day = day_word(at, as_of)
    time = f"pukul {clock(at)}"
    return {"hari ini": time, "besok": f"{time} besok"}.get(day, f"{day} {time}")


def _axis(as_of: datetime) -> list[html.Span]:
    """Now, and every sixth hour of the day that is far enough from it."""
    labels = [html.Span(clock(as_of), style={"left": _percent(0)})]
    midnight = as_of.astimezone(JAKARTA).replace(hour=0, minute=0, second=0, microsecond=0)
    for hours in range(0, 2 * AXIS_HOURS, TICK_EVERY_HOURS):
        at = midnight + timedelta(hours=hours)
        share = _share(at, as_of)
        if ROOM_OF_A_LABEL < share < 1 - ROOM_OF_A_LABEL:
            labels.append(html.Span(clock(at), style={"left": _percent(share)}))
    return labels


def _share(at: datetime, as_of: datetime) -> float:
    return (at - as_of) / timedelta(hours=AXIS_HOURS)


def _percent(share: float) -> str:
    return f"{share:.2%}"
