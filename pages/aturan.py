"""Aturan `/aturan`: the rulebook rendered from its YAML; `?buku=` chooses another one."""

from datetime import UTC, datetime

from dash import register_page

from components.rules_page import rules_page
from data_access.scored_reports import RULEBOOK
from scoring import periods, rulebook
from scoring.rulebook import Rulebook

register_page(__name__, path="/aturan", name="Aturan", title="Aturan", order=14)


def layout(buku=None, **_query):
    """The rules as they are in the running month; of the book the scores are made with when no other one is asked."""
    books = _books()
    book = next((book for book in books if book.name == buku), books[0])
    running = periods.of(datetime.now(UTC))
    return rules_page(book, book.at(max(running, book.first_period)), books)


def _books() -> list[Rulebook]:
    """Every rulebook, the one in use first."""
    names = sorted(rulebook.available(), key=lambda name: (name != RULEBOOK, name))
    return [rulebook.load(name) for name in names]
