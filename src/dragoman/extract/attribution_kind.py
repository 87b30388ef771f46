"""What is done with the words: a statement, an accusation, a denial, a forecast, a promise, a threat, a demand, an announcement or an opinion.

The cue decides where it can (*accused*, *vowed*); for *said* and its like the content does: its modals, its person, its judging words.
The probability of a forecast is that of its hedge on a published scale (`codebooks/hedges.tsv`), none where nobody has published one.
"""

from __future__ import annotations

from dragoman.annotate.columns import Annotations
from dragoman.extract.attribution_book import AttributionBook, Hedge
from dragoman.extract.attribution_content import Scene
from dragoman.extract.attribution_cues import Draft
from dragoman.extract.attribution_source import SUBJECTS
from dragoman.records import Forecast

_FIRST = frozenset({"we", "i"})
_THIRD = frozenset({"he", "she", "it", "they"})
_OWNERS = frozenset({"my", "our", "his", "her", "its", "their"})
_NEEDS = frozenset({"need", "have"})
_WEAK = frozenset({"may", "might", "could", "not", "n't", "n’t", "never"})
_COMPLEMENTS = frozenset({"dobj", "attr", "acomp", "oprd", "advmod", "xcomp", "neg"})


def kind_of(scene: Scene, book: AttributionBook, draft: Draft) -> tuple[str, str]:
    """The kind of a claim and the rule that set it."""
    cue = draft.cue
    tokens = [token for start, end in draft.pieces for token in scene.notes.tokens(start, end)]
    main = _main_verbs(scene.notes, tokens)
    if cue.kind == "opinion" and cue.kind_class == "belief" and any(_outlook(scene.notes, book, verb) for verb in main):
        return "forecast", "attribution.kind.content.forecast"
    if cue.kind != "statement" or cue.kind_class == "intention":
        return cue.kind, f"attribution.kind.cue.{cue.group}"
    kind = _of_content(scene.notes, book, draft, main)
    return kind, f"attribution.kind.content.{kind}"


def _of_content(notes: Annotations, book: AttributionBook, draft: Draft, main: list[int]) -> str:
    if any(_duty(notes, book, draft, verb) for verb in main):
        return "demand"
    outlook = [verb for verb in main if _outlook(notes, book, verb)]
    pledges = [verb for verb in outlook if _own(notes, book, draft, verb) and not _hedged(notes, book, verb)]
    words = {word for verb in main for word in _predicate(notes, verb)}
    deeds = {notes.lemma[token] for start, end in draft.pieces for token in notes.tokens(start, end) if notes.pos[token] == "VERB"}
    if pledges:
        return "threat" if any(_predicate(notes, verb) & book.kinds["threatening"] for verb in pledges) else "promise"
    if (words | deeds) & book.kinds["accusing"]:
        return "accusation"
    if outlook:
        return "forecast"
    return "opinion" if words & book.kinds["judging"] else "statement"


def _main_verbs(notes: Annotations, tokens: list[int]) -> list[int]:
    """The predicates of the content's own clauses: those that hang on nothing inside it, and what is coordinated with them."""
    inside = set(tokens)
    tops = [token for token in tokens if notes.head[token] not in inside or notes.head[token] == token]
    heads = [token for top in tops for token in notes.conjuncts(top)]
    return [token for token in heads if notes.pos[token] in ("VERB", "AUX")]


def _predicate(notes: Annotations, verb: int) -> set[str]:
    """Lemmas of the verb, its objects, complements and adverbs, and of the adjectives on them."""
    found = {notes.lemma[verb]}
    for child in notes.children[verb]:
        if notes.dep[child] in _COMPLEMENTS:
            found.update(notes.lemma[token] for token in (child, *notes.having(child, "amod", "dobj", "attr", "acomp", "conj")))
        elif notes.dep[child] == "prep":
            found.update(notes.lemma[token] for token in notes.having(child, "pobj"))
    return found


def _duty(notes: Annotations, book: AttributionBook, draft: Draft, verb: int) -> bool:
    if any(notes.lower[child] in book.kinds["duty"] for child in notes.having(verb, "aux")):
        return True
    bound = notes.lemma[verb] in _NEEDS and notes.child(verb, "xcomp") is not None
    return bound and not (notes.child(verb, "nsubj") is not None and notes.lower[notes.having(verb, "nsubj")[0]] in _THIRD)


def _outlook(notes: Annotations, book: AttributionBook, verb: int) -> bool:
    if any(notes.lower[child] in book.kinds["outlook"] for child in notes.having(verb, "aux")):
        return True
    going = notes.lower[verb] == "going" and notes.child(verb, "xcomp") is not None
    return going or any(notes.lower[child] in book.kinds["outlook_words"] for child in notes.having(verb, "advmod", "acomp"))


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
        return draft.source is not None and _agrees(notes, word, draft.source)
    owner = notes.child(actor, "poss")
    return owner is not None and notes.lower[owner] in _OWNERS and notes.lemma[actor] in book.kinds["own_bodies"]


def _agrees(notes: Annotations, pronoun: str, source: int) -> bool:
    """Whether the pronoun can stand for the source."""
    word = notes.lower[source]
    if word in _THIRD:
        return word == pronoun
    if pronoun == "they":
        return notes.tag[source] in ("NNS", "NNPS") or notes.ent[source] in ("ORG", "NORP", "GPE") or notes.child(source, "conj") is not None
    if pronoun == "it":
        return notes.ent[source] != "PERSON" and notes.tag[source] in ("NN", "NNP", "NNPS")
    return notes.tag[source] in ("NN", "NNP") and notes.ent[source] not in ("GPE", "NORP")


def forecast_of(scene: Scene, book: AttributionBook, draft: Draft) -> Forecast:
    """What a forecast expects: the subject of its clause, its time, its hedge and the probability that the hedge stands for."""
    notes = scene.notes
    tokens = [token for start, end in draft.pieces for token in notes.tokens(start, end)]
    main = _main_verbs(notes, tokens)
    subject = next((found for verb in main if (found := notes.child(verb, *SUBJECTS)) is not None), None)
    of = notes.span(notes.subtree(subject)[0], subject).surface if subject is not None else None
    dates = [token for token in tokens if notes.ent[token] == "DATE"]
    by = notes.text[notes.start[dates[0]] : notes.end[_last_of(notes, dates)]] if dates else None
    words = tuple(notes.lower[token] for token in tokens)
    hedge = next((hedge for hedge in book.hedges if _holds(words, hedge)), None)
    return Forecast(of, by, " ".join(hedge.words) if hedge else None, hedge.p_low if hedge else None, hedge.p_high if hedge else None)


def _last_of(notes: Annotations, dates: list[int]) -> int:
    """The last token of the first date."""
    last = dates[0]
    while last + 1 in dates and not notes.ent_start[last + 1]:
        last += 1
    return last


def _holds(words: tuple[str, ...], hedge: Hedge) -> bool:
    size = len(hedge.words)
    return any(words[place : place + size] == hedge.words for place in range(len(words) - size + 1))
