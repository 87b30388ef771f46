"""Readings made by hand for the pages, and what a reader of the page sees."""

from __future__ import annotations

from html.parser import HTMLParser

from dragoman.records import (
    Article,
    Claim,
    Commitment,
    Event,
    Evidence,
    Figure,
    Mention,
    Participant,
    Place,
    Reading,
    Span,
    Timex,
    Toponym,
    content_id,
)

CODER = "dragoman/0.1.0+aaaaaaaaaaaa"
TEXT = ("Ruritania shelled the port of Strelsau on 3 May 2031, “killing 45 people”, Borduria's envoy said.\n\n"
        "Advertisement\n\n"
        "Ruritania will <script>alert('withdraw')</script> & leave by June 1 unless talks fail.\n\n"
        "Topics: Ruritania, Borduria")


def span(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part), part)


def article(text: str = TEXT, **fields: str | None) -> Article:
    known = {"id": content_id(text), "date": "2031-05-04", "title": "Port <b>shelled</b>", "outlet": "Test & Wire", **fields}
    return Article(text=text, **known)  # type: ignore[arg-type]


def event(of: Article, trigger: str, kind: str = "ASSAULT", factuality: str = "actual", date: str | None = None, **codes: str) -> Event:
    at = span(of.text, trigger)
    actors = (Participant(span(of.text, "Ruritania"), "Ruritania", codes.get("actor", "RUR"), "MIL", "name", 1),)
    recipients = (Participant(None, "Borduria", codes.get("recipient", "BOR"), "GOV", "inferred", 2),)
    rules = [Evidence(field, f"plover.{kind}.test", at.start, at.end) for field in ("type", "mode")]
    why = (*rules, Evidence("factuality", "factuality.default"))
    quad = "material conflict" if kind == "ASSAULT" else "material cooperation"
    place = Place(span(of.text, "Strelsau"), "Strelsau", "BOR", 1.0, 2.0, None, "city") if "Strelsau" in of.text else None
    return Event(content_id(of.id, kind, at.start), at, kind, None, ("military",), "190", quad, -9.0, actors, recipients, factuality, date,
                 "text" if date else None, place, None, 0.75, 1, why)


def reading(of: Article | None = None, toll: int = 45) -> Reading:
    """An article with overlapping and nested spans, two events, a claim, a commitment and a figure, of which the text gives `toll`."""
    of = of or article()
    text = of.text
    envoy = Mention(span(text, "Borduria's envoy"), "role", "Borduria's envoy", "BOR", "GOV", "description", 2, 0, 0, 0, "actors.role")
    state = Mention(span(text, "Ruritania"), "country", "Ruritania", "RUR", "GOV", "name", 1, 0, 0, 0, "actors.name")
    content = span(text, f"Ruritania shelled the port of Strelsau on 3 May 2031, “killing {toll} people”")
    why = (Evidence("kind", "attribution.say", *_ends(text, "said")),)
    said = Claim(0, envoy.span, span(text, "said"), (content,), "mixed", "speech", "accusation", None, 0, 0, why)
    due = Commitment("RUR", "BOR", span(text, "leave by June 1"), "2031-06-01", span(text, "June 1"), "moved", "2031-05-20", span(text, "unless talks fail"), ())
    killed = Figure(span(text, f"{toll} people"), float(toll), None, None, "person", False, None, "people", None, "figures.person", envoy.span)
    day = Timex(span(text, "3 May 2031"), "DATE", "2031-05-03", None, 0, 0, "times.day")
    events = (event(of, "shelled", date="2031-05-03"), event(of, "withdraw", "RETREAT", "future"))
    port = Toponym(span(text, "port of Strelsau"), "literal", "Strelsau", "BOR", None, None, None, None, 0, 0)
    return Reading(of, CODER, (), events, (said,), (due,), (killed,), (day,), (port,), (envoy, state))


def _ends(text: str, part: str) -> tuple[int, int]:
    found = span(text, part)
    return found.start, found.end


class Page(HTMLParser):
    """What a page says: its text, ids, links and tags; markup that crosses or stays open is an error."""

    BLOCKS = frozenset({"td", "th", "dt", "dd", "p", "li", "h1", "h2", "h3", "h4"})
    VOID = frozenset({"meta", "link", "br", "rect", "circle", "path"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An empty element."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """An element ends: the one that began last."""
        assert self.open, tag
        assert self.open.pop() == tag
        if tag in self.BLOCKS:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        """Text."""
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        """The text without markup, white space as one blank."""
        return " ".join("".join(self.words).split())

    def all(self, name: str) -> list[str]:
        """The values of an attribute, in order."""
        return [value for _, attributes in self.tags if (value := attributes.get(name)) is not None]
