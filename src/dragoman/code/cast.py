"""Who a phrase stands for: from a token of the sentence to the political actors behind it.

A phrase that is no actor itself stands for its owner (*Ukrainian airfields*, *Syria's capital*, *a hospital in Gaza*), for who made it
(*missiles fired by X*) or for whom it counts (*300 of its troops*).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dragoman.annotate.columns import Annotations
from dragoman.code.clauses import Clauses
from dragoman.records import Mention, Toponym

PLACE = "place"
_OWNERS = ("poss", "amod", "compound", "nmod", "appos")
_PLACES = ("in", "near", "at", "from", "across", "outside", "inside", "on")
_SAMPLES = ("as", "like", "including")  # leaders like the two presidents, a state such as Moldova
_JOINED = ("-", "–", "/")  # joint US-Chilean drills
_OWN_PEOPLE = ("CVL", "LAB", "EDU", "OPP", "REF", "JRN", "REL")  # its citizens are people, its troops are but its own
_IN_COMPANY = (("along", "with"), ("together", "with"), ("jointly", "with"))
_MAX_DEPTH = 3


@dataclass(frozen=True)
class Cast:
    """The actors of an article by token: `heads` by the head of their phrase, `covered` by any of its tokens, `twins` all of one head (*the two Koreas*)."""

    notes: Annotations
    clauses: Clauses
    heads: dict[int, Mention]
    covered: dict[int, Mention]
    twins: dict[int, tuple[Mention, ...]]

    @classmethod
    def of(cls, clauses: Clauses, mentions: Iterable[Mention], toponyms: Iterable[Toponym] = ()) -> Cast:
        """The cast of an article; towns and regions that are no actors stand for their country where something is done to them."""
        heads: dict[int, Mention] = {}
        covered: dict[int, Mention] = {}
        twins: dict[int, tuple[Mention, ...]] = {}
        for mention in sorted(mentions, key=lambda m: m.last - m.first, reverse=True):
            heads[mention.head] = mention
            twins[mention.head] = (*twins.get(mention.head, ()), mention)
            covered.update(dict.fromkeys(range(mention.first, mention.last + 1), mention))
        for number, toponym in enumerate(toponyms, 1):
            if toponym.country and toponym.precision != "country" and not any(token in covered for token in range(toponym.first, toponym.last + 1)):
                place = _as_place(toponym, -number)
                heads[toponym.last] = place
                covered.update(dict.fromkeys(range(toponym.first, toponym.last + 1), place))
        return cls(clauses.notes, clauses, heads, covered, twins)

    def at(self, token: int) -> Mention | None:
        """The actor whose phrase has this head, or whose name covers the token."""
        return self.heads.get(token) or self.covered.get(token)

    def who(self, token: int, depth: int = 0) -> list[Mention]:
        """The actors that a phrase stands for, coordinated ones included."""
        found: list[Mention] = []
        for part in self._together(token) if depth == 0 else [token]:
            for mention in self._one(part, depth):
                if all(mention.entity != other.entity for other in found):
                    found.append(self._likewise(mention, part, found))
        return found

    def _likewise(self, mention: Mention, token: int, before: list[Mention]) -> Mention:
        """*Turkish police officers and prosecutors*: a bare noun shares the country of the phrase that it is coordinated with."""
        bare = mention.head == token and mention.sector and self.notes.child(token, "det", "poss", "amod", "nummod", "compound") is None
        if not before or mention.country or not bare or mention.how == "name" or before[0].how != "description":
            return mention
        return replace(mention, country=before[0].country, how="inferred")

    def _together(self, token: int) -> list[int]:
        """A phrase, what is coordinated with it, and who comes *along with* it."""
        notes = self.notes
        link = token + 1 + (token + 1 < len(notes) and notes.lower[token + 1] == ",")
        company = notes.lower[link : link + 2] in _IN_COMPANY
        others = notes.preps(token, "alongside") + (notes.having(link + 1, "pobj") if company else [])
        return [*notes.conjuncts(token), *self._misplaced(token), *(part for other in others for part in notes.conjuncts(other))]

    def _misplaced(self, token: int) -> list[int]:
        """*Presidents X of Chile and Y of Peru*: the parser coordinates the second person with the first one's country."""
        notes, first = self.notes, self.heads.get(token)
        if first is None or first.kind not in ("person", "role"):
            return []
        parts = [part for owner in notes.preps(token, "of") for part in notes.conjuncts(owner)[1:]]
        return [part for part in parts if (second := self.heads.get(part)) and second.kind == "person" and second.entity != first.entity]

    def other(self, token: int, used: Mapping[int, Mention]) -> list[Mention]:
        """The actors of a phrase without those already used; what they own stands for where it is (*its embassy in Baghdad*: Iraq)."""
        own = self.at(token)
        foreign = own is not None and own.country is not None and all(own.country != mention.country for mention in used.values())
        owned = any(mention is not None and _is_one_of(mention, used) for poss in self.notes.having(token, "poss") for mention in [self.at(poss)])
        people = own is not None and own.entity not in used and (own.kind in ("person", "role") or (own.sector in _OWN_PEOPLE and not _are_companies(used)))
        if foreign or not owned or people:
            return [m for m in self.who(token) if m.entity not in used]
        inside = [inner for prep in ("in", "with", "to", "from", "on", "of", "at") for inner in self.notes.preps(token, prep)]
        return [m for inner in inside for m in self.who(inner) if m.entity not in used]

    def _one(self, token: int, depth: int) -> list[Mention]:
        own = self.at(token)
        if own is not None and own.country:
            twins = [twin for twin in self.twins.get(token, ()) if twin.span == own.span and twin.country not in (None, own.country)]
            return [own, *twins, *self._sharing(own)]
        if depth >= _MAX_DEPTH:
            return [own] if own else []
        if samples := [m for inner in self.notes.preps(token, *_SAMPLES) for m in self._all(inner, depth) if m.country]:
            return samples
        owner = self._owner(token, depth)
        if own is not None and own.sector:
            country = next((mention.country for mention in owner if mention.country), None)
            return [replace(own, country=country, how="description") if country else own]
        return owner or ([own] if own else [])

    def _sharing(self, mention: Mention) -> list[Mention]:
        """*Russian and Chinese officials*, *the leaders of Norway and Sweden* are two: one for each country that the phrase names."""
        notes = self.notes
        if mention.how == "coreference":  # *both countries*: one mention for each, with the same characters
            alike = (self.heads.get(token) for token in range(mention.first, mention.last + 1))
            return [other for other in alike if other is not None and other.span == mention.span and other.country != mention.country]
        inner = [token for token in range(mention.first, mention.last + 1) if token != mention.head]
        inner += [part for owner in notes.preps(mention.head, "of", "from", "between") for part in notes.conjuncts(owner)]
        found: dict[str, Mention] = {}
        for token in inner:
            other = self.heads.get(token)
            if other is not None and other.country and other.country != mention.country and mention.how == "description" and self._is_side(token, mention):
                sector = "IGO" if other.sector == "IGO" else mention.sector
                found.setdefault(other.country, replace(mention, country=other.country, sector=sector, entity=other.entity, name=other.name))
        return list(found.values())

    def _is_side(self, token: int, mention: Mention) -> bool:
        """Whether a country inside the phrase stands beside the one that gave it its own (*of A and B*, *A and B officials*)."""
        notes = self.notes
        joined = notes.dep[token] == "conj" or any(notes.dep[child] in ("conj", "cc") for child in notes.children[token])
        joined = joined or (token > mention.first and notes.dep[token - 1] == "cc" and notes.head[token] == mention.head)
        return joined and (notes.dep[token] != "conj" or notes.head[token] != mention.head)

    def _owner(self, token: int, depth: int) -> list[Mention]:
        notes = self.notes
        counted = notes.preps(token, "of") if self.clauses.counts(token) else []
        if first := next((found for inner in counted if (found := self._all(inner, depth))), []):
            return first
        for child in notes.having(token, *_OWNERS):
            mention = self.at(child)
            if mention and (mention.country or mention.sector):
                pair = [inner for inner in notes.having(child, *_OWNERS) if any(notes.lower[mark] in _JOINED for mark in range(inner + 1, child))]
                return [m for part in (*pair, *notes.conjuncts(child)) if (m := self.at(part)) and m.country] or [mention]
        if leaders := [m for child in notes.having(token, "amod") for leader in self.leaders(child) if (m := self.at(leader)) and m.country]:
            return leaders
        if makers := [m for maker in self._makers(token) for m in self._all(maker, depth)]:
            return makers
        return next((found for prep in self._of_whom(token, depth) for inner in notes.preps(token, prep) if (found := self._all(inner, depth))), [])

    def leaders(self, participle: int) -> list[int]:
        """Who does the deed, before a hyphen: *the Saudi-led raid*, *US-imposed sanctions*."""
        notes = self.notes
        if notes.lower[participle] not in self.clauses.grammar.led or notes.word[participle - 1] not in _JOINED:
            return []
        return [child for child in notes.children[participle] if child == participle - 2]

    def _of_whom(self, token: int, depth: int) -> tuple[str, ...]:
        """The prepositions after which a noun's owner stands, or where it is, or whom it is for or against."""
        if self.notes.lemma[token] in self.clauses.grammar.shelter:
            return ("of", *_PLACES, "for")
        return ("of", *_PLACES, "against") if depth else ("of", *_PLACES, "by", "against")

    def _makers(self, token: int) -> list[int]:
        """*missiles fired by X*, *a statement by X*, *the camp set up by X*: who made the thing or sent it off."""
        notes = self.notes
        if notes.dep[token] not in ("nsubj", "nsubjpass", "dobj", "conj") and notes.lower[notes.head[token]] != "of":
            return []
        made = [clause for clause in notes.having(token, "acl", "relcl") if notes.tag[clause] == "VBN"]
        return [agent for node in (token, *made) for agent in notes.preps(node, "by")]

    def _all(self, token: int, depth: int) -> list[Mention]:
        return [mention for part in self.notes.conjuncts(token) for mention in self._one(part, depth + 1)]


def _are_companies(used: Mapping[int, Mention]) -> bool:
    return any(mention.sector in ("BUS", "MNC") for mention in used.values())


def _is_one_of(owner: Mention, used: Mapping[int, Mention]) -> bool:
    """Whether an owner is one of the actors, or a pronoun for the state that one of them acts for."""
    states = {mention.country for mention in used.values() if mention.country}
    return owner.entity in used or (owner.how == "coreference" and owner.country in states)


def _as_place(toponym: Toponym, entity: int) -> Mention:
    rule = "places.named"
    return Mention(toponym.span, PLACE, toponym.name, toponym.country, None, "inferred", entity, toponym.first, toponym.last, toponym.last, rule)
