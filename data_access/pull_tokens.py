"""Tokens that open pulls and nothing else: made by the operator, kept as hashes, taken back at once."""

import argparse
import hashlib
import re
import secrets
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

import psycopg

from data_access import engine
from data_access.commands import open_for_work, say
from data_access.dimensions import Dimensions
from data_access.scope import EVERYTHING, Scope
from data_access.settings import settings

LENGTH = 32  # bytes of a token
SHAPE = re.compile(r"[A-Za-z0-9_-]{20,100}")
NAME = re.compile(r"[A-Za-z0-9 ._-]{1,60}")
USED = """
update pantau.pull_token set last_used_at = now() where token_sha256 = %s and revoked_at is null returning unit_ids
"""


@dataclass(frozen=True)
class Known:
    """A token as it may be shown: never itself."""

    name: str
    unit_ids: list[str] | None
    made_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None


def digest(token: str) -> str:
    """What is kept of a token: it is random and long, so a plain hash cannot be turned round."""
    return hashlib.sha256(token.encode()).hexdigest()


def make(state: psycopg.Connection, name: str, unit_ids: list[str] | None) -> str:
    """A new token, shown this once. Raises ValueError for a name that is taken or odd, psycopg.Error."""
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a token: letters, digits, blanks and . _ - alone")
    token = secrets.token_urlsafe(LENGTH)
    query = """
        insert into pantau.pull_token (token_sha256, name, unit_ids, made_at) values (%s, %s, %s, now())
        on conflict (name) do nothing
    """
    if not state.execute(query, [digest(token), name, unit_ids]).rowcount:
        raise ValueError(f"there is a token {name!r} already; revoke it, and give the new one another name")
    return token


def revoke(state: psycopg.Connection, name: str) -> bool:
    """Take a token back; False when there is none of that name that still opens anything."""
    query = "update pantau.pull_token set revoked_at = now() where name = %s and revoked_at is null"
    return state.execute(query, [name]).rowcount == 1


def listed(state: psycopg.Connection) -> list[Known]:
    """All tokens, the oldest first."""
    query = "select name, unit_ids, made_at, revoked_at, last_used_at from pantau.pull_token order by made_at"
    return [Known(*row) for row in state.execute(query)]


def scope_of(state: psycopg.Connection, token: str, names: Dimensions) -> Scope | None:
    """What the token may see: its units with everything below them. None for one that opens nothing.

    The hash is looked up, never the token compared sign by sign.
    """
    if not SHAPE.fullmatch(token):
        return None
    row = state.execute(USED, [digest(token)]).fetchone()
    if row is None:
        return None
    if row[0] is None:
        return EVERYTHING
    inside = [names.subtree(unit_id) for unit_id in row[0] if names.unit_code(unit_id)]
    seen = {unit.unit_id for place, unit in enumerate(names.units) if place and any(mask[place] for mask in inside)}
    return Scope(everything=False, unit_ids=frozenset(seen))


def _check_units(unit_ids: list[str]) -> None:
    """ValueError for one that the CRM does not know: its token would open nothing, and nobody would see why."""
    connection = engine.open_connection(settings().crm_dsn)
    with closing(connection):
        known = {unit_id for (unit_id,) in connection.execute("select unit_id from crm.unit")}
    if unknown := [unit_id for unit_id in unit_ids if unit_id not in known]:
        raise ValueError(f"--unit {unknown[0]}: the CRM knows no such unit")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """make NAME [--unit U ...] | list | revoke NAME."""
    deeds = parser.add_subparsers(metavar="DEED", required=True, dest="deed")
    making = deeds.add_parser("make", help="make a token; it is shown this once")
    making.add_argument("name")
    making.add_argument("--unit", nargs="+", metavar="U", help="what it may see, with all below; without: everything")
    deeds.add_parser("list", help="the tokens there are")
    deeds.add_parser("revoke", help="take a token back").add_argument("name")


def run(arguments: argparse.Namespace) -> int:
    """Do it and say so. Raises ValueError, DatabaseUnavailable, psycopg.Error."""
    with open_for_work(settings().state_dsn) as state:
        if arguments.deed == "make":
            _check_units(arguments.unit or [])
            say(make(state, arguments.name, arguments.unit))
        elif arguments.deed == "revoke":
            if not revoke(state, arguments.name):
                raise ValueError(f"there is no token {arguments.name!r} that opens anything")
            say(f"{arguments.name} opens nothing any more")
        else:
            for one in listed(state):
                until = f"revoked {one.revoked_at:%Y-%m-%d}" if one.revoked_at else "valid"
                used = f"{one.last_used_at:%Y-%m-%d %H:%M}" if one.last_used_at else "never"
                say(f"{one.name}: {until}, sees {', '.join(one.unit_ids or ['everything'])}, last used {used}")
    return 0
