"""Who is seen in which office: persons of an article with the office that the text itself gives them.

"Foreign Minister X", "X, the country's foreign minister", "X is the new foreign minister", "X was appointed foreign minister": each is one
observation with the state, and whether the person holds the office, held it, acts in it or is to take it. What the tables of actors say
about the person is left out of it, so that an observation can be held against them (`link.roster`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.annotate.columns import Annotations
from dragoman.extract.drafts import left_edge
from dragoman.extract.entry import LEARNT
from dragoman.extract.offices import OfficeBook
from dragoman.extract.roster import Hit, Roster, state_in
from dragoman.records import Article, Mention, Observation

VERSION = "1"
_INSIDE = ("compound", "nmod", "amod")
# "The foreign minister from 2017 to 2021": days of its own.
_SPANS = ("from", "until", "till", "between", "during", "under", "since")
_STATUS = ("former", "late", "elect", "candidate", "acting")
_RULES = {"title": "actors.observations:title", "apposition": "actors.observations:apposition", "predicate": "actors.observations:predicate",
          "appointment": "actors.observations:appointment"}


def read(article: Article, notes: Annotations, mentions: Sequence[Mention], roster: Roster) -> tuple[Observation, ...]:
    """All observations in text order.

    Args:
        article: the text; without a date it teaches nothing.
        notes: its annotations.
        mentions: its persons.
        roster: names of states, role nouns and the words around offices.
    """
    persons = [m for m in mentions if m.kind == "person" and m.name and " " in m.name]
    if article.date is None or not persons:
        return ()
    by_token = {token: m for m in persons for token in range(m.first, m.last + 1)}
    found = (_seen(notes, hit, by_token, roster) for hit in roster.titles(notes) if hit.entries[0].role == "title")
    return tuple(sorted((seen for seen in found if seen), key=lambda seen: seen.span.start))


def _seen(notes: Annotations, hit: Hit, persons: dict[int, Mention], roster: Roster) -> Observation | None:
    """The observation that a role noun makes; None where nobody bears it."""
    head = next((t for t in range(hit.last, hit.first - 1, -1) if not hit.first <= notes.head[t] <= hit.last or notes.head[t] == t), hit.last)
    if notes.tag[head] in ("NNS", "NNPS"):
        return None
    bearer, way = _bearer(notes, hit, head, persons, roster)
    if bearer is None or bearer.name is None:
        return None
    left = _left(notes, hit, head, bearer)
    status = _status(notes, left, hit, roster)
    if status is None:
        return None
    state = _state(notes, hit, left, bearer, roster)
    if state is None:
        return None
    country, how = state
    book = roster.tenures.book
    words, status = _plain(hit.entries[0].form.lower(), status, book)
    office = book.meant(words, country or "")
    description = notes.chars(notes.start[hit.first], notes.end[hit.last])
    return Observation(bearer.span, description, bearer.name, office.name if office else words, country, hit.entries[0].sector, status, how, _RULES[way])


def _plain(words: str, status: str, book: OfficeBook) -> tuple[str, str]:
    """The office without what its own words say about whose turn it is: president-elect, presidential candidate."""
    base, sign, end = words.rpartition("-")
    if sign and end in book.modifiers["elect"]:
        return base, "elect"
    return words, "candidate" if words in book.modifiers["candidate"] else status


def _bearer(notes: Annotations, hit: Hit, head: int, persons: dict[int, Mention], roster: Roster) -> tuple[Mention | None, str]:
    """Whose office it is, and by which construction."""
    after = hit.last + 1
    after += 2 if after + 1 < len(notes) and notes.word[after] in ("-", "–") and notes.lower[after + 1] in roster.tenures.book.modifiers["elect"] else 0
    right = persons.get(after)
    if right and right.first == after and _same_sentence(notes, head, after):
        return right, "title"
    if notes.dep[head] == "appos" and (bearer := persons.get(notes.head[head])):
        return bearer, "apposition"
    for token in notes.having(head, "appos"):
        if bearer := persons.get(token):
            return bearer, "apposition"
    return _by_verb(notes, head, persons, roster)


def _by_verb(notes: Annotations, head: int, persons: dict[int, Mention], roster: Roster) -> tuple[Mention | None, str]:
    """The subject of "is", "became" or "was appointed", the object of "appointed"."""
    top = notes.head[head]
    verb = notes.head[top] if notes.dep[head] == "pobj" and notes.lower[top] == "as" else top
    if notes.pos[verb] not in ("VERB", "AUX") or not _is_fact(notes, verb):
        return None, ""
    direct = notes.dep[head] == "attr" and top == verb
    if direct and notes.lemma[verb] in ("be", "remain") and notes.tag[verb] in ("VBZ", "VBP"):
        return _first(persons, notes.having(verb, "nsubj")), "predicate"
    if direct and notes.lemma[verb] == "become" and notes.tag[verb] in ("VBD", "VBN"):
        return _first(persons, notes.having(verb, "nsubj")), "appointment"
    if notes.lemma[verb] in roster.tenures.book.appointing and notes.dep[head] in ("oprd", "pobj", "dobj", "attr") and notes.tag[verb] in ("VBD", "VBN"):
        passive = notes.child(verb, "nsubjpass", "auxpass") is not None
        deps = ("nsubjpass", "nsubj") if passive else ("dobj",)
        return _first(persons, [t for t in notes.having(verb, *deps) if t != head]), "appointment"
    return None, ""


def _first(persons: dict[int, Mention], tokens: Iterable[int]) -> Mention | None:
    return next((persons[token] for token in tokens if token in persons), None)


def _is_fact(notes: Annotations, verb: int) -> bool:
    """Whether the clause says that it is so: no negation, modal, question or condition."""
    around = {verb, *notes.children[verb]}
    return not any(notes.dep[t] == "neg" or notes.tag[t] == "MD" or notes.lower[t] in ("if", "whether", "to") for t in around if t != verb)


def _same_sentence(notes: Annotations, one: int, other: int) -> bool:
    return notes.sentence_of[one] == notes.sentence_of[other]


def _left(notes: Annotations, hit: Hit, head: int, bearer: Mention) -> int:
    """Where the words before the office begin: its own modifiers, or those of the name that it stands before."""
    left = min(left_edge(notes, head), hit.first)
    if bearer.first > hit.last and notes.dep[head] in _INSIDE:
        left = min(left, left_edge(notes, notes.head[head]))
    return left


def _status(notes: Annotations, left: int, hit: Hit, roster: Roster) -> str | None:
    """Current, acting, former, elect or candidate; None where it is another's office (a deputy's) or another time's (then)."""
    modifiers = roster.tenures.book.modifiers
    before = set(notes.lower[left : hit.first]) | {part for word in notes.lower[left : hit.first] for part in word.split("-")}
    behind = set(notes.lower[hit.last + 1 : hit.last + 3])
    if before & modifiers["deputy"] or before & modifiers["other_time"]:
        return None
    if any(notes.dep[t] == "prep" and notes.lower[t] in _SPANS for t in notes.children[hit.last]):
        return None
    if behind & modifiers["candidate"] or (notes.word[hit.last + 1 : hit.last + 2] in (("-",), ("–",)) and behind & modifiers["elect"]):
        return "candidate" if behind & modifiers["candidate"] else "elect"
    return next((kind if kind != "late" else "former" for kind in _STATUS if before & modifiers[kind]), "current")


def _state(notes: Annotations, hit: Hit, left: int, bearer: Mention, roster: Roster) -> tuple[str | None, str | None] | None:
    """Whose office it is, by the phrase itself, else by what is known of the person, and how that is known; None where a body that is no state has it."""
    before = list(range(left, hit.first))
    found = state_in([notes.word[token] for token in before], roster)
    if found:
        del before[found[0] : found[1]]
    known = frozenset(word for words in roster.tenures.book.modifiers.values() for word in words)
    if any(notes.pos[t] == "PROPN" and notes.lower[t] not in known and not bearer.first <= t <= bearer.last for t in before):
        return None
    if found:
        return found[2], "description"
    objects = notes.preps(hit.last, "of", "at", "for")
    for token in objects:
        if behind := state_in([notes.word[t] for t in range(left_edge(notes, token), token + 1)], roster):
            return behind[2], "description"
    if objects:
        return None
    how = "learnt" if bearer.rule.startswith(LEARNT) else bearer.how
    return bearer.country, how if bearer.country else None
