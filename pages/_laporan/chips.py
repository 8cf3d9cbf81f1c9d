"""What a list is narrowed to beside the filters, in words."""

from collections.abc import Callable
from datetime import date

from components.formats import MONTHS_SHORT
from data_access.listing import FACET_NAMES, NO_OFFICER, OPEN_START, Listing, query_of

RESOLUTIONS = {"0-7": "selesai dalam 0–7 hari", "8-14": "selesai dalam 8–14 hari", "15": "selesai lebih dari 14 hari"}
RESPONSES = {"tepat": "dijawab dalam 6 jam", "lewat": "dijawab lewat 6 jam", "belum": "belum dijawab"}
POINTS = {
    "ya": "bertitik di Jakarta",
    "tanpa": "tanpa titik",
    "nol": "titik 0,0",
    "tukar": "lintang dan bujur tertukar",
    "luar": "titik di luar Jakarta",
}


def active(listing: Listing) -> list[tuple[str, str]]:
    """(name in the address, words) of every facet that is asked for."""
    given = query_of(listing)
    return [(name, WORDS[name](getattr(listing, FACET_NAMES[name]))) for name in FACET_NAMES if name in given]


def _days(first: date, last: date) -> str:
    """'3 Nov 2026', '1–7 Nov 2026', '30 Okt – 2 Nov 2026', 's.d. 7 Nov 2026'."""
    end = f"{last.day} {MONTHS_SHORT[last.month - 1]} {last.year}"
    if first == last:
        return end
    if first == OPEN_START:
        return f"s.d. {end}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    year = f" {first.year}" if first.year != last.year else ""
    return f"{first.day} {MONTHS_SHORT[first.month - 1]}{year} – {end}"


WORDS: dict[str, Callable] = {
    "masuk": lambda days: f"masuk {_days(*days)}",
    "dalam": lambda hours: f"masuk dalam {hours // 24} hari ini" if hours > 48 else f"masuk dalam {hours} jam ini",
    "selesai": lambda days: f"selesai {_days(*days)}",
    "tunggu": lambda hours: f"menunggu > {hours} jam" if hours else "menunggu",
    "terbuka": lambda _: "belum selesai",
    "lewat": lambda _: "belum selesai, lewat batas waktu terakhir kategorinya",
    "lama": RESOLUTIONS.get,
    "respons": RESPONSES.get,
    "tingkat": lambda tier: f"nilai waktu {tier}",
    "petugas": lambda officer: "tanpa petugas" if officer == NO_OFFICER else f"petugas {officer}",
    "sel": lambda cell: f"di sel peta {cell.rstrip('f')}",
    "titik": POINTS.get,
    "pindah": lambda times: f"berpindah tangan ≥ {times} kali",
    "cari": lambda text: f"memuat “{text}”",
}
