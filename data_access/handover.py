"""The shift hand-over sheet: drafted from the desk, kept as it was signed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import psycopg

from data_access import briefs, desk_log, desk_reading, early_warning, geography
from data_access.desk_log import Action
from data_access.early_warning import Concern, Desk, DeskRow
from data_access.engine import DatabaseUnavailable
from data_access.filters import Filters
from data_access.frame import instant
from data_access.live import State
from data_access.scope import Scope
from data_access.settings import settings
from scoring.periods import WIB

KIND = "serah-terima"
NAME_LENGTH = 60
SAME_CLICK = timedelta(seconds=10)
OF_DESK = ("as_of", "area", "simulated", "limits", "figures", "change", "floods", "silent_channels", "waiting")
KEPT = """
select brief_id, kind, due_at, made_at, body -> 'signed' ->> 'from', body -> 'signed' ->> 'to' from pantau.brief
where area_code = %s and (due_at at time zone 'Asia/Jakarta')::date <= %s order by due_at desc, brief_id desc limit %s
"""
JUST_SIGNED = f"""
select brief_id from pantau.brief where kind = '{KIND}' and area_code = %s and made_by = %s and due_at > %s
and body -> 'signed' = %s::jsonb and body ->> 'remark' = %s order by brief_id desc limit 1
"""


@dataclass(frozen=True)
class Kept:
    """A line of the archive: `kind` of a brief; who handed over to whom, None for a daily check."""

    brief_id: int
    kind: str
    due_at: datetime
    made_at: datetime
    giver: str | None
    taker: str | None


def draft(scope: Scope, state: State, area_code: str) -> dict:
    """The body of a sheet of this moment, JSON values alone. `calls`, `snoozed`: None when they cannot be read."""
    filters = Filters(area_code=area_code or None)
    limits = briefs.limits_on(state.as_of)
    hours = limits["shift_hours"]
    began = state.as_of - timedelta(hours=hours)
    desk = desk_reading.live(scope, state, filters)
    ahead = early_warning.desk(scope, state, filters, limits.looking_ahead(hours))
    coming = [_ahead(row, ahead, timedelta(hours=hours)) for row in ahead.rows]
    return {
        **{key: desk[key] for key in OF_DESK},
        "shift": {"hours": hours, "began_at": _iso(began), "ends_at": _iso(state.as_of + timedelta(hours=hours))},
        "over": [found for found in map(_over, desk["rows"]) if found["response"] or found["category"]],
        "ahead": [found for found in coming if found["falling"] or found["officer"]],
        **_done(scope, state, area_code, began),
    }


def signature(remark: str, giver: str, taker: str) -> dict:
    """What two people write, as a part of the body. ValueError for names or a remark that are none."""
    for name in (giver, taker):
        if not name.strip() or len(name) > NAME_LENGTH or not name.isprintable():
            raise ValueError(f"a name has 1 to {NAME_LENGTH} printable signs")
    names = {"from": " ".join(giver.split()), "to": " ".join(taker.split())}
    return {"remark": desk_log.checked_note(remark), "signed": names}


def keep(connection: psycopg.Connection, area_code: str, body: dict, by: str) -> int:
    """Store a signed body; its number. A second click within seconds is the same click."""
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"handover {area_code} {by}"])
        now = desk_log.moment(connection)
        said = [briefs.canonical(body["signed"]), body["remark"]]
        if found := connection.execute(JUST_SIGNED, [area_code, by, now - SAME_CLICK, *said]).fetchone():
            return found[0]
        briefs.store(connection, KIND, area_code, now, body, by)
        return briefs.find(connection, KIND, area_code, now).brief_id


def archive(connection: psycopg.Connection, area_code: str, day: date, count: int) -> list[Kept]:
    """The last sheets and daily checks of an area up to the end of a day (WIB), the newest first."""
    return [Kept(*row) for row in connection.execute(KEPT, [area_code, day, count])]


def _done(scope: Scope, state: State, area_code: str, began: datetime) -> dict:
    """What was done since the shift began, and what is put off still, whenever that was said."""
    try:
        with desk_log.opened(settings().state_dsn) as connection:
            now = desk_log.moment(connection)
            done = desk_log.valid(connection, began, now)
            newest = desk_log.newest(connection, now - desk_log.LONGEST_SNOOZE, now)
    except (DatabaseUnavailable, psycopg.Error):
        return {"seen_at": _iso(state.as_of), "calls": None, "snoozed": None}

    def told(actions: list[Action], kind: str) -> list[dict]:
        mine = [one for one in actions if one.kind == kind and _inside(scope, one.unit_id, area_code, state)]
        return [_action(one, state) for one in mine]

    snoozed = sorted((one for one in newest.values() if one.until), key=lambda one: (one.until, one.action_id))
    return {
        "seen_at": _iso(now),
        "calls": told(done, desk_log.CALLED),
        "snoozed": told(snoozed, desk_log.SNOOZED),
    }


def _inside(scope: Scope, unit_id: str, area_code: str, state: State) -> bool:
    """The viewer may see the unit, and it is one of the area: by its own place, or it works everywhere."""
    code = state.frame.names.unit_code(unit_id)
    if not code or not (scope.everything or unit_id in scope.unit_ids):
        return False
    place = state.frame.names.units[code].wilayah_code
    return not area_code or not place or f"{place}.".startswith(f"{area_code}.")


def _over(row: dict) -> dict:
    """Numbers of the reports of a desk's row that are over a limit, by the limit."""

    def having(kind: str) -> list[str]:
        return [report["number"] for report in row["reports"] if kind in report["kinds"]]

    return {
        "unit_id": row["unit_id"],
        "name": row["name"],
        "response": having("respons"),
        "officer": having("mro"),
        "category": having("lewat"),
        "longest_hours": row["longest_hours"],
    }


def _ahead(row: DeskRow, desk: Desk, shift: timedelta) -> dict:
    """Numbers of the reports of a unit whose value drops within the shift, and of those that come to wait too long."""
    officer = timedelta(hours=desk.limits["officer_warning_hours"])
    falls = [(one, instant(one.drop_us)) for one in row.concerns if "tingkat" in one.kinds]
    waits = [(one, desk.as_of + officer - timedelta(hours=one.waiting_hours)) for one in row.concerns if _waits(one)]
    waits = [(one, at) for one, at in waits if desk.as_of < at <= desk.as_of + shift]
    times = [at for _, at in falls + waits]
    return {
        "unit_id": desk.frame.names.units[row.unit].unit_id,
        "name": desk.frame.names.holder(row.unit),
        "falling": [str(desk.frame.number[one.row]) for one, _ in falls],
        "officer": [str(desk.frame.number[one.row]) for one, _ in waits],
        "first_at": _iso(min(times)) if times else None,
        "points": round(max((one.points_lost for one, _ in falls), default=0.0), 6),  # each alone: no sum of them is
    }


def _waits(concern: Concern) -> bool:
    return concern.waiting_hours is not None


def _action(action: Action, state: State) -> dict:
    code = state.frame.names.unit_code(action.unit_id)
    return {
        "unit_id": action.unit_id,
        "name": state.frame.names.holder(code),
        "at": _iso(action.done_at),
        "by": action.done_by,
        "outcome": action.outcome,
        "note": action.note,
        "until": _iso(action.until) if action.until else None,
    }


def _iso(at: datetime) -> str:
    return at.astimezone(WIB).isoformat()


def area_name(area_code: str) -> str:
    """The name of a kota, or of the province."""
    return geography.names().get(area_code, "DKI Jakarta")
