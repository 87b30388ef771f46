"""What every reader of commitments looks at: the clause grammar, the actors by token, the days named, and the questions asked of them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.annotate.columns import Annotations
from dragoman.code.cast import Cast
from dragoman.code.clauses import Clauses
from dragoman.extract.calendar import bounds, parse, shift, spell
from dragoman.extract.times import interval, iso
from dragoman.judge.dates import stretch
from dragoman.judge.factuality import Judge
from dragoman.records import Article, Event, Span, Timex

_VERBAL = ("VERB", "AUX")
_CLAUSES = ("acl", "relcl", "xcomp", "advcl", "ccomp")
# No commitment is read for more holders than this: longer lists are no parties.
_MOST_HOLDERS = 5


@dataclass(frozen=True)
class Page:
    """One article and its codebook lists (`words`, from `commitments.yaml`)."""

    article: Article
    notes: Annotations
    clauses: Clauses
    cast: Cast
    judge: Judge
    timexes: tuple[Timex, ...]
    events: tuple[Event, ...]
    words: dict[str, frozenset[str]]

    # --- words ---
    def verb_over(self, token: int) -> int | None:
        """The nearest verb that a token hangs on."""
        return next((above for above in self.notes.ancestors(token) if self.notes.pos[above] in _VERBAL), None)

    def phrases(self, verb: int) -> tuple[str, ...]:
        """The verb with its particles ("put off", "bring forward"), longest first, then the verb alone."""
        notes = self.notes
        return (*(f"{notes.lemma[verb]} {notes.lower[child]}" for child in notes.having(verb, "prt", "advmod", "prep")), notes.lemma[verb])

    def says(self, verb: int, name: str) -> bool:
        """Whether a verb, or the verb with its particle, stands in a list."""
        return any(phrase in self.words[name] for phrase in self.phrases(verb))

    def before(self, timex: Timex) -> str:
        """The word that leads a time expression in; "" at the beginning."""
        return self.notes.lower[timex.first - 1] if timex.first else ""

    # --- days ---
    def top(self, timex: Timex) -> int:
        """The word by which a time expression hangs on the sentence."""
        return next((t for t in range(timex.first, timex.last + 1) if not timex.first <= self.notes.head[t] <= timex.last), timex.last)

    def below(self, token: int) -> list[Timex]:
        """The time expressions under a token, in text order."""
        under = set(self.notes.subtree(token))
        return [timex for timex in self.timexes if timex.last in under]

    def day(self, timex: Timex | None, base: str | None = None, ahead: bool = True) -> str | None:
        """The day that an expression names; for a length of time the day that lies so far from `base` (the publication, if none is given)."""
        if timex is None:
            return None
        if timex.type in ("DATE", "TIME"):
            return iso(timex.value)
        length, start = stretch(timex), parse(base or self.article.date)
        moved = shift(start, length[0] * (1 if ahead else -1), length[1]) if length and start and start.unit == "D" else None
        return spell(moved) if moved and bounds(moved) else None

    def dated(self, token: int) -> bool:
        """Whether a token stands in a time expression."""
        return any(timex.first <= token <= timex.last for timex in self.timexes)

    def comes(self, timex: Timex) -> bool:
        """Whether a day lies after publication, at least in part."""
        limits = interval(timex.value) if timex.value else None
        return bool(limits and self.article.date and limits[1].isoformat() > self.article.date)

    # --- sides ---
    def codes(self, tokens: Iterable[int], countries: bool = False) -> tuple[str, ...]:
        """Whom some phrases stand for: country codes, or names of bodies of no state (not if only countries are wanted)."""
        mentions = [mention for token in tokens for mention in self.cast.who(token)]
        found = dict.fromkeys(code for m in mentions if (code := m.country or (None if countries else m.name)))
        return tuple(found)[:_MOST_HOLDERS]

    def parties(self, tokens: Iterable[int]) -> tuple[str, ...]:
        """Whom phrases stand for, else who takes part in what they name (*talks between India and China*)."""
        tokens = list(tokens)
        return self.codes(tokens) or self.codes([inner for token in tokens for inner in self.notes.preps(token, "between", "among", "with", "by", "of")], countries=True)

    def objects_of(self, token: int, *words: str) -> list[int]:
        """Objects of the prepositions of a token."""
        return self.notes.preps(token, *words)

    def subject(self, verb: int) -> tuple[str, ...]:
        """Who does an act."""
        return self.codes(self.clauses.subject(verb))

    # --- acts ---
    def infinitive(self, *roots: int | None) -> int | None:
        """The first "to" clause under one of the words, which says what is to be done."""
        for root in roots:
            for clause in self.notes.having(root, *_CLAUSES) if root is not None else ():
                if self._to(clause):
                    return clause
        return None

    def _to(self, clause: int) -> bool:
        return any(self.notes.tag[child] == "TO" for child in self.notes.having(clause, "aux"))

    def for_to(self, root: int) -> int | None:
        """The clause of "for X to do", wherever the parser hung it under a word."""
        notes = self.notes
        return next((t for t in notes.subtree(root) if notes.pos[t] == "VERB" and self._to(t) and any(notes.lower[m] == "for" for m in notes.having(t, "mark"))), None)

    def phrase(self, head: int, *due: Timex | None) -> Span:
        """The words of an act from its head on, as far as they stand together, without the days by which it is due; a noun with what stands before it."""
        notes = self.notes
        tokens = [t for t in notes.subtree(head) if not (notes.tag[t] == "TO" and notes.head[t] == head)]
        for timex in due:
            if timex is not None and timex.first - 1 > head:
                tokens = [t for t in tokens if t < timex.first - (notes.dep[timex.first - 1] == "prep")] or tokens
        first = head if notes.pos[head] in _VERBAL else tokens[0]
        last = first
        for token in tokens:
            if first <= token <= last + 1:
                last = token
        while last > first and (notes.dep[last] == "punct" or (notes.dep[last] == "prep" and not notes.children[last])):
            last -= 1
        return notes.span(first, last)

    def condition(self, *verbs: int | None) -> Span | None:
        """The clause under which an act is bound: "if", "unless", "provided", "once"."""
        for verb in verbs:
            for clause in self.notes.having(verb, "advcl") if verb is not None else ():
                mark = self.notes.child(clause, "mark", "advmod")
                if mark is not None and self.notes.lower[mark] in self.words["conditions"]:
                    inside = self.notes.subtree(clause)
                    return self.notes.span(inside[0], max(t for t in inside if self.notes.dep[t] != "punct"))
        return None


def nouns(page: Page, name: str) -> Iterator[int]:
    """The nouns of the text that stand in a list, in text order."""
    wanted = page.words[name]
    return (token for token, lemma in enumerate(page.notes.lemma) if lemma in wanted and page.notes.pos[token] in ("NOUN", "PROPN"))


def verbs(page: Page, *names: str) -> Iterator[int]:
    """The verbs of the text that stand in one of the lists, alone or with their particle, in text order."""
    for token, pos in enumerate(page.notes.pos):
        if pos in _VERBAL and any(page.says(token, name) for name in names):
            yield token


def first(found: Sequence[str]) -> str | None:
    """The first of some codes."""
    return found[0] if found else None
