"""What one report is: its head, its facts, and its points."""

from datetime import timedelta

import numpy as np
from dash import dcc, html

from components import ids
from components.desk import desk_head, lead
from components.formats import decimal, month_name, month_year, stamp
from components.marks import mark
from components.report_timeline import facts, photos
from components.theme import CHANGES
from data_access import scorecards
from data_access.engine import DatabaseUnavailable
from data_access.frame import microseconds
from data_access.live import State
from data_access.scored_reports import RULEBOOK
from data_access.timeline import Trace
from pages._laporan.rows import UNKNOWN, lasted
from pages._laporan.steps import end_of
from scoring import periods, rulebook
from scoring.periods import Period
from scoring.report_points import report_points

PRIVATE = "laporan privat"
PART_WORDS = {"completion": "penyelesaian", "time": "waktu", "weight": "bobot", "response": "respons"}


def head(found: Trace, state: State) -> html.Div:
    """Category and place, status, holder, and how long."""
    report, names = found.report, state.frame.names
    status = CHANGES.get(report["status"], UNKNOWN)
    category = names.categories[names.code_of["category"].get(report["category_id"], 0)][1]
    place = names.kelurahan[names.code_of["kelurahan"].get(report["kelurahan_code"], 0)][1]
    words = [mark(status.mark), " ", html.B(status.label), " di ", _holder(found, state), _lasted(found, state), "."]
    copy = html.Button("Salin tautan", className="btn-q", type="button", **{"data-copy-link": ""})
    return desk_head([("Laporan", "/laporan"), (report["report_id"], None)], f"{category}, {place}", words, copy)


def _lasted(found: Trace, state: State) -> str:
    entered = found.report["entered_at"]
    end = end_of(found, state.as_of)
    if entered is None or end < entered:
        return ""
    took = lasted((end - entered) / timedelta(minutes=1))
    return f", selesai dalam {took}" if found.report["status"] == "selesai" else f", sudah {took}"


def _holder(found: Trace, state: State):
    names = state.frame.names
    code = names.unit_code(found.report["unit_id"])
    if not code:
        return names.holder(0)
    return dcc.Link(names.holder(code), href=f"/tkd/{names.units[code].unit_id}", className="num")


def parts(found: Trace, state: State) -> dict:
    """The panel of facts."""
    report, names = found.report, state.frame.names
    channel = names.channels[names.code_of["channel"].get(report["channel_id"], 0)][1]
    pairs = [
        ("Masuk", _at(report["entered_at"])),
        ("Tanggapan pertama", _at(report["first_response_at"])),
        ("Diterima pemegang", _at(report["received_at"])),
        ("Selesai", _at(report["completed_at"])),
        ("Divalidasi", _at(report["validated_at"])),
        ("Kanal", channel),
        ("Penilaian warga", f"{report['rating']} dari 5" if report["rating"] is not None else None),
        ("Tiket", _ticket(found)),
        ("Poin", _points(found, state)),
    ]
    summary = PRIVATE.capitalize() + ": isinya tidak ditampilkan." if report["is_private"] else report["summary"]
    shown = [lead(summary or "Laporan ini tanpa uraian."), facts(pairs), photos(_photos(found))]
    return {(ids.TRACE_FACTS_BODY, "children"): shown, (ids.TRACE_FACTS_FACT, "children"): report["report_id"]}


def _at(instant) -> str | None:
    return stamp(instant) if instant else None


def _photos(found: Trace) -> list[tuple[str, str]]:
    """The CRM's photos are not served here: the places say whether there is one."""
    report = found.report
    if report["is_private"]:
        return [("Sebelum", "privat"), ("Sesudah", "privat")]
    there = "foto ada di CRM, tidak ditampilkan di sini"
    return [
        (name, there if report[column] else "foto tidak tersedia")
        for name, column in (("Sebelum", "photo_before"), ("Sesudah", "photo_after"))
    ]


def _ticket(found: Trace) -> str | None:
    ticket = found.ticket
    if ticket is None:
        return None
    reason = f"; {ticket.reason}" if ticket.reason else ""
    opened, promised, limit = (stamp(at) for at in (ticket.opened_at, ticket.commitment_at, ticket.limit_at))
    return f"dibuka {opened}, janji {promised}, batas {limit}{reason}"


def _points(found: Trace, state: State):
    """What the report gives to its holder: in its month of entry when that is closed, and in the open periods."""
    opened = periods.open_at(state.as_of)
    sentences = [_points_in(found, period, month_name(str(period)), state) for period in opened]
    if not any(sentences):
        sentences = ["tidak dihitung dalam periode yang terbuka"]
    return [html.Div(sentence) for sentence in (_closed_month(found, opened, state), *sentences) if sentence]


def _closed_month(found: Trace, opened: list[Period], state: State) -> str | None:
    """Its month of entry, as it was cut off; None when that is open, has no rules, or the report is not in it."""
    entered = found.report["entered_at"]
    if entered is None or not rulebook.load(RULEBOOK).first_period <= periods.of(entered) < opened[0]:
        return None
    period = periods.of(entered)
    return _points_in(found, period, f"{month_year(str(period))}, bulan masuknya, sudah ditutup", state)


def _points_in(found: Trace, period: Period, words: str, state: State) -> str | None:
    try:
        card = scorecards.scorecard(state, period, microseconds(state.as_of))
    except DatabaseUnavailable:
        return f"{words}: belum dapat dihitung"
    members = card.reports.number[card.membership.positions]
    rows = np.flatnonzero(members == found.report["report_id"])[:1]
    if not len(rows):
        return None
    given = report_points(card, rows)
    each = ", ".join(f"{PART_WORDS.get(part, part)} {decimal(float(points[0]), 3)}" for part, points in given.items())
    return f"{words}: {decimal(float(sum(points[0] for points in given.values())), 3)} ({each})"
