"""The word above an event in its sentence that says whether it happened: what governs its clause or noun phrase, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from dragoman.annotate.columns import Annotations
from dragoman.judge.cues import Cues
from dragoman.judge.own import NOMINAL, VERBAL, Own


class Governor(NamedTuple):
    """What a cue makes of the event below it, and the node whose own fate bears on that.

    `value` is `actual` where the event shares the fate of the node; `word` the cue's dictionary form; `token` and `rule` the evidence.
    """

    value: str
    word: str
    token: int
    rule: str
    node: int


@dataclass(frozen=True)
class Above:
    """The governors of the words of one article."""

    notes: Annotations
    cues: Cues
    own: Own

    def of(self, node: int) -> Governor | None:
        """What governs a node; None where nothing above it says anything about it."""
        notes = self.notes
        dep, head = notes.dep[node], notes.head[node]
        if (verb := self._reported(node)) is not None:
            return self._complement(node, verb)
        if dep in ("pobj", "pcomp"):
            return self._under_preposition(node, head)
        if notes.pos[node] in NOMINAL and dep in ("nsubj", "nsubjpass", "dobj", "attr", "oprd", "dative", "compound", "nmod", "appos"):
            return self._noun(node, head)
        if self.cues.has("nobody", notes.lower[head]) and self.own.infinitive(node):
            return Governor("negated", "", head, "negation", head)  # did nothing to stop it
        if notes.pos[head] in NOMINAL or dep == "relcl":
            return self._under_noun(node, head)
        if notes.pos[head] in ("ADJ", "ADV", "ADP") and dep in ("xcomp", "ccomp", "advcl") and (dep != "advcl" or self.own.infinitive(node)):
            return self._under_adjective(node, head, notes.head[head])
        if notes.pos[head] in VERBAL and dep in ("xcomp", "ccomp", "oprd", "advcl", "csubj"):
            return self._under_verb(node, head)
        return None

    # --- clauses under verbs ---
    def _reported(self, node: int) -> int | None:
        """The verb that a *that* clause completes where the parser hangs it on a noun in between (*denied from the start that it fired*)."""
        notes = self.notes
        opened = any(notes.lower[mark] == "that" for mark in notes.having(node, "mark"))
        loose = opened and notes.dep[node] in ("relcl", "acl") and notes.child(node, "nsubj", "nsubjpass") is not None
        if not loose or self._governs_clause(notes.head[node]):
            return None
        return next((above for above in notes.ancestors(node) if notes.pos[above] in VERBAL), None)

    def _governs_clause(self, noun: int) -> bool:
        word = self.notes.lemma[noun]
        return word in self.cues.nouns or word in self.cues.that or self.cues.has("claims", word)

    def _under_verb(self, node: int, head: int) -> Governor | None:
        notes = self.notes
        if notes.dep[node] == "csubj":
            return Governor("hypothetical", "", node, "to-clause", head) if self.own.infinitive(node) else None
        if self.cues.has("copulas", notes.lemma[head]) and (found := self._copula(node, head)) is not None:
            return found
        if notes.dep[node] == "advcl":
            return self._adverbial(node, head)
        return self._complement(node, head)

    def _copula(self, node: int, head: int) -> Governor | None:
        """*It is vital to*, *it is true that*, *the plan is to*, *it was a mistake to*."""
        notes = self.notes
        adjective = notes.child(head, "acomp", "oprd")
        if adjective is not None and adjective < node:
            return self._under_adjective(node, adjective, head)
        noun = notes.child(head, "attr")
        if noun is not None and noun < node and notes.pos[noun] in NOMINAL and notes.dep[node] != "advcl":
            return self._noun_cue(node, noun, head)
        subject = notes.child(head, "nsubj")
        if subject is not None and notes.pos[subject] in NOMINAL and self.own.infinitive(node) and notes.lemma[subject] in self.cues.nouns:
            return self._noun_cue(node, subject, head)
        return None

    def _complement(self, node: int, head: int) -> Governor | None:
        """A clause that completes a verb: *plans to attack*, *denies that it attacked*."""
        notes, cues = self.notes, self.cues
        if (found := self._to_be(node, head)) is not None or notes.pos[node] == "ADJ":
            return found
        word, infinitive = self._with_particle(head), self.own.infinitive(node)
        if self._finite(node):
            return self._finite_complement(node, head, word)
        if cues.has("performed", notes.lemma[node]) and any(notes.lower[who] in ("i", "we", "me", "us") for who in notes.having(head, "nsubj")):
            return None
        if word not in cues.complement:  # called on it to attack
            phrases = (f"{notes.lemma[head]} {notes.lower[child]}" for child in notes.having(head, "prep"))
            word = next((phrase for phrase in phrases if phrase in cues.complement), word)
        if word in cues.realised_verbs:
            return self._realised(word, head)
        if cues.has("ending", word) and not infinitive and notes.child(head, "dobj") is None:
            return Governor("ended", word, head, f"ending.{word}", head)
        value = cues.complement.get(word) if infinitive or not cues.has("to_only", word) or notes.tag[node] in ("VB", "VBN") else None
        if notes.tag[head] == "MD":
            value = cues.modals.get(notes.lower[head])  # ought to
        if notes.lemma[head] == "have" and infinitive:
            value = None if self.own.finite_tag(head) in ("VBD", "VB") else "hypothetical"
        if cues.has("voting", word) and cues.has("by_vote", notes.lemma[node]):
            value = "actual"
        told = value == "hypothetical" and self._perfect(node) and cues.has("telling", word)
        if value is None and not infinitive and self._perfect(node):
            return None  # having attacked
        if value is None and infinitive and not cues.has("sharing", word) and notes.lemma[head] != "have":
            return Governor("future", "", node, "purpose", head)
        if value is None or told:
            return Governor("actual", word, head, f"complement.{word}", head)
        return Governor(value, word, head, f"complement.{word}", head)

    def _realised(self, word: str, head: int) -> Governor:
        """*Allowed them to leave*: they left; *the law allows them to leave*: they may."""
        generic = self.own.finite_tag(head) in ("VBZ", "VBP") and not self.own.past(head) and self.notes.tag[head] != "VBG"
        return Governor("hypothetical" if generic else "actual", word, head, f"complement.{word}", head)

    def _finite_complement(self, node: int, head: int, word: str) -> Governor | None:
        notes, cues = self.notes, self.cues
        value = cues.complement.get(word)
        if cues.has("foretelling", word) and self._to_come(node):
            return Governor("hypothetical", word, head, f"complement.{word}", head)
        partners = [notes.lemma[other] for other in (*notes.having(head, "conj"), notes.head[head]) if other != head]
        if cues.has("noncommittal", word) and any(cues.has("noncommittal", partner) for partner in partners):
            return Governor("hypothetical", "", head, f"complement.{word}", head)
        if cues.has("opinion", word) and self.own.negation(head) is not None:
            return Governor("actual", word, head, f"complement.{word}", head)
        if value is None or value == "future" or cues.has("telling", word) or cues.has("to_only", word) or (value == "negated" and node < head):
            return None
        return Governor(value, word, head, f"complement.{word}", head)

    def _to_come(self, node: int) -> bool:
        """Whether a clause is about what is still to come."""
        notes = self.notes
        return notes.lower[node] == "going" or any(self.cues.has("open_modals", notes.lower[aux]) for aux in notes.having(node, "aux"))

    def _finite(self, node: int) -> bool:
        """Whether a clause has a tense of its own: *said it attacked*, against *to attack*, *attacking* and *that it attack*."""
        notes = self.notes
        if self.own.infinitive(node):
            return False
        first = next(iter(notes.having(node, "aux", "auxpass")), node)
        if notes.tag[first] == "VBN":
            return notes.dep[node] == "ccomp" and notes.child(node, "mark") is not None
        return notes.tag[first] in ("VBD", "VBZ", "VBP", "MD")

    def _perfect(self, node: int) -> bool:
        return any(self.notes.lemma[aux] == "have" for aux in self.notes.having(node, "aux"))

    def _to_be(self, node: int, head: int) -> Governor | None:
        """*Is to visit*, *is going to visit*, *has yet to visit*."""
        notes = self.notes
        if notes.dep[node] not in ("xcomp", "ccomp") or not self.own.infinitive(node):
            return None
        adverbs = (*notes.having(head, "advmod"), *notes.having(node, "advmod"))
        if notes.lemma[head] in ("have", "be", "remain") and any(notes.lower[child] == "yet" for child in adverbs):
            return Governor("negated", "yet", head, "yet-to", head)
        if notes.lower[head] == "were" and any(subject > head for subject in (*notes.having(head, "nsubj"), *notes.having(node, "nsubj"))):
            return Governor("hypothetical", "be", head, "inversion", head)
        subject = notes.child(head, "nsubj")
        if notes.lemma[head] == "be" and subject is not None and notes.lower[subject] != "it":
            return Governor("future", "be", head, "be-to", head)
        return Governor("future", "go", head, "be-to", head) if notes.lower[head] in ("going", "gon") else None

    def _with_particle(self, verb: int) -> str:
        """*called off* is no *called*."""
        particle = self.notes.child(verb, "prt")
        return self.notes.lemma[verb] if particle is None else f"{self.notes.lemma[verb]} {self.notes.lower[particle]}"

    # --- adverbial clauses ---
    def _adverbial(self, node: int, head: int) -> Governor | None:
        """*Sent troops to attack*; *has ruled out attacking*, which the parser may take for adverbial as well."""
        notes, cues = self.notes, self.cues
        word = self._with_particle(head)
        mark = next(iter(notes.having(node, "mark")), None)
        if self.own.infinitive(node) and (mark is None or notes.lower[mark] == "for"):
            noun = notes.child(head, "dobj")
            if noun is not None and cues.has("nobody", notes.lower[noun]):
                return Governor("negated", "", noun, "negation", noun)  # did nothing to stop it
            if noun is not None and head < noun < node and self._takes_infinitive(noun):
                return self._noun_cue(node, noun, noun)
            if word in cues.complement:
                return Governor(cues.complement[word], word, head, f"complement.{word}", head)
            if cues.has("sharing", word) or notes.tag[node] != "VB":
                return Governor("actual", word, head, f"complement.{word}", head)
            return Governor("future", "", node, "purpose", head)
        bare = notes.tag[node] == "VBG" and notes.child(node, "mark", "nsubj", "aux") is None
        if bare and head < node and cues.complement.get(word) == "negated" and "," not in notes.word[head:node]:
            return Governor("negated", word, head, f"complement.{word}", head)
        may = any(notes.lower[aux] in cues.modals and cues.modals[notes.lower[aux]] == "hypothetical" for aux in notes.having(head, "aux"))
        return Governor("actual", word, head, f"complement.{word}", head) if bare and node < head and may else None  # ignoring it, they may miss a chance

    def _takes_infinitive(self, noun: int) -> bool:
        return self.cues.nouns.get(self.notes.lemma[noun]) in ("future", "hypothetical")

    # --- under adjectives ---
    def _under_adjective(self, node: int, adjective: int, verb: int) -> Governor | None:
        """*Is ready to attack*, *it is true that it attacked*, *is too weak to attack*."""
        notes, cues = self.notes, self.cues
        word, rule = notes.lower[adjective], f"predicate.{notes.lower[adjective]}"
        if any(notes.lower[child] == "too" for child in notes.having(adjective, "advmod")) and self.own.infinitive(node):
            return Governor("negated", "too", adjective, "too", verb)
        if self._finite(node):
            value = cues.that.get(word)
            return Governor(value, word, adjective, rule, verb) if value else None
        value = cues.predicates.get(word)
        if not cues.has("copulas", notes.lemma[verb]):
            return Governor(value or cues.nouns.get(word, "actual"), word, adjective, rule, verb)  # reserves right to attack
        if word in cues.realised_predicates and (self.own.past(verb) or value is None or notes.tag[verb] == "VB"):
            value = "actual"
        return Governor(value or "actual", word, adjective, rule, verb)

    # --- under nouns ---
    def _under_noun(self, node: int, noun: int) -> Governor | None:
        """*Plans to attack*, *the claim that it attacked*, *anyone who attacks*."""
        notes, cues = self.notes, self.cues
        dep, infinitive = notes.dep[node], self.own.infinitive(node)
        if dep in ("relcl", "acl") and not infinitive and self._unnamed(noun) and not self.own.past(node):
            return Governor("hypothetical", "any", noun, "anyone", node=noun)
        if dep in ("acl", "relcl", "ccomp", "xcomp", "advcl", "appos") and infinitive:
            if self._perfect(node) or any(cues.has("firsts", notes.lower[word]) for word in notes.having(noun, "amod", "det", "nummod")):
                return None
            known = self._noun_cue(node, noun, noun)
            return known or Governor("future", "", node, "purpose", noun)
        opened = any(notes.lower[mark] == "that" for mark in notes.having(node, "mark"))
        if dep in ("acl", "ccomp", "relcl") and (opened or dep == "ccomp") and notes.child(node, "nsubj", "nsubjpass", "expl") is not None:
            return self._noun_clause(node, noun)
        return None

    def _unnamed(self, noun: int) -> bool:
        notes, cues = self.notes, self.cues
        pronoun = cues.has("anyone", notes.lower[noun]) and notes.pos[noun] in ("PRON", "DET")
        return pronoun or any(notes.lower[det] in ("any", "whichever", "whatever") for det in notes.having(noun, "det"))

    def _noun_clause(self, node: int, noun: int) -> Governor | None:
        """A finite clause that says what a noun is about: *fears that it will attack*, *the claim that it attacked*."""
        notes, cues = self.notes, self.cues
        word, rule = notes.lemma[noun], f"noun.{notes.lemma[noun]}"
        if cues.has("claims", word) or cues.has("two_way", word):
            return self._claimed(noun, word, rule)
        subjunctive = not self._finite(node)
        if cues.has("foretelling", word) and self._to_come(node):
            return Governor("hypothetical", word, noun, rule, noun)
        value = cues.that.get(word) or cues.nouns.get(word)
        if value in (None, "future") or (cues.has("telling", word) and not subjunctive):
            return None
        return Governor(value or "actual", word, noun, rule, noun)

    def _claimed(self, noun: int, word: str, rule: str) -> Governor | None:
        """What is claimed stands unless the claim is dismissed."""
        notes, cues = self.notes, self.cues
        verb = notes.head[noun]
        dismissed = notes.dep[noun] in ("dobj", "nsubjpass") and any(cues.has("dismissing", name) for name in (notes.lemma[verb], self._with_particle(verb)))
        if dismissed and self.own.negation(verb) is None:
            return Governor("negated", word, verb, f"dismissed.{notes.lemma[verb]}", verb)
        adjective = notes.child(verb, "acomp") if notes.dep[noun] == "nsubj" else None
        beside = (*notes.having(noun, "amod"), *([adjective] if adjective is not None else []))
        false = next((token for token in beside if cues.that.get(notes.lower[token]) == "negated"), None)
        if false is not None:
            return Governor("negated", word, false, f"dismissed.{notes.lower[false]}", verb if false == adjective else noun)
        if cues.has("two_way", word) or self.own.negation(noun) is not None or self.own.negation(verb) is not None:
            return Governor(cues.nouns.get(word, "actual"), word, noun, rule, noun)
        return None

    def _noun_cue(self, node: int, noun: int, governor: int) -> Governor | None:
        """What a noun says of the event that hangs on it, and what becomes of what the noun names."""
        notes, cues = self.notes, self.cues
        word = notes.lemma[noun]
        value, rule = cues.nouns.get(word), f"noun.{word}"
        if value is None:
            return None
        verb = notes.head[noun]
        declined = notes.dep[noun] in ("dobj", "nsubjpass") and cues.has("declinable", word) and cues.has("declining", self._with_particle(verb))
        if declined and self.own.negation(verb) is None:
            return Governor("negated", "", verb, f"declined.{self._with_particle(verb)}", verb)
        return Governor(value, word, noun, rule, governor)

    # --- under prepositions ---
    def _under_preposition(self, node: int, prep: int) -> Governor | None:
        notes, cues = self.notes, self.cues
        for words in range(4, 0, -1):  # in the event of, ahead of, without
            phrase = " ".join(notes.lower[max(0, prep - words + 1) : prep + 1])
            if phrase in cues.prepositions:
                return Governor(cues.prepositions[phrase], "", prep, f"preposition.{phrase}", prep)
        head = notes.head[prep]
        if notes.pos[head] in NOMINAL or notes.pos[head] == "NUM" or notes.dep[head] == "pobj":
            return self._noun_phrase(node, prep, head)
        return self._verb_phrase(node, prep, head)

    def _verb_phrase(self, node: int, prep: int, head: int) -> Governor | None:
        """*Warned of an attack*, *worried about an attack*, *take part in talks*, *win by attacking*."""
        notes, cues = self.notes, self.cues
        word, gerund = notes.lower[prep], notes.dep[node] == "pcomp" or notes.tag[node] == "VBG"
        verb = notes.pos[head] in VERBAL
        for phrase in self._phrases(head, word):
            value = cues.object.get(phrase) or (cues.complement.get(phrase) if gerund else None)
            if value and not self._there_already(node, phrase):
                cue = phrase if not verb or cues.has("two_way", phrase) else notes.lemma[head]
                return Governor(value, cue, head, f"object.{phrase}", head if verb else notes.head[head])
        if not verb:
            governs = gerund and notes.lower[head] in cues.predicates and word in ("of", "to", "on", "at", "about")
            return self._under_adjective(node, head, notes.head[head]) if governs else None
        noun = notes.child(head, "dobj", "attr")
        if noun is not None and noun < prep and word in ("for", "to", "of", "against", "about") and self._takes_infinitive(noun):
            return self._noun_cue(node, noun, noun)
        known = cues.complement.get(notes.lemma[head]) if gerund else None
        if (known == "negated" and word == "from") or (known == "hypothetical" and word in ("against", "about", "of")):
            return Governor(known, notes.lemma[head], head, f"complement.{notes.lemma[head]}", head)
        return self._shared(node, prep, head, gerund)

    def _shared(self, node: int, prep: int, head: int, gerund: bool) -> Governor | None:
        """*Win by attacking*, *lead to war*, *take part in talks*, *settle it through talks*."""
        notes, cues, word = self.notes, self.cues, self.notes.lower[prep]
        shares = (gerund and word in ("by", "through", "in", "with")) or any(cues.has("causing", phrase) for phrase in self._phrases(head, word))
        carried = cues.has("through", word) and (notes.lemma[head] in cues.light or notes.lemma[head] == "be")
        carried = carried or (cues.has("means", word) and cues.has("settled", notes.lemma[node]) and not self.definite(node))
        return Governor("actual", notes.lemma[head], head, f"complement.{notes.lemma[head]}", head) if shares or carried else None

    def _phrases(self, head: int, prep: str) -> tuple[str, ...]:
        """The verb or adjective with its preposition, with and without what stands between: *look forward to*, *go ahead with*, *put on hold*."""
        notes = self.notes
        word = notes.lemma[head] if notes.pos[head] in VERBAL else notes.lower[head]
        particles = [notes.lower[child] for child in notes.having(head, "prt", "advmod") if child > head]
        return (*(f"{word} {particle} {prep}" for particle in particles), f"{word} {prep}", f"{notes.lower[head]} {prep}")

    def _noun_phrase(self, node: int, prep: int, noun: int) -> Governor | None:
        """*The threat of attack*, *plans for talks*, *a wave of attacks*, *in exchange for a halt*."""
        notes, cues = self.notes, self.cues
        word, lemma = notes.lower[prep], notes.lemma[noun]
        if cues.has("trade", lemma) and notes.dep[noun] == "pobj" and notes.lower[notes.head[noun]] == "in":
            verb = notes.head[notes.head[noun]]
            return Governor("actual", lemma, noun, f"noun.{lemma}", verb)
        if word == "of" and (cues.has("phases", lemma) or lemma in cues.partitive):
            return Governor("actual", lemma, noun, f"noun.{lemma}", noun)
        if notes.dep[node] == "pcomp" and cues.has("claims", lemma):
            return self._claimed(noun, lemma, f"noun.{lemma}")
        mute = cues.has("looking_back" if notes.dep[node] == "pcomp" else "infinitive_only", lemma)
        value = None if mute or self._there_already(node, lemma) else cues.nouns.get(lemma)
        if not cues.has("linking", word) or (value in (None, "actual") and self.own.negation(noun) is None):
            phrase = f"{notes.lower[notes.head[noun]]} {lemma} {word}" if notes.dep[noun] == "pobj" else ""
            return Governor(cues.object[phrase], lemma, noun, f"object.{phrase}", noun) if phrase in cues.object else None
        return self._noun_cue(node, noun, noun)

    # --- event nouns ---
    def _noun(self, node: int, head: int) -> Governor | None:
        """An event noun as subject, object or beside another noun."""
        notes, cues = self.notes, self.cues
        dep = notes.dep[node]
        if notes.pos[head] not in VERBAL:
            says = dep in ("compound", "nmod", "appos") and cues.nouns.get(notes.lemma[head]) not in (None, "actual")
            known = self._noun_cue(node, head, head) if says else None
            return known or (Governor("actual", "", head, "carried", head) if dep in ("compound", "nmod") else None)
        if dep in ("nsubj", "nsubjpass") and (found := self._subject(node, head)) is not None:
            return found
        if dep in ("dobj", "nsubjpass", "dative", "attr") and (found := self._object(node, head)) is not None:
            return found
        happens = cues.has("happening", notes.lemma[head]) if dep in ("nsubj", "nsubjpass") else dep == "attr"
        carried = dep != "nsubj" and (notes.lemma[head] in cues.light or cues.has("causing", self._with_particle(head)))
        return Governor("actual", notes.lemma[head], head, "carried", head) if happens or carried else None

    def _subject(self, node: int, head: int) -> Governor | None:
        """*An attack is likely*, *the talks are due to begin*."""
        adjective = self.notes.child(head, "acomp", "oprd")
        plain = adjective is not None and self.cues.has("copulas", self.notes.lemma[head]) and self.notes.child(head, "attr") is None
        said = self.own.predicated(node, adjective) if plain and adjective is not None else None
        return Governor(said.value, self.notes.lower[adjective], adjective, said.rule, head) if said is not None and adjective is not None else None

    def _object(self, node: int, head: int) -> Governor | None:
        """*Plans an attack*, *cancelled the visit*, *announced a withdrawal*, *stopped the attack*."""
        notes, cues = self.notes, self.cues
        word = self._with_particle(head)
        if cues.has("ending", word):
            return Governor("ended", word, head, f"ending.{word}", head)
        if word in cues.realised_verbs and word != "have":
            return self._realised(word, head)
        if word in cues.object and not self._there_already(node, word):
            return Governor(cues.object[word], word, head, f"object.{word}", head)
        if cues.has("announcing", word) and cues.has("announced", notes.lemma[node]):
            return Governor("future", word, head, f"announced.{word}", head)
        return None

    def _there_already(self, noun: int, word: str) -> bool:
        """*Supported the invasion* takes it for a fact, *supported an invasion* does not."""
        return self.cues.has("indefinite", word) and self.definite(noun) and not self.cues.has("settled", self.notes.lemma[noun])

    def definite(self, noun: int) -> bool:
        """Whether a noun speaks of something known: *the attack*, *its attack*, *the recent attacks*, *an attack that killed four*."""
        notes, cues = self.notes, self.cues
        if notes.pos[noun] in VERBAL:
            return False
        pointed = any(cues.has("definite", notes.lower[det]) for det in notes.having(noun, "det")) or bool(notes.having(noun, "poss"))
        told = any(self.own.past(clause) and not self.own.infinitive(clause) for clause in notes.having(noun, "relcl"))
        return pointed or told or any(cues.has("real", notes.lower[child]) for child in notes.having(noun, "amod", "nmod"))
