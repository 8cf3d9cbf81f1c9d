"""The table of all units of Monitor TKD, as HTML text.

Hundreds of rows as Dash components keep a browser busy for seconds; as text they are drawn at once, row by row where
something changed (assets/70-tkd-list.js). Every word that comes from outside passes `escape`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from components.formats import DASH, decimal, integer
from components.score_hero import chance_text

NO_REPORTS = "belum ada laporan"
SMALLEST_SHOWN = 0.005  # a move that prints as 0,00 is none


@dataclass(frozen=True)
class Column:
    """A column of figures: `key` names its kind, `direction` is 'ascending', 'descending' or None when not sorted."""

    key: str
    title: str
    about: str = ""
    href: str | None = None
    direction: str | None = None


@dataclass(frozen=True)
class ColumnGroup:
    """The columns of one period. `note` and `until_ms`, the instant the time left runs to, stand beside its title."""

    title: str
    columns: tuple[Column, ...]
    note: str = ""
    until_ms: int | None = None


@dataclass(frozen=True)
class Figures:
    """One unit in one period. Points, a share 0 to 1, counts and the lists behind them; None for what is not there.

    `score` in words, None when the unit has no reports; `chance_word` stands where there is no chance, with its reason.
    """

    score: str | None = None
    grade: str | None = None
    day_points: float | None = None
    month_points: float | None = None
    chance_share: float | None = None
    chance_word: str = DASH
    chance_reason: str = ""
    reports_count: int = 0
    left_count: int = 0
    reports_href: str = ""
    left_href: str = ""


@dataclass(frozen=True)
class Row:
    """One unit. `note` is the quiet word behind its name, `about` what it means; `fold_href` opens or shuts what is
    below, None: nothing is.

    `depth` 0 to 3; `figures` one per group of columns.
    """

    unit_id: str
    name: str
    full_name: str
    note: str
    href: str
    figures: tuple[Figures, ...]
    about: str = ""
    depth: int = 0
    fold_href: str | None = None
    is_open: bool = False


@dataclass(frozen=True)
class Heading:
    """A line between groups of rows."""

    key: str
    title: str
    note: str


def unit_table(caption: str, name: Column, groups: Sequence[ColumnGroup], rows: Iterable[Row | Heading]) -> dict:
    """What assets/70-tkd-list.js draws: 'shape' (a class), 'head' (HTML) and 'rows', pairs of a key and HTML."""
    keys, rows = [[column.key for column in group.columns] for group in groups], list(rows)
    flat = all(isinstance(row, Row) and row.fold_href is None for row in rows)
    return {
        "shape": ("two" if len(groups) > 1 else "one") + (" flat" if flat else ""),
        "head": f"<caption>{escape(caption)}</caption>{_widths(keys)}<thead>{_head(name, groups)}</thead>",
        "rows": [[_key(row), _heading(row, keys) if isinstance(row, Heading) else _row(row, groups)] for row in rows],
    }


def _key(row: Row | Heading) -> str:
    return f"#{row.key}" if isinstance(row, Heading) else row.unit_id


def _widths(keys: list[list[str]]) -> str:
    columns = "".join(f'<col class="c-{key}">' for group in keys for key in group)
    return f'<colgroup><col class="c-nama">{columns}</colgroup>'


def _head(name: Column, groups: Sequence[ColumnGroup]) -> str:
    titles = "".join(_column(column, place) for place, group in enumerate(groups) for column in group.columns)
    if len(groups) == 1:
        return f"<tr>{_column(name, 0)}{titles}</tr>"
    periods = "".join(_group(group, place) for place, group in enumerate(groups))
    return f'<tr class="periods"><td></td>{periods}</tr><tr>{_column(name, 0)}{titles}</tr>'


def _group(group: ColumnGroup, place: int) -> str:
    until = "" if group.until_ms is None else f' <span data-until="{group.until_ms}"></span> lagi'
    note = f'<span class="note">{escape(group.note)}{until}</span>'
    return f'<th scope="colgroup" class="g{place}" colspan="{len(group.columns)}">{escape(group.title)} {note}</th>'


def _column(column: Column, place: int) -> str:
    title = escape(column.title)
    about = f' title="{escape(column.about)}"' if column.about else ""
    classes = f'class="{column.key} g{place}" scope="col"{about}'
    if column.href is None:
        return f"<th {classes}>{title}</th>"
    sort = f' aria-sort="{column.direction}"' if column.direction else ""
    return f'<th {classes}{sort}><a href="{escape(column.href)}" data-stay>{title}</a></th>'


def _heading(heading: Heading, keys: list[list[str]]) -> str:
    span = 1 + sum(map(len, keys))
    note = f'<span class="note">{escape(heading.note)}</span>'
    return f'<tr class="group"><th scope="rowgroup" colspan="{span}">{escape(heading.title)} {note}</th></tr>'


def _row(row: Row, groups: Sequence[ColumnGroup]) -> str:
    cells = "".join(_cells(figures, group, place) for place, (figures, group) in enumerate(_pairs(row, groups)))
    silent = "" if any(figures.score for figures in row.figures) else " silent"
    folds = "" if row.fold_href is None else " folds"
    return f'<tr class="d{row.depth}{silent}{folds}">{_name(row)}{cells}</tr>'


def _pairs(row: Row, groups: Sequence[ColumnGroup]) -> Iterable[tuple[Figures, ColumnGroup]]:
    return zip(row.figures, groups, strict=True)


def _name(row: Row) -> str:
    fold = "" if row.fold_href is None else _fold(row)
    about = f' title="{escape(row.about)}"' if row.about else ""
    note = f'<span class="note"{about}>{escape(row.note)}</span>' if row.note else ""
    link = f'<a class="nm" href="{escape(row.href)}" title="{escape(row.full_name)}">{escape(row.name)}</a>'
    return f'<th scope="row" class="nama"><div>{fold}<span class="who">{link}{note}</span></div></th>'


def _fold(row: Row) -> str:
    verb, state = ("Tutup", "true") if row.is_open else ("Buka", "false")
    label = f'aria-expanded="{state}" aria-label="{verb} {escape(row.name)}"'
    return f'<a class="fold" href="{escape(row.fold_href)}" data-stay {label}></a>'


def _cells(figures: Figures, group: ColumnGroup, place: int) -> str:
    if figures.score is None:
        return f'<td class="none g{place}" colspan="{len(group.columns)}">{NO_REPORTS}</td>'
    return "".join(CELLS[column.key](figures, f"{column.key} g{place}") for column in group.columns)


def _score(figures: Figures, classes: str) -> str:
    letter = figures.grade or ""
    mark = f'<span class="gr gr-{letter.lower()} small" title="Grade {letter}">{letter}</span>'
    return f'<td class="{classes}"><b>{figures.score}</b> {mark}</td>'


def _move(points: float | None, classes: str) -> str:
    if points is None:
        return f'<td class="{classes} flat">{DASH}</td>'
    if abs(points) < SMALLEST_SHOWN:
        return f'<td class="{classes} flat">0,00</td>'
    way, sign = ("up", "+") if points > 0 else ("down", "")
    return f'<td class="{classes} {way}"><i class="way" aria-hidden="true"></i>{sign}{decimal(points, 2)}</td>'


def _chance(figures: Figures, classes: str) -> str:
    share = figures.chance_share
    if share is None:
        reason = escape(figures.chance_reason)
        return f'<td class="{classes} word" title="{reason}">{escape(figures.chance_word)}</td>'
    bar = f'<span class="track"><i style="width:{share:.1%}"></i></span>'
    return f'<td class="{classes}"><span class="pc">{escape(chance_text(share))}%</span>{bar}</td>'


def _count(count: int, href: str, classes: str) -> str:
    """A number that opens its reports; nothing stands behind a 0."""
    number = f'<a class="to-list" href="{escape(href)}" data-page>{integer(count)}</a>' if count else "0"
    return f'<td class="{classes}">{number}</td>'


CELLS = {
    "nilai": _score,
    "gerak": lambda figures, classes: _move(figures.day_points, classes),
    "bulan": lambda figures, classes: _move(figures.month_points, classes),
    "peluang": _chance,
    "laporan": lambda figures, classes: _count(figures.reports_count, figures.reports_href, classes),
    "sisa": lambda figures, classes: _count(figures.left_count, figures.left_href, classes),
}


def unit_href(unit_id: str, period: str | None) -> str:
    """The address of a unit's screen, of the same month when one was chosen."""
    return f"/tkd/{quote(unit_id)}" + (f"?periode={period}" if period else "")
