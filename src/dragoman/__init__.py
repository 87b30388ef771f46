"""dragoman reads the news and keeps a ledger of what states and their rivals do to one another.

    import dragoman
    reading = dragoman.annotate("Kenya reopened its border with Somalia on Monday.", published="2025-06-04")
    ledger = dragoman.Ledger("my-ledger")
    ledger.events(actor="KEN", factuality="actual")

Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.extract.who import Identification
    from dragoman.ledger.store import Ledger
    from dragoman.records import Reading

__version__ = "0.1.0"
__all__ = ["Ledger", "__version__", "annotate", "who"]


def annotate(
    text: str, published: str | None = None, *, title: str | None = None, outlet: str | None = None, url: str | None = None, model: str | None = None,
    codebook: str | Path | None = None,
) -> Reading:
    """The reading of one text; `dragoman.reading.to_json` makes JSON of it.

    Args:
        text: the article; every span of the reading counts its characters (code points).
        published: the day of publication (YYYY-MM-DD); without it relative dates stay unresolved.
        title: the headline, kept as it is.
        outlet: who published it.
        url: where.
        model: an installed spaCy pipeline; the built-in one if none is named.
        codebook: a folder of codebooks; the built-in ones if none is named.

    Raises:
        BadDate: `published` is no ISO day.
        UnknownModel: no such pipeline is installed.
        CodebookError: a codebook cannot be used.
    """
    from dragoman.run.local import annotate_text

    return annotate_text(text, published, title=title, outlet=outlet, url=url, model=model, codebook=codebook)


def who(description: str, on: str, country: str | None = None, *, ledger: str | Path | None = None, codebook: str | Path | None = None) -> Identification:
    """Who an office or a name means on a day, by the dated tables; `how` says whether that is certain, and nobody is named outside of their dates.

    Args:
        description: "the chancellor", "France's former foreign minister", "Angela Merkel".
        on: the day (YYYY-MM-DD).
        country: ISO 3166-1 alpha-3, where the words do not say whose.
        ledger: folder of a ledger: what its articles agree on counts as well.
        codebook: a folder of codebooks; the built-in ones if none is named.

    Raises:
        SettingError: `on` is no ISO day, or `country` no code.
        NoLedger, CodebookError: the ledger or a codebook cannot be used.
    """
    from dragoman.link.learning import identify

    return identify(description, on, country, ledger, codebook)


def __getattr__(name: str) -> Any:
    """`Ledger`, imported when it is first asked for."""
    if name == "Ledger":
        from dragoman.ledger.store import Ledger

        return Ledger
    raise AttributeError(f"module `dragoman` has no attribute `{name}`")
