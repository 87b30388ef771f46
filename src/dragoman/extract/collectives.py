"""Several actors in one phrase: "the two leaders", "both countries", "the three states", "the two Koreas"; "the two" and "the leaders" after a pair.

Such a phrase makes one mention for each country, all with its characters; the head of the first is the noun, of the others another token
of the phrase, so that no two mentions share a head.
"""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.extract.drafts import Draft, Scene, Shelf

RULE = "actors.references:pairs"
_BACK = 3
_PAIR = 2
_DETERMINERS = ("the", "both", "these", "those", "all")
_SUBJECTS = ("nsubj", "nsubjpass")
_ARGUMENTS = (*_SUBJECTS, "dobj", "pobj", "dative")


def collectives(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Resolve the collective phrases; their own drafts are filled in, the further ones returned."""
    made = [mention for draft in drafts if len(draft.namesakes) > 1 for mention in _namesakes(draft)]
    by_head = {draft.head: draft for draft in drafts if draft.role}
    shelf = Shelf(scene.notes, drafts)
    for head in range(len(scene.notes)):
        counted = _counted(scene, head)
        alone = _alone(scene, head) if counted is None else None
        draft = by_head.get(head)
        if (counted is None and alone is None) or (draft is not None and (draft.country or draft.same)):
            continue
        sentence = scene.notes.sentence_of[head]
        if counted is not None:
            targets = _targets(scene, head, counted[1], [d for d in shelf.sentences(sentence - _BACK, sentence) if d.last < counted[0]])
        else:
            targets = _pair(scene, head, shelf)
        if targets:
            found = _mentions(scene, draft, counted[0] if counted else alone or head, head, targets)
            for mention in found:
                shelf.add(mention)
            made += found
    return made


def _alone(scene: Scene, head: int) -> int | None:
    """The first token of "the two", "both" or "the leaders" as a phrase of its own."""
    notes = scene.notes
    if notes.dep[head] not in _ARGUMENTS or notes.preps(head, "of", "from", "in", "at") or notes.child(head, "relcl", "acl", "conj") is not None:
        return None
    if notes.lower[head] in scene.words["pairs"] and head + 1 < len(notes) and notes.pos[head + 1] not in ("NOUN", "PROPN", "ADJ", "NUM"):
        the = head - 1 if head and notes.lower[head - 1] == "the" else None
        return head if notes.lower[head] == "both" else the
    leaders = notes.tag[head] == "NNS" and notes.lemma[head].lower() in scene.words["pair_alone"]
    return head - 1 if leaders and head and notes.lower[head - 1] == "the" else None


def _pair(scene: Scene, head: int, shelf: Shelf) -> list[Draft]:
    """The two of different states of whom the nearest sentence before speaks, if it is one of the last three and speaks of nobody else."""
    number = scene.notes.sentence_of[head]
    for back in range(number - 1, max(number - _BACK - 1, -1), -1):
        first, stop = scene.notes.sentences[back]
        if any(scene.notes.lower[t] == "they" and scene.notes.dep[t] == "nsubj" for t in range(first, stop)):
            continue  # whom "they" mean the sentence before says
        here = [d for d in shelf.sentences(back, back) if d.country and len(d.country) == 3 and d.how != "inferred"]
        people = [d for d in here if d.rule == RULE or d.kind in ("person", "role")]
        if people:
            return _distinct(people) if len(_distinct(people)) == _PAIR and not any(d.plural and d.rule != RULE for d in people) else []
        joined = _together(scene, _PAIR, [d for d in here if d.kind == "country"])
        if here:
            return joined if len(_distinct(here)) == _PAIR else []
    return []


def _namesakes(draft: Draft) -> list[Draft]:
    """The two Koreas: one mention for each country of that name."""
    rows = {row.country: row for row in draft.namesakes}
    first, *others = rows.values()
    if first.role != "twins":
        return []
    draft.name, draft.country, draft.sector, draft.how, draft.rule, draft.kind = first.name, first.country, "GOV", "name", first.rule, "country"
    here = (draft.first, draft.last, draft.start, draft.end, draft.head, "country")
    return [Draft(*here, row.name, row.country, "GOV", "name", row.rule, entry=row) for row in others]


def _counted(scene: Scene, head: int) -> tuple[int, int] | None:
    """The number's token and how many it means, if the noun is a definite plural of parties with a number."""
    notes = scene.notes
    if notes.tag[head] not in ("NNS", "NNPS") or notes.lemma[head].lower() not in scene.words["pair_nouns"]:
        return None
    before = sorted(c for c in notes.children[head] if c < head)
    number = next((t for t in before if notes.lower[t] in scene.words["pairs"] | scene.words["triples"]), None)
    first = before[0] if before else head
    if number is None or notes.lower[first] not in _DETERMINERS or any(notes.dep[t] == "poss" for t in before):
        return None
    return number, _PAIR + (notes.lower[number] in scene.words["triples"])


def _targets(scene: Scene, head: int, many: int, before: list[Draft]) -> list[Draft]:
    """The states that were last named together: coordinated, else those of one sentence (its subjects if there are more)."""
    notes = scene.notes
    people = notes.lemma[head].lower() in scene.words["leader_nouns"]
    near = [d for d in before if d.country and len(d.country) == 3 and d.how != "inferred"]
    parties = [d for d in near if d.kind in (("person", "role") if people else ("country",))]
    for candidates in (parties, near):
        found = _subjects(scene, many, candidates) or _together(scene, many, candidates) or (_last(scene, candidates) if many == _PAIR else [])
        if found:
            return found
    return []


def _subjects(scene: Scene, many: int, candidates: list[Draft]) -> list[Draft]:
    """The subjects of the nearest sentence that names so many states, if they are as many: "China supplies X and Russia employs Y"."""
    notes = scene.notes
    for number in sorted({notes.sentence_of[d.head] for d in candidates}, reverse=True):
        here = [d for d in candidates if notes.sentence_of[d.head] == number]
        if len(_distinct(here)) >= many:
            subjects = _distinct(d for d in here if notes.dep[d.head] in _SUBJECTS)
            return subjects if len(subjects) == many else []
    return []


def _together(scene: Scene, many: int, candidates: list[Draft]) -> list[Draft]:
    """The last coordination of exactly so many states."""
    by_head = {d.head: d for d in candidates}
    for draft in reversed(candidates):
        joined = [by_head[t] for t in scene.notes.conjuncts(draft.head) if t in by_head]
        states = _distinct(joined)
        if len(states) == many and scene.notes.dep[draft.head] != "conj":
            return states
    return []


def _last(scene: Scene, candidates: list[Draft]) -> list[Draft]:
    """The last two states, from the nearest sentence back; of a sentence with more of them its two subjects, if there are two."""
    notes = scene.notes
    found: list[Draft] = []
    for number in sorted({notes.sentence_of[d.head] for d in candidates}, reverse=True):
        here = [d for d in candidates if notes.sentence_of[d.head] == number]
        found = _distinct([*found, *reversed(here)])
        if len(found) > _PAIR:
            subjects = _distinct([d for d in here if notes.dep[d.head] in _SUBJECTS])
            return subjects if len(subjects) == _PAIR else found[:_PAIR] if len(_distinct(here)) <= _PAIR else []
        if len(found) == _PAIR:
            return found
    return []


def _distinct(drafts: Iterable[Draft]) -> list[Draft]:
    found: dict[str | None, Draft] = {}
    for draft in drafts:
        found.setdefault(draft.country, draft)
    return list(found.values())


def _mentions(scene: Scene, draft: Draft | None, number: int, head: int, targets: list[Draft]) -> list[Draft]:
    """One mention for each state; the draft that stands there becomes the first."""
    notes = scene.notes
    first = draft.first if draft else min(notes.children[head])
    made: list[Draft] = []
    if draft is None:
        draft = Draft(first, head, notes.start[first], notes.end[head], head, "group", role=notes.lemma[head].lower(), plural=True)
        made.append(draft)
    heads = [number, *(t for t in range(first, head) if t != number)]
    for token, _ in zip(heads, targets[1:], strict=False):
        made.append(Draft(draft.first, draft.last, draft.start, draft.end, token, "group", role=draft.role, plural=True))
    for mention, target in zip((draft, *(d for d in made if d is not draft)), targets, strict=False):
        mention.country, mention.how, mention.rule = target.country, "coreference", RULE
        mention.sector = mention.sector or target.sector or "GOV"
        if target.kind == "country":
            mention.name, mention.same = target.name, target
    return made
