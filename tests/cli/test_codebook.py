"""`dragoman codebook check` and `diff`, `dragoman recode`: codebooks on the command line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.codebook import BUILT_IN
from factory import copied_codebooks, write_rule
from outcome import Dragoman

RULE = """type: PROTEST
rules:
  - id: own
    verb: [blockade]  # which the built-in rules call otherwise: ours comes first
    priority: 99
    examples:
      - Kenya blockaded Somalia on Monday.
"""


@pytest.fixture
def books(tmp_path: Path) -> Path:
    return copied_codebooks(tmp_path / "books")


def write(books: Path, content: str) -> Path:
    path = books / "plover" / "zz-own.yaml"
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (RULE.replace("verb:", "werb:"), 3, "werb"),
        (RULE + "  - id: own\n    verb: [picket]\n", 8, "own"),
        (RULE.replace("PROTEST", "ZIGZAG"), 1, "ZIGZAG"),
        (RULE + "    mode: zigzag\n", 3, "zigzag"),
        (RULE + "    contexts: [zigzag]\n", 3, "zigzag"),
        (RULE + "    factuality: perhaps\n", 3, "perhaps"),
        (RULE + "    object: ['@zigzag']\n", 3, "zigzag"),
        (RULE + "  - verb: [picket]\n", 8, "id"),
        (RULE.replace("    verb:", "    note:"), 3, "no verb"),
        (RULE + "    needs: [everything]\n", 3, "everything"),
        (RULE + "    verb: [picket]\n", 3, "twice"),
        (RULE + "  - id: [unclosed\n", 9, "YAML"),
        (RULE + "    near: [{wext: A.}]\n", 8, "wext"),
        ("type: PROTEST\nrules: 5\n", 1, "rules"),
        ("- a list\n", 1, "mapping"),
        ("type: PROTEST\nzigzag: 1\n", 1, "zigzag"),
        ("classes: {own-words: text}\n", 1, "own-words"),
        (RULE.replace("99", "high"), 3, "priority"),
        (RULE + "    verb_: x\n", 3, "verb_"),
    ],
    ids=["unknown key", "duplicate id", "unknown type", "unknown mode", "unknown context", "unknown factuality", "unknown class", "no id", "no predicate", "unknown need",
         "key twice", "no YAML", "example without text", "rules of another kind", "no mapping",
         "unknown key of a file", "class of another kind", "priority in words", "misspelt key"],
)  # fmt: skip
def test_a_codebook_that_cannot_be_used_is_named_with_file_and_line(content: str, line: int, says: str, books: Path, dragoman: Dragoman) -> None:
    path = write(books, content)
    done = dragoman("codebook", "check", books, "--only", "plover.PROTEST.own")
    assert (done.status, done.out, done.codes) == (2, "", {"D100"})
    assert f"{path}:{line}: " in done.err
    assert says in done.err


def test_sound_rules_have_no_findings(books: Path, dragoman: Dragoman) -> None:
    write(books, RULE)
    done = dragoman("codebook", "check", books, "--only", "plover.PROTEST.own")
    assert (done.status, done.out) == (0, "")
    assert done.err.startswith("1 rules, 1 examples, 0 near misses")
    assert done.err.endswith(": 0 findings\n")


@pytest.mark.parametrize(
    ("more", "line", "says"),
    [
        ("      - The harbour was calm on Monday.\n", 3, "does not fire"),
        ("      - {text: Kenya blockaded Somalia., actors: [UGA]}\n", 8, "actors are KEN, not UGA"),
        ("      - {text: Kenya blockaded Somalia., factuality: negated}\n", 8, "factuality is actual, not negated"),
        ("    near:\n      - {text: Uganda blockaded Rwanda.}\n", 9, "fires on a near miss"),
    ],
    ids=["example does not fire", "other actors", "other factuality", "counter-example fires"],
)
def test_a_sentence_that_is_read_otherwise_is_a_finding_with_file_and_line(more: str, line: int, says: str, books: Path, dragoman: Dragoman) -> None:
    path = write(books, RULE + more)
    done = dragoman("codebook", "check", books, "--only", "plover.PROTEST.own")
    assert done.status == 1
    assert f"{path}:{line}: plover.PROTEST.own: " in done.out
    assert says in done.out
    assert done.err.endswith("1 findings\n")


def test_a_folder_that_is_not_there_is_a_coded_message(dragoman: Dragoman, tmp_path: Path) -> None:
    done = dragoman("codebook", "check", tmp_path / "nowhere")
    assert (done.status, done.out, done.codes) == (2, "", {"D100"})


def test_a_table_with_a_short_row_is_named_with_file_and_line(books: Path, dragoman: Dragoman) -> None:
    table = books / "actors" / "organisations.tsv"
    table.write_text(table.read_text(encoding="utf-8") + "League of Zigzag\tthree cells\tonly\n", encoding="utf-8")
    lines = len(table.read_text(encoding="utf-8").splitlines())
    done = dragoman("annotate", "--codebook", books, stdin='{"id": "x", "text": "A."}')
    assert (done.status, done.out, done.codes) == (2, "", {"D100"})
    assert f"{table}:{lines}: " in done.err


def test_diff_says_which_rows_a_change_moves_and_writes_nothing(books: Path, dragoman: Dragoman, ledger_copy: Path) -> None:
    write_rule(books, kind="PROTEST", verb="reopen")
    before = sorted(str(path) for path in ledger_copy.rglob("*"))
    done = dragoman("codebook", "diff", BUILT_IN, books, "--ledger", ledger_copy)
    assert done.status == 0
    assert "PROTEST `reopened`" in done.out
    assert "border" in done.out
    assert sorted(str(path) for path in ledger_copy.rglob("*")) == before


def test_diff_of_the_same_codebooks_says_that_nothing_changes(books: Path, dragoman: Dragoman, ledger_copy: Path) -> None:
    done = dragoman("codebook", "diff", BUILT_IN, books, "--ledger", ledger_copy)
    assert (done.status, done.out, done.err) == (0, "", "nothing changes\n")


def test_recode_prints_what_changed_and_which_stages_ran(books: Path, dragoman: Dragoman, ledger_copy: Path) -> None:
    write_rule(books, kind="PROTEST", verb="reopen")
    done = dragoman("recode", "--ledger", ledger_copy, "--codebook", books)
    assert done.status == 0
    assert "PROTEST `reopened`" in done.out
    assert re.search(r"3 articles; stages that ran: code \d, judge 1.*COOPERATE -> PROTEST 1", done.err)


def test_recode_without_a_change_says_so(dragoman: Dragoman, ledger_copy: Path) -> None:
    done = dragoman("recode", "--ledger", ledger_copy)
    assert (done.status, done.out, done.err) == (0, "", "3 articles; stages that ran: none; events: nothing changed\n")


def test_recode_with_a_broken_codebook_leaves_the_ledger_as_it_was(books: Path, dragoman: Dragoman, ledger_copy: Path) -> None:
    write(books, RULE.replace("PROTEST", "ZIGZAG"))
    before = sorted(str(path) for path in ledger_copy.rglob("*"))
    done = dragoman("recode", "--ledger", ledger_copy, "--codebook", books)
    assert (done.status, done.out, done.codes) == (2, "", {"D100"})
    assert sorted(str(path) for path in ledger_copy.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [("grammar.yaml", "", "mapping"), ("grammar.yaml", "- a list\n", "mapping"), ("commitments.yaml", "zigzag: [x]\n", "missing"), ("hedges.tsv", None, "hedges.tsv"),
     ("contexts.yaml", "contexts: 5\n", "form"), ("actors/titles.tsv", "\udcff", "UTF-8")],
)  # fmt: skip
def test_a_codebook_without_its_parts_is_a_coded_message(name: str, content: str | None, says: str, books: Path, dragoman: Dragoman, ledger_copy: Path) -> None:
    (books / name).unlink() if content is None else (books / name).write_text(content, encoding="utf-8", errors="surrogateescape")
    for command in (["codebook", "check", books], ["recode", "--codebook", books, "--ledger", ledger_copy], ["codebook", "diff", BUILT_IN, books, "--ledger", ledger_copy]):
        done = dragoman(*command)
        assert (done.status, done.out, done.codes) == (2, "", {"D100"})
        assert says in done.err


def test_a_choice_of_no_rule_is_a_coded_message(dragoman: Dragoman) -> None:
    done = dragoman("codebook", "check", "--only", "zigzag")
    assert (done.status, done.out, done.codes) == (2, "", {"D200"})
