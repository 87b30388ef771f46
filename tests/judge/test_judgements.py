"""Factuality, voice, date and place of events, and what is due: tables of sentences with near misses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman import pipeline
from dragoman.annotate.columns import Annotations
from dragoman.records import Article, Reading

Read = Callable[[str], Reading]
PUBLISHED = "2025-07-28"


@pytest.fixture(scope="session")
def read(parse: Callable[[str], Annotations]) -> Read:
    """The reading of a text that was published on a Monday."""

    def reading(text: str) -> Reading:
        notes = parse(text)
        article = Article("test", text, PUBLISHED)
        return pipeline.run(article, notes, pipeline.annotations_hash(article, "")).reading(notes, "coder")

    return reading


@pytest.mark.parametrize(
    ("text", "trigger", "factuality"),
    [
        ("Kenya attacked Somalia.", "attacked", "actual"),
        ("Kenya has attacked Somalia.", "attacked", "actual"),
        ("Kenya is attacking Somalia.", "attacking", "actual"),
        ("Kenya did not attack Somalia.", "attack", "negated"),
        ("Kenya never attacked Somalia.", "attacked", "negated"),
        ("Kenya will attack Somalia.", "attack", "future"),
        ("Kenya is going to attack Somalia.", "attack", "future"),
        ("Kenya plans to attack Somalia.", "attack", "future"),
        ("Kenya may attack Somalia.", "attack", "hypothetical"),
        ("Kenya could attack Somalia.", "attack", "hypothetical"),
        ("If Kenya attacks Somalia, traders will suffer.", "attacks", "hypothetical"),
        ("Uganda urged Kenya to attack Somalia.", "attack", "hypothetical"),
        ("Kenya managed to attack Somalia.", "attack", "actual"),
        ("Kenya will attack Somalia, its spokesman said.", "attack", "future"),
        ("Kenya will attack Somalia, Ugandan analysts predict.", "attack", "hypothetical"),
        ("Kenya will soon attack Somalia.", "attack", "future"),
    ],
)
def test_factuality_is_how_the_text_presents_the_event(text: str, trigger: str, factuality: str, read: Read) -> None:
    assert {event.trigger.surface: event.factuality for event in read(text).events}.get(trigger) == factuality


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("Kenya attacked Somalia.", None),
        ("Kenya attacked Somalia, Ugandan officials said.", "Ugandan officials"),
        ("According to Uganda, Kenya attacked Somalia.", "Uganda"),
        ("Uganda said that Kenya attacked Somalia.", "Uganda"),
        ("“Kenya attacked Somalia,” the Ugandan president said.", "the Ugandan president"),
        ("Kenya attacked Somalia. Ugandan officials said nothing.", None),
        ("The Ugandan president left the hall, saying that Kenya had attacked Somalia.", "The Ugandan president"),
        ("The Ugandan ministry published figures showing that Kenya had attacked Somalia.", "The Ugandan ministry"),
        ("If Uganda says that Kenya attacked Somalia, nobody will listen.", None),
        ("Uganda recalled Kenya's attack on Somalia.", None),
        ("Kenya's order to attack Somalia surprised Uganda.", None),
    ],
)
def test_voice_is_who_asserts_the_event(text: str, voice: str | None, read: Read) -> None:
    (event,) = (event for event in read(text).events if event.type == "ASSAULT")
    assert (event.voice.surface if event.voice else None) == voice


@pytest.mark.parametrize(
    ("text", "voices"),
    [
        ("Kenya attacked Somalia.", []),
        ("Uganda said that Kenya attacked Somalia.", []),
        ("The minister said the rebels had claimed that Kenya attacked Somalia.", ["The minister", "the rebels"]),
        ("According to the mayor, Ugandan officials told envoys that Kenya attacked Somalia.", ["the mayor", "Ugandan officials"]),
        ("The analyst said he believed that Kenya attacked Somalia.", []),
    ],
)
def test_voices_are_the_chain_of_sources_down_to_the_voice(text: str, voices: list[str], read: Read) -> None:
    event = next(event for event in read(text).events if event.trigger.surface == "attacked")
    assert [voice.surface for voice in event.voices] == voices
    assert not voices or event.voices[-1] == event.voice


@pytest.mark.parametrize(
    ("text", "date", "how"),
    [
        ("Kenya attacked Somalia on 5 March 2024.", "2024-03-05", "text"),
        ("Kenya attacked Somalia yesterday.", "2025-07-27", "publication"),
        ("Kenya attacked Somalia on Friday.", "2025-07-25", "publication"),
        ("Kenya will attack Somalia on Friday.", "2025-08-01", "publication"),
        ("Kenya attacked Somalia.", None, None),
    ],
)
def test_the_date_is_resolved_by_the_text_or_the_day_of_publication(text: str, date: str | None, how: str | None, read: Read) -> None:
    (event,) = (event for event in read(text).events if event.type == "ASSAULT")
    assert (event.date, event.date_how) == (date, how)


@pytest.mark.parametrize(("text", "place"), [("Kenya attacked rebels in Mogadishu.", "Mogadishu"), ("Egypt and Turkey met in Geneva.", "Geneva"), ("Kenya accused Somalia.", None)])
def test_the_place_is_where_the_sentence_says_it_happened(text: str, place: str | None, read: Read) -> None:
    event = read(text).events[0]
    assert (event.place.span.surface if event.place else None) == place


@pytest.mark.parametrize(
    ("text", "holder", "due"),
    [
        ("Kenya must withdraw its troops by 15 August.", "KEN", "2025-08-15"),
        ("Uganda promised to release the prisoners by 1 September.", "UGA", "2025-09-01"),
    ],
)
def test_a_commitment_binds_its_holder_to_a_day(text: str, holder: str, due: str, read: Read) -> None:
    assert (holder, due) in {(row.holder, row.due) for row in read(text).commitments}


@pytest.mark.parametrize("text", ["Kenya attacked Somalia on Friday.", "Uganda released the prisoners last week.", "Analysts met in Nairobi on Friday."])
def test_what_is_over_binds_nobody(text: str, read: Read) -> None:
    assert read(text).commitments == ()


def test_every_judgement_has_its_reason(read: Read) -> None:
    event = read("Kenya will attack Somalia on Friday, Uganda said.").events[-1]
    assert {"type", "factuality", "date"} <= {why.field for why in event.why}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kenya will send doctors to Uganda, the Kenyan government said.", ["AGREE"]),
        ("Kenya plans to send doctors to Uganda.", ["AGREE"]),
        ("Kenya had planned to send doctors to Uganda.", []),  # what was once meant
        ("Kenya will expel Ugandan diplomats, the Kenyan government said.", ["THREATEN"]),
        ("Kenya will impose a curfew on Monday, its president said.", []),  # a threat to nobody
        ("Kenya will boycott the summit, its president said.", ["THREATEN"]),
        ("The Kenyan president will meet the Ugandan president in May.", ["AGREE"]),
        ("Kenya's parliament will meet on Monday.", []),
        ("Kenya will send doctors to Uganda, Ghanaian analysts predict.", []),  # a forecast
    ],
)
def test_an_announced_deed_is_a_word_given_where_there_is_somebody_to_give_it_to(text: str, words: list[str], read: Read) -> None:
    assert [event.type for event in read(text).events if event.why[0].rule.endswith("announced-deed")] == words
