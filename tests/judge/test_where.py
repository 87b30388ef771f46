"""Where events happened: the place that governs the event, origin and destination, with near misses. All sentences were written for these tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.annotate.columns import Annotations
from dragoman.pipeline import run
from dragoman.records import Article, Event

Parse = Callable[[str], Annotations]

# text, word of the event, place, origin, destination
CASES = [
    # a preposition of place at the event, its object or its subject
    ("The Russian army shelled a hospital in Kharkiv on Saturday.", "shelled", "Kharkiv", None, None),
    ("In Geneva, the two ministers met on Monday.", "met", "Geneva", None, None),
    ("Protesters in Nairobi burned tyres and demanded that Kenya withdraw.", "demanded", "Nairobi", None, None),
    ("Gunmen killed five soldiers near Goma.", "killed", "Goma", None, None),
    ("Two envoys were arrested at Heathrow Airport.", "arrested", "Heathrow Airport", None, None),
    # not the first place of the sentence
    ("Kenya and Uganda signed the treaty in Kampala.", "signed", "Kampala", None, None),
    ("A member of the Kenyan army was killed by a roadside bomb in Somalia.", "killed", "Somalia", None, None),
    # the noun of the event
    ("The attack in Mombasa killed nine people.", "killed", "Mombasa", None, None),
    ("The Geneva talks between Iran and Oman failed.", "talks", "Geneva", None, None),
    ("The Russian bombardment of Kharkiv went on.", "bombardment", "Kharkiv", None, None),
    # objects of going
    ("Kenyan troops stormed Mogadishu.", "stormed", "Mogadishu", None, None),
    ("The president of Kenya visited Kampala on Friday.", "visited", "Kampala", None, None),
    # clauses that share a place
    ("The president of Kenya flew to Doha, where he met the emir of Qatar.", "met", "Doha", None, None),
    # the scene as subject, the captured place as antecedent
    ("Nairobi saw violent protests against the new tax.", "saw", "Nairobi", None, None),
    ("Kampala was rocked by protests on Friday.", "rocked", "Kampala", None, None),
    ("Kenya denounced the protests on Friday.", "denounced", None, None, None),
    # movements
    ("Russia reopened direct flights from Moscow to Pyongyang.", "reopened", None, "Moscow", "Pyongyang"),
    ("Ethiopia withdrew its troops from Kismayo.", "withdrew", "Kismayo", "Kismayo", None),
    ("The minister of Kenya travelled from Nairobi to Kampala for talks.", "travelled", "Kampala", "Nairobi", "Kampala"),
    # a relative clause on the ground of a name; access; the first to do something
    ("Kenya returned the Darfur territory that it conquered from Sudan in 1998.", "conquered", "Darfur", None, None),
    ("The missile launch by Iran was the first to fly over Baghdad.", "launch", "Baghdad", None, None),
    # near misses
    ("In a telephone call to Mogadishu, Kenya urged Somalia to hold talks.", "urged", None, None, None),
    ("The council will meet at the request of Kenya.", "meet", None, None, None),
    ("The council passed sanctions on Pyongyang.", "sanctions", None, None, None),
    ("Kenya accused Somalia of sending arms to Sudan.", "accused", None, None, None),
    ("Four soldiers were killed, according to the Pentagon.", "killed", None, None, None),
    ("In a statement to reporters, Kenya condemned the attack.", "condemned", None, None, None),
    ("The leader of Kenya criticised the prime minister of Uganda.", "criticised", None, None, None),
]


def at(text: str, word: str, parse: Parse) -> Event:
    reading = run(Article("test", text, "2025-07-28"), parse(text), "test").reading(parse(text), "test")
    found = [event for event in reading.events if word in event.trigger.surface]
    assert found, [event.trigger.surface for event in reading.events]
    return found[0]


@pytest.mark.parametrize(("text", "word", "place", "origin", "destination"), CASES)
def test_where_an_event_happened(text: str, word: str, place: str | None, origin: str | None, destination: str | None, parse: Parse) -> None:
    event = at(text, word, parse)
    shown = [where.span.surface if where else None for where in (event.place, event.origin, event.destination)]
    assert shown == [place, origin, destination]


def test_every_place_has_its_reason(parse: Parse) -> None:
    event = at("The minister of Kenya travelled from Nairobi to Kampala for talks.", "travelled", parse)
    assert {(why.field, why.rule) for why in event.why if why.rule.startswith("places.")} == {("place", "places.governed"), ("origin", "places.from"), ("destination", "places.to")}
