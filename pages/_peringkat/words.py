"""The words around a ranking: head, finding, choices, method. All made from data."""

from datetime import timedelta

from dash import dcc, html

from components.desk import choice, desk_head, foot, lead
from components.formats import decimal, integer, month_year, stamp
from data_access.filters import Filters
from data_access.live import State
from pages._peringkat.asked import DEFAULT_LEVEL, DEFAULT_MINIMUM, LEVEL_NAMES, Asked, level_of
from scoring import periods
from scoring.rank_interval import CONFIDENCE, PRIOR_REPORTS, one_report_points

LEVELS_OFFERED = (
    ("skpd", "SKPD"),
    ("sudin", "Sudin"),
    ("kota", "Kota"),
    ("kecamatan", "Kecamatan"),
    ("kelurahan", "Kelurahan"),
    ("upt", "UPT/BLUD/BUMD"),
)
MINIMUMS_OFFERED = (1, DEFAULT_MINIMUM, 10, 30)
GRADE_POINTS = 10  # the width of grade B
VOLUME_METHOD = (
    "Volume: unit dibagi tiga menurut jumlah laporan, dan peringkat dihitung di antara unit yang tampil. Rerata dan "
    "median dari laporan yang masuk pada periode ini dan sudah selesai; yang masih terbuka belum terhitung."
)


def head(query: dict[str, str], filters: Filters, state: State) -> html.Div:
    """Title, of which month, and the choice of a level."""
    period = periods.parse(filters.period) if filters.period else periods.of(state.as_of)
    last = html.B(stamp(period.cutoff - timedelta(minutes=1)))
    month = month_year(str(period))
    if state.as_of >= period.cutoff:
        sub = [f"Nilai akhir {month}, cut-off ", last, "."]
    else:
        left = html.Span(**{"data-until": int(period.cutoff.timestamp() * 1000)})
        sub = [f"Nilai sementara {month}. Cut-off ", last, ", ", left, " lagi."]
    here = level_of(query)
    levels = [(words, _level_href(name), name == here) for name, words in LEVELS_OFFERED]
    return desk_head([("Peringkat", None)], f"Peringkat {LEVEL_NAMES[here]}", sub, choice(levels, "Jenis unit"))


def _level_href(name: str) -> str:
    return f"?jenis={'' if name == DEFAULT_LEVEL else name}&volume="


def tools(asked: Asked) -> html.Div:
    """The choice of a volume band and of the minimum sample."""
    minimum = asked.found.minimum
    near = sorted({*MINIMUMS_OFFERED, minimum})
    least = [(integer(n), f"?minimum={'' if n == DEFAULT_MINIMUM else n}", n == minimum) for n in near]
    return html.Div(
        [
            html.Span(["Volume ", choice(_bands(asked), "Volume laporan")]),
            html.Span(["Minimum laporan ", choice(least, "Minimum laporan untuk peringkat")]),
        ],
        className="list-tools",
    )


def _bands(asked: Asked) -> list[tuple[str, str, bool]]:
    lower, middle = asked.found.band_limits
    here = asked.query.get("volume")
    words = [
        ("banyak", f"Banyak, > {integer(middle)}"),
        ("sedang", f"Sedang, {integer(lower + 1)}–{integer(middle)}"),
        ("sedikit", f"Sedikit, ≤ {integer(lower)}"),
    ]
    bands = [(title, f"?volume={name}", name == here) for name, title in words]
    return [("Semua", "?volume=", here is None), *bands]


def finding(asked: Asked) -> html.P:
    """Who leads, how sure that is, and what the filters leave out; an assumed formula is said first."""
    found = asked.found
    assumed = [html.B("ASUMSI, bukan aturan resmi. ")] if found.rules.status == "assumed" else []
    if not asked.ranked:
        return lead([*assumed, _nothing(asked)])
    first, count = asked.by_rank[0], len(asked.ranked)
    best = next(iter(found.rules.grades))
    graded = sum(found.grade[place] == 0 for place in asked.ranked)
    parts = [
        html.B(f"{integer(graded)} dari {integer(count)} unit berperingkat bernilai {best}. "),
        dcc.Link(asked.names[first], href=asked.unit_href(first), className="num"),
        f" di urutan pertama; {_rivals(asked)}",
    ]
    return lead([*assumed, *parts, *_narrowed(asked)])


def _rivals(asked: Asked) -> str:
    others = int((asked.found.best[asked.found.ranked] == 1).sum()) - 1
    if not others:
        return "tidak ada unit lain yang masih cocok dengan urutan itu. "
    return f"{integer(others)} unit lain masih cocok dengan urutan itu, jadi selisih kecil belum berarti. "


def _nothing(asked: Asked) -> str:
    if not len(asked.found.level):
        return f"Tidak ada {asked.kind} dalam saringan atau kewenangan ini."
    if not asked.small:
        return f"Belum ada laporan {asked.kind} pada {month_year(str(asked.found.period))} dalam saringan ini."
    return f"Belum ada {asked.kind} dengan {integer(asked.found.minimum)} laporan atau lebih: semuanya sampel kecil."


def _narrowed(asked: Asked) -> list[str]:
    shown = asked.filters
    if not (shown.category_id or shown.channel_id or shown.status or shown.area_code):
        return []
    return ["Kolom laporan hanya memuat laporan sesuai saringan; nilai dan rentang tetap dari semua laporan unit."]


def fact(asked: Asked) -> str:
    """How many have a rank, how many have not."""
    parts = [f"{integer(len(asked.ranked))} berperingkat", f"{integer(len(asked.small))} sampel kecil"]
    silent = asked.silent_count
    return ", ".join([*parts, f"{integer(silent)} tanpa laporan"] if silent else parts)


def method(asked: Asked) -> html.Div:
    """How a rank, its range, the minimum and the bands are meant, each in a sentence."""
    return html.Div([foot(_interval_method()), foot(_minimum_reason(asked)), foot(VOLUME_METHOD)])


def _interval_method() -> str:
    return (
        f"Rentang peringkat: nilai tiap unit diberi interval {CONFIDENCE:.0%} dari sebaran penyelesaian dan waktu TL "
        "antarlaporannya sendiri (metode delta; bobot kategori dan effort dianggap tetap; sebaran unit sejenis ikut "
        f"dihitung setara {PRIOR_REPORTS} laporan); peringkat terbaik menghitung unit yang intervalnya seluruhnya di "
        "atas, yang terburuk unit yang intervalnya seluruhnya di bawah."
    )


def _minimum_reason(asked: Asked) -> str:
    moved, least = one_report_points(asked.found.rules), asked.found.minimum
    grade = f"kurang dari lebar satu grade ({GRADE_POINTS} poin)"
    grade = grade if moved / least < GRADE_POINTS else "selebar satu grade atau lebih"
    return (
        f"Minimum {integer(least)} laporan: satu laporan yang selesai paling lambat, bukan paling cepat, menggeser "
        f"nilai sekitar {decimal(moved, 0)}/n poin; pada {integer(least)} laporan {decimal(moved / least)} poin, "
        f"{grade}."
    )
