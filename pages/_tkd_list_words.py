"""The words around the list of Monitor TKD: its head, its finding, its choices. All made from data."""

from datetime import timedelta

from dash import dcc, html

from components.desk import choice, desk_head, lead
from components.formats import MONTHS_SHORT, decimal, integer, month_name, month_year, stamp
from components.tkd_table import unit_href
from components.unit_types import TITLES, type_title, type_word
from data_access import monitor_rows
from data_access.live import State
from pages._query import UNKNOWN_NAMES, offered_periods
from pages._tkd_list import UnitList, shown_periods
from pages._tkd_list_table import FOUND_SHOWN, moved_points
from scoring import periods
from scoring.periods import Period

CLOSED_OFFERED = 5
EVERYWHERE = "semua"  # no parent; assets/70-tkd-list.js takes the word out of the URL


def head(query: dict[str, str], state: State) -> html.Div:
    """Title, which periods these are with the time left, and the choice of a month."""
    shown = shown_periods(query, state)
    sentences = [*_unknown(query), *_sentence(shown, state)]
    return desk_head([("Semua unit", None)], "Monitor TKD", sentences, choice(_months(query, state), "Periode"))


def _unknown(query: dict[str, str]) -> list:
    bad = query.get(UNKNOWN_NAMES)
    return [html.B(f"Pilihan pada tautan tidak dikenal dan diabaikan: {bad.replace(',', ', ')}. ")] if bad else []


def _sentence(shown: list[Period], state: State) -> list:
    first = shown[0]
    last = html.B(stamp(first.cutoff - timedelta(minutes=1)))
    if state.as_of >= first.cutoff:
        return [f"Nilai akhir periode {month_year(str(first))}. Cut-off ", last, " sudah lewat."]
    left = html.Span(**{"data-until": int(first.cutoff.timestamp() * 1000)})
    if len(shown) == 1:
        return [f"Nilai TKD periode {month_year(str(first))}. Cut-off ", last, ", ", left, " lagi."]
    closing, running = (month_name(str(period)) for period in shown)
    return [f"Dua periode terbuka: {closing} ditutup ", last, ", ", left, f" lagi; {running} berjalan."]


def _months(query: dict[str, str], state: State) -> list[tuple[str, str, bool]]:
    """Some closed months around the chosen one, and at the end what is open. The default has a bare URL."""
    open_periods = periods.open_at(state.as_of)
    asked = periods.parse(query["periode"]) if "periode" in query else None
    closed = [period for period in map(periods.parse, reversed(offered_periods(state))) if period not in open_periods]
    place = closed.index(asked) if asked in closed else len(closed)
    start = max(min(place - CLOSED_OFFERED // 2, len(closed) - CLOSED_OFFERED), 0)
    near = closed[start : start + CLOSED_OFFERED]
    near += [asked] if asked in open_periods and len(open_periods) > 1 else []
    offered = [(_month(period, state), f"?periode={period}", period == asked) for period in near]
    words = " dan ".join(_month(period, state) for period in open_periods)
    default = words if len(open_periods) > 1 else f"{words} {open_periods[0].year}, berjalan"
    return [*offered, (default, "?periode=", asked is None or [asked] == open_periods)]


def _month(period: Period, state: State) -> str:
    name = MONTHS_SHORT[period.month - 1]
    return name if period.year == state.as_of.year else f"{name} {period.year}"


def shapes(found: UnitList) -> html.Span:
    """The tree or the flat list; a search is neither."""
    tree = ("Pohon", "?tampil=&cari=&urut=", not found.flat and not found.searched)
    flat = ("Daftar", "?tampil=daftar&cari=&urut=", found.flat and not found.searched)
    return choice([tree, flat], "Bentuk")


def kind_options(found: UnitList) -> list[dict[str, str]]:
    """The types of units there are, with their numbers."""
    rank = {kind: place for place, kind in enumerate(TITLES)}
    kinds = sorted(found.kinds, key=lambda kind: rank.get(kind, len(rank)))
    return [{"label": f"{type_title(kind)} ({found.kinds[kind]})", "value": kind} for kind in kinds]


def parent_options(found: UnitList) -> list[dict[str, str]]:
    """The units that have one of the listed type below them, and the chosen one in any case."""
    types, unit_ids = found.main.units.types, found.main.units.ids
    codes = {parent for code in found.sorted_codes if types[code] == found.kind for parent in found.above(code)}
    codes |= {code for code in found.sorted_codes if unit_ids[code] == found.query.get("induk")}
    named = sorted((found.labels[code], unit_ids[code]) for code in codes)
    return [{"label": "Semua", "value": EVERYWHERE}, *({"label": name, "value": unit_id} for name, unit_id in named)]


def finding(found: UnitList) -> html.P:
    """What the table says in a sentence or two; an assumed formula is said first."""
    assumed = [html.B("ASUMSI, bukan aturan resmi. ")] if found.main.rules.status == "assumed" else []
    return lead([*assumed, *(_search_finding(found) if found.searched else _list_finding(found))])


def _search_finding(found: UnitList) -> list:
    count = len(found.found)
    clear = html.A("Hapus pencarian", href="?cari=", className="more", **{"data-stay": ""})
    if not count:
        return [f"Tidak ada unit dengan kata “{found.searched}”. ", clear]
    cut = f", {FOUND_SHOWN} pertama ditampilkan" if count > FOUND_SHOWN else ""
    return [html.B(f"{integer(count)} unit"), f" ditemukan untuk “{found.searched}”{cut}. ", clear]


def _list_finding(found: UnitList) -> list:
    codes = found.spoken_of
    if not codes:
        return [_nothing(found)]
    stands = monitor_rows.summary(found.main, codes)
    best = next(iter(found.main.rules.grades))
    if not stands.scored_count:
        return [f"Belum ada laporan pada {month_year(str(found.main.period))}."]
    verb = "berakhir dengan" if found.main.closed else "kini bernilai"
    of = f" dari {integer(stands.scored_count)} unit yang punya laporan {verb} {best}"
    return [html.B(integer(stands.best_count)), of, *_outlook(stands, best), ". ", *_movers(found, stands)]


def _nothing(found: UnitList) -> str:
    if not found.seen.any():
        return "Tidak ada unit dalam kewenangan Anda." if len(found.seen) else "CRM belum memuat unit."
    parent = found.names.holder(found.names.unit_code(found.query["induk"]))
    return f"Tidak ada {type_word(found.kind)} di bawah {parent}."


def _outlook(stands: monitor_rows.Summary, best: str) -> list:
    losing, winning = stands.losing_count, stands.winning_count
    parts = [f"; sampai cut-off {integer(losing)} di antaranya mungkin kehilangan {best}"] if losing else []
    lead_in = " dan " if losing else "; sampai cut-off "
    return [*parts, f"{lead_in}{integer(winning)} unit lain mungkin meraihnya"] if winning else parts


def _movers(found: UnitList, stands: monitor_rows.Summary) -> list:
    moved = [(word, code) for word, code in (("naik", stands.up), ("turun", stands.down)) if code is not None]
    clauses = [_mover(found, word, code) for word, code in moved]
    if not clauses:
        return []
    return ["Sejak kemarin ", *clauses[0], *(part for clause in clauses[1:] for part in (" dan ", *clause)), "."]


def _mover(found: UnitList, word: str, code: int) -> list:
    href = unit_href(found.main.units.ids[code], found.query.get("periode"))
    points = decimal(abs(moved_points(found.main, code, found.main.since_yesterday)), 2)
    return [f"{word} terbanyak ", dcc.Link(found.labels[code], href=href, className="num"), f" {points} poin"]


def fact(found: UnitList) -> str:
    """How many units there are, and how many of them have reports."""
    codes = found.found if found.searched else found.spoken_of
    kind = type_word(found.kind) if found.flat and not found.searched else "unit"
    with_reports = sum(bool(found.main.reports[code]) for code in codes)
    return f"{integer(len(codes))} {kind}, {integer(with_reports)} punya laporan"
