"""The twice-daily brief and the hand-over sheet: what a desk showed, as plain values, and where it is kept.

The same body draws the live desk and a stored one, so that what is kept is what was seen.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

import psycopg

from data_access import geography, limits
from data_access.brief_scores import scores
from data_access.channel_silence import Silence
from data_access.checks import Change, Check, Entry
from data_access.early_warning import Concern, Desk, DeskRow
from data_access.floods import Flood
from data_access.frame import Frame, instant
from data_access.live import State
from scoring.periods import WIB

FIELDS = "brief_id, kind, area_code, due_at, as_of, made_at, made_by, body, sha256"
PROVINCE = ""
NO_PLACE = "lokasi tidak dikenal"


@dataclass(frozen=True)
class Brief:
    """A stored one: `kind` pagi, sore or serah-terima; `area_code` a kota, '' for the province."""

    brief_id: int
    kind: str
    area_code: str
    due_at: datetime
    as_of: datetime
    made_at: datetime
    made_by: str
    body: dict
    sha256: str


def areas() -> list[str]:
    """The kota (and kabupaten) a brief is made for, and the province."""
    return [PROVINCE, *sorted(code for code in geography.names() if code.count(".") == 1)]


def compose(desk: Desk, state: State, check: Check, area_code: str, change: Change | None, waits: list[Entry],
            silent: list[Silence]) -> dict:  # fmt: skip
    """The body of a desk: JSON values alone, times as ISO texts in WIB. The same desk gives the same body.

    `waits`: the entries behind `desk.over_response`, kept so that the next check can be compared for any filter.
    """
    frame = desk.frame
    return {
        "check": {"name": check.name, "due_at": _iso(check.at)},
        "as_of": _iso(desk.as_of),
        "area": {"code": area_code, "name": geography.names().get(area_code, "DKI Jakarta")},
        "simulated": state.simulated,
        "limits": {name: limit.value for name, limit in desk.limits.by_name.items()},
        "figures": {
            "over_response": len(desk.over_response),
            "over_officer": len(desk.over_officer),
            "falling": len(desk.falling),
            "first_drop_at": _instant(desk.first_drop_us),
            "tickets_due": len(desk.tickets_due),
            "tickets_due_at": sorted({frame.names.holder(int(frame.unit[row])) for row in desk.tickets_due}),
            "rejected": len(desk.rejected),
            "quiet_units": desk.quiet_count,
        },
        "change": _change(change),
        "handled_reports": sorted(change.handled) if change else [],
        "rows": [_row(row, desk, change) for row in desk.rows],
        "floods": [_flood(flood, desk) for flood in desk.floods],
        "silent_channels": [_silence(one, frame) for one in silent if one.unusual],
        "scores": scores(state, desk, None if area_code == PROVINCE else area_code),
        "waiting": [asdict(entry) | {"since": _iso(entry.since)} for entry in waits],
    }


def entries_of(body: Mapping) -> list[Entry]:
    """The waiting reports a stored body was made from."""
    return [Entry(**{**entry, "since": datetime.fromisoformat(entry["since"])}) for entry in body["waiting"]]


def canonical(body: Mapping) -> str:
    """The body as text in one way only."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def store(state: psycopg.Connection, kind: str, area_code: str, due_at: datetime, body: Mapping, made_by: str) -> bool:
    """Keep a body as seen; False when there is one for this kind, area and time already. Raises psycopg.Error."""
    text = canonical(body)
    query = """
        insert into pantau.brief (kind, area_code, due_at, as_of, made_at, made_by, body, sha256)
        values (%s, %s, %s, %s, clock_timestamp(), %s, %s, %s)
        on conflict on constraint brief_once do nothing
    """
    digest = hashlib.sha256(text.encode()).hexdigest()
    given = [kind, area_code, due_at, datetime.fromisoformat(body["as_of"]), made_by, text, digest]
    return state.execute(query, given).rowcount == 1


def find(state: psycopg.Connection, kind: str, area_code: str, due_at: datetime) -> Brief | None:
    """The one of this kind, area and time."""
    query = f"select {FIELDS} from pantau.brief where kind = %s and area_code = %s and due_at = %s"
    row = state.execute(query, [kind, area_code, due_at]).fetchone()
    return Brief(*row) if row else None


def get(state: psycopg.Connection, brief_id: int) -> Brief | None:
    """The one with this number."""
    row = state.execute(f"select {FIELDS} from pantau.brief where brief_id = %s", [brief_id]).fetchone()
    return Brief(*row) if row else None


def newest(state: psycopg.Connection, area_code: str, count: int) -> list[Brief]:
    """The last ones of an area, of every kind, the newest first."""
    query = f"select {FIELDS} from pantau.brief where area_code = %s order by due_at desc, brief_id desc limit %s"
    return [Brief(*row) for row in state.execute(query, [area_code, count])]


def limits_on(as_of: datetime) -> limits.Limits:
    """The limits of the day (WIB) of an instant."""
    return limits.at(as_of.astimezone(WIB).date())


def _change(change: Change | None) -> dict | None:
    if change is None:
        return None
    return {
        "since": {"name": change.check.name, "due_at": _iso(change.check.at), "seen_at": _iso(change.seen_at)},
        "stored": change.stored,
        "handled": len(change.handled),
        "still": len(change.still),
        "new": len(change.new),
        "passed_officer": len(change.passed_officer),
    }


def _row(row: DeskRow, desk: Desk, change: Change | None) -> dict:
    unit = desk.frame.names.units[row.unit]
    flooded = {report: flood for flood in desk.floods for report in flood.rows}
    return {
        "unit_id": unit.unit_id,
        "name": desk.frame.names.holder(row.unit),
        "full_name": unit.name,
        "unit_type": unit.unit_type,
        "territorial": row in desk.territorial,
        "over_response": row.over_response,
        "over_officer": row.over_officer,
        "longest_hours": round(row.longest_hours, 4),
        "next_drop_at": _instant(row.drop_us),
        "points_per_hour": round(row.points_per_hour, 6),
        "flooded": sum(concern.row in flooded for concern in row.concerns),
        "reports": [_report(concern, desk.frame, change, concern.row in flooded) for concern in row.concerns],
    }


def _report(concern: Concern, frame: Frame, change: Change | None, flooded: bool) -> dict:
    number = str(frame.number[concern.row])
    return {
        "number": number,
        "category": frame.names.categories[frame.category[concern.row]][1],
        "place": frame.names.kelurahan[frame.kelurahan[concern.row]][1] or NO_PLACE,
        "private": bool(frame.is_private[concern.row]),
        "kinds": list(concern.kinds),
        "waiting_hours": None if concern.waiting_hours is None else round(concern.waiting_hours, 4),
        "drop_at": _instant(concern.drop_us),
        "tier_now": concern.tier_now,
        "tier_after": concern.tier_after,
        "points_lost": round(concern.points_lost, 6),
        "limit_at": _instant(concern.limit_us),
        "ticket_at": _instant(concern.ticket_us),
        "flooded": flooded,
        "since_check": _since_check(number, change),
    }


def _since_check(number: str, change: Change | None) -> str:
    """What the change says of one report: lewat24 | masih | baru | ''."""
    if change is None:
        return ""
    words = (("lewat24", change.passed_officer), ("masih", change.still), ("baru", change.new))
    return next((word for word, numbers in words if number in numbers), "")


def _flood(flood: Flood, desk: Desk) -> dict:
    names = desk.frame.names
    units = {int(desk.frame.unit[row]) for row in flood.rows}
    return {
        "category_id": names.categories[flood.category][0],
        "category": names.categories[flood.category][1],
        "area_code": flood.area_code,
        "area": geography.names().get(flood.area_code, flood.area_code),
        "count": len(flood.rows),
        "since_at": _instant(flood.since_us),
        "usual_count": round(flood.usual_count, 2),
        "units": sorted(names.holder(unit) for unit in units),
    }


def _silence(one: Silence, frame: Frame) -> dict:
    return {
        "name": frame.names.channels[one.code][1],
        "hours": round(one.silent_hours, 2),
        "usual_hours": round(one.usual.p99_hours, 2),
    }


def _instant(at_us: int | None) -> str | None:
    return None if at_us is None else _iso(instant(at_us))


def _iso(at: datetime) -> str:
    return at.astimezone(WIB).isoformat()
