"""Stories: what is put together, what ids do, what the ledger keeps."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wire import AGENCY, ALL, BRIEF, ELSEWHERE, LAKE, OWN, PAPER, REPORTER, WIRE, Read, report

from dragoman import Ledger
from dragoman.link.stories import StoryIndex, load_manner
from outcome import Dragoman

MANNER = load_manner()


def index(*texts: tuple[str, str, str | None], window: int | None = None) -> StoryIndex:
    """The texts (id, text, day) in stories."""
    made = StoryIndex(MANNER, window)
    for key, text, day in texts:
        terms = MANNER.terms(None, text)
        made.count(terms)
        made.put(key, terms, day)
    made.tidy([key for key, *_ in texts])
    return made


def test_terms_are_stems_and_names_and_headlines_count_more() -> None:
    terms = MANNER.terms("Envoys meet in Kampala", "The envoys' meetings went on, said the Grand Harbour Authority of Kampala.")
    assert terms["kampala"] > terms["harbour"] > terms["went"] == 1.0
    assert {"grand_harbour", "harbour_authority"} <= set(terms)
    assert not {"the", "on", "said", "envoys"} & set(terms)
    assert terms["meet"] > 1  # of the headline; "meetings" keeps its own ending
    assert MANNER.terms(None, "") == {}


def test_reports_of_one_thing_are_one_story_and_others_are_not() -> None:
    found = index(("wire", WIRE, "2025-05-06"), ("lake", ELSEWHERE, "2025-05-06"), ("own", OWN, "2025-05-07")).story_of
    assert found["wire"] == found["own"] != found["lake"]


WINDOWS = [("2025-05-30", None, True), ("2025-08-06", None, False), ("2025-08-06", 0, True), ("2025-05-09", 2, False), (None, None, True)]


@pytest.mark.parametrize(("day", "window", "together"), WINDOWS)
def test_the_window_keeps_later_reports_apart(day: str | None, window: int | None, together: bool) -> None:
    found = index(("wire", WIRE, "2025-05-06"), ("own", OWN, day), window=window).story_of
    assert (found["wire"] == found["own"]) == together


def test_a_window_moves_on_with_its_story() -> None:
    found = index(("wire", WIRE, "2025-05-06"), ("own", OWN, "2025-05-30"), ("again", f"{WIRE} So it was.", "2025-06-20")).story_of
    assert len(set(found.values())) == 1


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from((WIRE, OWN, ELSEWHERE, "", "Nothing of note.")), st.sampled_from(("2025-05-06", "2025-07-01", None))), max_size=8), st.integers(0, 3))
def test_every_article_is_in_one_story_and_sums_stay_true(texts: list[tuple[str, str | None]], seed: int) -> None:
    made = index(*((str(number), text, day) for number, (text, day) in enumerate(texts)))
    order = list(made.story_of)
    random.Random(seed).shuffle(order)  # noqa: S311 (no secret)
    made.tidy(order)
    assert sorted(made.story_of) == sorted(str(number) for number in range(len(texts)))
    assert {key for story in made.stories.values() for key in story.members} == set(made.story_of)
    for story in made.stories.values():
        assert story.square == pytest.approx(sum(value * value for value in story.vector.values()), abs=1e-6)


# In the ledger


def stories(ledger: Ledger) -> dict[str, str]:
    return dict(ledger.sql("SELECT article, story FROM stories").rows)


def test_a_story_keeps_its_id_as_it_grows_and_a_second_run_adds_nothing(read: Read) -> None:
    first = stories(read(AGENCY, LAKE))
    ledger = read(PAPER, REPORTER)
    assert stories(ledger).items() >= first.items()
    assert stories(ledger)["reporter"] == first["agency"]
    before = ledger.history("stories").num_rows
    assert read(*ALL[:2], REPORTER, LAKE).history("stories").num_rows == before


def test_stories_are_told_with_label_days_and_sources(told: Ledger) -> None:
    border, lake = told.stories()
    assert (lake.label, lake.articles, lake.told_by) == ("Peru recalls ambassador from Bolivia", 1, ("lake",))
    assert (border.articles, border.outlets, border.independent_sources) == (4, 4, 2)
    assert border.label in {AGENCY["title"], PAPER["title"], BRIEF["title"], REPORTER["title"]}
    assert (str(border.first_published), str(border.last_published)) == ("2025-05-06", "2025-05-07")
    assert border.countries[:2] in (("GHA", "TGO"), ("TGO", "GHA"))


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ((), 2), (("--min-articles", "2"), 1), (("--article", "lake"), 1), (("--country", "per"), 1), (("--country", "FJI"), 0), (("--since", "2025-05-07"), 1),
        (("--until", "2025-05-05"), 0), (("--limit", "1"), 1), (("--window", "0"), 2), (("--window", "1"), 2),
    ],
)  # fmt: skip
def test_the_command_filters(words: tuple[str, ...], count: int, told: Ledger, dragoman: Dragoman) -> None:
    done = dragoman("stories", "--ledger", told.path, "--format", "jsonl", *words)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert (done.status, len(rows)) == (0, count)
    assert all(row["told_by"] for row in rows)


def test_the_table_and_a_wrong_question(told: Ledger, dragoman: Dragoman) -> None:
    assert "Peru recalls ambassador" in dragoman("stories", "--ledger", told.path).out
    assert dragoman("stories", "--ledger", told.path, "--since", "soon").codes == {"D200"}


def test_a_report_without_a_headline_is_called_by_its_beginning(read: Read) -> None:
    (found,) = read(report("bare", ELSEWHERE, None)).stories()
    assert found.label == ELSEWHERE[:90]


def test_an_article_that_becomes_another_leaves_its_story(read: Read) -> None:
    before = stories(read(AGENCY, PAPER, LAKE))
    after = stories(read({**PAPER, "text": ELSEWHERE, "title": LAKE["title"]}))
    assert before["paper"] == before["agency"]
    assert after["paper"] == after["lake"]
