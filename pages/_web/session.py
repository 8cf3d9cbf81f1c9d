"""Who is looking: the role and the scope of the server session. Nothing a browser sends in a body is asked."""

from flask import Flask, session

from data_access.scope import EVERYTHING, NOTHING, Scope
from data_access.settings import SettingsError

ANONYMOUS = "anonymous"
DEMO = "demo"
ROLES = (ANONYMOUS, DEMO)

MINIMUM_SECRET_LENGTH = 32
MINIMUM_DIFFERENT_CHARACTERS = 10
# Words of published example keys; a random key does not hold them.
PLACEHOLDERS = ("change", "secret", "example", "password", "your_", "default", "insecure")
HOW_TO_MEND = 'set it to the output of `python -c "import secrets; print(secrets.token_urlsafe(48))"`'


def register(server: Flask, secret_key: str | None) -> None:
    """Sign the session cookie with `secret_key`. Raises SettingsError when the key is missing or guessable."""
    server.secret_key = checked_secret(secret_key)
    server.config.update(
        SESSION_COOKIE_NAME="ruang_pantau", SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax"
    )


def checked_secret(secret_key: str | None) -> str:
    """The key itself when it can be trusted; SettingsError otherwise. The message never repeats the key."""
    if not secret_key:
        raise SettingsError(f"SECRET_KEY is not set: {HOW_TO_MEND}. `make run` makes one for the simulated city.")
    if len(secret_key) < MINIMUM_SECRET_LENGTH:
        raise SettingsError(f"SECRET_KEY is shorter than {MINIMUM_SECRET_LENGTH} characters: {HOW_TO_MEND}.")
    known = any(word in secret_key.lower() for word in PLACEHOLDERS)
    if known or len(set(secret_key)) < MINIMUM_DIFFERENT_CHARACTERS:
        raise SettingsError(f"SECRET_KEY is an example or easy to guess: {HOW_TO_MEND}.")
    return secret_key


def start_demo_session() -> None:
    """Give a visitor of a page the demo session, the only one there is before log-in exists."""
    if current_role() == ANONYMOUS:
        session["role"] = DEMO


def current_role() -> str:
    """The role of this request's session; anything unknown is anonymous."""
    role = session.get("role")
    return role if role in ROLES else ANONYMOUS


def current_name() -> str:
    """Who acts, as it is written down: everybody is the demo's officer until there is a log-in."""
    return "Petugas demo"


def current_scope() -> Scope:
    """What this request's session may see: everything for the demo session, nothing without one."""
    return EVERYTHING if current_role() == DEMO else NOTHING
