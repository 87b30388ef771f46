"""Cues in an article and what hangs on them: one draft for each word that attributes something to somebody.

The constructions are those of the codebook's `takes`; a rule id is `attribution.<construction>`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from dragoman.annotate.columns import Annotations
from dragoman.extract.attribution_book import AttributionBook, Cue
from dragoman.extract.attribution_content import Pieces, Scene, merged, quote_after, quote_before
from dragoman.extract.attribution_source import SUBJECTS, after, agent, before, edges, is_passive, owner, subject
from dragoman.extract.quotes import covering

# A quotation with no more tokens (marks included) is a name or a word under tongs, which may well speak: *"Bear" Dale said*.
_LONE = 6
_AUXILIARY = frozenset({"aux", "auxpass"})
_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim in the making. `first`..`last` are the cue's tokens, `head` its governing one, `source` the head of the source phrase."""

    first: int
    last: int
    head: int
    source: int | None
    pieces: tuple[tuple[int, int], ...]
    cue: Cue
    rule: str
    clause: range

    @property
    def start(self) -> int:
        """Where the content begins."""
        return self.pieces[0][0]


@dataclass(frozen=True)
class CueReader:
    """Finds the drafts of one article."""

    scene: Scene
    book: AttributionBook

    @property
    def notes(self) -> Annotations:
        """The article's annotations."""
        return self.scene.notes

    def drafts(self) -> Iterator[Draft]:
        """All drafts in text order of their cues."""
        notes = self.notes
        for token in range(len(notes)):
            lemma, pos = notes.lemma[token], notes.pos[token]
            draft = None
            if pos in ("VERB", "AUX") and lemma in self.book.verbs:
                draft = self.verb(token)
            elif pos in ("NOUN", "PROPN") and lemma in self.book.nouns:
                draft = self.noun(token)
            elif pos in ("ADJ", "VERB") and lemma in self.book.adjectives:
                draft = self.adjective(token)
            elif pos in ("ADP", "VERB") and (last := self._phrase(token)) is not None:
                draft = self.according(token, last)
            elif notes.lower[token] in self._unsourced:
                draft = self.reportedly(token)
            if draft:
                yield draft

    # Verbs

    def verb(self, verb: int) -> Draft | None:
        """The draft of a verb: the first construction of its cues that is there."""
        cues = [(cue, second) for cue in self.book.verbs[self.notes.lemma[verb]] for second in self._second(verb, cue)]
        source = self._source(verb)
        clause = self.scene.clause(verb, source)
        for take, build in self._constructions(verb, source, clause):
            for cue, second in cues:
                if take in cue.takes and (pieces := build(second)) and not (cue.kind_class == "evaluation" and self._is_bare_name(pieces)):
                    if self._refused(verb, source, take, cue):
                        return None
                    last = second if second is not None and second - verb <= 2 else verb
                    return self._draft(verb, last, verb, source if take != "raise" else agent(self.notes, verb), pieces, cue, take, clause)
        return None

    def _constructions(self, verb: int, source: int | None, clause: range) -> Iterator[tuple[str, Callable[[int | None], Pieces]]]:
        scene, passive = self.scene, is_passive(self.notes, verb)
        if passive:
            yield "raise", lambda second: scene.raised(verb)
        yield "as", lambda second: scene.described(verb)
        yield "of", lambda second: scene.of_what(verb)
        if not passive:
            yield "addressee", lambda second: scene.addressee(verb, second)
        yield "that", lambda second: scene.finite(verb, clause)
        if passive and source is None:
            return
        yield "quote", lambda second: self.quoted(verb, clause)
        yield "that", lambda second: scene.inserted(verb, clause)
        yield "to", lambda second: scene.infinitival(verb)
        if not passive:
            yield "np", lambda second: scene.nominal(verb, second)

    def quoted(self, verb: int, clause: range) -> Pieces:
        """The quotations right beside the cue clause; the rest of the sentence before it belongs to the first one."""
        if self._denied(verb) or (self.notes.dep[verb] == "acl" and is_passive(self.notes, verb)):
            return []
        before, behind = quote_before(self.scene, verb, clause), quote_after(self.scene, verb, clause)
        pieces: Pieces = []
        if before:
            pieces.append((before.start, before.end))
            sentence = self.notes.sentence(verb)
            start = self.notes.start[sentence.start]
            opened = self.notes.text[start : before.start].rstrip().endswith(":")  # *She scolded him: "..."*
            if start < before.start and not opened and not before.holds(start):
                pieces += self.scene.pieces(sentence.start, clause.start - 1)
        if behind:
            pieces.append((behind.start, behind.end))
        return pieces

    def _denied(self, verb: int) -> bool:
        """*He did not say "..."*; a *not* inside a quotation is the speaker's."""
        return any(covering(self.scene.regions, self.notes.start[child]) is None for child in self.notes.having(verb, "neg"))

    def _second(self, verb: int, cue: Cue) -> Iterator[int | None]:
        """The token of the cue's second word, None if the cue has but one; nothing if it is missing."""
        if cue.second is None:
            yield None
            return
        for child in self.notes.children[verb]:
            if child > verb and self.notes.lower[child] == cue.second:
                yield child
                return

    def _source(self, verb: int) -> int | None:
        if verb in self.scene.stops:
            return subject(self.notes, self.scene.stops[verb])
        found = subject(self.notes, verb)
        if found is not None and self._is_quoted(found, verb):
            return self._stranded(verb, self.notes.sentence(verb))
        if found is None and not is_passive(self.notes, verb) and self.notes.child(verb, *SUBJECTS) is None:
            sentence = self.notes.sentence(verb)
            if verb > sentence.start and self.notes.tag[verb] in ("VBD", "VBZ", "VBP", "VBN"):
                return self._stranded(verb, sentence)
        return found

    def _is_quoted(self, source: int, verb: int) -> bool:
        """Whether the parser took words of the quotation before a cue (*"We won. All of us," said Ms Dale*) for who says it."""
        notes = self.notes
        region = covering(self.scene.regions, notes.start[source]) if source < verb else None
        return region is not None and region.double and region.end <= notes.start[verb] and notes.pos[verb - 1] == "PUNCT" and len(notes.tokens(region.start, region.end)) > _LONE

    def _stranded(self, verb: int, sentence: range) -> int | None:
        """The speaker right behind (*"...," said X*) or before a cue that the parser gave no subject."""
        notes = self.notes
        if notes.pos[verb - 1] != "PUNCT":
            return before(notes, verb, sentence.start)
        found = after(notes, verb, sentence.stop)
        own_object = found is not None and notes.dep[found] in ("dobj", "pobj", "dative") and notes.lower[verb - 1] == ","
        return None if own_object else found

    def _refused(self, verb: int, source: int | None, take: str, cue: Cue) -> bool:
        """Commands to the reader, generic *you*, and cues without anybody who says, except where a quotation or clause stands by itself."""
        notes = self.notes
        if ((cue.kind_class in ("belief", "evaluation") and cue.group != "expect") or take == "np") and self._unreal(verb):
            return True
        vague = source is not None and notes.lower[source] in ("you", "one", "what", "this", "that", "it")
        if vague and take not in ("quote", "that"):
            return True
        if source is not None and (notes.lower[source] == "you" or self._of_the_speaker(verb, source, cue)):
            return True
        if source is not None and notes.lower[source] in ("it", "this", "that", "there") and notes.head[source] != verb:
            return True
        bare = notes.tag[verb] == "VB" and notes.child(verb, *_AUXILIARY) is None
        return source is None and (bare or take in ("to", "np", "of", "as", "addressee"))

    def _is_bare_name(self, pieces: Pieces) -> bool:
        """*Praised Mr Dale*: somebody is judged, but nothing is said of him."""
        return all(self.notes.pos[token] in ("PROPN", "PRON", "PUNCT") for start, end in pieces for token in self.notes.tokens(start, end))

    def _unreal(self, verb: int) -> bool:
        """Infinitives, gerunds after a preposition and verbs under *can, should, must, not*: nobody is said to do it."""
        notes = self.notes
        modal = any(notes.tag[child] in ("TO", "MD") and notes.lower[child] not in ("will", "would") for child in notes.having(verb, "aux"))
        return modal or notes.dep[verb] == "pcomp" or (notes.tag[verb] == "VB" and notes.child(verb, "aux") is None)

    def _of_the_speaker(self, token: int, source: int, cue: Cue) -> bool:
        """*I think*, *we want*: in a quotation the speaker's own words, in the article its author's."""
        if self.notes.lower[source] not in _FIRST_PERSON:
            return False
        return cue.kind_class in ("belief", "intention") or cue.group == "evidence" or covering(self.scene.regions, self.notes.start[token]) is not None

    def _draft(
        self, first: int, last: int, head: int, source: int | None, pieces: Pieces, cue: Cue, take: str, clause: range
    ) -> Draft | None:
        grown = self.scene.grown(merged(pieces), self.notes.start[head])
        cut = self._one_voice([piece for whole in grown for piece in self._without(whole, clause, head)], head)
        return Draft(first, last, head, source, tuple(cut), cue, f"attribution.{cue.group}.{take}", clause) if cut else None

    def _one_voice(self, pieces: Pieces, head: int) -> Pieces:
        """After a quotation before the cue only another quotation goes on (*"A," he said after B*)."""
        at, regions = self.notes.start[head], self.scene.regions
        if len(pieces) < 2 or pieces[0][1] > at or covering(regions, pieces[0][1] - 1) is None:
            return pieces
        return [piece for piece in pieces if piece[1] <= at or covering(regions, piece[0]) is not None]

    def _without(self, piece: tuple[int, int], clause: range, head: int) -> Pieces:
        """A piece without the cue clause, if growing has run over it."""
        start, end = self.notes.start[clause.start], self.notes.end[clause.stop - 1]
        if not piece[0] <= self.notes.start[head] < piece[1]:
            return [piece]
        halves = [self.scene.trim(piece[0], start), self.scene.trim(end, piece[1])]
        return [half for half in halves if half[0] < half[1] and self.scene.wordy(*half)]

    # Nouns and adjectives

    def noun(self, noun: int) -> Draft | None:
        """*his statement that ...*, *issued a warning that ...*, *a plan to ...*, *criticism of ...*."""
        notes, light = self.notes, self._light(noun)
        source = owner(notes, noun)
        if source is None and light is not None:
            source = subject(notes, light)
        for cue in self.book.nouns[notes.lemma[noun]]:
            take, pieces = self._noun_content(noun, cue)
            if pieces and (source is not None or take == "that") and not (source is not None and self._of_the_speaker(noun, source, cue)):
                first = light if light is not None and light < noun and source != owner(notes, noun) else noun
                return self._draft(first, noun, noun, source, pieces, cue, take, range(first, noun + 1))
        return None

    def _noun_content(self, noun: int, cue: Cue) -> tuple[str, Pieces]:
        notes, scene = self.notes, self.scene
        clause = range(noun, noun + 1)
        if "that" in cue.takes:
            for child in (c for c in notes.children[noun] if c > noun and notes.dep[c] in ("acl", "ccomp", "relcl", "appos")):
                if any(notes.dep[c] == "mark" and notes.lower[c] in ("that", "whether") for c in notes.children[child]):
                    return "that", scene.whole(child, noun, clause)
                if self._is_content(child):
                    return "that", scene.whole(child, noun, clause)
            if notes.dep[noun] == "nsubj" and notes.lemma[notes.head[noun]] == "be":
                copula = notes.head[noun]
                for child in notes.having(copula, "ccomp"):
                    if child > copula and notes.child(child, "mark") is not None:
                        return "that", scene.whole(child, copula, range(copula, copula + 1))
        if "to" in cue.takes:
            for child in (c for c in notes.children[noun] if c > noun and notes.dep[c] in ("acl", "xcomp", "relcl")):
                if scene.infinitive(child) and notes.child(child, "nsubj") is None:
                    return "to", scene.whole(child, noun, clause)
        for prep in (c for c in notes.children[noun] if c > noun and notes.dep[c] == "prep" and notes.lower[c] in cue.takes):
            target = notes.child(prep, "pobj", "pcomp")
            if target is not None:
                return notes.lower[prep], scene.whole(target, prep, range(prep, prep + 1))
        return "", []

    def _is_content(self, clause: int) -> bool:
        """*A warning that the dam could break*, taken for a relative clause by the parser: nobody could *break a warning* to come."""
        notes = self.notes
        that = next((c for c in notes.having(clause, "dobj", "mark") if notes.lower[c] == "that" and c < clause), None)
        modal = any(notes.tag[child] == "MD" for child in notes.having(clause, "aux"))
        return notes.dep[clause] in ("relcl", "acl") and that is not None and modal and notes.child(clause, *SUBJECTS) is not None and notes.lemma[clause] not in self.book.light

    def _light(self, noun: int) -> int | None:
        """The light verb of a noun."""
        notes = self.notes
        head = notes.head[noun]
        if notes.dep[noun] in ("dobj", "nsubjpass") and notes.lemma[head] in self.book.light and notes.pos[head] == "VERB":
            return head
        return None

    def adjective(self, token: int) -> Draft | None:
        """*is confident that ...*, *ready to ...*, *critical of ...*."""
        notes, copula = self.notes, self.notes.head[token]
        if notes.dep[token] not in ("acomp", "ROOT", "conj", "oprd") or notes.lemma[copula] not in ("be", "feel", "remain", "seem", "sound", "appear", "become", "grow"):
            return None
        source = subject(notes, copula)
        clause = range(token, token + 1)
        for cue in self.book.adjectives[notes.lemma[token]]:
            take, pieces = self._adjective_content(token, cue, clause)
            if pieces and source is not None and notes.lower[source] not in ("it", "this", "that", "what", "you") and not self._of_the_speaker(token, source, cue):
                return self._draft(token, token, token, source, pieces, cue, take, clause)
        return None

    def _adjective_content(self, token: int, cue: Cue, clause: range) -> tuple[str, Pieces]:
        notes, scene = self.notes, self.scene
        for child in (c for c in notes.children[token] if c > token):
            if "that" in cue.takes and notes.dep[child] == "ccomp" and not scene.infinitive(child):
                return "that", scene.whole(child, token, clause)
            if "to" in cue.takes and notes.dep[child] in ("xcomp", "ccomp") and scene.infinitive(child):
                return "to", scene.whole(child, token, clause)
            if notes.dep[child] == "prep" and notes.lower[child] in cue.takes and (target := notes.child(child, "pobj", "pcomp")) is not None:
                return notes.lower[child], scene.whole(target, child, range(child, child + 1))
        return "", []

    # Prepositions

    def _phrase(self, token: int) -> int | None:
        """The last token of an attributing phrase that begins here (*according to*, *in the words of*)."""
        lower = self.notes.lower
        for words in self.book.phrases["source_after"]:
            if lower[token] == words[0] and lower[token : token + len(words)] == words:
                return token + len(words) - 1
        return None

    def according(self, token: int, to: int) -> Draft | None:
        """*A, according to X*; *according to X, A*: the sentence or the clause that the phrase hangs on."""
        notes = self.notes
        source = notes.child(to, "pobj") or notes.child(token, "pobj") or after(notes, to, notes.sentence(to).stop)
        if source is None:
            return None
        _, last = edges(notes, source, range(token, to + 1))
        removed = range(token, max([last, *(t for t in notes.subtree(source) if t > to)]) + 1)
        pieces = self._beside(token, removed)
        cue = Cue("according", "speech", "statement", frozenset(), None)
        return self._draft(token, to, token, source, pieces, cue, "phrase", removed)

    @cached_property
    def _unsourced(self) -> frozenset[str]:
        return frozenset(phrase[0] for phrase in self.book.phrases["unsourced"])

    def reportedly(self, token: int) -> Draft | None:
        """*has reportedly left*: the clause, with nobody named who says so."""
        notes, verb = self.notes, self.notes.head[token]
        if notes.dep[token] != "advmod" or notes.pos[verb] not in ("VERB", "AUX"):
            return None
        clause = range(token, token + 1)
        below = notes.subtree(verb)
        kind = "accusation" if notes.lower[token] == "allegedly" else "statement"
        cue = Cue("reportedly", "speech", kind, frozenset(), None)
        pieces = self.scene.pieces(below[0], below[-1])
        return Draft(token, token, token, None, tuple(pieces), cue, "attribution.reportedly.phrase", clause) if pieces else None

    def _beside(self, token: int, removed: range) -> Pieces:
        notes, sentence = self.notes, self.notes.sentence(token)
        if removed.start <= sentence.start + 1:
            return self.scene.pieces(removed.stop, sentence.stop - 1)
        if all(notes.pos[t] == "PUNCT" for t in range(removed.stop, sentence.stop)) and notes.dep[notes.head[token]] != "relcl":
            return self.scene.pieces(sentence.start, removed.start - 1)
        return self._clause_of(token, removed)

    def _clause_of(self, token: int, removed: range) -> Pieces:
        notes, governor = self.notes, self.notes.head[token]
        while notes.pos[governor] not in ("VERB", "AUX") and notes.head[governor] != governor:
            governor = notes.head[governor]
        below = [t for t in notes.subtree(governor) if t not in removed]
        return self.scene.pieces(below[0], below[-1], removed) if below else []


def stops(notes: Annotations, book: AttributionBook) -> dict[int, int]:
    """Where a content ends because its speaker goes on with another cue: the mark or conjunction before that cue, and the cue -> the first cue.

    *said the plan failed, adding that ...*, *said he must go and called on ...*: the parser often hangs the second cue on the first content.
    """
    found: dict[int, int] = {}
    for token in range(2, len(notes)):
        before = token - 2 if notes.pos[token - 1] == "ADV" and notes.lower[token - 2] in ("and", "but", ",") else token - 1
        if notes.lower[token] == "according" and notes.lower[before] == ",":
            found[before] = token
        elif notes.lemma[token] in book.verbs and notes.pos[token] == "VERB" and (governor := _first_cue(notes, book, token, before)) is not None:
            found[before], found[token] = governor, governor
    return found


def _first_cue(notes: Annotations, book: AttributionBook, token: int, before: int) -> int | None:
    """The cue whose speaker goes on with this one."""
    if not any(cue.kind_class in ("speech", "directive", "commitment") for cue in book.verbs[notes.lemma[token]]):
        return None
    if notes.child(token, *SUBJECTS) is not None or notes.child(token, "aux", "auxpass") is not None:
        return None
    if notes.tag[token] == "VBG" and notes.lower[before] in (",", '"', "”") and notes.dep[token] in ("advcl", "conj", "acl"):
        return _saying(notes, book, token, ("ccomp", "acl"))
    if notes.dep[token] != "conj" or notes.lower[before] not in ("and", "but", ","):
        return None
    governor = _saying(notes, book, token, ("ccomp", "xcomp", "dobj", "prep"))
    sister = notes.head[token]
    if governor is None or governor == sister or notes.tag[governor] != notes.tag[token]:
        return None
    return governor if notes.tag[sister] != notes.tag[token] or notes.lemma[sister] == "be" or notes.lemma[governor] == notes.lemma[token] else None


def _saying(notes: Annotations, book: AttributionBook, token: int, through: tuple[str, ...]) -> int | None:
    """The cue verb whose complement holds the token."""
    below = token
    for above in notes.ancestors(token):
        if notes.dep[below] in through and notes.lemma[above] in book.verbs and notes.pos[above] == "VERB":
            return above
        below = above
    return None


def quoted_share(scene: Scene, pieces: Iterable[tuple[int, int]]) -> str:
    """direct, mixed or indirect: all, some or none of the content's words stand between quotation marks."""
    notes = scene.notes
    words = [token for start, end in pieces for token in notes.tokens(start, end) if notes.pos[token] not in ("PUNCT", "SYM", "SPACE")]
    inside = sum(covering(scene.regions, notes.start[token]) is not None for token in words)
    return "direct" if words and inside == len(words) else "mixed" if inside else "indirect"
