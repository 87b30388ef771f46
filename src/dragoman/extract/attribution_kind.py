"""What is done with the words: a statement, an accusation, a denial, a forecast, a promise, a threat, a demand, an announcement or an opinion.

The cue decides where it can (*accused*, *vowed*); for *said* and its like the content does: its modals, its person, its judging words.
The probability of a forecast is that of its hedge on a published scale (`codebooks/hedges.tsv`), none where nobody has published one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.annotate.columns import Annotations
from dragoman.extract.attribution_book import AttributionBook, Hedge
from dragoman.extract.attribution_content import Scene
from dragoman.extract.attribution_cues import Draft
from dragoman.extract.attribution_source import SUBJECTS, phrase
from dragoman.records import Claim, Forecast, Timex

_FIRST = frozenset({"we", "i"})
_THIRD = frozenset({"he", "she", "it", "they"})
_OWNERS = frozenset({"my", "our", "his", "her", "its", "their"})
_NEEDS = frozenset({"need", "have"})
_WEAK = frozenset({"may", "might", "could", "not", "n't", "n’t", "never"})
_NOT = frozenset({"not", "n't", "n’t"})
_SUPPOSING = frozenset({"if", "when", "whenever", "unless"})
_SET = frozenset({"will", "'ll", "’ll", "would"})
_RESOLVED = _SET | {"wo", "going"}
# Base forms that open a sentence without commanding: *thank you*, *let's say*.
_NO_COMMANDS = frozenset({"thank", "welcome", "congratulate", "be", "god", "bless"})
# Cues whose object decides: the list of words, and the kind that they make of it.
_OF_THINGS = {"call-as": ("accusing", "accusation"), "warn-of": ("threatening", "threat")}
_COMPLEMENTS = frozenset({"dobj", "attr", "acomp", "oprd", "advmod", "xcomp", "neg"})


def kind_of(scene: Scene, book: AttributionBook, draft: Draft) -> tuple[str, str]:
    """The kind of a claim and the rule that set it."""
    cue, notes = draft.cue, scene.notes
    tokens = [token for start, end in draft.pieces for token in notes.tokens(start, end)]
    main = _main_verbs(notes, tokens)
    if cue.kind == "opinion" and cue.kind_class == "belief" and any(_outlook(notes, book, verb) for verb in main):
        return "forecast", "attribution.kind.content.forecast"
    if cue.group in _OF_THINGS and book.kinds[_OF_THINGS[cue.group][0]] & {notes.lemma[token] for token in tokens}:
        kind = _OF_THINGS[cue.group][1]
        return kind, f"attribution.kind.content.{kind}"
    if cue.kind != "statement" or cue.kind_class == "intention":
        return cue.kind, f"attribution.kind.cue.{cue.group}"
    kind = _of_content(notes, book, draft, tokens, main)
    return kind, f"attribution.kind.content.{kind}"


def _of_content(notes: Annotations, book: AttributionBook, draft: Draft, tokens: list[int], main: list[int]) -> str:
    kinds = book.kinds
    text = _lemmas(notes, tokens)
    if any(_duty(notes, book, draft, verb) or _is_imperative(notes, verb) for verb in main) or _has_phrase(text, kinds["demands"]):
        return "demand"
    if _has_phrase(text, kinds["threats"]):
        return "threat"
    outlook = [verb for verb in (*main, *_reckoned(notes, book, main)) if _outlook(notes, book, verb)]
    pledges = [verb for verb in outlook if _own(notes, book, draft, verb) and not _hedged(notes, book, verb)]
    if pledges:
        return "threat" if any(_predicate(notes, verb) & kinds["threatening"] for verb in pledges) else "promise"
    if _has_phrase(text, kinds["denials"]):
        return "denial"
    return _of_words(notes, book, draft, main, outlook, text)


def _of_words(notes: Annotations, book: AttributionBook, draft: Draft, main: list[int], outlook: list[int], text: str) -> str:
    """The kind of a content that neither demands, threatens, promises nor denies."""
    kinds = book.kinds
    words = {word for verb in main if not notes.having(verb, "neg") for word in _predicate(notes, verb)}
    tokens = (token for start, end in draft.pieces for token in notes.tokens(start, end))
    deeds = {notes.lemma[token] for token in tokens if notes.pos[token] == "VERB" and not notes.having(token, "neg") and not _supposed(notes, token)}
    if (words | deeds) & kinds["accusing"]:
        return "accusation"
    if any(notes.lemma[verb] in kinds["intending"] and _own(notes, book, draft, verb) for verb in main):
        return "announcement"
    if outlook and all(_declines(notes, book, draft, verb) for verb in outlook):
        return "statement"
    if outlook:
        return "announcement" if all(_is_scheduled(notes, book, verb) for verb in outlook) else "forecast"
    judging = any(_judges(notes, book, verb) or _supposes(notes, book, verb) or _feels(notes, book, draft, verb) for verb in main) or _has_phrase(text, kinds["judgements"])
    return "opinion" if judging else "statement"


def _supposed(notes: Annotations, verb: int) -> bool:
    """*If threatened, it responds*; *when it is provoked*: said of no deed."""
    clause = next((above for above in (verb, *notes.ancestors(verb)) if notes.dep[above] == "advcl"), None)
    return clause is not None and any(notes.lower[child] in _SUPPOSING and child < clause for child in notes.having(clause, "mark", "advmod"))


def _lemmas(notes: Annotations, tokens: list[int]) -> str:
    """Lemmas with spaces around them, without articles and punctuation; what phrases are looked up in."""
    return " " + " ".join("not" if notes.lower[t] in _NOT else notes.lemma[t] for t in tokens if notes.tag[t] != "DT" and notes.pos[t] != "PUNCT") + " "


def _has_phrase(text: str, phrases: frozenset[str]) -> bool:
    return any(f" {phrase} " in text for phrase in phrases)


def _main_verbs(notes: Annotations, tokens: list[int]) -> list[int]:
    """The predicates of the content's own clauses: those that hang on nothing inside it, what is coordinated with them, and clauses set before by a comma."""
    inside = set(tokens)
    tops = [token for token in tokens if notes.head[token] not in inside or notes.head[token] == token]
    heads = [token for top in tops for token in notes.conjuncts(top)]
    before = [child for head in heads for child in notes.having(head, "ccomp") if child < head and child in inside and notes.child(child, "mark") is None]
    return [token for token in (*heads, *before) if notes.pos[token] in ("VERB", "AUX")]


def _predicate(notes: Annotations, verb: int) -> set[str]:
    """Lemmas of the verb, its objects, complements and adverbs, and of the adjectives on what it says its subject is."""
    found = {notes.lemma[verb]}
    for child in notes.children[verb]:
        if notes.dep[child] in _COMPLEMENTS:
            below = ("dobj", "attr", "acomp", "conj") if notes.dep[child] == "dobj" else ("amod", "dobj", "attr", "acomp", "conj")
            found.update(notes.lemma[token] for token in (child, *notes.having(child, *below)))
    return found


def _judges(notes: Annotations, book: AttributionBook, verb: int) -> bool:
    """Whether the predicate judges: *it is a good law*, but not *it sells goods*, *it works hard*."""
    found = _predicate(notes, verb) & book.kinds["judging"]
    things = {notes.lemma[child] for child in notes.having(verb, "dobj", "advmod") if notes.pos[child] in ("NOUN", "ADV")} & book.kinds["things"]
    return bool(found - things)


def _duty(notes: Annotations, book: AttributionBook, draft: Draft, verb: int) -> bool:
    subject = notes.child(verb, "nsubj")
    if notes.lemma[verb] in book.kinds["saying"] and subject is not None and notes.lower[subject] in _FIRST:
        return False  # *we must stress that*
    if any(notes.lower[child] in book.kinds["duty"] for child in notes.having(verb, "aux")):
        return not _counsels(notes, book, verb)
    bound = notes.lemma[verb] in _NEEDS and notes.child(verb, "xcomp") is not None
    return bound and not (subject is not None and notes.lower[subject] in _THIRD)


def _counsels(notes: Annotations, book: AttributionBook, verb: int) -> bool:
    """*They should be grateful*: a view of what would be fit, asked of nobody."""
    weak = any(notes.lower[child] in book.kinds["counsel"] for child in notes.having(verb, "aux"))
    return weak and notes.lemma[verb] == "be" and notes.child(verb, "acomp", "attr") is not None


def _is_imperative(notes: Annotations, verb: int) -> bool:
    """*Please take shelter*: a base form without a subject at the head of a sentence or a quotation."""
    bare = notes.tag[verb] == "VB" and notes.dep[verb] in ("ROOT", "ccomp") and notes.child(verb, "nsubj", "nsubjpass", "aux", "expl") is None
    return bare and notes.lemma[verb] not in _NO_COMMANDS


def _outlook(notes: Annotations, book: AttributionBook, verb: int) -> bool:
    """Whether a clause is about what is to come; *could have been* and *likely understands* are not."""
    if any(notes.lower[child] in book.kinds["outlook"] for child in notes.having(verb, "aux")):
        return not _is_perfect(notes, verb) and notes.lemma[verb] not in book.kinds["attitudes"]
    going = notes.lower[verb] == "going" and notes.child(verb, "xcomp") is not None
    return going or any(notes.lower[child] in book.kinds["outlook_words"] and not _of_the_past(notes, child) for child in notes.having(verb, "acomp"))


def _is_perfect(notes: Annotations, verb: int) -> bool:
    return any(notes.lemma[child] in ("have", "'ve", "’ve") for child in notes.having(verb, "aux", "auxpass"))


def _of_the_past(notes: Annotations, adjective: int) -> bool:
    """*Likely to have been built*."""
    return any(_is_perfect(notes, verb) for verb in notes.having(adjective, "xcomp"))


def _reckoned(notes: Annotations, book: AttributionBook, main: list[int]) -> list[int]:
    """What the speaker thinks or is sure of: *I think prices will fall*, *we are convinced that he will leave*."""
    found = []
    for verb in main:
        subject = notes.child(verb, "nsubj")
        if subject is not None and notes.lower[subject] in _FIRST:
            minds = [word for word in (verb, *notes.having(verb, "acomp")) if {notes.lemma[word], notes.lower[word]} & book.kinds["reckoning"]]
            found += [clause for word in minds for clause in notes.having(word, "ccomp") if clause > word and notes.pos[clause] in ("VERB", "AUX")]
    return found


def _declines(notes: Annotations, book: AttributionBook, draft: Draft, verb: int) -> bool:
    """*He said he would not vote*: what the speaker will leave undone is his own resolve, no forecast of it."""
    certain = any(notes.lower[child] in _RESOLVED for child in notes.having(verb, "aux"))
    return certain and notes.child(verb, "neg") is not None and _own(notes, book, draft, verb)


def _is_scheduled(notes: Annotations, book: AttributionBook, verb: int) -> bool:
    """*The summit will be held in May*: what its maker sets is announced, not forecast."""
    certain = any(notes.lower[child] in _SET for child in notes.having(verb, "aux")) and not _hedged(notes, book, verb)
    return certain and notes.lemma[verb] in book.kinds["scheduled"]


def _supposes(notes: Annotations, book: AttributionBook, verb: int) -> bool:
    """*They likely understand*, *it could have been worse*: a judgement about what is or was."""
    modal = any(notes.lower[child] in book.kinds["outlook"] for child in notes.having(verb, "aux"))
    if modal or _counsels(notes, book, verb):
        return True
    return any(notes.lower[child] in book.kinds["outlook_words"] and not _of_the_past(notes, child) for child in notes.having(verb, "advmod", "acomp"))


def _feels(notes: Annotations, book: AttributionBook, draft: Draft, verb: int) -> bool:
    """*We don't care*, *she hoped that*: what the speaker says of his own mind."""
    subject = notes.child(verb, "nsubj")
    if subject is None or notes.lemma[verb] not in book.kinds["attitudes"] or (notes.lemma[verb] in book.kinds["pacts"] and notes.tag[verb] == "VBD"):
        return False
    word = notes.lower[subject]
    wish = notes.child(verb, "xcomp") is not None  # *he wanted to leave* is what he means to do
    return word in _FIRST or (word in _THIRD and not wish and draft.source is not None and _agrees(notes, book, word, draft.source))


def _hedged(notes: Annotations, book: AttributionBook, verb: int) -> bool:
    weak = any(notes.lower[child] in _WEAK for child in notes.having(verb, "aux", "neg"))
    return weak or any(notes.lower[child] in book.kinds["outlook_words"] for child in notes.having(verb, "advmod", "acomp"))


def _own(notes: Annotations, book: AttributionBook, draft: Draft, verb: int) -> bool:
    """Whether the speaker speaks of what he, or a body of his, will do."""
    actor = notes.child(verb, "nsubj")
    if actor is None or draft.cue.group == "according":
        return False
    word = notes.lower[actor]
    if word in _FIRST:
        return True
    if word in _THIRD:
        return draft.source is not None and _agrees(notes, book, word, draft.source)
    owner = notes.child(actor, "poss")
    own = notes.lower[owner] in _OWNERS if owner is not None else [notes.lower[child] for child in notes.children[actor]] == ["the"]
    return own and notes.lemma[actor] in book.kinds["own_bodies"]


def _agrees(notes: Annotations, book: AttributionBook, pronoun: str, source: int) -> bool:
    """Whether the pronoun can stand for the source."""
    word = notes.lower[source]
    if word in _THIRD:
        return word == pronoun
    if pronoun == "they":
        if notes.tag[source] in ("NNS", "NNPS", "CD") or word in book.kinds["quantities"]:
            return True
        return notes.ent[source] in ("ORG", "NORP", "GPE") or notes.child(source, "conj") is not None
    if pronoun == "it":
        return notes.ent[source] != "PERSON" and notes.tag[source] in ("NN", "NNP", "NNPS")
    return notes.tag[source] in ("NN", "NNP") and notes.ent[source] not in ("GPE", "NORP")


def forecast_of(scene: Scene, book: AttributionBook, draft: Draft) -> Forecast:
    """What a forecast expects: the subject of its clause, its hedge and the probability that the hedge stands for; `dated` adds the time."""
    notes = scene.notes
    tokens = [token for start, end in draft.pieces for token in notes.tokens(start, end)]
    main = _main_verbs(notes, tokens)
    clauses = (*_reckoned(notes, book, main), *main)
    subject = next((found for verb in clauses if (found := notes.child(verb, *SUBJECTS)) is not None), None)
    words = tuple(notes.lower[token] for token in tokens)
    hedge = next((hedge for hedge in book.hedges if _holds(words, hedge)), None)
    return Forecast(
        phrase(notes, subject).surface if subject is not None else None, None, " ".join(hedge.words) if hedge else None,
        hedge.p_low if hedge else None, hedge.p_high if hedge else None,
    )  # fmt: skip


def dated(claim: Claim, timexes: Sequence[Timex], published: str | None) -> Claim:
    """The claim; a forecast gets the first time in its content that does not lie before publication, as words and as an ISO value."""
    if claim.forecast is None:
        return claim
    inside = (timex for timex in timexes if timex.type in ("DATE", "TIME") and timex.value
              and any(piece.start <= timex.span.start and timex.span.end <= piece.end for piece in claim.content))  # fmt: skip
    ahead = next((timex for timex in inside if not _is_past(timex.value or "", published)), None)
    return claim if ahead is None else replace(claim, forecast=replace(claim.forecast, by=ahead.span.surface, due=ahead.value if (ahead.value or "")[:4].isdigit() else None))


def _is_past(value: str, published: str | None) -> bool:
    """Whether a time lies before the day of publication: its digits do, as far as they go."""
    last = value.rpartition("/")[2]
    if published is None or not last[:4].isdigit():
        return last.startswith("PAST")
    size = next((n for n in (10, 7, 4) if len(last) >= n and last[:n].replace("-", "").isdigit()), 4)
    return last[:size] < published[:size]


def _holds(words: tuple[str, ...], hedge: Hedge) -> bool:
    size = len(hedge.words)
    return any(words[place : place + size] == hedge.words for place in range(len(words) - size + 1))
