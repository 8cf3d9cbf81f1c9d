"""The rows of the desk as HTML for assets/86-peringatan.js: hundreds of rows as components keep a browser busy."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from components.formats import DASH, integer

AXIS_HOURS = 48


@dataclass(frozen=True)
class ReportLine:
    """One report of a unit. `over_officer`: filled mark; `wait_hours`: its place on the axis, None when it waits not.

    `tags`: what the desk can be narrowed to; `flooded`: it is one of many, shown only when asked for by a tag.
    """

    number: str
    href: str
    what: str
    place: str
    wait_hours: float | None
    waited: str
    over_officer: bool
    drop: str
    note: str
    tags: Sequence[str]
    flooded: bool


@dataclass(frozen=True)
class UnitLine:
    """One unit to call. Counts with the address of their list; None where a list would hold others too: then the
    number opens the reports of the row itself."""

    unit_id: str
    name: str
    href: str
    over_response: int
    over_response_href: str | None
    over_officer: int
    over_officer_href: str | None
    next_drop: str
    next_drop_day: str
    points: str
    reports: Sequence[ReportLine]
    floods: Sequence[str]


def head_row(response_hours: int, officer_hours: int) -> str:
    """The names of the columns, with the axis of the waiting time."""
    ticks = [(0, "0"), (response_hours, f"{response_hours}"), (officer_hours, f"{officer_hours}")]
    ticks.append((AXIS_HOURS, f"{AXIS_HOURS}"))
    axis = "".join(f'<span style="left:{hours / AXIS_HOURS:.2%}">{words}</span>' for hours, words in ticks)
    cells = [("a", "Unit"), ("b r", f"&gt; {response_hours} jam"), ("c r", f"&gt; {officer_hours} jam")]
    cells += [("d axh", f"<em>Lama menunggu, jam</em>{axis}"), ("e", "Nilai turun"), ("f r", "Poin/jam")]
    cells += [("h", "Tindakan")]
    return "".join(f'<span class="{kind}" role="columnheader">{words}</span>' for kind, words in cells)


def unit_row(line: UnitLine) -> str:
    """The row of a unit with its reports, which are shown while it is chosen."""
    inside = "".join([*map(_flood, line.floods), *map(_report, line.reports)])
    quiet = "" if line.points != "0" else ' class="t2"'
    day = f' <span class="xs t2">{escape(line.next_drop_day)}</span>' if line.next_drop_day else ""
    return (
        f'<div class="dk-row" role="row">'
        f'<span class="a" role="rowheader"><a href="{escape(line.href)}" data-page="">{escape(line.name)}</a></span>'
        f'<span class="b r" role="cell">{_count(line, line.over_response, line.over_response_href)}</span>'
        f'<span class="c r" role="cell">{_officer(line)}</span>'
        f'<span class="d" role="cell">{_waits(line)}</span>'
        f'<span class="e" role="cell"><b>{escape(line.next_drop)}</b>{day}</span>'
        f'<span class="f r" role="cell"><span{quiet}>{escape(line.points)}</span></span>'
        f'<span class="h" role="cell" data-act=""></span>'
        f"</div>"
        f'<div class="dk-det" role="row" hidden><div role="cell" aria-colspan="7">{inside}</div></div>'
    )


def _count(line: UnitLine, count: int, href: str | None) -> str:
    if not count:
        return '<span class="t2">0</span>'
    if href is None:
        own = escape(f"?pilih={line.unit_id}")
        return f'<a class="num" href="{own}" data-stay="" title="Laporan di tangan unit ini">{integer(count)}</a>'
    return f'<a class="num" href="{escape(href)}" data-page="" data-count="{count}">{integer(count)}</a>'


def _officer(line: UnitLine) -> str:
    if not line.over_officer:
        return '<span class="t2">0</span>'
    number = _count(line, line.over_officer, line.over_officer_href)
    return f'<span class="w24"><i aria-hidden="true">◆</i> {number}</span>'


def _waits(line: UnitLine) -> str:
    """A mark for every report that waits, those of a flood as well."""
    waiting = [report for report in line.reports if report.wait_hours is not None]
    spoken = escape(", ".join(report.waited for report in waiting)) or "tidak ada yang menunggu"
    return f'<span class="only-spoken">{spoken}</span>{"".join(map(_mark, waiting))}{_beyond(waiting)}'


def _mark(report: ReportLine) -> str:
    place = min(report.wait_hours / AXIS_HOURS, 1)
    kind = "o24" if report.over_officer else "o6"
    title = escape(f"{report.what} {report.waited}")
    return f'<i class="{kind}" style="left:{place:.2%}" title="{title}" aria-hidden="true"></i>'


def _beyond(waiting: Sequence[ReportLine]) -> str:
    """The longest wait, when its mark stands at the edge of the axis."""
    longest = max((report.wait_hours for report in waiting), default=0)
    return f'<em aria-hidden="true">{integer(int(longest))} j</em>' if longest > AXIS_HOURS else ""


def _flood(words: str) -> str:
    return f'<div class="dk-flood"><i aria-hidden="true">≋</i> {escape(words)}</div>'


def _report(report: ReportLine) -> str:
    mark = "◆" if report.over_officer else "○"
    wait = f'<i aria-hidden="true">{mark}</i> {escape(report.waited)}' if report.wait_hours is not None else DASH
    style = ' class="w24"' if report.over_officer else ""
    flooded = ' data-flooded=""' if report.flooded else ""
    return (
        f'<div class="dk-rep" data-tags="{" ".join(report.tags)}"{flooded}>'
        f'<a class="num" href="{escape(report.href)}" data-page="">{escape(report.number)}</a>'
        f'<span class="w"><span>{escape(report.what)}</span> <span class="t2">{escape(report.place)}</span></span>'
        f"<span{style}>{wait}</span>"
        f'<span class="t2">{escape(report.drop)}</span><span class="xs t2">{escape(report.note)}</span></div>'
    )
