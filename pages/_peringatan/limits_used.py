"""The limits the desk works by, each with its date and source."""

from dash import html

from components.formats import MONTHS_SHORT
from data_access.limits import Limits

WORDS = {
    "response_hours": ("Menunggu paling lama", "jam"),
    "officer_warning_hours": ("Peringatan MRO sesudah", "jam"),
    "red_mark_days": ("Tanda merah sesudah", "hari"),
    "longest_days": ("Penyelesaian paling lama", "hari"),
    "check_times": ("Pemeriksaan harian", "WIB"),
    "horizon_hours": ("Nilai yang segera turun: dalam", "jam"),
    "shift_hours": ("Panjang sif", "jam"),
    "flood_window_hours": ("Satu kejadian: laporan dalam", "jam"),
    "flood_count": ("Satu kejadian: paling sedikit", "laporan"),
    "rows_at_once": ("Baris sebelum diminta lebih", "unit"),
}


def table(limits: Limits) -> html.Table:
    """One row per limit."""
    rows = []
    for name, limit in limits.by_name.items():
        words, unit = WORDS[name]
        day = f"{limit.since.day} {MONTHS_SHORT[limit.since.month - 1]} {limit.since.year}"
        source = [limit.reference, html.Span(" ASUMSI", className="assumed")] if limit.assumed else limit.reference
        cells = [
            html.Th(words, scope="row"),
            html.Td(html.B(f"{_text(limit.value)} {unit}")),
            html.Td(day),
            html.Td(source),
        ]
        rows.append(html.Tr(cells))
    head = html.Tr([html.Th(title, scope="col") for title in ("Batas", "Nilai", "Berlaku sejak", "Sumber")])
    return html.Table([html.Thead(head), html.Tbody(rows)], className="limits-used")


def _text(value) -> str:
    if isinstance(value, int):
        return str(value)
    return " dan ".join(text.replace(":", ".") for text in value.values())
