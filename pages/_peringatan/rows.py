"""The rows of the desk, as assets/86-peringatan.js draws them."""

from dataclasses import dataclass
from datetime import datetime

from components.desk_rows import AXIS_HOURS, ReportLine, UnitLine, head_row, unit_row
from components.formats import DASH, integer
from components.report_list import report_href
from data_access.dimensions import Dimensions
from data_access.filters import Filters
from pages._peringatan import links
from pages._peringatan.asked import tags
from pages._peringatan.message import message, office, points, waited, when
from pages._peringatan.seen import Seen

NOTES = {"lewat24": "kini lewat {hours} jam", "masih": "sejak {since}", "baru": "baru sejak {since}"}
LIMIT_NOTES = {"batas": "batas kategori dekat", "lewat": "lewat batas kategori"}


@dataclass(frozen=True)
class Listed:
    """What links to lists are made from. `above`: figure -> units whose list holds reports of units below as well."""

    filters: Filters
    names: Dimensions
    above: dict[str, set[str]]


def rows_data(seen: Seen, only: str | None, filters: Filters, names: Dimensions) -> dict:
    """Everything the script needs: rows in calling order, their messages, and whether they may be acted upon.

    `only`: the kind of report the desk is narrowed to.
    """
    limits = seen.body["limits"]
    hours = (limits["response_hours"], limits["officer_warning_hours"])
    above = {figure: links.units_above(figure, seen.body, names) for figure in links.LIMITS}
    listed = Listed(filters, names, above)
    return {
        "key": seen.stored.sha256 if seen.stored else "kini",
        "live": seen.stored is None,
        "only": only or "",
        "at_once": limits["rows_at_once"],
        "head": head_row(*hours),
        "lines": [f"{hour / AXIS_HOURS:.2%}" for hour in hours],
        "rows": [_row(row, seen, listed) for row in seen.body["rows"]],
    }


def _row(row: dict, seen: Seen, listed: Listed) -> dict:
    return {
        "id": row["unit_id"],
        "name": row["name"],
        "group": "wilayah" if row["territorial"] else "skpd",
        "tags": sorted({tag for report in row["reports"] for tag in tags(report)}),
        "html": unit_row(_line(row, seen, listed)),
        "office": office(row),
        "message": message(row, seen.body),
        "falling": _falling(row, seen),
        "reports": [report["number"] for report in row["reports"]],
    }


def _line(row: dict, seen: Seen, listed: Listed) -> UnitLine:
    drop = when(datetime.fromisoformat(row["next_drop_at"]), seen.as_of) if row["next_drop_at"] else DASH
    clock, _, day = drop.partition(" ")
    return UnitLine(
        unit_id=row["unit_id"],
        name=row["name"],
        href=f"/tkd/{row['unit_id']}",
        over_response=row["over_response"],
        over_response_href=_list("over_response", row, seen, listed),
        over_officer=row["over_officer"],
        over_officer_href=_list("over_officer", row, seen, listed),
        next_drop=clock,
        next_drop_day=day,
        points=points(row["points_per_hour"]),
        reports=[_report(report, seen.body, seen.as_of) for report in row["reports"]],
        floods=_floods(row, seen.body),
    )


def _list(figure: str, row: dict, seen: Seen, listed: Listed) -> str | None:
    """The list of a row's number; None where it would hold reports of units below as well, or those of another time."""
    if seen.stored or row["unit_id"] in listed.above[figure] or not listed.names.unit_code(row["unit_id"]):
        return None
    return links.waiting(figure, seen.body, listed.filters, row["unit_id"])


def _falling(row: dict, seen: Seen) -> str:
    """How many of a unit's reports lose value within the horizon."""
    count = sum("tingkat" in report["kinds"] for report in row["reports"])
    until = links.horizon_end(seen.body)
    if not count:
        return f"Tidak ada laporan di atas yang nilainya turun sebelum {until}."
    return f"{integer(count)} dari {integer(len(row['reports']))} laporan ini turun nilainya sebelum {until}."


def _floods(row: dict, body: dict) -> list[str]:
    """One line for all reports of a unit that belong to floods."""
    if not row["flooded"]:
        return []
    mine = [flood for flood in body["floods"] if row["name"] in flood["units"]]
    which = "; ".join(f"{flood['category']}, {flood['area']}" for flood in mine)
    return [f"{integer(row['flooded'])} laporan bagian dari satu kejadian: {which}"]


def _report(report: dict, body: dict, as_of: datetime) -> ReportLine:
    hours = report["waiting_hours"]
    return ReportLine(
        number=report["number"],
        href=report_href(report["number"]),
        what=report["category"],
        place="laporan privat" if report["private"] else report["place"],
        wait_hours=hours,
        waited="" if hours is None else waited(hours),
        over_officer="mro" in report["kinds"],
        drop=_drop(report, as_of),
        note=_note(report, body),
        tags=tags(report),
        flooded=report["flooded"],
    )


def _drop(report: dict, as_of: datetime) -> str:
    if report["drop_at"] is None:
        return "nilai waktu terendah"
    return f"{report['tier_now']} → {report['tier_after']}, {when(datetime.fromisoformat(report['drop_at']), as_of)}"


def _note(report: dict, body: dict) -> str:
    if "ditolak" in report["kinds"]:
        return "TL ditolak"
    if "tiket" in report["kinds"]:
        return "tiket jatuh tempo"
    if not report["since_check"]:
        return next((words for kind, words in LIMIT_NOTES.items() if kind in report["kinds"]), "")
    hours, since = body["limits"]["officer_warning_hours"], body["change"]["since"]["name"]
    return NOTES[report["since_check"]].format(hours=hours, since=since)
