"""What the readers of actors hand to each other while mentions are still being made, and the syntax they ask for."""

from __future__ import annotations

from dataclasses import dataclass

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
        self.same, self.name, self.country, self.sector, self.how = other, other.name, other.country, other.sector, how
        self.gender = self.gender or other.gender

    def covers(self, token: int) -> bool:
        """Whether the token belongs to the phrase."""
        return self.first <= token <= self.last


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything one reading needs: the annotations, the tables, the day."""

    notes: Annotations
    roster: Roster
    words: References
    date: str | None


def named(hit: Hit, entry: Entry, head: int, kind: str) -> Draft:
    """The draft of a name of the tables."""
    how = "dated" if entry.dated else "name"
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
