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
_NEEDS = frozenset({"need", "have"})


def kind_of(scene: Scene, book: AttributionBook, draft: Draft) -> tuple[str, str]:
    """The kind of a claim and the rule that set it."""
    if draft.cue.kind != "statement" or draft.cue.kind_class == "intention":
        return draft.cue.kind, f"attribution.kind.cue.{draft.cue.group}"
    kind = _of_content(scene, book, draft)
    return kind, f"attribution.kind.content.{kind}"


def _of_content(scene: Scene, book: AttributionBook, draft: Draft) -> str:
    notes = scene.notes
    tokens = [token for start, end in draft.pieces for token in notes.tokens(start, end)]
    lemmas = {notes.lemma[token] for token in tokens}
    main = _main_verbs(notes, tokens)
    if any(_duty(notes, book, verb) for verb in main):
        return "demand"
    outlook = [verb for verb in main if _outlook(notes, book, verb)]
    if any(_own(notes, draft, verb) for verb in outlook if not _hedged(notes, verb)):
        return "promise"
    if lemmas & book.kinds["accusing"]:
        return "accusation"
    if outlook:
        return "forecast"
    return "opinion" if lemmas & book.kinds["judging"] else "statement"


def _main_verbs(notes: Annotations, tokens: list[int]) -> list[int]:
    """The predicates of the content's own clauses: those that hang on nothing inside it, and what is coordinated with them."""
    inside = set(tokens)
    tops = [token for token in tokens if notes.head[token] not in inside or notes.head[token] == token]
    heads = [token for top in tops for token in notes.conjuncts(top)]
    return [token for token in heads if notes.pos[token] in ("VERB", "AUX")]


def _duty(notes: Annotations, book: AttributionBook, verb: int) -> bool:
    if any(notes.lower[child] in book.kinds["duty"] for child in notes.having(verb, "aux")):
        return True
    return notes.lemma[verb] in _NEEDS and notes.child(verb, "xcomp") is not None


def _outlook(notes: Annotations, book: AttributionBook, verb: int) -> bool:
    if any(notes.lower[child] in book.kinds["outlook"] for child in notes.having(verb, "aux")):
        return True
    going = notes.lower[verb] == "going" and notes.child(verb, "xcomp") is not None
    return going or any(notes.lower[child] in book.kinds["outlook_words"] for child in notes.children[verb])


def _hedged(notes: Annotations, verb: int) -> bool:
    return any(notes.lower[child] in ("may", "might", "could", "not", "n't", "n’t", "never") for child in notes.having(verb, "aux", "neg"))


def _own(notes: Annotations, draft: Draft, verb: int) -> bool:
    """Whether the speaker speaks of what he will do himself."""
    actor = notes.child(verb, *SUBJECTS)
    if actor is None:
        return False
    word = notes.lower[actor]
    return word in _FIRST or (word in _THIRD and draft.source is not None and draft.cue.group != "according")


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
    found = next((hedge for hedge in book.hedges if _holds(words, hedge)), None)
    return Forecast(of, by, " ".join(found.words) if found else None, found.p_low if found else None, found.p_high if found else None)


def _last_of(notes: Annotations, dates: list[int]) -> int:
    """The last token of the first date."""
    last = dates[0]
    while last + 1 in dates and not notes.ent_start[last + 1]:
        last += 1
    return last


def _holds(words: tuple[str, ...], hedge: Hedge) -> bool:
    size = len(hedge.words)
    return any(words[place : place + size] == hedge.words for place in range(len(words) - size + 1))
