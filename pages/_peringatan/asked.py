"""What of the desk is asked for: a check as it was stored, and reports of one kind alone."""

from datetime import date

from data_access import limits
from data_access.early_warning import KINDS
from data_access.live import State
from pages._query import Check

HANDLED = "ditangani"
CHANGES = (HANDLED, "masih", "lewat24", "baru")  # what became of a report since the check before
BRIEFS_AT_MOST = 10**12
ONLY_WORDS = {
    "mro": "menunggu lebih dari {officer_warning_hours} jam",
    "respons": "menunggu lebih dari {response_hours} jam",
    "batas": "segera melewati batas terakhir kategorinya",
    "lewat": "baru melewati batas terakhir kategorinya",
    "tingkat": "nilai waktunya segera turun",
    "tiket": "tiketnya jatuh tempo",
    "ditolak": "tindak lanjutnya ditolak",
    HANDLED: "sudah ditindaklanjuti sejak pemeriksaan sebelumnya",
    "masih": "masih menunggu sejak pemeriksaan sebelumnya",
    "lewat24": "melewati {officer_warning_hours} jam sejak pemeriksaan sebelumnya",
    "baru": "baru menunggu lebih dari {response_hours} jam sejak pemeriksaan sebelumnya",
}


def _check(value: str, _state: State) -> str | None:
    """The name of a daily check (the newest one is meant), or the number of a stored one."""
    number = value.isascii() and value.isdecimal() and 0 < int(value[:13]) < BRIEFS_AT_MOST
    return value if number or value in limits.at(date.max).check_times else None


def _only(value: str, _state: State) -> str | None:
    return value if value in (*KINDS, *CHANGES) else None


CHECKS: dict[str, Check] = {"periksa": _check, "hanya": _only}
OWN_NAMES = tuple(CHECKS)


def only_words(only: str, numbers: dict) -> str:
    """How reports of a kind are called: '... laporan yang nilai waktunya segera turun'. `numbers`: limits by name."""
    return ONLY_WORDS[only].format(**numbers)


def tags(report: dict) -> list[str]:
    """What a report of a body can be asked for by; one that passed the officer's limit since is waiting still."""
    since = {"": [], "lewat24": ["masih", "lewat24"]}.get(report["since_check"], [report["since_check"]])
    return [*report["kinds"], *since]
