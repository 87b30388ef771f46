"""Toponyms: which words name a place and which place is meant, with near misses. All sentences were written for these tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.annotate.columns import Annotations
from dragoman.extract import places
from dragoman.records import Article, Toponym

Parse = Callable[[str], Annotations]


@pytest.fixture
def read(parse: Parse) -> Callable[[str], tuple[Toponym, ...]]:
    atlas = places.load_gazetteer()
    return lambda text: places.read(Article("test", text), parse(text), atlas)


FOUND = [
    # names, adjectives and inhabitants
    ("Kenya closed its border with Somalia.", [("Kenya", "KEN", "country"), ("Somalia", "SOM", "country")]),
    ("The Kenyan army arrested two Somalis.", [("Kenyan", "KEN", "country"), ("Somalis", "SOM", "country")]),
    ("European ministers met the Scottish delegation.", [("European", None, "region"), ("Scottish", "GBR", "admin1")]),
    ("Texans voted on Tuesday.", [("Texans", "USA", "admin1")]),
    # town, division
    ("The judge lives in Boise, Idaho, and owns a farm.", [("Boise", "USA", "city"), ("Idaho", "USA", "admin1")]),
    ("Police in Fresno, Calif., arrested a man.", [("Fresno", "USA", "city"), ("Calif.", "USA", "admin1")]),
    ("He was born in Paris, Texas, in 1950.", [("Paris", "USA", "city"), ("Texas", "USA", "admin1")]),
    ("He was born in Paris, France, in 1950.", [("Paris", "FRA", "city"), ("France", "FRA", "country")]),
    # parts of a country, divisions by their kind
    ("Fighting raged in eastern Ukraine.", [("Ukraine", "UKR", "country")]),
    ("Shells fell in Cass County, Texas.", [("Cass County", "USA", "region"), ("Texas", "USA", "admin1")]),
    ("Troops entered the village of Garissa.", [("Garissa", "KEN", "city")]),
    # features and facilities
    ("A ship sank in the Black Sea.", [("Black Sea", None, "region")]),
    ("Rockets hit Ramstein Air Base.", [("Ramstein Air Base", "DEU", "feature")]),
    ("A tanker burned in the Strait of Hormuz.", [("Strait of Hormuz", None, "feature")]),
    # a dateline, a headline in capitals
    ("NAIROBI, July 27 (Meridian Wire) — Kenya closed its embassy.", [("NAIROBI", "KEN", "city"), ("Kenya", "KEN", "country")]),
    # a list
    ("Clashes broke out in Homs, Hama and Latakia.", [("Homs", "SYR", "city"), ("Hama", "SYR", "city"), ("Latakia", "SYR", "city")]),
    # seats of power are places only where something is at them
    ("Protesters gathered outside the White House.", [("White House", "USA", "feature")]),
]
NONE = [
    "The treaty was a post-Roman forgery.",
    "Several ex-Soviet republics signed.",
    "The White House denied the report.",
    "Reading the report took him two hours.",
    "They let us know about it.",
    "She speaks Spanish and teaches French.",
    "Mr. Trenton Paris said he would resign.",
    "It was a nice day in March.",
    "Coach Ripley recalled the match.",
]
MEANT = [
    ("Georgia and Russia fought over South Ossetia. Officials in Tbilisi said Georgia would appeal.", "Georgia", "GEO"),
    ("Lawmakers in Atlanta passed the bill. Georgia borders Alabama and Florida, and Savannah is a port.", "Georgia", "USA"),
    ("The mayor of London spoke.", "London", "GBR"),
    ("London is in Ontario. Farmers from Toronto, Hamilton and Ottawa met in London, Ontario.", "London", "CAN"),
    ("Officials in Washington said so.", "Washington", "USA"),
    ("Jersey is an island near Guernsey.", "Jersey", "JEY"),
    ("He lives in New Jersey.", "New Jersey", "USA"),
    ("Villagers in Panama fled. Panama closed the canal.", "Panama", "PAN"),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_places_of_a_sentence(text: str, expected: list[tuple[str, str | None, str]], read: Callable[[str], tuple[Toponym, ...]]) -> None:
    found = read(text)
    assert [(t.span.surface, t.country, t.precision) for t in found] == expected
    assert all(t.span.surface == text[t.span.start : t.span.end] for t in found)


@pytest.mark.parametrize("text", NONE)
def test_no_place(text: str, read: Callable[[str], tuple[Toponym, ...]]) -> None:
    assert [t.span.surface for t in read(text)] == []


@pytest.mark.parametrize(("text", "surface", "country"), MEANT)
def test_the_place_that_is_meant(text: str, surface: str, country: str, read: Callable[[str], tuple[Toponym, ...]]) -> None:
    assert {t.country for t in read(text) if t.span.surface == surface} == {country}


def test_a_division_beside_its_town_is_told_apart(read: Callable[[str], tuple[Toponym, ...]]) -> None:
    (town,) = read("A bomb went off in Kandahar.")
    assert town.precision == "city"


def test_what_the_gazetteer_gives_stays_the_same_for_the_same_text(read: Callable[[str], tuple[Toponym, ...]]) -> None:
    text = "Troops left Goma for Bukavu and Kigali."
    assert read(text) == read(text)
    assert all(t.geonames_id and t.lat is not None for t in read(text))


@pytest.mark.parametrize(
    ("outlet", "url", "country"),
    [
        ("CBC", None, "CAN"),
        ("bbc.co.uk", None, "GBR"),
        (None, "https://www.lfnews.example.ca/a", "CAN"),
        (None, "https://example.org/a", None),
        ("The Nowhere Post", None, None),
        (None, None, None),
    ],
)
def test_where_an_outlet_is_at_home(outlet: str | None, url: str | None, country: str | None) -> None:
    assert places.load_gazetteer().home(outlet, url) == country


def test_the_home_of_the_outlet_settles_what_the_text_leaves_open(parse: Parse) -> None:
    text = "Police in Windsor arrested a man."
    atlas = places.load_gazetteer()
    found = {outlet: places.read(Article("test", text, outlet=outlet), parse(text), atlas)[0].country for outlet in ("CBC", "BBC")}
    assert found == {"CBC": "CAN", "BBC": "GBR"}
