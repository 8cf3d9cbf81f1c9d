"""Where every standing will be at the cut-off, upper units with those below them; and what a plan would change."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from scoring.forecast import Forecast, empty, fill, forecast_of, is_settled, settled, simulated, with_reasons
from scoring.forecast_model import Model
from scoring.forecast_open import OpenReports, open_reports
from scoring.plan_open import facts_if_completed, open_rows
from scoring.reports import NEVER
from scoring.rules import Rules
from scoring.score import Scorecard
from scoring.standings import standings, tree
from scoring.tally import retally


def forecast_standings(
    card: Scorecard, model: Model | None, paths: int = 1000, seed: int = 0, fan: bool = True
) -> Forecast:
    """The forecast of all units, in code order, in which upper units have the forecast of their standing.

    On each path the scores of all units give the standings (`standings.standings`); units of different types have
    their luck independently. Every other unit gets what `forecast` gives it, to the last bit. An upper unit has
    FEW_REPORTS when the units its standing is made of had too few in the history together. Raises ValueError as
    `forecast` does.
    """
    units, rules = card.reports.units, card.rules
    if is_settled(card):
        return settled(card, np.arange(len(units)), standings(card.scores.final, units, rules), seed)
    answer = empty(card, np.arange(len(units)), paths, seed, fan)
    scores = _all_scores(card, model, answer)
    fill(answer, answer.units, [standings(moment, units, rules) for moment in scores], rules)
    return with_reasons(answer, model, _seen(card, model, rules))


def _all_scores(card: Scorecard, model: Model | None, answer: Forecast) -> list[np.ndarray]:
    """Own scores (all units, paths) at each instant of the answer."""
    units = card.reports.units
    groups = list(simulated(card, open_reports(card), model, answer, set(units.types)))
    order = np.argsort(np.concatenate([codes for codes, _ in groups]))
    return [np.concatenate(blocks)[order] for blocks in zip(*(scores for _, scores in groups), strict=True)]


def _seen(card: Scorecard, model: Model, rules: Rules) -> np.ndarray:
    """Reports in the history behind each standing: of all units it is made of (int64)."""
    found, seen = tree(card.reports.units, rules), model.seen.copy()
    seen[found.codes] = (found.looks_at @ model.seen).astype(np.int64) + np.where(found.own, model.seen[found.codes], 0)
    return seen


def forecast_if_completed(
    card: Scorecard, model: Model | None, unit: int, numbers: Collection[str], paths: int = 1000, seed: int = 0
) -> Forecast:
    """The forecast of one unit's own score, with its fan, if its open reports `numbers` were completed at as_of.

    Every other report has the luck it has in `forecast` with the same seed and paths, so the difference of the two is
    the effect of the plan alone. Numbers that are no open report of the unit in the period change nothing. Raises
    ValueError as `forecast` does.
    """
    asked = np.array([unit])
    if is_settled(card):
        return settled(card, asked, card.scores.final, seed)
    rows = open_rows(card, unit)
    rows = rows[np.isin(card.reports.number[card.membership.positions[rows]].astype(str), list(numbers))]
    done = facts_if_completed(card, rows, card.as_of_us)
    after = replace(card, tally=retally(card.tally, card.facts.only(rows), done))
    opened = _without(open_reports(card), card.membership.positions[rows])
    return forecast_of(after, opened, model, empty(card, asked, paths, seed, fan=True))


def _without(opened: OpenReports, positions: np.ndarray) -> OpenReports:
    """The open reports, of which those at `positions` add nothing any more but keep their place in the draws."""
    return replace(opened, joins_us=np.where(np.isin(opened.position, positions), NEVER, opened.joins_us))
