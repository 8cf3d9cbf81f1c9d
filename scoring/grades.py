"""Grades, decided on the unrounded score, and figures that never contradict them."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

import numpy as np

NO_GRADE = -1
SHOWN_STEP = Decimal("0.01")


def grade_codes(final: np.ndarray, grades: dict[str, float | None]) -> np.ndarray:
    """int8 over units: position in `grades` (best first), NO_GRADE where there is no score (NaN)."""
    limits = np.array(list(grades.values())[:-1], float)  # the last grade has no lower bound
    codes = (final[:, None] < limits[None, :]).sum(axis=1)
    return np.where(np.isnan(final), NO_GRADE, codes).astype(np.int8)


def grade_of(value: float, grades: dict[str, float | None]) -> str | None:
    """Letter of one unrounded score; None without a score (NaN)."""
    if value != value:
        return None
    return next(letter for letter, limit in grades.items() if limit is None or value >= limit)


def shown(value: float, grade: str, grades: dict[str, float | None]) -> str:
    """Two decimals in Indonesian, rounded towards the grade the score has: 84.9962 with B is `84,99`."""
    exact = Decimal(float(value))
    rounded = exact.quantize(SHOWN_STEP, ROUND_HALF_EVEN)
    if grade_of(float(rounded), grades) != grade:
        rounded = exact.quantize(SHOWN_STEP, ROUND_FLOOR if rounded > exact else ROUND_CEILING)
    return f"{rounded:.2f}".replace(".", ",")
