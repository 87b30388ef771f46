"""Which frames fire at a token.

A predicate is looked up by its first word (verbs, adjectives) or its head word (nouns); its further words must hang on it. Then the
frame's constraints on subject, object, prepositions and clauses are tested.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dragoman.annotate.columns import Annotations
from dragoman.code.cast import PLACE
from dragoman.code.frames import Frame, FrameBook, Term, WordSet, head_of, prefix_of
from dragoman.code.slots import Slots, Trigger

_LINKS = ("be", "seem", "remain", "become", "appear", "stay", "feel", "stand", "sound", "look", "get", "grow")
_PREPOSITION_TAGS = ("IN", "TO", "RP")
_NAMES = ("DATE", "TIME", "PRODUCT", "WORK_OF_ART", "MONEY", "PERCENT")
_KINDS = {"country": ("country",), "person": ("person", "role"), "group": ("group", "organisation")}


@dataclass(frozen=True)
class Match:
    """A frame that fires: with its trigger, the object tokens that its constraint named, and the word that shows it (`anchor`, if not the trigger's own)."""

    frame: Frame
    trigger: Trigger
    objects: tuple[int, ...]
    anchor: int | None = None

    @property
    def rank(self) -> tuple[int, int, int]:
        """Priority, then how much the frame asks for, then the length of the predicate."""
        return (self.frame.priority, self.frame.weight + len(self.trigger.chain), len(self.trigger.chain))


@dataclass(frozen=True)
class Matcher:
    """Finds frames in one article."""

    notes: Annotations
    book: FrameBook
    slots: Slots

    def at(self, token: int) -> list[Match]:
        """All frames that fire at a token, best first."""
        part = self._part(token)
        if part is None:
            return []
        found = [match for term, frame in self._candidates(part, token) for match in self._fires(part, token, term, frame)]
        return sorted(found, key=lambda match: match.rank, reverse=True)

    def _part(self, token: int) -> str | None:
        """The part of speech that a token is looked up as; None for parts of names, of compounds and of fixed phrases."""
        pos, tag = self.notes.pos[token], self.notes.tag[token]
        if token in self.idle or (pos in ("NOUN", "PROPN") and (self.notes.dep[token] in ("compound", "nmod") or self._in_name(token))):
            return None
        if pos in ("VERB", "AUX"):
            return "noun" if tag in ("NN", "NNS") else "verb" if self.notes.dep[token] not in ("amod", "compound") else None
        if pos in ("NOUN", "PROPN"):
            return "noun"
        return "adjective" if pos in ("ADJ", "ADV") else None

    def _in_name(self, token: int) -> bool:
        """*National Assembly*, *the March on Friday*: a proper noun inside a name is no event of its own."""
        mention = self.slots.cast.covered.get(token)
        named = mention is not None and mention.how in ("name", "dated") and mention.kind in ("organisation", "person", "country")
        return named or self.notes.ent[token] in _NAMES or (self.notes.pos[token] == "PROPN" and self.notes.ent[token] in ("ORG", "GPE", "PERSON", "FAC", "LOC"))

    @cached_property
    def idle(self) -> frozenset[int]:
        """Tokens of fixed phrases (*in order to*, *press conference*), which are never events."""
        notes = self.notes
        found: set[int] = set()
        for token, word in enumerate(notes.lower):
            for phrase in self.slots.clauses.grammar.idioms.get(word, ()):
                if notes.lower[token : token + len(phrase)] == phrase:
                    found.update(range(token, token + len(phrase)))
        return frozenset(found)

    @cached_property
    def _present(self) -> frozenset[str]:
        """Every word and lemma of the article: a term of several words needs them all."""
        return frozenset((*self.notes.lemma, *self.notes.lower))

    def _candidates(self, part: str, token: int) -> Iterator[tuple[Term, Frame]]:
        words, notes = self.book.index[part], self.notes
        forms = {notes.lemma[token], notes.lower[token]}
        if part == "verb" and notes.lemma[token] not in words:
            forms.update(stems(notes.lower[token]))
        found = [entry for form in sorted(forms) for entry in words.get(form, ())]
        if part == "verb" and notes.tag[token] == "VBN":
            found += self.book.index["adjective"].get(notes.lower[token], ())
        for term, frame in found:
            if len(term) == 1 or sum(word in self._present for word in term) >= len(term) - 1:
                yield term, frame

    def _fires(self, part: str, token: int, term: Term, frame: Frame) -> Iterator[Match]:
        if term not in frame.predicates[part]:
            part = "adjective"
        trigger = self._trigger(part, token, term)
        if trigger is None:
            return
        objects = self._constrained(frame, trigger)
        if objects is not None:
            yield Match(frame, trigger, tuple(objects))

    def _trigger(self, part: str, token: int, term: Term) -> Trigger | None:
        """The trigger with the tokens of its further words; None if one is missing."""
        notes = self.notes
        if part == "noun":
            if not self._is_term(token, term):
                return None
            return Trigger(token, part, carrier=self.slots.clauses.light_verb(token))
        if part == "adjective" and notes.dep[token] not in ("acomp", "amod", "attr", "oprd", "conj", "ROOT", "ccomp", "xcomp", "advcl", "relcl"):
            return None
        start = prefix_of(term)
        if start and notes.lower[max(0, token - start) : token] != term[:start]:
            return None
        chain = self._chain(token, term[start + 1 :])
        if chain is None:
            return None
        tail = chain[-1] if chain and notes.tag[chain[-1]] in _PREPOSITION_TAGS and notes.dep[chain[-1]] not in ("prt", "advmod") else None
        return Trigger(token, part, tuple(chain), tail)

    def _chain(self, token: int, words: Term) -> list[int] | None:
        notes = self.notes
        found: list[int] = []
        for word in words:
            below = (child for root in (token, *found) for child in notes.children[root] if child > token - 3 and child not in found)
            fitting = [child for child in below if word in (notes.lower[child], notes.lemma[child])]
            link = next((child for child in fitting if not (notes.dep[child] == "aux" and notes.tag[child] == "TO")), None)
            if link is None:
                return None
            found.append(link)
        return found

    def _is_term(self, token: int, term: Term) -> bool:
        """Whether the token is the head word of a term whose other words stand right beside it, or modify it."""
        notes, head = self.notes, head_of(term)
        if term[head] not in (notes.lemma[token], notes.lower[token]):
            return False
        if len(term) == 1:
            return True
        start = token - head
        if start >= 0 and start + len(term) <= len(notes) and all(word in (notes.lower[start + i], notes.lemma[start + i]) for i, word in enumerate(term)):
            return True
        below = {word for child in notes.children[token] for word in (notes.lemma[child], notes.lower[child])}
        return head == len(term) - 1 and below.issuperset(term[:-1])

    # --- constraints ---
    def _constrained(self, frame: Frame, trigger: Trigger) -> list[int] | None:
        """The object tokens that the frame names; None if a constraint fails."""
        objects: list[int] = []
        if frame.intransitive and self.slots.object(trigger) and not self.slots.clauses.is_passive(trigger.head):
            return None
        if frame.object:
            objects = [token for token in self._spread(self.slots.object(trigger)) if self.fits(token, frame.object)]
            if not objects:
                return None
        if frame.object_not and any(self.fits(token, frame.object_not) for token in self._counted(self.slots.object(trigger))):
            return None
        subjects = self.slots.subject(trigger) if frame.subject or frame.subject_not else []
        if frame.subject and not any(self.fits(token, frame.subject, itself=True) for token in self._spread(subjects)):
            return None
        if frame.subject_not and any(self.fits(token, frame.subject_not) for token in self._counted(subjects)):
            return None
        if frame.with_ and not self._has_preposition(frame, trigger):
            return None
        if any(self._prepositional(prep, words, trigger) for prep, words in frame.without.items()):
            return None
        return [*objects, *self._named(frame, trigger)] if self._completed(frame, trigger) else None

    def _named(self, frame: Frame, trigger: Trigger) -> list[int]:
        """Event nouns that a preposition of the frame names (*threatened Chad with sanctions*): they are part of this event."""
        named = ((prep, words) for prep, words in frame.with_.items() if words.terms or words.types)
        tokens = (token for prep, words in named for token in self._spread(self.slots.tokens(prep, trigger)) if self.fits(token, words))
        return [token for token in tokens if self.notes.lemma[token] in self.book.nouns and token > trigger.head]

    def _spread(self, tokens: list[int]) -> list[int]:
        """Coordinated phrases, and what a partitive counts (*a number of missiles*: missiles)."""
        notes = self.notes
        return self._counted([part for token in tokens for part in notes.conjuncts(token)])

    def _counted(self, tokens: list[int]) -> list[int]:
        """Phrases, and what a partitive counts (*hundreds of fans*: fans)."""
        return tokens + [inner for token in tokens if self.slots.clauses.counts(token) for inner in self.notes.preps(token, "of")]

    def _has_preposition(self, frame: Frame, trigger: Trigger) -> bool:
        return any(self._prepositional(prep, words, trigger) for prep, words in frame.with_.items())

    def _prepositional(self, prep: str, words: WordSet, trigger: Trigger) -> bool:
        tokens = self._spread(self.slots.tokens(prep, trigger))
        return any(self.fits(token, words) for token in tokens) if words else bool(tokens)

    def _completed(self, frame: Frame, trigger: Trigger) -> bool:
        if not (frame.complement or frame.complement_verb):
            return True
        clauses = self.slots.complements(trigger)
        if "none" in frame.complement and not clauses:
            return True
        allowed = [clause for clause in clauses if not frame.complement or self._form(clause) in frame.complement]
        if not frame.complement_verb:
            return bool(allowed)
        return any(self._verb_fits(clause, frame.complement_verb) for clause in allowed)

    def _form(self, clause: int) -> str:
        notes = self.notes
        if any(notes.tag[child] == "TO" for child in notes.having(clause, "aux")):
            return "to"
        if notes.tag[clause] == "VBG" and notes.child(clause, "nsubj", "nsubjpass", "aux") is None:
            return "ing"
        return "that"

    def _verb_fits(self, clause: int, words: WordSet) -> bool:
        lemma = self.notes.lemma[clause]
        return (lemma,) in words.terms.get(lemma, ()) or any(lemma in self.book.event_verbs[kind] for kind in words.types)

    def fits(self, token: int, words: WordSet, itself: bool = False) -> bool:
        """Whether a phrase's head is one of the words, an event noun of one of the types, or an actor of one of the kinds (`itself`: not just owned by one)."""
        notes = self.notes
        for last in {notes.lemma[token], notes.lower[token]}:
            if any(self._is_term(token, term) for term in words.terms.get(last, ())):
                return True
            if any(self._is_term(token, term) for kind in words.types for term in self.book.event_nouns[kind].get(last, ())):
                return True
        return bool(words.special) and self._is_actor(token, words.special, itself)

    def _is_actor(self, token: int, kinds: frozenset[str], itself: bool) -> bool:
        """`@actor` also holds for a phrase that stands for its owner (*Iran's attempt*); the other kinds want the actor itself."""
        mention = self.slots.cast.at(token)
        if mention is not None and mention.kind == PLACE:
            return "actor" in kinds and not itself
        if mention is not None and (mention.country or mention.sector):
            return "actor" in kinds or any(mention.kind in _KINDS[kind] for kind in kinds)
        if self.notes.pos[token] == "PRON":
            return "actor" in kinds and mention is not None
        return "actor" in kinds and not itself and any(owner.country for owner in self.slots.cast.who(token))


@lru_cache(maxsize=16384)
def stems(word: str) -> tuple[str, ...]:
    """Infinitives that an inflected form may come from, for verbs that the lemmatizer gets wrong (*fined*: *fin*)."""
    found: list[str] = []
    for ending in ("ed", "ing", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            found += [stem, stem + "e", *([stem[:-1]] if stem[-1] == stem[-2] else [])]
    return tuple(found)
