"""Later mentions of what was named before: last names, acronyms in brackets, "the country", "the group", "the individual".

Precision first: a short form is bound only to a name of the same article, a description only to the one candidate that its noun allows.
"""

from __future__ import annotations

from collections import deque

from dragoman.annotate.columns import Annotations
from dragoman.extract.drafts import Draft, Scene, Shelf
from dragoman.extract.history import History
from dragoman.extract.offices import DATED
from dragoman.extract.roster import fold

_NAME_RULE = "actors.coreference:name"
_ACRONYM_RULE = "actors.coreference:acronym"
_DESCRIPTION_RULE = "actors.references:"
_SPOKESMAN_RULE = "actors.coreference:spokesman"


def short_names(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Bind last names (and names of one word alone) to the full names before them; new mentions where the parser saw no entity."""
    full = _full_names(drafts)
    told = {draft.country for draft in drafts if draft.kind != "person"}
    for draft in drafts:
        if draft.first == draft.last and draft.is_name and (target := _full(scene, draft.first, full)) and target is not draft:
            _forget_namesake(draft, target, full, told)
            if _may_be(draft, target):
                _bind(draft, target)
    taken = {t for draft in drafts for t in range(draft.first, draft.last + 1)}
    return [_short(scene, t, target) for t in range(len(scene.notes)) if t not in taken and _may_be_name(scene, t) and (target := _full(scene, t, full))]


def _may_be_name(scene: Scene, token: int) -> bool:
    """Whether the word is a proper noun, or a capitalised subject without company that the tagger took for a common one."""
    notes = scene.notes
    if notes.pos[token] == "PROPN":
        return True
    return notes.pos[token] == "NOUN" and notes.word[token][0].isupper() and notes.dep[token] in ("nsubj", "nsubjpass") and not notes.children[token]


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


def _forget_namesake(draft: Draft, target: Draft, full: dict[str, list[Draft]], told: set[str | None]) -> None:
    """Give up whom the tables know by a last name where the article has just named another one in full, of another state or where it never speaks of his."""
    if draft.entry is None or draft.entry.kind != "person" or draft.country in (None, target.country) or target.last > draft.first:
        return
    if not target.country and draft.country in told:
        return
    if all(known.name != draft.name for known in full.get(fold(draft.entry.form.split()[-1]), [])):
        draft.entry = draft.country = draft.sector = None


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
    """Read the body or country of "X of the Y Movement", "X, from Y" and "X, an astronomer at Y" into a person whom nothing else places."""
    shelf = Shelf(scene.notes, drafts)
    for draft in drafts:
        if draft.kind != "person" or draft.country:
            continue
        owner = _owner(shelf, scene.notes.preps(draft.head, "of", "from"), ("organisation", "group", "country")) or _employer(scene, shelf, draft)
        if owner:
            draft.country, draft.how, draft.rule = owner.country, "description", owner.rule
            draft.sector = draft.sector or (owner.sector if owner.kind == "organisation" and owner.entry else None)


def _owner(shelf: Shelf, tokens: list[int], kinds: tuple[str, ...]) -> Draft | None:
    return next((d for d in shelf.headed(*tokens) if d.country and d.kind in kinds), None)


def _employer(scene: Scene, shelf: Shelf, draft: Draft) -> Draft | None:
    """The body of the tables that an apposition names as the person's: "X, the director for Y", "X, who works at Y" does not count."""
    notes = scene.notes
    for noun in notes.having(draft.head, "appos"):
        owner = _owner(shelf, notes.preps(noun, "of", "from", "at", "for", "with"), ("organisation",))
        if owner and owner.entry:
            return owner
    return None


def spokesmen(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Let a spokesman of nobody named speak for the body that was named last: "The US Navy denied it. Spokesman X said ..."; makes no mention."""
    shelf = Shelf(scene.notes, drafts)
    for draft in drafts:
        if draft.sector or not any(title.startswith("spokes") for title in (draft.role, *draft.titles)) or draft.plural or draft.same:
            continue
        number = scene.notes.sentence_of[draft.head]
        near = [d for d in shelf.sentences(max(number - 1, 0), number) if d.last < draft.first and d.sector and _is_body(d)]
        if near and draft.country in (None, near[-1].country):
            draft.country, draft.sector, draft.how, draft.rule = near[-1].country or draft.country, near[-1].sector, "coreference", _SPOKESMAN_RULE
    return []


def _is_body(draft: Draft) -> bool:
    """Whether it is a body that may have a spokesman: named in the tables, or described as one of a state; not the paper that quotes him."""
    body = draft.kind == "organisation" and (draft.entry is not None or bool(draft.role and draft.country))
    return body and draft.sector not in ("JRN", "CVL", "IGO") and draft.how != "coreference"


def acronyms(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Mentions of short forms that a name introduces in brackets: "Revolutionary United Front (RUF) ... the RUF"."""
    notes = scene.notes
    short: dict[str, Draft] = {}
    for draft in drafts:
        at = draft.last + 2
        bracketed = at + 1 < len(notes) and notes.word[at - 1] == "(" and notes.word[at + 1] == ")"
        named = not draft.role or notes.word[draft.head][0].isupper()  # "the use of military force (UMF)" names no force
        if bracketed and named and draft.kind in ("organisation", "group") and notes.word[at].isupper() and len(notes.word[at]) > 1:
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
    before = History(scene)
    for draft in drafts:
        if draft.role and not draft.country and not draft.same and _is_definite(scene, draft, _noun(scene, draft.head)):
            _bind_description(scene, draft, before)
        before.add(draft)
    return []


def _bind_description(scene: Scene, draft: Draft, before: History) -> None:
    noun = _noun(scene, draft.head)
    if draft.plural:
        alike = before.plurals(draft.role)
        if alike.last and len(alike.countries) == 1 and _is_definite(scene, draft):
            draft.take(alike.last)
    elif target := _repeated(scene, draft, noun, before):
        kind, sector = draft.kind, draft.sector
        draft.take(target)
        draft.kind = target.kind if target.kind != "country" else kind
        draft.sector = draft.sector or sector
        draft.rule = f"{_DESCRIPTION_RULE}{noun}"


def _noun(scene: Scene, token: int) -> str:
    """The noun in the singular, also where the tagger took it for a name ("the Group")."""
    return scene.notes.lemma[token].lower()


def offices(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Name the holder of an office on the day: "the French president" in a text of known date; one whose country is inferred stays so."""
    persons = {(d.name, d.country): d for d in reversed(drafts) if d.kind == "person"}
    book = scene.roster.tenures.book
    for draft in drafts:
        if draft.kind != "role" or not draft.country or draft.same or draft.sector == "ELI" or scene.date is None or not _is_the(scene, draft):
            continue
        if book.meant(draft.role, draft.country) is None:
            continue  # there may be many such, of whom the tables know one
        answer = scene.roster.tenures.on(draft.country, draft.role, scene.date)
        if answer.how == DATED:
            (row,) = answer.holders
            draft.name, draft.sector, draft.rule = row.name, row.sector, row.rule
            draft.how = draft.how if draft.how == "inferred" else "dated"
            draft.same = persons.get((row.name, row.country))
    return []


def _is_the(scene: Scene, draft: Draft) -> bool:
    """Whether the phrase means the one holder: "the US president", "Kenya's president", "French president", not "a French president"."""
    words = {scene.notes.lower[t] for t in range(draft.first, draft.head)}
    if draft.how == "inferred" and ("the" not in words or scene.notes.preps(draft.head, "of")):
        return False  # "ran for president", "the premier of Victoria"
    return words.isdisjoint({"a", "an", "any", "every", "no", "another", "next", "first", "new", "future", "deputy", "vice", "acting", "interim", "then"})


def halves(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Mentions for "the North", "the South" and the like where a country of that beginning was named before."""
    notes = scene.notes
    taken = {t for draft in drafts for t in range(draft.first, draft.last + 1)}
    made: list[Draft] = []
    wholes: dict[str, Draft] = {}
    countries = deque(d for d in drafts if d.kind == "country")
    for token in range(1, len(notes)):
        while countries and countries[0].last < token:
            country = countries.popleft()
            wholes.update({word: country for word in scene.words["halves"] if _half(scene, country, word)})
        word = notes.word[token]
        if word not in wholes or token in taken or notes.lower[token - 1] != "the" or _is_modifier(notes, token) or _is_region(scene, token):
            continue
        made.append(_half_named(scene, token, wholes[word]))
    return made


def _half_named(scene: Scene, token: int, target: Draft) -> Draft:
    """The mention "the North": the country itself, or the other one of its name."""
    notes, word = scene.notes, scene.notes.word[token]
    draft = Draft(token - 1, token, notes.start[token - 1], notes.end[token], token, "country", rule=f"{_DESCRIPTION_RULE}halves")
    draft.take(target)
    if not (target.name or "").startswith(word):
        other = scene.roster.named(_half(scene, target, word))[0]
        draft.same, draft.name, draft.country = None, other.name, other.country
    return draft


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


def _repeated(scene: Scene, draft: Draft, noun: str, before: History) -> Draft | None:
    if noun in scene.words["country_nouns"] and draft.last - draft.first > 1:
        return _epithet_country(scene, draft, before)
    alike = before.singles(draft.role)
    if alike.newest and scene.notes.sentence_of[draft.head] - scene.notes.sentence_of[alike.newest.head] <= 1:
        return alike.newest if alike.newest.country else None
    if alike.last:
        return alike.last if len(alike.countries) == 1 else None
    if noun in scene.words["person_nouns"]:
        return _last_person(scene, draft, before)
    if noun in scene.words["country_nouns"]:
        return _last_country(scene, draft, before)
    titled = before.titled(draft.role)
    if titled.newest:
        return titled.newest if len(titled.names) == 1 or draft.role in titled.newest.titles else None
    if whole := before.ending(draft.role):
        return whole
    if noun in scene.words["organisation_nouns"]:
        return _last_body(scene, draft, noun, before)
    return None


def _last_country(scene: Scene, draft: Draft, before: History) -> Draft | None:
    """The country of the sentence so far or of the one before: its subject, or the only one."""
    notes = scene.notes
    number = notes.sentence_of[draft.head]
    for back in (number, number - 1):
        near = [d for d in before.sentence(back) if d.kind == "country" and d.country]
        subjects = [d for d in near if notes.dep[d.head] in ("nsubj", "nsubjpass")]
        if len({d.country for d in near}) == 1:
            return near[-1]
        if near:
            return subjects[-1] if len({d.country for d in subjects}) == 1 else None
    return None


def _epithet_country(scene: Scene, draft: Draft, before: History) -> Draft | None:
    """The one country of this sentence and the two before it that the words fit and that is not the subject of the same sentence."""
    notes = scene.notes
    number = notes.sentence_of[draft.head]
    region = scene.words.regions.get(" ".join(_epithets(scene, draft) or ()))
    is_subject = notes.dep[draft.head] in ("nsubj", "nsubjpass")
    for back in (number, number - 1, number - 2):
        near = [d for d in before.sentence(back) if d.kind == "country" and d.country]
        near = [d for d in near if region is None or d.country in region]
        if back == number and not is_subject:
            near = [d for d in near if notes.dep[d.head] not in ("nsubj", "nsubjpass")]
        if near:
            return near[-1] if len({d.country for d in near}) == 1 else None
    return None


def _last_person(scene: Scene, draft: Draft, before: History) -> Draft | None:
    """The first person of the sentence before, if one was spoken of: "A British soldier died. The individual ..."."""
    notes = scene.notes
    number = notes.sentence_of[draft.head]
    near = [d for d in before.sentence(number - 1) if d.kind in ("person", "role") and not d.plural and d.how != "coreference"]
    subjects = [d for d in near if notes.dep[d.head] in ("nsubj", "nsubjpass")]
    found = subjects or near
    return found[0] if len(found) == 1 else None


def _last_body(scene: Scene, draft: Draft, noun: str, before: History) -> Draft | None:
    """The last named body within two sentences, if it is the only one there."""
    number = scene.notes.sentence_of[draft.head]
    near = before.sentence(number - 1) + before.sentence(number)
    named = [d for d in near if _is_named_body(d) or _is_of_body(d)]
    sectors = scene.words.body_sectors.get(noun)
    fitting = [d for d in named if noun in (d.name or "").lower()] or [d for d in named if sectors is None or d.sector in sectors]
    return fitting[-1] if len({d.country if _is_of_body(d) else d.name for d in fitting}) == 1 else None


def _is_named_body(draft: Draft) -> bool:
    return draft.kind in ("organisation", "group") and draft.is_name and (draft.entry is None or draft.entry.role != "adjective")


def _is_of_body(draft: Draft) -> bool:
    """Whether the phrase tells of an alliance of states ("a NATO country")."""
    return (draft.country or "").startswith("IGO:")
