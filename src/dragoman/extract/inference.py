"""Countries that only the surroundings tell: "the army" in a report on one state. Marked `inferred`, and left out where two states compete."""

from __future__ import annotations

from collections import Counter

from dragoman.extract.drafts import Draft, Scene

# What every state has one of: "the government" behind a country's name is that country's.
_INSTITUTIONS = ("GOV", "LEG", "MIL", "COP", "JUD")
_SHARE = 0.6
_ENOUGH = 3
# Who belongs to a state as such, and the people of politics. A church, school or firm in the news may be anywhere.
_OF_A_STATE = ("GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "PRM", "SPY", "CVL", "REF", "UAF")


def infer(scene: Scene, drafts: list[Draft]) -> None:
    """Give role phrases and titled persons without a country that of their sentence, if it speaks of one only, else the dominant one of the article."""
    tally = Counter[str](d.country for d in drafts if d.country and len(d.country) == 3)
    if len(scene.notes.sentences) < 2 or not tally:
        return
    main = _dominant(tally)
    for draft in drafts:
        if draft.country is None and _is_open(scene, draft):
            country = main or _near(scene, draft, drafts, tally)
            if country:
                draft.country, draft.how = country, "inferred"
    _pass_on(drafts)


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
    if draft.how == "coreference" or draft.sector not in (None, *_OF_A_STATE) or draft.role in scene.words["weak_nouns"]:
        return False
    if draft.role:
        return draft.sector is not None and (draft.sector != "CVL" or draft.role in scene.words["public"]) and not _is_of_elsewhere(scene, draft)
    return any(title.lower() not in scene.words["honorifics"] for title in draft.titles)


def _dominant(tally: Counter[str]) -> str | None:
    """The country with most of all mentions, if they are enough."""
    country, count = tally.most_common(1)[0]
    return country if count >= _ENOUGH and count >= _SHARE * sum(tally.values()) else None


def _near(scene: Scene, draft: Draft, drafts: list[Draft], tally: Counter[str]) -> str | None:
    """The country of the sentence, if it speaks of one only and no other is spoken of more in the article; for role phrases alone."""
    number = scene.notes.sentence_of[draft.head]
    found = {d.country for d in drafts if d.country and len(d.country) == 3 and scene.notes.sentence_of[d.head] == number}
    if len(found) != 1 or not draft.role:
        return None
    country = next(iter(found))
    if tally[country] == max(tally.values()):
        return country
    before = any(d.country == country and d.head < draft.first and scene.notes.sentence_of[d.head] == number for d in drafts)
    return country if before and draft.sector in _INSTITUTIONS and not draft.plural and scene.notes.lower[draft.first] == "the" else None


def _is_of_elsewhere(scene: Scene, draft: Draft) -> bool:
    """"A minister", "other countries", "Kurdish tribes": what may be of any state, or says itself of which people it is."""
    notes = scene.notes
    tokens = range(draft.first, draft.last + 1)
    if any(notes.lower[t] in scene.words["open_modifiers"] or (notes.ent[t] in ("NORP", "ORG", "GPE") and notes.word[t][0].isupper()) for t in tokens):
        return True
    return draft.plural and notes.lemma[draft.head] in scene.words["country_nouns"]
