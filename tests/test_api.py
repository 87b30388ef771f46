"""The Python API: what `import dragoman` offers."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

import dragoman
from dragoman.errors import BadDate, CodebookError, NoLedger, UnknownModel
from dragoman.reading import to_json
from dragoman.records import Reading
from factory import STRIKE


def test_annotate_gives_a_typed_reading_whose_spans_are_in_the_text() -> None:
    reading = dragoman.annotate(STRIKE.text, published="2025-03-07")
    assert isinstance(reading, Reading)
    assert reading.events[0].type == "ACCUSE"
    assert all(STRIKE.text[event.trigger.start : event.trigger.end] == event.trigger.surface for event in reading.events)


def test_annotate_can_be_called_again_and_after_its_modules_are_imported() -> None:
    importlib.import_module("dragoman.annotate.columns")
    first, second = (dragoman.annotate("Kenya attacked Somalia.", "2025-03-07", outlet="Test Wire") for _ in range(2))
    assert to_json(first) == to_json(second)


def test_annotate_takes_the_text_as_it_is() -> None:
    assert dragoman.annotate("").events == ()
    assert dragoman.annotate("Kenya attacked Somalia yesterday.").timexes[0].value is None


@pytest.mark.parametrize(("given", "error"), [({"published": "7 March"}, BadDate), ({"model": "en_core_web_zigzag"}, UnknownModel)])
def test_a_setting_that_makes_no_sense_is_refused(given: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        dragoman.annotate("Kenya attacked Somalia.", **given)  # type: ignore[arg-type]


def test_an_unknown_argument_is_an_error() -> None:
    with pytest.raises(TypeError):
        dragoman.annotate("Kenya attacked Somalia.", zigzag="1")  # type: ignore[call-arg]


def test_a_ledger_answers_with_typed_rows(reports: dragoman.Ledger) -> None:
    (event,) = dragoman.Ledger(reports.path).events(actor="SDN", type="ACCUSE")
    assert (event.actor_countries, event.recipient_countries, event.surface) == (["SDN"], ["TCD"], "accused")


def test_a_ledger_that_is_not_there_is_not_made(tmp_path: object) -> None:
    with pytest.raises(NoLedger):
        dragoman.Ledger(f"{tmp_path}/nowhere")


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="zigzag"):
        dragoman.zigzag  # noqa: B018


def test_a_codebook_folder_may_be_named_as_text(tmp_path: Path) -> None:
    with pytest.raises(CodebookError):
        dragoman.annotate("Kenya met Somalia.", codebook=str(tmp_path))


def test_half_a_surrogate_pair_does_not_stop_a_reading() -> None:
    text = "\ud800 Sudan accused Chad of arming rebels."
    accused = dragoman.annotate(text).events[0].trigger
    assert text[accused.start : accused.end] == accused.surface == "accused"
