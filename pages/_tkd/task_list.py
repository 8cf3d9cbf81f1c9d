"""The plan as plain text to send on, and as a scenario to try."""

from components.formats import integer, month_year, stamp
from components.shell import SIMULATION_SENTENCE
from data_access.frame import instant
from data_access.monitor import Reading
from pages._query import SCENARIO_LENGTH
from pages._tkd.open_reports import named
from pages._tkd.plan_scores import Chosen
from pages._tkd.scenario import Item, written
from scoring.grades import grade_of
from scoring.plan import Plan
from scoring.reports import MICROSECONDS_PER_HOUR, NEVER

MINUTE_US = 60_000_000
ASSUMED = "ASUMSI, bukan aturan resmi"


def stamps(reading: Reading) -> list[str]:
    """Of when the figures are, and what must be said of them wherever they go."""
    lines = [f"Data {stamp(reading.state.as_of)}"]
    lines += [ASSUMED] if reading.card.rules.status == "assumed" else []
    return lines + ([SIMULATION_SENTENCE] if reading.state.simulated else [])


def of_reports(reading: Reading, plan: Plan, chosen: Chosen) -> str:
    """Unit, period, as-of, what it gives, and every report with its deadline, one per line."""
    lines = [_report_line(reading, chosen, place) for place in range(len(chosen.rows))]
    what = f"bila {integer(len(lines))} laporan ini selesai sebelum batasnya"
    return text(reading, f"Nilai {scored(reading, reading.final)}, menjadi {scored(reading, plan.final)} {what}", lines)


def text(reading: Reading, sentence: str, lines: list[str]) -> str:
    """The list under its head: whose, of which period, as of when."""
    name = reading.state.frame.names.units[reading.unit + 1].name
    head = [name, f"Nilai TKD periode {month_year(str(reading.period))}", *stamps(reading), f"{sentence}:"]
    return "\n".join([*head, "", *(f"{number}. {line}" for number, line in enumerate(lines, start=1))])


def _report_line(reading: Reading, chosen: Chosen, place: int) -> str:
    about = named(reading, chosen.card, chosen.rows[place])
    words = ", ".join(word for word in (about.category, about.number, about.place) if word)
    drop_us = int(chosen.drop_us[place])
    cutoff_us = chosen.card.rules.cutoff_us(chosen.card.period)
    return (
        f"{words}: sebelum {stamp(instant(drop_us))}"
        if drop_us != NEVER
        else f"{words}: sampai {stamp(instant(cutoff_us - 1))}"
    )


def scored(reading: Reading, value: float) -> str:
    """'84,99 (B)'."""
    return f"{reading.shown(value)} ({grade_of(value, reading.card.rules.grades)})"


def scenario(plan: Plan, chosen: Chosen) -> str | None:
    """The `sim` of the URL: each report completed a minute before its drop, or in an hour. None when it is too long."""
    items = [
        Item(number, at_us=_done_at(chosen, int(drop)))
        for number, drop in zip(plan.complete, chosen.drop_us, strict=True)
    ]
    found = written(*items)
    return found if len(found) <= SCENARIO_LENGTH else None


def _done_at(chosen: Chosen, drop_us: int) -> int:
    """A whole minute, not before now and not after the cut-off."""
    now_us, cutoff_us = chosen.card.as_of_us, chosen.card.rules.cutoff_us(chosen.card.period)
    soon_us = now_us + MICROSECONDS_PER_HOUR if drop_us == NEVER else drop_us - MINUTE_US
    first_us = -(-now_us // MINUTE_US) * MINUTE_US
    return min(max(soon_us // MINUTE_US * MINUTE_US, first_us), cutoff_us - MINUTE_US)
