"""Noun phrases that describe an actor by a role: "the Russian foreign ministry", "rebels in Yemen", "French lawmaker Jean X".

A role noun takes its country from an adjective or name before it, a possessive, or a phrase with of, from, at or in behind it; the sector
comes from the noun, unless a body inside the phrase tells more (rebel leader, army chief, Hamas official). The title of a named person is
read into the person's mention and makes none of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.extract.drafts import Draft, Scene, Shelf, host, left_edge, phrase_head
from dragoman.extract.roster import Entry, Hit

_COMMANDED = ("GOV", None)
# How many words the name of a field of policy and that of its envoy may have together.
_OFFICE_WORDS = 6
# How many words may stand between a preposition and the adjective of a country behind it.
_ADJECTIVES = 4
# Whose commanders, officers and forces are no military.
_IRREGULAR = ("REB", "PRM", "CRM", "SPY", "COP")


@dataclass(slots=True)
class Role:
    """A role noun in its phrase. `owner` is the name draft that gives the country, `bearer` the person who has the title."""

    hit: Hit
    entry: Entry
    head: int
    left: int
    country: str | None = None
    sector: str | None = None
    how: str | None = None
    owner: Draft | None = None
    bearer: Draft | None = None
    former: bool = False
    inner: Role | None = None


def roles(scene: Scene, names: Shelf) -> list[Role]:
    """All role phrases, in text order, each with country, sector and bearer; those inside another one are folded into it."""
    hits = (_behind_name(scene, hit, names) for hit in scene.roster.titles(scene.notes))
    found = [role for hit in hits if (role := _role(scene, hit, names))]
    by_head = {token: role for role in found for token in range(role.hit.first, role.hit.last + 1)}
    outer: list[Role] = []
    for role in found:
        governor = _governor(scene, role, by_head)
        if governor:
            governor.inner = role
        else:
            outer.append(role)
    for role in outer:
        _resolve(scene, role, names)
    for role in outer:
        _serve(scene, role, by_head)
    return outer


def _behind_name(scene: Scene, hit: Hit, names: Shelf) -> Hit:
    """What a name leaves of a role noun that begins inside it: "leaders" of "Customs Union leaders", who are no trade unionists."""
    name = next((n for n in names.between(hit.first, hit.first) if n.entry and _is_party(n) and n.first < hit.first and n.last < hit.last), None)
    return (scene.roster.title(scene.notes, name.last + 1) or hit) if name else hit


def _serve(scene: Scene, role: Role, by_head: dict[int, Role]) -> None:
    """Read the body behind an office into it: "chief of the army", "a spokesman for the rebels"."""
    if role.entry.role != "title" or role.former or role.bearer:
        return
    for token in scene.notes.preps(role.head, "of", "for"):
        body = by_head.get(token)
        if body and body.sector:
            role.sector = _sector(scene, role.sector, role.entry, body.sector)
            if role.country is None and body.country:
                role.country, role.how = body.country, "description"


def _role(scene: Scene, hit: Hit, names: Shelf) -> Role | None:
    """The role noun, unless it is part of a name or no noun here."""
    notes = scene.notes
    head = phrase_head(notes, hit.first, hit.last)
    if notes.pos[head] not in ("NOUN", "PROPN") and not (notes.pos[head] == "ADJ" and notes.child(head, "det") is not None):
        return None
    if any(name.first <= hit.first and name.last >= hit.last and not _is_body(name, hit) for name in names.between(hit.first, hit.first)):
        return None
    left, top = left_edge(notes, head), host(notes, head)
    if top != head:
        left = min([left, *(n.first for n in names.between(left - 1, left - 1) if n.last + 1 == left and notes.head[n.head] in (head, top))])
    return Role(hit, hit.entries[0], head, left)


def _is_body(name: Draft, hit: Hit) -> bool:
    """Whether a name unknown to the roster is but a described body ("Ukrainian Foreign Ministry")."""
    return name.entry is None and name.kind == "organisation" and name.last == hit.last


def _governor(scene: Scene, role: Role, by_head: dict[int, Role]) -> Role | None:
    """The role phrase of which this one is a modifier."""
    top = host(scene.notes, role.head)
    other = by_head.get(top)
    if other and is_weak(scene, other.entry.form) and not is_weak(scene, role.entry.form):
        return None
    return other if other is not None and other is not role and other.hit.first > role.hit.last else None


def _resolve(scene: Scene, role: Role, names: Shelf) -> None:
    """Fill in bearer, sector and country of an outermost role phrase."""
    role.bearer = _bearer(scene, role, names)
    role.sector = role.entry.sector
    inner = role.inner
    while inner:
        role.sector = _sector(scene, role.sector, role.entry, inner.entry.sector)
        role.left = min(role.left, inner.left)
        inner = inner.inner
    owner = _owner(scene, role, names)
    if owner and (owner.country or "").startswith("IGO:") and role.entry.form.endswith("ambassador"):
        owner = None  # the ambassador at a body is a state's
    if owner and owner.country:
        role.owner, role.country, role.how = owner, owner.country, "description"
        if _shares_sector(scene, owner, role):
            # Who serves somebody out of office serves a party.
            role.sector = _sector(scene, role.sector, role.entry, "PTY" if owner.sector == "ELI" else owner.sector)
    elif role.inner and (whole := _whole(scene, role.inner, names)):
        role.owner, role.country, role.how, role.sector = whole, whole.country, "description", _sector(scene, role.sector, role.entry, whole.sector)
    elif owner:
        role.owner = owner
        role.sector = role.sector or owner.sector
    role.former = _is_former(scene, role)
    if role.former and role.sector and (role.entry.role == "title" or (role.entry.role == "agent" and role.sector in scene.words["official_sectors"])):
        role.sector = "ELI"


def _whole(scene: Scene, inner: Role, names: Shelf) -> Draft | None:
    """The body that an inner role noun repeats: "security council members" after the UN Security Council."""
    first = next(iter(names.ending(inner.entry.form)), None)
    return first if first and first.kind == "organisation" and first.last < inner.hit.first else None


def _shares_sector(scene: Scene, owner: Draft, role: Role) -> bool:
    """Whether the owner's sector says what the role is: a body's or politician's, and a state's own name for its spokesmen."""
    if owner.kind == "person":
        return owner.sector is not None and (role.entry.role == "title" or role.entry.form in scene.words["followers"])
    if owner.kind in ("organisation", "group"):
        return owner.sector is not None
    return role.sector is None and owner.entry is not None and (owner.entry.role == "seat" or role.entry.form.startswith("spokes"))


def _sector(scene: Scene, outer: str | None, entry: Entry, inner: str | None) -> str | None:
    """Which of two sectors a phrase has: that of the inner body where the outer noun is an office or says nothing."""
    if outer is None or (inner == "IGO" and outer == "GOV"):
        return inner
    if outer == "MIL" and inner in _IRREGULAR:
        return inner
    if inner is not None and inner in scene.words["telling_sectors"] and outer in _COMMANDED and entry.role != "body":
        return inner
    return outer


def _bearer(scene: Scene, role: Role, names: Shelf) -> Draft | None:
    """The person whose title this is: the name right behind, or of which the noun is a compound."""
    if role.entry.role == "body" or scene.notes.tag[role.head] in ("NNS", "NNPS"):
        return None
    top = host(scene.notes, role.head)
    after = role.hit.last + 1
    if after < len(scene.notes) and scene.notes.word[after] == "." and role.entry.form in scene.words["abbreviations"]:
        after += 1
    for name in sorted(names.between(top, top) + names.between(after, after), key=lambda n: (n.start, -n.end)):
        adjacent = name.first == after
        if name.kind == "person" and name.first > role.hit.last and (name.covers(top) or adjacent):
            return name
        if adjacent and role.entry.role == "title" and name.kind == "organisation" and name.entry is None and name.country is None:
            name.kind = "person"
            return name
    if role.entry.role != "title":
        return None
    follows = after < len(scene.notes) and (scene.notes.sentence_of[after] == scene.notes.sentence_of[role.head] or after > role.hit.last + 1)
    return _behind_office(scene, after, names) or (_unmarked(scene, after, names) if follows else None)


def _behind_office(scene: Scene, after: int, names: Shelf) -> Draft | None:
    """The person of "Special Envoy for Baltic Policy X": a name at the end of a run of capitalised words behind the preposition."""
    notes = scene.notes
    if after >= len(notes) or notes.lower[after] not in ("for", "on", "to") or notes.tag[after] not in ("IN", "TO"):
        return None
    stop = after + 1
    while stop < len(notes) and notes.word[stop][0].isupper() and stop - after <= _OFFICE_WORDS and not _is_title(scene, stop):
        stop += 1
    return next((n for n in names.between(after + 2, stop - 1) if n.kind == "person" and n.first > after + 1), None)


def _is_title(scene: Scene, token: int) -> bool:
    word = scene.notes.lower[token]
    return scene.roster.title(scene.notes, token) is not None or word in scene.words["honorifics"] or word.rstrip(".") in scene.words["abbreviations"]


def _unmarked(scene: Scene, first: int, names: Shelf) -> Draft | None:
    """A name behind a title that the parser's recogniser passed over: the run of proper nouns from the token on, added to the names."""
    notes = scene.notes
    last = first - 1
    stop = notes.sentence(first).stop
    while last + 1 < stop and _is_name_word(scene, last + 1) and not names.between(last + 1, last + 1):
        last += 1
    if last < first:
        return None
    name = Draft(first, last, notes.start[first], notes.end[last], phrase_head(notes, first, last), "person", rule="actors.title")
    name.name = notes.text[name.start : name.end]
    names.add(name)
    return name


def _is_name_word(scene: Scene, token: int) -> bool:
    notes = scene.notes
    if notes.pos[token] != "PROPN" or notes.tag[token] != "NNP" or notes.ent[token] in ("DATE", "TIME"):
        return False
    return notes.word[token][0].isupper()


def _owner(scene: Scene, role: Role, names: Shelf) -> Draft | None:
    """The name that says whose the role is: the nearest one before it in the phrase, else behind a preposition."""
    near = names.between(min(role.left, role.hit.first), role.hit.last)
    before = [n for n in near if (role.left <= n.first <= role.hit.last and n is not role.bearer and not n.covers(role.head)) or _inside(n, role)]
    before = [n for n in before if not is_foreign(scene, n) and (_is_party(n) or not _straddles(n, role.hit))]
    placed = [n for n in before if n.country]
    if placed:
        return next((n for n in reversed(placed) if n.first < role.hit.first), placed[-1])
    allowed = set(scene.words["owner_prepositions"])
    if role.sector not in scene.words["abroad"] or role.entry.form.startswith("security"):
        allowed |= scene.words["home_prepositions"]
    if role.entry.form.startswith("spokes"):
        allowed.add("for")
    for noun in range(role.hit.last, role.hit.first - 1, -1):
        for token in scene.notes.preps(noun, *sorted(allowed)):
            edge = left_edge(scene.notes, token)
            owner = next((n for n in names.between(edge, token) if n.covers(token) or host(scene.notes, n.head) == token or edge <= n.first < token), None)
            if owner and owner is not role.bearer and (owner.country or not before):
                return owner
    return _right_behind(scene, role, names, allowed) or (before[-1] if before else None)


def _right_behind(scene: Scene, role: Role, names: Shelf, allowed: set[str]) -> Draft | None:
    """The name in the phrase after a preposition that follows the noun at once, though the parser hangs it on the verb: "clashed with police in X"."""
    notes, at = scene.notes, role.hit.last + 1
    if at >= len(notes) or notes.lower[at] not in allowed & scene.words["home_prepositions"]:
        return None
    stop = at + 1
    while stop < len(notes) and notes.pos[stop] in ("DET", "ADJ", "ADV") and stop - at <= _ADJECTIVES:
        stop += 1
    return next((n for n in names.between(at + 1, stop) if n.first > at and n.kind != "person"), None)


def _straddles(name: Draft, hit: Hit) -> bool:
    """Whether a name only shares its end with the role noun: the paper The National with a national council."""
    return name.sector == "JRN" and name.first < hit.first <= name.last < hit.last


def _inside(name: Draft, role: Role) -> bool:
    return role.hit.first <= name.first and name.last <= role.hit.last and name.entry is not None and name.sector != "JRN"


def is_foreign(scene: Scene, name: Draft) -> bool:
    """Whether the name only tells on which side others are: US-backed, pro-Russian."""
    notes = scene.notes
    after, before = name.last + 1, name.first - 1
    tail = notes.text[name.end : notes.end[name.last]]
    if tail.startswith("-"):
        return tail[1:].lower() not in scene.words["own_participles"]
    if after + 1 < len(notes) and notes.word[after] in ("-", "–") and notes.start[after] == notes.end[name.last]:
        return notes.lower[after + 1] not in scene.words["own_participles"]
    head = notes.text[notes.start[name.first] : name.start].lower().rstrip("-")
    if head:
        return head in scene.words["foreign_prefixes"]
    return before > 0 and notes.word[before] == "-" and notes.lower[before - 1] in scene.words["foreign_prefixes"]


def _is_former(scene: Scene, role: Role) -> bool:
    notes, at = scene.notes, role.hit.first
    prefixed = at > 1 and notes.word[at - 1] in ("-", "–") and notes.lower[at - 2] in scene.words["former"]  # "the ex-chancellor"
    return prefixed or any(notes.lower[t] in scene.words["former"] for t in range(role.left, at)) or _elect(scene, role)


def _elect(scene: Scene, role: Role) -> bool:
    """President-elect: not yet in office."""
    notes, after = scene.notes, role.hit.last + 2
    return after < len(notes) and notes.word[after - 1] == "-" and notes.lower[after] in scene.words["elect"]


def second(scene: Scene, role: Role, first: Draft, names: Shelf) -> Draft | None:
    """The other mention of "Russian and Chinese officials": that of the second adjective, which is its head."""
    owner = role.owner
    if owner is None or not _is_party(owner) or not first.plural:
        return None
    notes = scene.notes
    found = (n for n in names.between(role.left, owner.first) if role.left <= n.first < owner.first and _is_party(n))
    other = next((n for n in found if n.country not in (None, owner.country) and _coordinated(scene, n, owner)), None)
    if other is None:
        return None
    draft = Draft(owner.first, first.last, owner.start, first.end, owner.head, first.kind, first.name, owner.country, first.sector, first.how, first.rule,
                  role=first.role, plural=True)
    first.country = other.country
    if first.sector == "IGO" and other.kind == "country":
        first.sector = role.entry.sector or "GOV"
    draft.name = notes.text[draft.start : draft.end]
    return draft


def _is_party(name: Draft) -> bool:
    """Whether it is a state or a body of states: "UK and EU negotiators"."""
    return name.kind == "country" or (name.country or "").startswith("IGO:")


def _coordinated(scene: Scene, one: Draft, two: Draft) -> bool:
    between = scene.notes.lower[one.last + 1 : two.first]
    return bool(between) and set(between) <= {"and", ",", "or", "both"}


def is_weak(scene: Scene, noun: str) -> bool:
    """Whether the role noun alone says too little: state, side, unit."""
    return noun in scene.words["weak_nouns"] or noun.removesuffix("s") in scene.words["weak_nouns"]


def is_thing(scene: Scene, noun: str) -> bool:
    """Whether the noun is a weapon, vehicle or building, an actor only through its owner."""
    return noun in scene.words["things"] or noun.removesuffix("s") in scene.words["things"]


def described(scene: Scene, role: Role) -> Draft:
    """The draft of a role phrase without a named bearer."""
    notes = scene.notes
    first = role.left if role.left <= role.hit.first else role.hit.first
    while first < role.hit.first and notes.pos[first] in ("PUNCT", "ADV", "PRON"):
        first += 1
    last = max(role.hit.last, role.head)
    plural = notes.tag[role.head] in ("NNS", "NNPS")
    kind = "group" if plural else "organisation" if role.entry.role == "body" else "role"
    begin = first + (notes.pos[first] == "DET" and first < last)
    name = notes.text[notes.start[begin] : notes.end[last]]
    return Draft(first, last, notes.start[first], notes.end[last], role.head, kind, None if not role.country else name, role.country, role.sector, role.how,
                 role.entry.rule, role=role.entry.form, plural=plural)
