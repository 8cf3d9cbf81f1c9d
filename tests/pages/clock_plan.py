"""States of Kelurahan Gambir with open reports, and what tier clock and plan draw of them."""

from components import ids
from data_access import monitor
from data_access.live import State
from data_access.scope import EVERYTHING
from data_access.tickets import Ticket
from pages._tkd import plan, tier_clock
from scoring.periods import Period
from tests.builders import frame, report, wib
from tests.components.tree import having, text

NOVEMBER = Period(2026, 11)
NOW = "2026-11-22 14:05"
# Rubbish drops after 29, 45 and 67 hours.
OPEN = ("2026-11-21 09:20", "2026-11-21 10:12", "2026-11-20 20:55", "2026-11-22 08:00", "2026-11-10 08:00")
DROPS = ("14.20", "15.12", "17.55", "13.00 besok")


def rubbish(number: str, entered: str, unit: str = "K-GAMBIR", **given) -> dict:
    return report(number=number, unit=unit, category="sampah", entered=entered, **given)


def done(number: str, unit: str = "K-GAMBIR", completed: str = "2026-11-10 20:00") -> dict:
    return rubbish(number, "2026-11-10 08:00", unit, status="selesai", completed=completed)


def opened(*entered: str, unit: str = "K-GAMBIR") -> list[dict]:
    return [rubbish(f"JK-{unit[2]}{place:03d}", at, unit, status="proses") for place, at in enumerate(entered, start=1)]


def closed(count: int, unit: str = "K-GAMBIR") -> list[dict]:
    return [done(f"JK-{unit[2]}9{place:03d}", unit) for place in range(count)]


def state(*rows: dict, now: str = NOW, tickets: tuple[Ticket, ...] = (), simulated: bool = True) -> State:
    return State(frame(*rows), (), wib(now), "1", simulated, (), tickets, 0.0)


def reading(data: State, unit: str = "K-GAMBIR", period: Period = NOVEMBER, **query: str) -> monitor.Reading:
    return monitor.reading(EVERYTHING, data, period, unit, query)


def reachable(**given) -> monitor.Reading:
    """Gambir at B with five open reports and two closed late, beside a Cideng that completed more."""
    late = [done(f"JK-L{place}", completed="2026-11-20 08:00") for place in range(2)]
    return reading(state(*closed(14), *late, *opened(*OPEN), *closed(20, "K-CIDENG")), **given)


def clock(found: monitor.Reading):
    return tier_clock.parts(found)[(ids.TIER_CLOCK_BODY, "children")]


def plan_body(found: monitor.Reading):
    return plan.parts(found)[(ids.PLAN_BODY, "children")]


def column(tree, name: str) -> list[str]:
    return [text(node) for node in having(tree, name) if type(node).__name__ == "Td"]
