"""A small month for the what-if: two kelurahan and a Sudin, and how a test reads what the panel shows of them."""

import orjson

from components import ids
from data_access import monitor
from data_access.live import State
from data_access.scope import EVERYTHING, Scope
from data_access.scored_reports import RULEBOOK, reports_of
from scoring import periods, rulebook
from scoring.periods import Period
from scoring.score import score
from scoring.standings import standings
from tests.builders import at, frame, report, wib
from tests.components.tree import text

AS_OF = "2026-11-22 14:05"
UNIT = "K-GAMBIR"
PERIOD = periods.parse("2026-11")
OPEN = ("A1", "A2", "A3", "A4")


def rows(**changed: dict) -> list[dict]:
    """Open and done reports of two kelurahan and a Sudin; `changed` names what is different in a report."""
    done = {"status": "selesai", "completed": "2026-11-11 08:00", "first_response": "2026-11-10 09:00"}
    here = {"unit": UNIT, "entered": "2026-11-21 10:00"}
    given = [
        *({"number": number, **here, "category": "jalan" if number < "A3" else "sampah"} for number in OPEN),
        *({"number": f"D{turn}", **done, "unit": UNIT} for turn in range(6)),
        *({"number": f"C{turn}", **done, "unit": "K-CIDENG"} for turn in range(3)),
        {"number": "C9", "unit": "K-CIDENG"},
        {"number": "S1", "unit": "S-BM-71"},
        {"number": "B1", "unit": "D-BM", "entered": "2026-11-21 10:00"},
        {"number": "B2", **done, "unit": "S-BM-71"},
    ]
    return [report(**(row | changed.get(row["number"], {}))) for row in given]


def state(*reports: dict, now: str = AS_OF) -> State:
    return State(frame(*reports), (), wib(now), "1", True, (), (), 0.0)


NOW = state(*rows())


def drawn(panel, sim: str = "", *, unit: str = UNIT, now: State = NOW, scope: Scope = EVERYTHING, **query: str) -> dict:
    """Parts of the panel by component id."""
    query |= {"unit": unit} | ({"sim": sim} if sim else {})
    parts = panel.build(scope, query, now)
    return {part: value for (part, _), value in parts.items()}


def words(parts: dict) -> str:
    """What the result says, or the sentence in its place."""
    if not parts[ids.WHAT_IF_RESULT]:
        return text(parts[ids.WHAT_IF_BODY])
    found = orjson.loads(parts[ids.WHAT_IF_RESULT])
    told = [f"{what}. {sentence}" for what, sentence in found["effects"]]
    names = [line["name"] for line in found["lines"]]
    return " ".join([found["spoken"], *names, *told, *found["refused"], *found["notes"]])


def figures(parts: dict) -> tuple[str, str]:
    """The shown score without and with the scenario."""
    found = orjson.loads(parts[ids.WHAT_IF_RESULT])
    return found["base"]["shown"], found["scenario"]["shown"]


def listed(parts: dict) -> dict[str, dict]:
    """Token -> row, of everything that can be ticked."""
    lists = (ids.WHAT_IF_FIRST, ids.WHAT_IF_REST, ids.WHAT_IF_GROUPS, ids.WHAT_IF_DONE)
    return {row["token"]: row for part in lists for row in orjson.loads(parts[part])}


def scored_anew(reports: list[dict], asked: str, unit: str = UNIT, period: Period = PERIOD) -> str:
    """The shown standing of a unit when these rows are scored from the start."""
    card = score(reports_of(frame(*reports), ()), rulebook.load(RULEBOOK).at(period), period, at(asked))
    code = card.reports.units.ids.index(unit)
    value = standings(card.scores.final, card.reports.units, card.rules)[code]
    reading = monitor.reading(EVERYTHING, NOW, PERIOD, unit, {})
    return reading.shown(float(value))
