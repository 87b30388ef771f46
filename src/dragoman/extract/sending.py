"""Whose the troops and envoys are that somebody sends: those of the subject, not of the place where they go."""

from __future__ import annotations

from dragoman.extract.drafts import Draft, Scene

_SUBJECTS = ("nsubj", "nsubjpass")
_UP = ("conj", "xcomp", "advcl", "pcomp", "prep", "ccomp", "acl")
_SENT = ("GOV", "MIL", "COP", "SPY", "PRM", "REB", "UAF", "IGO")
_RULE = "actors.references:sending"


def sent(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Give bare "troops", "forces", "an envoy" that are objects of deploy, send or withdraw the country of the sender; makes no mention."""
    by_head = {draft.head: draft for draft in drafts}
    for draft in drafts:
        if draft.country or not draft.role or draft.sector not in _SENT:
            continue
        verb = sending_verb(scene, draft)
        sender = by_head.get(_sender(scene, verb)) if verb is not None else None
        if sender and sender.country and sender.sector in (*_SENT, None, "ELI", "PTY"):
            draft.country, draft.how, draft.rule = sender.country, "description", _RULE
    return []


def sending_verb(scene: Scene, draft: Draft) -> int | None:
    """The verb of sending whose object the phrase is."""
    notes = scene.notes
    verb = notes.head[draft.head]
    is_object = notes.dep[draft.head] in ("dobj", "nsubjpass") and notes.lemma[verb] in scene.words["sending"]
    return verb if is_object else None


def _sender(scene: Scene, verb: int) -> int:
    """The subject of the verb or of the clause above it; the agent of a passive; -1 if there is none."""
    notes = scene.notes
    if notes.child(verb, "nsubjpass") is not None:
        return next(iter(notes.preps(verb, "by")), -1)
    node = verb
    while True:
        subject = notes.child(node, *_SUBJECTS)
        if subject is not None:
            return subject
        if notes.dep[node] not in _UP or notes.head[node] == node:
            return -1
        node = notes.head[node]
