"""The fewest reports to complete to reach a grade; of a unit that rests on others, the fewest units to raise."""

from dash import html

from components import ids
from components.desk import choice
from components.formats import month_year
from components.panels import panel
from components.states import empty
from data_access.monitor import Reading
from pages._tkd import plan_reports, plan_units
from pages._tkd.planned import target_of

PARTS = ((ids.PLAN_TITLE, "children"), (ids.PLAN_BODY, "children"), (ids.PLAN_FACT, "children"))
TARGETS_OFFERED = 3


def section():
    """The frame of the panel; `#rencana` leads to it."""
    frame = panel(html.Span("Rencana", id=ids.PLAN_TITLE), ids.PLAN_BODY, fact_id=ids.PLAN_FACT, class_name="plan")
    frame.id = "rencana"
    return frame


def parts(reading: Reading) -> dict:
    """What the panel shows of a unit."""
    target = target_of(reading)
    idle = _why_none(reading)
    if idle:
        return _parts("Rencana", empty(idle), "")
    body = plan_units.body(reading, target) if reading.is_aggregate else plan_reports.body(reading, target)
    return _parts(f"Rencana ke grade {target}", body, _targets(reading, target))


def _parts(title: str, body, fact) -> dict:
    return {(ids.PLAN_TITLE, "children"): title, (ids.PLAN_BODY, "children"): body, (ids.PLAN_FACT, "children"): fact}


def _why_none(reading: Reading) -> str | None:
    if reading.closed:
        return "Cut-off sudah lewat: nilai periode ini tidak berubah lagi dengan menyelesaikan laporan."
    if reading.final is None:
        return f"Belum ada laporan pada {month_year(str(reading.period))}, jadi belum ada yang direncanakan."
    return None


def _targets(reading: Reading, target: str):
    """The best grade has a bare URL."""
    letters = [letter for letter, limit in reading.card.rules.grades.items() if limit is not None][:TARGETS_OFFERED]
    hrefs = ["?target=", *(f"?target={letter}" for letter in letters[1:])]
    options = [(letter, href, letter == target) for letter, href in zip(letters, hrefs, strict=True)]
    return choice(options, "Grade yang dituju")
