"""dragoman reads the news and keeps a ledger of what states and their rivals do to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.ledger.store import Ledger

__version__ = "0.1.0"
__all__ = ["Ledger", "__version__"]


def __getattr__(name: str) -> Any:
    """Public names, loaded when they are first asked for: the import of dragoman itself stays quick."""
    if name == "Ledger":
        from dragoman.ledger.store import Ledger

        return Ledger
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
