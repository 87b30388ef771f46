"""A reading as rows of the ledger's tables."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dragoman.annotate.arrow import to_record
from dragoman.annotate.columns import Annotations
from dragoman.intake.jsonl import is_day
from dragoman.ledger.days import bounds
from dragoman.ledger.entries import StageOutput
from dragoman.ledger.tables import ADDED, VERSIONED
from dragoman.records import Article, Claim, Commitment, Event, Evidence, Figure, Issue, Participant, Place, Reading, Span, Toponym, content_id

Row = dict[str, Any]
_ADDED = frozenset(name for names in ADDED.values() for name in names)


@dataclass(frozen=True, slots=True)
class _Sentences:
    """Where the sentences of an article are and the ids of their rows."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    ids: tuple[str, ...]

    def holding(self, span: Span | None) -> str | None:
        """The id of the sentence in which the span begins."""
        if span is None or not self.starts:
            return None
        number = bisect_right(self.starts, span.start) - 1
        return self.ids[number] if number >= 0 and span.start < self.ends[number] else None


def rows(reading: Reading, notes: Annotations | None, run: str, recorded_at: datetime, outputs: Iterable[StageOutput] = ()) -> dict[str, list[Row]]:
    """The rows of every table that the article has rows in, each with its id and the hash of what was coded.

    Args:
        reading: what was read.
        notes: the parse; None where there is none.
        run: id of the run.
        recorded_at: when this is learnt (UTC).
        outputs: what stages made of the article.
    """
    article = reading.article
    sentences = _sentences(article, notes)
    coded: dict[str, Iterable[Row]] = {
        "articles": [_article(article)],
        "annotations": [{"id": article.id, "sha256": article.sha256, **to_record(notes)}] if notes is not None else [],
        "sentences": _sentence_rows(article, sentences),
        "mentions": _mentions(reading, sentences),
        "events": (_event(article, event, sentences) | _gazetteer(event.place, reading) for event in reading.events),
        "claims": (_claim(reading, claim, sentences) for claim in reading.claims),
        "commitments": (_commitment(article, commitment, sentences) for commitment in reading.commitments),
        "figures": _figures(reading, sentences),
        "timexes": _timexes(reading, sentences),
        "toponyms": (_toponym(article, toponym, sentences) | _gazetteer(toponym, reading) for toponym in reading.toponyms),
        "issues": map(_issue, reading.issues),
        "observations": _observations(reading, sentences),
        "furniture": _furniture(reading),
        "stages": ({"id": content_id(o.article, o.stage), "stage": o.stage, "key": o.key, "output_hash": o.output_hash, "payload": o.payload} for o in outputs),
    }
    tables = {name: _distinct(found) for name, found in coded.items()}
    tables["participants"] = [row for event, at in zip(reading.events, tables["events"], strict=True) for row in _participants(event, at)]
    header = _header(article, run, reading.coder, recorded_at)
    return {name: [_versioned(row, header) for row in found] for name, found in tables.items() if found}


def issue_rows(issues: Iterable[Issue], run: str, coder: str, recorded_at: datetime) -> list[Row]:
    """Rows of issues that belong to no reading, such as those of the intake."""
    headers = ((issue, {"article": issue.article, "run": run, "coder": coder, "published": None, "recorded_at": recorded_at}) for issue in issues)
    return [_versioned(_issue(issue), header) for issue, header in headers]


def withdrawal(row: Mapping[str, Any], run: str, coder: str, recorded_at: datetime) -> Row:
    """The last version of a row that a later coding no longer makes."""
    return {"id": row["id"], "article": row["article"], "run": run, "coder": coder, "recorded_at": recorded_at, "version": "", "withdrawn": True}


def linked(row: Mapping[str, Any], run: str, coder: str, recorded_at: datetime) -> Row:
    """A row of what is worked out across articles, ready to be written; one marked `withdrawn` takes an earlier one back."""
    if row.get("withdrawn"):
        return withdrawal(row, run, coder, recorded_at)
    return _versioned(dict(row), {"article": row["article"], "run": run, "coder": coder, "published": row["published"], "recorded_at": recorded_at})


def _header(article: Article, run: str, coder: str, recorded_at: datetime) -> Row:
    published = date.fromisoformat(article.date) if article.date and is_day(article.date) else None
    return {"article": article.id, "run": run, "coder": coder, "published": published, "recorded_at": recorded_at}


def _versioned(row: Row, header: Row) -> Row:
    coded = (row[name] for name in sorted(row) if name not in VERSIONED and not (row[name] is None and name in _ADDED))
    values = (header["published"], *coded)
    return {**header, **row, "version": content_id(repr(values)), "withdrawn": False}


def _distinct(found: Iterable[Row]) -> list[Row]:
    """The rows, with ids of their own where several of a reading would share one."""
    seen: Counter[str] = Counter()
    kept = []
    for row in found:
        seen[row["id"]] += 1
        count = seen[row["id"]]
        kept.append(row if count == 1 else {**row, "id": content_id(row["id"], count)})
    return kept


def _spread(span: Span | None, prefix: str = "") -> Row:
    """A span as three columns."""
    values = (span.start, span.end, span.surface) if span else (None, None, None)
    return dict(zip((f"{prefix}start", f"{prefix}end", f"{prefix}surface"), values, strict=True))


def _valid(value: str | None) -> Row:
    since, until = bounds(value)
    return {"valid_from": since, "valid_to": until}


def _why(evidence: Iterable[Evidence]) -> list[Row]:
    return [{"field": e.field, "rule": e.rule, "start": e.start, "end": e.end} for e in evidence]


def _article(article: Article) -> Row:
    names = ("id", "sha256", "title", "outlet", "url", "language", "text", "date_source", "date_confidence", "raw_sha256")
    return {**{name: getattr(article, name) for name in names}, "authors": list(article.authors) or None}


def _sentences(article: Article, notes: Annotations | None) -> _Sentences:
    if notes is None:
        return _Sentences((), (), ())
    starts = tuple(notes.start[first] for first, _ in notes.sentences)
    ends = tuple(notes.end[stop - 1] for _, stop in notes.sentences)
    return _Sentences(starts, ends, tuple(content_id(article.id, "sentence", start, end) for start, end in zip(starts, ends, strict=True)))


def _sentence_rows(article: Article, sentences: _Sentences) -> Iterator[Row]:
    for number, (row_id, start, end) in enumerate(zip(sentences.ids, sentences.starts, sentences.ends, strict=True)):
        yield {"id": row_id, "start": start, "end": end, "surface": article.text[start:end], "number": number}


def _mentions(reading: Reading, sentences: _Sentences) -> Iterator[Row]:
    for m in reading.mentions:
        row_id = content_id(reading.article.id, "mention", m.kind, m.span.start, m.span.end)
        yield {"id": row_id, **_spread(m.span), "kind": m.kind, "name": m.name, "country": m.country, "sector": m.sector, "how": m.how, "entity": m.entity,
               "rule": m.rule, "sentence": sentences.holding(m.span)}


def _furniture(reading: Reading) -> Iterator[Row]:
    for mark in reading.furniture:
        text = reading.article.text[mark.start : mark.end]
        yield {"id": content_id(reading.article.id, "furniture", mark.start, mark.end), "start": mark.start, "end": mark.end, "surface": text, "rule": mark.rule}


def _observations(reading: Reading, sentences: _Sentences) -> Iterator[Row]:
    for o in reading.observations:
        row_id = content_id(reading.article.id, "observation", o.span.start, o.span.end, o.description.start, o.description.end)
        coded = {name: getattr(o, name) for name in ("name", "office", "country", "sector", "status", "how", "rule")}
        yield {"id": row_id, **_spread(o.span), **_spread(o.description, "description_"), **coded, "outlet": reading.article.outlet, "sentence": sentences.holding(o.span)}


def _timexes(reading: Reading, sentences: _Sentences) -> Iterator[Row]:
    for t in reading.timexes:
        row_id = content_id(reading.article.id, "timex", t.span.start, t.span.end)
        yield {"id": row_id, **_valid(t.value), **_spread(t.span), "type": t.type, "value": t.value, "mod": t.mod, "rule": t.rule,
               "sentence": sentences.holding(t.span)}


def _toponym(article: Article, t: Toponym, sentences: _Sentences) -> Row:
    row_id = content_id(article.id, "toponym", t.span.start, t.span.end)
    where = {name: getattr(t, name) for name in ("role", "name", "country", "lat", "lon", "geonames_id", "precision")}
    return {"id": row_id, **_spread(t.span), **where, "sentence": sentences.holding(t.span)}


def _event(article: Article, event: Event, sentences: _Sentences) -> Row:
    plain = ("type", "mode", "cameo", "quad", "score", "factuality", "date", "date_how", "confidence")
    return {
        "id": content_id(article.id, "event", event.id), "reading_id": event.id, **_valid(event.date), **_spread(event.trigger),
        **{name: getattr(event, name) for name in plain}, "contexts": list(event.contexts), "actor_countries": _countries(event.actors),
        "recipient_countries": _countries(event.recipients), **_place(event), **_spread(event.voice, "voice_"),
        "voices": [_spread(voice) for voice in event.voices] or None,
        "sentence": sentences.holding(event.trigger), "why": _why(event.why),
    }


def _place(event: Event) -> Row:
    place = event.place
    names = {"place_name": "name", "place_country": "country", "lat": "lat", "lon": "lon", "geonames_id": "geonames_id", "precision": "precision"}
    found = {column: getattr(place, name) if place else None for column, name in names.items()}
    ends = {"origin": event.origin, "destination": event.destination}
    moved = {f"{end}_{name}": getattr(where, name) if where else None for end, where in ends.items() for name in ("name", "country")}
    return {**found, **moved, "place_start": place.span.start if place else None, "place_end": place.span.end if place else None}


def _gazetteer(located: Toponym | Place | None, reading: Reading) -> Row:
    """Where the coordinates of a row are from."""
    return {"gazetteer": reading.gazetteer if located and located.lat is not None else None}


def _countries(participants: Sequence[Participant]) -> list[str]:
    return list(dict.fromkeys(p.country for p in participants if p.country))


def _participants(event: Event, row: Row) -> Iterator[Row]:
    valid = {name: row[name] for name in ("valid_from", "valid_to")}
    for role, group in (("actor", event.actors), ("recipient", event.recipients)):
        for n, p in enumerate(group):
            yield {"id": content_id(row["id"], role, n), **valid, "event": row["id"], "role": role, "n": n, **_spread(p.span), "name": p.name,
                   "country": p.country, "sector": p.sector, "how": p.how, "entity": p.entity}


def _claim(reading: Reading, claim: Claim, sentences: _Sentences) -> Row:
    source = reading.mentions[claim.source] if claim.source is not None else None
    forecast = claim.forecast
    first = claim.content[0] if claim.content else None
    whole = Span(first.start, claim.content[-1].end, reading.article.text[first.start : claim.content[-1].end]) if first else claim.cue
    anchors = (claim.cue.start if claim.cue else None, whole.start if whole else None, whole.end if whole else None)
    return {
        "id": content_id(reading.article.id, "claim", *anchors), **_valid(forecast.due if forecast else None), **_spread(whole),
        **{f"source_{name}": getattr(source, name) if source else None for name in ("name", "country", "sector")},
        **_spread(claim.source_span, "source_"), **_spread(claim.cue, "cue_"), "content": [_spread(piece) for piece in claim.content],
        "form": claim.form, "class": claim.kind_class, "kind": claim.kind, **_spread(claim.via, "via_"), "depth": claim.depth,
        "forecast_of": forecast.of if forecast else None, "forecast_by": forecast.by if forecast else None,
        **{name: getattr(forecast, name) if forecast else None for name in ("hedge", "p_low", "p_high")},
        "sentence": sentences.holding(claim.cue or whole), "why": _why(claim.why),
    }


def _commitment(article: Article, c: Commitment, sentences: _Sentences) -> Row:
    row_id = content_id(article.id, "commitment", c.action.start, c.action.end, c.due_text.start if c.due_text else None)
    return {"id": row_id, **_valid(c.due), **_spread(c.action), "holder": c.holder, "by": c.by, "due": c.due, **_spread(c.due_text, "due_"),
            "change": c.change, "from_due": c.from_due, **_spread(c.condition, "condition_"), "sentence": sentences.holding(c.action), "why": _why(c.why)}


def _figures(reading: Reading, sentences: _Sentences) -> list[Row]:
    ids = [content_id(reading.article.id, "figure", f.span.start, f.span.end) for f in reading.figures]
    return [_figure(f, ids, row_id, sentences) for f, row_id in zip(reading.figures, ids, strict=True)]


def _figure(f: Figure, ids: Sequence[str], row_id: str, sentences: _Sentences) -> Row:
    plain = {name: getattr(f, name) for name in ("value", "low", "high", "unit", "approx", "modifier", "of", "rule")}
    return {"id": row_id, **_spread(f.span), **plain, "equals": ids[f.equals] if f.equals is not None else None, **_spread(f.voice, "voice_"),
            "sentence": sentences.holding(f.span)}


def _issue(issue: Issue) -> Row:
    return {"id": content_id(issue.article, issue.stage, issue.code, issue.message), "stage": issue.stage, "code": issue.code, "message": issue.message}
