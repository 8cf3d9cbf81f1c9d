"""Causes of a moved score as sentences, and as the short words of a finding."""

import numpy as np

from components.formats import integer, month_short
from components.waterfall import Cause as Row
from data_access.monitor import Reading
from scoring import compare
from scoring.reports import NOWHERE, STATUS_CODES
from scoring.rules import Rules
from scoring.score import Scorecard

STEPS_DOWN = {1: "satu", 2: "dua", 3: "tiga"}
ON_TIME, LATE = "selesai tepat waktu", "selesai terlambat"
NOUNS = {
    "new": "laporan baru",
    "left_over": "sisa bulan lalu",
    "left_period": "laporan periode lain",
    "reopened": "laporan yang terbuka lagi",
    "moved_in": "laporan pindahan",
    "moved_out": "laporan yang pindah",
    "corrected": "koreksi data",
    "answered": "jawaban dalam batas waktu",
    "ticketed": "tiket",
    "doorr": "Doorr",
    "peers": "unit sejenis",
    "rules": "aturan baru",
}


def row(cause: compare.Cause, hundredths: int, reading: Reading, before: Scorecard) -> Row:
    """The cause as a row whose words open its reports; peers open the list of the units of this type."""
    if cause.name == "peers":
        kind = reading.card.reports.units.types[reading.unit]
        return Row(sentence(cause, reading, before), hundredths, f"/tkd?tampil=daftar&jenis={kind}", stays=False)
    href = f"?lihat={key(cause.name)}&halaman=" if cause.reports else None
    return Row(sentence(cause, reading, before), hundredths, href)


def key(name: str) -> str:
    """The name of the list of a cause's reports."""
    return f"sebab-{name.replace('_', '-')}"


def with_reports(rules: Rules) -> tuple[str, ...]:
    """Names of the causes that reports stand behind."""
    return tuple(name for name in compare.causes_of(rules) if name not in ("peers", "rules"))


def sentence(cause: compare.Cause, reading: Reading, before: Scorecard) -> str:
    """'3 laporan baru masuk'."""
    if cause.name == "peers":
        return "Unit sejenis ikut naik" if cause.points < 0 else "Unit sejenis tertinggal"
    if cause.name == "rules":
        return "Aturan berganti"
    return f"{integer(len(cause.reports))} {words(cause, reading, before)}"


def words(cause: compare.Cause, reading: Reading, before: Scorecard) -> str:
    """What happened to the reports of a cause."""
    if cause.name.startswith("closed_"):
        return closing(int(cause.name.removeprefix("closed_")), reading.card.rules)
    if cause.name == "reopened":
        return f"{'TL ditolak, ' if _all_refused(cause, reading.card) else ''}terbuka lagi"
    if cause.name == "moved_in":
        return f"pindah ke unit ini{_of_one(' dari ', cause, reading, before)}"
    if cause.name == "moved_out":
        return f"pindah{_of_one(' ke ', cause, reading, reading.card) or ' ke unit lain'}"
    plain = {
        "new": "laporan baru masuk",
        "left_over": f"sisa {month_short(str(reading.period.previous))} masuk hitungan",
        "left_period": "laporan keluar dari periode ini",
        "corrected": "laporan dikoreksi",
        "answered": "laporan dijawab dalam batas waktu",
        "ticketed": "laporan berpindah periode karena tiket",
        "doorr": "laporan Doorr diputuskan",
    }
    return plain[cause.name]


def closing(value: int, rules: Rules) -> str:
    """What a time value says of a completion: on time, so many steps down, late."""
    values = list(dict.fromkeys(rules.tier_values))
    step = values.index(value)
    if step == 0:
        return ON_TIME
    return LATE if step == len(values) - 1 else f"selesai turun {STEPS_DOWN[step]} tingkat"


def noun(name: str) -> str:
    """The cause as a word of a finding; all completions are one."""
    return "penyelesaian" if name.startswith("closed_") else NOUNS[name]


def _all_refused(cause: compare.Cause, card: Scorecard) -> bool:
    statuses = card.reports.status[_rows(cause, card)]
    return len(statuses) > 0 and bool((statuses == STATUS_CODES["tl_ditolak"]).all())


def _of_one(joint: str, cause: compare.Cause, reading: Reading, card: Scorecard) -> str:
    """' dari Sudin Bina Marga' by the holder in `card`; how many units when they are several; '' when not known."""
    holders = {int(unit) for unit in card.reports.unit[_rows(cause, card)] if unit != NOWHERE}
    if not holders:
        return ""
    return f"{joint}{reading.name(min(holders)) if len(holders) == 1 else f'{len(holders)} unit'}"


def _rows(cause: compare.Cause, card: Scorecard) -> np.ndarray:
    wanted = set(cause.reports)
    return np.array([row for row, number in enumerate(card.reports.number.tolist()) if number in wanted], np.int64)
