"""Persons seen in an office: every construction with its near misses."""

from __future__ import annotations

import pytest

from dragoman.extract import actors, observations
from dragoman.extract.roster import load
from dragoman.records import Article


def seen(parse, text: str, date: str | None = "2026-03-03"):
    article, notes = Article("t", text, date), parse(text)
    return observations.read(article, notes, actors.read(article, notes, load()), load())


@pytest.mark.parametrize(("text", "office", "country", "status"), [
    ("Norwegian Foreign Minister Tora Lindvik met her Swedish counterpart.", "foreign minister", "NOR", "current"),
    ("Tora Lindvik, the Norwegian foreign minister, accused Russia.", "foreign minister", "NOR", "current"),
    ("Norway's foreign minister, Tora Lindvik, rejected it.", "foreign minister", "NOR", "current"),
    ("Tora Lindvik is the new foreign minister of Norway.", "foreign minister", "NOR", "current"),
    ("Tora Lindvik was appointed foreign minister of Norway on Monday.", "foreign minister", "NOR", "current"),
    ("Tora Lindvik became Norway's foreign minister last week.", "foreign minister", "NOR", "current"),
    ("Tora Lindvik was sworn in as president of Kenya on Friday.", "president", "KEN", "current"),
    ("German Chancellor Tora Lindvik spoke.", "chancellor", "DEU", "current"),
    ("British Foreign Secretary Tora Lindvik spoke.", "foreign minister", "GBR", "current"),
    ("Acting Norwegian Prime Minister Tora Lindvik resigned.", "prime minister", "NOR", "acting"),
    ("Former Norwegian foreign minister Tora Lindvik criticised the plan.", "foreign minister", "NOR", "former"),
    ("Norway's ex-foreign minister Tora Lindvik spoke.", "foreign minister", "NOR", "former"),
    ("Kenyan President-elect Juma Odera met Paul Kagame.", "president", "KEN", "elect"),
])
def test_a_person_is_seen_in_an_office(parse, text, office, country, status):
    (one,) = seen(parse, text)
    assert (one.office, one.country, one.status) == (office, country, status)
    assert text[one.span.start : one.span.end] == one.span.surface == one.name
    assert text[one.description.start : one.description.end] == one.description.surface
    assert one.rule.startswith("actors.observations:")


@pytest.mark.parametrize("text", [
    "Tora Lindvik may be appointed foreign minister of Norway.",
    "Tora Lindvik was not appointed foreign minister of Norway.",
    "Then-foreign minister Tora Lindvik signed the deal.",
    "Tora Lindvik, who was foreign minister of Norway until 2024, spoke.",
    "Tora Lindvik, Norway's foreign minister from 2017 to 2021, spoke.",
    "Foreign ministers Tora Lindvik and Juma Odera met.",
    "The Norwegian foreign minister met Tora Lindvik in Oslo.",
    "Lindvik is the foreign minister of Norway.",
    "Tora Lindvik, president of the Harbour Bank, opposed the tax in Norway.",
    "Harbour University President Tora Lindvik resigned.",
])
def test_near_misses_show_nobody_in_an_office(parse, text):
    assert seen(parse, text) == ()


def test_a_deputy_is_seen_in_another_office(parse):
    assert {one.office for one in seen(parse, "Norwegian Deputy Foreign Minister Tora Lindvik spoke.")} == {"deputy foreign minister"}


def test_a_text_without_a_day_teaches_nothing(parse):
    assert seen(parse, "Norwegian Foreign Minister Tora Lindvik spoke.", None) == ()
