"""The outlook of this process: forecast, best reachable, past days and past months of all units, computed ahead.

The figures lag a few minutes behind the live ones; each says of when it is (`as_of`).
"""

from data_access.live import Follower
from data_access.outlook_figures import Month, Outlook, PeriodOutlook, PlanOutlook
from data_access.outlook_worker import Worker
from scoring.periods import Period

__all__ = ["Month", "Outlook", "PeriodOutlook", "PlanOutlook", "current", "start", "with_plan"]

_workers: list[Worker] = []


def start(follower: Follower) -> None:
    """Keep the outlook of a follower up to date in a daemon thread. Once per process, after the follower started."""
    _workers.append(Worker(follower).start())


def current() -> Outlook | None:
    """The newest outlook, None until there is one."""
    newest = _workers[0].newest if _workers else None
    return newest.outlook if newest else None


def with_plan(period: Period, unit: int, numbers: tuple[str, ...]) -> PlanOutlook | None:
    """The forecast of a unit (code) that is no aggregate if these of its open reports were completed now.

    None at first: it is computed in the background, the newest question first, and kept as long as the outlook that
    `current` gives. Numbers that were not open at the outlook's as_of change nothing.
    """
    return _workers[0].with_plan(period, unit, numbers) if _workers else None
