"""Rounded parts that add up to their rounded sum: what a reader adds on the screen comes out (largest remainder)."""

import math
from collections.abc import Sequence

from components.formats import MINUS


def adding_up(values: Sequence[float], total: int) -> list[int]:
    """Points as hundredths (whole numbers) that sum to `total` (hundredths); `values` are points that nearly do.

    What is exactly 0 stays 0 as long as another part can take the difference.
    """
    exact = [value * 100 for value in values]
    found = [math.floor(value) for value in exact]
    order = sorted(range(len(exact)), key=lambda place: found[place] - exact[place])
    order = [place for place in order if exact[place]] or order
    left = total - sum(found)
    if left < 0:
        order.reverse()
    for turn in range(abs(left) if order else 0):
        found[order[turn % len(order)]] += 1 if left > 0 else -1
    return found


def points(hundredths: int) -> str:
    """8271 -> '82,71', -389 -> '−3,89'."""
    whole, rest = divmod(abs(hundredths), 100)
    return f"{MINUS if hundredths < 0 else ''}{f'{whole:,}'.replace(',', '.')},{rest:02d}"


def signed_points(hundredths: int) -> str:
    """34 -> '+0,34', -52 -> '−0,52', 0 -> '0,00'."""
    return f"+{points(hundredths)}" if hundredths > 0 else points(hundredths)


def as_hundredths(shown: str) -> int:
    """'82,71' -> 8271: the figure as it stands on the screen."""
    return int(shown.replace(".", "").replace(",", ""))
