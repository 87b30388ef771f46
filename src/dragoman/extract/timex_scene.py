"""What surrounds a time expression: the publication day, the last date in the text, whether the text tells a history, and in which direction a bare date lies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from dragoman.annotate.columns import Annotations
from dragoman.codebook import BUILT_IN, LINE, read_yaml
from dragoman.extract.calendar import Point, bounds, spell
from dragoman.extract.timex_rules import Hit

PAST, UNKNOWN, FUTURE = -1, 0, 1
# How much nearer the other side must be to win against tense, and the days within which it cannot (tuned on the TempEval-3 training texts).
_FAR, _NEAR_DAYS = 5, 20


class Found(NamedTuple):
    """What a reading makes of a match: type, value (None: nothing fixes it) and modifier of TIMEX3."""

    type: str
    value: str | None
    mod: str | None = None


@lru_cache(maxsize=4)
def cues(folder: Path = BUILT_IN) -> dict[str, frozenset[str]]:
    """The word lists under `direction` and `words` in `times.yaml`."""
    data = read_yaml(folder / "times.yaml")
    return {name: frozenset(map(str, words)) for part in ("direction", "words") for name, words in data[part].items() if name != LINE}


@dataclass(frozen=True, slots=True)
class Scene:
    """The surroundings of one match.

    Attributes:
        published: the publication day, None if the article came without.
        words: the lists of `cues`.
        history: the text tells of years gone by, so a bare date follows the last date of the text, not the publication.
        period: the last quarter that the text names: "a year earlier" in a report on results is that quarter a year before.
        anchor: the last date read in the text; `anchor_day` the last that was a day; `anchor_at` where it ends.
    """

    notes: Annotations
    published: Point | None
    words: dict[str, frozenset[str]]
    history: bool
    anchor: Point | None = None
    anchor_day: Point | None = None
    anchor_at: int = -1
    period: Point | None = None

    @property
    def base(self) -> Point | None:
        """What relative dates count from: the last date in a history, else the publication day."""
        return (self.anchor or self.published) if self.history else self.published

    @property
    def last(self) -> Point | None:
        """What "the following day" counts from: the last date in the text, else the publication day."""
        return self.anchor or self.published

    def pick(self, hit: Hit, make: Callable[[int], Point | None]) -> Point | None:
        """The year of a date that names none: nearest first, moved by tense and deadline words; in a history the next after the last date.

        Args:
            hit: the match, whose surroundings give the direction.
            make: the point that the date is in a given year, None if that year has none.
        """
        base = self.base
        limits = bounds(base) if base else None
        if base is None or limits is None:
            return None
        years = (limits[0].year,) if self.history and base.unit == "Y" else range(limits[0].year - 1, limits[0].year + 2)
        points = [point for year in years if (point := make(year)) is not None and bounds(point)]
        if self.history:
            return following(points, limits[0])
        return likely(points, limits[0], direction(self, hit))


    def near(self, hit: Hit, points: Sequence[Point]) -> Point | None:
        """The nearest of some days, moved by tense and deadline words."""
        limits = bounds(self.published) if self.published else None
        return likely(points, limits[0], direction(self, hit)) if limits and points else None


def following(points: Iterable[Point], anchor: date) -> Point | None:
    """In a history: the point that fits the telling best: near the last date, rather after than before it."""
    return min(points, key=lambda point: abs(_middle(point) - anchor.toordinal() - 45), default=None)


def nearest(points: Iterable[Point], day: date, way: int) -> Point | None:
    """The nearest of the points to a day on one side of it (the day itself is on both), or on any side."""
    fitting = [p for p in points if (limits := bounds(p)) and (way == UNKNOWN or (limits[0] <= day if way == PAST else limits[1] >= day))]
    return min(fitting, key=lambda point: _gap(point, day), default=None)


def likely(points: Sequence[Point], day: date, way: int) -> Point | None:
    """The nearest on the side that the words point to, unless the other side is nearer by far: nobody writes "in March" of last March in February."""
    there, any_side = nearest(points, day, way), nearest(points, day, UNKNOWN)
    if there is None or any_side is None:
        return any_side
    return any_side if _gap(there, day) > _FAR * (_gap(any_side, day) + _NEAR_DAYS) else there


def _gap(point: Point, day: date) -> float:
    return abs(_middle(point) - day.toordinal())


def _middle(point: Point) -> float:
    first, last = bounds(point) or (date.min, date.min)
    return (first.toordinal() + last.toordinal()) / 2


def dated(kind: str, point: Point | None, mod: str | None = None, tail: str = "") -> Found:
    """A reading of a point; an unresolved one, or one beyond the calendar, has no value."""
    return Found(kind, spell(point) + tail if point and bounds(point) else None, mod)


def direction(scene: Scene, hit: Hit) -> int:
    """PAST, FUTURE or UNKNOWN, by the words around a date: deadline nouns, "by" and "until", the tense of the verb that governs it."""
    tokens = scene.notes.tokens(hit.start, hit.end)
    if not len(tokens):
        return UNKNOWN
    return _direction(scene.notes, tokens[0], tokens[-1], scene.words)


def _direction(notes: Annotations, first: int, last: int, words: dict[str, frozenset[str]]) -> int:
    top = next((t for t in range(first, last + 1) if not first <= notes.head[t] <= last), first)
    chain = [top, *notes.ancestors(top)]
    verb = next((t for t in chain[1:] if notes.pos[t] in ("VERB", "AUX")), None)
    lead = _lead(notes, first, words)
    before = notes.lower[lead] if lead >= 0 else ""
    if before in words["since"]:
        return PAST
    nouns = chain[1 : chain.index(verb)] if verb is not None else chain[1:]
    if any(notes.lemma[t] in words["deadline"] for t in nouns) or (last + 1 < len(notes) and notes.lower[last + 1] in words["deadline"]):
        return FUTURE
    tense = _tense(notes, verb, words) if verb is not None else UNKNOWN
    if verb is not None and before in ("to", "through") and notes.lemma[verb] in words["moves"] and verb in chain[:4]:
        return FUTURE
    if verb is not None and _was_due(notes, verb):
        return PAST
    owns = last + 1 < len(notes) and notes.tag[last + 1] == "POS"
    return _limit(notes, lead, verb, tense) if before in words["until"] and not owns else tense


def _was_due(notes: Annotations, verb: int) -> bool:
    """Such as "had been due to expire on Friday": what was planned once."""
    above = (t for t in (verb, *notes.ancestors(verb)) if notes.pos[t] in ("VERB", "AUX"))
    plan = next((t for t in above if any(notes.lower[child] in ("had", "'d") for child in notes.children[t])), None)
    return plan is not None and any(notes.lower[child] == "been" for child in (plan, *notes.children[plan])) and notes.tag[verb] in ("VB", "VBN", "VBG")


def _lead(notes: Annotations, first: int, words: dict[str, frozenset[str]]) -> int:
    """The word that governs a date, over a clock time or "the end of" before it; -1 if there is none."""
    lead = first - 1
    while lead > max(0, first - 5) and (notes.lower[lead] in words["clock"] or notes.tag[lead] == "CD"):
        lead -= 1
    return lead if lead >= 0 and notes.sentence_of[lead] == notes.sentence_of[first] else -1


def _limit(notes: Annotations, lead: int, verb: int | None, tense: int) -> int:
    """Such as "by" and "until": ahead, unless they open a sentence of the past, stand after "not" or with "had" ("By August, thousands had fled")."""
    opens = lead <= notes.sentence(lead)[0] + 1
    negated = verb is not None and any(notes.dep[child] == "neg" for child in notes.children[verb])
    done = verb is not None and notes.lower[lead] == "by" and any(notes.lower[child] in ("had", "'d") for child in notes.children[verb])
    return tense if tense == PAST and (opens or negated or done) else FUTURE


def _tense(notes: Annotations, verb: int, words: dict[str, frozenset[str]]) -> int:
    helpers = [child for child in notes.children[verb] if notes.dep[child] in ("aux", "auxpass")]
    if any(notes.tag[h] == "MD" and notes.lower[h] in words["modals"] for h in helpers):
        return PAST if any(notes.lemma[h] == "have" for h in helpers) else FUTURE
    if notes.tag[verb] == "VB":
        return _infinitive(notes, verb, words)
    if notes.tag[verb] == "VBD":
        return FUTURE if notes.lemma[verb] in words["schedules"] else PAST
    if notes.tag[verb] == "VBN":
        return _participle(notes, verb, helpers, words)
    if notes.tag[verb] == "VBG":
        return _gerund(notes, verb, helpers, words)
    return FUTURE if notes.lemma[verb] in words["present"] or notes.lemma[verb] in words["planned"] else UNKNOWN


def _infinitive(notes: Annotations, verb: int, words: dict[str, frozenset[str]]) -> int:
    """Such as "to" and a verb lie ahead, unless the governing verb is a past one that says it was done ("managed to", "failed to")."""
    governor = next((t for t in notes.ancestors(verb) if notes.pos[t] in ("VERB", "AUX")), None)
    done = governor is not None and notes.lemma[governor] in words["achieved"] and notes.tag[governor] in ("VBD", "VBN")
    return PAST if done else FUTURE


def _participle(notes: Annotations, verb: int, helpers: list[int], words: dict[str, frozenset[str]]) -> int:
    planned = notes.lemma[verb] in words["planned"]
    if any(notes.lemma[h] == "have" for h in helpers):
        return FUTURE if notes.lemma[verb] in words["schedules"] else PAST
    if any(notes.tag[h] == "VBD" for h in helpers):
        return FUTURE if planned and notes.lemma[verb] not in words["happened"] - {"set"} else PAST
    if not helpers and notes.lemma[verb] in words["happened"]:
        return FUTURE if notes.lemma[verb] == "set" and any(notes.lower[c] == "for" for c in notes.children[verb]) else PAST
    return FUTURE if planned or any(notes.tag[h] in ("VBZ", "VBP") for h in helpers) else PAST


def _gerund(notes: Annotations, verb: int, helpers: list[int], words: dict[str, frozenset[str]]) -> int:
    if any(notes.tag[h] in ("VBZ", "VBP") for h in helpers):
        return FUTURE
    if helpers:
        return PAST
    governor = next((t for t in notes.ancestors(verb) if notes.pos[t] in ("VERB", "AUX")), None)
    return _tense(notes, governor, words) if governor is not None and notes.tag[governor] != "VBG" else UNKNOWN
