"""Who says what: constructions, near misses, running quotations, kinds, and text whose quotation marks are broken."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from dragoman.annotate.columns import Annotations
from dragoman.codebook import BUILT_IN
from dragoman.errors import CodebookError
from dragoman.extract import times
from dragoman.extract.attribution import read
from dragoman.extract.attribution_book import load_attribution
from dragoman.extract.quotes import quotations
from dragoman.records import Article, Claim, Mention, Span

Parse = Callable[[str], Annotations]
BOOK = load_attribution()


def claims(parse: Parse, text: str, mentions: Iterable[Mention] = ()) -> tuple[Claim, ...]:
    article = Article("test", text, "2030-05-04")
    return read(article, parse(text), tuple(mentions), BOOK, times.read(article, parse(text)))


def said(claim: Claim) -> tuple[str | None, str | None, tuple[str, ...]]:
    return (claim.source_span.surface if claim.source_span else None, claim.cue.surface if claim.cue else None, tuple(piece.surface for piece in claim.content))


def outer(parse: Parse, text: str) -> list[tuple[str | None, str | None, tuple[str, ...]]]:
    return [said(claim) for claim in claims(parse, text) if claim.depth == 0]


CONSTRUCTIONS = {
    "that-clause": ("The minister said that the border would reopen.", "The minister", "said", ("that the border would reopen",)),
    "no that": ("Officials in Lima said the talks had failed.", "Officials in Lima", "said", ("the talks had failed",)),
    "clause first": ("The bridge was destroyed, the army said.", "the army", "said", ("The bridge was destroyed",)),
    "quotation first, inverted": ('"We will not sign," said President Anna Berg.', "President Anna Berg", "said", ('"We will not sign,"',)),
    "cue first, colon": ("The envoy said: “The deal is dead.”", "The envoy", "said", ("“The deal is dead.”",)),
    "several sentences": ("“We waited. Nobody came,” the mayor said.", "the mayor", "said", ("“We waited. Nobody came,”",)),
    "split by its cue": ("“We waited,” the mayor said. “Nobody came.”", "the mayor", "said", ("“We waited,”", "“Nobody came.”")),
    "told": ("The general told reporters that two soldiers were missing.", "The general", "told", ("that two soldiers were missing",)),
    "according to, last": ("Twelve people were hurt, according to the police.", "the police", "according to", ("Twelve people were hurt",)),
    "according to, first": ("According to the police, twelve people were hurt.", "the police", "According to", ("twelve people were hurt",)),
    "in the words of": ("The raid was a crime, in the words of the bishop.", "the bishop", "in the words of", ("The raid was a crime",)),
    "signature": ("“The raid was a crime.” — Anna Berg", "Anna Berg", "—", ("“The raid was a crime.”",)),
    "transcript": ("BERG: We will not sign the treaty.", "BERG", ":", ("We will not sign the treaty",)),
    "reportedly": ("The general has reportedly fled the capital.", None, "reportedly", ("The general has reportedly fled the capital",)),
    "noun": ("They ignored his warning that the dam could break.", "his", "warning", ("that the dam could break",)),
    "light verb": ("The bishop expressed confidence that peace would hold.", "The bishop", "expressed confidence", ("that peace would hold",)),
    "noun phrase": ("The ministry announced a review of the contract.", "The ministry", "announced", ("a review of the contract",)),
    "call for": ("The union called for new elections.", "The union", "called for", ("new elections",)),
    "deny doing": ("Norway denied sending the drones.", "Norway", "denied", ("sending the drones",)),
    "intention": ("Chile plans to recall its ambassador.", "Chile", "plans", ("to recall its ambassador",)),
    "commitment": ("Kenya promised to free the prisoners.", "Kenya", "promised", ("to free the prisoners",)),
    "directive": ("The pope urged both sides to stop the fighting.", "The pope", "urged", ("both sides to stop the fighting",)),
    "belief": ("Analysts believe that the coup will fail.", "Analysts", "believe", ("that the coup will fail",)),
    "described as": ("The premier described the raid as an act of war.", "The premier", "described", ("the raid as an act of war",)),
    "accused of": ("Peru accused Chile of moving the border posts.", "Peru", "accused", ("Chile of moving the border posts",)),
    "as X said": ("As the chancellor said, the treaty is dead.", "the chancellor", "said", ("the treaty is dead",)),
    "raising": ("The general is believed to have fled the capital.", None, "believed", ("The general", "to have fled the capital")),
    "headline": ("Maria Lopez: Spain must leave the treaty", "Maria Lopez", ":", ("Spain must leave the treaty",)),
    "doubled marks": ("''We will leave by June,'' the general said.", "the general", "said", ("''We will leave by June,''",)),
    "guillemets": ("«We will leave by June,» the general said.", "the general", "said", ("«We will leave by June,»",)),
    "single marks": ("‘We will leave by June,’ the general said.", "the general", "said", ("‘We will leave by June,’",)),
}  # fmt: skip


@pytest.mark.parametrize("name", CONSTRUCTIONS)
def test_construction_gives_source_cue_and_content(parse: Parse, name: str) -> None:
    text, source, cue, content = CONSTRUCTIONS[name]
    assert (source, cue, content) in outer(parse, text)


NEAR_MISSES = {
    "a plan of buildings": "The architect drew a plan of the palace.",
    "report, the thing": "The report has two hundred pages.",
    "imperative": "Tell your friends about the strike.",
    "generic you": "You want to arrive early.",
    "charge of soldiers": "The cavalry made a charge against the guns.",
    "promise, intransitive": "The spring promises well.",
    "a call by phone": "The president called the king on Monday.",
    "word under tongs": "The so-called “people’s republic” has two towns.",
    "negated answer": "The embassy did not respond to a request for comment.",
    "infinitive belief": "It is easy to believe.",
    "a handle that signs nothing": "The shop opened in May.\n\n— Lake Street 5",
    "a warning that somebody gave": "The warning that she gave in May was old.",
}


@pytest.mark.parametrize("name", NEAR_MISSES)
def test_near_miss_is_no_claim(parse: Parse, name: str) -> None:
    assert outer(parse, NEAR_MISSES[name]) == []


def test_second_cue_of_one_speaker_is_its_own_claim(parse: Parse) -> None:
    found = outer(parse, "The minister said the talks had failed, adding that no new date was set.")
    assert [(source, cue) for source, cue, _ in found] == [("The minister", "said"), ("The minister", "adding")]
    assert found[0][2] == ("the talks had failed",)


def test_relative_pronoun_stands_for_its_noun(parse: Parse) -> None:
    assert ("The envoy", "said", ("he was tired",)) in outer(parse, "The envoy, who said he was tired, left the hall.")


def test_quotation_runs_on_through_a_paragraph_of_its_own(parse: Parse) -> None:
    text = "“The army must leave the valley,” the governor said. “We have waited for ten years.\n\n“Nobody in the capital listens to us.”"
    running = [claim for claim in claims(parse, text) if claim.why[0].rule == "attribution.quote.running"]
    assert [said(claim) for claim in running] == [("the governor", "said", ("“Nobody in the capital listens to us.”",))]


SPEAKERS = {
    "words of the quotation are no speaker": ("“The party is in panic. Full panic,” said Lena Holt.", "Lena Holt", ("“The party is in panic. Full panic,”",)),
    "a short question without a comma": ("Protesters chanted \"What curfew?\" and went on.", "Protesters", ('"What curfew?"',)),
    "doubled marks at the end": ("The mayor joked, ''I have not seen it, but I will.''", "The mayor", ("''I have not seen it, but I will.''",)),
    "a mark that closes nothing": ("The »governor said the bridge was shut.", "The »governor", ("the bridge was shut",)),
    "a mark inside the clause": ("The governor ‹said the bridge was shut.", "The governor", ("the bridge was shut",)),
}


@pytest.mark.parametrize("name", SPEAKERS)
def test_speaker_and_words(parse: Parse, name: str) -> None:
    text, source, content = SPEAKERS[name]
    assert [(who, what) for who, _, what in outer(parse, text)] == [(source, content)]


def test_voices_signed_line_by_line(parse: Parse) -> None:
    voices = {"Ana Ruiz": "He knows nothing of our lives. " * 5, "Bo Lind": "I am ashamed of the whole debate. " * 6, "Carla Diaz": "She spoke of ‘hope’ and meant none. " * 5}
    text = "\n".join(f"“{words.strip()}” ― {name}" for name, words in voices.items())
    found = [(source, content) for source, cue, content in outer(parse, text) if cue == "―"]
    assert found == [(name, (f"“{words.strip()}”",)) for name, words in voices.items()]


def test_next_speaker_keeps_his_own_quotation(parse: Parse) -> None:
    found = outer(parse, "“We won,” the rebel said. “We did not lose,” the general replied.")
    assert [(source, content) for source, _, content in found] == [("the rebel", ("“We won,”",)), ("the general", ("“We did not lose,”",))]


def test_nested_claim_has_depth_one(parse: Parse) -> None:
    found = claims(parse, "The governor said the rebels denied that they had fired.")
    assert [(claim.cue.surface, claim.depth) for claim in found if claim.cue] == [("said", 0), ("denied", 1)]


VIA = {
    "told an outlet": ("“We will not sign,” the envoy told Reuters.", "the envoy", "Reuters"),
    "wrote for an outlet": ("The senator wrote in The Guardian that the war was lost.", "The senator", "The Guardian"),
    "told somebody": ("“We will not sign,” the envoy told the king.", "the envoy", None),
    "the outlet itself": ("Reuters reported that the envoy had left.", "Reuters", None),
    "according to an outlet": ("The envoy said he would leave, according to Reuters.", "The envoy", "Reuters"),
}


@pytest.mark.parametrize("name", VIA)
def test_outlet_is_via_or_source(parse: Parse, name: str) -> None:
    text, source, via = VIA[name]
    claim = next(claim for claim in claims(parse, text) if claim.depth == 0)
    assert (claim.source_span.surface if claim.source_span else None, claim.via.surface if claim.via else None) == (source, via)


KINDS = {
    "The ministry said the ship had arrived.": ("speech", "statement"),
    "The senator said the court must act.": ("speech", "demand"),
    "The senator said the court should act.": ("speech", "demand"),
    "The senator said the court should be dissolved.": ("speech", "demand"),
    "The senator said the court should be grateful.": ("speech", "opinion"),
    "The senator said the court must be fair.": ("speech", "demand"),
    "“It is time for the court to act,” the senator said.": ("speech", "demand"),
    "The senator said the firm has sold goods.": ("speech", "statement"),
    "The senator said the port is good.": ("speech", "opinion"),
    "The senator said the law is not provocative.": ("speech", "statement"),
    "The senator said the law is provocative.": ("speech", "accusation"),
    "The senator said the court will act.": ("speech", "forecast"),
    "“We will rebuild the harbour,” the premier said.": ("speech", "promise"),
    "“We will retaliate,” the premier said.": ("speech", "threat"),
    "The premier said the strike was a terrible mistake.": ("speech", "opinion"),
    "The premier said the rebels had violated the truce.": ("speech", "accusation"),
    "The ministry denied that it had sold arms.": ("speech", "denial"),
    "“Leave the valley now,” the governor said.": ("speech", "demand"),
    "“Thank you for coming,” the governor said.": ("speech", "statement"),
    "The governor said the report was baseless.": ("speech", "denial"),
    "The governor said the army had nothing to do with the blast.": ("speech", "denial"),
    "The governor said Norway would face consequences.": ("speech", "threat"),
    "The governor said the talks would be held in May.": ("speech", "announcement"),
    "The governor said the talks could be held in May.": ("speech", "forecast"),
    "The governor said he intended to leave in May.": ("speech", "announcement"),
    "The governor said prices will rise in May.": ("speech", "forecast"),
    "“I think prices will rise,” the governor said.": ("speech", "forecast"),
    "“We are convinced that the rebels will leave,” the governor said.": ("speech", "forecast"),
    "“I am not sure that the rebels are likely to leave,” the governor said.": ("speech", "forecast"),
    "“I hope prices will rise,” the governor said.": ("speech", "opinion"),
    "The governor said he would not resign.": ("speech", "statement"),
    "The governor said the rebels would not leave.": ("speech", "forecast"),
    "Forty percent said they would not vote.": ("speech", "statement"),
    "The governor said he might not resign.": ("speech", "forecast"),
    "“We agreed to share the harbour,” the governor said.": ("speech", "statement"),
    "“We agree,” the governor said.": ("speech", "opinion"),
    "The governor said the ruling demonstrates courage.": ("speech", "opinion"),
    "The governor said the rebels sabotage every truce.": ("speech", "accusation"),
    "The governor said the army answers when it is provoked.": ("speech", "statement"),
    "The governor said the rebels could have been stopped.": ("speech", "opinion"),
    "The governor said the rebels likely know the valley.": ("speech", "opinion"),
    "“We don't care about the report,” the governor said.": ("speech", "opinion"),
    "The governor said he hoped others would follow.": ("speech", "opinion"),
    "“We must stress that the harbour is open,” the governor said.": ("speech", "statement"),
    "The governor said the harbour made the necessary repairs.": ("speech", "statement"),
    "The governor described the law as an unlawful attack.": ("belief", "accusation"),
    "The governor described the law as a new beginning.": ("belief", "opinion"),
    "The governor warned of retaliation.": ("speech", "threat"),
    "The governor warned of a flood.": ("speech", "forecast"),
    "“The government will rebuild the harbour,” the premier said.": ("speech", "promise"),
    "The ministry announced that the port would close.": ("speech", "announcement"),
    "Analysts believe that prices will fall.": ("belief", "forecast"),
    "Analysts believe that the treaty is dead.": ("belief", "opinion"),
    "Denmark threatened to close the strait.": ("commitment", "threat"),
    "Denmark wants to close the strait.": ("intention", "statement"),
    "Denmark urged Sweden to close the strait.": ("directive", "demand"),
    "The mayor praised the firefighters.": ("evaluation", "opinion"),
    "The mayor criticised the new law.": ("evaluation", "accusation"),
}


@pytest.mark.parametrize("text", KINDS)
def test_class_and_kind(parse: Parse, text: str) -> None:
    assert {(claim.kind_class, claim.kind) for claim in claims(parse, text) if claim.depth == 0} == {KINDS[text]}


FORECASTS = {
    "Analysts say the coalition will probably collapse by 2031.": ("the coalition", "2031", "probably", 0.55, 0.80),
    "Analysts say the coalition in Oslo will collapse in July 2031.": ("the coalition in Oslo", "July 2031", None, None, None),
    "Analysts say the coalition of 2019 will collapse in 2031.": ("the coalition of 2019", "2031", None, None, None),
    "“I think the coalition will collapse soon,” an analyst said.": ("the coalition", "soon", None, None, None),
    "Analysts say the coalition is very likely to collapse.": ("the coalition", None, "very likely", 0.80, 0.95),
    "Analysts say the coalition may collapse.": ("the coalition", None, "may", None, None),
    "Analysts say the coalition will collapse.": ("the coalition", None, None, None, None),
}


@pytest.mark.parametrize("text", FORECASTS)
def test_forecast_carries_hedge_and_published_probability(parse: Parse, text: str) -> None:
    (claim,) = claims(parse, text)
    assert claim.forecast is not None
    assert (claim.forecast.of, claim.forecast.by, claim.forecast.hedge, claim.forecast.p_low, claim.forecast.p_high) == FORECASTS[text]


DUE = {
    "Analysts say the coalition will collapse by July 2031.": "2031-07",
    "Analysts say the coalition will collapse next year.": "2031",
    "Analysts say the coalition will collapse after the losses of last year.": None,
    "Analysts say the coalition will collapse soon.": None,
}


@pytest.mark.parametrize("text", DUE)
def test_forecast_is_dated_by_what_does_not_lie_behind(parse: Parse, text: str) -> None:
    (claim,) = claims(parse, text)
    assert claim.forecast is not None
    assert (claim.forecast.due, claim.forecast.resolution) == (DUE[text], None)


BEYOND = {
    "light verb": ("The ministry issued a warning that the dam could break.", "The ministry", "that the dam could break"),
    "noun": ("The envoy's claim that the dam broke was false.", "The envoy", "that the dam broke"),
    "noun-phrase content": ("The envoy denied any role in the raid.", "The envoy", "any role in the raid"),
    "raising passive with an agent": ("The dam is said by engineers to be safe.", "engineers", "to be safe"),
    "nobody named": ("It is believed that the dam is safe.", None, "that the dam is safe"),
    "noun and clause apart": ("There are fears among traders that the port will close.", "traders", "that the port will close"),
    "a post with its signature": ("The law is a shame for all of us. — Ada Lund (@adalund)", "Ada Lund", "The law is a shame for all of us"),
    "a post signed in a line of its own": ("The law is a shame for all of us.\n\n— Ada Lund (@adalund) May 3, 2030", "Ada Lund", "The law is a shame for all of us"),
    "an unnamed official": ("An official said the dam was safe.", "An official", "the dam was safe"),
}


@pytest.mark.parametrize("name", BEYOND)
def test_constructions_beyond_saying(parse: Parse, name: str) -> None:
    text, source, content = BEYOND[name]
    assert (source, content) in [(who, what[-1]) for who, _, what in outer(parse, text)]


def test_source_is_the_index_of_the_mention_that_covers_its_head(parse: Parse) -> None:
    text = "In Oslo, the Norwegian premier said the ship had left."
    notes = parse(text)
    head = notes.word.index("premier")
    wide = Mention(notes.span(3, head), "person", None, "NOR", "GOV", "name", 1, 3, head, head, "test")
    other = Mention(Span(3, 7, "Oslo"), "country", None, "NOR", None, "name", 0, 1, 1, 1, "test")
    assert [claim.source for claim in claims(parse, text, (other, wide))] == [1]


def test_forms(parse: Parse) -> None:
    forms = {
        "“We will sign,” he said.": "direct",
        "He said he would sign.": "indirect",
        "He said the law was “a shame” for all.": "mixed",
    }
    assert {text: next(claim.form for claim in claims(parse, text)) for text in forms} == forms


REGIONS = {
    'He said "yes" and left.': ['"yes"'],
    "He said “yes” and ‘no’.": ["“yes”", "‘no’"],
    "He said ``yes'' and left.": ["``yes''"],
    "The workers’ party and the ’90s": [],
    "‘The workers’ party will win,’ he said.": ["‘The workers’ party will win,’"],
    "“One ‘two’ three” four": ["“One ‘two’ three”"],
    "“It goes on. “And on.”": ["“It goes on. “And on.”"],
    "“It never ends": ["“It never ends"],
    "A stray ” mark": [],
    "": [],
}


@pytest.mark.parametrize("text", REGIONS)
def test_quotation_regions(text: str) -> None:
    assert [text[region.start : region.end] for region in quotations(text, [(0, len(text))])] == REGIONS[text]


MARKS = ['"', "“", "”", "‘", "’", "'", "''", "``", "«", "»", "„", "", " ", "\n", "—", ":", ",", "("]
PLAIN = "“We waited,” the mayor’s aide said. “Nobody came, and ‘nobody’ cares.”\n\nHe added: “It’s over.” According to the aide, \"it was late\"."


def _mangled(seed: int) -> str:
    """The plain text with a third of its marks exchanged, dropped or doubled."""
    chance = random.Random(seed)  # noqa: S311 (a fixed seed makes the cases)

    def exchanged(letter: str) -> str:
        if letter not in "“”‘’\"'":
            return letter
        return chance.choice(MARKS) if chance.random() < 1 / 3 else letter * chance.choice((1, 1, 1, 2))

    return "".join(map(exchanged, PLAIN))


@pytest.mark.parametrize("start", range(0, 300, 50))
def test_mangled_marks_never_raise_or_move_an_offset(parse: Parse, start: int) -> None:
    for seed in range(start, start + 50):
        text = _mangled(seed)
        for claim in claims(parse, text):
            spans = [span for span in (claim.source_span, claim.cue, claim.via, *claim.content) if span is not None]
            assert all(text[span.start : span.end] == span.surface and span.start < span.end for span in spans)
            assert list(claim.content) == sorted(claim.content)


def test_empty_text_has_no_claims(parse: Parse) -> None:
    assert claims(parse, "") == ()


@pytest.mark.parametrize(
    ("bad", "hint"),
    [("class: speach, kind: statement, takes: [that]", "speach"), ("class: speech, kind: lie, takes: [that]", "lie"), ("class: speech, kind: statement, takes: [verse]", "verse")],
)
def test_bad_codebook_stops_at_load_with_its_line(tmp_path: Path, bad: str, hint: str) -> None:
    (tmp_path / "hedges.tsv").write_text((BUILT_IN / "hedges.tsv").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "attribution.yaml").write_text(f"verbs:\n  - {{id: say, {bad}, words: [say]}}\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=rf"attribution\.yaml:2.*{hint}"):
        load_attribution(tmp_path)
