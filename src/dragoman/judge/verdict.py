"""What is judged of a coded event besides its type: factuality, who says so, when, and where."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dragoman.annotate.columns import Annotations
from dragoman.codebook import BUILT_IN
from dragoman.judge.dates import Calendar, spread, verb_over
from dragoman.judge.factuality import Cues, Judge, load_cues
from dragoman.judge.where import load_words, placed
from dragoman.records import Article, Claim, Event, Evidence, Figure, Mention, Span, Timex, Toponym

VERSION = "3"


def judge(
    article: Article, notes: Annotations, mentions: Sequence[Mention], events: Sequence[Event], claims: Sequence[Claim], timexes: Sequence[Timex],
    toponyms: Sequence[Toponym], cues: Cues, folder: Path = BUILT_IN
) -> tuple[Event, ...]:
    """The events with factuality, voice, date and place, each with its reason."""
    judges = Judge(notes, cues)
    voices = Voices.of(notes, claims, mentions, judges)
    calendar = Calendar.of(notes, timexes, article.date, cues.light, folder)
    heads = frozenset(event.head for event in events)
    judged = [_judged(notes, event, judges, voices, calendar, heads) for event in events]
    words = load_words(folder)
    settled = tuple(placed(notes, event, toponyms, {event.head, *verb_over(notes, event.head, judges.cues.light)}, words) for event in judged)
    return spread(notes, settled, mentions, article.date, folder)


def _judged(notes: Annotations, event: Event, judges: Judge, voices: Voices, calendar: Calendar, heads: frozenset[int]) -> Event:
    given = next((why for why in event.why if why.field == "factuality"), None)
    value, because = (event.factuality, given) if given else judges.factuality(event.head)
    says = voices.of_event(event.head, value == "actual")
    if not given and says is not None and value == "future" and voices.foretells(says, event, because):
        value, because = "hypothetical", Evidence("factuality", "factuality.foretold", because.start, because.end)
    voice, voice_why = voices.named(says)
    chain = voices.chain(event.head, says, voice)
    date, how, date_why = calendar.governing(event, value == "actual", heads)
    if value == "actual" and not given and date_why and date_why[0].rule != "times.local-weekday" and _comes_later(notes, event, date, calendar.published):
        value, because = "future", Evidence("factuality", "factuality.dated-later", date_why[0].start, date_why[0].end)
    why = (*event.why, *(() if given else (because,)), *voice_why, *date_why)
    return replace(event, factuality=value, voice=voice, voices=chain, date=date, date_how=how, why=why)


@dataclass(frozen=True)
class Voices:
    """The claims of an article that assert something, by the start of their pieces: who says what stands at a place."""

    notes: Annotations
    cues: Cues
    pieces: tuple[tuple[int, int, Claim], ...]
    starts: tuple[int, ...]
    longest: int
    mentions: tuple[Mention, ...]

    @classmethod
    def of(cls, notes: Annotations, claims: Sequence[Claim], mentions: Sequence[Mention], judge: Judge) -> Voices:
        """The voices of an article."""
        spoken = [claim for claim in claims if claim.source_span and _said(notes, claim, judge)]
        pieces = sorted(((piece.start, piece.end, claim) for claim in spoken for piece in claim.content), key=lambda item: item[:2])
        starts = tuple(start for start, _, _ in pieces)
        return cls(notes, judge.cues, tuple(pieces), starts, max((end - start for start, end, _ in pieces), default=0), tuple(mentions))

    def of_event(self, head: int, actual: bool) -> Claim | None:
        """The claim that asserts the event of a token; None when the article itself speaks."""
        return self._innermost(self.notes.span(head, head), lambda claim: self._asserts(claim, head, actual))

    def of_figure(self, span: Span) -> Span | None:
        """The source that quotes a figure."""
        return self.named(self._innermost(span, lambda claim: _clausal(self.notes, claim)))[0]

    def named(self, claim: Claim | None) -> tuple[Span | None, tuple[Evidence, ...]]:
        """The source of a claim and why."""
        if claim is None or claim.source_span is None:
            return None, ()
        cue = claim.cue or claim.source_span
        source = self._publisher(claim) or self._name(claim) or claim.source_span
        return source, (Evidence("voice", claim.why[0].rule if claim.why else "attribution", cue.start, cue.end),)

    def chain(self, head: int, says: Claim | None, voice: Span | None) -> tuple[Span, ...]:
        """Whose words came through whose, from the outermost source to the voice; empty where the voice is the only one."""
        if says is None or voice is None:
            return ()
        span = self.notes.span(head, head)
        outer = sorted((claim for claim in self._holding(span) if claim.depth < says.depth and not self._is_same(claim, says)), key=lambda claim: claim.depth)
        spans = dict.fromkeys(named for claim in outer if (named := self.named(claim)[0]) is not None and named != voice)
        return (*spans, voice) if spans else ()

    def _is_same(self, one: Claim, other: Claim) -> bool:
        """Whether two claims have one source."""
        if one.source is None or other.source is None:
            return one.source_span == other.source_span
        return self.mentions[one.source].entity == self.mentions[other.source].entity

    def foretells(self, claim: Claim, event: Event, because: Evidence) -> bool:
        """*The North will strike, an analyst predicts*: what others expect of a doer is a forecast, not his plan."""
        if claim.source is None or not because.rule.startswith(("factuality.modal.", "factuality.be-to")):
            return False
        source = self.mentions[claim.source]
        if any(actor.entity == source.entity or (actor.country and actor.country == source.country) for actor in event.actors):
            return self.cues.has("experts", source.sector or "") and claim.kind == "forecast"
        expects = claim.cue_head is not None and self.cues.has("foretelling", self.notes.lemma[claim.cue_head])
        return expects or (claim.kind == "forecast" and self.cues.has("experts", source.sector or ""))

    def _innermost(self, span: Span, asserts: Callable[[Claim], bool]) -> Claim | None:
        """The innermost assertion whose content holds the span."""
        holding = [claim for claim in self._holding(span) if asserts(claim)]
        inner = max(holding, key=lambda claim: (claim.depth, -sum(piece.end - piece.start for piece in claim.content)), default=None)
        return self._spelt_out(inner, holding)

    def _holding(self, span: Span) -> list[Claim]:
        """The claims whose content holds the span."""
        first, stop = bisect_left(self.starts, span.start - self.longest), bisect_right(self.starts, span.start)
        return [claim for _, end, claim in self.pieces[first:stop] if span.end <= end]

    def _asserts(self, claim: Claim, head: int, actual: bool) -> bool:
        """Whether a claim says of an event that it is so or is to be (*denounced the test*, *recalled the war* take it for granted)."""
        nominal = claim.form == "indirect" and claim.why and claim.why[0].rule.endswith((".np", ".as"))
        if not nominal:
            return _clausal(self.notes, claim)
        vouches = claim.cue_head is not None and self.cues.has("vouching", self.notes.lemma[claim.cue_head])
        return not actual or (vouches and claim.cue_head in list(self.notes.ancestors(head))[:2])

    def _spelt_out(self, inner: Claim | None, holding: Sequence[Claim]) -> Claim | None:
        """*The analyst said he believed ...*: the outer source, where the inner one only stands for it."""
        if inner is None or inner.source is None:
            return inner
        entity = self.mentions[inner.source].entity
        same = [claim for claim in holding if claim.source is not None and self.mentions[claim.source].entity == entity]
        return min(same, key=lambda claim: claim.depth, default=inner)

    def _name(self, claim: Claim) -> Span | None:
        """For a pronoun of another clause (*he left, urging ...*), the name that it stands for where that comes before it in the same sentence."""
        if claim.source is None or not self.notes.tag[self.mentions[claim.source].head].startswith("PRP"):
            return None
        said = self.mentions[claim.source]
        if claim.cue_head is not None and self.notes.head[said.head] == claim.cue_head:
            return None
        sentence = self.notes.sentence(said.head)
        same = (m for m in self.mentions if m.entity == said.entity and sentence.start <= m.first < said.first and not self.notes.tag[m.head].startswith("PRP"))
        return next((m.span for m in same), None)

    def _publisher(self, claim: Claim) -> Span | None:
        """*The ministry published figures showing that ...*: the ministry."""
        notes, cues = self.notes, self.cues
        if claim.source_span is None:
            return None
        paper = next((t for t in notes.tokens(claim.source_span.start, claim.source_span.end) if cues.has("documents", notes.lemma[t])), None)
        if paper is None:
            return None
        verb = notes.head[paper]
        by = notes.child(verb, "nsubj") if notes.dep[paper] == "dobj" and cues.has("publishing", notes.lemma[verb]) else None
        return next((m.span for m in self.mentions if by is not None and m.head == by), None)


def voiced(notes: Annotations, figures: Sequence[Figure], claims: Sequence[Claim], mentions: Sequence[Mention], folder: Path = BUILT_IN) -> tuple[Figure, ...]:
    """The figures with the source that quotes each."""
    voices = Voices.of(notes, claims, mentions, Judge(notes, load_cues(folder)))
    return tuple(replace(figure, voice=voices.of_figure(figure.span)) for figure in figures)


def _said(notes: Annotations, claim: Claim, judge: Judge) -> bool:
    """Whether something was said at all: *nor did he say*, *if he says* and a caption say nothing."""
    if claim.source is None and claim.why and claim.why[0].rule.startswith("attribution.colon"):
        return False
    if claim.cue_head is None:
        return True
    if notes.pos[claim.cue_head] in ("NOUN", "PROPN") and claim.why and claim.why[0].rule.endswith(".to"):
        return False  # the president's order to withdraw: the article says so
    if any(notes.dep[child] == "neg" or notes.lower[child] == "nor" for child in notes.children[claim.cue_head]):
        return False
    value = judge.factuality(claim.cue_head)[0] if notes.pos[claim.cue_head] == "VERB" else "actual"
    return value in ("actual", "future")


def _clausal(notes: Annotations, claim: Claim) -> bool:
    """Whether a claim has words quoted or a clause as its content."""
    if claim.form != "indirect":
        return True
    unknown = claim.source is None and claim.source_span is not None and claim.source_span.surface.lower() in ("it", "this", "that", "which")
    tokens = (token for piece in claim.content for token in notes.tokens(piece.start, piece.end))
    return not unknown and claim.kind_class in ("speech", "belief", "directive") and any(notes.pos[token] in ("VERB", "AUX") for token in tokens)


# --- when ---
def _comes_later(notes: Annotations, event: Event, date: str | None, published: str | None) -> bool:
    """*heads to Brussels next week*: what is dated after publication, and not told in the past tense, has not happened yet."""
    return bool(date and published and date.split("/")[0] > published) and notes.tag[event.head] not in ("VBD", "VBN", "VB")
