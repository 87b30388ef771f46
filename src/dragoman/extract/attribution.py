"""Attribution: who says, believes, wants or promises what (claims), read from cue words, quotation marks and the parse.

The cues are `codebooks/attribution.yaml`. What counts as an attribution follows the wide notion of PolNeAR (Newell et al., LREC 2018)
as far as political news needs it; the six classes are ours.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.annotate.columns import Annotations
from dragoman.extract.attribution_book import AttributionBook
from dragoman.extract.attribution_content import Scene
from dragoman.extract.attribution_cues import CueReader, Draft, quoted_share, stops
from dragoman.extract.attribution_kind import dated, forecast_of, kind_of
from dragoman.extract.attribution_passages import colons, continued, running, signatures
from dragoman.extract.attribution_shelf import DraftShelf
from dragoman.extract.attribution_source import edges, is_outlet, outlet_beside, phrase
from dragoman.extract.quotes import quotations
from dragoman.records import Article, Claim, Evidence, Mention, Span, Timex

VERSION = "2"


def read(
    article: Article, notes: Annotations, mentions: Sequence[Mention], book: AttributionBook, timexes: Sequence[Timex] = ()
) -> tuple[Claim, ...]:
    """The claims of an article, in text order of their contents.

    Args:
        article: the text and the day on which it was published.
        notes: its annotations.
        mentions: political actors already found; a claim's `source` is an index into them.
        book: the cues.
        timexes: times already read; they date what is forecast.
    """
    blocks = [(notes.start[first], _end(notes, stop - 1)) for first, stop in notes.blocks]
    scene = Scene(notes, quotations(notes.text, blocks), stops(notes, book))
    drafts, carriers = _carried(scene, book, list(CueReader(scene, book).drafts()))
    drafts = continued(scene, drafts)
    drafts += [*colons(scene, drafts, book.kinds["labels"]), *signatures(scene, drafts)]
    drafts += running(scene, drafts)
    kept = _distinct(drafts)
    holders = _holders(notes, kept)
    by_token = _by_token(mentions)
    claims = [_claim(scene, book, draft, above, carriers, by_token) for draft, above in zip(kept, holders, strict=True)]
    claims = [dated(claim, timexes, article.date) for claim in claims]
    return tuple(sorted(claims, key=lambda claim: (claim.content[0].start, claim.depth, claim.cue.start if claim.cue else 0)))


def _end(notes: Annotations, token: int) -> int:
    """The end of a block's last token; a doubled mark (`''`) is one token that is as wide as its first half."""
    end = notes.end[token]
    return end + 1 if notes.text[end - 1 : end + 1] in ("''", "``") else end


def _carried(scene: Scene, book: AttributionBook, drafts: list[Draft]) -> tuple[list[Draft], dict[int, int]]:
    """The drafts without *according to Reuters* beside *X said*, and the sentence -> outlet that such a phrase names."""
    notes = scene.notes
    speaking = {notes.sentence_of[draft.head] for draft in drafts if draft.cue.kind_class == "speech" and notes.pos[draft.head] == "VERB"}
    carriers: dict[int, int] = {}
    for draft in drafts:
        number = notes.sentence_of[draft.head]
        if draft.cue.group == "according" and draft.source is not None and number in speaking and is_outlet(notes, book, draft.source):
            carriers[number] = draft.source
    return [draft for draft in drafts if draft.cue.group != "according" or notes.sentence_of[draft.head] not in carriers], carriers


def _distinct(drafts: Sequence[Draft]) -> list[Draft]:
    """One draft for each cue and content."""
    found: dict[tuple[int, int, tuple[tuple[int, int], ...]], Draft] = {}
    for draft in drafts:
        if draft.pieces:
            found.setdefault((draft.first, draft.last, draft.pieces), draft)
    return list(found.values())


def _holders(notes: Annotations, drafts: Sequence[Draft]) -> list[list[Draft]]:
    """For each draft those whose content holds its cue (two that hold each other do not count)."""
    shelf = DraftShelf(drafts)
    near = [shelf.touching(notes.start[inner.head], notes.start[inner.head]) for inner in drafts]
    return [[outer for outer in around if outer is not inner and _holds(notes, outer, inner) and not _holds(notes, inner, outer)]
            for inner, around in zip(drafts, near, strict=True)]  # fmt: skip


def _holds(notes: Annotations, outer: Draft, inner: Draft) -> bool:
    """Whether the content of the one has the cue of the other in it."""
    at = notes.start[inner.head]
    return any(start <= at < end for start, end in outer.pieces)


def _by_token(mentions: Sequence[Mention]) -> dict[int, int]:
    """Token -> the shortest mention that covers it."""
    found: dict[int, int] = {}
    for place, mention in sorted(enumerate(mentions), key=lambda item: item[1].first - item[1].last):
        found.update(dict.fromkeys(range(mention.first, mention.last + 1), place))
    return found


def _claim(scene: Scene, book: AttributionBook, draft: Draft, holders: Sequence[Draft], carriers: dict[int, int], by_token: dict[int, int]) -> Claim:
    notes = scene.notes
    cue = notes.span(draft.first, draft.last)
    bar = range(draft.first, draft.last + 1)
    source = phrase(notes, draft.source, bar) if draft.source is not None else None
    kind, rule = kind_of(scene, book, draft)
    return Claim(
        source=by_token.get(draft.source) if draft.source is not None else None,
        source_span=source,
        cue=cue,
        content=tuple(notes.chars(start, end) for start, end in draft.pieces),
        form=quoted_share(scene, draft.pieces),
        kind_class=draft.cue.kind_class,
        kind=kind,
        via=_via(scene, book, draft, holders, carriers),
        depth=len(holders),
        cue_head=None if notes.pos[draft.head] == "PUNCT" else draft.head,
        why=_why(draft, cue, source, rule),
        forecast=forecast_of(scene, book, draft) if kind == "forecast" else None,
    )


def _why(draft: Draft, cue: Span, source: Span | None, kind_rule: str) -> tuple[Evidence, ...]:
    found = [Evidence("content", draft.rule, cue.start, cue.end), Evidence("kind", kind_rule, cue.start, cue.end)]
    if source is not None:
        found.append(Evidence("source", "attribution.source.subject", source.start, source.end))
    return tuple(found)


def _via(scene: Scene, book: AttributionBook, draft: Draft, holders: Sequence[Draft], carriers: dict[int, int]) -> Span | None:
    """The outlet that carried the words: named beside the cue, after *according to*, or the reporter of a report that holds the claim."""
    notes = scene.notes
    if draft.cue.kind_class != "speech" or (draft.source is not None and is_outlet(notes, book, draft.source)):
        return None
    outlet = outlet_beside(notes, book, draft.head) if notes.pos[draft.head] == "VERB" else None
    if outlet is None:
        outlet = carriers.get(notes.sentence_of[draft.head])
    if outlet is None:
        outlet = next((holder.source for holder in holders if holder.source is not None and is_outlet(notes, book, holder.source)), None)
    if outlet is None or outlet == draft.source or any(start <= notes.start[outlet] < end for start, end in draft.pieces):
        return None
    return notes.span(*edges(notes, outlet))
