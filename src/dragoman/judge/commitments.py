"""Deadlines, ultimatums, promises and scheduled acts: who is bound, by whom, to what, by when, and what the text says changed.

Four shapes are read. A deadline noun (*gave Iran a deadline of May 3 to withdraw*, *extended the deadline from Friday to Monday*), a planned
act with a day after publication (*will withdraw its troops by June*, *talks are due on May 3*), a period
given (*gave Iran 50 days to agree*), and a promise without a day. The words are data
(`codebooks/commitments.yaml`).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from dragoman.annotate.columns import Annotations
from dragoman.code.clauses import Clauses, load_grammar
from dragoman.code.slots import Cast
from dragoman.codebook import BUILT_IN, read_yaml
from dragoman.extract.times import interval, iso
from dragoman.judge.factuality import Judge, load_cues
from dragoman.records import Article, Commitment, Event, Evidence, Mention, Span, Timex

VERSION = "1"
_CHANGES = (("moving", "moved"), ("missing", "missed"), ("meeting", "met"), ("cancelling", "cancelled"), ("setting", "set"))
_LIMIT_WORDS = ("by", "before", "until", "till", "within")
_DAY_WORDS = (*_LIMIT_WORDS, "of", "for", "on", "from", "to", "is", "was", "at")
_GIVING = ("give", "grant", "allow")
_PERIOD = re.compile(r"P(\d+)([DWMY])")


@dataclass(frozen=True)
class CommitmentBook:
    """The words of commitments, and the grammar and factuality cues that their reading needs."""

    words: dict[str, frozenset[str]]
    folder: Path


@lru_cache(maxsize=4)
def load_commitments(folder: Path = BUILT_IN) -> CommitmentBook:
    """The commitment words of a codebook folder."""
    data = read_yaml(folder / "commitments.yaml")
    return CommitmentBook({name: frozenset(words) for name, words in data.items() if isinstance(words, list)}, folder)


def read(
    article: Article, notes: Annotations, mentions: Sequence[Mention], timexes: Sequence[Timex], events: Sequence[Event], book: CommitmentBook
) -> tuple[Commitment, ...]:
    """All commitments in text order, one for each act and day."""
    clauses = Clauses(notes, load_grammar(book.folder))
    reader = _Reader(article, notes, clauses, Cast.of(clauses, mentions), tuple(timexes), tuple(events), book)
    deadlines = list(reader.deadlines())
    found = [*deadlines, *reader.moved(deadlines), *reader.periods(), *reader.scheduled(), *reader.promises()]
    kept: list[Commitment] = []
    for item in found:
        if not any(_same(item, other) for other in kept):
            kept.append(item)
    return tuple(sorted(kept, key=lambda item: item.action.start))


def _same(item: Commitment, other: Commitment) -> bool:
    """One day is due once; one act is promised once."""
    if item.due_text and other.due_text:
        return item.due_text == other.due_text
    return item.action.overlaps(other.action) and (item.holder == other.holder or item.holder is None)


@dataclass(frozen=True)
class _Reader:
    article: Article
    notes: Annotations
    clauses: Clauses
    cast: Cast
    timexes: tuple[Timex, ...]
    events: tuple[Event, ...]
    book: CommitmentBook

    # --- deadline nouns ---
    def deadlines(self) -> Iterator[Commitment]:
        """Commitments around a deadline noun."""
        for token in range(len(self.notes)):
            if self.notes.lemma[token] in self.book.words["deadlines"] and self.notes.pos[token] in ("NOUN", "PROPN"):
                yield from self._deadline(token)

    def _deadline(self, noun: int) -> Iterator[Commitment]:
        notes = self.notes
        verb = self._verb_over(noun)
        change, cue = self._change(verb)
        dates = self._dates_of(noun, verb)
        due, old = (dates[-1] if dates else None), None
        if change == "moved" and len(dates) > 1:
            old, due = self._old_and_new(dates)
        holder, by = self._bound(noun, verb)
        if due is None and (holder is None or notes.lemma[noun] not in ("deadline", "ultimatum")):
            return
        cue_span = notes.span(cue, cue) if cue is not None else notes.span(noun, noun)
        why = (Evidence("change" if cue is not None else "action", f"commitments.{change or 'deadline'}", cue_span.start, cue_span.end),)
        yield Commitment(holder, by, self._action(noun, verb), _iso(due), due.span if due else None, change, _iso(old), None, why)

    def _verb_over(self, noun: int) -> int | None:
        for above in self.notes.ancestors(noun):
            if self.notes.pos[above] in ("VERB", "AUX"):
                return above
        return None

    def _change(self, verb: int | None) -> tuple[str | None, int | None]:
        if verb is None:
            return None, None
        notes = self.notes
        particle = notes.child(verb, "prt")
        phrase = f"{notes.lemma[verb]} {notes.lower[particle]}" if particle is not None else notes.lemma[verb]
        for name, change in _CHANGES:
            if phrase in self.book.words[name] or (particle is None and notes.lemma[verb] in self.book.words[name]):
                return change, verb
        return None, None

    def _dates_of(self, noun: int, verb: int | None) -> list[Timex]:
        """Days below the noun, else below its verb, in text order: those that a word of limit leads in (*deadline of May 3, by Friday*)."""
        below = set(self.notes.subtree(noun))
        words = _LIMIT_WORDS if self.notes.lemma[noun] == "ultimatum" else _DAY_WORDS
        own = [t for t in self.timexes if t.last in below and _iso(t) and self._word_before(t) in words]
        if own or verb is None:
            return own
        sentence = set(self.notes.subtree(verb))
        return [t for t in self.timexes if t.last in sentence and _iso(t) and self._word_before(t) in (*_LIMIT_WORDS, "from", "to")]

    def _old_and_new(self, dates: list[Timex]) -> tuple[Timex | None, Timex]:
        """*from Friday to Monday*, *to Monday from Friday*."""
        old = next((t for t in dates if self._word_before(t) in ("from", "of")), None)
        new = next((t for t in dates if t is not old), dates[-1])
        return old, new

    def _word_before(self, timex: Timex) -> str:
        return self.notes.lower[timex.first - 1] if timex.first else ""

    def _action(self, noun: int, verb: int | None) -> Span:
        """What is to be done: the infinitive after the noun or its verb; the noun itself if none is said."""
        notes = self.notes
        for root in (noun, verb):
            if root is None:
                continue
            clause = next((c for c in notes.having(root, "acl", "relcl", "xcomp", "advcl") if any(notes.tag[k] == "TO" for k in notes.having(c, "aux"))), None)
            if clause is not None:
                return self._phrase(clause)
        target = [token for token in notes.preps(noun, "for") if self.cast.at(token) is None]
        return self._phrase(target[0]) if target else notes.span(noun, noun)

    def _phrase(self, head: int) -> Span:
        tokens = [t for t in self.notes.subtree(head) if not (self.notes.tag[t] == "TO" and self.notes.head[t] == head)]
        first = min((t for t in tokens if t >= head), default=head) if self.notes.pos[head] == "VERB" else tokens[0]
        last = first
        for token in tokens:
            if token >= first and token <= last + 1:
                last = token
        return self.notes.span(first, last)

    def _bound(self, noun: int, verb: int | None) -> tuple[str | None, str | None]:
        """Who is bound and who set the day."""
        notes = self.notes
        owners = [m for child in notes.having(noun, "poss", "compound", "amod") for m in self.cast.who(child)]
        by = [m for token in (self.clauses.subject(verb) if verb is not None else []) for m in self.cast.who(token)] or owners
        words = ("for", "to", "on")
        targets = [*(self.clauses.indirect(verb) if verb is not None else []), *notes.preps(noun, *words), *(notes.preps(verb, *words) if verb is not None else [])]
        holder = [m for token in targets for m in self.cast.who(token) if m.country]
        return _code(holder), _code([m for m in by if not holder or m.entity != holder[0].entity])

    def moved(self, deadlines: Sequence[Commitment]) -> Iterator[Commitment]:
        """*threatened to bring this forward to August 9*: an earlier deadline that a pronoun stands for gets another day."""
        notes = self.notes
        for verb in range(len(notes)):
            change, _ = self._change(verb) if notes.pos[verb] == "VERB" else (None, None)
            target = next(iter(notes.having(verb, "dobj", "nsubjpass")), None)
            if change != "moved" or target is None or notes.lower[target] not in ("this", "it", "that"):
                continue
            before = [item for item in deadlines if item.due and item.action.start < notes.start[verb] and self._near(item, verb)]
            later = (t for t in self.timexes if t.first > verb and notes.sentence_of[t.first] == notes.sentence_of[verb])
            dates = [t for t in later if t.type == "DATE" and _iso(t) and t.value and t.value[0].isdigit()]
            if before and dates:
                old, new = before[-1], dates[-1]
                why = (Evidence("change", "commitments.moved", notes.start[verb], notes.end[verb]), Evidence("due", new.rule, new.span.start, new.span.end))
                yield Commitment(old.holder, old.by, self._phrase(verb), _iso(new), new.span, "moved", old.due, None, why)

    def _near(self, item: Commitment, verb: int) -> bool:
        tokens = self.notes.tokens(item.action.start, item.action.end)
        return bool(tokens) and self.notes.sentence_of[verb] - self.notes.sentence_of[tokens[0]] <= 1

    # --- promises without a day ---
    def promises(self) -> Iterator[Commitment]:
        """What an AGREE event binds its actor to, when he is known by name or country."""
        for event in self.events:
            holder = next((actor.country or actor.name for actor in event.actors if actor.country or actor.name), None)
            act = self._promised(event)
            if event.type == "AGREE" and event.factuality == "actual" and holder and act is not None:
                why = (Evidence("action", event.why[0].rule, event.trigger.start, event.trigger.end),)
                yield Commitment(holder, next((r.country for r in event.recipients if r.country), None), self._phrase(act), None, None, "set", None, None, why)

    def _promised(self, event: Event) -> int | None:
        """The verb of the promised act: the infinitive that follows, or for an announced deed the deed itself."""
        notes = self.notes
        if event.why[0].rule.endswith("announced-deed"):
            return event.head
        clauses = notes.having(event.head, "xcomp", "ccomp", "acl")
        return next((clause for clause in clauses if notes.pos[clause] == "VERB"), None)

    # --- so many days to do it ---
    def periods(self) -> Iterator[Commitment]:
        """*gave Iran 50 days to agree*: due so long after publication."""
        notes = self.notes
        for verb in range(len(notes)):
            if notes.lemma[verb] not in _GIVING or notes.pos[verb] != "VERB" or not self.article.date:
                continue
            holder = [m for token in self.clauses.indirect(verb) for m in self.cast.who(token) if m.country]
            below = set(notes.subtree(verb))
            spans = [t for t in self.timexes if t.type == "DURATION" and t.last in below and t.first > verb and notes.dep[t.last] == "dobj"]
            for timex in spans[:1] if holder else ():
                due = _after(self.article.date, timex.value or "")
                by = _code([m for token in self.clauses.subject(verb) for m in self.cast.who(token)])
                why = (Evidence("change", "commitments.period-given", notes.start[verb], notes.end[verb]), Evidence("due", timex.rule, timex.span.start, timex.span.end))
                yield Commitment(_code(holder), by, self._action(timex.last, verb), due, timex.span, "set", None, None, why)

    # --- scheduled acts ---
    def scheduled(self) -> Iterator[Commitment]:
        """Planned acts with a day after publication."""
        judge = Judge(self.notes, load_cues(self.book.folder))
        for timex in self.timexes:
            due = _iso(timex)
            if timex.type in ("DATE", "TIME") and due and self._after_publication(timex):
                yield from self._act(timex, due, judge)

    def _after_publication(self, timex: Timex) -> bool:
        bounds = interval(timex.value) if timex.value else None
        return bool(bounds and self.article.date and bounds[1].isoformat() > self.article.date)

    def _act(self, timex: Timex, due: str, judge: Judge) -> Iterator[Commitment]:
        notes = self.notes
        verb = next((above for above in notes.ancestors(timex.last) if notes.pos[above] in ("VERB", "AUX")), None)
        if verb is None:
            return
        value, because = judge.factuality(verb)
        if value not in ("future", "hypothetical") or (value == "hypothetical" and self._word_before(timex) not in _LIMIT_WORDS):
            return
        holders = [m for token in self.clauses.subject(verb) or self.clauses.objects(verb) for m in self.cast.who(token) if m.country or m.name]
        if not holders:
            return
        why = (Evidence("due", timex.rule, timex.span.start, timex.span.end), Evidence("action", because.rule, because.start, because.end))
        yield Commitment(_code(holders), None, self._phrase(verb), due, timex.span, None, None, None, why)


def _after(day: str, period: str) -> str | None:
    """The day that lies a TIMEX3 period after another; None for periods that are no whole days, weeks, months or years."""
    match = _PERIOD.fullmatch(period)
    if match is None:
        return None
    count, start = int(match[1]), date.fromisoformat(day)
    if match[2] in "DW":
        return (start + timedelta(days=count * (7 if match[2] == "W" else 1))).isoformat()
    months = start.year * 12 + start.month - 1 + count * (12 if match[2] == "Y" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).isoformat()


def _iso(timex: Timex | None) -> str | None:
    return iso(timex.value) if timex is not None and timex.value else None


def _code(mentions: list[Mention]) -> str | None:
    return next((m.country or m.name for m in mentions if m.country or m.name), None)
