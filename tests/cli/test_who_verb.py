"""`dragoman who`: answers, exit status, formats."""

from __future__ import annotations

import json

import pytest

from outcome import Dragoman


@pytest.mark.parametrize(("words", "status", "first", "reason"), [
    (("the chancellor", "--on", "2021-12-20", "--country", "DEU"), 0, "Olaf Scholz", ""),
    (("the former German chancellor", "--on", "2021-12-20"), 1, "Angela Merkel", "several: "),
    (("the chancellor", "--on", "2027-01-01", "--country", "DEU"), 1, "", "outside: "),
    (("the chancellor", "--on", "2021-12-20"), 1, "", "unknown: "),
])
def test_who(words, status, first, reason, dragoman: Dragoman) -> None:
    done = dragoman("who", *words)
    assert (done.status, done.out.split("  ")[0]) == (status, first)
    assert done.err.startswith(reason)


def test_who_as_json_has_every_field(dragoman: Dragoman) -> None:
    found = json.loads(dragoman("who", "the chancellor", "--on", "2021-12-20", "--country", "DEU", "--format", "json").out)
    assert found.keys() == {"description", "on", "country", "office", "how", "holders", "note"}
    assert found["holders"][0]["name"] == "Olaf Scholz"


def test_a_day_that_is_none_is_refused(dragoman: Dragoman) -> None:
    done = dragoman("who", "the chancellor", "--on", "yesterday")
    assert (done.status, done.codes) == (2, {"D200"})


def test_a_country_by_its_name_is_a_coded_message_that_says_its_code(dragoman: Dragoman) -> None:
    done = dragoman("who", "the chancellor", "--on", "2021-12-20", "--country", "Germany")
    assert (done.status, done.codes, "Write DEU" in done.err) == (2, {"D200"}, True)


def test_a_ledger_that_is_none_is_refused(dragoman: Dragoman, tmp_path) -> None:
    done = dragoman("who", "the chancellor", "--on", "2021-12-20", "--ledger", tmp_path)
    assert (done.status, done.codes) == (2, {"D301"})
