"""The content of an attribution: which characters are said, thought, wanted or judged, for each construction that a cue can take.

A content is a list of pieces (half-open character ranges) in text order. Every function gives an empty list where the construction is
not there, so a reader may ask them in turn.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.annotate.columns import Annotations
from dragoman.extract.attribution_source import SUBJECTS, edges
from dragoman.extract.quotes import Quotation, covering

Pieces = list[tuple[int, int]]
_TRIM_LEFT = " \t\r\n\u00a0,;:.–—-"
_TRIM_RIGHT = " \t\r\n\u00a0,;:.–—-"
_MODIFIERS = frozenset({"aux", "auxpass", "neg", "advmod", "prt", "prep", "dative", "npadvmod", "agent", "oprd"})
_MARKS = "\"'“”„«»‘’`"
_GAP = frozenset(" \t\r\n\u00a0,;:–—-")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PREDICATES = _FINITE | {"VB"}
_WH = frozenset({"WP", "WDT", "WRB", "WP$"})
# Quoted words that follow a verb without a comma are a phrase of its clause unless there are more than these (marks included).
_LONE = 6
# Between a cue and its quotation there may stand an addressee, a place and a day; more than this is another clause.
_LONGEST_GAP = 140
# An infinitive farther from the verb is a purpose of its own.
_NEAR = 4
_EMPTY = frozenset({"it", "this", "that", "so", "itself", "himself", "herself", "themselves"})
_EMPTY_TAGS = frozenset({"WP", "WDT", "WRB", "EX"})
_NAMING = frozenset({"call", "label", "brand", "dub", "deem", "consider", "declare"})


@dataclass(frozen=True)
class Scene:
    """An article's annotations and quotations. `stops`: token at which a content must end early -> the cue verb that cut it there."""

    notes: Annotations
    regions: Sequence[Quotation]
    stops: dict[int, int] = field(default_factory=dict)

    def infinitive(self, verb: int) -> bool:
        """Whether the verb has *to*."""
        return any(self.notes.tag[child] == "TO" for child in self.notes.children[verb])

    def tensed(self, verb: int) -> bool:
        """Whether the clause has a finite verb or a conjunction: *found that it works*, not *found it working*."""
        notes = self.notes
        if notes.tag[verb] in _FINITE:
            return True
        return any(notes.tag[child] in _FINITE or notes.dep[child] == "mark" or notes.tag[child] in _WH for child in notes.children[verb])

    def clause(self, verb: int, source: int | None) -> range:
        """The tokens of the cue clause itself: source, auxiliaries, verb, adverbs and phrases that hang on it, without its complement."""
        notes, sentence = self.notes, self.notes.sentence(verb)
        kept = {verb}
        for child in notes.children[verb]:
            if notes.dep[child] in _MODIFIERS or notes.dep[child] == "dobj":
                below = notes.subtree(child)
                kept.update(below if not any(notes.tag[token] in _PREDICATES for token in below) else [child])
        if source is not None and source in sentence:
            first, last = edges(notes, source, (verb,))
            kept.update(range(first, last + 1))
            kept.update(token for token in notes.subtree(source) if verb not in (token, *notes.ancestors(token)) or notes.head[source] == verb)
        return _around(notes, verb, kept)

    def pieces(self, low: int, high: int, removed: Iterable[int] = ()) -> Pieces:
        """Tokens low..high without the removed ones, as trimmed character ranges that hold a word."""
        gone = set(removed)
        runs: list[list[int]] = []
        for token in range(low, high + 1):
            if token in gone:
                continue
            if runs and runs[-1][1] == token - 1:
                runs[-1][1] = token
            else:
                runs.append([token, token])
        ranges = (self.trim(self.notes.start[first], self.notes.end[last]) for first, last in runs)
        return [piece for piece in ranges if self.wordy(*piece)]

    def wordy(self, start: int, end: int) -> bool:
        """Whether the range holds more than a conjunction or marks."""
        words = [token for token in self.notes.tokens(start, end) if self.notes.pos[token] not in ("PUNCT", "SPACE", "SYM")]
        return end > start and bool(words) and not all(self.notes.pos[token] in ("CCONJ", "SCONJ") for token in words)

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """The range without blanks, commas and stops at its edges; a stop inside a quotation stays."""
        text = self.notes.text
        while start < end and text[start] in _TRIM_LEFT:
            start += 1
        while end > start and text[end - 1] in _TRIM_RIGHT and covering(self.regions, end - 1) is None:
            end -= 1
        return start, end

    def grown(self, pieces: Pieces, cue: int) -> Pieces:
        """Pieces widened to the whole of each quotation that they touch; a cue that itself stands in a quotation keeps them inside it."""
        around = covering(self.regions, cue)
        if around:
            inside = [(max(start, around.start), min(end, around.end)) for start, end in pieces]
            return [piece for piece in inside if piece[0] < piece[1]]
        return merged([self._grow(start, end, cue) for start, end in pieces])

    def _grow(self, start: int, end: int, cue: int) -> tuple[int, int]:
        place = bisect_right(self.regions, start, key=lambda region: region.end)
        while place < len(self.regions) and self.regions[place].start < end:
            start, end = min(start, self.regions[place].start), max(end, self.regions[place].end)
            place += 1
        return start, end

    def finite(self, verb: int, clause: range) -> Pieces:
        """The clause that the verb says, before, around or after the cue clause."""
        notes = self.notes
        found: Pieces = []
        for child in notes.having(verb, "ccomp"):
            if child > verb and (self.infinitive(child) or not self.tensed(child)):
                continue
            found += self._span_of(child, verb, clause)
        return found

    def _span_of(self, child: int, verb: int, clause: range) -> Pieces:
        notes = self.notes
        below = [token for token in notes.subtree(child) if token not in clause]
        if not below:
            return []
        low, high = below[0], below[-1]
        if low > verb:
            return self.pieces(low, self._stop(low, high, verb))
        return self.pieces(low, high, clause)

    def _stop(self, low: int, high: int, verb: int) -> int:
        """The last token before another cue of the same speaker (*, adding that ...*)."""
        for token in range(low + 1, high + 1):
            if token in self.stops and token > verb + 1:
                return token - 1
        return high

    def whole(self, token: int, verb: int, clause: range) -> Pieces:
        """All below a token."""
        return self._span_of(token, verb, clause)

    def inserted(self, verb: int, clause: range) -> Pieces:
        """*A, he said, B* where the parser hangs the cue on the content or leaves both beside each other."""
        notes = self.notes
        sentence = notes.sentence(verb)
        if notes.child(verb, *SUBJECTS) is None:
            return []
        mark = next((c for c in notes.having(verb, "mark") if notes.lower[c] == "as" and notes.dep[verb] == "advcl"), None)
        if mark is not None and mark < clause.start:
            clause = range(mark, clause.stop)
        before, after = clause.start - 1, clause.stop
        parted_before = before < sentence.start or notes.lower[before] in (",", '"', "”", "''", "’", "'", "–", "—", "-", "…")
        parted_after = after >= sentence.stop or notes.word[after][0] in ",.;:?!”\"’)–—"
        if not (parted_before and parted_after) or (before < sentence.start and after >= sentence.stop):
            return []
        if notes.dep[verb] == "parataxis" or mark is not None:
            below = [token for token in notes.subtree(notes.head[verb]) if token not in clause]
            return self.pieces(below[0], below[-1], clause) if below else []
        if notes.dep[verb] in ("ROOT", "ccomp", "conj") and any(notes.pos[token] in ("VERB", "AUX") for token in range(sentence.start, before)):
            return self.pieces(sentence.start, before)
        return []

    def infinitival(self, verb: int) -> Pieces:
        """*to withdraw*, *not to withdraw*."""
        for child in self.notes.having(verb, "xcomp", "ccomp", "advcl"):
            near = self.notes.dep[child] != "advcl" or child - verb < _NEAR
            if child > verb and near and self.infinitive(child) and self.notes.child(child, "nsubj", "mark") is None:
                below = [token for token in self.notes.subtree(child) if token > verb]
                return self.pieces(below[0], self._stop(below[0], below[-1], verb))
        return []

    def addressee(self, verb: int, second: int | None) -> Pieces:
        """*the council to act*: who shall act and what."""
        notes = self.notes
        for child in (c for c in self.notes.children[verb] if c > verb and notes.dep[c] in ("xcomp", "ccomp", "advcl")):
            if not self.infinitive(child):
                continue
            who = notes.child(child, "nsubj") or notes.child(verb, "dobj", "dative") or (notes.child(second, "pobj") if second is not None else None)
            if who is not None and verb < who < child:
                return self.pieces(_left(notes, who, verb), self._stop(child, notes.subtree(child)[-1], verb))
        who = notes.child(second, "pobj") if second is not None else notes.child(verb, "dobj")
        if who is None or who < verb:
            return []
        inner = next((c for c in notes.having(who, "acl", "relcl") if self.infinitive(c)), None)
        return self.pieces(_left(notes, who, verb), notes.subtree(inner)[-1]) if inner is not None else []

    def nominal(self, verb: int, second: int | None) -> Pieces:
        """The object as a whole, or what stands after the preposition that belongs to the cue."""
        notes = self.notes
        if second is not None and notes.dep[second] in ("prep", "agent", "dative"):
            target = notes.child(second, "pobj", "pcomp")
        else:
            governors = [verb] if second is None or notes.dep[second] in ("prt", "advmod", "acomp") else [second]
            target = next((c for g in governors for c in notes.having(g, "dobj") if verb < c != second), None)
            if target is None and second is None:
                target = next((c for c in notes.having(verb, "xcomp") if c > verb and notes.tag[c] == "VBG"), None)
            if target is None and second is not None:
                target = next(iter([t for g in (second, verb) for t in notes.preps(g) if t > second]), None)
        if target is None or notes.tag[target] in _EMPTY_TAGS or notes.lower[target] in _EMPTY:
            return []
        below = [token for token in notes.subtree(target) if token > verb]
        return self.pieces(below[0], self._stop(below[0], below[-1], verb)) if below else []

    def described(self, verb: int) -> Pieces:
        """*it a lie*, *X as Y*: object and description; the object alone is no claim."""
        notes = self.notes
        what = notes.child(verb, "dobj", "nsubj") if notes.lemma[verb] in _NAMING else notes.child(verb, "dobj")
        below = (*notes.children[verb], *(notes.children[what] if what is not None else ()))
        how = next((c for c in below if c > verb and ((notes.lower[c] == "as" and notes.children[c]) or (notes.dep[c] == "oprd" and notes.head[c] == verb))), None)
        if how is None and notes.lemma[verb] in _NAMING:
            small = (c for c in notes.having(verb, "ccomp", "xcomp") if c > verb and not self.infinitive(c))
            how = next((c for c in small if notes.pos[c] in ("NOUN", "ADJ", "PROPN")), None)
        if how is None:
            return []
        high = notes.subtree(how)[-1]
        if notes.child(verb, "nsubjpass") is not None:
            patient = notes.child(verb, "nsubjpass")
            return self.pieces(*edges(notes, patient)) + self.pieces(how, high) if patient is not None else []
        low = _left(notes, what, verb) if what is not None and verb < what < how else notes.subtree(how)[0]
        return self.pieces(max(low, verb + 1), self._stop(low, high, verb))

    def of_what(self, verb: int) -> Pieces:
        """*accused X of Y*, *blamed X for Y*: from the object through the phrase."""
        notes = self.notes
        what = notes.child(verb, "dobj")
        for prep in (c for c in notes.children[verb] if notes.dep[c] == "prep" and notes.lower[c] in ("of", "for", "over") and c > verb):
            if what is not None and verb < what < prep:
                return self.pieces(_left(notes, what, verb), self._stop(what, notes.subtree(prep)[-1], verb))
            patient = notes.child(verb, "nsubjpass")
            if patient is not None and notes.lower[prep] == "of":
                return self.pieces(*edges(notes, patient)) + self.pieces(prep, notes.subtree(prep)[-1])
        return []

    def raised(self, verb: int) -> Pieces:
        """*X is said to be Y*, *it is believed that X*."""
        notes = self.notes
        patient = notes.child(verb, "nsubjpass", "nsubj")
        for child in notes.having(verb, "xcomp", "ccomp"):
            if child < verb:
                continue
            high = notes.subtree(child)[-1]
            if notes.dep[child] == "xcomp" and self.infinitive(child) and patient is not None:
                return self.pieces(*edges(notes, patient)) + self.pieces(notes.subtree(child)[0], high)
            if notes.dep[child] == "ccomp" and patient is not None and notes.lower[patient] == "it":
                return self.pieces(notes.subtree(child)[0], high)
        return []


def _around(notes: Annotations, verb: int, kept: set[int]) -> range:
    """The run of kept tokens that holds the verb; commas inside it do not part it."""
    first = last = verb
    while first - 1 in kept or (first - 2 in kept and notes.pos[first - 1] == "PUNCT" and notes.lower[first - 1] not in ('"', "”", ":", ";")):
        first -= 1
    while last + 1 in kept or (last + 2 in kept and notes.pos[last + 1] == "PUNCT" and notes.lower[last + 1] not in ('"', "“", ":", ";")):
        last += 1
    return range(first, last + 1)


def _left(notes: Annotations, token: int, bar: int) -> int:
    """The first token of a phrase, right of the cue."""
    return next(t for t in notes.subtree(token) if t > bar)


def merged(pieces: Iterable[tuple[int, int]]) -> Pieces:
    """Overlapping and touching pieces made one, in text order."""
    found: Pieces = []
    for start, end in sorted(pieces):
        if found and start <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def quote_before(scene: Scene, verb: int, clause: range) -> Quotation | None:
    """The quotation that ends right before the cue clause, with a comma, a question or the like at its end."""
    notes = scene.notes
    text, at = notes.text, notes.start[clause.start]
    place = bisect_right(scene.regions, at, key=lambda r: r.end) - 1
    region = scene.regions[place] if place >= 0 else None
    if region is None or at - region.end >= 8 or not set(text[region.end : at]) <= _GAP:
        return None
    inner = text[region.start : region.end].rstrip(_MARKS)[-1:]
    if inner in tuple(",?!…–—-") or set(text[region.end : at]) & set(",–—-"):
        return region
    closes = clause.stop >= len(notes) or notes.pos[clause.stop] == "PUNCT"
    return region if inner == "." and closes and not notes.having(verb, "dobj", "prep") else None


def quote_after(scene: Scene, verb: int, clause: range) -> Quotation | None:
    """The quotation that the cue clause leads to: in its sentence, or right behind it."""
    notes = scene.notes
    at, sentence = notes.end[clause.stop - 1], notes.sentence(verb)
    limit = notes.end[sentence.stop - 1] + 3
    for place in range(bisect_left(scene.regions, at, key=lambda r: r.start), len(scene.regions)):
        region = scene.regions[place]
        if region.start > limit or region.start - at > _LONGEST_GAP:
            return None
        gap = notes.text[at : region.start]
        between = notes.tokens(at, region.start)
        if set(gap) <= _GAP:
            exclaimed = notes.text[region.start : region.end].rstrip(_MARKS)[-1:] in ("?", "!")
            return region if exclaimed or set(gap) & set(",:") or len(notes.tokens(region.start, region.end)) > _LONE else None
        leads = gap.rstrip().endswith((",", ":"))
        return region if leads and not any(notes.pos[t] in ("VERB", "AUX", "SCONJ") or notes.dep[t] in SUBJECTS for t in between) else None
    return None
