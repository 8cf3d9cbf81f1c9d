"""The months of a unit: how often the best grade, which was the weakest, and what is not there yet."""

from dataclasses import replace

import numpy as np
import pytest

from components import ids
from data_access.outlook_figures import Month
from scoring.periods import Period
from tests.components.tree import having, text
from tests.pages.test_tkd_hero import NOVEMBER, at_b, foreseen


@pytest.fixture
def history(web):
    from pages._tkd import history

    def drawn(found):
        parts = history.parts(found)
        return parts[(ids.HISTORY_BODY, "children")], parts[(ids.HISTORY_FACT, "children")]

    return drawn


def months(*finals: float | None, totals: tuple[int, ...] | None = None):
    """A reading whose unit closed the months before November with these scores."""
    found = foreseen(at_b(), chance=None)
    units = len(found.outlook.unit_ids)
    counts = totals or (64,) * len(finals)
    past = [
        Month(
            NOVEMBER.shifted(place - len(finals)),
            np.full(units, np.nan if final is None else final),
            np.full(units, 0 if final is None else counts[place]),
            True,
        )
        for place, final in enumerate(finals)
    ]
    running = [month for month in found.outlook_of_all.months if not month.closed]
    return replace(found, outlook_of_all=replace(found.outlook_of_all, months=(*past, *running)))


def lead(body) -> str:
    return text(having(body, "lead"))


def test_the_best_grade_is_counted_and_the_weakest_month_named(history):
    body, _ = history(months(80.0, 85.3, 72.0, 86.0, totals=(60, 70, 104, 80)))
    assert lead(body) == (
        "A tercapai 2 dari 4 bulan yang ditutup: Agustus, Oktober. "
        "Bulan terlemah September dengan 72,00, ketika laporan terbanyak."
    )


@pytest.mark.parametrize(
    ("finals", "words"),
    [
        ((80.0, 81.0), "A belum tercapai dalam 2 bulan yang ditutup. Bulan terlemah September dengan 80,00"),
        ((86.0, 87.0), "A tercapai di semua 2 bulan yang ditutup. Bulan terlemah September dengan 86,00"),
        ((86.0,), "A tercapai pada satu-satunya bulan yang ditutup."),
        ((None,), "Belum ada bulan yang ditutup dengan nilai."),
    ],
)
def test_the_finding_fits_the_months_there_are(history, finals, words):
    assert lead(history(months(*finals))[0]).startswith(words)


def test_the_running_month_shows_the_score_of_the_screen(history):
    found = months(80.0, 85.3)
    points = having(history(found)[0], "hd")
    assert points[-1].title == f"November 2026: {found.shown(found.final)}, grade {found.grade}, masih berjalan"


def test_only_running_months_with_a_score_have_a_dashed_line(history):
    found = months(80.0, 85.3)
    running = [month for month in found.outlook_of_all.months if not month.closed]
    after = replace(running[-1], period=Period(2026, 12), final=np.full_like(running[-1].final, np.nan))
    outlook = replace(found.outlook_of_all, months=(*found.outlook_of_all.months, after))
    said = text(history(replace(found, outlook_of_all=outlook))[0])
    assert "November masih berjalan (garis putus)." in said


def test_at_most_twelve_months_are_shown(history):
    body, _ = history(months(*[80.0] * 13))
    assert len(having(body, "hd")) == 12


def test_months_of_another_period_on_screen_stay_and_that_one_is_marked(history):
    found = replace(months(80.0, 85.3), period=Period(2026, 10))
    marked = [
        point for point in having(history(found)[0], "hd") if point.to_plotly_json()["props"]["aria-current"] == "true"
    ]
    assert [point.href for point in marked] == ["?periode=2026-10"]


def test_before_the_first_outlook_the_months_are_being_computed(history):
    body, fact = history(at_b())
    assert "sedang dihitung" in text(body) and fact == ""
