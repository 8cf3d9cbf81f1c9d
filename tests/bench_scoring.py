"""The engine's speed beside plain pandas, in one run: called by `make bench`, or alone."""

import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from scoring.codes import encode, tally_codes
from scoring.facts import Facts
from scoring.periods import Period
from scoring.reports import Units
from scoring.rulebook import load
from scoring.score import scores_of
from scoring.tally import retally, tally

SIZES = {25_000: "<= 0.5", 300_000: "<= 1", 3_000_000: "<= 8", 10_000_000: "<= 25"}
UNITS_COUNT = 600
CHANGED = 1_000


def rows(sizes: tuple[int, ...] = tuple(SIZES)) -> list[dict]:
    """dict(what, reports, measured, unit, goal) per measurement; all times are medians."""
    found = []
    for size in sizes:
        found += _measured(size)
    return found


def _measured(size: int) -> list[dict]:
    rules = load("tkd-2017").at(Period(2026, 10))
    facts, units = random_facts(size), some_units()
    coded = encode(facts, UNITS_COUNT, rules)
    rounds = 50 if size < 1_000_000 else 9
    engine = median_ms(lambda: scores_of(tally_codes(coded), units, rules), rounds)
    frame, peers = _frame(facts), pd.Series(units.types)
    plain = median_ms(lambda: _plain(frame, peers), min(rounds, 7))
    before = tally(facts, UNITS_COUNT, rules.weight_step)
    removed = facts.only(np.flatnonzero(~facts.complete)[:CHANGED])
    added = replace(removed, complete=np.ones(len(removed), bool), tier=np.full(len(removed), 40))
    what_if = median_ms(lambda: scores_of(retally(before, removed, added), units, rules), 50)
    ingest = median_ms(lambda: encode(facts, UNITS_COUNT, rules), 3)
    return [
        row("score all units from codes", size, engine, "ms", SIZES.get(size, "")),
        row("... plain pandas groupby", size, plain, "ms"),
        row("... pandas / codes", size, plain / engine, "times", ">= 10"),
        row(f"what-if of {CHANGED:,} reports, all units", size, what_if, "ms", "<= 0.2"),
        row("codes made at ingest", size, ingest, "ms"),
    ]


def some_units() -> Units:
    """A city's units: 267 kelurahan, 44 kecamatan, and so on, without a tree."""
    sizes = {"kelurahan": 267, "kecamatan": 44, "sudin": 169, "dinas": 33, "upt": 27, "blud": 60}
    types = tuple(name for name, count in sizes.items() for _ in range(count))
    return Units(tuple(f"U{code:03d}" for code in range(UNITS_COUNT)), types, np.full(UNITS_COUNT, -1, np.int32))


def random_facts(size: int, seed: int = 7) -> Facts:
    """Facts of a busy month, skewed over the units as a city is."""
    rng = np.random.default_rng(seed)
    complete = rng.random(size) < 0.9
    return Facts(
        unit=(UNITS_COUNT * rng.random(size) ** 2).astype(np.int32),
        complete=complete,
        doorr=~complete & (rng.random(size) < 0.2),
        hours=np.zeros(size, np.int64),
        tier=np.where(complete, rng.choice([100, 80, 60, 40], size), 0),
        weight_steps=rng.choice([3, 4, 6, 8], size),
        responded=np.zeros(size, bool),
        default_tiers=np.zeros(size, bool),
        default_weight=np.zeros(size, bool),
    )


def _frame(facts: Facts) -> pd.DataFrame:
    """What a plain script would hold: one column per fact."""
    done = facts.complete
    weight = np.where(done, facts.weight_steps * 0.5, 0.0)
    tier = np.where(done, facts.tier, np.nan)
    return pd.DataFrame({"unit": facts.unit, "done": done, "doorr": facts.doorr, "tier": tier, "weight": weight})


def _plain(frame: pd.DataFrame, types: pd.Series) -> pd.Series:
    """The same score, written as one would in pandas."""
    by_unit = frame.groupby("unit").agg(
        total=("done", "size"), done=("done", "sum"), doorr=("doorr", "sum"), time=("tier", "mean"), b=("weight", "sum")
    )
    x = by_unit["done"] + by_unit["doorr"]
    group = x.groupby(types.reindex(by_unit.index))
    low, middle, high = (group.transform(name) for name in ("min", "median", "max"))
    below = 40 + (x - low) / (middle - low) * 20
    above = 60 + (x - middle) / (high - middle) * 40
    effort = below.where(x < middle, above).mask(x == middle, 60)
    obtained = 20 * x / by_unit["total"] + 0.4 * by_unit["time"].fillna(0) + 0.2 * by_unit["b"] + 0.2 * effort
    return obtained / (80 + 0.2 * by_unit["b"]) * 100


def median_ms(work: Callable[[], object], rounds: int = 50) -> float:
    """Median milliseconds of `work()`, after one run that does not count."""
    work()
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - started))
    return statistics.median(taken)


def row(what: str, size: int, measured: float, unit: str, goal: str = "") -> dict:
    """One line of the bench table."""
    return {"what": what, "reports": size, "measured": round(measured, 3), "unit": unit, "goal": goal}


if __name__ == "__main__":
    for line in rows():
        print(f"{line['what']:42} {line['reports']:>12,} {line['measured']:>12,.3f} {line['unit']:6} {line['goal']}")
