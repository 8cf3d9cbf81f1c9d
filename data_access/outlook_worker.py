"""One thread per process that keeps the outlook up to date, so that its cost does not grow with the viewers."""

import logging
import threading
import time
from dataclasses import dataclass, field

import psycopg

from data_access import engine
from data_access.engine import DatabaseUnavailable
from data_access.live import LOAD_DEADLINE_SECONDS, Follower, State
from data_access.outlook_figures import Outlook, PlanOutlook
from data_access.outlook_months import Learnt, history, learn
from data_access.outlook_periods import compute, if_completed
from scoring import periods
from scoring.periods import Period

COMPUTE_EVERY_SECONDS = 300.0
LEARN_EVERY_SECONDS = 3600.0
LOOK_EVERY_SECONDS = 10.0  # whether a round is due; also the time between two attempts
PLANS_QUEUED = 16  # the oldest question gives way: whoever still looks asks again
PLANS_KEPT = 256

log = logging.getLogger(__name__)

Asked = tuple[Period, int, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Round:
    """An outlook, what it was computed from, and the plans asked about it: None for one that cannot be computed.

    `plans_before` are those of the outlook before, shown until the new ones are there.
    """

    outlook: Outlook
    state: State
    learnt: Learnt
    plans_before: dict[Asked, PlanOutlook | None] = field(default_factory=dict)
    plans: dict[Asked, PlanOutlook | None] = field(default_factory=dict)


@dataclass
class Worker:
    """Computes outlooks of the states of a follower. `newest` is None until there is one."""

    follower: Follower
    newest: Round | None = None
    _learnt: Learnt | None = None
    _learn_at_seconds: float = 0.0  # time.monotonic(), as the others
    _compute_at_seconds: float = 0.0
    _not_before_seconds: float = 0.0
    _failing: bool = False
    _queue: dict[Asked, None] = field(default_factory=dict)  # newest last
    _queued: threading.Lock = field(default_factory=threading.Lock)
    _wake: threading.Event = field(default_factory=threading.Event)
    _stop: threading.Event = field(default_factory=threading.Event)

    def start(self) -> "Worker":
        """Compute in a daemon thread until `stop`."""
        self.follower.on_change.append(self._changed)
        self._thread = threading.Thread(target=self._run, name="outlook", daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """End the thread after the round it is in."""
        self._stop.set()
        self._wake.set()
        self._thread.join()

    def with_plan(self, period: Period, unit: int, numbers: tuple[str, ...]) -> PlanOutlook | None:
        """The answer of the present outlook, or of the one before while it is computed; None when there is none yet."""
        newest, asked = self.newest, (period, unit, numbers)
        if newest is None or not _can_answer(newest, asked):
            return None
        if asked not in newest.plans:
            self._ask(asked)
        return newest.plans.get(asked) or newest.plans_before.get(asked)

    def _ask(self, asked: Asked) -> None:
        with self._queued:
            self._queue.pop(asked, None)
            self._queue[asked] = None
            if len(self._queue) > PLANS_QUEUED:
                del self._queue[next(iter(self._queue))]
        self._wake.set()

    def _changed(self, state: State) -> None:
        if self.newest is None or _outdated(self.newest, state):
            self._wake.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            self._round()
            self._wake.wait(LOOK_EVERY_SECONDS)

    def _round(self) -> None:
        try:
            self._turn()
        except (DatabaseUnavailable, psycopg.Error) as error:
            self._failed(f"outlook: {engine.first_line(error)}")
        except Exception as error:  # the thread must outlive a defect: the screens say how old the outlook is
            self._failed(f"outlook: {error!r}", exc_info=True)

    def _turn(self) -> None:
        """An outlook when it is due, then one plan."""
        if self._is_due(self.follower.state):
            self._compute(self.follower.state)
        self._answer_plan()

    def _is_due(self, state: State | None) -> bool:
        """At first, every few minutes, and when a period opened or closed or a unit came; never twice for one state."""
        now_seconds = time.monotonic()
        if state is None or now_seconds < self._not_before_seconds:
            return False
        if self.newest is None or _outdated(self.newest, state):
            return True
        return now_seconds >= self._compute_at_seconds and state is not self.newest.state

    def _compute(self, state: State) -> None:
        learnt = self._learnt_for(state)
        self.newest = Round(compute(state, learnt.model, learnt.months), state, learnt, self._plans_of_last(learnt))
        self._compute_at_seconds = time.monotonic() + COMPUTE_EVERY_SECONDS

    def _plans_of_last(self, learnt: Learnt) -> dict[Asked, PlanOutlook | None]:
        """Of the same units alone: their codes are part of the question."""
        same = self.newest is not None and self.newest.learnt.names == learnt.names
        return dict(self.newest.plans) if same else {}

    def _learnt_for(self, state: State) -> Learnt:
        """What was learnt within the hour; longer ago when the CRM cannot be read, as long as it fits the state."""
        fits = self._learnt is not None and _fits(self._learnt, state)
        if not fits or time.monotonic() >= self._learn_at_seconds:
            try:
                self._learn(state)
            except (DatabaseUnavailable, psycopg.Error) as error:
                if not fits:
                    raise
                self._failed(f"outlook, with what was learnt before: {engine.first_line(error)}")
        return self._learnt

    def _learn(self, state: State) -> None:
        names = state.frame.names
        with engine.connect(self.follower.dsn, deadline_seconds=LOAD_DEADLINE_SECONDS) as connection:
            reports = history(connection, names, state.as_of)
        self._learnt = learn(reports, names, state.as_of)
        self._learn_at_seconds = time.monotonic() + LEARN_EVERY_SECONDS
        self._failing = False

    def _answer_plan(self) -> None:
        """Compute the plan that was asked for last, and come back for the next one."""
        newest = self.newest
        if newest is None or not self._queue:
            return
        with self._queued:
            asked, _ = self._queue.popitem()
        self._wake.set()
        if asked in newest.plans or not _can_answer(newest, asked):
            return
        if len(newest.plans) >= PLANS_KEPT:
            newest.plans.pop(next(iter(newest.plans)))
        newest.plans[asked] = None
        newest.plans[asked] = if_completed(newest.state, newest.learnt.model, *asked)

    def _failed(self, message: str, **given) -> None:
        """Said once until a reading succeeds."""
        self._not_before_seconds = time.monotonic() + LOOK_EVERY_SECONDS
        if not self._failing:
            log.warning(message, **given)
        self._failing = True


def _fits(learnt: Learnt, state: State) -> bool:
    return learnt.first_open == periods.open_at(state.as_of)[0] and learnt.names == state.frame.names


def _outdated(newest: Round, state: State) -> bool:
    """Whether other periods are open than the outlook speaks of, or the CRM has other units or categories."""
    spoken_of = [found.period for found in newest.outlook.periods]
    return periods.open_at(state.as_of) != spoken_of or newest.learnt.names != state.frame.names


def _can_answer(newest: Round, asked: Asked) -> bool:
    period, unit, _ = asked
    found = newest.outlook.of(period)
    return found is not None and newest.learnt.model is not None and 0 <= unit < len(found.unit_ids)
