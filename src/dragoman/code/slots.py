"""Who fills a slot of a frame: from a token of the sentence to the political actors that it stands for.

A phrase that is no actor itself stands for its owner (*Ukrainian airfields*, *Syria's capital*, *a hospital in Gaza*).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.annotate.columns import Annotations
from dragoman.code.clauses import Clauses
from dragoman.records import Mention, Toponym

PLACE = "place"
_OWNERS = ("poss", "amod", "compound", "nmod", "appos")
_PLACES = ("in", "near", "at", "from", "across", "outside", "inside", "on")
_SAMPLES = ("as", "like", "including")  # leaders like the two presidents, a state such as Moldova
_ABOUT = ("over", "about", "on", "for", "against", "to", "with", "of", "from", "in")
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
        for part in self.notes.conjuncts(token) if depth == 0 else [token]:
            for mention in self._one(part, depth):
                if all(mention.entity != other.entity for other in found):
                    found.append(mention)
        return found

    def other(self, token: int, used: Mapping[int, Mention]) -> list[Mention]:
        """The actors of a phrase without those already used; what they own stands for where it is (*its embassy in Baghdad*: Iraq)."""
        own = self.at(token)
        foreign = own is not None and own.country is not None and all(own.country != mention.country for mention in used.values())
        owned = any(mention is not None and mention.entity in used for poss in self.notes.having(token, "poss") for mention in [self.at(poss)])
        if foreign or not owned:
            return [m for m in self.who(token) if m.entity not in used]
        return [m for prep in ("in", "with", "to", "from", "on", "of", "at") for inner in self.notes.preps(token, prep) for m in self.who(inner) if m.entity not in used]

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
                found.setdefault(other.country, replace(mention, country=other.country, entity=other.entity, name=other.name))
        return list(found.values())

    def _is_side(self, token: int, mention: Mention) -> bool:
        """Whether a country inside the phrase stands beside the one that gave it its own (*of A and B*, *A and B officials*)."""
        notes = self.notes
        joined = notes.dep[token] == "conj" or any(notes.dep[child] == "conj" for child in notes.children[token])
        return joined and (notes.dep[token] != "conj" or notes.head[token] != mention.head)

    def _owner(self, token: int, depth: int) -> list[Mention]:
        notes = self.notes
        if notes.lemma[token] in self.clauses.grammar.partitive:
            for inner in notes.preps(token, "of"):
                if found := self._all(inner, depth):
                    return found
        for child in notes.having(token, *_OWNERS):
            mention = self.at(child)
            if mention and (mention.country or mention.sector):
                return [m for part in notes.conjuncts(child) if (m := self.at(part)) and m.country] or [mention]
        for prep in ("of", *_PLACES):
            for inner in notes.preps(token, prep):
                if found := self._all(inner, depth):
                    return found
        return []

    def _all(self, token: int, depth: int) -> list[Mention]:
        return [mention for part in self.notes.conjuncts(token) for mention in self._one(part, depth + 1)]


@dataclass(frozen=True)
class Trigger:
    """A predicate found in the text: its token, the words of its term, and where its arguments hang.

    `carrier` is the light verb of an event noun; `chain` are the further tokens of a several-word predicate, `tail` the last of them
    when it is a preposition.
    """

    head: int
    part: str
    chain: tuple[int, ...] = ()
    tail: int | None = None
    carrier: int | None = None


@dataclass(frozen=True)
class Slots:
    """Resolves slot names of frames at a trigger."""

    notes: Annotations
    clauses: Clauses
    cast: Cast

    def tokens(self, slot: str, trigger: Trigger) -> list[int]:
        """Heads of the phrases in a slot."""
        handler = _HANDLERS.get(slot)
        return handler(self, trigger) if handler else self._preposition(slot, trigger)

    def fill(self, slots: Sequence[str], trigger: Trigger, taken: Iterable[Mention] = ()) -> tuple[list[Mention], str | None]:
        """Actors of the first slot that gives any (those already on the other side do not count), and the slot's name."""
        used = {mention.entity: mention for mention in taken}
        for slot in slots:
            sides = (self.cast.other(token, used) for token in self.tokens(slot, trigger))
            filled = [found for found in sides if found]
            if filled:  # "the Iran-Iraq war" names both; any other slot is filled by its first phrase
                chosen = [mention for found in (filled if slot == "mod" else filled[:1]) for mention in found]
                return [self._located(mention, trigger) for mention in _distinct(chosen)], slot
        return [], None

    def _located(self, mention: Mention, trigger: Trigger) -> Mention:
        """*occupied two villages in Syria*: an actor without a country is of the place that the predicate names."""
        if mention.country or trigger.part != "verb":
            return mention
        places = [m for token in self.notes.preps(trigger.head, "in", "near", "at", "inside", "outside") for m in self.cast.who(token) if m.country and m.kind == "country"]
        return replace(mention, country=places[0].country, how="inferred") if places else mention

    def inside(self, trigger: Trigger, taken: Iterable[Mention]) -> list[Mention]:
        """The first actor of another country inside what the act is about: *rejected a call for its troops to be sent to Chad*."""
        notes, used = self.notes, {mention.country for mention in taken}
        roots = [*self.object(trigger), *self.complements(trigger), *(token for word in _ABOUT for token in self._preposition(word, trigger))]
        for token in sorted({node for root in roots for node in notes.subtree(root)}):
            mention = self.cast.heads.get(token)
            if mention is not None and mention.country and mention.country not in used and not self._aside(token, trigger.head):
                return [mention, *(m for part in notes.conjuncts(token)[1:] if (m := self.cast.heads.get(part)) and m.country)]
        return []

    def _aside(self, token: int, head: int) -> bool:
        """Whether an adverbial clause or a relative clause stands between the two."""
        for above in self.notes.ancestors(token):
            if above == head:
                return False
            if self.notes.dep[above] in ("relcl", "appos", "parataxis"):
                return True
        return False

    def subject(self, trigger: Trigger) -> list[int]:
        """The subject of a verb or of the verb that an adjective completes."""
        if trigger.part == "verb":
            return self.clauses.subject(trigger.head)
        if trigger.part == "noun":
            return self.light(trigger)
        head = self.notes.head[trigger.head]
        return [head] if self.notes.dep[trigger.head] == "amod" else self.clauses.subject(head)

    def object(self, trigger: Trigger) -> list[int]:
        """The object: of a verb, of the preposition that ends the predicate, or what stands after *of* a noun."""
        notes = self.notes
        if trigger.part == "noun":
            return notes.preps(trigger.head, "of") + notes.having(trigger.head, "compound", "amod", "nmod")
        if trigger.tail is not None:
            found = notes.having(trigger.tail, "pobj", "pcomp")
            return found or (self.clauses.objects(trigger.head) if self.clauses.is_passive(trigger.head) or notes.dep[trigger.head] == "relcl" else [])
        found = [token for token in self.clauses.objects(trigger.head) if token not in trigger.chain] if trigger.part == "verb" else []
        return found or [token for link in trigger.chain for token in notes.preps(link, "of")]

    def indirect(self, trigger: Trigger) -> list[int]:
        """The indirect object of the verb or of the light verb."""
        verb = trigger.carrier if trigger.part == "noun" else trigger.head
        return [] if verb is None else self.clauses.indirect(verb)

    def poss(self, trigger: Trigger) -> list[int]:
        """The possessor of a noun (of a verb's object for verbs)."""
        return [token for noun in self._nouns(trigger) for token in self.notes.having(noun, "poss")]

    def mod(self, trigger: Trigger) -> list[int]:
        """Adjectives and compounds of a noun (of a verb's object for verbs)."""
        kept = ("amod", "compound", "nmod")
        direct = [token for noun in self._nouns(trigger) for token in self.notes.having(noun, *kept)]
        chained = [inner for token in direct for inner in self.notes.having(token, *kept)]  # "the Iran-Iraq war": Iran hangs on Iraq
        return [token for token in sorted({*direct, *chained}) if self.cast.at(token) is not None]

    def light(self, trigger: Trigger) -> list[int]:
        """The subject of the light verb that carries a noun."""
        return [] if trigger.carrier is None else self.clauses.subject(trigger.carrier)

    def complement_subject(self, trigger: Trigger) -> list[int]:
        """The subject of the clause that follows."""
        return [token for clause in self.complements(trigger) for token in self.clauses.subject(clause) or self.notes.having(clause, "nsubjpass")]

    def complement_object(self, trigger: Trigger) -> list[int]:
        """The object of the clause that follows, or of one of its prepositions."""
        found, notes = [], self.notes
        for clause in self.complements(trigger):
            found += [*self.clauses.indirect(clause), *self.clauses.objects(clause), *notes.preps(clause, "to", "with", "from", "against", "for", "on")]
            found += [token for inner in notes.having(clause, "ccomp") for token in notes.having(inner, "nsubj")]
        return found

    def complements(self, trigger: Trigger) -> list[int]:
        """Heads of the clauses that complete the predicate."""
        notes = self.notes
        roots = [trigger.head, *([trigger.tail] if trigger.tail is not None else []), *([trigger.carrier] if trigger.carrier is not None else [])]
        found = [child for root in roots for child in notes.having(root, "xcomp", "ccomp", "acl", "relcl") if notes.pos[child] in ("VERB", "AUX") and child != trigger.carrier]
        if trigger.part == "noun":
            found += [child for child in notes.having(trigger.head, "advcl") if self._infinitive(child)]
        if trigger.part == "verb":
            found += [child for obj in notes.having(trigger.head, "dobj") for child in notes.having(obj, "acl", "relcl") if self._infinitive(child)]
            found += [child for child in notes.having(trigger.head, "advcl") if self._infinitive(child)]
        found += [clause for root in roots for prep in notes.having(root, "prep") for clause in notes.having(prep, "pcomp")]
        if trigger.tail is not None:
            found += notes.having(trigger.tail, "pcomp")
        return found

    def _infinitive(self, verb: int) -> bool:
        return any(self.notes.tag[child] == "TO" for child in self.notes.having(verb, "aux"))

    def _nouns(self, trigger: Trigger) -> list[int]:
        return [trigger.head] if trigger.part == "noun" else self.object(trigger)

    def _preposition(self, word: str, trigger: Trigger) -> list[int]:
        """Objects of a preposition of the predicate, of its chain, its light verb or its object."""
        notes = self.notes
        if trigger.part == "noun":
            roots = [trigger.head, *([trigger.carrier] if trigger.carrier is not None else []), *notes.preps(trigger.head, "of"), *self._comes_from(trigger.head)]
        else:
            roots = [trigger.head, *trigger.chain, *self._object_nouns(trigger)]
        roots += self._later_conjuncts(trigger)
        return [token for root in roots for token in notes.preps(root, word)]

    def _object_nouns(self, trigger: Trigger) -> list[int]:
        """Nouns of the object, and what a partitive of them counts (*a round of sanctions against X*)."""
        nouns = [token for token in self.object(trigger) if self.notes.pos[token] in ("NOUN", "PROPN", "NUM", "SYM")]
        return nouns + [inner for noun in nouns if self.notes.lemma[noun] in self.clauses.grammar.partitive for inner in self.notes.preps(noun, "of")]

    def _comes_from(self, noun: int) -> list[int]:
        """*praise came from Paris*, *talks resumed between the two*: the verb of happening whose subject the noun is."""
        head = self.notes.head[noun]
        return [head] if self.notes.dep[noun] == "nsubj" and self.notes.lemma[head] in self.clauses.grammar.happening else []

    def _later_conjuncts(self, trigger: Trigger) -> list[int]:
        """*ordered and carried out attacks on X*: what follows the last coordinated verb may belong to all of them."""
        notes = self.notes
        if trigger.part != "verb" or notes.child(trigger.head, "dobj", "prep") is not None:
            return []
        return notes.having(trigger.head, "conj")


_HANDLERS = {
    "subject": Slots.subject, "object": Slots.object, "indirect": Slots.indirect, "poss": Slots.poss, "mod": Slots.mod, "light": Slots.light,
    "complement.subject": Slots.complement_subject, "complement.object": Slots.complement_object,
}  # fmt: skip


def _as_place(toponym: Toponym, entity: int) -> Mention:
    rule = "places.named"
    return Mention(toponym.span, PLACE, toponym.name, toponym.country, None, "inferred", entity, toponym.first, toponym.last, toponym.last, rule)


def _distinct(mentions: Iterable[Mention]) -> list[Mention]:
    found: list[Mention] = []
    for mention in mentions:
        if all(mention.entity != other.entity for other in found):
            found.append(mention)
    return found
