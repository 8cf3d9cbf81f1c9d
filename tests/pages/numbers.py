"""Every number of a built screen that opens a list of reports, against the length of that list in the database."""

import re
from urllib.parse import parse_qsl, urlsplit

import psycopg
from dash import dcc

from data_access import listing, listing_sql
from data_access.live import State
from data_access.scope import EVERYTHING
from pages._query import canonical, period_or_all_time
from tests.components.tree import nodes, text

WHOLE_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{3})*)(?: (?:laporan|tepat|lewat|belum|selesai|laporan selesai))?")


def counted_links(parts: dict) -> list[tuple[int, str]]:
    """(number shown, address) of the links whose words are a whole number."""
    links = [node for value in parts.values() for node in nodes(value) if isinstance(node, dcc.Link)]
    lists = [link for link in links if link.href.startswith("/laporan") and not link.href.startswith("/laporan/")]
    matches = [(WHOLE_NUMBER.fullmatch(text(link)), link.href) for link in lists]
    return [(int(match[1].replace(".", "")), href) for match, href in matches if match]


def list_length(connection: psycopg.Connection, href: str, state: State) -> int:
    """How many reports the address lists; -1 for one that the list does not understand."""
    given = dict(parse_qsl(urlsplit(href).query))
    if dict(canonical(given, state, listing.NAMES, {"periode": period_or_all_time})) != given:
        return -1
    asked = listing.of_query(given)
    condition, values = listing_sql.condition(EVERYTHING, asked, state.frame.names, state.as_of)
    query = f"select count(*) from {listing_sql.relation()} where {condition}"
    return connection.execute(query, values).fetchone()[0]


def assert_numbers_are_lists(parts: dict, dsn: str, state: State, least: int) -> None:
    """At least `least` numbers, each as large as its list is long."""
    found = counted_links(parts)
    assert len(found) >= least
    with psycopg.connect(dsn) as connection:
        wrong = [(number, href) for number, href in found if list_length(connection, href, state) != number]
    assert wrong == []
