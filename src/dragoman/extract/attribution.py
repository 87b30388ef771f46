"""Attribution: who says, believes, wants or promises what (claims), read from cue words, quotation marks and the parse.

The cues are `codebooks/attribution.yaml`. What counts as an attribution follows the wide notion of PolNeAR (Newell et al., LREC 2018)
as far as political news needs it; which of six classes a cue has is ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.annotate.columns import Annotations
from dragoman.extract.attribution_book import AttributionBook, Cue
from dragoman.extract.attribution_content import Scene
from dragoman.extract.attribution_cues import CueReader, Draft, quoted_share, stops
from dragoman.extract.attribution_kind import forecast_of, kind_of
from dragoman.extract.attribution_source import edges, is_outlet, outlet_beside, phrase
from dragoman.extract.quotes import Quotation, covering, quotations
from dragoman.records import Article, Claim, Evidence, Mention, Span

VERSION = "1"


def read(article: Article, notes: Annotations, mentions: Sequence[Mention], book: AttributionBook) -> tuple[Claim, ...]:
    """The claims of an article, in text order of their contents.

    Args:
        article: the text; unused beyond its annotations, kept for the common signature of readers.
        notes: its annotations.
        mentions: political actors already found; a claim's `source` is an index into them.
        book: the cues.
    """
    blocks = [(notes.start[first], notes.end[stop - 1]) for first, stop in notes.blocks]
    scene = Scene(notes, quotations(notes.text, blocks), stops(notes, book))
    drafts = list(CueReader(scene, book).drafts())
    drafts = _continued(scene, drafts)
    drafts += _colons(scene, book, drafts)
    drafts += _running(scene, drafts)
    kept = _distinct(drafts)
    depths = _depths(notes, kept)
    by_token = _by_token(mentions)
    claims = [_claim(scene, book, draft, depths[place], by_token) for place, draft in enumerate(kept)]
    return tuple(sorted(claims, key=lambda claim: (claim.content[0].start, claim.depth, claim.cue.start if claim.cue else 0)))


# A quotation shorter than this is a word under tongs, not a speech of its own.
_SPEECH_WORDS = 4
_BLANK = " \t\r\n\u00a0"
_HEADLINE_TOKENS = 30


def _continued(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Drafts whose quotation goes on behind the cue (*"A," he said. "B."*) get the second piece, unless another cue has it."""
    return [_with_next(scene, draft, drafts) for draft in drafts]


def _with_next(scene: Scene, draft: Draft, drafts: list[Draft]) -> Draft:
    notes = scene.notes
    if draft.cue.kind_class not in ("speech", "directive", "belief") or covering(scene.regions, notes.start[draft.head]) is not None:
        return draft
    end = max(notes.end[draft.clause.stop - 1], draft.pieces[-1][1])
    following = next((region for region in scene.regions if region.start >= end), None)
    if following is None or not _leads_on(scene, draft, end, following, drafts) or _owned(notes, following, drafts):
        return draft
    return replace(draft, pieces=(*draft.pieces, (following.start, following.end)))


def _leads_on(scene: Scene, draft: Draft, end: int, following: Quotation, drafts: Sequence[Draft]) -> bool:
    """Whether nothing but the rest of the cue's sentence stands before the quotation that follows, and that quotation is a speech."""
    notes = scene.notes
    gap = notes.text[end : following.start]
    if "\n" in gap or not gap.rstrip(_BLANK).endswith(("", ) if set(gap) <= set(_BLANK) else (".", ",", ";", ":", "—", "–")):
        return False
    between = notes.tokens(end, following.start)
    if any(notes.sentence_of[token] != notes.sentence_of[draft.head] for token in between) or any(other.head in between for other in drafts):
        return False
    quoted = covering(scene.regions, draft.start) is not None
    return quoted or len(notes.tokens(following.start, following.end)) > _SPEECH_WORDS


def _owned(notes: Annotations, region: Quotation, drafts: Sequence[Draft]) -> bool:
    """Whether a cue outside the quotation has it as content."""
    outer = (draft for draft in drafts if not region.holds(notes.start[draft.head]))
    return any(start < region.end and region.start < end for draft in outer for start, end in draft.pieces)


def _colons(scene: Scene, book: AttributionBook, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """*Name: "..."* and *X was blunt: "..."* where no cue has the quotation; *Name: We will go* in a headline."""
    notes = scene.notes
    for first, stop in notes.blocks:
        for colon in range(first + 1, stop - 1):
            if notes.word[colon] == ":" and (draft := _colon(scene, book, drafts, colon, first, stop)):
                yield draft


def _colon(scene: Scene, book: AttributionBook, drafts: Sequence[Draft], colon: int, first: int, stop: int) -> Draft | None:
    notes = scene.notes
    region = covering(scene.regions, notes.start[colon + 1])
    name = _name_before(notes, first, colon)
    cue = Cue("colon", "speech", "statement", frozenset({"quote"}), None)
    clause = range(colon, colon + 1)
    if region is not None and region.start >= notes.end[colon] and not _owned(notes, region, drafts):
        source = name if name is not None else _speaker(notes, colon)
        return Draft(colon, colon, colon, source, ((region.start, region.end),), cue, "attribution.colon.quote", clause) if source is not None else None
    if region is None and name is not None and stop - first <= _HEADLINE_TOKENS and notes.ent[name] in ("PERSON", "ORG", "GPE"):
        pieces = scene.pieces(colon + 1, stop - 1)
        return Draft(colon, colon, colon, name, tuple(pieces), cue, "attribution.colon.headline", clause) if pieces and stop - colon > 4 else None
    return None


def _name_before(notes: Annotations, first: int, colon: int) -> int | None:
    """The head of a bare name that fills the paragraph up to the colon."""
    words = [token for token in range(first, colon) if notes.pos[token] != "PUNCT"]
    if not words or colon - first > 8 or not all(notes.pos[token] in ("PROPN", "ADJ", "NOUN", "DET") or notes.lower[token] == "of" for token in words):
        return None
    return next((token for token in reversed(words) if notes.pos[token] == "PROPN"), None)


def _speaker(notes: Annotations, colon: int) -> int | None:
    """The subject of the clause that a colon ends."""
    sentence = notes.sentence(colon)
    roots = [token for token in range(sentence.start, colon) if notes.dep[token] == "ROOT"]
    return notes.child(roots[0], "nsubj") if roots else None


def _running(scene: Scene, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Paragraphs that are nothing but quotation, behind one that a speaker's quotation or colon ends: the same speaker's."""
    notes, last = scene.notes, None
    for first, stop in notes.blocks:
        start, end = notes.start[first], notes.end[stop - 1]
        own = [draft for draft in drafts if any(start <= piece[0] < end for piece in draft.pieces)]
        region = covering(scene.regions, start)
        whole = region is not None and region.double and region.end >= end - 1 and stop - first >= _SPEECH_WORDS
        if region is not None and whole and last is not None and not _owned(notes, region, own):
            last = replace(last, pieces=((region.start, region.end),), rule="attribution.quote.running")
            yield last
        elif not whole:
            last = _last_speaker(scene, own, end)


def _last_speaker(scene: Scene, own: Sequence[Draft], end: int) -> Draft | None:
    """The draft whose quotation, or whose cue and colon, ends the paragraph."""
    outer = [draft for draft in own if covering(scene.regions, scene.notes.start[draft.head]) is None]
    return next((draft for draft in outer if any(piece[1] >= end - 1 and covering(scene.regions, piece[0]) for piece in draft.pieces)), None)


def _distinct(drafts: Sequence[Draft]) -> list[Draft]:
    """One draft for each cue and content."""
    found: dict[tuple[int, int, tuple[tuple[int, int], ...]], Draft] = {}
    for draft in drafts:
        if draft.pieces:
            found.setdefault((draft.first, draft.last, draft.pieces), draft)
    return list(found.values())


def _depths(notes: Annotations, drafts: Sequence[Draft]) -> list[int]:
    """How many other contents hold each draft's cue."""
    heads = [notes.start[draft.head] for draft in drafts]

    def holds(outer: Draft, at: int, inner: Draft) -> bool:
        return any(start <= at < end for start, end in outer.pieces) and not any(start <= notes.start[outer.head] < end for start, end in inner.pieces)

    return [sum(holds(outer, at, draft) for outer in drafts if outer is not draft) for at, draft in zip(heads, drafts, strict=True)]


def _by_token(mentions: Sequence[Mention]) -> dict[int, int]:
    """Token -> the shortest mention that covers it."""
    found: dict[int, int] = {}
    for place, mention in sorted(enumerate(mentions), key=lambda item: item[1].first - item[1].last):
        found.update(dict.fromkeys(range(mention.first, mention.last + 1), place))
    return found


def _claim(scene: Scene, book: AttributionBook, draft: Draft, depth: int, by_token: dict[int, int]) -> Claim:
    notes = scene.notes
    contents = tuple(notes.chars(start, end) for start, end in draft.pieces)
    cue = notes.span(draft.first, draft.last)
    source = phrase(notes, draft.source, range(draft.first, draft.last + 1)) if draft.source is not None else None
    kind, rule = kind_of(scene, book, draft)
    why = [Evidence("content", draft.rule, cue.start, cue.end), Evidence("kind", rule)]
    if source is not None:
        why.append(Evidence("source", "attribution.source", source.start, source.end))
    return Claim(
        source=by_token.get(draft.source) if draft.source is not None else None, source_span=source, cue=cue, content=contents, form=quoted_share(scene, draft.pieces),
        kind_class=draft.cue.kind_class, kind=kind, via=_via(scene, book, draft), depth=depth, cue_head=None if notes.word[draft.head] == ":" else draft.head,
        why=tuple(why), forecast=forecast_of(scene, book, draft) if kind == "forecast" else None,
    )  # fmt: skip


def _via(scene: Scene, book: AttributionBook, draft: Draft) -> Span | None:
    """The outlet that carried the words, where it is not the source itself."""
    notes = scene.notes
    if draft.cue.kind_class != "speech" or notes.pos[draft.head] != "VERB":
        return None
    outlet = outlet_beside(notes, book, draft.head)
    if outlet is None or outlet == draft.source or (draft.source is not None and is_outlet(notes, book, draft.source)):
        return None
    if any(start <= notes.start[outlet] < end for start, end in draft.pieces):
        return None
    return notes.span(*edges(notes, outlet))
