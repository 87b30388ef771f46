"""When events happened: the stretch that governs each, the same happening dated elsewhere, and near misses. Published on Monday 28 July 2025."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman import pipeline
from dragoman.annotate.columns import Annotations
from dragoman.records import Article, Event

Read = Callable[[str], tuple[Event, ...]]
PUBLISHED = "2025-07-28"


@pytest.fixture(scope="session")
def read(parse: Callable[[str], Annotations]) -> Read:
    """The events of a text."""

    def events(text: str) -> tuple[Event, ...]:
        notes = parse(text)
        article = Article("test", text, PUBLISHED)
        return pipeline.run(article, notes, pipeline.annotations_hash(article, "")).reading(notes, "coder").events

    return events


def dated(events: tuple[Event, ...], trigger: str, number: int = 0) -> tuple[str | None, str | None]:
    found = [event for event in events if trigger in event.trigger.surface]
    return found[number].date, next((why.rule for why in found[number].why if why.field == "date"), None)


# text, trigger, date, rule
GOVERNED = [
    ("Kenya attacked Somalia on 5 March 2024.", "attacked", "2024-03-05", "times.day-month"),
    ("Envoys of Chad and Sudan held talks on Friday.", "talks", "2025-07-25", "times.weekday"),
    ("Kenya attacked Somalia.", "attacked", None, None),
    # ranges and stretches
    ("Rebels shelled the port from March to May.", "shelled", "2025-03/2025-05", "dates.range"),
    ("Rebels shelled the port between 2019 and 2021.", "shelled", "2019/2021", "dates.range"),
    ("Sudan has shelled the camp since March 2024.", "shelled", "2024-03/2025-07-28", "dates.since"),
    ("Rebels have shelled the port over the past two weeks.", "shelled", "2025-07-14/2025-07-28", "dates.past-stretch"),
    ("Chad will withdraw its troops from Sudan within a month.", "withdraw", "2025-07-28/2025-08-28", "dates.within"),
    # counted from another day
    ("Rebels attacked the port ten days after the president was elected on May 3.", "attacked", "2025-05-13", "dates.counted"),
    # the day of a deadline is not when it was set
    ("Kenya gave Somalia a deadline of August 9 to withdraw its troops.", "deadline", None, None),
    ("Kenya demanded that Somalia withdraw its troops by August 9.", "demanded", None, None),
    # another event's day
    ("Kenya attacked Somalia after talks on Friday.", "attacked", None, None),
]


@pytest.mark.parametrize(("text", "trigger", "date", "rule"), GOVERNED, ids=[case[0] for case in GOVERNED])
def test_the_stretch_that_governs_the_event(text: str, trigger: str, date: str | None, rule: str | None, read: Read) -> None:
    assert dated(read(text), trigger) == (date, rule)


# text, trigger of its last event, date
SAME = [
    ("Kenya and Somalia held talks on Friday. The talks ended without a deal.", "talks", "2025-07-25"),
    ("Kenya and Somalia held talks on Friday. Other talks ended without a deal.", "talks", None),
    ("Rebels attacked the port of Mocha on Friday. The attack killed ten soldiers.", "killed", "2025-07-25"),
    ("Rebels attacked the port of Mocha on Friday. Another attack killed ten soldiers.", "killed", None),
    ("Chad attacked Niger on Friday. An attack by Kenya killed ten soldiers.", "killed", None),
    ("Kenya met Uganda on Friday. Sudan praised the talks between Chad and Niger.", "talks", None),
]


@pytest.mark.parametrize(("text", "trigger", "date"), SAME, ids=[case[0] for case in SAME])
def test_the_same_happening_has_the_same_date(text: str, trigger: str, date: str | None, read: Read) -> None:
    found = [event for event in read(text) if trigger in event.trigger.surface]
    assert [event.date for event in found][-1:] in ([date], [] if date is None else [date])


def test_the_rule_points_at_the_other_telling(read: Read) -> None:
    events = read("Kenya and Somalia held talks on Friday. The talks ended without a deal.")
    (why,) = (why for why in events[-1].why if why.field == "date")
    assert (why.rule, why.start) == ("dates.same-happening", events[0].trigger.start)


def test_what_goes_on_has_the_day_of_a_fresh_lead(read: Read) -> None:
    fresh, old = "Envoys of Chad met rebels today. Ministers of Niger were meeting in Agadez.", "Envoys of Chad met rebels in May. Ministers of Niger were meeting in Agadez."
    assert dated(read(fresh), "meeting") == ("2025-07-28", "dates.under-way")
    assert dated(read(old), "meeting") == (None, None)


def test_an_event_keeps_date_and_how_together(read: Read) -> None:
    for event in read("Rebels attacked the port of Mocha on Friday. The attack killed ten. Kenya and Chad will meet in September. Uganda accused Sudan."):
        assert (event.date is None) == (event.date_how is None)
