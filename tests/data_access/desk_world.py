"""A state of hand-made rows for the desk."""

from data_access import limits
from data_access.live import State
from data_access.tickets import Ticket
from tests.builders import frame, wib

NOW = "2026-11-22 14:05"


def state_of(*reports: dict, now: str = NOW, tickets: tuple[Ticket, ...] = ()) -> State:
    return State(frame(*reports), (), wib(now), f"test {now}", True, (), tickets, 0.0)


def limits_of(now: str = NOW) -> limits.Limits:
    return limits.at(wib(now).date())
