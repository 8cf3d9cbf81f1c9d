"""Generated arrays as frames with the columns of the CRM contract."""

import numpy as np
import pandas as pd

from data_access.tables import CRM_SCHEMA, STATUSES, metadata
from demo.catalogue import Catalogue
from demo.clock import NEVER, local_day
from demo.journeys import DONE, NOBODY, NOTES, ORDERED, PASSED, VALIDATING, WAITING, WORKING, Courses, Reports
from demo.wording import sentences

OFFICERS = {"kelurahan": 3, "sudin": 5, "suban": 3}
OFFICERS_ELSEWHERE = 6
PRIVATE_SHARE = 0.5  # private by default since July 2021; half is kept open so that screens have texts to show
RATED_SHARE = 0.12
RATINGS = np.array([0.10, 0.07, 0.13, 0.28, 0.42])
TICKET_REASONS = ("Menunggu pengadaan material", "Perlu koordinasi lintas instansi", "Masuk jadwal pekerjaan bertahap")


def columns_of(table: str) -> list[str]:
    """Column names of a table of the contract, in its order."""
    return list(metadata.tables[f"{CRM_SCHEMA}.{table}"].columns.keys())


def reference(book: Catalogue) -> dict[str, pd.DataFrame]:
    """The frames `unit`, `category`, `channel` and `officer`."""
    return {
        "unit": book.units[columns_of("unit")],
        "category": book.categories[columns_of("category")],
        "channel": book.channels[columns_of("channel")],
        "officer": officers(book),
    }


def officer_counts(book: Catalogue) -> np.ndarray:
    """Officers of each unit (row of the units frame); 0 where a unit never holds a report."""
    holds = np.zeros(len(book.units), dtype=bool)
    holds[np.concatenate([book.home_unit, book.office, book.branch[book.branch >= 0]])] = True
    counts = book.units["unit_type"].map(OFFICERS).fillna(OFFICERS_ELSEWHERE).to_numpy(np.int64)
    return np.where(holds, counts, 0)


def officers(book: Catalogue) -> pd.DataFrame:
    """Frame `officer`: an alias within the unit ('Petugas 03'), never a name."""
    counts = officer_counts(book)
    unit_id = np.repeat(book.units["unit_id"].to_numpy(object), counts)
    number = np.concatenate([np.arange(1, count + 1) for count in counts])
    ids = [f"{unit}-{place:02d}" for unit, place in zip(unit_id, number, strict=True)]
    alias = [f"Petugas {place:02d}" for place in number]
    return pd.DataFrame({"officer_id": ids, "unit_id": unit_id, "alias": alias})


def frames(
    rng: np.random.Generator,
    book: Catalogue,
    reports: Reports,
    point: np.ndarray,
    courses: Courses,
    until: int,
    taken: dict[str, int] | None = None,
) -> dict[str, pd.DataFrame]:
    """Frames `report`, `report_event` and `ticket` of reports whose course is known up to `until`.

    `taken`: the highest running number already given for the head of a report number such as 'JK261122'.
    """
    ids = report_ids(book, reports, taken or {})
    staff = _Staff(rng, book, courses.holder)
    events = dict(courses.events)
    events["recorded"] = np.minimum(events["moment"] + rng.integers(1, 20, len(events["row"])) * 1_000_000, until)
    return {
        "report": _report(rng, book, reports, point, ids, events, staff),
        "report_event": _event(book, ids, events, staff),
        "ticket": _ticket(rng, ids, courses.tickets),
    }


def report_ids(book: Catalogue, reports: Reports, taken: dict[str, int]) -> np.ndarray:
    """Numbers such as JK2611220012: prefix of the channel, WIB date, running number of that day and channel."""
    day = local_day(reports.entered)
    key = reports.channel.astype(np.int64) * 1_000_000 + day
    order = np.argsort(key, kind="stable")
    new = np.flatnonzero(np.diff(key[order], prepend=-1))
    number = np.empty(len(key), dtype=np.int64)
    number[order] = np.arange(len(key)) - np.repeat(new, np.diff(new, append=len(key))) + 1
    text = {value: str(value.astype("datetime64[D]")).replace("-", "")[2:] for value in np.unique(day)}
    prefix = book.channels["prefix"].to_numpy(object)[reports.channel]
    heads = [f"{letters}{text[date]}" for letters, date in zip(prefix, day, strict=True)]
    return np.array(
        [f"{head}{taken.get(head, 0) + n:04d}" for head, n in zip(heads, number, strict=True)], dtype=object
    )


class _Staff:
    """Which officer of the final holder works on each report."""

    def __init__(self, rng: np.random.Generator, book: Catalogue, holder: np.ndarray):
        counts = officer_counts(book)
        first = np.concatenate([[0], np.cumsum(counts)])[:-1]
        self.names = officers(book)["officer_id"].to_numpy(object)
        self.of_report = first[holder] + (rng.random(len(holder)) * counts[holder]).astype(np.int64)


def _report(rng, book: Catalogue, reports: Reports, point, ids, events, staff: _Staff) -> pd.DataFrame:
    count = len(ids)
    state = last_state(events, count)
    private = rng.random(count) < PRIVATE_SHARE
    done = state["completed"] != NEVER
    rating = np.where(done & (rng.random(count) < RATED_SHARE), rng.choice(5, count, p=RATINGS) + 1, -1)
    text = sentences(rng, book.categories, reports.category)
    text[private] = None
    shown = ~private & reports.located
    columns = {
        "report_id": ids,
        "channel_id": coded(reports.channel, book.channels["channel_id"]),
        "category_id": coded(reports.category, book.categories["category_id"]),
        "unit_id": coded(state["holder"], book.units["unit_id"]),
        "kelurahan_code": coded(reports.kelurahan, book.kelurahan),
        "status": coded(state["status"], STATUSES),
        "entered_at": moments(reports.entered),
        "first_response_at": moments(state["answered"]),
        "completed_at": moments(state["completed"]),
        "validated_at": moments(state["validated"]),
        "latitude": point[:, 0].round(6),
        "longitude": point[:, 1].round(6),
        "officer_id": coded(np.where(state["started"], staff.of_report, -1), staff.names),
        "is_private": private,
        "summary": text,
        "photo_before": _photo(ids, shown, "sebelum"),
        "photo_after": _photo(ids, shown & done, "sesudah"),
        "rating": pd.array(np.where(rating < 0, 0, rating), dtype="Int16"),
        "received_how": coded(state["how"], ("direct", "rop", "koordinasi", "disposisi")),
        "received_at": moments(state["received"]),
        "updated_at": moments(state["updated"]),
    }
    columns["rating"][rating < 0] = pd.NA
    # Without a location the first holder got it from the admin.
    columns["received_how"] = coded(
        np.where((state["how"] == 0) & ~reports.located, 1, state["how"]), columns["received_how"].categories
    )
    return pd.DataFrame(columns)


def last_state(events: dict[str, np.ndarray], count: int) -> dict[str, np.ndarray]:
    """The row each report has after its events (sorted by report and time); times in microseconds or NEVER."""
    row, status, moment = events["row"], events["status"], events["moment"]

    def latest(chosen: np.ndarray) -> np.ndarray:
        place = np.full(count, -1)
        place[row[chosen]] = np.flatnonzero(chosen)  # of several the last one stays
        return place

    def earliest(chosen: np.ndarray) -> np.ndarray:
        place = np.full(count, -1)
        place[row[chosen][::-1]] = np.flatnonzero(chosen)[::-1]
        return place

    def at(place: np.ndarray, column: np.ndarray = moment) -> np.ndarray:
        return np.where(place >= 0, column[place], NEVER)

    last, moved = latest(row >= 0), latest(events["target"] != NOBODY)
    now = status[last]
    finished = (now == DONE) | (now == VALIDATING)
    how = np.select([status[moved] == PASSED, status[moved] == ORDERED], [2, 3], 0)
    return {
        "status": now,
        "holder": events["target"][moved],
        "how": how,
        "received": moment[moved],
        "answered": at(earliest(status != WAITING)),
        "started": latest(status == WORKING) >= 0,
        "completed": np.where(finished, at(latest(status == VALIDATING)), NEVER),
        "validated": np.where(now == DONE, at(latest(status == DONE)), NEVER),
        "updated": at(last, events["recorded"]),
    }


def _event(book: Catalogue, ids: np.ndarray, events: dict[str, np.ndarray], staff: _Staff) -> pd.DataFrame:
    order = np.argsort(events["moment"], kind="stable")
    row, status, source, target, note = (events[n][order] for n in ("row", "status", "source", "target", "note"))
    worked = (status != WAITING) & (status != PASSED) & (status != ORDERED)
    return pd.DataFrame(
        {
            "event_id": np.arange(1, len(row) + 1),
            "report_id": ids[row],
            "occurred_at": moments(events["moment"][order]),
            "recorded_at": moments(events["recorded"][order]),
            "status": coded(status, STATUSES),
            "from_unit_id": coded(source, book.units["unit_id"]),
            "to_unit_id": coded(target, book.units["unit_id"]),
            "officer_id": coded(np.where(worked, staff.of_report[row], -1), staff.names),
            "note": coded(note, NOTES),
        }
    )


def _ticket(rng: np.random.Generator, ids: np.ndarray, tickets: dict[str, np.ndarray]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "report_id": ids[tickets["row"]],
            "opened_at": moments(tickets["opened"]),
            "commitment_at": moments(tickets["commitment"]),
            "limit_at": moments(tickets["limit"]),
            "reason": coded(rng.integers(0, len(TICKET_REASONS), len(tickets["row"])), TICKET_REASONS),
        }
    )


def coded(codes: np.ndarray, names) -> pd.Categorical:
    """Codes as a categorical of `names`; -1 is missing."""
    return pd.Categorical.from_codes(codes, pd.Index(np.asarray(names, dtype=object), dtype=object))


def moments(microseconds: np.ndarray) -> pd.DatetimeIndex:
    """Microseconds as aware times; NEVER is missing."""
    return pd.DatetimeIndex(microseconds.view("datetime64[us]")).tz_localize("UTC")


def _photo(ids: np.ndarray, shown: np.ndarray, which: str) -> np.ndarray:
    photo = np.full(len(ids), None, dtype=object)
    photo[shown] = [f"simulasi/{report}-{which}.jpg" for report in ids[shown]]
    return photo
