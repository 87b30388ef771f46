"""Pronouns and what they stand for; where the text leaves it open they stand for nothing.

Subjects come first: the nearest subject of a governing clause, then the subject of the previous sentence's main clause. "It" is given up as
soon as the nearest subject is no country and no body; a pronoun is never bound to a participant of its own clause.
"""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.annotate.columns import Annotations
from dragoman.extract.collectives import RULE as PAIR
from dragoman.extract.drafts import Draft, Scene
from dragoman.extract.speakers import speaker

_SUBJECTS = ("nsubj", "nsubjpass")
_PAIR = 2
# Whose bodies are those of states.
_OF_STATES = ("GOV", "MIL", "COP", "LEG", "JUD", "SPY")
_PRONOUN_RULE = "actors.references:"
_FIRST_PERSON = (f"{_PRONOUN_RULE}we", f"{_PRONOUN_RULE}i")


def pronouns(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Mentions for all pronouns that stand for one of the drafts, in text order."""
    known = {draft.head: draft for draft in drafts}
    for draft in drafts:
        for token in range(draft.first, draft.last + 1):
            known.setdefault(token, draft) if draft.kind == "person" else None
    made: list[Draft] = []
    for token in range(len(scene.notes)):
        kind = _kind(scene, token)
        if kind and token not in known:
            for target in _joint(scene, token, kind, known) or _alone(_target(scene, token, kind, known)):
                known[token] = _draft(scene, token, kind, target)
                made.append(known[token])
    return made


def _alone(draft: Draft | None) -> list[Draft]:
    return [draft] if draft else []


def _joint(scene: Scene, token: int, kind: str, known: dict[int, Draft]) -> list[Draft]:
    """The actors of "Poland and Hungary refused. They ...", "X met Y. They ...": a coordinated subject of states, if it is the nearest subject."""
    notes = scene.notes
    if kind not in ("they", "we"):
        return []
    if kind == "we":
        subject = speaker(scene, token)
    else:
        barred = _clause_mates(notes, token)
        subject = next((s for s in _subjects(notes, token) if s < token and s not in barred), None)
    first = known.get(subject) if subject is not None else None
    if subject is None or first is None:
        return []
    parts = [known[t] for t in notes.conjuncts(subject) if t in known]
    if first.rule == PAIR:
        parts = [d for t in range(first.first, first.last + 1) if (d := known.get(t)) and d.rule == PAIR]
    elif kind == "they" and len(parts) == 1 and not first.plural:
        parts = _met(scene, first, known)
    states = {d.country: d for d in parts if d.country and (d.rule == PAIR or not d.plural)}
    return list(states.values()) if len(parts) == len(states) > 1 else []


def _met(scene: Scene, first: Draft, known: dict[int, Draft]) -> list[Draft]:
    """The two of "X held talks with Y": persons of two states in a sentence that tells of a meeting and of no group."""
    notes = scene.notes
    sentence = notes.sentence(first.head)
    if first.kind not in ("person", "role") or scene.words["meeting"].isdisjoint(notes.lemma[t] for t in sentence):
        return []
    here = list({id(known[t]): known[t] for t in sentence if t in known}.values())
    if any(draft.plural for draft in here):
        return []
    states: dict[str | None, Draft] = {}
    for draft in here:
        if draft.kind in ("person", "role") and draft.how != "coreference":
            states.setdefault(draft.country, draft)
    return list(states.values()) if len(states) == _PAIR and first.country in states else []


def _kind(scene: Scene, token: int) -> str | None:
    """Which list the word is in, if it is a pronoun here."""
    tag, word = scene.notes.tag[token], scene.notes.lower[token]
    if tag in ("PRP", "PRP$"):
        return next((kind for kind in ("he", "she", "they", "it", "we", "i") if word in scene.words[kind]), None)
    if tag in ("WP", "WDT", "WP$") and word in scene.words["relative"]:
        return "relative"
    return None


def _draft(scene: Scene, token: int, kind: str, target: Draft) -> Draft:
    notes = scene.notes
    what = "group" if kind == "we" else target.kind
    draft = Draft(token, token, notes.start[token], notes.end[token], token, what, rule=f"{_PRONOUN_RULE}{kind}", plural=target.plural)
    if kind in ("he", "she") and target.kind == "organisation":
        target.kind = draft.kind = "person"
    draft.take(target)
    if kind in ("he", "she"):
        draft.gender = target.gender = "m" if kind == "he" else "f"
    return draft


def _target(scene: Scene, token: int, kind: str, known: dict[int, Draft]) -> Draft | None:
    if kind == "relative":
        return _relative(scene.notes, token, known)
    if kind in ("we", "i"):
        return _speaker(scene, token, kind, known)
    if kind == "it" and _is_empty(scene.notes, token):
        return None
    if scene.notes.tag[token] == "PRP$" and (owner := _close_by(scene, token, kind, known)):
        return owner
    return _by_subjects(scene, token, kind, known)


def _close_by(scene: Scene, token: int, kind: str, known: dict[int, Draft]) -> Draft | None:
    """Whose a thing is in "condemned X for its raid" and "X and his team"."""
    notes, noun = scene.notes, scene.notes.head[token]
    above = notes.head[noun]
    if notes.dep[noun] == "conj":
        first = known.get(above)
        return first if kind in ("he", "she") and first and first.kind == "person" and _fits(first, kind) else None
    verb = notes.head[above]
    named = known.get(above - 1) if notes.dep[noun] == "pobj" and notes.lower[above] == "over" and token == above + 1 else None
    if named and kind == "it" and named.kind == "country" and notes.dep[above - 1] in ("pobj", "dobj"):
        return named  # "sanctions on X over its programme"
    if notes.dep[noun] != "pobj" or notes.lower[above] not in ("for", "over", "of", "about") or notes.lemma[verb] not in scene.words["judging"]:
        return None
    blamed = notes.child(verb, "dobj")
    draft = known.get(blamed) if blamed is not None and blamed < token else None
    return draft if draft and draft.country and _fits(draft, kind) else None


def _relative(notes: Annotations, token: int, known: dict[int, Draft]) -> Draft | None:
    """The noun that the relative clause modifies."""
    for node in (token, *notes.ancestors(token)):
        if notes.dep[node] == "relcl":
            head = notes.head[node]
            return known.get(head) if head < token else None
    return None


def _is_empty(notes: Annotations, token: int) -> bool:
    """Whether "it" stands for nothing: it is clear that ..., it seems, it rains."""
    verb = notes.head[token]
    if notes.dep[token] not in _SUBJECTS:
        return notes.dep[token] == "expl"
    clause = notes.child(verb, "ccomp", "xcomp", "advcl", "csubj", "acl")
    if notes.lemma[verb] in ("be", "seem", "appear", "happen", "turn", "take", "remain", "become"):
        return notes.lemma[verb] != "be" or clause is not None or notes.child(verb, "acomp", "attr", "prep", "advmod") is not None
    return notes.dep[token] == "nsubjpass" and clause is not None


def _by_subjects(scene: Scene, token: int, kind: str, known: dict[int, Draft]) -> Draft | None:
    """The first fitting subject on the way up and back, else what the surroundings leave."""
    notes = scene.notes
    barred = _clause_mates(notes, token) | {notes.head[node] for node in (token, *notes.ancestors(token)) if notes.dep[node] == "relcl"}
    if token in scene.quoted:
        barred.add(speaker(scene, token) or -1)
    for subject in _subjects(notes, token):
        draft = known.get(subject) or _author(scene, subject, kind, known)
        if subject in barred or subject >= token or (draft and draft.rule in _FIRST_PERSON):
            continue
        if draft and _fits(draft, kind) and (kind != "they" or _is_plural_here(notes, draft, token)):
            return None if kind == "it" and _has_rival(notes, draft, token, known) else draft
        if kind == "it" and not (draft and draft.kind in ("person", "role")) and notes.tag[subject] not in ("PRP", "WP", "WDT", "EX", "DT"):
            return _only_state(scene, token, known) if draft is None else None
        if kind == "they" and draft is None and notes.tag[subject] in ("NNS", "NNPS"):
            return None
    return _left_over(scene, token, kind, known, barred)


def _left_over(scene: Scene, token: int, kind: str, known: dict[int, Draft], barred: set[int]) -> Draft | None:
    """Whom a pronoun means that no subject explains: the name that follows its phrase, whom the last such pronoun meant, or the only one there is."""
    if kind in ("he", "she"):
        return _ahead(scene, token, kind, known) or _only_one(scene, token, kind, known, barred) or _again(scene, token, kind, known)
    if kind == "it":
        return _again(scene, token, kind, known)
    return None


def _author(scene: Scene, subject: int, kind: str, known: dict[int, Draft]) -> Draft | None:
    """The body whose resolution, statement or report is the subject: "The UN's resolution is limited. It called for ..."."""
    notes = scene.notes
    if kind != "it" or notes.lemma[subject] not in scene.words["documents"]:
        return None
    owners = [known[t] for t in (*notes.having(subject, "poss", "compound", "amod"), *notes.preps(subject, "of", "by", "from")) if t in known]
    return owners[0] if len(owners) == 1 and owners[0].kind in ("organisation", "country") else None


def _ahead(scene: Scene, token: int, kind: str, known: dict[int, Draft]) -> Draft | None:
    """The subject that follows a phrase at the head of the sentence: "After his speech, X left"."""
    notes = scene.notes
    sentence = notes.sentence(token)
    root = next((t for t in sentence if notes.head[t] == t), None)
    subject = notes.child(root, *_SUBJECTS) if root is not None else None
    if notes.tag[token] != "PRP$" or root is None or subject is None or not token < subject < root or notes.tag[sentence.start] != "IN":
        return None
    top = next((t for t in (token, *notes.ancestors(token)) if notes.head[t] == root and t != root), None)
    draft = known.get(subject)
    return draft if draft and top is not None and top < subject and notes.dep[top] == "prep" and draft.kind == "person" and _fits(draft, kind) else None


def _again(scene: Scene, token: int, kind: str, known: dict[int, Draft]) -> Draft | None:
    """Whom the pronouns of the kind before this one mean, in its sentence or else in the one before, if it is one only and no rival came between."""
    notes = scene.notes
    number = notes.sentence_of[token]
    for back in (number, number - 1):
        if back < 0:
            return None
        first, stop = notes.sentences[back]
        before = [t for t in range(first, min(stop, token)) if t in known]
        named = [known[t] for t in before if notes.lower[t] not in scene.words[kind] and _fits(known[t], kind)]
        if kind == "it" and back == number and any(_origin(draft).country for draft in named):
            return None
        meant = [known[t] for t in before if notes.lower[t] in scene.words[kind]]
        if meant:
            return meant[-1] if len({id(_origin(draft)) for draft in meant}) == 1 else None
        if kind != "it" and any(draft.kind in ("person", "role") for draft in named):
            return None
    return None


def _only_state(scene: Scene, token: int, known: dict[int, Draft]) -> Draft | None:
    """Whose "its army", "its government" is: the only state that the sentence has named as a noun of its own."""
    notes = scene.notes
    title = scene.roster.title(notes, notes.head[token]) if notes.tag[token] == "PRP$" else None
    if title is None or title.entries[0].sector not in _OF_STATES:
        return None
    before = [known[t] for t in range(notes.sentence(token).start, token) if t in known and notes.dep[t] not in ("amod", "compound", "poss", "nmod")]
    states = {d.country: d for d in before if d.kind == "country" and d.country}
    return next(iter(states.values())) if len(states) == 1 else None


def _subjects(notes: Annotations, token: int) -> Iterator[int]:
    """Subjects of the clauses above the token, the nearest first, then those of the previous sentence's main clauses."""
    seen: set[int] = set()
    for node in (token, *notes.ancestors(token)):
        asked = notes.dep[node] in ("ccomp", "advcl") and notes.lemma[notes.head[node]] == "ask"  # "asked Trump if he ..."
        understood = notes.having(notes.head[node], "dobj", "dative") if asked or notes.dep[node] == "xcomp" else []  # "led Kim to say"
        earlier = [s for clause in notes.having(node, "advcl") if clause < token for s in notes.having(clause, *_SUBJECTS)]  # "If X agrees, it ..."
        for subject in (*notes.having(node, *_SUBJECTS), *earlier, *understood):
            if subject not in seen:
                seen.add(subject)
                yield subject
    number = notes.sentence_of[token]
    if number:
        yield from _main_subjects(notes, number - 1)


def _main_subjects(notes: Annotations, number: int) -> Iterator[int]:
    first, stop = notes.sentences[number]
    roots = [t for t in range(first, stop) if notes.head[t] == t]
    for root in roots:
        for verb in notes.conjuncts(root):
            yield from notes.having(verb, *_SUBJECTS)
        for clause in notes.having(root, "ccomp"):
            yield from notes.having(clause, *_SUBJECTS)


def _clause_mates(notes: Annotations, token: int) -> set[int]:
    """Arguments of the token's own verb, which a plain pronoun cannot mean (a possessive can mean its subject)."""
    if notes.tag[token] == "PRP$" or notes.lower[token].endswith(("self", "selves")):
        return set()
    verb = notes.head[token]
    if notes.dep[token] == "pobj":
        verb = notes.head[verb]
    return {c for c in notes.children[verb] if notes.dep[c] in (*_SUBJECTS, "dobj", "dative")}


def _fits(draft: Draft, kind: str) -> bool:
    if kind in ("he", "she"):
        return (draft.kind in ("person", "role") or _may_be_person(draft)) and not draft.plural and draft.gender in ("", "m" if kind == "he" else "f")
    if kind == "it":
        return (draft.kind in ("country", "organisation") or (draft.kind == "group" and draft.entry is not None)) and not draft.plural
    state = draft.kind == "country" and draft.entry is not None and draft.entry.role == "name"
    return state or draft.plural or draft.kind in ("organisation", "group") or draft.role.startswith("spokes")


def _has_rival(notes: Annotations, draft: Draft, token: int, known: dict[int, Draft]) -> bool:
    """Whether "it" in an adverbial clause may as well mean another country or body of the main clause: "X fired at Y after it ..."."""
    verb = notes.head[token] if notes.tag[token] == "PRP" else notes.head[notes.head[token]]
    if notes.dep[verb] != "advcl" or notes.dep[token] not in _SUBJECTS:
        return False
    between = (known[t] for t in range(draft.last + 1, token) if t in known)
    return any(_fits(other, "it") and other.country != draft.country for other in between)


def _is_plural_here(notes: Annotations, draft: Draft, token: int) -> bool:
    """Whether "they" can mean it: a plural, or a body named in the same sentence that is not one voice among the media."""
    if draft.kind == "country" and any(notes.tag[t] in ("NNS", "NNPS", "CC") for t in range(draft.last + 1, token)):
        return False
    return draft.plural or (draft.sector != "JRN" and notes.sentence_of[draft.head] == notes.sentence_of[token])


def _may_be_person(draft: Draft) -> bool:
    """Whether a body that only the recogniser knows can be a person's name: two or three words, no country."""
    unknown = draft.kind == "organisation" and draft.rule == "actors.entity" and draft.country is None and draft.sector is None
    return unknown and 1 <= draft.last - draft.first <= 2


def _only_one(scene: Scene, token: int, kind: str, known: dict[int, Draft], barred: set[int]) -> Draft | None:
    """The only person that fits in this sentence before the token, else in the previous one."""
    notes = scene.notes
    number = notes.sentence_of[token]
    for back in (number, number - 1):
        if back < 0:
            return None
        first, stop = notes.sentences[back]
        before = (known[t] for t in range(first, min(stop, token)) if t in known and t not in barred)
        found = [draft for draft in before if draft.kind in ("person", "role") and _fits(draft, kind)]
        roots = {id(_origin(draft)) for draft in found}
        if roots:
            return found[-1] if len(roots) == 1 else None
    return None


def _origin(draft: Draft) -> Draft:
    while draft.same:
        draft = draft.same
    return draft


def _speaker(scene: Scene, token: int, kind: str, known: dict[int, Draft]) -> Draft | None:
    """Who says the quotation that the token stands in. "We" of a person without a state is nobody."""
    subject = speaker(scene, token)
    draft = known.get(subject) if subject is not None else None
    return draft if draft and (kind == "i" or draft.country) else None
