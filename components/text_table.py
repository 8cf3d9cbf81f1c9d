"""A table of hundreds of rows as HTML text, sortable by its head. assets/70-tkd-list.js draws it row by row.

Rows as Dash components would keep a browser busy for seconds. Every word that comes from outside passes `escape`.
"""

from collections.abc import Iterable, Sequence
from html import escape

from components.formats import DASH
from components.tkd_table import Column


def text_table(caption: str, columns: Sequence[Column], rows: Iterable[tuple[str, str]], shape: str) -> dict:
    """What the script draws: 'shape' (a class), 'head' (HTML) and 'rows', pairs of a key and the HTML of a row."""
    widths = "".join(f'<col class="c-{column.key}">' for column in columns)
    titles = "".join(map(_title, columns))
    head = f"<caption>{escape(caption)}</caption><colgroup>{widths}</colgroup><thead><tr>{titles}</tr></thead>"
    return {"shape": shape, "head": head, "rows": [list(row) for row in rows]}


def sortable(columns: Sequence[Column], sort: str, default: str, names: Sequence[str]) -> list[Column]:
    """The columns with the links that sort by them; `sort` and `default` as in the address: 'nama' or '-nilai'.

    `names`: the columns that sort, keyed as in the address; those that begin with their lowest value carry no minus.
    """
    first = {name.removeprefix("-"): name for name in names}
    return [_with_link(column, sort, default, first) for column in columns]


def _with_link(column: Column, sort: str, default: str, first: dict[str, str]) -> Column:
    if column.key not in first:
        return column
    here = sort.removeprefix("-") == column.key
    asked = _turned(sort) if here else first[column.key]
    direction = ("descending" if sort.startswith("-") else "ascending") if here else None
    return Column(column.key, column.title, column.about, f"?urut={'' if asked == default else asked}", direction)


def _turned(sort: str) -> str:
    return sort.removeprefix("-") if sort.startswith("-") else f"-{sort}"


def _title(column: Column) -> str:
    title = escape(column.title)
    about = f' title="{escape(column.about)}"' if column.about else ""
    direction = f' aria-sort="{column.direction}"' if column.direction else ""
    inner = title if column.href is None else f'<a href="{escape(column.href)}" data-stay>{title}</a>'
    return f'<th class="{column.key}" scope="col"{about}{direction}>{inner}</th>'


def name_cell(name: str, href: str | None, full_name: str, note: str = "") -> str:
    """The head of a row: a name, as a link where there is one, and a quiet word behind it."""
    title = f'title="{escape(full_name)}"'
    shown = f'<a class="nm" href="{escape(href)}" {title}>' if href else f'<span class="nm" {title}>'
    end = "</a>" if href else "</span>"
    quiet = f'<span class="note">{escape(note)}</span>' if note else ""
    return f'<th scope="row" class="nama"><div><span class="who">{shown}{escape(name)}{end}{quiet}</span></div></th>'


def cell(key: str, inner: str, classes: str = "") -> str:
    """A cell of column `key`; `inner` is HTML."""
    return f'<td class="{f"{key} {classes}".strip()}">{inner}</td>'


def missing(key: str, why: str = "") -> str:
    """A cell without a value, with the reason when the pointer rests on it."""
    title = f' title="{escape(why)}"' if why else ""
    return f'<td class="{key} flat"{title}>{DASH}</td>'


def number_link(text: str, href: str, about: str = "") -> str:
    """A figure that opens the reports behind it."""
    title = f' title="{escape(about)}"' if about else ""
    return f'<a class="num" href="{escape(href)}"{title}>{escape(text)}</a>'


def heading(key: str, title: str, note: str, columns_count: int) -> tuple[str, str]:
    """A line between groups of rows, as a row of `text_table`."""
    words = f'{escape(title)} <span class="note">{escape(note)}</span>'
    return f"#{key}", f'<tr class="group"><th scope="rowgroup" colspan="{columns_count}">{words}</th></tr>'
