"""Who is meant where no name stands: pronouns, spokesmen, families, the police; short forms; and all of it in time linear in the article."""

from __future__ import annotations

import time

import pytest

from dragoman.annotate.columns import Annotations
from dragoman.extract import attribution
from dragoman.extract.actors import read
from dragoman.extract.attribution_book import load_attribution
from dragoman.extract.roster import load
from dragoman.records import Article


@pytest.fixture
def mentions(parse):
    def found(text, date=None):
        return read(Article("t", text, date), parse(text), load())

    return found


def named(found, surface, place=-1):
    """The mention with these characters (the last one, or another)."""
    return [m for m in found if m.span.surface == surface][place]


@pytest.mark.parametrize(("text", "pronoun", "antecedent"), [
    ("“We will stay in the valley. We have no other choice,” Kenyan minister Alice Marchand said.", "We", "Alice Marchand"),
    ("Kenyan minister Alice Marchand described the talks as hard. “We need more time.”", "We", "Alice Marchand"),
    ("If Kenya accepts the terms, it will sign next week.", "it", "Kenya"),
    ("The letters of Kenyan leader Jan Holub since he took office praise Tom Berg ahead of his visit.", "his", "Jan Holub"),
    ("After his speech in Nairobi, Jan Holub met reporters.", "his", "Jan Holub"),
    ("Kenya holds the island that it seized in May.", "it", "Kenya"),
    ("Uganda thanked Kenya for its help.", "its", "Kenya"),
    ("Uganda fined Kenya over its nets.", "its", "Kenya"),
    ("Kenya has published a decree saying they will annex the valley.", "they", "Kenya"),
    ("Marta Abdi, the president of Djibouti, left. Abdi met reporters.", "Abdi", "Marta Abdi"),
])
def test_pronouns_and_whom_they_mean(mentions, text, pronoun, antecedent):
    found = mentions(text)
    assert named(found, pronoun).entity == named(found, antecedent).entity
    assert named(found, pronoun).how == "coreference"


def test_a_resolution_acts_for_the_body_that_passed_it(mentions):
    found = mentions("The African Union’s resolution is short. It calls for talks.")
    assert named(found, "It").country == "IGO:AU"


@pytest.mark.parametrize(("text", "pronoun", "wrong"), [
    ("Kenyan officials said: “They must leave the valley.”", "They", "Kenyan officials"),       # who speaks is not "they"
    ("“We met the Ugandan rebels and told them so,” Kenyan officials said.", "them", "We"),
    ("Kenya armed the rebels and said they will annex the valley.", "they", "Kenya"),
    ("Kenya, Chad and Mali quarrelled. Rwanda asked both countries for help.", "both countries", "Kenya"),  # which two?
])
def test_pronouns_that_do_not_mean_it(mentions, text, pronoun, wrong):
    found = mentions(text)
    assert named(found, wrong).entity not in {m.entity for m in found if m.span.surface == pronoun}


@pytest.mark.parametrize(("text", "surface", "country", "sector"), [
    ("Alena Marek, Poland’s special representative for Baltic affairs, and her Czech counterpart, Jan Holub, met.", "Alena Marek", "POL", "GOV"),
    ("Alena Marek, Poland’s special representative for Baltic affairs, and her Czech counterpart, Jan Holub, met.", "Jan Holub", "CZE", "GOV"),
    ("Polish Special Representative for Baltic Policy Jan Holub answered questions.", "Jan Holub", "POL", "GOV"),
    ("Jan Holub, an astronomer at Harvard University, agreed.", "Jan Holub", "USA", "EDU"),
    ("Alice Marchand, a Likud politician, resigned.", "Alice Marchand", "ISR", "PTY"),
    ("The Kenyan navy denied it. Spokesman Jan Holub said the ship was old.", "Jan Holub", "KEN", "MIL"),
    ("Kurdish militias fled in the northern Syrian district.", "Kurdish militias", "SYR", "UAF"),
    ("Israel demolished Palestinian homes.", "Palestinian homes", "PSE", "CVL"),
    ("Kenyan opposition leader Jan Holub said his party would vote.", "his party", "KEN", "OPP"),
    ("Kenyan President Jan Holub and his wife were under house arrest.", "his wife", "KEN", "ELI"),
    ("A Kenyan engineer was freed.", "A Kenyan engineer", "KEN", "CVL"),
    ("Kenyan civil society groups urged restraint.", "Kenyan civil society groups", "KEN", "NGO"),
    ("A Liberian-flagged tanker was seized.", "A Liberian-flagged tanker", "LBR", None),
    ("A US-led coalition struck the town.", "A US-led coalition", "USA", "MIL"),
    ("Residents of Hokkaido fled.", "Residents", "JPN", "CVL"),
])
def test_titles_things_and_families(mentions, text, surface, country, sector):
    found = [m for m in mentions(text) if m.span.surface == surface or surface.endswith(m.span.surface)]
    assert (country, sector) in [(m.country, m.sector) for m in found], [(m.span.surface, m.country, m.sector) for m in mentions(text)]


@pytest.mark.parametrize(("text", "country"), [
    ("Kenya and Uganda argued. Chad objected. Kenyan voters stayed at home. Police arrested nine people.", "KEN"),
    ("Kenya and Uganda argued. Chad objected. Kenyan and Ugandan voters stayed at home. Police arrested nine people.", None),
])
def test_police_are_those_of_the_sentence_before(mentions, text, country):
    assert named(mentions(text), "Police").country == country


def test_a_spokesman_is_not_whom_he_speaks_for(mentions):
    found = mentions("Jan Holub, a spokesman for Mrs. Merkel, agreed.", "2019-05-01")
    assert named(found, "Jan Holub").entity != named(found, "Merkel").entity
    assert named(found, "Jan Holub").country == "DEU"


@pytest.mark.parametrize(("title", "name"), [("Mrs.", "Corazon Aquino"), ("Mr.", "Benigno Aquino")])
def test_the_title_tells_who_of_a_family(mentions, title, name):
    assert named(mentions(f"{title} Aquino was praised in Manila.", "2017-05-01"), "Aquino").name == name


def test_a_president_beside_another_one_is_of_another_state(mentions):
    found = mentions("President Jan Holub received the Kenyan president.")
    assert named(found, "Jan Holub").country is None


@pytest.mark.parametrize(("text", "country"), [
    ("The NDC said votes in Ghana were counted.", "GHA"),
    ("The NDC said votes in Peru were counted.", None),         # some other NDC
    ("The CIA denied it.", "USA"),                              # known everywhere
])
def test_short_forms_need_their_state(mentions, text, country):
    surface = text.split()[1]
    assert {m.country for m in mentions(text) if surface in m.span.surface} == {country}


def test_a_body_and_its_country_are_one_mention(mentions):
    assert [m.span.surface for m in mentions("Ghana’s New Patriotic Party won.")] == ["Ghana’s New Patriotic Party"]


@pytest.mark.parametrize(("text", "country"), [
    ("Shells hit Tripoli as Lebanese troops withdrew.", "LBN"),
    ("Shells hit Tripoli.", "LBY"),
])
def test_towns_of_one_name(mentions, text, country):
    assert named(mentions(text), "Tripoli").country == country


_PAGE = """The Kenyan foreign minister, Alice Marchand, said on Monday that her government would not accept the demand of Ugandan officials.
“We will not leave, and we have told them so,” she told Reuters.
"They asked us to stay," the minister added.
A spokesman for the rebels said the group had agreed to talks with the country's army in the North, while police in Nairobi arrested its leader.
The president of Kenya met the two leaders. Both countries signed a treaty, and their troops will withdraw.
"I think we can do it," according to state television, a report by the newspaper said.
"""


def _tiled(notes: Annotations, times: int) -> Annotations:
    """The annotations of a text written so many times over."""
    length, tokens = len(notes.text), len(notes)
    shifted = lambda values, step: tuple(value + n * step for n in range(times) for value in values)  # noqa: E731
    ranges = lambda values: tuple((first + n * tokens, stop + n * tokens) for n in range(times) for first, stop in values)  # noqa: E731
    return Annotations(
        notes.text * times, shifted(notes.start, length), shifted(notes.end, length), notes.lemma * times, notes.tag * times, notes.pos * times,
        notes.dep * times, shifted(notes.head, tokens), notes.ent * times, notes.ent_start * times, ranges(notes.sentences), ranges(notes.blocks),
    )  # fmt: skip


def test_a_long_article_takes_time_linear_in_its_length(parse):
    """Eight times the text in eight times the time, with slack for a busy machine (a quadratic reader takes 64 times as long)."""
    page, book = parse(_PAGE), load_attribution()

    def seconds(times: int) -> float:
        notes = _tiled(page, times)
        article = Article("long", notes.text, "2024-05-06")
        start = time.process_time()
        attribution.read(article, notes, read(article, notes, load()), book)
        return time.process_time() - start

    seconds(5)
    assert seconds(160) < 24 * max(min(seconds(20) for _ in range(2)), 0.02)
