"""In whose hands the hours of the finished reports were spent."""

import numpy as np
from dash import html

from components.desk import foot, lead
from components.formats import decimal, integer, percent
from components.states import empty
from components.times_hands import LABELS, HandsRow, hands_table
from data_access.durations_of import completed_in
from data_access.holder_hours import KINDS, HolderHours, by_days, validation_hours
from data_access.report_steps import Steps
from pages._asked import Asked

GROUPS = (("Semua", None), ("0–7 hari", "0-7"), ("8–14 hari", "8-14"), ("> 14 hari", "15"))


def drawn(asked: Asked, steps: Steps):
    """Body and fact of the panel."""
    rows = np.flatnonzero(completed_in(asked.frame, asked.period, asked.as_of_us))
    groups = by_days(asked.frame, rows, steps)
    if not groups[0].reports_count:
        return empty("Belum ada laporan selesai yang jamnya dapat dibagi."), ""
    shown = [_row(asked, name, days, group, len(rows)) for (name, days), group in zip(GROUPS, groups, strict=True)]
    caption = f"Rerata jam per laporan selesai menurut pemegangnya, {asked.words}"
    table = html.Div(hands_table(shown, caption), className="wide")
    body = html.Div([lead(finding(groups)), table, foot(_caveat(asked, rows))])
    return body, asked.fact("rerata jam per laporan selesai")


def _row(asked: Asked, name: str, days: str | None, group: HolderHours, completed_count: int) -> HandsRow:
    """The first row opens all completed reports, also the few whose times are no times."""
    count = completed_count if days is None else group.reports_count
    href = asked.completed_href(resolution_days=days)
    hours, shares = (dict(zip(KINDS, values.tolist(), strict=True)) for values in (group.mean_hours, group.shares))
    return HandsRow(name, count, href, hours, shares)


def finding(groups: list[HolderHours]) -> list:
    """Who held most of the hours, of all reports and of the slowest."""
    every, slowest = groups[0], groups[-1]
    place = int(np.argmax(every.hours))
    words = [
        "Dari setiap 100 jam, ",
        html.B(f"{percent(float(every.shares[place]), 0)} jam di {LABELS[KINDS[place]].lower()}"),
        f" ({decimal(float(every.mean_hours[place]))} jam per laporan).",
    ]
    if slowest.reports_count:
        place = int(np.argmax(slowest.hours))
        share = percent(float(slowest.shares[place]), 0)
        count = integer(slowest.reports_count)
        words.append(f" Pada {count} laporan di atas 14 hari: {share}% di {LABELS[KINDS[place]].lower()}.")
    return words


def _caveat(asked: Asked, rows: np.ndarray) -> str:
    waited = validation_hours(asked.frame, rows)
    words = "Jam dari masuk sampai tindak lanjut, dihitung pada unit yang memegang laporan saat itu. "
    words += "Menunggu validasi di sini hanya yang kemudian ditolak"
    if waited is None:
        return words + "."
    return words + f"; validasi terakhir terjadi sesudah selesai dan memakan rata-rata {decimal(waited)} jam lagi."
