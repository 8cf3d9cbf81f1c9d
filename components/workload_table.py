"""The table of the load of units or officers: open and overdue, what came in and was closed, how the pile moves."""

from dataclasses import dataclass
from functools import lru_cache
from html import escape

from components.formats import decimal, integer, percent
from components.text_table import cell, missing, name_cell, number_link

ROWS_KEPT = 2000
EVEN_PER_DAY = 0.05  # a pile that moves less than this prints as 0,0: it is even


@dataclass(frozen=True)
class LoadLinks:
    """The lists behind a row; '' for `waiting` of an officer, `unit` None where there is no screen."""

    unit: str | None
    open: str
    overdue: str
    waiting: str
    entered: str
    closed: str
    closed_week: str


@dataclass(frozen=True)
class LoadRow:
    """One unit or officer. Counts; `growth_per_day` reports; `capacity_share` of arrivals, None without a capacity;

    `clearing_days` None when nothing was closed lately.

    `waiting_count` None: not shown; `oldest_days` age of the oldest open report, `oldest_href` its screen, None
    without one.
    """

    key: str
    name: str
    full_name: str
    note: str
    links: LoadLinks
    open_count: int
    overdue_count: int
    waiting_count: int | None
    entered_count: int
    closed_count: int
    closed_week_count: int
    capacity_share: float | None
    growth_per_day: float
    clearing_days: float | None
    oldest_days: int | None
    oldest_number: str
    oldest_href: str


@lru_cache(maxsize=ROWS_KEPT)  # from one revision to the next most rows stay as they are
def load_row(row: LoadRow, days: int, week_days: int) -> tuple[str, str]:
    """Key and HTML of a row; `days` and `week_days`: over how many days was counted."""
    waiting = [] if row.waiting_count is None else [_count("tunggu", row.waiting_count, row.links.waiting)]
    cells = [
        name_cell(row.name, row.links.unit, row.full_name, row.note),
        _count("terbuka", row.open_count, row.links.open),
        _overdue(row),
        *waiting,
        _per_day("masuk", row.entered_count, days, row.links.entered),
        _per_day("tutup", row.closed_count, days, row.links.closed),
        _per_day("pekan", row.closed_week_count, week_days, row.links.closed_week),
        _capacity(row.capacity_share),
        _growth(row.growth_per_day),
        _clearing(row),
        _oldest(row),
    ]
    return row.key, f"<tr>{''.join(cells)}</tr>"


def _count(key: str, count: int, href: str) -> str:
    return cell(key, number_link(integer(count), href), "" if count else "flat")


def _overdue(row: LoadRow) -> str:
    if not row.open_count:
        return missing("lewat")
    share = row.overdue_count / row.open_count
    bar = f'<span class="track" aria-hidden="true"><i style="width:{share:.1%}"></i></span>'
    return cell("lewat", number_link(integer(row.overdue_count), row.links.overdue) + bar)


def _per_day(key: str, count: int, days: int, href: str) -> str:
    rate = f'<span class="rate">{decimal(count / days)}/hari</span>'
    return cell(key, number_link(integer(count), href) + rate, "" if count else "flat")


def _capacity(share: float | None) -> str:
    if share is None:
        return missing("kapasitas", "Terlalu jarang ada yang selesai untuk mengenal kapasitasnya")
    return cell("kapasitas", f"{percent(share, 0)}%")


def growth_words(per_day: float) -> str:
    """'bertambah 3,2 per hari', 'berkurang 0,4 per hari', 'seimbang'."""
    if abs(per_day) < EVEN_PER_DAY:
        return "seimbang"
    return f"{'bertambah' if per_day > 0 else 'berkurang'} {decimal(abs(per_day))} per hari"


def _growth(per_day: float) -> str:
    words = growth_words(per_day)
    if abs(per_day) < EVEN_PER_DAY:
        return cell("neraca", words, "flat")
    way = "grows" if per_day > 0 else "shrinks"
    return cell("neraca", f'<i class="way" aria-hidden="true"></i>{words}', way)


def _clearing(row: LoadRow) -> str:
    if not row.open_count:
        return missing("habis")
    if row.clearing_days is None:
        return cell("habis", "tak bergerak", "word")
    days = row.clearing_days
    return cell("habis", "< 1 hari" if days < 1 else f"{integer(round(days))} hari")


def _oldest(row: LoadRow) -> str:
    if row.oldest_days is None:
        return missing("tertua")
    words = f"{integer(row.oldest_days)} hari" if row.oldest_days else "hari ini"
    title = f'title="Laporan {escape(row.oldest_number)}"'
    return cell("tertua", f'<a href="{escape(row.oldest_href)}" {title}>{words}</a>')
