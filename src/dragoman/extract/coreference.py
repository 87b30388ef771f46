"""Later mentions of what was named before: last names, acronyms in brackets, "the country", "the group", "the individual".

Precision first: a short form is bound only to a name of the same article, a description only to the one candidate that its noun allows.
"""

from __future__ import annotations

from dragoman.annotate.columns import Annotations
from dragoman.extract.drafts import Draft, Scene
from dragoman.extract.roster import fold

_NAME_RULE = "actors.coreference:name"
_ACRONYM_RULE = "actors.coreference:acronym"
_DESCRIPTION_RULE = "actors.references:"


def short_names(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Bind last names (and names of one word alone) to the full names before them; new mentions where the parser saw no entity."""
    full = _full_names(drafts)
    for draft in drafts:
        if draft.first == draft.last and draft.is_name and (target := _full(scene, draft.first, full)) and target is not draft and _may_be(draft, target):
            _bind(draft, target)
    taken = {t for draft in drafts for t in range(draft.first, draft.last + 1)}
    return [_short(scene, t, target) for t in range(len(scene.notes)) if t not in taken and scene.notes.pos[t] == "PROPN" and (target := _full(scene, t, full))]


def _full_names(drafts: list[Draft]) -> dict[str, list[Draft]]:
    """Persons with more than one word, by last word and by the row's names."""
    found: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.kind == "person" and draft.last > draft.first and draft.name:
            words = fold(draft.name).split()
            for word in {words[-1], words[0]} if _family_first(draft) else {words[-1]}:
                found.setdefault(word, []).append(draft)
    return found


def _family_first(draft: Draft) -> bool:
    """Korean, Chinese and Vietnamese names put the family name first; so do many rows of the tables."""
    return draft.country in ("PRK", "KOR", "CHN", "TWN", "VNM", "KHM", "HKG", "SGP")


def _full(scene: Scene, token: int, full: dict[str, list[Draft]]) -> Draft | None:
    """The full name whose last word stands at the token: the nearest before it, else the only one after it."""
    candidates = full.get(fold(scene.notes.word[token]), [])
    before = [draft for draft in candidates if draft.last < token]
    if before:
        return before[-1]
    number = scene.notes.sentence_of[token]
    later = [draft for draft in candidates if scene.notes.sentence_of[draft.head] > number]  # a headline's short form
    return later[0] if len({c.name for c in later}) == 1 else None


def _may_be(draft: Draft, target: Draft) -> bool:
    """Whether a one-word name can be that person: it is no row of another person, country or body."""
    if draft.entry is None:
        return True
    return draft.entry.kind == "person" and draft.country in (None, target.country)


def _bind(draft: Draft, target: Draft) -> None:
    if draft.entry and draft.country:
        draft.name, draft.same = target.name, target
        return
    rule = draft.rule
    sector, country = draft.sector, draft.country
    draft.take(target)
    draft.kind, draft.rule = "person", _NAME_RULE
    draft.country, draft.sector = draft.country or country, draft.sector or sector
    draft.how = "coreference" if draft.country or draft.sector else None
    draft.rule = _NAME_RULE or rule


def _short(scene: Scene, token: int, target: Draft) -> Draft:
    notes = scene.notes
    draft = Draft(token, token, notes.start[token], notes.end[token], token, "person", rule=_NAME_RULE)
    draft.take(target)
    return draft


def affiliate(scene: Scene, drafts: list[Draft]) -> None:
    """Read the body or country of "X of the Y Movement" and "X, from Y" into a person whom nothing else places."""
    for draft in drafts:
        if draft.kind != "person" or draft.country:
            continue
        behind = scene.notes.preps(draft.head, "of", "from")
        owner = next((d for d in drafts if d.country and d.kind in ("organisation", "group", "country") and d.head in behind), None)
        if owner:
            draft.country, draft.how, draft.rule = owner.country, "description", owner.rule
            draft.sector = draft.sector or (owner.sector if owner.kind == "organisation" and owner.entry else None)


def acronyms(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Mentions of short forms that a name introduces in brackets: "Revolutionary United Front (RUF) ... the RUF"."""
    notes = scene.notes
    short: dict[str, Draft] = {}
    for draft in drafts:
        at = draft.last + 2
        bracketed = at + 1 < len(notes) and notes.word[at - 1] == "(" and notes.word[at + 1] == ")"
        if bracketed and draft.kind in ("organisation", "group") and notes.word[at].isupper() and len(notes.word[at]) > 1:
            short.setdefault(notes.word[at], draft)
    made: list[Draft] = []
    covered = {t: draft for draft in drafts for t in range(draft.first, draft.last + 1)}
    for token, word in enumerate(notes.word):
        target = short.get(word)
        if target is None or token <= target.last:
            continue
        there = covered.get(token)
        if there is None:
            there = Draft(token, token, notes.start[token], notes.end[token], token, target.kind, rule=_ACRONYM_RULE)
            made.append(there)
        if there.entry is None and there is not target:
            there.take(target)
            there.kind, there.rule = target.kind, _ACRONYM_RULE
    return made


def descriptions(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Bind "the country", "the group", "the president" to what they repeat; makes no mention."""
    for place, draft in enumerate(drafts):
        if not draft.role or draft.country or draft.same:
            continue
        noun, before = _noun(scene, draft.head), drafts[:place]
        if draft.plural:
            alike = [d for d in before if d.role == draft.role and d.plural and d.country and d.how != "inferred"]
            if alike and _is_definite(scene, draft) and len({d.country for d in alike}) == 1:
                draft.take(alike[-1])
        elif _is_definite(scene, draft, noun) and (target := _repeated(scene, draft, noun, before)):
            kind, sector = draft.kind, draft.sector
            draft.take(target)
            draft.kind = target.kind if target.kind != "country" else kind
            draft.sector = draft.sector or sector
            draft.rule = f"{_DESCRIPTION_RULE}{noun}"
    return []


def _noun(scene: Scene, token: int) -> str:
    """The noun in the singular, also where the tagger took it for a name ("the Group")."""
    return scene.notes.lemma[token].lower()


def offices(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Name the holder of an office on the day: "the French president" in a text of known date."""
    persons = {(d.name, d.country): d for d in reversed(drafts) if d.kind == "person"}
    for draft in drafts:
        if draft.kind != "role" or not draft.country or draft.same or draft.sector == "ELI" or scene.date is None or not _is_the(scene, draft):
            continue
        holders = {row.name: row for row in scene.roster.offices.get((draft.country, draft.role), ()) if row.valid(scene.date)}
        if len(holders) == 1:
            (row,) = holders.values()
            draft.name, draft.sector, draft.how, draft.rule = row.name, row.sector, "dated", row.rule
            draft.same = persons.get((row.name, row.country))
    return []


def _is_the(scene: Scene, draft: Draft) -> bool:
    """Whether the phrase means the one holder: "the US president", "Kenya's president", "French president", not "a French president"."""
    words = {scene.notes.lower[t] for t in range(draft.first, draft.head)}
    return words.isdisjoint({"a", "an", "any", "every", "no", "another", "next", "first", "new", "future", "deputy", "vice", "acting", "interim", "then"})


def halves(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Mentions for "the North", "the South" and the like where a country of that beginning was named before."""
    notes = scene.notes
    taken = {t for draft in drafts for t in range(draft.first, draft.last + 1)}
    made: list[Draft] = []
    for token in range(1, len(notes)):
        word = notes.word[token]
        if word not in scene.words["halves"] or token in taken or notes.lower[token - 1] != "the" or _is_modifier(notes, token) or _is_region(scene, token):
            continue
        target = next((d for d in reversed(drafts) if d.last < token and d.kind == "country" and _half(scene, d, word)), None)
        if target:
            draft = Draft(token - 1, token, notes.start[token - 1], notes.end[token], token, "country", rule=f"{_DESCRIPTION_RULE}halves")
            draft.take(target)
            if not (target.name or "").startswith(word):
                other = scene.roster.named(_half(scene, target, word))[0]
                draft.same, draft.name, draft.country = None, other.name, other.country
            made.append(draft)
    return made


def _is_modifier(notes: Annotations, token: int) -> bool:
    """Whether the word belongs to the noun right behind it: the North Atlantic."""
    return notes.head[token] == token + 1 and notes.dep[token] in ("compound", "amod", "nmod")


def _is_region(scene: Scene, token: int) -> bool:
    """Whether "the North" is where something happens: in the North, across the South."""
    notes = scene.notes
    return notes.dep[token] == "pobj" and notes.lower[notes.head[token]] in scene.words["home_prepositions"]


def _half(scene: Scene, draft: Draft, word: str) -> str:
    """The name of the country that "the North" is after North or South Korea; empty if there is none."""
    first, _, rest = (draft.name or "").partition(" ")
    name = f"{word} {rest}"
    return name if rest and first in scene.words["halves"] and scene.roster.named(name) else ""


def _is_definite(scene: Scene, draft: Draft, noun: str = "") -> bool:
    """Whether the phrase is "the" and the role noun; before nouns of countries epithets and regions may stand ("the island nation")."""
    if scene.notes.lower[draft.first] not in ("the", "this", "that"):
        return False
    bare = draft.last - draft.first <= draft.role.count(" ") + draft.role.count("-") * 2 + 1
    return bare or (noun in scene.words["country_nouns"] and _epithets(scene, draft) is not None)


def _epithets(scene: Scene, draft: Draft) -> tuple[str, ...] | None:
    """The words between "the" and the noun, if they are epithets or the name of a region; None where they may say more."""
    notes = scene.notes
    between = notes.text[notes.end[draft.first] : notes.start[draft.head]].split()
    if " ".join(between) in scene.words.regions:
        return (" ".join(between),)
    plain = all(word.islower() and ("-" in word or word in scene.words["country_epithets"]) for word in between)
    return tuple(between) if plain else None


def _repeated(scene: Scene, draft: Draft, noun: str, before: list[Draft]) -> Draft | None:
    if noun in scene.words["country_nouns"] and draft.last - draft.first > 1:
        return _epithet_country(scene, draft, before)
    alike = [d for d in before if (d.role == draft.role or d.role.endswith(f" {draft.role}")) and not d.plural and d.how != "inferred"]
    if alike and scene.notes.sentence_of[draft.head] - scene.notes.sentence_of[alike[-1].head] <= 1:
        return alike[-1] if alike[-1].country else None
    alike = [d for d in alike if d.country]
    if alike:
        return alike[-1] if len({d.country for d in alike}) == 1 else None
    if noun in scene.words["person_nouns"]:
        return _last_person(scene, draft, before)
    if noun in scene.words["country_nouns"]:
        return _last_country(scene, draft, before)
    titled = [d for d in before if d.kind == "person" and (draft.role in d.titles or (d.entry and d.entry.role == draft.role))]
    if titled:
        return titled[-1] if len({d.name for d in titled}) == 1 or draft.role in titled[-1].titles else None
    whole = next((d for d in reversed(before) if d.entry and d.kind in ("organisation", "group") and _surface(scene, d).endswith(f" {draft.role}")), None)
    if whole:
        return whole
    if noun in scene.words["organisation_nouns"]:
        return _last_body(scene, draft, noun, before)
    return None


def _surface(scene: Scene, draft: Draft) -> str:
    return scene.notes.text[draft.start : draft.end].lower()


def _last_country(scene: Scene, draft: Draft, before: list[Draft]) -> Draft | None:
    """The country of the sentence so far or of the one before: its subject, or the only one."""
    notes = scene.notes
    number = notes.sentence_of[draft.head]
    for back in (number, number - 1):
        near = [d for d in before if notes.sentence_of[d.head] == back and d.kind == "country" and d.country]
        subjects = [d for d in near if notes.dep[d.head] in ("nsubj", "nsubjpass")]
        if len({d.country for d in near}) == 1:
            return near[-1]
        if near:
            return subjects[-1] if len({d.country for d in subjects}) == 1 else None
    return None


def _epithet_country(scene: Scene, draft: Draft, before: list[Draft]) -> Draft | None:
    """The one country of this sentence and the two before it that the words fit and that is not the subject of the same sentence."""
    notes = scene.notes
    number = notes.sentence_of[draft.head]
    region = scene.words.regions.get(" ".join(_epithets(scene, draft) or ()))
    is_subject = notes.dep[draft.head] in ("nsubj", "nsubjpass")
    for back in (number, number - 1, number - 2):
        near = [d for d in before if notes.sentence_of[d.head] == back and d.kind == "country" and d.country]
        near = [d for d in near if region is None or d.country in region]
        if back == number and not is_subject:
            near = [d for d in near if notes.dep[d.head] not in ("nsubj", "nsubjpass")]
        if near:
            return near[-1] if len({d.country for d in near}) == 1 else None
    return None


def _last_person(scene: Scene, draft: Draft, before: list[Draft]) -> Draft | None:
    """The first person of the sentence before, if one was spoken of: "A British soldier died. The individual ..."."""
    notes = scene.notes
    number = notes.sentence_of[draft.head]
    near = [d for d in before if notes.sentence_of[d.head] == number - 1 and d.kind in ("person", "role") and not d.plural and d.how != "coreference"]
    subjects = [d for d in near if notes.dep[d.head] in ("nsubj", "nsubjpass")]
    found = subjects or near
    return found[0] if len(found) == 1 else None


def _last_body(scene: Scene, draft: Draft, noun: str, before: list[Draft]) -> Draft | None:
    """The last named body within two sentences, if it is the only one there."""
    number = scene.notes.sentence_of[draft.head]
    named = [d for d in before if (d.kind in ("organisation", "group") and d.is_name and (d.entry is None or d.entry.role != "adjective")) or _is_of_body(d)]
    near = [d for d in named if number - scene.notes.sentence_of[d.head] <= 1]
    sectors = scene.words.body_sectors.get(noun)
    fitting = [d for d in near if noun in (d.name or "").lower()] or [d for d in near if sectors is None or d.sector in sectors]
    return fitting[-1] if len({d.country if _is_of_body(d) else d.name for d in fitting}) == 1 else None


def _is_of_body(draft: Draft) -> bool:
    """Whether the phrase tells of an alliance of states ("a NATO country")."""
    return (draft.country or "").startswith("IGO:")
