"""Attribution beyond the sentence of the cue: quotations that go on, paragraphs of quotation, colons, transcripts and signatures.

All functions look at drafts that the cues gave and add pieces or drafts; none takes one away.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from dragoman.annotate.columns import Annotations
from dragoman.extract.attribution_book import Cue
from dragoman.extract.attribution_content import Scene
from dragoman.extract.attribution_cues import Draft
from dragoman.extract.attribution_shelf import DraftShelf
from dragoman.extract.quotes import Quotation, covering

# A quotation shorter than this is a word under tongs, not a speech of its own.
_SPEECH_TOKENS = 4
_HEADLINE_TOKENS = 30
_NAME_TOKENS = 8
_BLANK = " \t\r\n\u00a0"
_DASHES = frozenset({"—", "–", "―", "-", "--"})
_COLON = Cue("colon", "speech", "statement", frozenset({"quote"}), None)
_SIGNATURE = Cue("signature", "speech", "statement", frozenset({"quote"}), None)


def continued(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts; one whose quotation goes on behind the cue (*"A," he said. "B."*) gets the second piece. A quotation goes to one draft only."""
    shelf = DraftShelf(drafts)
    order = sorted(range(len(shelf.drafts)), key=lambda place: covering(scene.regions, shelf.drafts[place].start) is None)
    taken: set[int] = set()
    for place in order:
        draft = shelf.drafts[place]
        following = _next(scene, draft, shelf)
        if following is not None and following.start not in taken:
            taken.add(following.start)
            shelf.replace(place, replace(draft, pieces=(*draft.pieces, (following.start, following.end))))
    return shelf.drafts


def _next(scene: Scene, draft: Draft, drafts: DraftShelf) -> Quotation | None:
    """The quotation that goes on where a draft's cue or content ends."""
    notes = scene.notes
    if draft.cue.kind_class not in ("speech", "directive", "belief") or covering(scene.regions, notes.start[draft.head]) is not None:
        return None
    end = max(notes.end[draft.clause.stop - 1], draft.pieces[-1][1])
    place = bisect_left(scene.regions, end, key=lambda region: region.start)
    following = scene.regions[place] if place < len(scene.regions) else None
    if following is None or not _leads_on(scene, draft, end, following, drafts) or owned(notes, following, drafts):
        return None
    return following


def _leads_on(scene: Scene, draft: Draft, end: int, following: Quotation, drafts: DraftShelf) -> bool:
    """Whether nothing but the rest of the cue's sentence stands before the quotation that follows, and that quotation is a speech."""
    notes = scene.notes
    gap = notes.text[end : following.start].rstrip(_BLANK)
    if "\n" in notes.text[end : following.start] or (gap and gap[-1] not in ".,;:—–"):
        return False
    between = notes.tokens(end, following.start)
    if any(notes.sentence_of[token] != notes.sentence_of[draft.head] for token in between):
        return False
    if any(other.source != draft.source for other in drafts.headed(between)):
        return False
    quoted = covering(scene.regions, draft.start) is not None
    return quoted or len(notes.tokens(following.start, following.end)) > _SPEECH_TOKENS


def owned(notes: Annotations, region: Quotation, drafts: DraftShelf) -> bool:
    """Whether a cue outside the quotation has it as content."""
    outer = (draft for draft in drafts.touching(region.start, region.end) if not region.holds(notes.start[draft.head]))
    return any(start < region.end and region.start < end for draft in outer for start, end in draft.pieces)


def colons(scene: Scene, drafts: Sequence[Draft], labels: frozenset[str]) -> Iterator[Draft]:
    """*Name: "..."* and *X was blunt: "..."* where no cue has the quotation, also in the next paragraph; *NAME: We ...* in a transcript, *Name: We will go* in a headline.

    `labels` are words that stand before a colon without speaking (*FILE PHOTO:*).
    """
    notes, shelf = scene.notes, DraftShelf(drafts)
    for (_, stop), (below, _) in pairwise(notes.blocks):
        region = covering(scene.regions, notes.start[below]) if notes.word[stop - 1] == ":" else None
        source = _speaker(notes, stop - 1) if region is not None and not owned(notes, region, shelf) else None
        if region is not None and source is not None:
            yield _of_mark(stop - 1, source, ((region.start, region.end),), _COLON, "paragraph")
    for first, stop in notes.blocks:
        for colon in range(first + 1, stop - 1):
            if notes.word[colon] == ":" and notes.lower[colon - 1] not in labels and (draft := _colon(scene, shelf, colon, (first, stop))):
                yield draft


def _colon(scene: Scene, drafts: DraftShelf, colon: int, block: tuple[int, int]) -> Draft | None:
    notes, (first, stop) = scene.notes, block
    region = covering(scene.regions, notes.start[colon + 1])
    name = _bare_name(notes, first, colon)
    if region is not None and region.start >= notes.end[colon] and not owned(notes, region, drafts):
        source = name if name is not None else _speaker(notes, colon)
        return _of_mark(colon, source, ((region.start, region.end),), _COLON, "quote") if source is not None else None
    if name is None or (region is not None and region.start >= notes.end[colon]):
        return None
    shouted = len(notes.word[name]) > 2 and notes.word[name].isupper() and all(notes.word[t].isupper() or notes.pos[t] == "PUNCT" for t in range(first, colon))
    if shouted and (region is None or region.start == notes.start[first]):
        pieces = scene.pieces(colon + 1, stop - 1)
        return _of_mark(colon, name, tuple(pieces), _COLON, "transcript") if pieces else None
    if region is None and stop - first <= _HEADLINE_TOKENS and stop - colon > _SPEECH_TOKENS and notes.ent[name] in ("PERSON", "ORG", "GPE"):
        return _of_mark(colon, name, tuple(scene.pieces(colon + 1, stop - 1)), _COLON, "headline")
    return None


def _of_mark(mark: int, source: int, pieces: tuple[tuple[int, int], ...], cue: Cue, rule: str) -> Draft:
    return Draft(mark, mark, mark, source, pieces, cue, f"attribution.{cue.group}.{rule}", range(mark, mark + 1))


def _bare_name(notes: Annotations, first: int, stop: int) -> int | None:
    """The head of a bare name that fills the tokens."""
    words = [token for token in range(first, stop) if notes.pos[token] != "PUNCT"]
    if not words or len(words) > _NAME_TOKENS or not all(notes.pos[token] in ("PROPN", "ADJ", "NOUN", "DET") or notes.lower[token] == "of" for token in words):
        return None
    return next((token for token in reversed(words) if notes.pos[token] == "PROPN"), None)


def _speaker(notes: Annotations, colon: int) -> int | None:
    """The subject of the clause that a colon ends."""
    sentence = notes.sentence(colon)
    roots = [token for token in range(sentence.start, colon) if notes.dep[token] == "ROOT"]
    return notes.child(roots[0], "nsubj") if roots else None


def signatures(scene: Scene, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """*"..." — Name* at the end of a paragraph, and a post signed *— Name (@handle)*, there or in a line of its own."""
    notes, shelf = scene.notes, DraftShelf(drafts)
    for (first, stop), below in pairwise(notes.blocks):
        if (name := _handle(notes, below)) is not None and not shelf.headed(range(first, stop)):
            yield _of_mark(below[0], name, tuple(scene.pieces(first, stop - 1)), _SIGNATURE, "post")
    for (_, stop), (below_first, _) in pairwise(notes.blocks):
        region = covering(scene.regions, notes.start[below_first]) if notes.word[stop - 1] == ":" else None
        source = _speaker(notes, stop - 1) if region is not None and not owned(notes, region, shelf) else None
        if region is not None and source is not None:
            yield _of_mark(stop - 1, source, ((region.start, region.end),), _COLON, "paragraph")
    for first, stop in notes.blocks:
        for dash in range(stop - 2, max(first, stop - 30), -1):
            if notes.word[dash] in _DASHES and (draft := _signed(scene, shelf, dash, (first, stop))):
                yield draft
                break


def _handle(notes: Annotations, block: tuple[int, int]) -> int | None:
    """The name in a line that only signs a post: *— Name (@handle)*."""
    first, stop = block
    bracket = next((token for token in range(first + 1, stop) if notes.word[token] == "("), stop)
    if notes.word[first] not in _DASHES or not notes.text[notes.end[bracket - 1] :].lstrip(_BLANK).startswith("(@"):
        return None
    return _bare_name(notes, first + 1, bracket)


def _signed(scene: Scene, drafts: DraftShelf, dash: int, block: tuple[int, int]) -> Draft | None:
    notes, (first, stop) = scene.notes, block
    bracket = next((token for token in range(dash + 1, stop) if notes.word[token] == "("), stop)
    name = _bare_name(notes, dash + 1, bracket)
    if name is None or bracket - dash < 2:
        return None
    region = covering(scene.regions, notes.end[dash - 1] - 1)
    if region is not None and bracket == stop and not owned(notes, region, drafts):
        return _of_mark(dash, name, ((region.start, region.end),), _SIGNATURE, "quote")
    handle = notes.text[notes.end[name] :].lstrip(_BLANK).startswith("(@")
    return _of_mark(dash, name, tuple(scene.pieces(first, dash - 1)), _SIGNATURE, "post") if handle and dash > first + 2 else None


def running(scene: Scene, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Paragraphs that are nothing but quotation, behind one that a speaker's quotation or colon ends: the same speaker's."""
    notes, shelf = scene.notes, DraftShelf(drafts)
    last: Draft | None = None
    for first, stop in notes.blocks:
        start, end = notes.start[first], notes.end[stop - 1]
        own = DraftShelf(shelf.opening(start, end, range(first, stop)))
        region = covering(scene.regions, start)
        whole = region is not None and region.double and region.end >= end - 1 and stop - first >= _SPEECH_TOKENS
        if region is not None and whole and last is not None and not owned(notes, region, own):
            last = replace(last, pieces=((region.start, region.end),), rule="attribution.quote.running")
            yield last
        elif not (region is not None and whole and owned(notes, region, own)):
            last = _last_speaker(scene, own, end)


def _last_speaker(scene: Scene, own: DraftShelf, end: int) -> Draft | None:
    """The draft whose quotation ends the paragraph, or whose cue does (*"...," X wrote for Y.*)."""
    notes = scene.notes
    outer = [draft for draft in own if covering(scene.regions, notes.start[draft.head]) is None]
    quoting = [draft for draft in outer if any(covering(scene.regions, piece[0]) for piece in draft.pieces)]
    closing = (draft for draft in quoting if any(end - 1 <= piece[1] <= end + 1 for piece in draft.pieces))
    trailing = [draft for draft in quoting if notes.end[notes.sentence(draft.head)[-1]] >= end - 1]
    return next(closing, trailing[0] if len(trailing) == 1 else None)
