"""The ledger's side of the roster: its observations and decisions, what they teach, and the roster of a ledger."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.codebook import BUILT_IN
from dragoman.errors import SettingError
from dragoman.extract.entry import NOTHING, Learnt
from dragoman.extract.roster import Roster, load
from dragoman.extract.who import Identification
from dragoman.extract.who import who as ask
from dragoman.intake.jsonl import is_day
from dragoman.ledger.codes import codes
from dragoman.ledger.ids import whole_id
from dragoman.link.copies import CopyIndex
from dragoman.link.roster import Candidate, Seen, candidates, is_listed
from dragoman.link.roster import learnt as taught

if TYPE_CHECKING:
    from dragoman.ledger.store import Ledger

_OBSERVATIONS = """SELECT article, coalesce(outlet, '') AS outlet, strftime(published, '%Y-%m-%d') AS day, name, office, country, sector, status, how, rule
                   FROM observations WHERE country IS NOT NULL AND published IS NOT NULL"""
_TEXTS = "SELECT id, text FROM articles WHERE id IN (SELECT unnest(?)) ORDER BY published, id"


def observed(ledger: Ledger, roster: Roster) -> tuple[Seen, ...]:
    """The ledger's observations of offices that one person at a time holds; of those that say something new, copies of another article's words are marked."""
    from dragoman.ledger.query import arrow

    tenures = roster.tenures
    single, answers = cache(tenures.book.meant), cache(tenures.on)
    rows = [Seen(source=row["article"], **row) for row in arrow(ledger, _OBSERVATIONS).to_pylist() if single(row["office"], row["country"])]
    sources = _sources(ledger, sorted({row.article for row in rows if not is_listed(row, answers(row.country, row.office, row.day))}))
    return tuple(replace(row, source=sources[row.article]) if row.article in sources else row for row in rows)


def _sources(ledger: Ledger, articles: list[str]) -> dict[str, str]:
    """For each article that carries another's words the earlier one."""
    from dragoman.ledger.query import arrow

    if not articles:
        return {}
    index, found = CopyIndex(), dict[str, str]()
    texts = arrow(ledger, _TEXTS, [articles])
    for article, text in zip(texts["id"].to_pylist(), texts["text"].to_pylist(), strict=True):
        if overlaps := index.add(article, text):
            found[article] = found.get(overlaps[0].other, overlaps[0].other)
    return found


def decisions(ledger: Ledger) -> dict[str, str]:
    """The latest decision about each candidate."""
    rows = ledger.latest("decisions").select(["id", "verdict"]).to_pylist()
    return {row["id"]: row["verdict"] for row in rows}


def roster_of(ledger: Ledger, folder: Path = BUILT_IN) -> tuple[Candidate, ...]:
    """Every person whom the ledger's articles show in an office, with what has become of it."""
    roster = load(folder)
    return candidates(observed(ledger, roster), roster.tenures, decisions(ledger))


def learnt(ledger: Ledger, folder: Path = BUILT_IN) -> Learnt:
    """What the ledger adds to the tables of actors."""
    roster = load(folder)
    seen = observed(ledger, roster)
    return taught(candidates(seen, roster.tenures, decisions(ledger)), seen, roster.tenures) if seen else NOTHING


def decide(ledger: Ledger, key: str, verdict: str, reason: str, folder: Path = BUILT_IN) -> Candidate:
    """Record a decision about a candidate.

    Args:
        ledger: where.
        key: the candidate's id, or the beginning of one.
        verdict: accept or reject.
        reason: kept with it.
        folder: the codebooks.

    Raises:
        UnknownRow, AmbiguousRow: no candidate, or several, of this id.
    """
    found = {candidate.id: candidate for candidate in roster_of(ledger, folder)}
    chosen = found[whole_id(key, found)]
    ledger.record_decision({"id": chosen.id, "country": chosen.country, "office": chosen.office, "name": chosen.name, "verdict": verdict, "reason": reason})
    return chosen


def identify(description: str, on: str, country: str | None = None, ledger: str | Path | None = None, codebook: str | Path | None = None) -> Identification:
    """Who a description or a name means on a day (see `dragoman.who`)."""
    if not is_day(on):
        raise SettingError("on", detail=f"`{on}` is no ISO day (YYYY-MM-DD).")
    country = codes("country", country)
    folder = Path(codebook) if codebook else BUILT_IN
    extra = NOTHING
    if ledger is not None:
        from dragoman.ledger.store import Ledger

        extra = learnt(Ledger(ledger), folder)
    return ask(description, on, country, load(folder, extra))
