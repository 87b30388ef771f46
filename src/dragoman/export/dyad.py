"""What the ledger's articles say of two states (or bodies): events in both directions, claims about each other, commitments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.export.timeline import LANES
from dragoman.export.view import ArticleView, ClaimView, CommitmentView, EventView
from dragoman.export.words import country

FACTUALITIES = ("actual", "future", "hypothetical", "negated")


@dataclass(frozen=True, slots=True)
class Pair:
    """Whom a page is about; None: anybody."""

    actor: str | None
    recipient: str | None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that are given."""
        return tuple(code for code in (self.actor, self.recipient) if code)

    @property
    def title(self) -> str:
        """Whom the page is about, in words."""
        return " and ".join(map(country, self.codes)) or "All events"

    def direction(self, event: EventView) -> str | None:
        """How the event runs between the two; None if it does not."""
        actors, recipients = event.countries("actor"), event.countries("recipient")
        if not (self.actor and self.recipient):
            chosen = (self.actor is None or self.actor in actors) and (self.recipient is None or self.recipient in recipients)
            return (country(self.actor or self.recipient) or "all") if chosen else None
        for one, other in ((self.actor, self.recipient), (self.recipient, self.actor)):
            if one in actors and other in recipients and not (one in recipients and other in actors):
                return f"{country(one)} → {country(other)}"
        together = {*self.codes} <= actors | recipients
        return f"{country(self.actor)} and {country(self.recipient)} together" if together else None


@dataclass(frozen=True, slots=True)
class Entry:
    """A row with its article and its number on the page."""

    number: int
    article: ArticleView
    event: EventView
    direction: str



@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by direction: a number for each quad class and each factuality."""

    direction: str
    quads: tuple[int, ...]
    factualities: tuple[int, ...]
    all: int


def entries(articles: Iterable[ArticleView], pair: Pair) -> list[Entry]:
    """Events of the pair by date; those without one stand where they were reported."""
    found = [(article, event, direction) for article in articles for event in article.events if (direction := pair.direction(event))]
    return [Entry(number, *item) for number, item in enumerate(sorted(found, key=lambda item: _order(item[0], item[1])), 1)]


def _order(article: ArticleView, event: EventView) -> tuple[date, date, str, int]:
    published = article.published or date.max
    return event.since or event.until or published, published, article.id, event.span.start


def tallies(found: Sequence[Entry]) -> list[Tally]:
    """Counts by direction, and all together if there are several."""
    rows = [_tally(direction, [entry for entry in found if entry.direction == direction]) for direction in sorted({entry.direction for entry in found})]
    return [*rows, _tally("All", found)] if len(rows) > 1 else rows


def _tally(direction: str, found: Sequence[Entry]) -> Tally:
    quads, factualities = Counter(entry.event.quad for entry in found), Counter(entry.event.factuality for entry in found)
    return Tally(direction, tuple(quads[name] for name in LANES), tuple(factualities[name] for name in FACTUALITIES), len(found))


def claims(articles: Iterable[ArticleView], pair: Pair) -> Iterator[tuple[ArticleView, ClaimView]]:
    """What each says of the other; with one code, what it says of anybody."""
    for article in articles:
        for claim in article.claims:
            speaker = claim.source.country if claim.source else None
            others = {*pair.codes} - {speaker} if speaker in pair.codes else set()
            if others & _mentioned(article, claim) or (speaker and pair.codes == (speaker,)):
                yield article, claim


def _mentioned(article: ArticleView, claim: ClaimView) -> set[str]:
    """Countries that the content mentions."""
    return {m.country for m in article.mentions if m.country and any(piece.overlaps(m.span) for piece in claim.pieces)}


def commitments(articles: Iterable[ArticleView], pair: Pair) -> list[tuple[ArticleView, CommitmentView]]:
    """Commitments between the two, or of one where the other is not named, by deadline."""
    mine = _binds(pair)
    found = [(article, due) for article in articles for due in article.commitments if mine(due)]
    return sorted(found, key=lambda item: (item[1].since or date.max, item[0].published or date.max))


def _binds(pair: Pair) -> Callable[[CommitmentView], bool]:
    if len(pair.codes) == 2:
        return lambda due: any((due.holder, due.by) in ((one, other), (one, None), (None, one)) for one, other in (pair.codes, pair.codes[::-1]))
    return lambda due: not pair.codes or pair.codes[0] in (due.holder, due.by)
