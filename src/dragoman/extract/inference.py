"""Countries that only the surroundings tell: "the army" in a report on one state. Marked `inferred`, and left out where two states compete."""

from __future__ import annotations

from collections import Counter

from dragoman.extract.drafts import Draft, Scene, Shelf
from dragoman.extract.phrases import is_thing, is_weak
from dragoman.extract.sending import sending_verb

# What every state has one of: "the government" behind a country's name is that country's.
_INSTITUTIONS = ("GOV", "LEG", "MIL", "COP", "JUD")
_SHARE = 0.6
_ENOUGH = 3
_TWICE = 2
# How many sentences back a state is still what "the police" belong to.
_BACK = 2
# Who belongs to a state as such, and the people of politics. A church, school or firm in the news may be anywhere.
_OF_A_STATE = ("GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "PRM", "SPY", "CVL", "REF", "UAF")


def infer(scene: Scene, drafts: list[Draft]) -> None:
    """Give role phrases and titled persons without a country that of their sentence, if it speaks of one only, else the dominant one of the article."""
    _uniforms(scene, drafts)
    tally = Counter[str](d.country for d in drafts if _tells(d) and d.country)
    grounds = {d.country for d in drafts if _tells(d) and d.kind not in ("person", "role")}
    if not tally:
        return
    main = _dominant(tally)
    shelf = Shelf(scene.notes, drafts)
    for draft in drafts:
        if draft.country is None and _is_open(scene, draft):
            country = main if _may_be_main(scene, draft) else None
            country = country or _near(scene, draft, shelf, tally) or _just_before(scene, draft, shelf, tally)
            if not draft.role and (country not in grounds or _is_answered(scene, draft, shelf, country)):
                continue  # another person's state says nothing about this one's
            if country and not _is_struck_by(scene, draft, shelf, country):
                draft.country, draft.how = country, "inferred"
    _pass_on(drafts)


def _uniforms(scene: Scene, drafts: list[Draft]) -> None:
    """Take officers for police in an article that speaks of police and of no forces; the word alone says neither."""
    bare = [d for d in drafts if d.sector == "MIL" and d.role in scene.words["uniforms"]]
    known = {id(d) for d in bare}
    sectors = Counter(d.sector for d in drafts if id(d) not in known and not (d.how == "coreference" and not d.role))
    if sectors["COP"] and not sectors["MIL"]:
        for draft in bare:
            draft.sector = "COP"


def _is_answered(scene: Scene, draft: Draft, drafts: Shelf, country: str | None) -> bool:
    """Whether somebody else in the sentence holds the state's one office: "President X received the Kenyan president"."""
    number = scene.notes.sentence_of[draft.head]
    here = (d for d in drafts.sentences(number, number) if d is not draft and d.kind in ("person", "role"))
    others = (d for d in here if d.country == country and d.how != "coreference")
    return _is_head(scene, draft) and any(d.name != draft.name and (_is_head(scene, d) or "leader" in (d.role, *d.titles)) for d in others)


def _is_head(scene: Scene, draft: Draft) -> bool:
    return not scene.words["single_offices"].isdisjoint((draft.role, *draft.titles))


def _tells(draft: Draft) -> bool:
    """Whether a mention says of which state the article speaks: not its news agency, nor a people of several states."""
    return not draft.namesakes and draft.country is not None and len(draft.country) == 3 and draft.sector != "JRN"


def _may_be_main(scene: Scene, draft: Draft) -> bool:
    """Rebels of the state that the article is about are many and unnamed (rebel positions); "the militant group" is some group that was named."""
    return draft.sector != "REB" or draft.plural or scene.notes.dep[draft.head] in ("compound", "amod", "nmod")


def _is_struck_by(scene: Scene, draft: Draft, drafts: Shelf, country: str) -> bool:
    """Whether the state itself acts on the forces, or they on it: "Kenya shot down drones" is about drones of somebody else."""
    notes = scene.notes
    verb = notes.head[draft.head]
    if notes.dep[draft.head] == "nsubj" and any(d.country == country and d.kind == "country" for d in drafts.headed(*notes.having(verb, "dobj"))):
        return True  # "the leaders condemned Chad"
    if notes.dep[draft.head] not in ("dobj", "nsubjpass") or draft.sector in ("CVL", "OPP", "REF", "PTY"):
        return False
    subject = notes.child(verb, "nsubj")
    agents = notes.preps(verb, "by") if subject is None else [subject]
    return any(d.country == country for d in drafts.headed(*agents))


def _pass_on(drafts: list[Draft]) -> None:
    """Let later mentions of an entity share what was found for the first one."""
    for draft in drafts:
        first = draft
        while first.same:
            first = first.same
        if draft.same and draft.country is None and draft.how in ("coreference", None):
            draft.country, draft.sector, draft.how = first.country, draft.sector or first.sector, "coreference" if first.country else draft.how


def place_offices(scene: Scene, drafts: list[Draft]) -> None:
    """Give holders of offices that one state alone has in English news its country (Congressman), unless the article is about another state."""
    tally = Counter[str](d.country for d in drafts if d.country and len(d.country) == 3)
    for draft in drafts:
        if draft.country is None and not draft.plural:
            country = next((scene.words.national[title] for title in (draft.role, *draft.titles) if title in scene.words.national), None)
            if country and tally[country] >= max(tally.values(), default=0) - 1:
                draft.country, draft.how = country, "inferred"


def _is_open(scene: Scene, draft: Draft) -> bool:
    """Whether the phrase leaves its country to the surroundings."""
    if draft.how == "coreference" or draft.sector not in (None, *_OF_A_STATE) or is_weak(scene, draft.role) or is_thing(scene, draft.role):
        return False
    if sending_verb(scene, draft) is not None:
        return False  # whose they are the sender tells
    if draft.sector in scene.words["abroad"] and scene.notes.preps(draft.head, *scene.words["home_prepositions"]):
        return False  # "troops in Mali": whose they are is another matter
    if draft.role:
        return draft.sector is not None and (draft.sector != "CVL" or _is_public(scene, draft)) and not _is_of_elsewhere(scene, draft)
    return any(title.lower() not in scene.words["honorifics"] for title in draft.titles)


def _dominant(tally: Counter[str]) -> str | None:
    """The only country of the article, or the one with most of all mentions if they are enough."""
    country, count = tally.most_common(1)[0]
    if len(tally) == 1:
        return country
    return country if count >= _ENOUGH and count >= _SHARE * sum(tally.values()) else None


def _near(scene: Scene, draft: Draft, drafts: Shelf, tally: Counter[str]) -> str | None:
    """The country of the sentence, if it speaks of one only and no other is spoken of more in the article; for role phrases alone."""
    number = scene.notes.sentence_of[draft.head]
    here = drafts.sentences(number, number)
    found = {d.country for d in here if d.country and len(d.country) == 3}
    if len(found) != 1 or not draft.role or not _may_be_main(scene, draft):
        return None
    country = next(iter(found))
    if tally[country] == max(tally.values()):
        return country
    before = any(d.country == country and d.head < draft.first for d in here)
    return country if before and draft.sector in _INSTITUTIONS and not draft.plural and scene.notes.lower[draft.first] == "the" else None


def _just_before(scene: Scene, draft: Draft, drafts: Shelf, tally: Counter[str]) -> str | None:
    """Whose police, court, government or people it is: the one state that the nearest of the two sentences before names; for role phrases alone."""
    if not draft.role or not _is_domestic(scene, draft):
        return None
    number = scene.notes.sentence_of[draft.head]
    if any(d.country and len(d.country) == 3 for d in drafts.sentences(number, number) if d.head < draft.head):
        return None
    for back in range(number - 1, max(number - 1 - _BACK, -1), -1):
        found = {d.country for d in drafts.sentences(back, back) if _tells(d)}
        if found:
            country = found.pop()
            return country if not found and country and tally[country] >= _TWICE else None
    return None


def _is_domestic(scene: Scene, draft: Draft) -> bool:
    """Whether the phrase means the one such body of a state, its police or its people: "the prime minister", "police", "residents"."""
    definite = scene.notes.lower[draft.first] in ("the", "this")
    if draft.sector == "COP" or (draft.plural and scene.notes.lemma[draft.head] in scene.words["locals"]):
        return True
    if draft.sector in ("JUD", "LEG", "OPP"):
        return definite
    single = draft.kind == "organisation" or draft.role in scene.words["single_offices"] or draft.role.endswith("minister")
    return draft.sector in ("GOV", "MIL") and definite and single and not draft.plural


def _is_public(scene: Scene, draft: Draft) -> bool:
    """Whether the civilians are such as the news speaks of as those of its state (protesters, residents)."""
    return not scene.words["public"].isdisjoint((draft.role, draft.role.removesuffix("s"), scene.notes.lemma[draft.head]))


def _is_of_elsewhere(scene: Scene, draft: Draft) -> bool:
    """"A minister", "other countries", "Kurdish tribes": what may be of any state, or says itself of which people it is."""
    notes = scene.notes
    tokens = range(draft.first, draft.last + 1)
    itself = notes.ent[draft.head] == "ORG" and notes.lower[draft.first] == "the" and not draft.plural  # "the Judiciary Committee" is its own name
    named = ("NORP", "GPE") if draft.sector == "PTY" or itself else ("NORP", "ORG", "GPE")
    if any(notes.lower[t] in scene.words["open_modifiers"] or (notes.ent[t] in named and notes.word[t][0].isupper()) for t in tokens):
        return True
    return draft.plural and notes.lemma[draft.head] in scene.words["country_nouns"]
