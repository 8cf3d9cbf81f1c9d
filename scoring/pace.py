"""A pace of work as changes of a scenario: so many open reports completed a day, at one hour, up to an instant."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import pandas as pd

from scoring.periods import WIB
from scoring.plan_open import open_rows
from scoring.reports import EPOCH, MICROSECONDS_PER_HOUR, microseconds
from scoring.score import Scorecard
from scoring.simulate import Change
from scoring.tier_clock import next_drops

DAY_US = 24 * MICROSECONDS_PER_HOUR


def at_pace(card: Scorecard, units: Sequence[int], per_day: int, hour: int, until_us: int) -> list[Change]:
    """Completions of the open reports of `units` (codes) together: `per_day` each day at `hour` o'clock WIB.

    They begin at the next such hour after the card's as_of and end at `until_us` (a completion at exactly this instant
    is one), at the latest before the cut-off, or when nothing is open. The order is that of the tier clock at as_of:
    the next drop first, those at the lowest value last. Raises ValueError when `per_day` or `hour` cannot be.
    """
    if per_day < 1 or not 0 <= hour <= 23:
        raise ValueError(f"{per_day} a day at {hour} o'clock cannot be: at least 1 a day, an hour from 0 to 23")
    last_us = min(until_us, card.rules.cutoff_us(card.period) - 1)
    instants = range(_next_us(card.as_of_us, hour), last_us + 1, DAY_US)
    numbers = _in_order(card, units)[: per_day * len(instants)]
    return [Change(number, "completed", instants[turn // per_day]) for turn, number in enumerate(numbers)]


def _next_us(as_of_us: int, hour: int) -> int:
    """The first instant after `as_of_us` at which it is `hour` o'clock in Jakarta."""
    local = (EPOCH + timedelta(microseconds=as_of_us)).astimezone(WIB)
    today_us = microseconds(local.replace(hour=hour, minute=0, second=0, microsecond=0))
    return today_us if today_us > as_of_us else today_us + DAY_US


def _in_order(card: Scorecard, units: Sequence[int]) -> list[str]:
    """Numbers of the open reports, each once, by next drop, then number."""
    rows = open_rows(card)
    rows = rows[np.isin(card.facts.unit[rows], list(units))]
    reports = card.reports.only(card.membership.positions[rows])
    drop_us = next_drops(reports, card.rules, card.as_of_us)[0]
    return pd.unique(reports.number[np.lexsort((reports.number.astype(str), drop_us))]).tolist()
