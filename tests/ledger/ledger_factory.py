"""Articles, parses and readings made by hand: small, whole, and without a parser."""

from __future__ import annotations

import re
from itertools import pairwise

from dragoman.annotate.columns import Annotations
from dragoman.ledger.entries import Entry, StageOutput
from dragoman.records import (
    Article,
    Claim,
    Commitment,
    Event,
    Evidence,
    Figure,
    Forecast,
    Issue,
    Mention,
    Observation,
    Participant,
    Place,
    Reading,
    Span,
    Timex,
    Toponym,
    content_id,
)

CODER, RECODER = "dragoman/0.1.0+aaaaaaaaaaaa", "dragoman/0.1.0+bbbbbbbbbbbb"
TEXT = ("Alvania shelled the Borduran port of Kesh on 3 May 2031, a witness said. "
        "“We will answer by June 1,” the Bordurian envoy warned. Some 45 people were hurt.")


def article(text: str = TEXT, **fields: str | None) -> Article:
    return Article(**{"id": content_id(text), "text": text, "date": "2031-05-04", "title": "Port shelled", "outlet": "Test Wire", **fields})  # type: ignore[arg-type]


def notes(text: str = TEXT) -> Annotations:
    """Words and signs as tokens; a sentence ends at a full stop."""
    tokens = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    stops = [n + 1 for n, (start, end) in enumerate(tokens) if text[start:end] == "."]
    bounds = sorted({0, *stops, len(tokens)})
    sentences = tuple(pairwise(bounds))
    head = tuple(first for first, stop in sentences for _ in range(first, stop))
    size = len(tokens)
    blank = ("",) * size
    lemma = tuple(text[start:end].lower().removesuffix("ed") for start, end in tokens)
    return Annotations(text, tuple(s for s, _ in tokens), tuple(e for _, e in tokens), lemma, ("NN",) * size, ("NOUN",) * size, ("dep",) * size, head, blank,
                       (False,) * size, sentences, ((0, size),) if size else ())


def span(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part), part)


def event(of: Article, factuality: str = "actual", trigger: str = "shelled", kind: str = "ASSAULT") -> Event:
    at = span(of.text, trigger)
    actor = Participant(span(of.text, "Alvania"), "Alvania", "ALV", "MIL", "name", 1)
    recipient = Participant(span(of.text, "Borduran"), "Borduria", "BOR", None, "name", 2)
    place = Place(span(of.text, "Kesh"), "Kesh", "BOR", 41.5, 20.25, 123, "city")
    why = (Evidence("type", f"plover.{kind}.shell", at.start, at.end), Evidence("place", "place.object", place.span.start, place.span.end),
           Evidence("factuality", "factuality.default"))
    return Event(content_id(of.sha256, kind, at.start), at, kind, "airstrike", ("military", "territory"), "190", "material conflict", -9.0, (actor,), (recipient,),
                 factuality, "2031-05-03", "text", place, span(of.text, "a witness"), 0.75, 1, why)


def reading(of: Article, coder: str = CODER, events: tuple[Event, ...] | None = None, issues: tuple[Issue, ...] = ()) -> Reading:
    """A reading with a row for every table."""
    text = of.text
    envoy = Mention(span(text, "the Bordurian envoy"), "role", None, "BOR", "GOV", "description", 2, 20, 22, 22, "actors.role")
    said = Claim(0, envoy.span, span(text, "warned"), (span(text, "We will answer by June 1"),), "direct", "commitment", "threat", None, 0, 23,
                 (Evidence("kind", "attribution.warn", *_ends(text, "warned")),), Forecast("ALV", "2031-06-01", "will", 0.8, 0.95))
    due = Commitment("BOR", "BOR", span(text, "answer"), "2031-06-01", span(text, "June 1"), "set", None, None, (Evidence("due", "commitments.by"),))
    hurt = Figure(span(text, "Some 45 people"), 45.0, None, None, "person", True, "~", "people", None, "figures.count")
    days = Timex(span(text, "3 May 2031"), "DATE", "2031-05-03", None, 8, 10, "times.day")
    kesh = Toponym(span(text, "Kesh"), "literal", "Kesh", "BOR", 41.5, 20.25, 123, "city", 6, 6)
    seen = Observation(span(text, "a witness"), span(text, "envoy"), "Ada Kesh", "envoy", "BOR", "GOV", "current", "description", "actors.observations:title")
    advert = (Evidence("furniture", "boilerplate.advert", *_ends(text, "a witness")),)
    return Reading(of, coder, (), (event(of),) if events is None else events, (said,), (due,), (hurt,), (days,), (kesh,), (envoy,), issues, (seen,), furniture=advert)


def entry(of: Article | None = None, coder: str = CODER, **parts: object) -> Entry:
    of = of or article()
    outputs = (StageOutput(of.id, "code", f"key of {coder}", "hash", b"payload"),)
    return Entry(reading(of, coder, **parts), notes(of.text), outputs)  # type: ignore[arg-type]


def many(count: int, first: int = 0) -> list[Entry]:
    """Entries whose texts differ."""
    return [entry(article(f"{TEXT} Report {number}.")) for number in range(first, first + count)]


def _ends(text: str, part: str) -> tuple[int, int]:
    found = span(text, part)
    return found.start, found.end
