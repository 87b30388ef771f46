"""What an event is where the whole article, the trade of a side or the outcome of an act bears on it: each case with a near miss beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.annotate.columns import Annotations
from dragoman.code.events import code, load_coder
from dragoman.codebook import BUILT_IN
from dragoman.extract import actors, places, roster
from dragoman.records import Article, Event

Parse = Callable[[str], Annotations]
Read = Callable[[str], tuple[Event, ...]]


@pytest.fixture(scope="module")
def read(parse: Parse) -> Read:
    """The events of a text."""
    people, gazetteer, coder = roster.load(BUILT_IN), places.load_gazetteer(BUILT_IN), load_coder(BUILT_IN)

    def events(text: str) -> tuple[Event, ...]:
        article, notes = Article("test", text, "2025-06-01"), parse(text)
        return code(article, notes, actors.read(article, notes, people), places.read(article, notes, gazetteer), coder)

    return events


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Hackers broke into ministries in Peru. Malware was found in Lima. The attack on Peru came at night.", ["COERCE"]),
        ("Soldiers broke into ministries in Peru. Guns were found in Lima. The attack on Peru came at night.", ["ASSAULT"]),
        ("Hackers broke into ministries in Peru. Malware was found in Lima. The attack on Peru killed nine.", ["ASSAULT"]),
    ],
)
def test_in_a_report_of_hackers_a_bare_attack_is_one_on_computers(text: str, types: list[str], read: Read) -> None:
    last = text.rindex(". ", 0, -1)
    assert [event.type for event in read(text) if event.trigger.start > last] == types


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        ("Four soldiers of Niger were killed in an airstrike by Mali.", ["killed"]),
        ("An attack in Mali killed four soldiers of Niger.", ["killed"]),
        ("Peru condemned the attack by Mali that wounded four soldiers of Niger.", ["condemned", "wounded"]),
        ("Niger condemned Mali for its war of aggression.", ["condemned", "war"]),
        ("The attack by Mali came after Niger killed four rebels.", ["attack", "killed"]),  # two acts
        ("Mali attacked Niger and killed four soldiers of Niger.", ["attacked", "killed"]),  # two verbs, two events
    ],
)
def test_an_act_and_its_outcome_are_one_event(text: str, triggers: list[str], read: Read) -> None:
    assert [event.trigger.surface for event in read(text)] == triggers


def test_the_row_that_is_kept_has_the_sides_of_both(read: Read) -> None:
    event = read("Four soldiers of Niger were killed in an airstrike by Mali.")[0]
    assert ([who.country for who in event.actors], [who.country for who in event.recipients]) == (["MLI"], ["NER"])


@pytest.mark.parametrize(
    ("text", "consults"),
    [
        ("A BBC correspondent spoke with the Kenyan president.", False),
        ("The Kenyan president spoke with the Ugandan president.", True),
    ],
)
def test_an_interview_is_no_consultation(text: str, consults: bool, read: Read) -> None:
    assert any(event.type == "CONSULT" for event in read(text)) == consults
