"""Who is meant: mentions of political actors with country, sector and the way they were found.

`read` is pure: names of the tables and of the parser (`names`), role phrases (`phrases`), then what refers back to them (`coreference`),
then countries that only the surroundings tell (`inference`).
"""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.annotate.columns import Annotations
from dragoman.extract import roster as tables
from dragoman.extract.collectives import collectives
from dragoman.extract.coreference import acronyms, affiliate, descriptions, halves, offices, short_names, spokesmen
from dragoman.extract.drafts import Draft, Scene, Shelf, host, quotations
from dragoman.extract.inference import infer, place_offices
from dragoman.extract.names import names
from dragoman.extract.phrases import Role, described, is_foreign, is_thing, is_weak, roles, second
from dragoman.extract.pronouns import pronouns
from dragoman.extract.roster import Roster
from dragoman.extract.sending import sent
from dragoman.records import Article, Mention

# What may stand before a noun that alone says too little: "the capital", "our country".
_POINTING = ("the", "this", "both", "its", "their", "our", "his", "her", "my")
VERSION = f"2.{tables.VERSION}"


def read(article: Article, notes: Annotations, roster: Roster) -> tuple[Mention, ...]:
    """All mentions of political actors in text order.

    Args:
        article: gives the day on which offices are looked up.
        notes: its annotations.
        roster: the tables (`roster.load`).
    """
    scene = Scene(notes, roster, roster.words, article.date, quotations(notes))
    found = Shelf(notes, names(scene))
    drafts = _with_roles(scene, found, roles(scene, found))
    affiliate(scene, drafts)
    place_offices(scene, drafts)
    _tell_genders(scene, drafts)
    for refer in (spokesmen, short_names, acronyms, halves, offices, sent, collectives, descriptions, pronouns, sent):
        drafts = _sorted([*drafts, *refer(scene, drafts)])
        _own_pronouns(scene, drafts)
    shelf = Shelf(notes, drafts)
    drafts = [draft for draft in drafts if not _is_nested(scene, draft, shelf) and (not draft.role or draft.sector or draft.country or draft.same)]
    infer(scene, drafts)
    offices(scene, [draft for draft in drafts if draft.how == "inferred" or draft.kind == "person"])
    _number(drafts)
    return tuple(_mention(notes, draft) for draft in drafts)


def mentions_by_token(mentions: Iterable[Mention]) -> dict[int, Mention]:
    """The mention of each head token, the shortest where several share it; the last word of a name leads to it as well."""
    ordered = sorted(mentions, key=lambda m: m.span.end - m.span.start)
    found: dict[int, Mention] = {}
    for mention in ordered:
        found.setdefault(mention.head, mention)
    for mention in ordered:
        if mention.kind == "person":
            found.setdefault(mention.last, mention)
    return found


def _with_roles(scene: Scene, found: Shelf, phrases: list[Role]) -> list[Draft]:
    """Names and described phrases together: titles go into their bearers, modifiers of a described phrase make no mention of their own."""
    drafts: list[Draft] = []
    used: set[int] = set()
    for role in phrases:
        if role.bearer:
            _give_title(scene, role, role.bearer)
            used.update(id(n) for n in found.between(role.left, role.hit.last) if n is not role.bearer and role.left <= n.first and n.last <= role.hit.last)
        elif _is_actor(scene, role):
            draft = described(scene, role)
            other = second(scene, role, draft, found)
            drafts += [draft, other] if other else [draft]
            used.update(id(n) for n in found.between(draft.first, draft.last) if _absorbed(scene, n, draft, role))
    drafts += [name for name in found if id(name) not in used]
    shelf = Shelf(scene.notes, drafts)
    for role in phrases:
        _unite(scene, role, shelf)
    _agree(drafts)
    return _sorted(drafts)


def _agree(drafts: list[Draft]) -> None:
    """Give a person everywhere the sector that a title said once, where the tables have none or only a past office."""
    said = {(d.name, d.country): d.sector for d in reversed(drafts) if d.said}
    for draft in drafts:
        if draft.kind == "person" and not draft.said and draft.sector in (None, "ELI", "PTY"):
            draft.sector = said.get((draft.name, draft.country), draft.sector)


def _sorted(drafts: list[Draft]) -> list[Draft]:
    return sorted(drafts, key=lambda d: (d.start, -d.end, d.head))


def _unite(scene: Scene, role: Role, drafts: Shelf) -> None:
    """Make one entity of a name and the description that stands beside it: "X, leader of Y", "Y's leader, X", "X is the leader of Y"."""
    notes = scene.notes
    phrase = next((d for d in drafts.headed(role.head) if d.role), None)
    if phrase is None or phrase.kind != "role":
        return
    governor = notes.head[role.head]
    beside = drafts.headed(*_beside(notes, role.head)) + (drafts.between(governor, governor) if notes.dep[role.head] == "appos" else [])
    beside = beside or _before_comma(scene, phrase, drafts)
    name = next((d for d in _sorted(beside) if _can_bear(d)), None)
    if name is None:
        return
    name.kind = "person"
    if name.country is None and phrase.country:
        name.country, name.how, name.rule = phrase.country, "description", phrase.rule
    if phrase.sector and (name.sector is None or (name.sector == "ELI" and phrase.sector != "ELI" and not role.former)):
        name.sector, name.how = phrase.sector, name.how or "description"
    name.titles = (*name.titles, phrase.role)
    phrase.name, phrase.same = name.name, name
    phrase.country, phrase.sector = name.country or phrase.country, name.sector or phrase.sector
    phrase.how = phrase.how or ("coreference" if phrase.country else None)


def _before_comma(scene: Scene, phrase: Draft, drafts: Shelf) -> list[Draft]:
    """The unknown name of "X, Poland's envoy, ..." where the parser sees no apposition."""
    notes, end = scene.notes, scene.notes.sentence(phrase.head).stop
    if phrase.first < 2 or notes.word[phrase.first - 1] != "," or phrase.last + 1 >= end:
        return []
    behind = notes.lower[phrase.last + 1]
    closed = behind in (",", "and", ".", ";", ")") or notes.tag[phrase.last + 1] in ("IN", "TO")
    found = drafts.between(phrase.first - 2, phrase.first - 2) if closed else []
    return [d for d in found if d.kind == "person" and d.country is None and d.sector is None and notes.sentence_of[d.head] == notes.sentence_of[phrase.head]]


def _is_nested(scene: Scene, draft: Draft, drafts: Shelf) -> bool:
    """Whether a description is only the possessive of another one ("the country" in "the country's army")."""
    governor = scene.notes.head[draft.head]
    return bool(draft.role) and scene.notes.dep[draft.head] == "poss" and any(d.role and d.covers(draft.head) for d in drafts.headed(governor))


def _can_bear(draft: Draft) -> bool:
    """Whether a name is that of a person, or an unknown one that the recogniser may have taken for a body."""
    return draft.is_name and (draft.kind == "person" or (draft.kind == "organisation" and draft.entry is None and draft.country is None))


def _beside(notes: Annotations, head: int) -> set[int]:
    """Tokens in apposition to the head, or its subject in "X is the leader"."""
    found = set(notes.having(head, "appos"))
    verb = notes.head[head]
    if notes.dep[head] == "attr" and notes.lower[verb] in ("is", "'s", "remains"):
        found.update(notes.having(verb, "nsubj"))
    return found


def _own_pronouns(scene: Scene, drafts: list[Draft]) -> None:
    """Give "his government", "its troops" the country of the pronoun's antecedent, and its sector where that tells more ("his party", "his wife")."""
    by_head = {d.head: d for d in drafts if d.how == "coreference"}
    for draft in drafts:
        owner = by_head.get(scene.notes.child(draft.head, "poss") or -1)
        if draft.role and owner and owner.country and len(owner.country) == 3:
            if draft.country is None:
                draft.country, draft.how = owner.country, "coreference"
            _share_sector(scene, draft, owner.sector)


def _share_sector(scene: Scene, draft: Draft, sector: str | None) -> None:
    """The party of an opposition leader is in opposition; the family of an official is of the elite."""
    if draft.sector == "PTY" and sector == "OPP":
        draft.sector = "OPP"
    elif sector in ("GOV", "ELI") and scene.notes.lemma[draft.head] in scene.words["kin"]:
        draft.sector = "ELI"


def _absorbed(scene: Scene, name: Draft, draft: Draft, role: Role) -> bool:
    if name is role.owner:
        return draft.first <= name.first and name.last <= draft.last
    inside = draft.first <= name.first and name.last <= draft.last
    if role.hit.first < name.first and name.last <= role.hit.last:
        return True  # "Foreign Affairs" in "the Ministry of Foreign Affairs"
    return inside and (name.entry is None or name.kind == "country") and not is_foreign(scene, name)


def _is_actor(scene: Scene, role: Role) -> bool:
    """Whether a role noun without a name is worth a mention: it has a sector of its own, or somebody to belong to."""
    if host(scene.notes, role.head) != role.head and (role.sector in ("CVL", None) or is_weak(scene, role.entry.form)):
        return False
    if is_weak(scene, role.entry.form) and not role.country and scene.notes.lower[role.left] not in _POINTING:
        return False
    if role.entry.form in scene.words["organisation_nouns"] and scene.notes.lower[role.left] in ("the", "this"):
        return True  # "the alliance": kept if a body of that kind was named
    return bool(role.country) or (bool(role.sector) and not is_thing(scene, role.entry.form) and not _is_any(scene, role))


def _is_any(scene: Scene, role: Role) -> bool:
    """Whether the phrase means nobody in particular: "any party", "a president who ..."."""
    first = scene.notes.lower[role.left]
    single = role.entry.form in scene.words["single_offices"] and scene.notes.tag[role.head] in ("NN", "NNP")
    return first in scene.words["generic"] or (first in scene.words["indefinite"] and single)


def _give_title(scene: Scene, role: Role, bearer: Draft) -> None:
    """Read a title into its bearer: the head of the whole phrase, and country and sector where the tables have none."""
    notes = scene.notes
    below = notes.head[bearer.head] == role.head and notes.dep[bearer.head] in ("appos", "nmod", "conj")
    if below or (bearer.first == role.hit.last + 1 and _is_second(notes, bearer.head, role.head)):
        bearer.head = role.head
    if bearer.country is None and role.country:
        bearer.country, bearer.how, bearer.rule = role.country, "description", role.entry.rule
    bearer.titles = (*bearer.titles, role.entry.form)
    bearer.gender = bearer.gender or _gender(scene, role)
    if role.sector and (bearer.sector in (None, "ELI", "PTY") or role.former or scene.date is None):
        bearer.sector, bearer.said = role.sector, True
        bearer.how = bearer.how or "description"
        bearer.rule = bearer.rule or role.entry.rule


def _is_second(notes: Annotations, name: int, title: int) -> bool:
    """Whether "Minister X and Secretary Y" is two people, though the parser takes Y for another name of X."""
    return notes.dep[name] == "appos" and notes.dep[title] == "conj" and notes.head[name] == notes.head[title]


def _gender(scene: Scene, role: Role) -> str:
    form = role.entry.form
    return "m" if form.lower() in scene.words["male_titles"] else "f" if form.lower() in scene.words["female_titles"] else ""


def _tell_genders(scene: Scene, drafts: list[Draft]) -> None:
    """Read a gender from the first names of persons whose title tells none."""
    for draft in drafts:
        if draft.kind == "person" and not draft.gender and draft.name:
            draft.gender = scene.words.genders.get(draft.name.split()[0], "")


def _number(drafts: list[Draft]) -> None:
    """Give mentions of one thing one number."""
    numbers: dict[tuple[object, ...], int] = {}
    for draft in sorted(drafts, key=lambda d: d.same is not None):
        first = draft
        while first.same:
            first = first.same
        if first.entity >= 0:
            draft.entity = first.entity
            continue
        key: tuple[object, ...] = (draft.name, draft.country) if not draft.role or draft.how == "dated" else (draft.role, draft.country, draft.sector)
        first.entity = draft.entity = numbers.setdefault(key, len(numbers))


def _mention(notes: Annotations, draft: Draft) -> Mention:
    span = notes.chars(draft.start, draft.end)
    return Mention(span, draft.kind, draft.name, draft.country, draft.sector, draft.how, draft.entity, draft.first, draft.last, draft.head, draft.rule)
