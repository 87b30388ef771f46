"""What would change a row: the cues that `why` names are taken out of the stored parse, one at a time, and the article is coded again.

A deleted cue is a token without a word: its characters are blanked, its place in the parse stays. So the answer is about the coder,
not about how a parser would read another sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman import pipeline
from dragoman.annotate.columns import Annotations
from dragoman.codebook import BUILT_IN
from dragoman.records import Article, Event, Span

if TYPE_CHECKING:
    from dragoman.ledger.store import Ledger

_BLANK = "_"
# Fields whose cue is a word of the predicate or of its clause; a date or a place that is gone changes only itself.
_FIELDS = ("type", "object", "mode", "factuality", "contexts", "actors", "recipients", "voice")


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of an event without one cue.

    Attributes:
        cue: the characters taken out.
        field: which field named them.
        becomes: fields that change, as (name, before, after); one (`event`, type, None) where no event is left.
        rule: the rule that sets the type then; None where no event is left.
    """

    cue: Span
    field: str
    becomes: tuple[tuple[str, str | None, str | None], ...]
    rule: str | None


def what_would_change(ledger: Ledger, event: str, folder: Path = BUILT_IN) -> tuple[Change, ...]:
    """The cues of a stored event without which it would be coded otherwise, as the codebooks stand now.

    Args:
        ledger: where the event is.
        event: its id in the ledger.
        folder: the codebooks.

    Returns:
        One change for each cue that matters, in the order of the row's reasons; nothing where today's codebooks no longer make the event.
    """
    row = next((row for row in ledger.latest("events").to_pylist() if row["id"] == event), None)
    found = next(iter(ledger.annotations([row["article"]])), None) if row else None
    if row is None or found is None:
        return ()
    article, notes = found
    return changes(article, notes, row["start"], row["end"], folder)


def changes(article: Article, notes: Annotations, start: int, end: int, folder: Path = BUILT_IN) -> tuple[Change, ...]:
    """The same for an event by the characters of its trigger in one article."""
    before = _at(_events(article, notes, folder), start, end)
    if before is None:
        return ()
    return tuple(change for cue, field in _cues(before) if (change := _without(article, notes, before, cue, field, folder)).becomes)


def _cues(event: Event) -> Iterator[tuple[Span, str]]:
    """The characters that the reasons name, each once, under the first field that names them."""
    seen = set()
    for why in event.why:
        if why.field in _FIELDS and why.start is not None and why.end is not None and (why.start, why.end) not in seen:
            seen.add((why.start, why.end))
            yield Span(why.start, why.end, ""), why.field


def _without(article: Article, notes: Annotations, before: Event, cue: Span, field: str, folder: Path) -> Change:
    named = notes.chars(cue.start, cue.end)
    after = _at(_events(article, _blanked(notes, cue.start, cue.end), folder), before.trigger.start, before.trigger.end)
    if after is None:
        return Change(named, field, (("event", before.type, None),), None)
    old, new = _codes(before), _codes(after)
    return Change(named, field, tuple((name, old[name], new[name]) for name in old if old[name] != new[name]), after.why[0].rule)


def _codes(event: Event) -> dict[str, str | None]:
    """What a user filters by."""
    sides = {name: " + ".join(sorted(side.country or side.name or side.span.surface for side in getattr(event, name))) or None for name in ("actors", "recipients")}
    return {"type": event.type, "mode": event.mode, "factuality": event.factuality, **sides}


def _blanked(notes: Annotations, start: int, end: int) -> Annotations:
    """The parse with the words of a span gone."""
    gone = set(notes.tokens(start, end))
    text = "".join(sign if sign.isspace() else _BLANK for sign in notes.text[start:end])
    lemma = tuple(_BLANK if token in gone else lemma for token, lemma in enumerate(notes.lemma))
    ent = tuple("" if token in gone else label for token, label in enumerate(notes.ent))
    return replace(notes, text=notes.text[:start] + text + notes.text[end:], lemma=lemma, ent=ent)


def _events(article: Article, notes: Annotations, folder: Path) -> tuple[Event, ...]:
    return pipeline.run(replace(article, text=notes.text), notes, "", folder=folder).reading(notes, "").events


def _at(events: tuple[Event, ...], start: int, end: int) -> Event | None:
    """The event whose trigger touches the characters."""
    return next((event for event in events if event.trigger.start < end and start < event.trigger.end), None)
