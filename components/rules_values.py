"""Values of a rulebook as people read them: what each is called, how it is written, since when, on what ground."""

from collections.abc import Callable, Sequence
from datetime import date

from dash import html

from components.formats import DASH, MONTHS_SHORT, decimal
from scoring.explain import PART_NAMES
from scoring.periods import Period
from scoring.rulebook import Dated, Rulebook

RECEIVED_HOW = {"direct": "langsung", "rop": "ROP", "koordinasi": "koordinasi", "disposisi": "disposisi"}


def number(value: float) -> str:
    """2 -> '2', 1.5 -> '1,5': as many places as it needs, at most three."""
    places = next(places for places in (0, 1, 2, 3) if places == 3 or round(value, places) == value)
    return decimal(value, places)


def day(at: date) -> str:
    """'1 Jan 2017'."""
    return f"{at.day} {MONTHS_SHORT[at.month - 1]} {at.year}"


def listed(words: Sequence[str]) -> str:
    """'A', 'A dan B', 'A, B, dan C'."""
    *first, last = words
    if not first:
        return last
    return f"{', '.join(first)}{',' if len(first) > 1 else ''} dan {last}"


def bounds(value: Sequence[int]) -> str:
    """The three bounds of the time values in hours."""
    return f"{', '.join(map(number, value))} jam"


def _shares(value: dict[str, int]) -> str:
    return ", ".join(f"{PART_NAMES[part]} {share}%" for part, share in value.items())


def _grades(value: dict[str, float | None]) -> str:
    limits = [f"{letter} mulai {number(limit)}" for letter, limit in value.items() if limit is not None]
    return f"{', '.join(limits)}, {list(value)[-1]} di bawahnya"


def _effort(value: dict[str, int]) -> str:
    return f"paling sedikit {value['minimum']}, median {value['median']}, paling banyak {value['maximum']}"


def _or(yes: str, no: str) -> Callable[[bool], str]:
    return lambda value: yes if value else no


# Label and wording of every parameter a rulebook may have.
PARAMETERS: dict[str, tuple[str, Callable[..., str]]] = {
    "part_shares": ("Porsi bagian", _shares),
    "full_score": ("Nilai penuh satu bagian", number),
    "tier_values": ("Nilai waktu, dari cepat ke lambat", lambda value: ", ".join(map(number, value))),
    "time_when_nothing_complete": ("Waktu TL selama belum ada yang selesai", number),
    "effort_points": ("Effort TL", _effort),
    "response_limit_hours": ("Batas respons pertama", lambda value: f"{number(value)} jam sejak masuk"),
    "default_tiers": ("Batas jam bawaan", bounds),
    "default_weight": ("Bobot bawaan", number),
    "grades": ("Batas grade", _grades),
    "cutoff_day": ("Cut-off", lambda value: f"tanggal {value} bulan berikutnya, sampai akhir hari"),
    "pending_validation": ("Menunggu Validasi", {"complete": "dihitung selesai", "open": "belum selesai"}.get),
    "doorr_enabled": ("Doorr", _or("dihitung", "tidak dihitung")),
    "doorr_received_how": ("Diteruskan lewat", lambda value: listed([RECEIVED_HOW[how] for how in value])),
    "doorr_counts_in": ("Dihitung selesai dalam", lambda value: listed([PART_NAMES[part] for part in value])),
    "doorr_once": ("Berapa kali", _or("sekali saja", "setiap bulan selama menunggu")),
    "ticket_pauses_clock": ("Jam selama disembunyikan", _or("berhenti", "terus berjalan")),
    "aggregates": ("Nilai unit atas", lambda value: f"{len(value)} jenis unit, lihat tabel di atas"),
    "dirty": ("Data yang janggal", lambda value: f"{len(value)} golongan, lihat tabel di atas"),
}


def tag(book: Rulebook, value: Dated) -> html.Span | None:
    """ASUMSI or TAFSIRAN for a value that no source states."""
    if not value.reading:
        return None
    assumed = book.status == "assumed"
    return html.Span("ASUMSI" if assumed else "TAFSIRAN", className=f"tag {'assumed' if assumed else ''}".strip())


def values_table(book: Rulebook, period: Period, names: Sequence[str]) -> html.Table:
    """Every dated value of these parameters (those the rulebook has), the one that holds in `period` marked as such."""
    dated = book.parameters()
    rows = [_row(book, period, name, value, dated[name]) for name in names for value in dated.get(name, ())]
    head = ["Ketentuan", "Isi", "Berlaku sejak", "Rujukan", "Terakhir diperiksa"]
    return html.Table(
        [
            html.Thead(html.Tr([html.Th(word, scope="col") for word in head])),
            html.Tbody(rows),
        ],
        className="rule-values",
    )


def _row(book: Rulebook, period: Period, name: str, value: Dated, all_values: Sequence[Dated]) -> html.Tr:
    label, written = PARAMETERS[name]
    content = DASH if value.value is None else written(value.value)
    note = [html.P(value.note, className="note")] if value.note else []
    cells = [
        html.Td(content, className="is"),
        html.Td([day(value.since), *when(value, all_values, period)], **{"data-head": "Berlaku sejak "}),
        html.Td([tag(book, value), " ", value.reference, *note], className="ground"),
        html.Td(day(value.last_verified_on), **{"data-head": "Terakhir diperiksa "}),
    ]
    return html.Tr([html.Th(label, scope="row"), *cells], **{"data-rule": name})


def when(value: Dated, all_values: Sequence[Dated], period: Period) -> list[html.Span]:
    """A word for a value that does not hold in the period: not yet, or no more."""
    begun = [other.since for other in all_values if other.since <= period.start.date()]
    if value.since > period.start.date():
        return [html.Span(" belum berlaku", className="not-now")]
    return [] if value.since == max(begun) else [html.Span(" sudah diganti", className="not-now")]
