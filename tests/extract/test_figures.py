"""Figures: value, bounds, unit and what is counted, with near misses. All sentences were written for these tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.annotate.columns import Annotations
from dragoman.extract import figures, times
from dragoman.records import Article, Figure

Parse = Callable[[str], Annotations]


def read(text: str, notes: Annotations) -> tuple[Figure, ...]:
    article = Article("test", text, "2025-03-12")
    return figures.read(article, notes, times.read(article, notes))


ONE: list[tuple[str, str, float | None, float | None, float | None, str | None]] = [
    # people
    ("The plane carried 400 passengers to Minsk.", "400 passengers", 400, None, None, "person"),
    ("The army sent 2000 soldiers to the border.", "2000 soldiers", 2000, None, None, "person"),
    ("At least 14 civilians were killed in the raid.", "At least 14 civilians", None, 14, None, "person"),
    ("Five people were wounded in the blast.", "Five people", 5, None, None, "person"),
    ("Thousands of refugees crossed the river.", "Thousands of refugees", None, 1000, None, "person"),
    ("Up to 300 troops may stay.", "Up to 300 troops", None, None, 300, "person"),
    ("The ministry put the death toll at more than 120.", "more than 120", None, 120, None, "person"),
    ("Tens of thousands marched through the capital.", "Tens of thousands", None, 10000, None, "person"),
    ("The bill has more than 80 co-sponsors.", "more than 80 co-sponsors", None, 80, None, "sponsor"),
    # money
    ("The tickets cost 45,000 rubles each way.", "45,000 rubles", 45000, None, None, "RUB"),
    ("The bank lent the state $2bn in May.", "$2bn", 2e9, None, None, "USD"),
    ("The grant is worth £7.6m a year.", "£7.6m a year", 7.6e6, None, None, "GBP/year"),
    ("The fine came to 3 million euros.", "3 million euros", 3e6, None, None, "EUR"),
    ("The wall may cost between $8 billion and $12 billion.", "$8 billion and $12 billion", None, 8e9, 1.2e10, "USD"),
    ("Oil rose to $84 a barrel.", "$84 a barrel", 84, None, None, "USD/barrel"),
    ("The loan was 500 million Australian dollars.", "500 million Australian dollars", 5e8, None, None, "AUD"),
    ("The court fined the firm US $40 million.", "US $40 million", 4e7, None, None, "USD"),
    # measures
    ("The resort is around 220km from the capital.", "around 220km", 220, None, None, "km"),
    ("A 130-kilometre fence was built.", "130-kilometre", 130, None, None, "km"),
    ("The flight took eight hours.", "eight hours", 8, None, None, "hour"),
    ("The siege has lasted more than three years.", "more than three years", None, 3, None, "year"),
    ("The talks may last 10 or 12 days.", "10 or 12 days", None, 10, 12, "day"),
    ("The blaze burnt 100-300 hectares of forest.", "100-300 hectares", None, 100, 300, "hectare"),
    ("They found 500 pounds of explosives in the cellar.", "500 pounds", 500, None, None, "pound"),
    ("Turnout was 54 percent.", "54 percent", 54, None, None, "percent"),
    ("The party gained three percentage points.", "three percentage points", 3, None, None, "percentage point"),
    ("Fewer than 20 per cent of voters agree.", "Fewer than 20 per cent", None, None, 20, "percent"),
    ("Prices fell by 2 to 3 percent.", "2 to 3 percent", None, 2, 3, "percent"),
    ("The cold reached minus 12 degrees Celsius.", "minus 12 degrees Celsius", -12, None, None, "celsius"),
    ("Rations were cut from 2,100 to 1,400 calories a day.", "2,100", 2100, None, None, "calorie"),
    # rates and counts
    ("The flights will run once a month.", "once a month", 1, None, None, "1/month"),
    ("The airline plans two flights a week.", "two flights a week", 2, None, None, "flight/week"),
    ("The navy fired 12 missiles at dawn.", "12 missiles", 12, None, None, "missile"),
    ("Nearly 50 villages lost power.", "Nearly 50 villages", 50, None, None, "village"),
    ("Nearly 78,000 calls were made, 40 times a day.", "40 times a day", 40, None, None, "1/day"),
    ("One in three voters stayed at home.", "One in three voters", 1 / 3, None, None, "person"),
    ("The strike lasted almost a month.", "almost a month", 1, None, None, "month"),
    ("The strike lasted over a month.", "over a month", None, 1, None, "month"),
    ("The trial will end in three weeks.", "three weeks", 3, None, None, "week"),
    ("Police counted 460 cars, compared with 63 in May.", "63", 63, None, None, "car"),
    ("The plan needs about 20 coal-fired power plants.", "about 20 coal-fired power plants", 20, None, None, "plant"),
    ("Trade fell to $-50.8bn in April.", "$-50.8bn", -50.8e9, None, None, "USD"),
    ("The stake cost PS8.1bn in cash.", "PS8.1bn", 8.1e9, None, None, "GBP"),
    ("The wind reached 60 kt at sea.", "60 kt", 60, None, None, "knot"),
    ("The bomb had a yield of 60 kt.", "60 kt", 60, None, None, "kiloton"),
    ("It needs two-thirds of the seats.", "two-thirds of the seats", 2 / 3, None, None, "seat"),
]


@pytest.mark.parametrize("case", ONE, ids=[row[0] for row in ONE])
def test_one_figure(parse: Parse, case: tuple[str, str, float | None, float | None, float | None, str | None]) -> None:
    text, surface, value, low, high, unit = case
    found = {f.span.surface: f for f in read(text, parse(text))}
    assert surface in found
    figure = found[surface]
    assert (figure.value, figure.low, figure.high, figure.unit) == (pytest.approx(value), low, high, unit)


@pytest.mark.parametrize(
    "text",
    [
        "The general, 45, was detained.",
        "The 45-year-old general was detained.",
        "She is 24 years old.",
        "It was the third attack.",
        "The pact was signed on May 3, 2021.",
        "The pact was signed at 10:30 a.m. in Rome.",
        "The war began two years ago.",
        "One of the ministers resigned.",
        "Two men argued in the hall.",
        "Two sources confirmed the story.",
        "Call 555-0134-992 for help.",
        "The home side won 3-1.",
        "The council adopted Resolution 2231.",
        "An F-16 crashed near the village.",
        "The G20 met in Rome.",
        "A half-hearted reply came.",
        "It was a two-stage rocket.",
        "The FTSE 100 closed in London.",
        "She lives at 16 Harbour Street.",
        "The iPhone 14 is on sale.",
        "The letter bears the zip code of 90210 Zip.",
    ],
)
def test_near_misses_are_no_figures(parse: Parse, text: str) -> None:
    assert [f.span.surface for f in read(text, parse(text))] == []


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Tickets cost 45,000 rubles (approximately $553) on board.", ["RUB", "USD"]),
        ("The missile flew 770 kilometers (about 480 miles) east.", ["km", "mile"]),
        ("It lies 500 miles, or 800 km, north.", ["mile", "km"]),
    ],
)
def test_a_conversion_is_linked_both_ways(parse: Parse, text: str, units: list[str]) -> None:
    found = read(text, parse(text))
    assert [f.unit for f in found] == units
    assert [f.equals for f in found] == [1, 0]


@pytest.mark.parametrize("text", ["Tickets cost 45,000 rubles and meals $12.", "The 400 passengers (and 12 crew) are safe.", "He paid $5 (or $6)."])
def test_neighbours_that_are_no_conversion_are_not_linked(parse: Parse, text: str) -> None:
    assert all(f.equals is None for f in read(text, parse(text)))


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("Tickets cost 45,000 rubles.", "Tickets"),
        ("About 25 percent of voters agree.", "voters"),
        ("The navy fired 12 ballistic missiles.", "ballistic missiles"),
        ("The state took a $2bn loan.", "loan"),
    ],
)
def test_of_says_what_is_counted(parse: Parse, text: str, of: str) -> None:
    assert [f.of for f in read(text, parse(text))] == [of]


@pytest.mark.parametrize(
    ("text", "modifier", "approx"),
    [
        ("About 50 villages lost power.", "~", True),
        ("More than 50 villages lost power.", ">", False),
        ("Fewer than 50 villages lost power.", "<", False),
        ("Exactly 50 villages lost power.", "=", False),
        ("Fifty villages lost power.", None, False),
        ("The bank lost a 2 percent stake in the mine.", None, False),
        ("Exports rose 6.5% in May.", "up", False),
        ("Exports fell by 6.5% in May.", "down", False),
        ("They stay an average of 70 days.", "=", False),
    ],
)
def test_modifiers(parse: Parse, text: str, modifier: str | None, approx: bool) -> None:
    assert [(f.modifier, f.approx) for f in read(text, parse(text))] == [(modifier, approx)]
