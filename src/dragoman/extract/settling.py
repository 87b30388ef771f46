"""Names that the tables alone leave open, settled by what else the article names: namesakes, bodies that many states have, short forms."""

from __future__ import annotations

import re
from collections import Counter

from dragoman.extract.drafts import Draft, Scene, Shelf
from dragoman.extract.roster import Entry

_ENTITY_RULE = "actors.entity"
# How often more the state of the article must be named than the one whose chamber the tables take it for, and how often at least.
_FEW, _MANY = 3, 4
_ACRONYM = re.compile(r"[A-ZÀ-Þ&/+-]{2,4}s?")


def settled(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """The drafts of an article's names, each with the country that the other names leave it; those that went into another one are gone."""
    _forget_strange_acronyms(scene, drafts)
    _settle_namesakes(scene, drafts)
    drafts = _owned(scene, drafts)
    _settle_chambers(scene, drafts)
    _ethnic(scene, drafts)
    return drafts


def _forget_strange_acronyms(scene: Scene, drafts: list[Draft]) -> None:
    """Take a short form for an unknown body where the article names its state nowhere: the NDC or SPA of a text may be another one."""
    doubtful = [d for d in drafts if d.entry and _is_local_acronym(scene, d)]
    ids = {id(d) for d in doubtful}
    told = {d.country for d in drafts if d.country and id(d) not in ids}
    names = {d.entry.name for d in drafts if d.entry and id(d) not in ids}
    for draft in doubtful:
        if draft.country not in told and draft.entry and draft.entry.name not in names:
            draft.name = scene.notes.text[draft.start : draft.end]
            draft.entry = draft.country = draft.sector = draft.how = None
            draft.rule = _ENTITY_RULE


def _is_local_acronym(scene: Scene, draft: Draft) -> bool:
    """Whether the form is one of a few capitals that stands for a body of one state and is not known all over the world."""
    form = draft.entry.form if draft.entry else ""
    of_state = draft.kind in ("organisation", "group") and len(draft.country or "") == 3
    return of_state and bool(_ACRONYM.fullmatch(form)) and form not in scene.words["known_acronyms"]


def _settle_namesakes(scene: Scene, drafts: list[Draft]) -> None:
    """Of several countries with one form (Congolese) take the one that the article names elsewhere, else the one that is usually meant."""
    named_here = {d.country for d in drafts if d.country}
    for draft in drafts:
        rows = [row for row in draft.namesakes if row.country in named_here]
        rows = rows or [row for row in draft.namesakes if row.role == "capital" or (row.kind == "country" and row.country in scene.words["usual_namesakes"])]
        if len({row.country for row in rows}) == 1:
            row = rows[0]
            draft.name, draft.country, draft.sector, draft.how, draft.rule = row.name, row.country, row.sector or "GOV", "name", row.rule


def _owned(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Join "the Latvian Constitutional Court", "Chile's Defense Department": a body and the country or place right before it.

    A body that many states have becomes that of the country; one that is that country's anyhow only takes its words in.
    """
    ends = {d.last: d for d in drafts if d.country and (d.kind == "country" or (d.entry is None and d.how == "name"))}
    joined: set[int] = set()
    for draft in drafts:
        before = draft.first - 1
        owner = ends.get(before - (scene.notes.tag[before] == "POS")) if draft.entry and draft.kind == "organisation" and before >= 0 else None
        if not owner or not draft.entry or (owner.country != draft.country and not _is_of_states(scene, draft, draft.entry)):
            continue
        if owner.country != draft.country:
            draft.name = scene.notes.text[owner.start : draft.end]
        if _is_of_states(scene, draft, draft.entry):
            draft.country, draft.how = owner.country, "description"
        draft.first, draft.start = owner.first, owner.start
        joined.add(id(owner))
    return [d for d in drafts if id(d) not in joined]


def _is_of_states(scene: Scene, draft: Draft, entry: Entry) -> bool:
    """Whether many states have such a body, so that a country before it is its own."""
    if draft.kind not in ("organisation", "group"):
        return False
    return draft.country is None or entry.form in scene.words["chambers"] or entry.role in scene.words["state_bodies"]


def _settle_chambers(scene: Scene, drafts: list[Draft]) -> None:
    """The Senate or the Supreme Court is that of the tables only where nothing says that the article is about another state."""
    generic = [d for d in drafts if d.entry and d.entry.form in scene.words["chambers"] and d.how != "description"]
    known = {id(d) for d in generic}
    tally = Counter[str | None](d.country for d in drafts if id(d) not in known and d.country and len(d.country) == 3)
    others = set(tally)
    main, most = tally.most_common(1)[0] if tally else (None, 0)
    shelf = Shelf(scene.notes, drafts)
    for draft in generic:
        joined = shelf.headed(scene.notes.head[draft.head]) if scene.notes.dep[draft.head] == "conj" else []
        beside = next((d.country for d in joined if d.how == "description" and d.kind == "organisation"), None)
        if beside:
            draft.country, draft.how = beside, "inferred"  # "the Peruvian Congress and the Supreme Court"
        elif draft.country != main and _FEW * tally[draft.country] <= most and most >= _MANY:
            draft.country, draft.how = main, "inferred"  # the Senate of a report on Brazil that names Washington once
        elif others and draft.country not in others:
            draft.country, draft.how = (next(iter(others)), "inferred") if len(others) == 1 else (None, None)


def _ethnic(scene: Scene, drafts: list[Draft]) -> None:
    """Ethnic Albanians are people of the country that they live in, if the text says so, and else of none that we know."""
    shelf = Shelf(scene.notes, drafts)
    for draft in drafts:
        if draft.first and scene.notes.lower[draft.first - 1] == "ethnic":
            places = shelf.headed(*scene.notes.preps(draft.head, "in", "of", "from"))
            home = next((d for d in places if d.country), None)
            draft.country, draft.how = (home.country, "description") if home else (None, None)
