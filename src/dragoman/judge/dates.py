"""When an event happened: the time expression that governs it, else the same happening dated elsewhere in the article.

An event without a date of its own keeps none: the day of publication is no evidence. `date_how` is `publication` where the words count
from the day of publication ("last week"), else `text`; the rule in `why` says by which step the date came. Word lists: `event_dates` in
`codebooks/times.yaml`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from dragoman.annotate.columns import Annotations
from dragoman.codebook import BUILT_IN, LINE, read_yaml
from dragoman.extract.calendar import Point, bounds, parse, shift, spell
from dragoman.extract.times import interval, iso
from dragoman.records import Event, Evidence, Mention, Timex

VERSION = "1"
_CLAUSE_ENDS = ("ccomp", "advcl", "relcl", "conj", "ROOT", "parataxis")
_VERBAL = ("VERB", "AUX")
_NOMINAL = ("NOUN", "PROPN")
_STRETCH = re.compile(r"P(\d+)([DWMY])")
# Two words of so many equal first letters are forms of one word ("launch", "launched"; "meet", "meeting").
_STEM = 4
# Within so many sentences a definite noun takes up the last happening of its kind.
_NEAR = 4
# The first sentences of a report, headline and captions included, where its main happening stands.
_LEAD = 8
# What a report tells as going on is of the day of its lead, if that is so near to publication (days).
_FRESH = 2


class Date(NamedTuple):
    """A date of the reading, what it counts from, and the reasons."""

    value: str | None
    how: str | None
    why: tuple[Evidence, ...]


NO_DATE = Date(None, None, ())


class When(NamedTuple):
    """A stretch of the calendar over the tokens `first` to `last`: one time expression, or the two ends of a range. It hangs on the sentence by the token `at`."""

    first: int
    last: int
    at: int
    value: str
    how: str
    rule: str


@lru_cache(maxsize=4)
def date_words(folder: Path = BUILT_IN) -> dict[str, frozenset[str]]:
    """The lists under `event_dates` in `times.yaml` of a codebook folder."""
    return {name: frozenset(map(str, words)) for name, words in read_yaml(folder / "times.yaml")["event_dates"].items() if name != LINE}


@dataclass(frozen=True)
class Calendar:
    """The stretches of the calendar that an article names, and how to find the one that governs an event.

    `light` are verbs that only carry an event noun ("held talks on Monday").
    """

    notes: Annotations
    whens: tuple[When, ...]
    published: str | None
    light: frozenset[str]
    words: dict[str, frozenset[str]]

    @classmethod
    def of(cls, notes: Annotations, timexes: Sequence[Timex], published: str | None, light: frozenset[str], folder: Path = BUILT_IN) -> Calendar:
        """The calendar of an article published on a day."""
        words = date_words(folder)
        return cls(notes, tuple(_whens(notes, timexes, published, words)), published, light, words)

    def governing(self, event: Event, actual: bool, verbs: frozenset[int]) -> Date:
        """The date that governs an event: the nearest stretch of its own clause, else of the clause that it hangs on.

        Args:
            event: the event.
            actual: whether it happened; what is only wanted or threatened does not happen when the threat is made.
            verbs: the words of all events: a stretch after an object belongs to it if its verb is none of them ("confirmed the test on Friday").
        """
        notes, sentence = self.notes, self.notes.sentence_of[event.head]
        here = [when for when in self.whens if notes.sentence_of[when.last] == sentence and not self._limits(when, event)]
        for roots in self._levels(event.head, actual) if here else ():
            if found := self._nearest(here, roots):
                return found
        over = notes.head[event.head]
        if notes.dep[event.head] != "dobj" or notes.pos[event.head] not in _NOMINAL or over in verbs:
            return NO_DATE
        return self._nearest([when for when in here if when.first > event.head], {over}) or NO_DATE

    def _nearest(self, here: Sequence[When], roots: set[int]) -> Date | None:
        near = [(steps, when.first, when) for when in here if (steps := self._steps(roots, when)) is not None and not (when.rule == "dates.since" and self._ranked(roots))]
        return self._date(min(near, key=lambda item: item[:2])[2], roots) if near else None

    def _ranked(self, roots: set[int]) -> bool:
        """*the first visit since 2006*: that is not when it began."""
        notes = self.notes
        beside = {child for root in roots for part in (root, *notes.having(root, "appos")) for child in notes.children[part]}
        return any(notes.lower[child] in self.words["ranking"] or notes.tag[child] == "JJS" for child in beside)

    def _date(self, when: When, roots: set[int]) -> Date:
        """The date of a stretch; "since his election in 2016" begins there and lasts until publication."""
        notes, value, rule = self.notes, when.value, when.rule
        path = itertools.takewhile(lambda token: token not in roots, notes.ancestors(when.at))
        since = any(not self.words["since"].isdisjoint(notes.lower[t] for t in (token, *notes.having(token, "mark"))) for token in path)
        if self.published and rule != "dates.since" and value[:4] <= self.published[:4] and since:
            value, rule = f"{value.partition('/')[0]}/{self.published}", "dates.since"
        span = notes.span(when.first, when.last)
        return Date(value, when.how, (Evidence("date", rule, span.start, span.end),))

    def _levels(self, head: int, actual: bool) -> Iterator[set[int]]:
        """The event's word, with the verb that carries it; then the clauses above that share their time with it."""
        notes = self.notes
        roots = {head, *verb_over(notes, head, self.light)}
        yield roots
        if self._ongoing(head):
            return
        yield {child for child in notes.having(head, "conj") if notes.pos[child] in _VERBAL and notes.child(child, "nsubj", "nsubjpass") is None}
        node = min(roots, key=lambda token: (notes.pos[token] not in _VERBAL, token))
        for _ in range(len(notes.sentence(head))):
            above = notes.head[node]
            if notes.dep[node] == "pobj" and notes.lower[above] in self.words["during"]:
                node = notes.head[above]
            elif notes.dep[node] in ("advcl", "conj", "xcomp")[: 3 if actual else 2] and above != node:
                node = above
            else:
                return
            yield {node}

    def _ongoing(self, head: int) -> bool:
        """*his current trip*: the date of the clause is not its own."""
        return any(self.notes.lower[child] in self.words["ongoing"] for child in self.notes.children[head])

    def _steps(self, roots: set[int], when: When) -> int | None:
        """Steps in the tree from a stretch up to one of the words, if it belongs to their clause."""
        notes, steps, nouns = self.notes, 0, 0
        for above in (when.at, *notes.ancestors(when.at)):
            if above in roots:
                return steps
            ends = notes.dep[above] in _CLAUSE_ENDS and notes.pos[above] in _VERBAL and not self._open(above, when)
            if ends or (nouns > 1 and notes.dep[above] == "prep" and notes.lower[above] in self.words["apart"]):
                return None
            nouns += notes.pos[above] in (*_NOMINAL, "NUM")
            steps += 1
        return None

    def _open(self, clause: int, when: When) -> bool:
        """Whether the stretch of a clause is also that of the clause above: "fought to free the town since May", "held since troops moved in on Tuesday"."""
        notes = self.notes
        begun = notes.dep[clause] == "advcl" and any(notes.lower[mark] in self.words["since"] for mark in notes.having(clause, "mark"))
        return begun or (when.rule == "dates.since" and notes.tag[clause] == "VB")

    def _limits(self, when: When, event: Event) -> bool:
        """Whether the day is that of a deadline, or by when something is demanded, promised or threatened: not when the words were spoken."""
        notes = self.notes
        if any(notes.lemma[above] in self.words["limits"] for above in notes.ancestors(when.last)):
            return True
        before = notes.lower[when.first - 1] if when.first else ""
        return event.type in self.words["verbal"] and before in self.words["until"] and notes.lemma[event.head] not in self.words["limits"]


def verb_over(notes: Annotations, head: int, light: frozenset[str]) -> set[int]:
    """For an event noun that is subject of a verb or object of a light one, the verb: *the attack came on Monday*, *held talks on Monday*, *is on a visit this week*."""
    verb = notes.head[head]
    if notes.pos[head] not in _NOMINAL:
        return set()
    if notes.dep[head] == "pobj" and notes.lower[verb] in ("on", "under", "in") and notes.lemma[notes.head[verb]] == "be":
        return {notes.head[verb]}
    carried = notes.dep[head] in ("nsubj", "nsubjpass") or (notes.dep[head] == "dobj" and notes.lemma[verb] in light)
    return {verb} if carried and notes.pos[verb] in _VERBAL else set()


# --- stretches of the calendar ---
def _whens(notes: Annotations, timexes: Sequence[Timex], published: str | None, words: dict[str, frozenset[str]]) -> Iterator[When]:
    skip = -1
    for at, timex in enumerate(timexes):
        if at == skip:
            continue
        after = timexes[at + 1] if at + 1 < len(timexes) else None
        if after is not None and (joined := _range(notes, timex, after, words, published)):
            skip = at + 1
            yield joined
        elif single := _single(notes, timex, timexes, words, published):
            yield single


def _single(notes: Annotations, timex: Timex, timexes: Sequence[Timex], words: dict[str, frozenset[str]], published: str | None) -> When | None:
    before = notes.lower[timex.first - 1] if timex.first else ""
    found = timex.span.surface.lower().split()
    how = "publication" if published and not words["relative"].isdisjoint(found) else "text"
    length = stretch(timex)
    if length and published:
        return _counted(notes, timex, timexes, length, (before, found, published, words))
    value = iso(timex.value) if timex.type in ("DATE", "TIME") else None
    if value is None:
        return None
    if before in words["since"] and published and value[:4] <= published[:4]:
        return When(timex.first, timex.last, timex.last, f"{value.partition('/')[0]}/{published}", how, "dates.since")
    return When(timex.first, timex.last, timex.last, value, how, timex.rule)


def stretch(timex: Timex) -> tuple[int, str] | None:
    """Length and unit of a stretch of time; "the past week" is one, though it names a week of the calendar."""
    match = _STRETCH.fullmatch(timex.value or "") if timex.type == "DURATION" else None
    if match:
        return int(match[1]), match[2]
    point = parse(timex.value) if re.search(r"\bpast\b", timex.span.surface.lower()) else None
    return (1, point.unit) if point is not None and point.unit in "WMY" else None


def _counted(
    notes: Annotations, timex: Timex, timexes: Sequence[Timex], length: tuple[int, str], around: tuple[str, list[str], str, dict[str, frozenset[str]]]
) -> When | None:
    """Such as "over the past week", "within a month", "22 days after the vote of May 3", "it is 56 days since"."""
    before, found, published, words = around
    after = notes.lower[timex.last + 1] if timex.last + 1 < len(notes) else ""
    today, verb = parse(published), notes.head[timex.last]
    if after in words["since"] and notes.lemma[verb] == "be" and (day := _moved(today, -length[0], length[1])):
        below = notes.child(timex.last + 1, "pobj", "pcomp")
        return When(timex.first, timex.last, notes.head[timex.last + 1] if below is None else below, day, "publication", "dates.days-since")
    if not words["past"].isdisjoint(found) and before not in words["for"]:
        return _between(timex, _moved(today, -length[0], length[1]), published, "dates.past-stretch")
    if before == "within" and after not in words["order"]:
        return _between(timex, published, _moved(today, length[0], length[1]), "dates.within")
    if after in words["order"] and (anchor := _anchor(notes, timex, timexes)) is not None:
        day = _moved(anchor, length[0] * (1 if after == "after" else -1), length[1])
        clause = notes.head[timex.last + 1]
        at = notes.head[clause] if notes.dep[timex.last + 1] == "mark" and notes.dep[clause] == "advcl" else timex.last
        return When(timex.first, timex.last, at, day, "text", "dates.counted") if day else None
    return None


def _between(timex: Timex, first: str | None, last: str | None, rule: str) -> When | None:
    return When(timex.first, timex.last, timex.last, f"{first}/{last}", "publication", rule) if first and last else None


def _moved(point: Point | None, count: int, unit: str) -> str | None:
    moved = shift(point, count, unit) if point is not None and abs(count) < 1000 else None
    return spell(moved) if moved is not None and bounds(moved) else None


def _anchor(notes: Annotations, timex: Timex, timexes: Sequence[Timex]) -> Point | None:
    """The day named after "after" or "before" in the sentence."""
    later = (t for t in timexes if t.first > timex.last and notes.sentence_of[t.first] == notes.sentence_of[timex.last])
    point = parse(next((t.value for t in later if t.type == "DATE" and t.value), None))
    return point if point is not None and point.unit == "D" else None


def _range(notes: Annotations, left: Timex, right: Timex, words: dict[str, frozenset[str]], published: str | None) -> When | None:
    """Such as "from March to May", "between 2009 and 2013", "1950-53", "in October or November"."""
    between = " ".join(notes.lower[left.last + 1 : right.first]) if left.last < right.first else notes.text[left.span.end : right.span.start]
    before = notes.lower[left.first - 1] if left.first else ""
    ends = _ends(left), _ends(right)
    if between not in words["joins"] or ends[0] is None or ends[1] is None or len(ends[0][0]) != len(ends[1][0]) or not ends[0][1] <= ends[1][1]:
        return None
    if between in ("and", "to") and before not in words["opens"]:
        return None
    relative = {word for timex in (left, right) for word in timex.span.surface.lower().split()}
    how = "publication" if published and not words["relative"].isdisjoint(relative) else "text"
    return When(left.first, right.last, right.last, f"{ends[0][0]}/{ends[1][0]}", how, "dates.range")


def _ends(timex: Timex) -> tuple[str, str] | None:
    """Value and first day of a date that is one unit of the calendar."""
    value = iso(timex.value) if timex.type in ("DATE", "TIME") and timex.value else None
    limits = interval(timex.value) if value and timex.value and "/" not in value else None
    return (value, limits[0].isoformat()) if value and limits else None


# --- the same happening elsewhere in the article ---
def spread(notes: Annotations, events: Sequence[Event], mentions: Sequence[Mention], published: str | None, folder: Path = BUILT_IN) -> tuple[Event, ...]:
    """The events, those without a date having that of the same happening: same type, no side against the other, and a word that points back to it.

    What a report tells as going on has the day of its lead.

    *Rebels attacked the port on Monday ... The attack ...*: the second is of Monday. "Another attack" and "attacks" point to nothing.
    """
    words = date_words(folder)
    told = _Told(notes, words, frozenset(mention.entity for mention in mentions if mention.kind == "person"))
    found = list(events)
    for at in sorted(range(len(found)), key=lambda at: found[at].trigger.start):
        event = found[at]
        if not event.date and event.factuality == "actual" and (other := told.same(event, found)) is not None:
            why = Evidence("date", "dates.same-happening", other.trigger.start, other.trigger.end)
            found[at] = replace(event, date=other.date, date_how=other.date_how, why=(*event.why, why))
    lead = _lead(notes, found, published)
    return tuple(_under_way(notes, event, lead, words) if lead else event for event in found)


def _lead(notes: Annotations, events: Sequence[Event], published: str | None) -> Event | None:
    """The first event of a report that has a day, if it is the day of publication or just before."""
    first = next((e for e in events if e.date and e.factuality == "actual" and notes.sentence_of[e.head] < _LEAD), None)
    told, today = parse(first.date) if first else None, parse(published)
    fresh = told is not None and today is not None and told.unit == today.unit == "D" and 0 <= today.index - told.index <= _FRESH
    return first if fresh else None


def _under_way(notes: Annotations, event: Event, lead: Event, words: dict[str, frozenset[str]]) -> Event:
    """*Envoys were meeting on the crisis*, *troops remained in the streets*: what the report itself tells as going on, in its main clause."""
    head = event.head
    if event.date or event.factuality != "actual" or event.voice is not None or notes.dep[head] not in ("ROOT", "conj") or head == lead.head:
        return event
    helped = any(notes.lemma[child] == "be" and notes.tag[child] in ("VBD", "VBZ", "VBP") for child in notes.having(head, "aux"))
    if not (notes.tag[head] == "VBG" and helped) and not (notes.lemma[head] in words["lasts"] and notes.tag[head] in ("VBD", "VBZ", "VBP")):
        return event
    why = Evidence("date", "dates.under-way", lead.trigger.start, lead.trigger.end)
    return replace(event, date=lead.date, date_how=lead.date_how, why=(*event.why, why))


@dataclass(frozen=True)
class _Told:
    """What was told before: finds the dated event that another one takes up. `persons` are the entities that are persons."""

    notes: Annotations
    words: dict[str, frozenset[str]]
    persons: frozenset[int]

    def same(self, event: Event, events: Sequence[Event]) -> Event | None:
        """The dated event that this one takes up: for a noun the last one before it if that is near, else that of the lead; else the only one there is."""
        fitting = [other for other in events if other is not event and self._fits(event, other)]
        before = [other for other in fitting if other.trigger.start < event.trigger.start]
        noun = self.notes.pos[event.head] in _NOMINAL
        if noun and before and (self._sentences(before[-1], event) <= _NEAR or len({other.date for other in before}) == 1):
            return before[-1]
        if noun and (lead := next((other for other in before if self.notes.sentence_of[other.head] < _LEAD), None)):
            return lead
        only = fitting[0] if fitting and len({other.date for other in fitting}) == 1 else None
        told_later = only is not None and not before
        return None if only is None or (told_later and not noun and len(only.date or "") < len("YYYY-MM-DD")) else only

    def _sentences(self, first: Event, second: Event) -> int:
        return self.notes.sentence_of[second.head] - self.notes.sentence_of[first.head]

    def _fits(self, event: Event, other: Event) -> bool:
        if other.type != event.type or not other.date or other.factuality != "actual" or not self._agree(event, other):
            return False
        wide = any(why.rule in ("dates.range", "dates.past-stretch", "dates.since") for why in other.why if why.field == "date")
        return not wide and self._takes_up(event, other)

    def _agree(self, event: Event, other: Event) -> bool:
        """Whether the known sides of both can be the same."""
        people = [{p.entity for p in e.actors if p.entity in self.persons} for e in (event, other)]
        if people[0] and people[1] and people[0].isdisjoint(people[1]):
            return False
        actors, recipients = ([{p.country for p in getattr(e, role) if p.country} for e in (event, other)] for role in ("actors", "recipients"))
        if event.type in ("CONSULT", "AGREE"):
            mine, theirs = actors[0] | recipients[0], actors[1] | recipients[1]
            return mine <= theirs or theirs <= mine
        return all(not mine or not theirs or not mine.isdisjoint(theirs) for mine, theirs in (actors, recipients))

    def _takes_up(self, event: Event, other: Event) -> bool:
        """Whether a noun is definite, or a verb the same as the other's with a side in common."""
        notes, head = self.notes, event.head
        akin = notes.lemma[head][:_STEM] == notes.lemma[other.head][:_STEM]
        if notes.pos[head] in _NOMINAL:
            number = notes.tag[head] == notes.tag[other.head] or notes.tag[other.head] not in ("NN", "NNS") or notes.lower[head] in self.words["uncounted"]
            return self._definite(head) and number and (akin or notes.lemma[head] not in self.words["lasting"])
        if any(self._definite(noun) and notes.lemma[noun][:_STEM] == notes.lemma[other.head][:_STEM] for noun in self._carriers(head)):
            return True
        shared = {p.country for p in (*event.actors, *event.recipients) if p.country} & {p.country for p in (*other.actors, *other.recipients) if p.country}
        same = notes.lemma[head] == notes.lemma[other.head] and notes.pos[other.head] in _VERBAL
        return bool(shared) and same and not any(why.rule == "dates.same-happening" for why in other.why)

    def _carriers(self, verb: int) -> list[int]:
        """Nouns for the happening beside its verb: *the attack killed ten*, *ten died in the attack*."""
        notes = self.notes
        return [t for t in (*notes.having(verb, "nsubj"), *notes.preps(verb, "in", "during", "by")) if notes.pos[t] == "NOUN"]

    def _definite(self, head: int) -> bool:
        notes = self.notes
        subject = notes.child(notes.head[head], "nsubj") if notes.dep[head] == "attr" else None
        if subject is not None and notes.lower[subject] in self.words["pointing"] | {"it"}:
            return True
        before = [child for child in notes.children[head] if child < head]
        if any(notes.lower[child] in self.words["another"] or notes.tag[child] in ("CD", "JJR") or notes.lower[child][0].isdigit() for child in before):
            return False
        return notes.lower[head] in self.words["uncounted"] or any(notes.lower[child] in self.words["pointing"] or notes.dep[child] == "poss" for child in before)
