"""The tables of the ledger: every column with its type and one line that says what it holds.

Types are written as words and become Arrow types in `to_schema`, so that looking at a table's description needs no Arrow. All rows are
versions: `id` is the same for every version of a row, `recorded_at` says when this one was learnt.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from dragoman.annotate.arrow import COLUMNS as ANNOTATIONS

if TYPE_CHECKING:
    import pyarrow

Columns = Mapping[str, tuple[str, str]]

# What every version of every row carries.
VERSIONED: Columns = {
    "id": ("string", "content hash of article, kind, rule or type, and span: the same for all versions of the row"),
    "article": ("string", "id of the article"),
    "run": ("string", "id of the run that recorded this version"),
    "coder": ("string", "version of dragoman and fingerprint of its codebooks"),
    "published": ("date", "day the article was published"),
    "recorded_at": ("timestamp", "when this version was learnt (UTC)"),
    "version": ("string", "content hash of the coded columns"),
    "withdrawn": ("bool", "true on the last version of a row that a later coding no longer makes"),
}
_VALID: Columns = {
    "valid_from": ("date", "first day that the row's date covers"),
    "valid_to": ("date", "last day that the row's date covers"),
}
_SPAN: Columns = {
    "start": ("int32", "first character in the article's text (code points)"),
    "end": ("int32", "character after the last"),
    "surface": ("string", "the characters themselves"),
}
_WHO: Columns = {
    "name": ("string", "name of the entity"),
    "country": ("string", "ISO 3166-1 alpha-3, or IGO:, NGO:, MNC:, IMG: and a name"),
    "sector": ("string", "PLOVER sector"),
    "how": ("string", "step that found country and sector: name, dated, description, coreference, inferred"),
}
_WHERE: Columns = {
    "lat": ("float64", "degrees north (WGS 84), a representative point"),
    "lon": ("float64", "degrees east (WGS 84)"),
    "geonames_id": ("int64", "GeoNames id"),
    "precision": ("string", "country, admin1, city, feature or region"),
    "gazetteer": ("string", "name, date and hash of the gazetteer that the coordinates are from; null without coordinates"),
}
_ARTICLE_FACTS: Columns = {
    "authors": ("list<string>", "who wrote it"),
    "date_source": ("string", "where the publication day is from: json-ld, meta, time, page, feed, sitemap, given or option"),
    "date_confidence": ("float64", "how often a day from there is right, 0 to 1"),
    "raw_sha256": ("string", "SHA-256 of the bytes that the text was taken from"),
}
_SENTENCE: Columns = {"sentence": ("string", "id of the sentence row")}
_WHY: Columns = {"why": ("evidence", "for each field the rule that set it and the characters that made it fire")}


def _spanned(name: str, of: str) -> Columns:
    return {f"{name}_start": ("int32", f"first character of {of}"), f"{name}_end": ("int32", "character after its last"),
            f"{name}_surface": ("string", f"characters of {of}")}


_EVENTS: Columns = {
    **_VALID, **_SPAN,
    "reading_id": ("string", "id of the event in the article's reading"),
    "type": ("string", "PLOVER type"), "mode": ("string", "PLOVER mode"), "contexts": ("list<string>", "PLOVER contexts"),
    "cameo": ("string", "CAMEO code, derived"), "quad": ("string", "quad class, derived"), "score": ("float64", "conflict-cooperation score, derived"),
    "factuality": ("string", "actual, future, hypothetical or negated"),
    "date": ("string", "ISO day, month, year or A/B interval of the event"), "date_how": ("string", "text or publication"),
    "actor_countries": ("list<string>", "countries of the actors, in order"), "recipient_countries": ("list<string>", "countries of the recipients, in order"),
    "place_name": ("string", "name of the place"), "place_country": ("string", "country of the place"), **_WHERE,
    "place_start": ("int32", "first character of the place"), "place_end": ("int32", "character after its last"),
    "origin_name": ("string", "where a movement begins"), "origin_country": ("string", "country of the origin"),
    "destination_name": ("string", "where a movement ends"), "destination_country": ("string", "country of the destination"),
    **_spanned("voice", "the source who asserts the event; null for the article itself"),
    "voices": ("spans", "where one source passes on another's words, all of them from the outermost to the voice; null for one or none"),
    "confidence": ("float64", "0 to 1"), **_SENTENCE, **_WHY,
}
_CLAIMS: Columns = {
    **_VALID, **_SPAN,
    "source_name": ("string", "name of the source"), "source_country": ("string", "country of the source"), "source_sector": ("string", "its sector"),
    **_spanned("source", "the source"), **_spanned("cue", "the cue"),
    "content": ("spans", "pieces of the content; start, end and surface are those from the first to the last piece"),
    "form": ("string", "direct, indirect or mixed"), "class": ("string", "speech, belief, intention, commitment, directive or evaluation"),
    "kind": ("string", "statement, accusation, denial, forecast, promise, threat, demand, announcement or opinion"),
    **_spanned("via", "the outlet that passed it on"),
    "depth": ("int32", "0 for the outermost attribution, 1 inside another content"),
    "forecast_of": ("string", "whom a forecast is about"), "forecast_by": ("string", "by when it is to come true"), "hedge": ("string", "words of doubt"),
    "p_low": ("float64", "lowest probability that the words stand for"), "p_high": ("float64", "highest probability"),
    **_SENTENCE, **_WHY,
}
_COMMITMENTS: Columns = {
    **_VALID, **_SPAN,
    "holder": ("string", "who is bound"), "by": ("string", "who set the deadline"),
    "due": ("string", "ISO date of the deadline"), **_spanned("due", "the words that give the deadline"),
    "change": ("string", "set, moved, met, missed or cancelled"), "from_due": ("string", "the deadline before it moved"),
    **_spanned("condition", "the condition"), **_SENTENCE, **_WHY,
}
_FIGURES: Columns = {
    **_SPAN,
    "value": ("float64", "the amount"), "low": ("float64", "lower bound"), "high": ("float64", "upper bound"),
    "unit": ("string", "ISO 4217 code, person, percent, SI unit, a rate, or the head noun"), "approx": ("bool", "whether the text says about"),
    "modifier": ("string", "= ~ < > up or down"), "of": ("string", "what is counted"),
    "equals": ("string", "id of the figure that gives the same amount in another unit"),
    **_spanned("voice", "the source who gives the figure; null for the article itself"), "rule": ("string", "rule that read it"), **_SENTENCE,
}
_OBSERVATIONS: Columns = {
    **_SPAN, **_spanned("description", "the words of the office"),
    "name": ("string", "name of the person"), "office": ("string", "the office, by its name in the codebook"),
    "country": ("string", "whose office: ISO 3166-1 alpha-3, or IGO: and a name"), "sector": ("string", "PLOVER sector of the office"),
    "status": ("string", "current, acting, former, elect or candidate"),
    "how": ("string", "step that found the country: description, name, dated, coreference, inferred, learnt"),
    "outlet": ("string", "who published it"), "rule": ("string", "construction that says so"), **_SENTENCE,
}
_DECISIONS: Columns = {
    "id": ("string", "the candidate: content hash of country, office and name"), "country": ("string", "whose office"), "office": ("string", "the office"),
    "name": ("string", "name of the person"), "verdict": ("string", "accept or reject"), "reason": ("string", "why, in the words of who decided"),
    "recorded_at": ("timestamp", "when it was decided (UTC)"),
}
_RESOLUTIONS: Columns = {
    "id": ("string", "the claim: a forecast"), "article": ("string", "id of its article"),
    "cue_start": ("int32", "first character of its cue: finds the claim again if a later coding gives its content other ends"),
    "verdict": ("string", "true, false, partly, or open to take an earlier one back"),
    "by": ("string", "address or note that shows it, in the words of who resolved it"), "recorded_at": ("timestamp", "when it was resolved (UTC)"),
}
_TRACES: Columns = {
    "sha256": ("string", "SHA-256 of the text that was compared"), "outlet": ("string", "who published it"),
    "agency": ("string", "news agency that the text is credited to"),
    **{f"agency_{name}": kind for name, kind in {"start": ("int32", "first character of the credit"), "end": ("int32", "character after its last")}.items()},
    "agency_rule": ("string", "rule that read the credit"),
    "sums": ("list<int64>", "kept sums of its runs of five words"),
    "terms": ("list<string>", "words and names that tell its story"), "weights": ("list<float32>", "how much each counts"),
}
_COPIES: Columns = {
    "source": ("string", "id of the article whose words this one carries"),
    "carried": ("float64", "share of the source's words that stand in this article"),
    "contained": ("float64", "share of this article's words that stand in the source"),
    "shared": ("int32", "kept sums that both have"),
    "how": ("string", "what tells the source from the copy: credit, date, agency; null: not known, and the order is only that of ids"),
    "agency": ("string", "news agency that this article is credited to"),
}
_STORIES: Columns = {
    "story": ("string", "id of the story: a content hash of the article that opened it"),
    "similarity": ("float64", "likeness to the story when the article joined it (0 to 1)"),
}
_RUNS: Columns = {
    "id": ("string", "id of the run"), "started_at": ("timestamp", "when it began (UTC)"), "finished_at": ("timestamp", "when it ended; null while it runs"),
    "coder": ("string", "version of dragoman and fingerprint of its codebooks"), "command": ("string", "what was asked for"),
    "settings": ("string", "settings as JSON"), "articles": ("int64", "articles read"), "events": ("int64", "events coded"),
    "issues": ("int64", "issues raised"), "status": ("string", "running, done or failed"), "recorded_at": ("timestamp", "when this version was learnt (UTC)"),
}

# Table -> columns. `batches` marks what was written whole: rows of a batch that it does not list are not there for any reader.
TABLES: dict[str, Columns] = {
    "articles": {**VERSIONED, "sha256": ("string", "SHA-256 of the UTF-8 text as given"), "title": ("string", "headline"), "outlet": ("string", "who published it"),
                 "url": ("string", "address"), "language": ("string", "ISO 639-1 code"), "text": ("string", "the text as given"), **_ARTICLE_FACTS},
    "annotations": {**VERSIONED, "sha256": ("string", "SHA-256 of the text that was parsed"), **ANNOTATIONS},
    "sentences": {**VERSIONED, **_SPAN, "number": ("int32", "position in the article, from 0")},
    "mentions": {**VERSIONED, **_SPAN, "kind": ("string", "person, group, organisation, country or role"), **_WHO,
                 "entity": ("int32", "same number: same entity in this article"), "rule": ("string", "rule that read it"), **_SENTENCE},
    "events": {**VERSIONED, **_EVENTS},
    "participants": {**VERSIONED, **_VALID, "event": ("string", "id of the event row"), "role": ("string", "actor or recipient"), "n": ("int32", "position, from 0"),
                     **_SPAN, **_WHO, "entity": ("int32", "entity number of its mention")},
    "claims": {**VERSIONED, **_CLAIMS},
    "commitments": {**VERSIONED, **_COMMITMENTS},
    "figures": {**VERSIONED, **_FIGURES},
    "timexes": {**VERSIONED, **_VALID, **_SPAN, "type": ("string", "DATE, TIME, DURATION or SET"), "value": ("string", "TIMEX3 value"),
                "mod": ("string", "TIMEX3 modifier"), "rule": ("string", "rule that read it"), **_SENTENCE},
    "toponyms": {**VERSIONED, **_SPAN, "role": ("string", "literal or associative"), "name": ("string", "name of the place"),
                 "country": ("string", "its country"), **_WHERE, **_SENTENCE},
    "issues": {**VERSIONED, "stage": ("string", "stage that raised it"), "code": ("string", "code of the message"), "message": ("string", "what is wrong")},
    "stages": {**VERSIONED, "stage": ("string", "name of the stage"), "key": ("string", "hash of version, codebooks and inputs"),
               "output_hash": ("string", "hash of the output"), "payload": ("binary", "the output, where it is kept")},
    "observations": {**VERSIONED, **_OBSERVATIONS},
    "furniture": {**VERSIONED, **_SPAN, "rule": ("string", "rule by which this line of the page is no reporter's: it is kept, and never coded")},
    "decisions": _DECISIONS,
    "resolutions": _RESOLUTIONS,
    "traces": {**VERSIONED, **_TRACES},
    "copies": {**VERSIONED, **_COPIES},
    "stories": {**VERSIONED, **_STORIES},
    "runs": _RUNS,
    "batches": {"recorded_at": ("timestamp", "when the batch was learnt (UTC); the key of its rows"), "run": ("string", "id of the run"),
                "articles": ("int64", "articles in the batch"), "rows": ("int64", "rows written")},
}
UNGATED = ("decisions", "resolutions", "runs", "batches")
"""Tables whose rows count without a batch."""
LINKED = ("traces", "copies", "stories")
"""Tables of what is worked out across articles, and of what is kept for it: all of it can be made again from the others."""
LATER = ("observations", "furniture", "decisions", "resolutions", *LINKED)
"""Tables that ledgers of earlier versions do not have: empty until something is written, then made."""
ADDED = {"articles": tuple(_ARTICLE_FACTS), "events": ("voices",)}
"""Columns that ledgers of earlier versions do not have: null there, and no new version of a row where they say nothing."""
GATED = tuple(name for name in TABLES if name not in (*UNGATED, *LINKED))
CODED = tuple(name for name in GATED if name not in ("articles", "annotations", "stages"))
"""Tables whose rows a later coding of their article may change or withdraw."""
ANSWERS = ("events", "claims", "commitments", "figures")


@cache
def schema(table: str) -> pyarrow.Schema:
    """The Arrow schema of a table, its columns described in their metadata."""
    return to_schema(TABLES[table])


def to_schema(columns: Columns) -> pyarrow.Schema:
    """The Arrow schema of described columns."""
    import pyarrow as pa

    return pa.schema([pa.field(name, _arrow(kind), metadata={"description": description}) for name, (kind, description) in columns.items()])


def _arrow(kind: str) -> Any:
    import pyarrow as pa

    if kind.startswith("list<"):
        return pa.list_(_arrow(kind[5:-1]))
    span = [("start", pa.int32()), ("end", pa.int32())]
    composed = {"timestamp": pa.timestamp("us", tz="UTC"), "date": pa.date32(), "bool": pa.bool_(),
                "evidence": pa.list_(pa.struct([("field", pa.string()), ("rule", pa.string()), *span])),
                "spans": pa.list_(pa.struct([*span, ("surface", pa.string())]))}
    return composed[kind] if kind in composed else getattr(pa, kind)()
