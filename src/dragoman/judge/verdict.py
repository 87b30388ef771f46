"""What is judged of a coded event besides its type: factuality, who says so, when, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.annotate.columns import Annotations
from dragoman.extract.times import iso
from dragoman.judge.factuality import Cues, Judge
from dragoman.records import Article, Claim, Event, Evidence, Figure, Place, Span, Timex, Toponym

VERSION = "1"
_CLAUSE_ENDS = ("ccomp", "advcl", "relcl", "conj", "ROOT", "parataxis")
_PLACE_PREPOSITIONS = ("in", "at", "near", "outside", "inside", "across", "from", "to", "into", "around", "off", "over", "on", "through", "throughout", "along")
_RELATIVE_WORDS = ("yesterday", "today", "tomorrow", "tonight", "ago", "last", "next", "this", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "later", "earlier")


def judge(
    article: Article, notes: Annotations, events: Sequence[Event], claims: Sequence[Claim], timexes: Sequence[Timex], toponyms: Sequence[Toponym], cues: Cues
) -> tuple[Event, ...]:
    """The events with factuality, voice, date and place, each with its reason."""
    judges = Judge(notes, cues)
    return tuple(_judged(notes, event, judges, claims, timexes, toponyms, article.date is not None) for event in events)


def _judged(notes: Annotations, event: Event, judges: Judge, claims: Sequence[Claim], timexes: Sequence[Timex], toponyms: Sequence[Toponym], dated: bool) -> Event:
    value, because = judges.factuality(event.head) if event.factuality == "actual" else (event.factuality, Evidence("factuality", event.why[0].rule, event.trigger.start, event.trigger.end))
    voice, voice_why = voice_of(event.trigger, claims)
    date, how, date_why = _date(notes, event, timexes, dated)
    place, place_why = _place(notes, event, toponyms)
    why = (*event.why, because, *voice_why, *date_why, *place_why)
    return replace(event, factuality=value, voice=voice, date=date, date_how=how, place=place, why=why)


def voiced(figures: Sequence[Figure], claims: Sequence[Claim]) -> tuple[Figure, ...]:
    """The figures with the source that quotes each."""
    return tuple(replace(figure, voice=voice_of(figure.span, claims)[0]) for figure in figures)


def voice_of(span: Span, claims: Sequence[Claim]) -> tuple[Span | None, tuple[Evidence, ...]]:
    """The source of the innermost claim whose content holds the span; None when the article itself speaks."""
    holding = [claim for claim in claims if claim.source_span and any(piece.start <= span.start and span.end <= piece.end for piece in claim.content)]
    inner = max(holding, key=lambda claim: (claim.depth, -sum(piece.end - piece.start for piece in claim.content)), default=None)
    if inner is None or inner.source_span is None:
        return None, ()
    cue = inner.cue or inner.source_span
    return inner.source_span, (Evidence("voice", inner.why[0].rule if inner.why else "attribution", cue.start, cue.end),)


# --- when ---
def _date(notes: Annotations, event: Event, timexes: Sequence[Timex], dated: bool) -> tuple[str | None, str | None, tuple[Evidence, ...]]:
    """The date that governs the event: the nearest dated expression in its own clause."""
    near = [(distance, timex) for timex in timexes if timex.type in ("DATE", "TIME") and timex.value and (distance := _distance(notes, event.head, timex)) is not None]
    for _, timex in sorted(near, key=lambda pair: pair[0]):
        date = iso(timex.value) if timex.value else None
        if date is not None:
            how = "publication" if dated and any(word in _RELATIVE_WORDS for word in timex.span.surface.lower().split()) else "text"
            return date, how, (Evidence("date", timex.rule, timex.span.start, timex.span.end),)
    return None, None, ()


def _distance(notes: Annotations, head: int, timex: Timex) -> int | None:
    """Steps in the tree from the time expression up to the event's word, if it belongs to the event's clause."""
    steps = 0
    node = timex.last
    roots = {head, *_verb_over(notes, head)}
    for above in (node, *notes.ancestors(node)):
        if above in roots:
            return steps + (above != head)
        if notes.dep[above] in _CLAUSE_ENDS and notes.pos[above] in ("VERB", "AUX"):
            return None
        steps += 1
    return None


def _verb_over(notes: Annotations, head: int) -> set[int]:
    """For an event noun that is subject or object of a verb, the verb: *the attack came on Monday*."""
    if notes.pos[head] in ("NOUN", "PROPN") and notes.dep[head] in ("nsubj", "nsubjpass", "dobj") and notes.pos[notes.head[head]] in ("VERB", "AUX"):
        return {notes.head[head]}
    return set()


# --- where ---
def _place(notes: Annotations, event: Event, toponyms: Sequence[Toponym]) -> tuple[Place | None, tuple[Evidence, ...]]:
    """The toponym that a preposition of place ties to the event; the nearest, finest first."""
    taken = {(side.span.start, side.span.end) for side in (*event.actors, *event.recipients) if side.span}
    near = []
    for toponym in toponyms:
        steps = _tied(notes, event.head, toponym)
        if steps is not None and (toponym.span.start, toponym.span.end) not in taken:
            near.append((steps, toponym.precision == "country", toponym.span.start, toponym))
    if not near:
        return None, ()
    found = min(near, key=lambda item: item[:3])[3]
    place = Place(found.span, found.name, found.country, found.lat, found.lon, found.geonames_id, found.precision)
    return place, (Evidence("place", "places.governed", found.span.start, found.span.end),)


def _tied(notes: Annotations, head: int, toponym: Toponym) -> int | None:
    steps, prep = 0, False
    roots = {head, *_verb_over(notes, head)}
    for above in (toponym.last, *notes.ancestors(toponym.last)):
        if above in roots:
            return steps if prep else None
        if notes.dep[above] in _CLAUSE_ENDS and notes.pos[above] in ("VERB", "AUX"):
            return None
        prep = prep or (notes.dep[above] == "prep" and notes.lower[above] in _PLACE_PREPOSITIONS)
        steps += 1
    return None
