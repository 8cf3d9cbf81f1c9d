"""The numbers of a hand-over sheet: what each opens on a draft, on a stored sheet, and in plain text."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from dash import html

from components.formats import integer
from components.handover_sheet import unfolded
from components.number_link import number_link
from data_access.dimensions import Dimensions
from data_access.filters import Filters
from pages._peringatan import links
from pages._peringatan.asked import HANDLED

# Key of a change, what the desk is narrowed to, its word.
CHANGES = (("handled", HANDLED, "ditindaklanjuti"), ("still", "masih", "masih"), ("new", "baru", "baru"))
LISTED = {"response": "over_response", "officer": "over_officer"}


@dataclass(frozen=True)
class Numbers:
    """`figure(name)` of body["figures"]; `of_row(row, key)`: reports of a unit; `change()`: since the last check;
    `rest(count)`: rows that are not shown."""

    figure: Callable[[str], object]
    of_row: Callable[[dict, str], object]
    change: Callable[[], object]
    rest: Callable[[int], object]


def plain(body: dict) -> Numbers:
    """Numbers as words."""
    words = ", ".join(f"{integer(body['change'][key])} {word}" for key, _, word in CHANGES) if body["change"] else ""
    return Numbers(
        figure=lambda name: integer(body["figures"][name]),
        of_row=lambda row, key: integer(len(row[key])),
        change=lambda: words,
        rest=lambda count: f"dan {integer(count)} unit lain",
    )


def stored(body: dict) -> Numbers:
    """The reports are those of then: they unfold."""
    return replace(plain(body), of_row=lambda row, key: unfolded(row[key]))


def live(body: dict, names: Dimensions) -> Numbers:
    """Whatever has a list opens it; the others unfold or open the desk."""
    area = Filters(area_code=body["area"]["code"] or None)
    rows = [row | {figure: len(row[key]) for key, figure in LISTED.items()} for row in body["over"]]
    above = {key: links.units_above(figure, body | {"rows": rows}, names) for key, figure in LISTED.items()}

    def figure(name: str):
        count = body["figures"][name]
        if not count:
            return integer(count)
        if name in links.LIMITS:
            return number_link(integer(count), links.waiting(name, body, area), count)
        return number_link(integer(count), desk(body, hanya="tiket" if name == "tickets_due" else "ditolak"))

    def over(row: dict, key: str):
        listed = row in body["over"] and key in LISTED and row[key] and row["unit_id"] not in above[key]
        if not listed:
            return unfolded(row[key])
        return number_link(
            integer(len(row[key])), links.waiting(LISTED[key], body, area, row["unit_id"]), len(row[key])
        )

    def change() -> list:
        parts = [
            [number_link(f"{integer(body['change'][key])} {word}", desk(body, hanya=only)), ", "]
            for key, only, word in CHANGES
        ]
        return [piece for part in parts for piece in part][:-1]

    def rest(count: int):
        words = f"dan {integer(count)} unit lain, buka Peringatan Dini"
        return html.A(words, href=desk(body), className="lnk", **{"data-page": ""})

    return Numbers(figure, over, change, rest)


def desk(body: dict, **more: str) -> str:
    """The address of the desk of the sheet's area."""
    query = {"wilayah": body["area"]["code"]} | more
    words = "&".join(f"{name}={value}" for name, value in query.items() if value)
    return f"/peringatan?{words}" if words else "/peringatan"
