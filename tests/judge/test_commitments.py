"""Commitments: who is bound, by whom, to what, by when, what changed; published on a Monday. All sentences were written for these tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman import pipeline
from dragoman.annotate.columns import Annotations
from dragoman.records import Article, Commitment

Read = Callable[[str], tuple[Commitment, ...]]
PUBLISHED = "2025-07-28"


@pytest.fixture(scope="session")
def read(parse: Callable[[str], Annotations]) -> Read:
    """The commitments of a text."""

    def commitments(text: str) -> tuple[Commitment, ...]:
        notes = parse(text)
        article = Article("test", text, PUBLISHED)
        return pipeline.run(article, notes, pipeline.annotations_hash(article, "")).reading(notes, "coder").commitments

    return commitments


# text, holder, by, action, due, change, from_due
ONE = [
    ("The African Union gave Sudan until 15 August to free the detained ministers.", "SDN", "IGO:AU", "free the detained ministers", "2025-08-15", "set", None),
    ("Turkey has until Friday to withdraw its troops from the town.", "TUR", None, "withdraw its troops from the town", "2025-08-01", None, None),
    ("The rebels had until Sunday to lay down their arms.", None, None, "lay down their arms", "2025-08-03", None, None),
    ("The Security Council gave Iran 50 days to sign the accord.", "IRN", "IGO:UN", "sign the accord", "2025-09-16", "set", None),
    ("Iran was given 30 days to open its sites to inspectors.", "IRN", None, "open its sites to inspectors", "2025-08-27", "set", None),
    ("Iran has 30 days to open its sites to inspectors.", "IRN", None, "open its sites to inspectors", "2025-08-27", None, None),
    ("Kenya set a deadline of September 1 for Somalia to reopen the border.", "SOM", "KEN", "reopen the border", "2025-09-01", "set", None),
    ("Zambia gave Angola an October 3 deadline to hand over the weapons.", "AGO", "ZMB", "hand over the weapons", "2025-10-03", "set", None),
    ("Zambia imposed a deadline of October 3 on Angola for the return of its ships.", "AGO", "ZMB", "the return of its ships", "2025-10-03", "set", None),
    ("Angola faces an October 3 deadline to return the ships.", "AGO", None, "return the ships", "2025-10-03", None, None),
    ("The deadline for Angola to return the ships is October 3.", "AGO", None, "return the ships", "2025-10-03", None, None),
    # moved
    ("The European Union extended the deadline for Russia to agree to a truce.", "RUS", "IGO:EU", "agree to a truce", None, "moved", None),
    ("The European Union extended the deadline for Russia to agree to a truce from August 1 to September 15.",
     "RUS", "IGO:EU", "agree to a truce", "2025-09-15", "moved", "2025-08-01"),
    ("The United States postponed the August 1 deadline for tariffs on Brazil to August 20.", "BRA", "USA", "tariffs on Brazil", "2025-08-20", "moved", "2025-08-01"),
    ("Peru extended the August 1 deadline for Chile to answer by two weeks.", "CHL", "PER", "answer", "2025-08-15", "moved", "2025-08-01"),
    ("The October 3 deadline for Angola was postponed by a month.", "AGO", None, "deadline", "2025-11-03", "moved", "2025-10-03"),
    ("The deadline, originally October 3, was moved to November 1.", None, None, "deadline", "2025-11-01", "moved", "2025-10-03"),
    ("Hungary brought forward the withdrawal of its troops to August 5.", "HUN", None, "the withdrawal of its troops", "2025-08-05", "moved", None),
    # met, missed, cancelled
    ("Syria missed the July 20 deadline to hand over the files.", "SYR", None, "hand over the files", "2025-07-20", "missed", None),
    ("Chile did not meet the July 20 deadline to return the ship.", "CHL", None, "return the ship", "2025-07-20", "missed", None),
    ("Georgia refused to meet the July 20 deadline set by the European Union.", "GEO", "IGO:EU", "deadline", "2025-07-20", "missed", None),
    ("Russia let the deadline pass without an answer.", "RUS", None, "deadline", None, "missed", None),
    ("The deadline for Sudan to answer expired on Friday without a reply.", "SDN", None, "answer", "2025-07-25", "missed", None),
    ("Armenia met the deadline of July 20 to pull back its artillery.", "ARM", None, "pull back its artillery", "2025-07-20", "met", None),
    ("Japan lifted its ultimatum to North Korea.", "PRK", "JPN", "ultimatum", None, "cancelled", None),
    ("Kenya called off the talks with Somalia planned for August 12.", "KEN", None, "the talks with Somalia planned for August 12", "2025-08-12", "cancelled", None),
    # demanded, planned, promised
    ("Serbia must pull out its police by August 10, the alliance said.", "SRB", None, "pull out its police", "2025-08-10", None, None),
    ("Germany will send a second frigate to the Red Sea in September.", "DEU", None, "send a second frigate to the Red Sea", "2025-09", None, None),
    ("France promised to deliver 12 howitzers to Ukraine by October.", "FRA", None, "deliver 12 howitzers to Ukraine", "2025-10", "set", None),
    ("Israel agreed to withdraw from the corridor within 60 days.", "ISR", None, "withdraw from the corridor", "2025-09-26", "set", None),
    ("If Armenia does not free the hostages by Saturday, Israel will resume its offensive.", "ARM", "ISR", "free the hostages", "2025-08-02", None, None),
    ("Norway vowed to reopen its consulate.", "NOR", None, "reopen its consulate", None, "set", None),
]


@pytest.mark.parametrize("case", ONE, ids=[case[0] for case in ONE])
def test_one_commitment(case: tuple[str | None, ...], read: Read) -> None:
    text, *expected = case
    found = [[c.holder, c.by, c.action.surface, c.due, c.change, c.from_due] for c in read(str(text))]
    assert found == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The army has until now refused to comment.",
        "The envoy had 30 minutes with the king.",
        "The minister gave reporters two hours of his time.",
        "Kenya attacked Somalia on Friday.",
        "Mali said it would win the vote.",
        "The league extended the season until June 3, 2024.",
        "Chad agreed that Mali was right.",
    ],
)
def test_what_binds_nobody(text: str, read: Read) -> None:
    assert [c for c in read(text) if c.holder] == []


def test_a_feared_change_is_none(read: Read) -> None:
    (found,) = read("Chile may miss the August 1 deadline, Peru said.")
    assert (found.holder, found.due, found.change) == ("CHL", "2025-08-01", None)


def test_each_of_several_holders_is_bound(read: Read) -> None:
    assert {(c.holder, c.due) for c in read("India and China will hold talks on August 12 in Delhi.")} == {("IND", "2025-08-12"), ("CHN", "2025-08-12")}


def test_the_condition_stands_beside_the_act(read: Read) -> None:
    (found,) = read("Britain will recognise Palestine in September unless Israel agrees to a ceasefire.")
    assert (found.holder, found.condition and found.condition.surface) == ("GBR", "unless Israel agrees to a ceasefire")


def test_a_pronoun_takes_the_deadline_up(read: Read) -> None:
    text = "Kenya had given Somalia a deadline of October 2 to reopen the port, but Nairobi has now threatened to bring this forward and have the port open by September 9."
    assert [(c.holder, c.by, c.due, c.change, c.from_due) for c in read(text)] == [
        ("SOM", "KEN", "2025-10-02", "set", None), ("SOM", "KEN", "2025-09-09", "moved", "2025-10-02")]  # fmt: skip
