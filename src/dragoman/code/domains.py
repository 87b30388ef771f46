"""Other desks: sentences of sport, business and the arts, in which countries attack, defend and sign without any politics (`codebooks/domains.yaml`).

Beside them what the article as a whole is about (in a report of hackers an attack is no assault) and talks with those whose trade is to ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.annotate.columns import Annotations
from dragoman.code.frames import Term, head_of, word_set
from dragoman.code.twice import SameAct, read_same_act
from dragoman.codebook import BUILT_IN, read_yaml
from dragoman.records import Mention

# Bodies that act in politics whatever the sentence is about: a ministry that bans fans is still a ministry.
_BODIES = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "PTY", "SPY", "OPP", "REB", "UAF", "IGO"})


@dataclass(frozen=True)
class Topic:
    """What a whole article is about, and what that makes of the events of one type with an everyday trigger.

    The topic holds where its words stand at least `at_least` times and none of the words in `unless`.
    """

    terms: Mapping[str, tuple[Term, ...]]
    unless: frozenset[str]
    at_least: int
    type: str
    triggers: frozenset[str]
    rule: str

    def holds(self, notes: Annotations) -> bool:
        """Whether an article is about this."""
        count = sum(any(_stands(notes, token, term) for key in {word, notes.lemma[token]} for term in self.terms.get(key, ())) for token, word in enumerate(notes.lower))
        return count >= self.at_least and self.unless.isdisjoint(notes.lemma)


@dataclass(frozen=True)
class Domains:
    """Terms of other desks by their head word; topics; types of event that are no politics with a side of these sectors."""

    terms: Mapping[str, tuple[Term, ...]]
    topics: tuple[Topic, ...]
    audiences: Mapping[str, frozenset[str]]
    same_act: SameAct

    def is_private(self, kind: str, mentions: Iterable[Mention]) -> bool:
        """Whether an event of a type is a talk with somebody whose trade it is: an interview is no consultation, two ministers beside a reporter are."""
        trade = self.audiences.get(kind, frozenset())
        asking = [mention.sector in trade and mention.kind != "role" for mention in mentions]
        return any(asking) and asking.count(False) < 2

    def sentences(self, notes: Annotations) -> frozenset[int]:
        """Numbers of the sentences that belong to another desk."""
        return frozenset(notes.sentence_of[token] for token, word in enumerate(notes.lower) for key in {word, notes.lemma[token]} if self._holds(notes, token, key))

    def _holds(self, notes: Annotations, token: int, key: str) -> bool:
        return any(_stands(notes, token, term) for term in self.terms.get(key, ()))


def _stands(notes: Annotations, token: int, term: Term) -> bool:
    """Whether a term stands in the text with its head word at the token."""
    start = token - head_of(term)
    stop = start + len(term)
    return start >= 0 and stop <= len(notes) and all(word in (notes.lower[start + i], notes.lemma[start + i]) for i, word in enumerate(term))


def names_a_body(mentions: Iterable[Mention]) -> bool:
    """Whether one of the sides is a body of politics by its own name or noun, and not just a country."""
    return any(mention.kind != "country" and mention.sector in _BODIES for mention in mentions)


def load_domains(folder: Path = BUILT_IN) -> Domains:
    """The domains of a codebook folder."""
    data = read_yaml(folder / "domains.yaml")
    audiences = {entry["type"]: frozenset(entry["sectors"]) for entry in data["audiences"]}
    topics = tuple(_topic(entry) for entry in data["topics"])
    return Domains(word_set(word for entry in data["domains"] for word in entry["words"]).terms, topics, audiences, read_same_act(data))


def _topic(entry: Mapping[str, Any]) -> Topic:
    sets = {name: frozenset(entry[name]) for name in ("unless", "triggers")}
    return Topic(word_set(entry["words"]).terms, sets["unless"], entry["at_least"], entry["type"], sets["triggers"], entry["rule"])
