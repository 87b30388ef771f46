"""Mentions: names, described bodies, titles, offices on a day, and what refers back."""

from __future__ import annotations

import pytest

from dragoman.extract.actors import mentions_by_token, read
from dragoman.extract.roster import load
from dragoman.records import Article


@pytest.fixture
def mentions(parse):
    def found(text, date=None):
        notes = parse(text)
        result = read(Article("t", text, date), notes, load())
        for mention in result:
            assert text[mention.span.start : mention.span.end] == mention.span.surface
            assert mention.first <= mention.last
        return result

    return found


def by_surface(found):
    return {mention.span.surface: mention for mention in found}


@pytest.mark.parametrize(("text", "surface", "country", "sector"), [
    ("Kenya reopened the border.", "Kenya", "KEN", "GOV"),
    ("The Malawian fisheries ministry denied it.", "The Malawian fisheries ministry", "MWI", "GOV"),
    ("Ukraine's army withdrew from the town.", "Ukraine's army", "UKR", "MIL"),
    ("US forces shelled the village.", "US forces", "USA", "MIL"),
    ("Israeli police arrested a man.", "Israeli police", "ISR", "COP"),
    ("Rebels in Yemen seized a ship.", "Rebels", "YEM", "REB"),
    ("Troops from Chad crossed the river.", "Troops", "TCD", "MIL"),
    ("The Kremlin's spokesman refused.", "The Kremlin's spokesman", "RUS", "GOV"),
    ("The president of Kenya resigned.", "The president", "KEN", "GOV"),
    ("A former Kenyan minister was jailed.", "A former Kenyan minister", "KEN", "ELI"),
    ("Kenyan opposition leaders were arrested.", "Kenyan opposition leaders", "KEN", "OPP"),
    ("Kenyan rebel commanders surrendered.", "Kenyan rebel commanders", "KEN", "REB"),
    ("A Hamas commander was killed.", "A Hamas commander", "PSE", "REB"),
    ("Protesters clashed with police in Nairobi.", "police", "KEN", "COP"),
    ("Kenya's Supreme Court blocked it.", "Kenya's Supreme Court", "KEN", "JUD"),
    ("A spokesman for the Kenyan army denied it.", "A spokesman", "KEN", "MIL"),
    ("The rebels attacked Kenyan army trucks.", "Kenyan army", "KEN", "MIL"),
    ("Iran-backed rebels in Yemen attacked a port.", "rebels", "YEM", "REB"),
    ("The Turkish Ministry of Foreign Affairs refused.", "The Turkish Ministry of Foreign Affairs", "TUR", "GOV"),
    ("European Union leaders met.", "European Union leaders", "IGO:EU", "IGO"),
    ("Union leaders in Kenya met.", "Union leaders", "KEN", "LAB"),
    ("A Spanish cloud-gaming platform signed a deal.", "A Spanish cloud-gaming platform", "ESP", "BUS"),
    ("Supporters stormed the Brazilian Congress and the Supreme Court.", "Supreme Court", "BRA", "JUD"),
    ("Police in Kenya came. The officers fled.", "The officers", "KEN", "COP"),
    ("Soldiers and police in Kenya came. The officers fled.", "The officers", "KEN", "MIL"),
])
def test_country_and_sector(mentions, text, surface, country, sector):
    found = {m.span.surface: m for m in mentions(text)}
    hit = next((m for s, m in found.items() if s.lower().endswith(surface.lower())), None)
    assert hit is not None, sorted(found)
    assert (hit.country, hit.sector) == (country, sector)


@pytest.mark.parametrize(("text", "date"), [
    ("Troops in Mali were attacked.", None),           # whose troops?
    ("The army fired shots.", None),                   # one sentence, no country
    ("They asked us to leave.", None),
    ("The minister of state resigned.", None),
])
def test_no_country_is_guessed(mentions, text, date):
    assert all(m.country is None for m in mentions(text, date) if m.kind != "country")


@pytest.mark.parametrize(("text", "wrong"), [
    ("Voters in New Jersey went to the polls.", "JEY"),
    ("Senate candidates from Georgia met in Atlanta.", "GEO"),
    ("Michael Jordan bought a house.", "JOR"),
    ("George Washington won a prize.", "USA"),
])
def test_names_that_are_no_states(mentions, text, wrong):
    assert wrong not in {m.country for m in mentions(text)}


def test_an_adjective_beside_a_thing_is_a_mention_of_the_state(mentions):
    found = by_surface(mentions("Ukrainian airfields were hit in a Russian attack."))
    assert found["Ukrainian"].country == "UKR"
    assert found["Russian"].country == "RUS"


def test_an_adjective_inside_a_described_body_is_none(mentions):
    assert [m.span.surface for m in mentions("Russian troops left.")] == ["Russian troops"]


def test_coordinated_names_and_adjectives(mentions):
    found = mentions("Russia and China met Kenyan and Ugandan officials.")
    assert [m.country for m in found] == ["RUS", "CHN", "KEN", "UGA"]
    assert len({m.head for m in found}) == 4


def test_a_title_goes_into_its_bearer(mentions):
    found = mentions("French lawmaker Alice Marchand spoke on Monday.")
    assert [(m.span.surface, m.country, m.sector, m.how) for m in found] == [("Alice Marchand", "FRA", "LEG", "description")]


def test_apposition_is_one_entity(mentions):
    found = by_surface(mentions("Alice Marchand, the French foreign minister, arrived."))
    person, office = found["Alice Marchand"], found["the French foreign minister"]
    assert person.entity == office.entity
    assert (person.country, person.sector) == ("FRA", "GOV")


@pytest.mark.parametrize(("text", "pronoun", "antecedent"), [
    ("Alice Marchand arrived in Nairobi. She met reporters.", "She", "Alice Marchand"),
    ("Kenya said it would send troops.", "it", "Kenya"),
    ("The rebels said they would lay down their arms.", "they", "The rebels"),
    ("Kenya, which borders Somalia, closed the road.", "which", "Kenya"),
    ("Ms Marchand praised the talks. She then left.", "She", "Marchand"),
])
def test_pronouns(mentions, text, pronoun, antecedent):
    found = by_surface(mentions(text))
    assert found[pronoun].entity == found[antecedent].entity
    assert found[pronoun].how == "coreference"


@pytest.mark.parametrize(("text", "pronoun"), [
    ("It is clear that Kenya will vote.", "It"),
    ("Kenya sent troops to Somalia after it was attacked.", "it"),
    ("Kenya sent a ship. The ship sank because it was old.", "it"),
    ("Kenya voted. He was late.", "He"),
])
def test_pronouns_that_stand_for_no_actor(mentions, text, pronoun):
    assert pronoun not in by_surface(mentions(text))


def test_last_names_and_acronyms(mentions):
    found = by_surface(mentions("Alice Marchand of the National Salvation Front (NSF) spoke. Marchand said the NSF would vote."))
    assert found["Marchand"].entity == found["Alice Marchand"].entity
    short = [m for s, m in found.items() if s.endswith("NSF")]
    assert short


def test_the_two_countries(mentions):
    found = [m for m in mentions("Kenya met Uganda. The two countries signed a treaty.") if m.span.surface == "The two countries"]
    assert sorted(m.country for m in found) == ["KEN", "UGA"]


def test_the_north_after_the_south(mentions):
    found = by_surface(mentions("South Korea urged the North to return to talks, but north of the border nothing moved."))
    assert found["the North"].country == "PRK"
    assert "north" not in found


def test_the_senate_is_that_of_the_state_the_text_is_about(mentions):
    found = by_surface(mentions("Nigeria's budget went to the Senate on Monday. Nigeria has little time."))
    assert found["Senate"].country == "NGA"


def test_inferred_country_of_an_army(mentions):
    text = "Kenya closed its border. Kenya and its neighbours argued. Kenya voted. The army stayed in its barracks."
    army = by_surface(mentions(text))["The army"]
    assert (army.country, army.how) == ("KEN", "inferred")


@pytest.mark.parametrize(("date", "name"), [("2016-05-01", "Barack Obama"), ("2018-05-01", "Donald Trump")])
def test_an_office_on_a_day_has_a_holder(mentions, date, name):
    office = by_surface(mentions("The US president spoke on Monday.", date))["The US president"]
    assert (office.name, office.country, office.how) == (name, "USA", "dated")


@pytest.mark.parametrize("text", ["A US president spoke on Monday.", "The former US president spoke on Monday."])
def test_an_office_without_its_holder(mentions, text):
    assert all(m.how != "dated" for m in mentions(text, "2018-05-01"))


def test_the_president_is_the_one_named_before(mentions):
    found = by_surface(mentions("Kenyan President Alice Marchand arrived in Rome. The president met reporters."))
    assert found["The president"].entity == found["Alice Marchand"].entity


def test_heads(mentions):
    found = mentions("Russian troops attacked Ukraine.")
    assert {m.span.surface for m in mentions_by_token(found).values()} == {"Russian troops", "Ukraine"}


def test_same_text_same_mentions(mentions):
    text = "Kenya met Uganda. The two countries signed a treaty, and they agreed on it."
    assert mentions(text) == mentions(text)


@pytest.mark.parametrize(("text", "surface", "countries"), [
    ("Kenya, Uganda and Tanzania met. The three countries signed a treaty.", "The three countries", ["KEN", "TZA", "UGA"]),
    ("Kenya and Uganda met in Rome. Italy was content. The two sides signed a treaty.", "The two sides", ["KEN", "UGA"]),
    ("The two Koreas held talks.", "Koreas", ["KOR", "PRK"]),
    ("Poland and Hungary refused. They left.", "They", ["HUN", "POL"]),
])
def test_collective_phrases_are_one_mention_for_each_state(mentions, text, surface, countries):
    assert sorted(m.country for m in mentions(text) if m.span.surface == surface) == countries


def test_the_two_leaders(mentions):
    found = mentions("Angela Merkel met Emmanuel Macron. The two leaders agreed.", "2019-03-01")
    assert sorted(m.country for m in found if m.span.surface == "The two leaders") == ["DEU", "FRA"]


@pytest.mark.parametrize(("text", "surface", "country"), [
    ("NATO condemned Russia. The alliance met on Monday.", "The alliance", "IGO:NATO"),
    ("Sri Lanka asked for help. The island nation is bankrupt.", "The island nation", "LKA"),
    ("Russia warned Kenya and threatened the African country.", "the African country", "KEN"),
    ("France is deploying troops to the battlefield in Mali.", "troops", "FRA"),
    ("China had sent an envoy to Pyongyang. The envoy left.", "The envoy", "CHN"),
    ("A Kenyan soldier died. The individual was not named.", "The individual", "KEN"),
    ("The town is under threat from Kenya after its army attacked.", "army", "KEN"),
    ("Rebels in Tigray fled.", "Rebels", "ETH"),
    ("Kurdish fighters fled. Syria protested.", "Kurdish fighters", "SYR"),
])
def test_what_refers_back_to_states_and_bodies(mentions, text, surface, country):
    assert by_surface(mentions(text))[surface].country == country


@pytest.mark.parametrize(("text", "surface"), [
    ("Kenya said 18 tanks were destroyed near a military base.", "18 tanks"),
    ("Kenya will choose a president soon.", "a president"),
    ("Kenya would welcome any party.", "any party"),
    ("The alliance of the two is old.", "The alliance"),
    ("Labour is cheap.", "Labour Party"),
    ("The Chicago Convention on trade was signed. Kenya broke the Geneva Trade Convention.", "Geneva Trade Convention"),
    ("Georgia voted. In Atlanta, Georgia is Republican.", "Republic of Georgia"),
])
def test_no_actors(mentions, text, surface):
    assert surface not in {name for m in mentions(text) for name in (m.span.surface, m.name)}


def test_weapons_act_for_their_owner(mentions):
    assert by_surface(mentions("Israeli warplanes struck the port."))["Israeli warplanes"].sector == "MIL"
