"""Who speaks where "we" or "I" stands: the subject of the verb of speech around a quotation."""

from __future__ import annotations

from dragoman.extract.drafts import Scene

_SUBJECTS = ("nsubj", "nsubjpass")


def speaker(scene: Scene, token: int) -> int | None:
    """The head of the phrase that says what the token stands in.

    It is the subject of the verb that governs the token's clause, else of one outside the quotation: in the token's own sentence, in the one
    where the quotation ends ("... ," X said), where it begins (X said: "..."), or right before it.
    """
    subject = _saying(scene, token)
    if subject is not None or token not in scene.quoted:
        return subject
    first, last = scene.quoted[token]
    numbers = scene.notes.sentence_of
    for number in dict.fromkeys((numbers[token], numbers[last], numbers[first], numbers[first] - 1)):
        subject = _outside(scene, number) if number >= 0 else None
        if subject is not None:
            return subject
    return None


def _saying(scene: Scene, token: int) -> int | None:
    """The subject of the verb of speech that governs the token's clause."""
    notes = scene.notes
    if token not in scene.quoted:
        return None
    for node in (token, *notes.ancestors(token)):
        verb = notes.head[node]
        if notes.dep[node] in ("ccomp", "parataxis") and notes.lemma[verb] in scene.words["speech"]:
            return notes.child(verb, *_SUBJECTS)
    return None


def _outside(scene: Scene, number: int) -> int | None:
    """The subject of the last verb of speech of a sentence that stands outside quotation marks."""
    notes = scene.notes
    for token in reversed(range(*notes.sentences[number])):
        if notes.lemma[token] in scene.words["speech"] and notes.pos[token] == "VERB" and token not in scene.quoted:
            subject = notes.child(token, *_SUBJECTS)
            if subject is not None and subject not in scene.quoted:
                return subject
    return None
