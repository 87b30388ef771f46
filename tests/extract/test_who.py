"""Questions after the holders of offices, with the public records that answer them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

import dragoman
from dragoman.codebook import read_tsv
from dragoman.errors import SettingError
from dragoman.extract.offices import DATED, OUTSIDE, SEVERAL, UNKNOWN, load_offices

COLUMNS = ("description", "on", "country", "answer", "after_change", "source")
QUESTIONS = [cells for _, cells in read_tsv(Path(__file__).parents[1] / "data" / "office_questions.tsv", COLUMNS)]


def named(question: dict[str, str]) -> str:
    """The first person of the answer; nobody where there is none."""
    found = dragoman.who(question["description"], question["on"], question["country"] or None)
    return found.holders[0].name if found.holders else ""


def test_the_questions_are_many_and_dated_and_say_where_their_answers_stand():
    answered = [q for q in QUESTIONS if q["answer"]]
    assert len(answered) >= 200
    assert sum(q["after_change"] == "yes" for q in answered) >= 50
    assert all(q["source"] for q in QUESTIONS)


def test_nineteen_of_twenty_questions_are_answered_right():
    wrong = [(q, got) for q in QUESTIONS if q["answer"] and (got := named(q)) != q["answer"]]
    assert len(wrong) <= 0.05 * len(QUESTIONS), wrong


def test_nineteen_of_twenty_questions_after_a_change_of_office_are_answered_right():
    after = [q for q in QUESTIONS if q["after_change"] == "yes"]
    assert sum(named(q) == q["answer"] for q in after) >= 0.95 * len(after)


@pytest.mark.parametrize("question", [q for q in QUESTIONS if not q["answer"]], ids=lambda q: f"{q['description']} {q['on']}")
def test_what_the_tables_do_not_say_is_not_answered_and_the_reason_is_told(question):
    found = dragoman.who(question["description"], question["on"], question["country"] or None)
    assert not found.holders
    assert found.how in (OUTSIDE, UNKNOWN)
    assert found.note


def test_nobody_is_named_for_certain_after_the_last_day_of_the_tables():
    later = (date.fromisoformat(max(load_offices().known.values())) + timedelta(days=400)).isoformat()
    offices = {(q["description"], q["country"]) for q in QUESTIONS if q["answer"]}
    said = [text for text, country in offices if dragoman.who(text, later, country or None).how == DATED and not {"former", "ex"} & set(text.split())]
    assert said == []


@pytest.mark.parametrize(("description", "on", "country", "how", "first", "sector"), [
    ("the ex-chancellor of Germany", "2006-01-01", None, SEVERAL, "Gerhard Schröder", "ELI"),
    ("Germany's former chancellor", "2022-01-01", None, SEVERAL, "Angela Merkel", "ELI"),
    ("the late Polish president", "2011-01-01", None, SEVERAL, "Lech Kaczyński", "ELI"),
    ("the American president-elect", "2008-12-01", None, DATED, "Barack Obama", "ELI"),
    ("the incoming US president", "2024-12-01", None, DATED, "Donald Trump", "ELI"),
    ("the acting Ukrainian president", "2014-03-01", None, DATED, "Oleksandr Turchynov", "GOV"),
    ("the acting German chancellor", "2015-03-01", None, UNKNOWN, "", ""),
    ("the deputy prime minister of Italy", "2023-03-01", None, DATED, "Matteo Salvini", "GOV"),
    ("the US presidential candidate", "2012-09-01", None, DATED, "Mitt Romney", "PTY"),
    ("the incumbent prime minister", "2010-03-01", "GBR", DATED, "Gordon Brown", "GOV"),
    ("the new British prime minister", "2010-06-01", None, DATED, "David Cameron", "GOV"),
    ("Angela Merkel", "2010-06-01", None, DATED, "Angela Merkel", "GOV"),
    ("Angela Merkel", "2023-06-01", None, DATED, "Angela Merkel", "ELI"),
    ("the chancellor", "2010-06-01", None, UNKNOWN, "", ""),
    ("the", "2010-06-01", "DEU", UNKNOWN, "", ""),
    ("the president", "2018-01-01", "IGO:UN", UNKNOWN, "", ""),
    ("Ada Nobody", "2018-01-01", "DEU", UNKNOWN, "", ""),
])
def test_words_around_an_office_say_whose_turn_it_is(description, on, country, how, first, sector):
    found = dragoman.who(description, on, country)
    assert found.how == how
    assert (found.holders[0].name if found.holders else "") == first
    assert (found.holders[0].sector if found.holders else "") == sector


def test_an_answer_names_its_row():
    (holder,) = dragoman.who("the chancellor", "2021-12-20", "DEU").holders
    assert (holder.since, holder.until) == ("2021-12-08", "2025-05-06")
    assert holder.rule.startswith("actors.")


def test_a_day_that_is_none_is_refused():
    with pytest.raises(SettingError, match="D200"):
        dragoman.who("the chancellor", "December 2021", "DEU")


@pytest.mark.parametrize(("on", "name"), [("2005-03-01", "Gerhard Schröder"), ("2021-11-20", "Angela Merkel"), ("2021-12-20", "Olaf Scholz"), ("2025-06-01", "Friedrich Merz"),
                                          ("2026-10-01", None), (None, None)])
def test_in_a_text_the_chancellor_is_who_holds_the_office_on_its_day(on, name):
    found = dragoman.annotate("Germany raised its budget on Monday. The chancellor told parliament in Berlin that the army needed more troops.", on)
    (mention,) = [m for m in found.mentions if m.span.surface == "The chancellor"]
    assert (mention.name, mention.country, mention.how) == (name, "DEU", "inferred")


@pytest.mark.parametrize(("text", "surface", "name", "how"), [
    ("The German chancellor arrived.", "The German chancellor", "Olaf Scholz", "dated"),
    ("The ex-chancellor of Germany arrived.", "chancellor", "chancellor", "description"),
    ("The former German chancellor arrived.", "The former German chancellor", "former German chancellor", "description"),
    ("The acting German chancellor arrived.", "The acting German chancellor", "acting German chancellor", "description"),
    ("A German senator arrived.", "A German senator", "German senator", "description"),
])
def test_in_a_text_only_the_holder_himself_is_named(text, surface, name, how):
    (mention,) = [m for m in dragoman.annotate(text, "2024-03-01").mentions if m.span.surface == surface]
    assert (mention.name, mention.how) == (name, how)


def test_a_text_after_the_last_day_of_the_tables_is_not_dated_by_them():
    found = dragoman.annotate("Friedrich Merz met Angela Merkel. The German chancellor spoke.", "2026-10-01")
    assert {(m.name, m.country, m.how) for m in found.mentions} >= {("Friedrich Merz", "DEU", "name"), ("Angela Merkel", "DEU", "dated")}
    assert not any(m.how == "dated" and m.name == "Friedrich Merz" for m in found.mentions)
