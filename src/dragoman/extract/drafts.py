"""What the readers of actors hand to each other while mentions are still being made, and the syntax they ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dragoman.annotate.columns import Annotations
from dragoman.extract.references import References
from dragoman.extract.roster import Entry, Hit, Roster

_INSIDE = ("compound", "nmod", "amod")
_BEFORE = (*_INSIDE, "det", "predet", "poss", "nummod", "quantmod", "advmod", "npadvmod", "punct", "case")


@dataclass(slots=True)
class Draft:
    """A mention in the making.

    Fields as in `records.Mention`, and `role`: the role noun ("" for a name), `entry`: the row of a name, `same`: an earlier mention of
    the same entity, `titles`: role nouns that stood with a name, `said`: its sector is that of such a noun, `namesakes`: rows among which
    the form does not choose, `gender`: "m", "f" or "" (unknown).
    """

    first: int
    last: int
    start: int
    end: int
    head: int
    kind: str
    name: str | None = None
    country: str | None = None
    sector: str | None = None
    how: str | None = None
    rule: str = ""
    role: str = ""
    entry: Entry | None = None
    entity: int = -1
    gender: str = ""
    same: Draft | None = None
    titles: tuple[str, ...] = ()
    plural: bool = False
    said: bool = False
    namesakes: tuple[Entry, ...] = ()

    @property
    def is_name(self) -> bool:
        """Whether the phrase is a name, not a description or pronoun."""
        return not self.role and self.how != "coreference"

    def take(self, other: Draft, how: str = "coreference") -> None:
        """Become another mention of what `other` means."""
        self.same, self.name, self.country, self.sector, self.how = other.same or other, other.name, other.country, other.sector, how
        self.gender = self.gender or other.gender

    def covers(self, token: int) -> bool:
        """Whether the token belongs to the phrase."""
        return self.first <= token <= self.last


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything one reading needs: the annotations, the tables, the day, and for each quoted token its quotation (first and last token)."""

    notes: Annotations
    roster: Roster
    words: References
    date: str | None
    quoted: Mapping[int, tuple[int, int]] = field(default_factory=dict)


def quotations(notes: Annotations) -> dict[int, tuple[int, int]]:
    """For each token between quotation marks of its paragraph the first and last token of the quotation."""
    found: dict[int, tuple[int, int]] = {}
    for first, stop in notes.blocks:
        run: list[int] = []
        inside = False
        for token in range(first, stop):
            word = notes.word[token]
            after = True if word == "“" else False if word == "”" else not inside if word in ('"', "''", "``") else inside
            if inside:
                run.append(token)
            if inside and not after:
                found.update(dict.fromkeys(run, (run[0], run[-1])))
                run = []
            inside = after
        if run:
            found.update(dict.fromkeys(run, (run[0], run[-1])))
    return found


def named(hit: Hit, entry: Entry, head: int, kind: str, date: str | None = None) -> Draft:
    """The draft of a name of the tables; `dated` only for a day that its row is known to say something about."""
    how = "dated" if entry.dated and entry.known(date) else "name"
    return Draft(hit.first, hit.last, hit.start, hit.end, head, kind, entry.name, entry.country, entry.sector, how, entry.rule, entry=entry)


def phrase_head(notes: Annotations, first: int, last: int) -> int:
    """The token of the range that governs the others (the last one whose head is outside)."""
    outer = [t for t in range(first, last + 1) if not first <= notes.head[t] <= last or notes.head[t] == t]
    return outer[-1] if outer else last


def host(notes: Annotations, token: int) -> int:
    """The noun of which the token is, directly or not, a compound or adjective; itself if it is none."""
    while notes.dep[token] in _INSIDE and notes.head[token] > token:
        token = notes.head[token]
    return token


def left_edge(notes: Annotations, head: int) -> int:
    """The first token of what stands before the head in its noun phrase."""
    begin = notes.sentence(head).start
    before = [c for c in notes.children[head] if c < head and notes.dep[c] in _BEFORE]
    return max(begin, min([head, *(min(notes.subtree(c)) for c in before)]))


class Shelf:
    """Drafts found by the tokens that they cover, by head and by sentence, in the order in which they were put in.

    It is what keeps the readers linear in the length of an article: they ask for what stands near instead of walking through all drafts.
    """

    def __init__(self, notes: Annotations, drafts: Iterable[Draft] = ()) -> None:
        self._notes = notes
        self._all: list[Draft] = []
        self._order: dict[int, int] = {}
        self._by_token: dict[int, list[Draft]] = defaultdict(list)
        self._by_head: dict[int, list[Draft]] = defaultdict(list)
        self._by_sentence: dict[int, list[Draft]] = defaultdict(list)
        self._by_ending: dict[str, list[Draft]] = defaultdict(list)
        for draft in drafts:
            self.add(draft)

    def add(self, draft: Draft) -> None:
        """Put one in, as it stands now: later changes of its tokens are not seen."""
        self._order[id(draft)] = len(self._all)
        self._all.append(draft)
        for token in range(draft.first, draft.last + 1):
            self._by_token[token].append(draft)
        self._by_head[draft.head].append(draft)
        self._by_sentence[self._notes.sentence_of[draft.head]].append(draft)
        if draft.entry and draft.kind in ("organisation", "group"):
            words = self._notes.text[draft.start : draft.end].lower().split()
            for begin in range(1, len(words)):
                self._by_ending[" ".join(words[begin:])].append(draft)

    def __iter__(self) -> Iterator[Draft]:
        return iter(self._all)

    def between(self, first: int, last: int) -> list[Draft]:
        """Those that cover one of the tokens `first` to `last` (inclusive)."""
        found = {id(draft): draft for token in range(first, last + 1) for draft in self._by_token.get(token, ())}
        return sorted(found.values(), key=lambda draft: self._order[id(draft)])

    def headed(self, *tokens: int) -> list[Draft]:
        """Those whose head is one of the tokens."""
        found = [draft for token in tokens for draft in self._by_head.get(token, ())]
        return sorted(found, key=lambda draft: self._order[id(draft)]) if len(tokens) > 1 else found

    def sentences(self, first: int, last: int) -> list[Draft]:
        """Those whose head stands in the sentences `first` to `last` (inclusive)."""
        return [draft for number in range(first, last + 1) for draft in self._by_sentence.get(number, ())]

    def ending(self, words: str) -> list[Draft]:
        """Bodies and groups of the tables with a longer name that ends in the words (in small letters)."""
        return self._by_ending.get(words, [])
