"""Who does what to whom, read from sentences of our own: each construction with a near miss beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from dragoman.annotate.columns import Annotations
from dragoman.code.events import code, load_coder
from dragoman.codebook import BUILT_IN
from dragoman.extract import actors, places, roster
from dragoman.records import Article, Event

Parse = Callable[[str], Annotations]
Read = Callable[[str], tuple[Event, ...]]
Case = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def read(parse: Parse) -> Read:
    """The events of a sentence."""
    people, gazetteer, coder = roster.load(BUILT_IN), places.load_gazetteer(BUILT_IN), load_coder(BUILT_IN)

    @cache
    def events(text: str) -> tuple[Event, ...]:
        article, notes = Article("test", text, "2025-06-01"), parse(text)
        return code(article, notes, actors.read(article, notes, people), places.read(article, notes, gazetteer), coder)

    return events


def sides(read: Read, case: Case) -> tuple[str, str]:
    """Countries of the actors and recipients of the event of a type at a trigger, each in the order of the alphabet."""
    text, kind, trigger, _ = case
    event = next(event for event in read(text) if event.type == kind and trigger in event.trigger.surface)
    found = [sorted({who.country for who in side if who.country}) for side in (event.actors, event.recipients)]
    return ", ".join(found[0]), ", ".join(found[1])


def expected(case: Case) -> tuple[str, str]:
    actors, _, recipients = case[3].partition(">")
    return actors.strip(), recipients.strip()


SUBJECTS: list[Case] = [
    # a dateline is no subject; a first word in capitals without one is
    ("LIMA (Meridian Wire) - Peru and Chile condemned Bolivia.", "ACCUSE", "condemned", "CHL, PER > BOL"),
    ("NATO condemned Belarus.", "ACCUSE", "condemned", "IGO:NATO > BLR"),
    # participles that tell what their noun does, and those that tell what it suffers
    ("Ghanaian forces were engaged in a raid on Togo.", "ASSAULT", "raid", "GHA > TGO"),
    ("Ghanaian soldiers captured in Togo were beaten by Togolese police.", "ASSAULT", "beaten", "TGO > GHA"),
    # whose words a document holds; a thing that is no document has its own subject
    ("Sweden issued a statement condemning Eritrea.", "ACCUSE", "condemning", "SWE > ERI"),
    ("Sweden received a delegation condemning Eritrea.", "ACCUSE", "condemning", "> ERI"),
    ("Ghana and Togo proposed a plan, which calls for Benin to withdraw its troops.", "REQUEST", "calls", "GHA, TGO > BEN"),
    # a clause without a finite verb after a preposition
    ("Peru closed its embassy, despite Chile and Bolivia denouncing Venezuela.", "ACCUSE", "denouncing", "BOL, CHL > VEN"),
    ("Peru angered Chile by denouncing Venezuela.", "ACCUSE", "denouncing", "PER > VEN"),
    # the past tense goes back to the main clause, the present does not
    ("Kenya attacked a law that harms trade and urged Somalia to repeal it.", "REQUEST", "urged", "KEN > SOM"),
    # who was called upon does what was asked
    ("Norway called on Togo to lift the ban.", "CONCEDE", "lift", "TGO >"),
    ("Norway agreed to lift the ban on Togo.", "AGREE", "agreed", "NOR > TGO"),
    # makers, and agents that stand behind another noun
    ("The missiles fired by Iran hit Iraq.", "ASSAULT", "hit", "IRN > IRQ"),
    ("The missiles stored by Iran were hit by Iraq.", "ASSAULT", "hit", "IRQ > IRN"),
    ("Five soldiers were killed in a raid by Somali militants.", "ASSAULT", "killed", "SOM >"),
    ("Five soldiers were killed in a raid by the river.", "ASSAULT", "killed", ">"),
    # what is aimed at somebody is no deed of his
    ("An attack on Mali killed five soldiers.", "ASSAULT", "killed", "> MLI"),
    ("An attack by Mali killed five Chadian soldiers.", "ASSAULT", "killed", "MLI > TCD"),
    ("The bombing of Mali killed five Chadian soldiers.", "ASSAULT", "killed", "> TCD"),
    ("The government of Mali killed five Chadian soldiers.", "ASSAULT", "killed", "MLI > TCD"),
    ("Japan, along with South Korea, criticised China.", "ACCUSE", "criticised", "JPN, KOR > CHN"),
    # forces are those of the state that speaks of them
    ("The Kremlin announced that troops will attack Moldova.", "ASSAULT", "attack", "RUS > MDA"),
    ("The Kremlin announced that Belarusian troops will attack Moldova.", "ASSAULT", "attack", "BLR > MDA"),
    ("Estonia said that talks with Serbia were out of the question.", "REJECT", "", "EST > SRB"),
]
RECIPIENTS: list[Case] = [
    # numbers count what stands after "of"
    ("France will withdraw 300 of its troops from Mali.", "RETREAT", "withdraw", "FRA > MLI"),
    # who comes under something suffers it
    ("Kenya came under attack by Somalia.", "ASSAULT", "attack", "SOM > KEN"),
    ("Kenya launched an attack on Somalia.", "ASSAULT", "attack", "KEN > SOM"),
    # a complaint is against somebody before it is to somebody
    ("Chad complained to the United Nations over Sudan's raids.", "ACCUSE", "complained", "TCD > SDN"),
    ("Chad complained to Sudan.", "ACCUSE", "complained", "TCD > SDN"),
    # camps are for somebody, calls are not
    ("Burundian rebels attacked a camp for Congolese refugees.", "ASSAULT", "attacked", "BDI > COD"),
    ("Kenya rejected a call for its troops to be sent to Haiti.", "REJECT", "rejected", "KEN > HTI"),
    # whom a protest is against
    ("A group of Nepali students are continuing a hunger strike in protest at the Indian government's decision.", "PROTEST", "strike", "NPL > IND"),
    ("Georgian farmers blocked a road to show their anger with Turkey.", "PROTEST", "blocked", "GEO > TUR"),
    ("Georgian farmers blocked a road at dawn.", "PROTEST", "blocked", "GEO >"),
    # own people and own land
    ("Ghana's police arrested three activists.", "COERCE", "arrested", "GHA > GHA"),
    ("Ghana's police arrested three rebels.", "COERCE", "arrested", "GHA >"),
    ("Tunisia accused the army of plotting.", "ACCUSE", "accused", "TUN > TUN"),
    ("Lebanon's army completed its withdrawal from the Lebanese port of Tyre.", "RETREAT", "withdrawal", "LBN >"),
    ("Israel's army completed its withdrawal from the Lebanese port of Tyre.", "RETREAT", "withdrawal", "ISR > LBN"),
    # two that agree on a topic, and two that yield something
    ("Peru and Chile agreed to discuss the Bolivian crisis.", "AGREE", "agreed", "CHL, PER >"),
    ("Peru and Chile agreed to lift a ban on Bolivian beef.", "AGREE", "agreed", "CHL, PER > BOL"),
    # victims are where the strike was, unless the text says whose they are
    ("A Saudi raid on a camp in Yemen killed nine people.", "ASSAULT", "killed", "SAU > YEM"),
    ("A Saudi raid on a camp in Yemen killed nine Ethiopian migrants.", "ASSAULT", "killed", "SAU > ETH"),
    # on whose conduct a threat depends, to whom words are spoken
    ("Eritrea would retaliate if Ethiopian troops crossed the border.", "THREATEN", "retaliate", "ERI > ETH"),
    ("Senegal's president called the king of Morocco to convey his support.", "SUPPORT", "convey", "SEN > MAR"),
    ("Oman launched a mediation effort to end the war between Iran and Iraq.", "CONSULT", "effort", "OMN > IRN, IRQ"),
    # who faces something suffers it
    ("Kenya faced criticism from Somalia.", "ACCUSE", "criticism", "SOM > KEN"),
    ("Kenya voiced criticism of Somalia.", "ACCUSE", "criticism", "KEN > SOM"),
    ("Australia has offered to send troops to help Fiji.", "AGREE", "offered", "AUS > FJI"),
]
PARTIES: list[Case] = [
    ("In a call with Norway, Sweden's prime minister blamed Russia.", "CONSULT", "call", "NOR, SWE >"),
    ("After talks with Iranian officials, Omani diplomats left.", "CONSULT", "talks", "IRN, OMN >"),
    ("After talks between Iran and Iraq, Omani diplomats left.", "CONSULT", "talks", "IRN, IRQ >"),
    ("The Kenyan president answered questions after meeting with Ugandan officials.", "CONSULT", "meeting", "KEN, UGA >"),
    ("Kenya's president met the Ugandan leader and discussed trade.", "CONSULT", "discussed", "KEN, UGA >"),
    ("Kenya's president mocked the Ugandan leader and discussed trade.", "CONSULT", "discussed", "KEN >"),
    ("Norway said the situation was critical and called on Sudan to relent.", "REQUEST", "called", "NOR > SDN"),
    ("Washington and Caracas are trading blows in a war of words.", "ACCUSE", "war", "USA, VEN >"),
    ("Talks involving Ghana and Togo resumed.", "CONSULT", "Talks", "GHA, TGO >"),
    ("North Korea continues tests of missiles in defiance of the United Nations.", "REJECT", "defiance", "PRK > IGO:UN"),
    ("China rejected joint US-Philippine drills.", "REJECT", "rejected", "CHN > PHL, USA"),
    ("British and EU negotiators resumed talks.", "CONSULT", "resumed", "GBR, IGO:EU >"),
    ("Flights between Chad and Libya resumed.", "COOPERATE", "resumed", "LBY, TCD >"),
    # the two of the sentence before, and a sentence that names more or a group
    ("Kenya's president held talks with the Ugandan leader. The leaders condemned Chad.", "ACCUSE", "condemned", "KEN, UGA > TCD"),
    ("Kenya's president held talks with the Ugandan leader. They condemned Chad.", "ACCUSE", "condemned", "KEN, UGA > TCD"),
    ("Kenya's president held talks with the Ugandan leader. The two condemned Chad.", "ACCUSE", "condemned", "KEN, UGA > TCD"),
    ("Kenya's president, the Ugandan leader and the Malawian premier met. The leaders condemned Chad.", "ACCUSE", "condemned", "> TCD"),
    ("Prime Ministers Abiy Ahmed of Ethiopia and Keir Starmer of Britain condemned Chad.", "ACCUSE", "condemned", "ETH, GBR > TCD"),
]

SCENES: list[Case] = [
    # where harm comes from nobody, the place is no actor; where people of a place act it is
    ("A blast in Peru killed two Chilean soldiers.", "ASSAULT", "killed", "> CHL"),
    ("Thousands in Lima rallied in support of Chile.", "SUPPORT", "rallied", "PER > CHL"),
    ("The Chilean house rejected a motion on Monday by the Peruvian party.", "REJECT", "rejected", "CHL > PER"),
    # before a hyphen stands who does the deed, or who only backs it
    ("Saudi-led airstrikes killed nine Yemeni civilians.", "ASSAULT", "killed", "SAU > YEM"),
    ("A US-imposed ban on Cuba hurt trade.", "COERCE", "ban", "USA > CUB"),
    # whose the troops are that somebody has stationed or withdraws
    ("The US has about 900 troops stationed in Syria.", "MOBILIZE", "stationed", "USA > SYR"),
    ("Peru began troop withdrawals from Chad.", "RETREAT", "withdrawals", "PER > TCD"),
    # who is asked does it, who asks does not; and what stands behind a comma is of who did the rest
    ("Peru sent an ultimatum to Chile to end the siege of Arica.", "RETREAT", "end", "CHL >"),
    ("Peru insisted Chile lift the blockade of Bolivia.", "RETREAT", "lift", "CHL > BOL"),
    ("The Peruvian premier criticised the law, accusing Chile of fraud.", "ACCUSE", "accusing", "PER > CHL"),
    ('Peru said "Chile must wait", condemning Bolivia.', "ACCUSE", "condemning", "PER > BOL"),
    ("Iran launched missiles targeting US troops.", "ASSAULT", "targeting", "IRN > USA"),
    # whose deed the deed is
    ("The General Assembly condemned Chile for its invasion of Bolivia.", "ASSAULT", "invasion", "CHL > BOL"),
    ("Peru imposed sanctions on Chile over its invasion of Bolivia.", "ASSAULT", "invasion", "CHL > BOL"),
    ("Kenyans recalled Israel's killing of two Chilean reporters.", "ASSAULT", "killing", "ISR > CHL"),
    ("Of the Chilean parties, only Peru condemned Bolivia.", "ACCUSE", "condemned", "PER > BOL"),
]


def test_who_announces_is_named_rather_than_the_pronoun(read: Read) -> None:
    (event,) = (event for event in read("Norway said it would send troops to Chad.") if event.type == "MOBILIZE")
    assert [(actor.span.surface, actor.how) for actor in event.actors if actor.span] == [("Norway", "name")]


@pytest.mark.parametrize("case", SUBJECTS + RECIPIENTS + PARTIES + SCENES, ids=lambda case: case[0][:60])
def test_the_sides_are_as_a_careful_reader_would_code_them(case: Case, read: Read) -> None:
    assert sides(read, case) == expected(case)


def test_every_filled_side_names_its_rule_and_slot(read: Read) -> None:
    (event,) = (event for event in read("Kenya came under attack by Somalia.") if event.type == "ASSAULT")
    assert {why.field: why.rule.partition("#")[2] for why in event.why if why.field in ("actors", "recipients")} == {"actors": "by", "recipients": "sufferer"}
