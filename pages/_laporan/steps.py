"""The way of one report: its events, and the hours spent at each holder."""

from datetime import datetime

from dash import html

from components import ids
from components.formats import integer, stamp
from components.report_timeline import HolderRow, StepRow, holders, timeline
from components.theme import CHANGES
from data_access.dimensions import Dimensions
from data_access.live import State
from data_access.timeline import Step, Trace, spells
from pages._laporan.rows import UNKNOWN, lasted


def parts(found: Trace, state: State) -> dict:
    """The panel of the way."""
    names = state.frame.names
    rows = [step_row(step, before, names) for step, before in zip(found.steps, [None, *found.steps], strict=False)]
    body = [
        html.H3("Waktu di setiap pemegang"),
        holders(holder_rows(found, state)),
        html.H3("Kejadian"),
        timeline(rows),
    ]
    return {
        (ids.TRACE_STEPS_BODY, "children"): body,
        (ids.TRACE_STEPS_FACT, "children"): f"{integer(len(rows))} kejadian",
    }


def step_row(step: Step, before: Step | None, names: Dimensions) -> StepRow:
    """One event in words."""
    status = CHANGES.get(step.status, UNKNOWN)
    if before is None:
        status = CHANGES["masuk"] if step.status == "menunggu" else status
    moved = step.to_unit_id and step.to_unit_id != step.from_unit_id
    return StepRow(
        at=stamp(step.at),
        gap=f"{lasted((step.at - before.at).total_seconds() / 60)} kemudian" if before else "",
        status=status.label,
        status_mark=status.mark,
        holder=names.holder(names.unit_code(step.to_unit_id) or 0) if moved else "",
        officer=step.officer or "",
        note=step.note or "",
    )


def holder_rows(found: Trace, state: State) -> list[HolderRow]:
    """One row per holder in order of time."""
    report, names = found.report, state.frame.names
    if report["entered_at"] is None:
        return []
    held = spells(found.steps, report["entered_at"], report["unit_id"], end_of(found, state.as_of))
    total = sum(spell.hours for spell in held) or 1
    return [
        HolderRow(names.holder(names.unit_code(spell.unit_id) or 0), lasted(spell.hours * 60), spell.hours / total)
        for spell in held
    ]


def end_of(found: Trace, as_of: datetime) -> datetime:
    """Until when the report ran: its completion, or now while it is open."""
    completed = found.report["completed_at"]
    return completed if found.report["status"] == "selesai" and completed else as_of
