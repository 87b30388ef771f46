"""The reading of one article as JSON: the contract of `dragoman annotate` (docs/reading.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from dragoman.records import Claim, Commitment, Event, Evidence, Figure, Forecast, Mention, Participant, Place, Reading, Span, Timex, Toponym

Json = dict[str, Any]


def to_json(reading: Reading) -> Json:
    """The reading as one JSON object; every field is present, unknown ones are null."""
    mentions = reading.mentions
    return {
        "id": reading.article.id, "sha256": reading.article.sha256, "coder": reading.coder, "topics": list(reading.topics),
        "events": _each(event, reading.events), "claims": [claim(item, mentions) for item in reading.claims],
        "commitments": _each(commitment, reading.commitments), "figures": _each(figure, reading.figures), "timexes": _each(timex, reading.timexes),
        "toponyms": _each(toponym, reading.toponyms), "mentions": _each(mention, mentions),
        "furniture": [{"start": mark.start, "end": mark.end, "surface": reading.article.text[mark.start : mark.end], "rule": mark.rule} for mark in reading.furniture],
    }  # fmt: skip


def _each(write: Callable[[Any], Json], items: Iterable[Any]) -> list[Json]:
    return [write(item) for item in items]


def span(item: Span) -> Json:
    """start, end, surface."""
    return {"start": item.start, "end": item.end, "surface": item.surface}


def _optional(item: Span | None) -> Json | None:
    return None if item is None else span(item)


def _voice(item: Span | None) -> Json | str:
    return "article" if item is None else span(item)


def _why(items: Iterable[Evidence]) -> list[Json]:
    """Evidence with characters; a default without any points at nothing and is left out."""
    return [{"field": item.field, "rule": item.rule, "start": item.start, "end": item.end} for item in items if item.start is not None]


def event(item: Event) -> Json:
    """One event."""
    return {
        "id": item.id, "trigger": span(item.trigger), "type": item.type, "mode": item.mode, "contexts": list(item.contexts), "cameo": item.cameo, "quad": item.quad,
        "score": item.score, "actors": _each(participant, item.actors), "recipients": _each(participant, item.recipients), "factuality": item.factuality,
        "date": item.date, "date_how": item.date_how, "place": _located(item.place), "origin": _located(item.origin),
        "destination": _located(item.destination), "voice": _voice(item.voice), "voices": _each(span, item.voices), "confidence": item.confidence, "why": _why(item.why),
    }  # fmt: skip


def participant(item: Participant) -> Json:
    """One actor or recipient."""
    where = span(item.span) if item.span else {"start": None, "end": None, "surface": None}
    return {**where, "name": item.name, "country": item.country, "sector": item.sector, "how": item.how}


def _located(item: Place | None) -> Json | None:
    return None if item is None else place(item)


def place(item: Place) -> Json:
    """Where an event happened."""
    return {**span(item.span), "country": item.country, "name": item.name, "lat": item.lat, "lon": item.lon, "geonames_id": item.geonames_id, "precision": item.precision}


def claim(item: Claim, mentions: tuple[Mention, ...]) -> Json:
    """One claim; its source resolved to the mention."""
    source = None
    if item.source_span is not None:
        who = mentions[item.source] if item.source is not None else None
        source = {**span(item.source_span), "name": who.name if who else None, "country": who.country if who else None, "sector": who.sector if who else None}
    written = {
        "source": source, "cue": _optional(item.cue), "content": _each(span, item.content), "form": item.form, "class": item.kind_class, "kind": item.kind,
        "via": _optional(item.via), "depth": item.depth, "why": _why(item.why),
    }  # fmt: skip
    return {**written, "forecast": forecast(item.forecast)} if item.forecast else written


def forecast(item: Forecast) -> Json:
    """What a forecast expects."""
    return {"of": item.of, "by": item.by, "hedge": item.hedge, "p_low": item.p_low, "p_high": item.p_high, "due": item.due, "resolution": item.resolution}


def commitment(item: Commitment) -> Json:
    """One deadline, promise or scheduled act."""
    return {
        "holder": item.holder, "by": item.by, "action": span(item.action), "due": item.due, "due_text": _optional(item.due_text), "change": item.change,
        "from_due": item.from_due, "condition": _optional(item.condition), "why": _why(item.why),
    }  # fmt: skip


def figure(item: Figure) -> Json:
    """One quantity."""
    return {
        **span(item.span), "value": item.value, "low": item.low, "high": item.high, "unit": item.unit, "approx": item.approx, "modifier": item.modifier,
        "of": item.of, "voice": _voice(item.voice), "equals": item.equals,
    }  # fmt: skip


def timex(item: Timex) -> Json:
    """One time expression."""
    return {**span(item.span), "type": item.type, "value": item.value, "mod": item.mod}


def toponym(item: Toponym) -> Json:
    """One place name."""
    return {
        **span(item.span), "role": item.role, "name": item.name, "country": item.country, "geonames_id": item.geonames_id, "lat": item.lat, "lon": item.lon,
        "precision": item.precision,
    }  # fmt: skip


def mention(item: Mention) -> Json:
    """One mention of an actor."""
    return {**span(item.span), "kind": item.kind, "name": item.name, "country": item.country, "sector": item.sector, "how": item.how, "entity": item.entity}
