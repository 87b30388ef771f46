"""Time expressions: type, value and modifier, with near misses. All sentences were written for these tests."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.annotate.columns import Annotations
from dragoman.extract import times
from dragoman.records import Article, Timex
from factory import copied_codebooks

Parse = Callable[[str], Annotations]
PUBLISHED = "2025-03-12"  # a Wednesday


def read(text: str, notes: Annotations, day: str | None = PUBLISHED) -> tuple[Timex, ...]:
    return times.read(Article("test", text, day), notes)


def shown(timexes: tuple[Timex, ...]) -> list[tuple[str, str, str | None, str | None]]:
    return [(t.span.surface, t.type, t.value, t.mod) for t in timexes]


ONE = [
    # with a year
    ("The treaty was signed on July 28, 2023 in Oslo.", "July 28, 2023", "DATE", "2023-07-28", None),
    ("The treaty was signed on 28 July 2023.", "28 July 2023", "DATE", "2023-07-28", None),
    ("The treaty was signed on Friday, 28 July 2023.", "Friday, 28 July 2023", "DATE", "2023-07-28", None),
    ("The log is dated 2023-07-28 and unsigned.", "2023-07-28", "DATE", "2023-07-28", None),
    ("The log is dated 7/28/2023 and unsigned.", "7/28/2023", "DATE", "2023-07-28", None),
    ("The log is dated 28/7/2023 and unsigned.", "28/7/2023", "DATE", "2023-07-28", None),
    ("The base closed in June 2019 for good.", "June 2019", "DATE", "2019-06", None),
    ("The base closed in the year two thousand for good.", "the year two thousand", "DATE", "2000", None),
    ("The base closed in 2019 for good.", "2019", "DATE", "2019", None),
    ("The court must rule by the end of April.", "the end of April", "DATE", "2025-04", "END"),
    ("The rebels have until 9 a.m. on Tuesday to leave.", "9 a.m. on Tuesday", "TIME", "2025-03-18T09:00", None),
    ("The rebels had until early September to leave.", "early September", "DATE", "2025-09", "START"),
    ("Unions planned a rally for Saturday.", "Saturday", "DATE", "2025-03-15", None),
    ("The vote is on the first Sunday of June 2026.", "the first Sunday of June 2026", "DATE", "2026-06-07", None),
    ("The base closed in mid-2020 for good.", "mid-2020", "DATE", "2020", "MID"),
    ("The base closed in late June 2019 for good.", "late June 2019", "DATE", "2019-06", "END"),
    ("The base closed at the end of 2019 for good.", "the end of 2019", "DATE", "2019", "END"),
    ("The war of the 1990s left ruins.", "the 1990s", "DATE", "199", None),
    ("The border dates from the 19th century at least.", "the 19th century", "DATE", "18", None),
    ("Exports fell in the third quarter of 2023 again.", "the third quarter of 2023", "DATE", "2023-Q3", None),
    ("Exports fell in Q3 2023 again.", "Q3 2023", "DATE", "2023-Q3", None),
    ("The offensive of summer 2023 failed.", "summer 2023", "DATE", "2023-SU", None),
    ("The law was passed after 9/11 in a hurry.", "9/11", "DATE", "2001-09-11", None),
    # without one
    ("The ministers met on February 27 in Doha.", "February 27", "DATE", "2025-02-27", None),
    ("The ministers met on November 27 in Doha.", "November 27", "DATE", "2024-11-27", None),
    ("The ministers will meet on April 3 in Doha.", "April 3", "DATE", "2025-04-03", None),
    ("The troops must leave by August 9 or face sanctions.", "August 9", "DATE", "2025-08-09", None),
    ("The president gave them a deadline of September 2 to answer.", "September 2", "DATE", "2025-09-02", None),
    ("The ceasefire holds until May 1, officials said.", "May 1", "DATE", "2025-05-01", None),
    ("Shelling has gone on since January 4 without a pause.", "January 4", "DATE", "2025-01-04", None),
    ("The envoy arrived on Monday with a letter.", "Monday", "DATE", "2025-03-10", None),
    ("The envoy will arrive on Monday with a letter.", "Monday", "DATE", "2025-03-17", None),
    ("The envoy arrived on Wednesday with a letter.", "Wednesday", "DATE", "2025-03-12", None),
    ("Rebels seized the town in January after a siege.", "January", "DATE", "2025-01", None),
    ("The trial was moved from July 28 to October 3.", "October 3", "DATE", "2025-10-03", None),
    ("The pact had been due to expire on Friday.", "Friday", "DATE", "2025-03-07", None),
    ("Talks are set for the second Monday of next month.", "the second Monday of next month", "DATE", "2025-04-14", None),
    ("The report is due on the 27th.", "the 27th", "DATE", "2025-03-27", None),
    ("The base opened in the second week of 2015.", "the second week of 2015", "DATE", "2015-W02", None),
    ("It was the last day of May 2024.", "the last day of May 2024", "DATE", "2024-05-31", None),
    # written in one piece
    ("The log is dated 28-Jul-2023 and unsigned.", "28-Jul-2023", "DATE", "2023-07-28", None),
    ("The log is dated 2023-Jul-28 and unsigned.", "2023-Jul-28", "DATE", "2023-07-28", None),
    ("The log is dated 21-04-2023 and unsigned.", "21-04-2023", "DATE", "2023-04-21", None),
    ("The log is dated 7/2023 and unsigned.", "7/2023", "DATE", "2023-07", None),
    ("The log is dated 2023-11 and unsigned.", "2023-11", "DATE", "2023-11", None),
    ("The 1777 campaign failed.", "1777", "DATE", "1777", None),
    ("The fleet sailed in April 480 BC from Samos.", "April 480 BC", "DATE", "BC0480-04", None),
    # relative to the publication
    ("The envoy landed on Thursday morning local time.", "Thursday morning", "TIME", "2025-03-13TMO", None),
    ("The envoy landed on Thursday morning in the rain.", "Thursday morning", "TIME", "2025-03-06TMO", None),
    ("The council meets on Friday at 5 p.m. in Rome.", "Friday at 5 p.m.", "TIME", "2025-03-14T17:00", None),
    ("The minister left 2 years and 3 months ago.", "2 years and 3 months ago", "DATE", "2022-12", None),
    ("The ministers will meet two days before tomorrow.", "two days before tomorrow", "DATE", "2025-03-11", None),
    ("The law was passed on Wednesday last week.", "Wednesday last week", "DATE", "2025-03-05", None),
    ("The law was passed Wednesday evening last week.", "Wednesday evening last week", "TIME", "2025-03-05TEV", None),
    ("The budget must pass by end of year.", "end of year", "DATE", "2025", "END"),
    ("Traffic was heavy on the weekend of Thanksgiving 2024.", "the weekend of Thanksgiving 2024", "DATE", "2024-W48-WE", None),
    ("Voters go to the polls on Black Friday 2024.", "Black Friday 2024", "DATE", "2024-11-29", None),
    ("The minister resigned yesterday.", "yesterday", "DATE", "2025-03-11", None),
    ("The talks resume tomorrow.", "tomorrow", "DATE", "2025-03-13", None),
    ("The embassy was shut last week.", "last week", "DATE", "2025-W10", None),
    ("The embassy will be shut next month.", "next month", "DATE", "2025-04", None),
    ("The vote was held last year.", "last year", "DATE", "2024", None),
    ("The vote is due later this year.", "later this year", "DATE", "2025", "END"),
    ("The vote was held earlier this month.", "earlier this month", "DATE", "2025-03", "START"),
    ("The pipeline blew up two days ago.", "two days ago", "DATE", "2025-03-10", None),
    ("The pipeline blew up three weeks ago.", "three weeks ago", "DATE", "2025-W08", None),
    ("The pipeline blew up about two years ago.", "about two years ago", "DATE", "2023", "APPROX"),
    ("The talks will resume in three weeks.", "three weeks", "DATE", "2025-W14", None),
    ("The envoy left last Friday.", "last Friday", "DATE", "2025-03-07", None),
    ("Rockets fell on the port last night.", "last night", "TIME", "2025-03-11TNI", None),
    ("Rockets fell on the port on Monday evening.", "Monday evening", "TIME", "2025-03-10TEV", None),
    ("Sirens sounded at 5:30 a.m. on Monday.", "5:30 a.m. on Monday", "TIME", "2025-03-10T05:30", None),
    ("Sirens sounded at 3pm across the city.", "3pm", "TIME", "2025-03-12T15:00", None),
    # durations
    ("The flight lasted eight hours.", "eight hours", "DURATION", "PT8H", None),
    ("The siege has lasted more than three years.", "more than three years", "DURATION", "P3Y", "MORE_THAN"),
    ("The deadline was brought forward almost a month.", "almost a month", "DURATION", "P1M", "LESS_THAN"),
    ("It was the first visit in decades.", "decades", "DURATION", "PXDE", None),
    ("The army announced a 30-day truce.", "30-day", "DURATION", "P30D", None),
    ("Prices may double over the next few years.", "the next few years", "DURATION", "PXY", None),
    ("The crew waited half an hour.", "half an hour", "DURATION", "PT30M", None),
    ("The court sat all day.", "all day", "DURATION", "P1D", None),
    ("The trip took 3 days, 2 hours and 10 minutes.", "3 days, 2 hours and 10 minutes", "DURATION", "P3DT2H10M", None),
    ("He ruled for two and a half years.", "two and a half years", "DURATION", "P2.5Y", None),
    # sets and references
    ("The flights will run once a month.", "once a month", "SET", "P1M", None),
    ("The council meets every Tuesday.", "every Tuesday", "SET", "XXXX-WXX-2", None),
    ("The agency publishes weekly counts.", "weekly", "SET", "P1W", None),
    ("The office is paid per month.", "per month", "SET", "P1M", None),
    ("The president is now in Geneva.", "now", "DATE", "PRESENT_REF", None),
    ("The two sides recently exchanged prisoners.", "recently", "DATE", "PAST_REF", None),
    ("A decision is expected soon.", "soon", "DATE", "FUTURE_REF", None),
    # days and years in words
    ("The court sat on May twenty one in Oslo.", "May twenty one", "DATE", "2024-05-21", None),
    ("He took office on the twenty second of June 2019.", "the twenty second of June 2019", "DATE", "2019-06-22", None),
    ("In May two thousand soldiers left the base.", "May", "DATE", "2024-05", None),
    ("She left in October two thousand and five for good.", "October two thousand and five", "DATE", "2005-10", None),
    ("The winter of nineteen ninety-four was mild.", "The winter of nineteen ninety-four", "DATE", "1994-WI", None),
    ("The summer of '69 was hot.", "The summer of '69", "DATE", "1969-SU", None),
    ("He was born in April of 87 in Oslo.", "April of 87", "DATE", "1987-04", None),
    ("In April of 87 people died.", "April", "DATE", "2025-04", None),
    # times of day
    ("The blast came at 3 in the morning.", "3 in the morning", "TIME", "2025-03-12T03:00", None),
    ("The strike killed three in the morning.", "the morning", "TIME", None, None),
    ("The siren sounded at half past eight on Monday.", "half past eight on Monday", "TIME", "2025-03-10T08:30", None),
    ("He spoke at seven thirty p.m. on Tuesday.", "seven thirty p.m. on Tuesday", "TIME", "2025-03-11T19:30", None),
    ("Polls open tonight at 8, officials said.", "tonight at 8", "TIME", "2025-03-12T20:00", None),
    ("Tonight at 8 people marched.", "Tonight", "TIME", "2025-03-12TNI", None),
    ("The raid began Sunday morning at 9:15 in Kismayo.", "Sunday morning at 9:15", "TIME", "2025-03-09T09:15", None),
    ("Talks went on until mid-morning on Friday.", "mid-morning on Friday", "TIME", "2025-03-07TMO", None),
    ("The talks start at 7:30 pm on the 27th.", "7:30 pm on the 27th", "TIME", "2025-03-27T19:30", None),
    # days told by figures alone, by their week, or by how far off another day they lie
    ("Talks resume on 4/22 in Oslo.", "4/22", "DATE", "2025-04-22", None),
    ("Talks resume on Tuesday 22/4 in Oslo.", "Tuesday 22/4", "DATE", "2025-04-22", None),
    ("The ministers will meet on Monday of the following week.", "Monday of the following week", "DATE", "2025-03-17", None),
    ("The report covers week 3 of 2024 only.", "week 3 of 2024", "DATE", "2024-W03", None),
    ("The list will appear in the week of the 24th.", "the week of the 24th", "DATE", "2025-W13", None),
    ("The summit starts three days before Christmas.", "three days before Christmas", "DATE", "2025-12-22", None),
    ("The shop was closed for two weeks before Christmas.", "two weeks", "DURATION", "P2W", None),
    ("A 15 minute call ended the row.", "15 minute", "DURATION", "PT15M", None),
    ("Over the next couple of years they will meet.", "the next couple of years", "DURATION", "P2Y", None),
    ("On weekends the road is closed.", "weekends", "SET", "XXXX-WXX-WE", None),
    ("The army stays until 2018 or later.", "2018 or later", "DATE", "2018", "ON_OR_AFTER"),
    ("The toll was higher in 2018 or later than 2020.", "2018", "DATE", "2018", None),
    ("He paid $12 December 3.", "December 3", "DATE", "2024-12-03", None),
]


@pytest.mark.parametrize("case", ONE, ids=[row[0] for row in ONE])
def test_one_expression(parse: Parse, case: tuple[str, str, str, str, str | None]) -> None:
    text, *expected = case
    assert tuple(expected) in shown(read(text, parse(text)))


@pytest.mark.parametrize(
    "text",
    [
        "The army sent 2000 soldiers to the border.",
        "The minister may resign over the affair.",
        "Protesters began to march on the palace.",
        "The 45-year-old general was detained.",
        "She is 24 years old and a pilot.",
        "The price fell to $1990 a ton.",
        "He read it in the Daily Telegraph.",
        "The second clause was dropped.",
        "The F-16 was lost over the sea.",
        "The army sent the 1500 soldiers home.",
        "They were 25 years of age.",
        "They won on the second ballot.",
        "He lives on the 27th floor.",
        "The line is open 24/7 and 3/4 of callers wait.",
        "Of 87 people, three died.",
        "They waited in a line of '80 trucks'.",
    ],
)
def test_near_misses_are_no_time_expressions(parse: Parse, text: str) -> None:
    assert not [t for t in read(text, parse(text)) if t.type != "SET"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The ship sailed on May 3, 2021. The following day it was stopped.", ["2021-05-03", "2021-05-04"]),
        ("The ship sailed on May 3, 2021. Two days later it was stopped.", ["2021-05-03", "2021-05-05"]),
        ("The party won in 2016. The following year it lost its majority.", ["2016", "2017"]),
        ("Talks were held on April 6-7, 2022 in Rome.", ["2022-04-06", "2022-04-07"]),
        ("He ruled the country from 1979 to 1990.", ["1979", "1990"]),
        ("The 1950-53 war left ruins.", ["1950", "1953"]),
        ("Western theatre 1861-1863", ["1861", "1863"]),
        ("The office opens from 4 to 6pm on Friday.", ["2025-03-14T16:00", "2025-03-14T18:00"]),
        ("The road was shut for 64 days from November 21, 1948 to January 31, 1949.", ["P64D", "1948-11-21", "1949-01-31"]),
        ("The plane landed yesterday (March 11) in Minsk.", ["2025-03-11", "2025-03-11"]),
    ],
)
def test_several_expressions(parse: Parse, text: str, values: list[str]) -> None:
    assert [t.value for t in read(text, parse(text))] == values


def test_over_a_year_on_is_a_duration_with_its_bound(parse: Parse) -> None:
    text = "Over a year on from the summit, little has changed."
    assert shown(read(text, parse(text)))[0] == ("Over a year on", "DURATION", "P1Y", "MORE_THAN")


def test_without_a_publication_date_nothing_relative_is_resolved(parse: Parse) -> None:
    text = "The minister resigned yesterday. Talks resume next Monday, on July 3 and again later this year. The pact dates from June 4, 2019."
    found = {t.span.surface: t.value for t in read(text, parse(text), None)}
    assert found == {"yesterday": None, "next Monday": None, "July 3": None, "later this year": None, "June 4, 2019": "2019-06-04"}


def test_a_history_goes_on_from_its_last_date(parse: Parse) -> None:
    text = (
        "The kingdom was founded in 1830. It lost a war in 1848 and another in 1866. In 1870 it joined the league. On 3 May 1871 a charter was adopted. "
        "In September the assembly met. By 1875 the crown was weak, and in 1878 it fell."
    )
    assert "1871-09" in [t.value for t in read(text, parse(text))]


def test_a_year_inside_a_sentence_is_an_aside_of_a_history(parse: Parse) -> None:
    text = (
        "The kingdom was founded in 1830. It lost a war in 1848 and another in 1866. In 1870 it joined the league. On 3 May 1871 a charter was adopted. "
        "The papers, printed in full only in 1931, show why. On 4 June the assembly met. By 1875 the crown was weak, and in 1878 it fell."
    )
    assert "1871-06-04" in [t.value for t in read(text, parse(text))]


def test_the_words_are_those_of_the_codebook_folder(parse: Parse, tmp_path: Path) -> None:
    folder = copied_codebooks(tmp_path / "codebooks")
    for name, old, new in (("times.yaml", "yesterday: -1", "yestreen: -1"), ("numbers.yaml", "  seven: 7", "  sevenish: 7")):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    text = "He left yestreen after sevenish days; she left yesterday after seven days."
    notes = parse(text)
    assert [t.span.surface for t in times.read(Article("test", text, PUBLISHED), notes, folder)] == ["yestreen", "sevenish days"]
    assert [t.span.surface for t in read(text, notes)] == ["yesterday", "seven days"]


@pytest.mark.parametrize("day", ["0001-01-01", "0002-01-01", "9998-12-31", "9999-12-31", "2024-02-29"])
def test_the_ends_of_the_calendar_do_not_fail(parse: Parse, day: str) -> None:
    text = "It began last century, three years ago, yesterday and on Monday; it ends tomorrow, in May, next winter, at Christmas and in two decades."
    assert read(text, parse(text), day)


WORDS = st.sampled_from(tuple("the last next 3 two 2025 May 28 , - of Friday week years ago later a month end early 10 : 30 pm 1990s and to half quarter third this".split()))  # noqa: SIM905 (a row of words reads best as one)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=14))
def test_any_row_of_time_words_gives_ordered_spans_of_the_text(parse: Parse, words: list[str]) -> None:
    text = " ".join(words) + "."
    found = read(text, parse(text))
    assert all(text[t.span.start : t.span.end] == t.span.surface for t in found)
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))
    assert found == read(text, parse(text))
