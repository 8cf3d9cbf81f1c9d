"""Scope: which units a session may see. It comes from the server session only, and keys every cached answer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """Units a session may see. `everything` sees all; otherwise only `unit_ids` and nothing else."""

    everything: bool
    unit_ids: frozenset[str] = frozenset()

    def key(self) -> str:
        """A short text that is equal for two scopes exactly when they see the same."""
        return "*" if self.everything else ",".join(sorted(self.unit_ids)) or "-"


EVERYTHING = Scope(everything=True)
NOTHING = Scope(everything=False)
