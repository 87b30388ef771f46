"""Announced deeds as words given: "the ministry said it will release the men" is a release in the future and an AGREE now.

After the PLOVER manual, cooperative actions in the future tense imply an agreement and hostile ones a threat. A row is made only when the
doer himself (or the article) speaks: what an analyst expects of somebody is nobody's promise, what an article says was once planned
is no word given now, and a threat needs somebody whom it threatens. The types and cues are data (`codebooks/intentions.yaml`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from dragoman.annotate.columns import Annotations
from dragoman.code.ontology import ONTOLOGY
from dragoman.codebook import BUILT_IN, read_yaml
from dragoman.records import Article, Claim, Event, Evidence, Mention, Span, content_id

# The word given is what the sentence reports; the deed itself is still to come, so it ranks just below.
_ABOVE_DEED = 0.03


@dataclass(frozen=True)
class Intentions:
    """Type of the deed -> type of the word given; types whose refusal is a REJECT; the factuality rules that show an intent.

    `aimed` are words given that need a recipient, `telling` the deeds that make one by themselves when their doer says so, `shared` deeds that
    need a second side, `plans` the cues that give no word where an article speaks of the past.
    """

    types: Mapping[str, str]
    refused: frozenset[str]
    cues: frozenset[str]
    aimed: frozenset[str]
    telling: frozenset[str]
    shared: frozenset[str]
    plans: frozenset[str]


@lru_cache(maxsize=4)
def load_intentions(folder: Path = BUILT_IN) -> Intentions:
    """The intentions of a codebook folder."""
    data = read_yaml(folder / "intentions.yaml")
    types = {deed: kind for kind in ("AGREE", "THREATEN") for deed in data[kind]}
    return Intentions(types, frozenset(data["REJECT"]), *(frozenset(data[name]) for name in ("cues", "aimed", "telling", "shared", "plans")))


def announced(article: Article, notes: Annotations, events: Sequence[Event], claims: Sequence[Claim], mentions: Sequence[Mention], book: Intentions) -> tuple[Event, ...]:
    """The events, and a word given for each announced deed; in text order."""
    triggers = {(event.trigger.start, event.trigger.end) for event in events}
    given = {made.id: made for event in events for made in _given(article, notes, event, claims, mentions, book) if (made.trigger.start, made.trigger.end) not in triggers}
    return tuple(sorted((*events, *given.values()), key=lambda event: (event.trigger.start, event.trigger.end)))


def _given(article: Article, notes: Annotations, event: Event, claims: Sequence[Claim], mentions: Sequence[Mention], book: Intentions) -> Iterator[Event]:
    cue = next((why for why in event.why if why.field == "factuality"), None)
    kind = _kind(notes, event, cue, book)
    if kind is None or cue is None or cue.start is None or cue.end is None:
        return
    if not any(actor.country or actor.sector for actor in event.actors) or not _speaks_for_himself(event, claims, mentions):
        return
    if not _aimed(event, kind, book) or (event.voice is None and _once_meant(notes, cue, book)):
        return
    trigger = Span(cue.start, cue.end, article.text[cue.start : cue.end])
    why = (Evidence("type", f"plover.{kind}.announced-deed", cue.start, cue.end), *(w for w in event.why if w.field in ("actors", "recipients", "contexts", "voice", "confidence")),
           Evidence("factuality", "factuality.asserted", cue.start, cue.end))  # fmt: skip
    yield replace(
        event, id=content_id(article.sha256, "event", trigger.start, trigger.end), trigger=trigger, type=kind, mode=None, cameo=ONTOLOGY.cameo(kind, None),
        quad=ONTOLOGY.quads[kind], score=ONTOLOGY.score(kind, None), factuality="actual", date=None, date_how=None, place=None,
        confidence=min(0.99, round(event.confidence + _ABOVE_DEED, 3)), why=why,
    )  # fmt: skip


def _kind(notes: Annotations, event: Event, cue: Evidence | None, book: Intentions) -> str | None:
    """The type of the word given; None if the event gives none."""
    if cue is not None and event.factuality == "future" and cue.rule.removeprefix("factuality.") in book.cues:
        return book.types.get(event.type)
    will = event.factuality == "negated" and any(f"modal.{notes.lower[child]}" in book.cues for child in notes.having(event.head, "aux"))
    return "REJECT" if will and event.type in book.refused else None


def _aimed(event: Event, kind: str, book: Intentions) -> bool:
    """Whether a word has somebody to whom it is given.

    A curfew that the police announce threatens nobody, a boycott that a party announces speaks for itself, a council that will meet promises nothing.
    """
    named = any(side.country or side.sector for side in event.recipients)
    if kind in book.aimed:
        return named or (event.voice is not None and event.type in book.telling)
    return event.type not in book.shared or named or len(event.actors) > 1


def _once_meant(notes: Annotations, cue: Evidence, book: Intentions) -> bool:
    """Whether the cue tells what was meant in the past: *he had planned to visit*, *she was due to resign*."""
    if cue.rule.removeprefix("factuality.") not in book.plans or cue.start is None or cue.end is None:
        return False
    token = notes.tokens(cue.start, cue.end)[0]
    verb = token if notes.pos[token] in ("VERB", "AUX") else notes.head[token]
    return notes.tag[verb] in ("VBD", "VBN")


def _speaks_for_himself(event: Event, claims: Sequence[Claim], mentions: Sequence[Mention]) -> bool:
    """Whether the article, the doer or somebody of the doer's country says so."""
    if event.voice is None:
        return True
    sources = [mentions[claim.source] for claim in claims if claim.source_span == event.voice and claim.source is not None]
    doers = {actor.entity for actor in event.actors}
    countries = {actor.country for actor in event.actors if actor.country}
    return any(source.entity in doers or source.country in countries for source in sources)
