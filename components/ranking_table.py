"""The table of a ranking: rank with what it is consistent with, score, months, and what the reports say."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from components.formats import DASH, decimal, integer
from components.text_table import cell, missing, name_cell, number_link

ROWS_KEPT = 2000
SPARK_WIDTH, SPARK_HEIGHT = 96, 22
SMALLEST_SHOWN = 0.005  # a move that prints as 0,00 is none


@dataclass(frozen=True)
class Links:
    """The addresses behind a row: of the unit, and of its reports: all, completed, answered within 6 hours."""

    unit: str
    reports: str
    completed: str
    answered: str


@dataclass(frozen=True)
class RankRow:
    """One unit. Hours float, None without any; `rank` None: too few reports. `best`, `worst` of `ranked_count` ranks.

    `places` risen (+) since the month before, None when it was not ranked; `months` its scores, None for a month
    without; `score` in words, None without one.
    """

    key: str
    name: str
    full_name: str
    note: str
    links: Links
    rank: int | None
    places: int | None
    best: int
    worst: int
    score: str | None
    grade: str | None
    month_points: float | None
    months: tuple[float | None, ...]
    reports_count: int
    completed_count: int
    mean_hours: float | None
    median_hours: float | None
    answered_count: int
    due_count: int


@lru_cache(maxsize=ROWS_KEPT)  # from one revision to the next most rows stay as they are
def rank_row(row: RankRow, ranked_count: int, low: float, high: float) -> tuple[str, str]:
    """Key and HTML. `low` and `high`: the scores at the lower and upper edge of every small line of months."""
    cells = [
        _rank(row),
        name_cell(row.name, row.links.unit, row.full_name, row.note),
        _score(row),
        _interval(row, ranked_count),
        _move(row.month_points),
        cell("riwayat", spark(row.months, low, high)),
        cell("jumlah", number_link(integer(row.reports_count), row.links.reports)),
        _share("tuntas", row.completed_count, row.reports_count, row.links.completed),
        _hours("rerata", row.mean_hours, row.links.completed),
        _hours("tengah", row.median_hours, row.links.completed),
        _share("jawab", row.answered_count, row.due_count, row.links.answered),
    ]
    return row.key, f'<tr class="{"" if row.rank else "silent"}">{"".join(cells)}</tr>'


def _rank(row: RankRow) -> str:
    if row.rank is None:
        return missing("peringkat", "Laporan terlalu sedikit untuk peringkat")
    return cell("peringkat", f"<b>{row.rank}</b>{_places(row.places)}")


def _places(places: int | None) -> str:
    if places is None:
        return '<span class="pl" title="Bulan sebelumnya belum berperingkat">baru</span>'
    if not places:
        return '<span class="pl" title="Tetap di tempat">=</span>'
    word = "Naik" if places > 0 else "Turun"
    title = f'title="{word} {integer(abs(places))} tempat sejak bulan sebelumnya"'
    way = "up" if places > 0 else "down"
    return f'<span class="pl {way}" {title}><i class="way" aria-hidden="true"></i>{integer(abs(places))}</span>'


def _score(row: RankRow) -> str:
    if row.score is None:
        return missing("nilai", "Belum ada laporan dalam nilai periode ini")
    letter = escape(row.grade or "")
    mark = f'<span class="gr gr-{letter.lower()} small" title="Grade {letter}">{letter}</span>'
    return cell("nilai", f'<a href="{escape(row.links.unit)}"><b>{escape(row.score)}</b></a> {mark}')


def _interval(row: RankRow, ranked_count: int) -> str:
    if row.rank is None:
        return missing("rentang")
    scale = max(ranked_count, 1)
    left, width = (row.best - 1) / scale, (row.worst - row.best + 1) / scale
    # A range of the last ranks alone is drawn 3 px wide, and must not stick out of the cell.
    bar = f'<i style="left:min({left:.1%},100% - 3px);width:{width:.1%}"></i>'
    bar += f'<u style="left:{(row.rank - 0.5) / scale:.1%}"></u>'
    words = integer(row.best) if row.best == row.worst else f"{integer(row.best)}–{integer(row.worst)}"
    return cell("rentang", f'<span class="rg">{words}</span><span class="band" aria-hidden="true">{bar}</span>')


def _move(points: float | None) -> str:
    if points is None:
        return missing("selisih", "Bulan sebelumnya tanpa nilai")
    if abs(points) < SMALLEST_SHOWN:
        return cell("selisih", "0,00", "flat")
    way, sign = ("up", "+") if points > 0 else ("down", "")
    return cell("selisih", f'<i class="way" aria-hidden="true"></i>{sign}{decimal(points, 2)}', way)


def spark(months: Sequence[float | None], low: float, high: float) -> str:
    """The scores as a small line, a month without one breaks it; the last one has a dot. SVG in the theme's colours."""
    if not any(value is not None for value in months):
        return DASH
    step = SPARK_WIDTH / max(len(months) - 1, 1)
    heights = [None if value is None else _height(value, low, high) for value in months]
    points = [None if height is None else (place * step, height) for place, height in enumerate(heights)]
    dot = f'<circle cx="{points[-1][0]:.0f}" cy="{points[-1][1]:.1f}" r="2.5"/>' if points[-1] else ""
    shape = f'<path d="{_path(points)}"/>{dot}'
    label = f"Nilai {len(months)} bulan: " + ", ".join(DASH if v is None else decimal(v) for v in months)
    box = f'viewBox="-3 -3 {SPARK_WIDTH + 6} {SPARK_HEIGHT + 6}"'
    return f'<svg class="spark" {box} role="img" aria-label="{label}"><title>{label}</title>{shape}</svg>'


def _height(value: float, low: float, high: float) -> float:
    return SPARK_HEIGHT * (1 - min(max((value - low) / max(high - low, 1e-9), 0), 1))


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    steps, pen_up = [], True
    for point in points:
        if point is not None:
            steps.append(f"{'M' if pen_up else 'L'}{point[0]:.0f} {point[1]:.1f}")
        pen_up = point is None
    return "".join(steps)


def _share(key: str, count: int, of_count: int, href: str) -> str:
    if not of_count:
        return missing(key)
    about = f"{integer(count)} dari {integer(of_count)} laporan"
    return cell(key, number_link(f"{hundredths(count, of_count)}%", href, about))


def hundredths(count: int, of_count: int) -> str:
    """Whole hundredths that say 0 and 100 only when it is so."""
    share = count / of_count
    if 0 < share < 0.01:
        return "<1"
    return ">99" if 0.99 < share < 1 else f"{share * 100:.0f}"


def _hours(key: str, hours: float | None, href: str) -> str:
    return missing(key, "Belum ada yang selesai") if hours is None else cell(key, number_link(decimal(hours), href))
