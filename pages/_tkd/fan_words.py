"""The sentences of the fan: where the score ends, how sure that is, and how it was tested."""

from dash import html

from components.formats import decimal, integer, percent
from components.score_fan_days import day_words
from components.score_scale import limits
from data_access import backtests
from data_access.monitor import Reading
from pages._tkd import planned
from pages._tkd.foreseen import Foreseen, Points

CLOSE_POINTS = 1.0  # "tepat di bawah batas"
LEAST_WORTH_SAYING = 0.5  # reports expected; fewer are "hampir tidak ada"
ENDED = "Titik: nilai pada akhir tiap hari, dihitung dari baris CRM yang ada sekarang."


def finding(reading: Reading, ahead: Foreseen, plan: Points) -> list:
    """Where the median ends against the limits, and with the plan."""
    if ahead.final is None:
        return ["Data terlalu sedikit untuk perkiraan. ", ahead.why, " Garis menunjukkan hari-hari yang sudah terukur."]
    middle = ahead.final[2]
    ends = html.B(reading.shown(middle))
    words = ["Tanpa tindakan khusus nilai berakhir di sekitar ", ends, f", {_against(middle, reading)}."]
    if not plan:
        return words
    count = len(planned.plan_for(reading, planned.target_of(reading)).complete)
    middle_planned = html.B(reading.shown(plan[-1][1]))
    return [*words, f" Dengan rencana {integer(count)} laporan, titik tengahnya ", middle_planned, "."]


def _against(value: float, reading: Reading) -> str:
    """'tepat di bawah batas A', '3,10 poin di bawah batas A', 'di atas batas A'."""
    bounds = limits(reading.card.rules.grades)
    letter, limit = min(bounds.items(), key=lambda bound: abs(bound[1] - value))
    side = "di atas" if value >= limit else "di bawah"
    if abs(value - limit) < CLOSE_POINTS:
        return f"tepat {side} batas {letter}"
    missing = [(letter, limit) for letter, limit in bounds.items() if value < limit]
    if not missing:
        return f"grade {letter}"
    letter, limit = missing[-1]
    return f"{decimal(limit - value, 2)} poin di bawah batas {letter}"


def caveat(reading: Reading, ahead: Foreseen) -> list:
    """What the bands mean, how they did in the past, and what is still expected to come in."""
    method = html.A("Cara menghitung", href="/aturan#perkiraan")
    if ahead.final is None:
        return [_expected(reading, ahead), method]
    return [
        "Pita tua 50%, pita muda 80% kemungkinan. ",
        _tested(reading.best_grade),
        _expected(reading, ahead),
        method,
    ]


def _tested(best: str) -> str:
    """'Diuji pada 6 bulan lalu: pita 80% memuat 81% nilai, skor Brier 0,10. ' Brier of the chance of the best grade."""
    found = backtests.latest()
    count = sum(horizon.scores_count for horizon in found.horizons) if found else 0
    if not count:
        return "Belum diuji pada data ini. "
    held = sum(horizon.scores_count * horizon.coverage_share for horizon in found.horizons) / count
    brier = sum(horizon.scores_count * horizon.brier.get(best, 0.0) for horizon in found.horizons) / count
    months = f"{integer(len(found.months))} bulan lalu"
    return f"Diuji pada {months}: pita 80% memuat {percent(held, 0)}% nilai, skor Brier {decimal(brier, 2)}. "


def _expected(reading: Reading, ahead: Foreseen) -> str:
    """'Laporan baru diperkirakan 24 (2,9 per hari). '; nothing once the month of entry is over."""
    days = (reading.period.end - ahead.as_of).total_seconds() / 86_400
    if days <= 0:
        return "Laporan baru tidak lagi masuk ke periode ini. "
    count = ahead.expected_new_count
    if count < LEAST_WORTH_SAYING:
        return "Hampir tidak ada laporan baru yang diperkirakan. "
    return f"Laporan baru diperkirakan {integer(round(count))} ({decimal(count / days)} per hari). "


def course(reading: Reading, measured: Points) -> list:
    """How a closed period went: the final score, the highest and the lowest day."""
    high, low = max(measured, key=lambda day: day[1]), min(measured, key=lambda day: day[1])
    final = html.B(reading.shown(reading.final))
    return [
        "Periode berakhir dengan ",
        final,
        f", {_against(reading.final, reading)}. ",
        f"Tertinggi {_on_day(high, reading)}, terendah {_on_day(low, reading)}.",
    ]


def _on_day(day: tuple, reading: Reading) -> str:
    at, value = day
    return f"{reading.shown(value)} ({day_words(at)})"
