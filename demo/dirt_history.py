"""Dirty classes that need a changed history: events, tickets and the report row that goes with them."""

import numpy as np
import pandas as pd

from demo.clock import WIB

BORROWED_UNIT = "D-SATPOLPP"
MINUTE = pd.Timedelta(minutes=1)
Frames = dict[str, pd.DataFrame]


def append(frame: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    """Rows added below, coded columns kept coded."""
    more = more.assign(
        **{
            name: pd.Categorical(more[name].astype(object), dtype=frame[name].dtype)
            for name in frame.columns
            if isinstance(frame[name].dtype, pd.CategoricalDtype)
        }
    ).astype({name: dtype for name, dtype in frame.dtypes.items() if not isinstance(dtype, pd.CategoricalDtype)})
    return pd.concat([frame, more], ignore_index=True)


def renumber(frames: Frames) -> None:
    """Events in time order with numbers 1, 2, 3, ..."""
    events = frames["report_event"].sort_values("occurred_at", kind="stable", ignore_index=True)
    frames["report_event"] = events.assign(event_id=np.arange(1, len(events) + 1))


def keep_entry_only(frames: Frames, report_ids: pd.Series) -> None:
    """Drop every event of these reports but the first one."""
    events = frames["report_event"]
    drop = events["report_id"].isin(report_ids) & (events["note"] != "Laporan masuk")
    frames["report_event"] = events[~drop].reset_index(drop=True)


def second_channel(frames: Frames, at: np.ndarray) -> None:
    """The same complaint half a minute later through Twitter: own number, same point, same words."""
    report, events = frames["report"], frames["report_event"]
    old = report.loc[at, "report_id"]
    new = pd.Series([f"TW{number[2:8]}9{place:03d}" for place, number in enumerate(old)], index=old)
    shift = pd.Timedelta(seconds=30)
    copy = report.loc[at].assign(report_id=new.to_numpy(), channel_id="TWITTER", photo_before=None, photo_after=None)
    frames["report"] = append(
        report, copy.assign(entered_at=copy["entered_at"] + shift, received_at=_shifted(copy, shift))
    )
    own = events[events["report_id"].isin(old)]
    entry = own["note"] == "Laporan masuk"
    own = own.assign(
        report_id=own["report_id"].map(new), occurred_at=own["occurred_at"].where(~entry, own["occurred_at"] + shift)
    )
    frames["report_event"] = append(
        events, own.assign(recorded_at=own["recorded_at"].where(~entry, own["recorded_at"] + shift))
    )


def go_backwards(frames: Frames, at: np.ndarray) -> None:
    """Done, at work again an hour later, done another hour later; the row says done."""
    report = frames["report"]
    done = report.loc[at, "validated_at"]
    _add(frames, at, done + 60 * MINUTE, "proses")
    _add(frames, at, done + 120 * MINUTE, "selesai")
    report.loc[at, "validated_at"] = done + 120 * MINUTE
    report.loc[at, "updated_at"] = done + 121 * MINUTE


def skip(frames: Frames, at: np.ndarray) -> None:
    """From waiting to done with nothing between."""
    report, events = frames["report"], frames["report_event"]
    mine = events["report_id"].isin(report.loc[at, "report_id"])
    between = ~events["status"].isin(["selesai"]) & (events["note"] != "Laporan masuk")
    frames["report_event"] = events[~(mine & between)].reset_index(drop=True)
    for column in ("first_response_at", "completed_at"):
        report.loc[at, column] = report.loc[at, "validated_at"]


def reopen(frames: Frames, at: np.ndarray) -> None:
    """Done before the cut-off of its month, at work again a day after it."""
    report = frames["report"]
    entered = report.loc[at, "entered_at"].dt.tz_convert(WIB).dt.tz_localize(None)
    cutoff = (entered.dt.to_period("M").dt.end_time.dt.ceil("D") + pd.Timedelta(days=8)).dt.tz_localize(WIB)
    moment = cutoff.dt.tz_convert("UTC").dt.as_unit("us") + pd.Timedelta(hours=33)
    _add(frames, at, moment, "proses")
    report.loc[at, "status"] = "proses"
    for column in ("completed_at", "validated_at", "photo_after", "rating"):
        report.loc[at, column] = None
    report.loc[at, "updated_at"] = moment + MINUTE


def send_and_return(frames: Frames, at: np.ndarray) -> None:
    """A to B and back to A, which then does the work itself."""
    report = frames["report"]
    entered, answered = report.loc[at, "entered_at"], report.loc[at, "first_response_at"]
    sent, back = entered + (answered - entered) / 3, entered + (answered - entered) * 2 / 3
    home = report.loc[at, "unit_id"].astype(object)
    _add(frames, at, sent.dt.as_unit("us"), "koordinasi", home, BORROWED_UNIT)
    _add(frames, at, back.dt.as_unit("us"), "koordinasi", BORROWED_UNIT, home)
    report.loc[at, "first_response_at"] = sent
    report.loc[at, "received_how"] = "koordinasi"
    report.loc[at, "received_at"] = back


def two_tickets(frames: Frames, at: np.ndarray) -> None:
    """Two tickets at once, although a report may have one."""
    opened = frames["report"].loc[at, "first_response_at"]
    for days in (0, 1):
        start = opened + pd.Timedelta(days=days)
        more = pd.DataFrame(
            {
                "report_id": frames["report"].loc[at, "report_id"],
                "opened_at": start,
                "commitment_at": start + pd.Timedelta(days=7),
                "limit_at": start + pd.Timedelta(days=14),
                "reason": "Menunggu pengadaan material",
            }
        )
        frames["ticket"] = append(frames["ticket"], more)


def _shifted(copy: pd.DataFrame, shift: pd.Timedelta) -> pd.Series:
    return copy["received_at"].where(copy["received_at"] != copy["entered_at"], copy["received_at"] + shift)


def _add(frames: Frames, at: np.ndarray, moment: pd.Series, status: str, source=None, target=None) -> None:
    report = frames["report"]
    more = pd.DataFrame(
        {
            "event_id": 0,
            "report_id": report.loc[at, "report_id"],
            "occurred_at": moment,
            "recorded_at": moment + MINUTE,
            "status": status,
            "from_unit_id": source,
            "to_unit_id": target,
            "officer_id": report.loc[at, "officer_id"].astype(object),
            "note": None,
        }
    )
    frames["report_event"] = append(frames["report_event"], more)
