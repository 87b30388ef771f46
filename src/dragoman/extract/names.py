"""Names in a text: forms of the roster, and what the parser's entity recogniser marks beyond them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from dragoman.annotate.columns import Annotations
from dragoman.extract.drafts import Draft, Scene, named, phrase_head
from dragoman.extract.roster import KNOWN_BEFORE, Entry, Hit, Roster, fold, years_until
from dragoman.extract.settling import settled

_KINDS = {"PERSON": "person", "ORG": "organisation", "NORP": "group", "GPE": "organisation"}
_PLACES = ("country", "place")
_ENTITY_RULE = "actors.entity"


def names(scene: Scene) -> list[Draft]:
    """All names, in text order, without overlap: rows of the roster first, corrected by longer entities of the parser."""
    notes = scene.notes
    raw = scene.roster.names(notes)
    elsewhere = {notes.text[hit.start : hit.end] for hit in raw if _is_homograph(scene, hit)}  # one meaning of Georgia in one article
    hits = [hit for hit in raw if notes.text[hit.start : hit.end] not in elsewhere and _means_actor(scene, hit)]
    in_full = {hit.entries[0].name for hit in hits if hit.first < hit.last}
    hits = [hit for hit in hits if not _is_yet_unknown(scene, hit, in_full) and not _is_embedded(notes, hit)]
    at = {token: hit for hit in hits for token in range(hit.first, hit.last + 1)}
    surnames = _person_words(notes)
    drafts: list[Draft] = []
    taken: set[int] = set()
    for first, last, label in _entities(notes):
        inside = list({id(hit): hit for token in range(first, last + 1) if (hit := at.get(token))}.values())
        draft = _entity(scene, first, last, label, inside)
        if draft:
            drafts.append(draft)
            taken.update(range(draft.first, draft.last + 1))
    for hit in hits:
        if taken.isdisjoint(range(hit.first, hit.last + 1)) and not _is_surname(notes, hit, surnames):
            drafts.append(_from_roster(scene, hit))
    drafts += _unmarked_places(scene, drafts)
    _placed(scene, drafts)
    drafts = settled(scene, drafts)
    return sorted(drafts, key=lambda d: (d.start, -d.end))


def _placed(scene: Scene, drafts: list[Draft]) -> None:
    """Give a town that the tables lack the country that follows it behind a comma: "Ferrow, Italy"."""
    notes = scene.notes
    states = {draft.first: draft for draft in drafts if draft.kind == "country" and draft.country}
    for draft in drafts:
        state = states.get(draft.last + 2)
        if state is None or notes.word[draft.last + 1] != "," or notes.ent[draft.last] != "GPE":
            continue
        if draft.entry and draft.entry.role == "capital" and state.entry is None and draft.country != state.country:  # "Wellington, Tamil Nadu"
            draft.name, draft.country, draft.sector, draft.how = notes.text[draft.start : draft.end], state.country, None, "description"
        elif draft.country is None and draft.entry is None and notes.tag[state.last + 1 : state.last + 2] != ("POS",):
            draft.kind, draft.country, draft.how, draft.rule = "country", state.country, "description", state.rule


def _unmarked_places(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Towns and provinces behind "in" and the like that the recogniser passed over: "rebels in Tigray"."""
    notes = scene.notes
    taken = {t for draft in drafts for t in range(draft.first, draft.last + 1)}
    made: list[Draft] = []
    for token in range(1, len(notes)):
        if notes.pos[token] != "PROPN" or notes.ent[token] or token in taken or notes.lower[token - 1] not in scene.words["place_prepositions"]:
            continue
        last = token
        while last + 1 < len(notes) and notes.pos[last + 1] == "PROPN" and last + 1 not in taken:
            last += 1
        if country := scene.roster.places.get(notes.text[notes.start[token] : notes.end[last]]):
            draft = _unlisted(scene, token, last, "country")
            draft.country, draft.how = country, "name"
            made.append(draft)
    return made


def _from_roster(scene: Scene, hit: Hit) -> Draft:
    """The draft of a hit; of several bearers of one name the country is kept where they agree."""
    rows = Roster.on(_of_gender(scene, hit), scene.date)
    entry = rows[0]
    head = phrase_head(scene.notes, hit.first, hit.last)
    draft = named(hit, entry, head, _kind(entry), scene.date)
    if len({row.country for row in rows}) > 1:
        draft.name = draft.country = draft.how = None
        draft.sector = entry.sector if len({row.sector for row in rows}) == 1 and entry.kind != "person" else None
        draft.namesakes = rows
    elif len(rows) > 1:
        draft.name = draft.name if len({row.name for row in rows}) == 1 else None
        draft.sector = entry.sector if len({row.sector for row in rows}) == 1 else None
    draft.plural = draft.kind == "group" and scene.notes.tag[head] in ("NNS", "NNPS")
    if draft.kind == "country" and draft.country and not draft.sector and entry.role != "region":
        draft.sector = "GOV"
    return draft


def _of_gender(scene: Scene, hit: Hit) -> tuple[Entry, ...]:
    """The rows whose first name goes with a title before the name: Mrs. Clinton; all of them where none does."""
    title = scene.notes.lower[hit.first - 1] if hit.first else ""
    wanted = "f" if title in scene.words["female_titles"] else "m" if title in scene.words["male_titles"] else ""
    fitting = tuple(row for row in hit.entries if scene.words.genders.get(row.name.split()[0], wanted) == wanted) if wanted else ()
    return fitting or hit.entries


def _kind(entry: Entry) -> str:
    return "country" if entry.kind == "place" else entry.kind


def _means_actor(scene: Scene, hit: Hit) -> bool:
    """Whether the form is what the tables say: no pronoun in capitals, no part of another name, no homograph by its neighbours."""
    notes, surface = scene.notes, scene.notes.text[hit.start : hit.end]
    entry = hit.entries[0]
    if entry.kind == "none" or (notes.tag[hit.first] in ("PRP", "PRP$", "WP", "VB", "VBP") and hit.first == hit.last):
        return False
    if entry.kind == "person" and hit.first == hit.last and _is_anothers(scene, hit):
        return False
    if entry.kind not in _PLACES:
        return _is_supported(scene, hit, surface) and (notes.pos[hit.last] not in ("VERB", "AUX", "ADP", "PRON", "ADV") or hit.first < hit.last)
    if scene.date and not any(row.valid(scene.date) for row in hit.entries):
        return False
    if not _is_supported(scene, hit, surface):
        return False
    return not _is_homograph(scene, hit)


def _is_anothers(scene: Scene, hit: Hit) -> bool:
    """Whether a first name before a last name is not that of the rows: Demetria Haley."""
    notes, before = scene.notes, hit.first - 1
    if before < 0 or notes.dep[before] != "compound" or notes.head[before] != hit.first or not _is_first_name(scene, before):
        return False
    named = any(fold(notes.word[before]) in fold(row.name).split() for row in hit.entries)
    return not named and notes.ent[before] in ("", "PERSON") and scene.roster.title(notes, before) is None


def _is_homograph(scene: Scene, hit: Hit) -> bool:
    """Whether the words of the sentence say that the form is no state here: Georgia beside Atlanta."""
    notes = scene.notes
    company = scene.words.homographs.get(notes.text[hit.start : hit.end], frozenset[str]())
    return not company.isdisjoint(notes.word[t] for t in notes.sentence(hit.first) if not hit.first <= t <= hit.last)


def _is_supported(scene: Scene, hit: Hit, surface: str) -> bool:
    """Whether a form that is a common word as well is a name here: after "the", or as the recogniser says."""
    notes, first = scene.notes, hit.first
    article = first > 0 and notes.lower[first - 1] == "the"
    if surface in scene.words["with_article"]:
        return article or notes.ent[first] == "ORG"
    if surface not in scene.words["with_label"]:
        return True
    if surface.isupper():
        words = (notes.word[t] for t in notes.sentence(first))
        return notes.tag[first] in ("NNP", "NNPS") and any(not word.isupper() for word in words if len(word) > 1 and word.isalpha())
    opens = first == notes.sentence(first).start
    if notes.ent[first] != "ORG" or (article and hit.entries[0].role == "company"):
        return False
    verb = notes.head[hit.last]
    return not opens or (notes.dep[hit.last] in ("nsubj", "nsubjpass") and notes.pos[verb] == "VERB") or notes.dep[hit.last] == "poss"


def _is_embedded(notes: Annotations, hit: Hit) -> bool:
    """Whether a body's one-word form stands in the middle of a longer name (the newspaper Libération in a liberation front)."""
    first = hit.first
    if first < hit.last or hit.entries[0].kind != "organisation" or not 0 < first < len(notes) - 1:
        return False
    return notes.ent[first - 1] == notes.ent[first] == notes.ent[first + 1] == "ORG" and not notes.ent_start[first] and not notes.ent_start[first + 1]


def _is_yet_unknown(scene: Scene, hit: Hit, in_full: set[str]) -> bool:
    """Whether a last name alone would mean somebody whose first office lies ahead, and who is not named in full: it is some other Smith."""
    rows = Roster.on(hit.entries, scene.date)
    if hit.first < hit.last or rows[0].kind != "person":
        return False
    if any(row.sector or scene.date is None or years_until(row, scene.date) <= KNOWN_BEFORE for row in rows):
        return False
    return in_full.isdisjoint(row.name for row in rows)


def _entities(notes: Annotations) -> Iterator[tuple[int, int, str]]:
    """Entities of the kinds that can act: first and last token, label; determiners, possessives and quotes at the edges are cut."""
    token = 0
    while token < len(notes):
        label, first = notes.ent[token], token
        token += 1
        if label not in _KINDS:
            continue
        while token < len(notes) and notes.ent[token] == label and not notes.ent_start[token]:
            token += 1
        last = token - 1
        while first <= last and (notes.pos[first] in ("DET", "PUNCT", "PART", "ADP") or not notes.word[first][0].isalnum()):
            first += 1
        while first <= last and notes.pos[last] in ("PART", "PUNCT", "ADP") :
            last -= 1
        if first <= last and any(notes.word[t][0].isupper() for t in range(first, last + 1)):
            yield first, last, label


def _entity(scene: Scene, first: int, last: int, label: str, inside: list[Hit]) -> Draft | None:
    """The draft of an entity that the roster does not know, or knows only in part; None where the roster's own hits stand."""
    notes = scene.notes
    if any(hit.first <= first and hit.last >= last for hit in inside):
        return None
    if label == "ORG" and first < last and scene.notes.word[last] in scene.words["law_words"]:
        return None
    if label != "GPE" and _is_place(scene, first, last):
        label = "GPE"
    elif label == "PERSON" or _looks_like_person(scene, first, last):
        first, inside = _behind_titles(scene, first, last, inside)
        return _person(scene, first, last, inside) if first <= last else None
    whole = label == "GPE" and first < last and inside and all(hit.entries[0].kind == "group" for hit in inside)  # the Tamils in Tamil Nadu
    if label in ("NORP", "GPE") and inside and not (whole and notes.text[notes.start[first] : notes.end[last]] in scene.roster.places):
        return None
    if label == "ORG" and (any(hit.last == last or hit.entries[0].kind == "person" for hit in inside) or (inside and _is_described(scene, first, last))):
        return None
    draft = _unlisted(scene, first, last, _KINDS[label])
    if label == "GPE" and (country := scene.roster.places.get(draft.name or "")):
        draft.kind, draft.country, draft.how = "country", country, "name"
    for hit in inside:
        entry = Roster.on(hit.entries, scene.date)[0]
        if len({row.country for row in hit.entries}) > 1 and entry.kind == "group":
            continue  # a people of several states
        if entry.kind in ("country", "place", "organisation") and not draft.country:
            draft.country, draft.how, draft.rule = entry.country, "description", entry.rule
            draft.sector = entry.sector if entry.kind == "organisation" else None
    if label == "ORG" and first < last:
        _read_words(scene, draft)
    return draft


def _read_words(scene: Scene, draft: Draft) -> None:
    """Read what the words of a body's name say: "University of X" is a university, and of the country of the province or city X."""
    notes, first = scene.notes, draft.first
    if notes.lower[first + 1] not in ("of", "at", "in"):
        return
    title = scene.roster.title(notes, first)
    if draft.sector is None and title and title.last == first and title.entries[0].role == "body":
        draft.sector = title.entries[0].sector
    if draft.country is None and (country := scene.roster.places.get(notes.text[notes.start[min(first + 2, draft.last)] : draft.end])):
        draft.country, draft.how = country, "description"


def _is_place(scene: Scene, first: int, last: int) -> bool:
    """Whether a name that the recogniser takes for a person or body is a town or province: of several words, or behind "in" and the like."""
    notes = scene.notes
    if notes.text[notes.start[first] : notes.end[last]] not in scene.roster.places:
        return False
    return first < last or (first > 0 and notes.lower[first - 1] in scene.words["place_prepositions"] and not _is_first_name(scene, first))


def _looks_like_person(scene: Scene, first: int, last: int) -> bool:
    """Whether two to four capitalised words begin with a title or a first name, whatever the recogniser calls them."""
    notes = scene.notes
    if not 1 <= last - first <= 3 or any(notes.pos[t] != "PROPN" for t in range(first, last + 1)):
        return False
    title = scene.roster.title(notes, first)
    if title and title.entries[0].role == "title" and title.last < last:
        return all(scene.roster.title(notes, t) is None for t in range(title.last + 1, last + 1))
    return _is_first_name(scene, first) and scene.roster.title(notes, last) is None and notes.word[last] not in scene.words["company_words"]


def _is_described(scene: Scene, first: int, last: int) -> bool:
    """Whether the words end in a role noun, so that the whole is a description ("South Korean Defense Ministry")."""
    return any((title := scene.roster.title(scene.notes, t)) is not None and title.last == last for t in range(first, last + 1))


def _behind_titles(scene: Scene, first: int, last: int, inside: list[Hit]) -> tuple[int, list[Hit]]:
    """Where the name itself begins: behind adjectives of countries and role nouns that the recogniser took into it."""
    adjectives = {hit.first: hit for hit in inside if hit.entries[0].role == "adjective"}
    moved = True
    while moved and first <= last and not _is_first_name(scene, first):
        moved = False
        if first in adjectives and adjectives[first].last < last:
            first, moved = adjectives[first].last + 1, True
        elif (title := scene.roster.title(scene.notes, first)) and title.last <= last and title.entries[0].role == "title":
            first, moved = title.last + 1, True
    return first, [hit for hit in inside if hit.first >= first]


def _is_first_name(scene: Scene, token: int) -> bool:
    return scene.notes.word[token] in scene.words.genders


def _person(scene: Scene, first: int, last: int, inside: list[Hit]) -> Draft | None:
    persons = [hit for hit in inside if hit.entries[0].kind == "person"]
    if persons and _same_person(scene.notes, first, last, persons[0]):
        hit = persons[0]
        begin, stop = min(first, hit.first), max(last, hit.last)
        widened = Hit(begin, stop, scene.notes.start[begin], scene.notes.end[stop], hit.entries)
        return _from_roster(scene, widened)
    if any(hit.first <= first and hit.last >= last for hit in inside):
        return None
    if inside and not persons and (first == last or any(hit.entries[0].kind in ("organisation", "group") for hit in inside)):
        return None
    if scene.notes.pos[last] not in ("PROPN", "NOUN", "ADJ", "X") or (first == last and scene.notes.pos[last] != "PROPN"):
        return None
    draft = _unlisted(scene, first, last, "person")
    if inside and inside[0].first == first and inside[0].entries[0].role == "name" and scene.notes.word[first] not in scene.words["first_name_countries"]:
        draft.kind, draft.country, draft.how, draft.rule = "organisation", inside[0].entries[0].country, "description", inside[0].entries[0].rule
    return draft


def _same_person(notes: Annotations, first: int, last: int, hit: Hit) -> bool:
    """Whether a longer name is that of the row: equal last words, and the row's first name stands in it, or the rest is only an initial."""
    words = [fold(notes.word[t]) for t in range(first, last + 1)]
    full = fold(hit.entries[0].name).split()
    if hit.last < last and hit.first == first:
        return False
    outside = [notes.word[t] for t in range(first, hit.first)]
    return bool(set(words[: hit.first - first]) & set(full)) or all(len(w.strip(".")) <= 1 for w in outside)


def _unlisted(scene: Scene, first: int, last: int, kind: str) -> Draft:
    notes = scene.notes
    head = phrase_head(notes, first, last)
    return Draft(first, last, notes.start[first], notes.end[last], head, kind, notes.text[notes.start[first] : notes.end[last]], rule=_ENTITY_RULE)


def _person_words(notes: Annotations) -> dict[str, int]:
    """Last words of the full names that the recogniser marks as persons, with the token of the first one."""
    found: dict[str, int] = defaultdict(int)
    for first, last, label in _entities(notes):
        if label == "PERSON" and last > first:
            found.setdefault(notes.word[last], last)
    return found


def _is_surname(notes: Annotations, hit: Hit, surnames: dict[str, int]) -> bool:
    """Whether a country's or capital's form is a person's last name here (Jordan after Vernon Jordan)."""
    return hit.first == hit.last and hit.entries[0].kind in _PLACES and notes.word[hit.first] in surnames and notes.ent[hit.first] == "PERSON"
