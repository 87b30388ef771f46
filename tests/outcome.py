"""What a command of the command line left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """What a command left: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def codes(self) -> set[str]:
        """Codes of the messages on standard error."""
        return {word for line in self.err.splitlines() for word in line.split()[1:2] if line.startswith("dragoman: D")}


Dragoman = Callable[..., Outcome]
