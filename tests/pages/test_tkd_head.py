"""The head of a unit's screen: the way up, the period and what is left of it."""

import pytest

from pages._tkd import head
from tests.builders import report
from tests.components.tree import having, of_type, text
from tests.pages.unit_readings import small


def head_at(now: str, **query: str):
    return head.head(small(report(unit="K-GAMBIR"), now=now, **query))


def test_the_way_up_keeps_the_chosen_period():
    links = of_type(head_at("2026-11-22 14:05", periode="2026-11"), "Link")
    assert [link.href for link in links][:1] == ["/tkd"]
    assert all(link.href.startswith("/tkd/") and link.href.endswith("?periode=2026-11") for link in links[1:])
    assert len(links) > 1


def test_the_default_period_has_a_bare_address_on_the_way_up():
    links = of_type(head_at("2026-11-22 14:05"), "Link")
    assert [link.href for link in links] == ["/tkd", "/tkd/W-31.71", "/tkd/W-31.71.01"]


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        ("2026-11-22 14:05", ["Okt 2026, selesai", "Nov 2026, berjalan"]),
        ("2026-12-02 14:05", ["Okt 2026, selesai", "Nov 2026, ditutup 6 hari lagi", "Des 2026, berjalan"]),
        ("2026-12-08 14:05", ["Okt 2026, selesai", "Nov 2026, ditutup hari ini", "Des 2026, berjalan"]),
    ],
)
def test_the_switch_offers_the_open_periods_and_the_one_closed_last(now, offered):
    (switch,) = having(head_at(now), "seg")
    assert [text(option) for option in of_type(switch, "A")] == offered
