"""What the parser reads: marks that belong to no quotation are blank, all others and every offset stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.annotate.english import plain

READ = {
    "a mark before a verb": ("The »envoy said it was late.", "The  envoy said it was late."),
    "the wrong way round": ("She repeated that ”the lake was shut.", "She repeated that  the lake was shut."),
    "a single one": ("He accused ‹Bordo of it.", "He accused  Bordo of it."),
    "a doubled one": ("They called for a ““day of rest” soon.", 'They called for a " day of rest" soon.'),
    "one that closes nothing": ("The talks” ended late.", "The talks  ended late."),
    "a quotation": ("He called it “fine” and \"good\".", 'He called it "fine" and "good".'),
    "a quotation in single marks": ("He called it ‘fine’.", "He called it 'fine'."),
    "a quotation within one": ("“The ‘old’ law,” he said.", "\"The 'old' law,\" he said."),
    "one that the next paragraph goes on with": ("“It rains,” he said. “And it", '"It rains," he said. "And it'),
    "one behind a colon": ("He said: “It rains.", 'He said: "It rains.'),
    "one whose opening mark was lost": ("It rains,” he said.", 'It rains," he said.'),
    "apostrophes": ("rock 'n' roll and the workers' hall in the '90s", "rock 'n' roll and the workers' hall in the '90s"),
}


@pytest.mark.parametrize("name", READ)
def test_only_stray_marks_are_blank(name: str) -> None:
    text, wanted = READ[name]
    assert plain(text) == wanted


@given(st.text(alphabet="ab .,:'\"“”‘’«»‹›„`\n", max_size=60))
def test_no_character_moves(text: str) -> None:
    read = plain(text)
    assert len(read) == len(text)
    assert all(after in (before, " ") for before, after in zip(text, read, strict=True) if before.isalnum() or before in ".,:")
