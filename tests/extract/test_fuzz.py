"""Ten thousand strings of numbers and dates: no exception, and no value outside of its type. Seeded, so that a failure comes again."""

from __future__ import annotations

import math
import random
import re

import pytest

from dragoman.annotate.columns import Annotations
from dragoman.extract import figures, times
from dragoman.extract.calendar import bounds, parse
from dragoman.records import Article, Figure, Timex

STRINGS, AT_ONCE = 10_000, 500
_DATE = r"(?:\d{4}|BC\d{4})(?:-(?:\d\d(?:-\d\d)?|W\d\d(?:-WE)?|Q[1-4]|H[12]|SP|SU|FA|WI))?|\d{2,3}|BC\d{2,3}"
_CLOCK = r"T(?:[01]\d|2[0-4]):[0-5]\d|T(?:MO|AF|EV|NI|DT)"
FORMS = {
    "DATE": re.compile(rf"{_DATE}|(?:PAST|PRESENT|FUTURE)_REF"),
    "TIME": re.compile(rf"(?:{_DATE})(?:{_CLOCK})"),
    "DURATION": re.compile(r"P(?:(?:\d+(?:\.\d+)?|X)(?:CE|DE|Y|Q|M|WE|W|D))*(?:T(?:(?:\d+(?:\.\d+)?|X)[HMS])+)?|PXX"),
    "SET": re.compile(r"P(?:(?:\d+(?:\.\d+)?|X)(?:CE|DE|Y|Q|M|WE|W|D)|T(?:\d+(?:\.\d+)?|X)[HMS])|XXXX-(?:WXX-(?:[1-7]|WE)|\d\d|SP|SU|FA|WI|XX-XXT(?:MO|AF|EV|NI|DT))"),
}
MODS = (None, "START", "MID", "END", "APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE", "ON_OR_AFTER", "ON_OR_BEFORE")
WORDS = """
    0 1 7 12 13 30 31 45 99 100 365 999 1000 1066 1492 1776 1900 1999 2000 2024 2025 2199 9999 10000 00 007 3.5 0.5 1,000 45,000 1,2 12,34,567 1e9
    99999999999999999999 ½ 2½ 1/2 3/4 7/0 4/22 9/11 12/31/2024 31/12/2024 2/30/2025 2024-02-30 2025-07-28 2025-13-01 28.7.2025 7/2025 21-04-2016 2016-11
    1861-65 10:30 24:00 25:61 9:5 0600 1400 January Feb. march may May Sept. December Monday Tue Sundays spring summer fall winter today yesterday
    tomorrow tonight now noon midnight Easter Christmas Thanksgiving second minute hour day week fortnight month quarter year decade century weekend
    night seconds minutes hours days weeks months years decades centuries h min yr first 2nd third 31st 32nd 100th twenty-first last next this past
    previous following the a an of in on by until since from to between and or at about over under more than less ago later earlier before after hence
    old early late mid end beginning every each once twice times per daily weekly annually half a.m. p.m. am GMT EST o'clock BC AD one two twelve twenty
    hundred thousand million billion dozen dozens thousands millions couple few several half third thirds quarter minus $ € £ US$ USD PS Y= rubles
    dollars euros percent % km miles tonnes tons barrels troops people soldiers dead wounded missiles degrees C F kt - – / ( ) , . : ' 's 1990s '80s 80s
    460s Q3 H1 FY2024 F-16 Covid-19 5G 220km $2bn $-5m £7.6m 25k -1.3% ″
"""
TAGS = ("NN", "NNS", "NNP", "CD", "VBD", "VB", "IN", "JJ", "TO", "MD", "RB", "VBN", "SYM")
LABELS = ("nummod", "pobj", "npadvmod", "dobj", "nsubj", "compound", "amod", "dep", "prep", "conj")


def scrambled(random_: random.Random) -> Annotations:
    """One to nine words in a row, each paragraph one sentence, with tags and a tree by chance: whatever a parser may make of them."""
    pieces = [" ".join(random_.choices(WORDS.split(), k=random_.randint(1, 9))) for _ in range(AT_ONCE)]
    text = "\n".join(pieces)
    found = [(match.start(), match.end()) for match in re.finditer(r"\w+(?:[.,]\w+)*|[^\w\s]", text)]
    line = [text.count("\n", 0, start) for start, _ in found]
    ranges = [(line.index(number), len(line) - line[::-1].index(number)) for number in sorted(set(line))]
    heads = [at for first, stop in ranges for at in (max(first, random_.randint(first, token)) for token in range(first, stop))]
    count = len(found)
    tags = random_.choices(TAGS, k=count)
    return Annotations(
        text, tuple(s for s, _ in found), tuple(e for _, e in found), tuple(text[s:e].lower() for s, e in found), tuple(tags),
        tuple("VERB" if tag.startswith("V") else "NOUN" for tag in tags), tuple("ROOT" if head == at else random_.choice(LABELS) for at, head in enumerate(heads)), tuple(heads),
        ("",) * count, (False,) * count, tuple(ranges), tuple(ranges))  # fmt: skip


@pytest.mark.parametrize("seed", range(STRINGS // AT_ONCE))
def test_values_are_of_their_type(seed: int) -> None:
    random_ = random.Random(seed)  # noqa: S311 (a seeded test, no secret)
    notes = scrambled(random_)
    article = Article("fuzz", notes.text, random_.choice(("2025-07-28", "2024-02-29", "0001-01-02", "9999-12-30", None)))
    found = times.read(article, notes)
    for timex in found:
        check_timex(timex, notes.text)
    for figure in figures.read(article, notes, found):
        check_figure(figure, notes.text)


def check_timex(timex: Timex, text: str) -> None:
    assert text[timex.span.start : timex.span.end] == timex.span.surface
    assert timex.mod in MODS, timex
    if timex.value is not None:
        assert FORMS[timex.type].fullmatch(timex.value), timex
        day = timex.value.partition("T")[0]
        assert len(day) != len("2025-07-28") or timex.type not in ("DATE", "TIME") or ((point := parse(day)) is not None and bounds(point) is not None), timex


def check_figure(figure: Figure, text: str) -> None:
    assert text[figure.span.start : figure.span.end] == figure.span.surface
    given = [number for number in (figure.value, figure.low, figure.high) if number is not None]
    assert given, figure
    assert all(math.isfinite(number) for number in given), figure
    assert figure.value is None or (figure.low is None and figure.high is None), figure
    assert figure.low is None or figure.high is None or figure.low < figure.high, figure
    assert figure.modifier in (None, "=", "~", "<", ">", "up", "down"), figure
    assert figure.unit is None or figure.unit.strip(), figure
