"""Text of PDF files, by the extra `pdf` (pypdf). Pictures of pages hold no text: such a file has no article."""

from __future__ import annotations

import io
import re

from dragoman.errors import NoBody, NoExtra, Unreadable

SIGNATURE = b"%PDF-"
_SPLIT_WORD = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_LAYOUT_BREAK = re.compile(r"(?<![.!?:”\"’)])[ \t]*\n[ \t]*(?=\S)")
_MOST_PAGES = 200


def read_pdf(data: bytes, subject: str) -> tuple[str, str | None]:
    """The text and the title of a PDF file; lines that the page's width broke are joined.

    Raises:
        NoExtra: pypdf is not installed.
        Unreadable: it is damaged or locked.
        NoBody: it holds no text.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise NoExtra(subject, kind="PDF", extra="pdf") from error
    try:
        reader = PdfReader(io.BytesIO(data))
        pages = [page.extract_text() for page in reader.pages[:_MOST_PAGES]]
        title = reader.metadata.title if reader.metadata else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:  # what pypdf lets through on damaged files
        raise Unreadable(subject, detail=f"damaged or locked PDF: {error}") from error
    text = _LAYOUT_BREAK.sub(" ", _SPLIT_WORD.sub("", "\n".join(pages))).strip()
    if not text:
        raise NoBody(subject)
    return text, str(title) if title else None
