"""Settings, read once from the environment. A missing or unusable value fails with its name and what to do."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path


class SettingsError(Exception):
    """A setting is missing or unusable; the message is one line that says how to mend it."""


@dataclass(frozen=True)
class Settings:
    """Where the data are. DSNs are libpq URLs (`postgresql://user@host:5432/name`)."""

    crm_dsn: str
    state_dsn: str
    redis_url: str | None
    boundaries: Path | None
    tile_url: str | None
    tile_attribution: str
    secret_key: str | None
    contacts: Path | None = None
    letterhead: Path | None = None
    smtp_url: str | None = None
    mail_from: str | None = None


def from_environment(environment: dict[str, str]) -> Settings:
    """Read settings from a mapping such as `os.environ`. Raises SettingsError with the name of what is missing."""
    crm_dsn = _required(environment, "CRM_DSN", "the CRM to read, e.g. postgresql://reader@db.example/crm")
    return Settings(
        crm_dsn=crm_dsn,
        state_dsn=environment.get("STATE_DSN") or crm_dsn,
        redis_url=environment.get("REDIS_URL") or None,
        boundaries=_file(environment, "BOUNDARIES", "a GeoJSON keyed by Kemendagri code"),
        tile_url=environment.get("TILE_URL") or None,
        tile_attribution=environment.get("TILE_ATTRIBUTION", ""),
        secret_key=environment.get("SECRET_KEY") or None,
        contacts=_file(environment, "CONTACTS", "a CSV with the columns unit_id, email, whatsapp"),
        letterhead=_file(environment, "LETTERHEAD", "a YAML with the letterhead of documents"),
        smtp_url=environment.get("SMTP_URL") or None,
        mail_from=environment.get("MAIL_FROM") or None,
    )


@cache
def settings() -> Settings:
    """The settings of this process."""
    return from_environment(dict(os.environ))


def _file(environment: dict[str, str], name: str, meaning: str) -> Path | None:
    value = environment.get(name)
    if value and not Path(value).is_file():
        raise SettingsError(f"{name}={value}: no such file; name {meaning} or unset it")
    return Path(value) if value else None


def _required(environment: dict[str, str], name: str, meaning: str) -> str:
    value = environment.get(name, "").strip()
    if not value:
        raise SettingsError(f"{name} is not set: {meaning}. `make run` sets it for the simulated city.")
    return value
