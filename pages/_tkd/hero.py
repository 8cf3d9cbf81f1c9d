"""The ten-second answer: where the unit is, where it will be, how likely an A is, and what to do next."""

from dash import html

from components import ids
from components.formats import month_year
from components.score_ruler import Ruler, ruler
from data_access.monitor import Reading
from pages._tkd import hero_closed, hero_figures, hero_step
from pages._tkd.foreseen import Foreseen, foreseen

PARTS = ((ids.UNIT_HERO, "children"),)


def section() -> html.Section:
    """The frame of the band."""
    return html.Section(id=ids.UNIT_HERO, className="p hero", **{"aria-label": "Ringkasan"})


def parts(reading: Reading) -> dict:
    """The four cells and the ruler."""
    return {(ids.UNIT_HERO, "children"): _cells(reading)}


def _cells(reading: Reading) -> list:
    if reading.final is None:
        return [_nothing(reading)]
    if reading.closed:
        return [*hero_closed.cells(reading), _ruler(reading, None)]
    ahead = foreseen(reading)
    return [
        hero_figures.now(reading),
        hero_figures.expected(reading, ahead),
        hero_figures.chance(reading, ahead),
        hero_step.step(reading, ahead),
        _ruler(reading, ahead),
    ]


def _nothing(reading: Reading) -> html.Div:
    month = month_year(str(reading.period))
    where = " pada unit-unit di bawahnya" if reading.is_aggregate else ""
    begun = "Tidak ada" if reading.closed else "Belum ada"
    words = [html.H2("Belum ada nilai."), html.P(f"{begun} laporan{where} pada {month}.")]
    return html.Div(words, className="none")


def _ruler(reading: Reading, ahead: Foreseen | None) -> html.Div:
    final = ahead.final if ahead else None
    low, expected, high = (final[0], final[2], final[4]) if final else (None, None, None)
    grades, word = reading.card.rules.grades, "akhir" if reading.closed else "sekarang"
    best = None if reading.closed else hero_step.best_reachable(reading, ahead)
    return html.Div(ruler(Ruler(grades, reading.final, low, expected, high, best, word)), className="rul")
