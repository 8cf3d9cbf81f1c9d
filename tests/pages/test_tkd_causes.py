"""Causes in words: what happened to how many reports, and the finding made of them."""

from collections import Counter
from datetime import timedelta

from pages._tkd import moments, why, why_causes
from scoring import rulebook
from scoring.compare import Cause
from tests.builders import report
from tests.components.tree import text
from tests.conftest import CITY_UNTIL
from tests.pages.unit_readings import NOVEMBER, small


def sentence(name: str, here, *numbers: str, points: float = 1.0) -> str:
    return why_causes.sentence(Cause(name, numbers, points), here, here.card)


def test_causes_are_said_as_a_person_would():
    here = small(
        report(number="A", unit="K-GAMBIR", status="tl_ditolak"),
        report(number="B", unit="K-GAMBIR", status="proses"),
        report(number="C", unit="S-BM-71"),
        report(number="D", unit="K-CIDENG"),
    )
    assert sentence("closed_100", here, "A", "B") == "2 selesai tepat waktu"
    assert sentence("closed_80", here, "A") == "1 selesai turun satu tingkat"
    assert sentence("closed_60", here, "A") == "1 selesai turun dua tingkat"
    assert sentence("closed_40", here, "A") == "1 selesai terlambat"
    assert sentence("reopened", here, "A") == "1 TL ditolak, terbuka lagi"
    assert sentence("reopened", here, "A", "B") == "2 terbuka lagi"
    assert sentence("moved_in", here, "C") == "1 pindah ke unit ini dari Sudin Bina Marga"
    assert sentence("moved_out", here, "C", "D") == "2 pindah ke 2 unit"
    assert sentence("moved_out", here, "X") == "1 pindah ke unit lain"
    assert sentence("left_over", here, "A") == "1 sisa Okt masuk hitungan"
    assert sentence("peers", here, points=-0.1) == "Unit sejenis ikut naik"
    assert sentence("peers", here, points=0.1) == "Unit sejenis tertinggal"


def test_every_cause_of_every_rulebook_has_its_words():
    here = small(report(number="A", unit="K-GAMBIR"))
    for book in ("tkd-2017", "tkd-2021-asumsi"):
        for name in why_causes.with_reports(rulebook.load(book).at(NOVEMBER)):
            assert sentence(name, here, "A").startswith("1 ")
            assert why_causes.noun(name)


def test_the_finding_names_the_greatest_on_each_side():
    moment = moments.Moment("pagi", CITY_UNTIL - timedelta(hours=2), "pagi")
    moves = Counter({"penyelesaian": 168, "laporan baru": -76, "laporan yang terbuka lagi": -52, "unit sejenis": -6})
    gain, loss = text(why._finding(moves, moment)).split(" ; ")
    assert gain == "Penyelesaian memberi +1,68"
    assert loss == "laporan baru, laporan yang terbuka lagi, dan sebab lain mengambil kembali 1,34 poin."
