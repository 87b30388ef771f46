"""The second opinion: what it sees of a predicate, how it is trained, kept and asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.annotate.columns import Annotations
from dragoman.code.events import code, load_coder
from dragoman.code.sentences import NONE
from dragoman.codebook import BUILT_IN
from dragoman.extract import actors, places, roster
from dragoman.learn.corpus import Case, Source, digest, predicates
from dragoman.learn.softmax import Softmax, train
from dragoman.learn.train import Made, fitted, save
from dragoman.learn.words import features, hashed
from dragoman.records import Article

Parse = Callable[[str], Annotations]
SIZE = 2**10
ROWS = [["met", "envoy"], ["met", "leader"], ["bombed", "town"], ["bombed", "village"]]
LABELS = ["CONSULT", "CONSULT", "ASSAULT", "ASSAULT"]


def judge(seed: int = 1) -> Softmax:
    return train([hashed(row, SIZE) for row in ROWS], LABELS, SIZE, seed, passes=30)


@pytest.mark.parametrize(("row", "kind"), [(["met"], "CONSULT"), (["bombed"], "ASSAULT"), (["met", "village"], "CONSULT"), (["town", "bombed"], "ASSAULT")])
def test_it_learns_from_words_and_is_surer_of_what_it_saw(row: list[str], kind: str) -> None:
    shares = judge().probabilities(hashed(row, SIZE))
    assert max(shares, key=lambda name: shares[name]) == kind == judge().vote(hashed(row, SIZE))
    assert sum(shares.values()) == pytest.approx(1)


def test_of_unknown_words_it_knows_nothing() -> None:
    shares = judge().probabilities([])
    assert abs(shares["CONSULT"] - shares["ASSAULT"]) < 0.2


def test_the_same_sentences_and_seed_give_the_same_file(tmp_path: Path) -> None:
    for name in ("one", "two"):
        judge().save(tmp_path / f"{name}.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_what_is_kept_says_nearly_the_same_as_what_was_trained(tmp_path: Path) -> None:
    trained = judge()
    trained.save(tmp_path / "kept.npz")
    kept = Softmax.load(tmp_path / "kept.npz")
    for row in ROWS:
        assert kept.probabilities(hashed(row, SIZE)) == pytest.approx(trained.probabilities(hashed(row, SIZE)), abs=0.05)


def test_beside_the_weights_stands_what_they_were_made_from(tmp_path: Path) -> None:
    save(judge(), Made(4, 4, "abc", 1, "some_model", 0.5), tmp_path / "opinion.npz")
    assert '"seed": 1' in (tmp_path / "opinion.json").read_text(encoding="utf-8")


def test_the_hash_of_what_was_learnt_from_changes_with_a_sentence_and_its_type() -> None:
    one = [Source("Chad met Niger.", "CONSULT", "a")]
    assert digest(one) == digest([Source("Chad met Niger.", "CONSULT", "b")])
    assert len({digest(one), digest([Source("Chad met Mali.", "CONSULT", "a")]), digest([Source("Chad met Niger.", NONE, "a")])}) == 3


def test_cases_become_a_classifier() -> None:
    made = fitted([Case(tuple(row), label, "g") for row, label in zip(ROWS, LABELS, strict=True)], seed=1, size=SIZE)
    assert made.classes == ("ASSAULT", "CONSULT")


@pytest.mark.parametrize(
    ("text", "verb", "there", "not_there"),
    [
        ("Chad bombed the market.", "bombed", ["h=bomb", "c:dobj=market", "hc:bomb|dobj=market", "s:market"], ["s:chad", "s:Chad"]),
        ("Troops from Kenya crossed into Sudan.", "crossed", ["c:prep=into", "c:nsubj=troop"], ["p:into>sudan", "p:into>Sudan"]),
        ("He said the army attacked 40 villages.", "attacked", ["u:ccomp^say", "p:dobj><0>"], ["p:dobj>40"]),
    ],
)
def test_it_sees_words_and_what_hangs_on_them_but_never_a_name(text: str, verb: str, there: list[str], not_there: list[str], parse: Parse) -> None:
    notes = parse(text)
    seen = features(notes, notes.word.index(verb))
    assert set(there) <= set(seen)
    assert not set(not_there) & set(seen)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (Source("Sudan accused Chad of arming rebels.", "ACCUSE", "g"), ["accused"]),
        (Source("Sudan accused Chad of arming rebels.", "CONSULT", "g"), []),  # not read as its type: nothing is learnt
        (Source("The band attacked the song with joy.", NONE, "g"), ["attacked"]),
        (Source("She slept soundly.", NONE, "g"), []),
    ],
)
def test_predicates_of_a_sentence_have_its_type(source: Source, words: list[str], parse: Parse) -> None:
    notes, article = parse(source.text), Article("x", source.text, "2025-06-01")
    people, gazetteer, coder = roster.load(BUILT_IN), places.load_gazetteer(BUILT_IN), load_coder()
    events = code(article, notes, actors.read(article, notes, people), places.read(article, notes, gazetteer), coder)
    assert [notes.word[token] for token in predicates(notes, source, events, coder)] == words
