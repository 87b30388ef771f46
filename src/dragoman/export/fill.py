"""Views of articles from rows as `dragoman.ledger.rows` makes them, whether they come from a ledger or straight from a reading."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from string import ascii_lowercase
from typing import Any, TypeVar

from dragoman.annotate.blocks import layout
from dragoman.codebook import boilerplate
from dragoman.export.marks import Mark, segments
from dragoman.export.view import ArticleView, ClaimView, CommitmentView, EventView, FigureView, Mention, Paragraph, Party, Reason, Rows, Shown
from dragoman.export.words import amount, country, spoken_date
from dragoman.records import Span

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]
"""The rows of one article by table."""
View = TypeVar("View", bound=Shown)

TABLES = ("articles", "sentences", "mentions", "events", "participants", "claims", "commitments", "figures", "timexes", "toponyms")
"""The tables that a view is made of."""
# Characters shown on each side of a row's own where its sentence is not known.
_CONTEXT = 140
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def view(tables: Tables, anchor: str = "") -> ArticleView:
    """One article with its rows.

    Args:
        tables: the rows of the article by table; the table `articles` has one.
        anchor: what its anchors begin with, so that several articles can stand in one page.
    """
    article = tables["articles"][0]
    text = article["text"]
    mentions = tuple(Mention(_span(row), row["kind"], row["name"], row["country"]) for row in tables.get("mentions", ()))
    writer = _Writer(text, anchor, {row["id"]: row["surface"] for row in tables.get("sentences", ())}, mentions)
    claims, commitments = writer.each(tables, "claims", writer.claim), writer.each(tables, "commitments", writer.commitment)
    rows = Rows(writer.events(tables), claims, commitments, writer.figures(tables))
    latest = max((row for table in tables.values() for row in table), key=lambda row: row["recorded_at"])
    return ArticleView(
        id=article["id"], anchor=anchor, title=article["title"] or "Untitled article", outlet=article["outlet"], published=article["published"],
        url=article["url"], language=article["language"] or "en", coder=latest["coder"], paragraphs=tuple(_paragraphs(text, tuple(_marks(rows, tables)), rows)),
        rows=rows, mentions=mentions,
    )  # fmt: skip


class _Writer:
    """Makes the views of an article's rows.

    Args:
        text: the article's.
        anchor: what anchors begin with.
        sentences: their text by id.
        mentions: who is mentioned where.
    """

    def __init__(self, text: str, anchor: str, sentences: Mapping[str, str], mentions: Sequence[Mention]) -> None:
        self._text = text
        self._anchor = anchor
        self._sentences = sentences
        self._mentions = {(mention.span.start, mention.span.end): mention for mention in mentions}

    def each(self, tables: Tables, table: str, make: Callable[[Row, int], View]) -> tuple[View, ...]:
        """The views of a table's rows in the order of the text; a row without characters has nothing to show."""
        found = sorted((row for row in tables.get(table, ()) if row["start"] is not None), key=lambda row: (row["start"], row["end"], row["id"]))
        return tuple(make(row, number) for number, row in enumerate(found, 1))

    def events(self, tables: Tables) -> tuple[EventView, ...]:
        """Events with their participants."""
        parties: dict[tuple[str, str], list[Row]] = {}
        for row in sorted(tables.get("participants", ()), key=lambda row: row["n"]):
            parties.setdefault((row["event"], row["role"]), []).append(row)
        return self.each(tables, "events", lambda row, number: self._event(row, number, parties))

    def figures(self, tables: Tables) -> tuple[FigureView, ...]:
        """Figures, those of the same amount joined."""
        by_id = {row["id"]: row for row in tables.get("figures", ())}
        numbers = {row["id"]: n for n, row in enumerate(sorted(by_id.values(), key=lambda row: (row["start"], row["end"], row["id"])), 1)}

        def make(row: Row, number: int) -> FigureView:
            other = by_id.get(row["equals"] or "")
            same = (f"{self._anchor}f{numbers[other['id']]}", _amount(other)) if other else None
            return FigureView(*self._shown(row, "f", f"f{number}"), row["value"], row["low"], row["high"], row["unit"], row["approx"], row["of"],
                              self._voice(row), same)

        return self.each(tables, "figures", make)

    def claim(self, row: Row, number: int) -> ClaimView:
        """One claim."""
        source = None
        if row["source_surface"] is not None:
            label = row["source_name"] or row["source_surface"]
            source = Party(label, row["source_country"], row["source_sector"], span=_span(row, "source_"))
        pieces = tuple(Span(piece["start"], piece["end"], piece["surface"]) for piece in row["content"] or ())
        shown = self._shown(row, "c", _letters(number), number)
        content = " … ".join(piece.surface for piece in pieces)
        return ClaimView(*shown, source, _optional(row, "cue_"), pieces, content, row["form"], row["kind"], row["depth"], row["via_surface"], _forecast(row))

    def commitment(self, row: Row, number: int) -> CommitmentView:
        """One commitment."""
        return CommitmentView(*self._shown(row, "d", _roman(number), number), row["holder"], row["by"], row["due"], _optional(row, "due_"), row["valid_from"],
                              row["change"], row["from_due"], row["condition_surface"])

    def _event(self, row: Row, number: int, parties: Mapping[tuple[str, str], Sequence[Row]]) -> EventView:
        actors, recipients = (tuple(map(_party, parties.get((row["id"], role), ()))) for role in ("actor", "recipient"))
        return EventView(
            *self._shown(row, "e", str(number)), row["type"], row["mode"], tuple(row["contexts"] or ()), row["quad"], row["score"], row["factuality"],
            actors, recipients, row["date"], row["date_how"], row["valid_from"], row["valid_to"], row["published"], self._place(row), self._voice(row),
            row["confidence"],
        )  # fmt: skip

    def _voice(self, row: Row) -> Party | None:
        """Whose voice it is, by the name that the mention stands for."""
        span = _optional(row, "voice_")
        if span is None:
            return None
        known = self._mentions.get((span.start, span.end))
        return Party(known.name if known and known.name else span.surface, known.country if known else None, span=span)

    def _place(self, row: Row) -> Party | None:
        if row["place_start"] is None:
            return None
        start, end = row["place_start"], row["place_end"]
        span = Span(start, end, self._text[start:end])
        return Party(row["place_name"] or span.surface, row["place_country"], span=span)

    def _shown(self, row: Row, letter: str, label: str, number: int | None = None) -> tuple[str, str, str, Span, str, tuple[Reason, ...]]:
        span = _span(row)
        quote = self._sentences.get(row["sentence"] or "") or self._around(span)
        return row["id"], f"{self._anchor}{letter}{number or label.lstrip(letter)}", label, span, quote, tuple(self._reasons(row))

    def _around(self, span: Span) -> str:
        start, end = max(0, span.start - _CONTEXT), min(len(self._text), span.end + _CONTEXT)
        return f"{'… ' if start else ''}{self._text[start:end].strip()}{' …' if end < len(self._text) else ''}"

    def _reasons(self, row: Row) -> Iterator[Reason]:
        """Reasons, those of the same rule and characters as one."""
        fields: dict[tuple[str, int | None, int | None], list[str]] = {}
        given = row.get("why") or ([{"field": "figure", "rule": row["rule"], "start": row["start"], "end": row["end"]}] if row.get("rule") else [])
        for reason in given:
            fields.setdefault((reason["rule"], reason["start"], reason["end"]), []).append(reason["field"])
        for (rule, start, end), names in fields.items():
            yield Reason(", ".join(dict.fromkeys(names)), rule, None if start is None else self._text[start:end])


def _span(row: Row, prefix: str = "") -> Span:
    return Span(row[f"{prefix}start"], row[f"{prefix}end"], row[f"{prefix}surface"])


def _optional(row: Row, prefix: str) -> Span | None:
    return None if row[f"{prefix}start"] is None else _span(row, prefix)


def _party(row: Row) -> Party:
    span = None if row["start"] is None else _span(row)
    label = row["name"] or row["surface"] or country(row["country"]) or "somebody"
    return Party(label, row["country"], row["sector"], row["how"], span)


def _amount(row: Row) -> str:
    return amount(row["value"], row["low"], row["high"], row["unit"], approx=row["approx"])


def _forecast(row: Row) -> str:
    """What a forecast expects, in one line."""
    odds = f"{row['p_low']:.0%} to {row['p_high']:.0%}" if row["p_low"] is not None and row["p_high"] is not None else ""
    parts = (f"about {country(row['forecast_of'])}" if row["forecast_of"] else "", f"by {spoken_date(row['forecast_by'])}" if row["forecast_by"] else "",
             f"“{row['hedge']}”{f', usually {odds}' if odds else ''}" if row["hedge"] else odds)
    return "; ".join(filter(None, parts))


def _letters(number: int) -> str:
    """a, b ... z, aa, ab ..."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = ascii_lowercase[rest] + letters
    return letters


def _roman(number: int) -> str:
    letters = ""
    for size, numeral in _ROMAN:
        count, number = divmod(number, size)
        letters += numeral * count
    return letters


def _marks(rows: Rows, tables: Tables) -> Iterator[Mark]:
    """The marks of all rows of an article."""
    for event in rows.events:
        yield from _event_marks(event)
    for claim in rows.claims:
        yield from _claim_marks(claim)
    for due in rows.commitments:
        at = due.due_text or due.span
        yield Mark(at.start, at.end, "due", f"commitment {due.label}", due.anchor, due.label, due.id)
    for figure in rows.figures:
        yield Mark(figure.span.start, figure.span.end, "figure", figure.amount, figure.anchor, figure.label, figure.id)
    for row in tables.get("timexes", ()):
        # A length of time is a figure as well, and marked as that.
        if not any(figure.span.overlaps(_span(row)) for figure in rows.figures):
            yield Mark(row["start"], row["end"], "time", row["value"] or "")
    for row in tables.get("toponyms", ()):
        if row["role"] == "literal":
            yield Mark(row["start"], row["end"], "place", " ".join(filter(None, (row["name"], row["country"]))))


def _event_marks(event: EventView) -> Iterator[Mark]:
    span = event.span
    yield Mark(span.start, span.end, "trigger", event.heading, event.anchor, event.label, event.id)
    for role, parties in (("actor", event.actors), ("recipient", event.recipients)):
        for party in parties:
            if party.span:
                yield Mark(party.span.start, party.span.end, role, f"{role} of {event.label}: {party.label} {party.code}".strip())
    if event.place and event.place.span:
        yield Mark(event.place.span.start, event.place.span.end, "place", f"place of {event.label}: {event.place.label}")


def _claim_marks(claim: ClaimView) -> Iterator[Mark]:
    # The number stands at the cue, or where there is none at the source, or at what is said.
    numbered = claim.cue or (claim.source.span if claim.source else None) or claim.span
    for span, layer in ((claim.source.span if claim.source else None, "source"), (claim.cue, "cue"), *((piece, "content") for piece in claim.pieces)):
        if span:
            here = span is numbered
            yield Mark(span.start, span.end, layer, "" if layer == "content" else f"{layer} of {claim.label}", claim.anchor if here else "",
                       claim.label if here else "", claim.id if here else "")  # fmt: skip
    if numbered is claim.span:
        yield Mark(numbered.start, numbered.end, "content", "", claim.anchor, claim.label, claim.id)


def _paragraphs(text: str, marks: Sequence[Mark], rows: Rows) -> Iterator[Paragraph]:
    """Paragraphs and furniture in order, each row with the paragraph that its number stands in."""
    page = layout(text, boilerplate())
    ranges = sorted([*page.blocks, *page.skipped])
    starts = [start for start, _ in ranges]
    home = {mark.row: max(bisect_right(starts, mark.end - 1) - 1, 0) for mark in marks if mark.row}

    def here(found: tuple[View, ...], number: int) -> tuple[View, ...]:
        return tuple(row for row in found if home[row.anchor] == number)

    for number, (start, end) in enumerate(ranges):
        own = Rows(here(rows.events, number), here(rows.claims, number), here(rows.commitments, number), here(rows.figures, number))
        yield Paragraph(segments(text, start, end, marks), (start, end) in page.skipped, own)
