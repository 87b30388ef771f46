"""Where the sides of a frame stand: slot names resolved to phrases at a trigger.

A slot is a place in the sentence (subject, object, a preposition, the possessor of a noun); whom its phrase stands for is the matter of
`dragoman.code.cast`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dragoman.annotate.columns import Annotations
from dragoman.code.cast import PLACE, Cast
from dragoman.code.clauses import Clauses
from dragoman.records import Mention

LOCATED = "slots.located"  # the rule of an actor whose country is that of the place where it acts
_ABOUT = ("over", "about", "on", "for", "against", "to", "with", "of", "from", "in")
_AIMED = ("against", "on", "over", "near", "outside", "toward", "towards")
_IN_PLACES = ("in", "near", "at", "inside", "outside")
_SCENES = ("in", "near", "at", "inside", "across", "off")  # an avalanche in Peru killed two: no deed of Peru
_MEANWHILE = ("after", "when", "while", "because", "although", "though", "since", "as", "until", "before")
_AGAINST = ("against", "of", "at", "over", "with", "for", "from", "to", "on", "about")


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

    def fill(self, slots: Sequence[str], trigger: Trigger, taken: Iterable[Mention] = (), acting: bool = False) -> tuple[list[Mention], str | None]:
        """Actors of the first slot that gives any (those already on the other side do not count), and the slot's name.

        Args:
            slots: names of slots, the first that is filled wins.
            trigger: the predicate.
            taken: the other side.
            acting: whether it is the side that acts: *an attack on Mali killed five* is no deed of Mali.
        """
        used = {mention.entity: mention for mention in taken}
        for slot in slots:
            sides = ([m for m in self.cast.other(token, used) if not (acting and self._is_aim(token, m))] for token in self.tokens(slot, trigger))
            filled = [found for found in sides if found]
            if slot == "complement.object":  # "offered to send its troops to Haiti": Haiti
                filled.sort(key=lambda found: not _is_foreign(found, used.values()))
            if acting and slot == "mod" and filled and "light" in slots and all(_is_bare_force(m) for found in filled for m in found):
                owners = self.fill(("light",), trigger, taken, acting)  # "Peru began troop withdrawals": Peru
                if any(mention.country for mention in owners[0]):
                    return owners
            if filled:  # "the Iran-Iraq war", "between X and Y" name both; any other slot is filled by its first phrase
                chosen = [mention for found in (filled if slot in ("mod", "between") else filled[:1]) for mention in found]
                return [self._located(mention, trigger) for mention in _distinct(chosen)], slot
        return [], None

    def _is_aim(self, token: int, mention: Mention) -> bool:
        """Whether an actor inside a phrase is but whom the thing is against or done to (*sanctions on X*, *the shelling of X*)."""
        notes = self.notes
        if self.cast.at(token) is not None:
            return False
        link = next((node for node in (mention.head, *notes.ancestors(mention.head)) if notes.head[node] == token and node != token), None)
        if link is None or notes.dep[link] != "prep":
            return False
        if notes.lower[link] in _SCENES and notes.dep[token] == "nsubj" and notes.tag[token] != "CD":
            return notes.lemma[token] in self.clauses.grammar.blind
        return notes.lower[link] in _AIMED or (notes.lower[link] == "of" and notes.lemma[token] in self.clauses.grammar.done_to)

    def _located(self, mention: Mention, trigger: Trigger) -> Mention:
        """*occupied two villages in Syria*, *a raid on Gao killed nine people*: who has no country is of the place that the predicate or its subject names."""
        if mention.country or trigger.part != "verb" or mention.sector == "IGO":
            return mention
        scenes = [token for token in self.clauses.subject(trigger.head) if self.cast.at(token) is None]
        scenery = [token for scene in scenes for token in self.notes.preps(scene, "on", *_IN_PLACES)]
        where = [*self.notes.preps(trigger.head, *_IN_PLACES), *scenery, *(inner for token in scenery for inner in self.notes.preps(token, *_IN_PLACES))]
        places = [m for token in where for m in self.cast.who(token) if m.country and (m.kind == "country" or (m.kind == PLACE and mention.sector != "MIL"))]
        return replace(mention, country=places[0].country, how="inferred", rule=LOCATED) if places else mention

    def inside(self, trigger: Trigger, taken: Iterable[Mention]) -> list[Mention]:
        """The first actor of another country inside what the act is about: *rejected a call for its troops to be sent to Chad*."""
        notes, used = self.notes, {mention.country for mention in taken}
        roots = [*self.object(trigger), *self.complements(trigger), *(token for word in _ABOUT for token in self._preposition(word, trigger))]
        roots += [*trigger.chain, *notes.having(trigger.head, "csubj", *(("nsubj",) if notes.lemma[trigger.head] == "be" else ()))]
        for token in sorted({node for root in roots for node in notes.subtree(root)}):
            mention = self.cast.heads.get(token)
            if mention is not None and mention.country and mention.country not in used and not self._aside(token, trigger.head):
                return [mention, *(m for part in notes.conjuncts(token)[1:] if (m := self.cast.heads.get(part)) and m.country)]
        return []

    def addressee(self, trigger: Trigger, taken: Iterable[Mention]) -> list[Mention]:
        """To whom the verb above an infinitive or participle speaks: *called X to convey thanks*, *wrote a letter to X threatening ...*."""
        notes, used = self.notes, {mention.entity: mention for mention in taken}
        verb = trigger.head if trigger.carrier is None else trigger.carrier
        if notes.pos[verb] != "VERB" or notes.dep[verb] not in ("advcl", "xcomp", "acl") or not (notes.tag[verb] == "VBG" or self._infinitive(verb)):
            return []
        above = notes.head[verb]
        letter = notes.lemma[above] in self.clauses.grammar.document and notes.dep[above] == "dobj"
        above = notes.head[above] if letter else above
        if not letter and notes.lemma[above] not in self.clauses.grammar.addressing:
            return []
        tokens = [*self.clauses.indirect(above), *notes.preps(above, "to", "with"), *([] if letter else self.clauses.objects(above))]
        tokens += [token for noun in notes.having(above, "dobj") for token in notes.preps(noun, "to")] if letter else []
        return next((found for token in tokens if (found := [m for m in self.cast.other(token, used) if m.country])), [])

    def met_before(self, trigger: Trigger, taken: Iterable[Mention]) -> list[Mention]:
        """With whom somebody talks, where the verb before says so: *met X and discussed trade*, *visited X and held talks*."""
        notes, used = self.notes, {mention.entity: mention for mention in taken}
        verb = trigger.head if trigger.part == "verb" else trigger.carrier
        before = notes.head[verb] if verb is not None and notes.dep[verb] == "conj" else None
        if before is None or notes.lemma[before] not in self.clauses.grammar.addressing:
            return []
        tokens = [*self.clauses.objects(before), *notes.preps(before, "with", "to")]
        return next((found for token in tokens if (found := [m for m in self.cast.other(token, used) if m.country])), [])

    def parties(self, trigger: Trigger, taken: Iterable[Mention]) -> list[Mention]:
        """Between whom somebody mediates, where the aim says so: *an effort to end the war between X and Y*."""
        used = {mention.entity: mention for mention in taken}
        words = [token for clause in self.complements(trigger) for token in self.notes.subtree(clause)]
        return next((found for word in words for token in self.notes.preps(word, "between") if (found := self.cast.other(token, used))), [])

    def condition(self, trigger: Trigger, taken: Iterable[Mention]) -> list[Mention]:
        """The other state on whose conduct an act depends: *would strike back if X's army advanced*."""
        notes, used = self.notes, {mention.entity: mention for mention in taken}
        roots = [trigger.head, *(token for token in notes.ancestors(trigger.head) if notes.pos[token] in ("VERB", "AUX"))][:3]
        adverbial = [child for root in roots for child in notes.having(root, "advcl")]
        clauses = [child for child in adverbial if any(notes.lower[mark] in ("if", "unless") for mark in notes.having(child, "mark"))]
        sides = (self.cast.other(token, used) for clause in clauses for token in self.clauses.subject(clause))
        return next((found for found in sides if _is_foreign(found, used.values())), [])

    def cause(self, trigger: Trigger, taken: Iterable[Mention]) -> list[Mention]:
        """Whom a protest is against, where a clause says so: *in protest at X's visit*, *to show their anger with X*, *demanding the resignation of X*."""
        notes, stances, protesting = self.notes, self.clauses.grammar.stance, self.clauses.grammar.protesting
        used = {mention.entity: mention for mention in taken}
        roots = [trigger.head, *trigger.chain, *([trigger.carrier] if trigger.carrier is not None else []), *self.object(trigger)]
        near = [*self.complements(trigger), *(child for root in roots for child in notes.having(root, "advcl", "acl"))]
        clauses = [clause for clause in near if notes.lemma[clause] in protesting]
        objects = [token for clause in clauses for token in (*self.clauses.objects(clause), *notes.preps(clause, "for", "against"))]
        feelings = [token for root in roots for token in notes.preps(root, "in") if notes.lemma[token] in stances]
        feelings += [token for token in objects if notes.lemma[token] in stances]
        objects = [token for token in objects if notes.lemma[token] not in stances]
        aims = [token for feeling in feelings for token in notes.preps(feeling, *_AGAINST)]
        return next((found for token in (*aims, *objects) if (found := [m for m in self.cast.other(token, used) if m.country])), [])

    def _aside(self, token: int, head: int) -> bool:
        """Whether an adverbial clause or a relative clause stands between the two."""
        for above in self.notes.ancestors(token):
            if above == head:
                return False
            if self.notes.dep[above] in ("relcl", "appos", "parataxis") and not self._infinitive(above):
                return True
            if self.notes.dep[above] == "advcl" and any(self.notes.lower[mark] in _MEANWHILE for mark in self.notes.having(above, "mark", "advmod")):
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
        return found or [token for link in trigger.chain for token in (*notes.preps(link, "of"), *notes.having(link, "pobj"))]

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
        chained += [inner for token in direct for inner in self.cast.leaders(token)]
        return [token for token in sorted({*direct, *chained}) if self.cast.at(token) is not None]

    def light(self, trigger: Trigger) -> list[int]:
        """The subject of the light verb that carries a noun; who faces something or is *under* it suffers it."""
        own = self.notes.having(trigger.head, "nsubj")  # "pictures show X and Y meeting"
        if own and self.notes.lower[trigger.head].endswith("ing"):
            return own
        return [] if trigger.carrier is None or self._suffers(trigger) else self.clauses.subject(trigger.carrier)

    def sufferer(self, trigger: Trigger) -> list[int]:
        """Who faces a noun, or is, comes or acts under it (*came under attack*, *under pressure from X, Y agreed*, *drew criticism from X*)."""
        if not self._suffers(trigger):
            return []
        if trigger.carrier is not None:
            return self.clauses.subject(trigger.carrier) or self.clauses.objects(trigger.carrier)
        governor = self.notes.head[self.notes.head[self.clauses.first_conjunct(trigger.head)]]
        return self.clauses.acting(governor) if self.notes.pos[governor] in ("VERB", "AUX") else [governor]

    def _suffers(self, trigger: Trigger) -> bool:
        notes, noun = self.notes, self.clauses.first_conjunct(trigger.head)
        under = notes.dep[noun] == "pobj" and notes.lower[notes.head[noun]] == "under"
        carrier = None if trigger.carrier is None or notes.dep[noun] != "dobj" else notes.lemma[trigger.carrier]
        faced = carrier in self.clauses.grammar.receiving or (carrier == "have" and bool(notes.preps(noun, "from")))
        return under or (faced and not self.clauses.is_passive(trigger.carrier or noun))

    def yields(self, trigger: Trigger) -> bool:
        """Whether the clause that completes the predicate is something that one side does for or to another (*agreed to lift the ban on X*)."""
        return any(self.notes.lemma[clause] in self.clauses.grammar.unilateral for clause in self.complements(trigger))

    def occasion(self, trigger: Trigger) -> list[int]:
        """The subject of the clause that a noun gives the occasion of (*in a call with X, Y said*; *during his visit, Y met Z*)."""
        notes = self.notes
        noun = self.clauses.first_conjunct(trigger.head)
        prep = notes.head[noun]
        if notes.dep[noun] not in ("pobj", "pcomp") or notes.lower[prep] not in self.clauses.grammar.occasion:
            return []
        while notes.dep[prep] in ("prep", "advmod", "mark", "pcomp") and notes.pos[notes.head[prep]] in ("ADP", "ADV", "SCONJ"):
            prep = notes.head[prep]
        verb = next((above for above in notes.ancestors(prep) if notes.pos[above] in ("VERB", "AUX") or self.cast.at(above) is not None), prep)
        return self.clauses.acting(verb) if notes.pos[verb] in ("VERB", "AUX") else [verb] if verb != prep else []

    def speaker(self, trigger: Trigger) -> list[int]:
        """The subject of the verb of saying or thinking whose content the predicate stands in."""
        notes = self.notes
        for token in (trigger.head, *notes.ancestors(trigger.head)):
            if notes.dep[token] in ("ccomp", "parataxis") and notes.pos[notes.head[token]] == "VERB":
                return self.clauses.subject(notes.head[token])
            if notes.dep[token] in ("relcl", "advcl", "acl", "ROOT"):
                break
        return []

    def complement_subject(self, trigger: Trigger) -> list[int]:
        """The subject of the clause that follows."""
        return [token for clause in self.complements(trigger) for token in self.clauses.subject(clause) or self.notes.having(clause, "nsubjpass")]

    def complement_object(self, trigger: Trigger) -> list[int]:
        """The object of the clause that follows, or of one of its prepositions."""
        found, notes = [], self.notes
        outer = self.complements(trigger)
        inner = [clause for above in outer for clause in notes.having(above, "xcomp", "advcl") if notes.dep[clause] == "xcomp" or self._infinitive(clause)]
        for clause in [*outer, *inner]:
            found += [*self.clauses.indirect(clause), *self.clauses.objects(clause), *notes.preps(clause, "to", "into", "with", "from", "against", "for", "on")]
            found += [token for content in notes.having(clause, "ccomp") for token in notes.having(content, "nsubj")]
        return found

    def complements(self, trigger: Trigger) -> list[int]:
        """Heads of the clauses that complete the predicate."""
        notes = self.notes
        roots = [trigger.head, *(token for token in (trigger.tail, trigger.carrier) if token is not None)]
        found = [child for root in roots for child in notes.having(root, "xcomp", "ccomp", "acl", "relcl") if notes.pos[child] in ("VERB", "AUX")]
        found = [child for child in found if child != trigger.carrier]
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
        """The noun, with what counts it (*its series of tests*); of a verb its objects."""
        if trigger.part != "noun":
            return self.object(trigger)
        notes, noun = self.notes, self.clauses.first_conjunct(trigger.head)
        counter = notes.head[notes.head[noun]] if notes.dep[noun] == "pobj" and notes.lower[notes.head[noun]] == "of" else noun
        return [trigger.head, counter] if counter != noun and self.clauses.counts(counter) else [trigger.head]

    def _preposition(self, word: str, trigger: Trigger) -> list[int]:
        """Objects of a preposition of the predicate, of its chain, its light verb or its object."""
        notes = self.notes
        if trigger.part == "noun":
            carrier = [trigger.carrier] if trigger.carrier is not None else []
            roots = [trigger.head, *carrier, *notes.preps(trigger.head, "of"), *self._comes_from(trigger.head)]
        else:
            roots = [trigger.head, *trigger.chain, *self._object_nouns(trigger)]
        if word == "by" and trigger.part == "noun":  # a ban decreed by X
            roots += [clause for clause in notes.having(trigger.head, "acl", "relcl") if notes.tag[clause] == "VBN"]
        roots += self._later_conjuncts(trigger)
        if word == "between" and trigger.part == "verb":  # flights between X and Y resumed
            roots += [token for token in self.clauses.subject(trigger.head) if self.cast.at(token) is None]
        found = [token for root in roots for token in self.clauses.preps(root, word)]
        if word == "of" and trigger.part == "verb":  # "of the members, only X voted"
            found = [token for token in found if token > trigger.head]
        if word in ("from", "out"):  # shipped out of the country
            outs = [out for root in roots for out in notes.having(root, "prep", "advmod", "prt") if notes.lower[out] == "out"]
            found += [token for out in outs for token in notes.preps(out, "of")]
        return found + self._first_of_two(found) + self._included(trigger) if word == "between" else found

    def _first_of_two(self, tokens: list[int]) -> list[int]:
        """*between Sall and Prime Minister Koné*: the parser hangs the first name on the second."""
        notes = self.notes
        return [child for token in tokens for child in notes.having(token, "nmod", "compound", "poss") if notes.child(child, "cc") is not None]

    def _included(self, trigger: Trigger) -> list[int]:
        """*talks involving X and Y*, *the talks include the army*: who takes part."""
        notes, words = self.notes, self.clauses.grammar.including
        if trigger.part != "noun":
            return []
        clauses = [child for child in notes.having(trigger.head, "acl", "relcl") if notes.lemma[child] in words]
        if notes.dep[trigger.head] == "nsubj" and notes.lemma[notes.head[trigger.head]] in words:
            clauses.append(notes.head[trigger.head])
        return [token for clause in clauses for token in notes.having(clause, "dobj")] + notes.preps(trigger.head, "involving", "including")

    def _object_nouns(self, trigger: Trigger) -> list[int]:
        """Nouns of the object, and what a partitive of them counts (*a round of sanctions against X*)."""
        nouns = [token for token in self.object(trigger) if self.notes.pos[token] in ("NOUN", "PROPN", "NUM", "SYM")]
        return nouns + [inner for noun in nouns if self.clauses.counts(noun) for inner in self.notes.preps(noun, "of")]

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
    "occasion": Slots.occasion, "speaker": Slots.speaker, "sufferer": Slots.sufferer,
    "complement.subject": Slots.complement_subject, "complement.object": Slots.complement_object,
}  # fmt: skip


def _is_foreign(found: Iterable[Mention], used: Iterable[Mention]) -> bool:
    own = {mention.country for mention in used}
    return any(mention.country and mention.country not in own for mention in found)


def _is_bare_force(mention: Mention) -> bool:
    """Whether forces are named of which the phrase does not say whose they are."""
    return mention.sector in ("MIL", "COP") and (mention.country is None or mention.how == "inferred")


def _distinct(mentions: Iterable[Mention]) -> list[Mention]:
    found: list[Mention] = []
    for mention in mentions:
        if all(mention.entity != other.entity for other in found):
            found.append(mention)
    return found
