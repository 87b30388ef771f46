"""Rules as they are loaded: word sets, classes, indices, and the tables that codes are derived from."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.code.frames import head_of, load_frames, word_set
from dragoman.code.ontology import ONTOLOGY
from factory import copied_codebooks, write_rule


@pytest.mark.parametrize(("term", "head"), [("attack", 0), ("peace talks", 1), ("state of emergency", 0), ("call for restraint", 0), ("direct air link", 2)])
def test_the_head_of_a_term_stands_before_its_first_preposition_or_last(term: str, head: int) -> None:
    assert head_of(tuple(term.split())) == head


def test_a_word_set_tells_words_types_and_kinds_of_actor_apart() -> None:
    found = word_set(["embassy", "rail service", "@ASSAULT", "@actor"])
    assert set(found.terms) == {"embassy", "service"}
    assert (found.types, found.special) == ({"ASSAULT"}, {"actor"})


def test_an_empty_word_set_asks_for_nothing() -> None:
    assert not word_set([])


def test_every_type_of_plover_has_rules_and_every_rule_an_example() -> None:
    frames = load_frames().frames
    assert {frame.type for frame in frames} == set(ONTOLOGY.types)
    assert [frame.id for frame in frames if not frame.examples] == []


def test_rule_ids_are_unique_and_name_their_type() -> None:
    ids = [frame.id for frame in load_frames().frames]
    assert len(ids) == len(set(ids))
    assert all(frame.id.startswith(f"plover.{frame.type}.") for frame in load_frames().frames)


def test_the_prints_of_words_change_with_a_rule_and_only_then(tmp_path: Path) -> None:
    books = copied_codebooks(tmp_path / "one")
    same = copied_codebooks(tmp_path / "two")
    assert load_frames(books).prints == load_frames(same).prints
    other = copied_codebooks(tmp_path / "three")
    write_rule(other, verb="meander")
    assert load_frames(books).prints.keys() ^ load_frames(other).prints.keys() >= {"meander", "zigzag"}


def test_modes_and_contexts_of_the_rules_are_those_of_the_ontology() -> None:
    frames = load_frames().frames
    assert [frame.id for frame in frames if frame.mode and (frame.type, frame.mode) not in ONTOLOGY.modes] == []
    assert [frame.id for frame in frames if set(frame.contexts) - set(ONTOLOGY.contexts)] == []
