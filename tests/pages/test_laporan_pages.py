"""Leafing through a list that has more pages than can be leafed through, and one too long to be counted."""

from urllib.parse import parse_qsl

import pytest

from components import ids
from data_access import listing_rows
from tests.components.tree import nodes, text
from tests.pages.test_laporan import screens, shown, state

__all__ = ["screens", "state"]  # fixtures
pytestmark = pytest.mark.db


def numbers(parts: dict) -> list[str]:
    return [row["number"] for row in parts[ids.LIST_TABLE, "data"]["rows"]]


def links(part) -> dict[str, str]:
    """Words -> address."""
    return {text(node): node.href for node in nodes(part) if getattr(node, "href", None)}


@pytest.mark.parametrize("order", ["masuk", "terlama"])
def test_every_row_is_reached_page_by_page_and_day_by_day(screens, state, monkeypatch, order):
    monkeypatch.setattr(listing_rows, "PAGES_AT_MOST", 8)
    asked = {"periode": "2026-10", "unit": "D-BM", "urut": order}
    total = int(getattr(next(_counts(shown(screens, state, **asked))), "data-list-count"))
    seen, rounds = set(), 0
    while asked:
        rounds += 1
        for page in range(1, listing_rows.PAGES_AT_MOST + 1):
            parts = shown(screens, state, **asked, halaman=str(page))
            seen |= set(numbers(parts))
        further = [href for words, href in links(parts[ids.LIST_NOTE, "children"]).items() if "Lanjutkan" in words]
        asked = asked | dict(parse_qsl(further[0][1:])) if further else None
    assert len(seen) == total > 8 * listing_rows.ROWS_PER_PAGE
    assert rounds > 1


def _counts(parts: dict):
    return (node for node in nodes(parts[ids.LIST_HEAD, "children"]) if hasattr(node, "data-list-count"))


def test_a_list_too_long_to_be_counted_is_leafed_through_to_its_end(screens, state, monkeypatch):
    monkeypatch.setattr(listing_rows, "count", lambda *_: listing_rows.Count(60, exact=False))
    asked = {"periode": "2026-10", "unit": "W-31.71.01"}
    first = shown(screens, state, **asked)
    assert "Lebih dari 60 laporan" in text(first[ids.LIST_HEAD, "children"])
    page, seen = 1, []
    while True:
        parts = shown(screens, state, **asked, halaman=str(page))
        seen += numbers(parts)
        pager = parts[ids.LIST_PAGES, "children"]
        assert " dari " not in text(pager)
        if "Berikutnya" not in links(pager):
            break
        page += 1
    monkeypatch.undo()
    assert page > 2 and len(seen) == len(set(seen)) > 100
