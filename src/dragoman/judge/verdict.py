"""What is judged of a coded event besides its type: factuality, who says so, when, and where."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman.annotate.columns import Annotations
from dragoman.extract.times import iso
from dragoman.judge.factuality import Cues, Judge
from dragoman.records import Article, Claim, Event, Evidence, Figure, Mention, Place, Span, Timex, Toponym

VERSION = "1"
_CLAUSE_ENDS = ("ccomp", "advcl", "relcl", "conj", "ROOT", "parataxis")
_GOING = ("visit", "leave", "enter", "invade", "tour", "reach", "attack", "bomb", "shell", "strike", "hit", "occupy", "capture", "seize", "liberate")
_PLACE_PREPOSITIONS = ("in", "at", "near", "outside", "inside", "across", "from", "to", "into", "around", "off", "over", "on", "through", "throughout", "along", "of")
_RELATIVE_WORDS = ("yesterday", "today", "tomorrow", "tonight", "ago", "last", "next", "this", "later", "earlier",
                   "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def judge(
    article: Article, notes: Annotations, mentions: Sequence[Mention], events: Sequence[Event], claims: Sequence[Claim], timexes: Sequence[Timex],
    toponyms: Sequence[Toponym], cues: Cues
) -> tuple[Event, ...]:
    """The events with factuality, voice, date and place, each with its reason."""
    judges, voices = Judge(notes, cues), Voices.of(notes, claims, mentions)
    usable = [timex for timex in timexes if timex.type in ("DATE", "TIME") and timex.value and iso(timex.value)]
    return tuple(_judged(notes, event, judges, voices, usable, toponyms, article.date) for event in events)


def _judged(notes: Annotations, event: Event, judges: Judge, voices: Voices, timexes: Sequence[Timex], toponyms: Sequence[Toponym], published: str | None) -> Event:
    given = next((why for why in event.why if why.field == "factuality"), None)
    value, because = (event.factuality, given) if given else judges.factuality(event.head)
    voice, voice_why = voices.at(notes.span(event.head, event.head))
    date, how, date_why = _date(notes, event, timexes, published is not None, judges.cues.light)
    if value == "actual" and not given and _comes_later(notes, event, date, published):
        value, because = "future", Evidence("factuality", "factuality.dated-later", date_why[0].start, date_why[0].end)
    place, place_why = _place(notes, event, toponyms, judges.cues.light)
    why = (*event.why, *(() if given else (because,)), *voice_why, *date_why, *place_why)
    return replace(event, factuality=value, voice=voice, date=date, date_how=how, place=place, why=why)


@dataclass(frozen=True)
class Voices:
    """The claims of an article that assert something, by the start of their pieces: who says what stands at a place."""

    pieces: tuple[tuple[int, int, Claim], ...]
    starts: tuple[int, ...]
    longest: int
    mentions: tuple[Mention, ...]

    @classmethod
    def of(cls, notes: Annotations, claims: Sequence[Claim], mentions: Sequence[Mention]) -> Voices:
        """The voices of an article."""
        pieces = sorted(((piece.start, piece.end, claim) for claim in claims if claim.source_span and _asserts(notes, claim) for piece in claim.content), key=lambda item: item[:2])
        return cls(tuple(pieces), tuple(start for start, _, _ in pieces), max((end - start for start, end, _ in pieces), default=0), tuple(mentions))

    def at(self, span: Span) -> tuple[Span | None, tuple[Evidence, ...]]:
        """The source of the innermost assertion whose content holds the span; None when the article itself speaks."""
        first, stop = bisect_left(self.starts, span.start - self.longest), bisect_right(self.starts, span.start)
        holding = [claim for _, end, claim in self.pieces[first:stop] if span.end <= end]
        inner = max(holding, key=lambda claim: (claim.depth, -sum(piece.end - piece.start for piece in claim.content)), default=None)
        inner = self._spelt_out(inner, holding)
        if inner is None or inner.source_span is None:
            return None, ()
        cue = inner.cue or inner.source_span
        return inner.source_span, (Evidence("voice", inner.why[0].rule if inner.why else "attribution", cue.start, cue.end),)


    def _spelt_out(self, inner: Claim | None, holding: Sequence[Claim]) -> Claim | None:
        """*The analyst said he believed ...*: the outer source, where the inner one only stands for it."""
        if inner is None or inner.source is None:
            return inner
        entity = self.mentions[inner.source].entity
        same = [claim for claim in holding if claim.source is not None and self.mentions[claim.source].entity == entity]
        return min(same, key=lambda claim: claim.depth, default=inner)


def voiced(notes: Annotations, figures: Sequence[Figure], claims: Sequence[Claim], mentions: Sequence[Mention]) -> tuple[Figure, ...]:
    """The figures with the source that quotes each."""
    voices = Voices.of(notes, claims, mentions)
    return tuple(replace(figure, voice=voices.at(figure.span)[0]) for figure in figures)


def _asserts(notes: Annotations, claim: Claim) -> bool:
    """Whether a claim says that something is so or is to be: words quoted, or a clause (*denounced the test* asserts no test, *nor did he say* nothing)."""
    if claim.cue_head is not None and any(notes.dep[child] == "neg" or notes.lower[child] == "nor" for child in notes.children[claim.cue_head]):
        return False
    if claim.form != "indirect":
        return True
    unknown = claim.source is None and claim.source_span is not None and claim.source_span.surface.lower() in ("it", "this", "that", "which")
    tokens = (token for piece in claim.content for token in notes.tokens(piece.start, piece.end))
    return not unknown and claim.kind_class in ("speech", "belief", "directive") and any(notes.pos[token] in ("VERB", "AUX") for token in tokens)


# --- when ---
def _date(notes: Annotations, event: Event, timexes: Sequence[Timex], dated: bool, light: frozenset[str]) -> tuple[str | None, str | None, tuple[Evidence, ...]]:
    """The date that governs the event: the nearest dated expression of its own clause, else of the clause that it hangs on."""
    sentence = notes.sentence_of[event.head]
    usable = [timex for timex in timexes if notes.sentence_of[timex.last] == sentence]
    for roots in _levels(notes, event.head, light):
        near = [(distance, timex.first, timex) for timex in usable if (distance := _distance(notes, roots, timex)) is not None]
        if near:
            timex = min(near, key=lambda item: item[:2])[2]
            how = "publication" if dated and any(word in _RELATIVE_WORDS for word in timex.span.surface.lower().split()) else "text"
            return iso(timex.value or ""), how, (Evidence("date", timex.rule, timex.span.start, timex.span.end),)
    return None, None, ()


def _levels(notes: Annotations, head: int, light: frozenset[str]) -> Iterator[set[int]]:
    """The event's word, with the verb that carries it; then the clauses above that share their time with it."""
    yield {head, *_verb_over(notes, head, light)}
    node = head
    while notes.head[node] != node and (notes.dep[node] in ("advcl", "conj", "xcomp") or (notes.dep[node] == "pobj" and notes.lower[notes.head[node]] in ("in", "during", "by"))):
        node = notes.head[notes.head[node]] if notes.dep[node] == "pobj" else notes.head[node]
        yield {node}


def _distance(notes: Annotations, roots: set[int], timex: Timex) -> int | None:
    """Steps in the tree from the time expression up to one of the words, if it belongs to their clause."""
    steps = 0
    for above in (timex.last, *notes.ancestors(timex.last)):
        if above in roots:
            return steps
        if notes.dep[above] in _CLAUSE_ENDS and notes.pos[above] in ("VERB", "AUX"):
            return None
        steps += 1
    return None


def _verb_over(notes: Annotations, head: int, light: frozenset[str]) -> set[int]:
    """For an event noun that is subject of a verb or object of a light one, the verb: *the attack came on Monday*, *held talks on Monday*."""
    verb = notes.head[head]
    carried = notes.dep[head] in ("nsubj", "nsubjpass") or (notes.dep[head] == "dobj" and notes.lemma[verb] in light)
    return {verb} if notes.pos[head] in ("NOUN", "PROPN") and carried and notes.pos[verb] in ("VERB", "AUX") else set()


def _comes_later(notes: Annotations, event: Event, date: str | None, published: str | None) -> bool:
    """*heads to Brussels next week*: what is dated after publication, and not told in the past tense, has not happened yet."""
    return bool(date and published and date.split("/")[0] > published) and notes.tag[event.head] not in ("VBD", "VBN")


# --- where ---
def _place(notes: Annotations, event: Event, toponyms: Sequence[Toponym], light: frozenset[str]) -> tuple[Place | None, tuple[Evidence, ...]]:
    """The toponym that a preposition of place (or a verb of going) ties to the event: the nearest, and of those the finest."""
    roots = {event.head, *_verb_over(notes, event.head, light)}
    here = [found for found in toponyms if notes.sentence_of[found.last] == notes.sentence_of[event.head]]
    near = [(steps, found.precision == "country", found.span.start, found) for found in here if (steps := _tied(notes, roots, found)) is not None]
    if not near:
        return None, ()
    found = min(near, key=lambda item: item[:3])[3]
    place = Place(found.span, found.name, found.country, found.lat, found.lon, found.geonames_id, found.precision)
    return place, (Evidence("place", "places.governed", found.span.start, found.span.end),)


def _tied(notes: Annotations, roots: set[int], toponym: Toponym) -> int | None:
    steps, prep = 0, notes.dep[toponym.last] == "dobj" and notes.lemma[notes.head[toponym.last]] in _GOING
    for above in (toponym.last, *notes.ancestors(toponym.last)):
        if above in roots:
            return steps if prep else None
        if notes.dep[above] in _CLAUSE_ENDS and notes.pos[above] in ("VERB", "AUX"):
            return None
        prep = prep or (notes.dep[above] == "prep" and notes.lower[above] in _PLACE_PREPOSITIONS)
        steps += 1
    return None
