from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ledger_factory import CODER, RECODER, TEXT, article, entry, event, many, notes

from dragoman import Ledger
from dragoman.errors import LedgerError, NewerLedger, NoLedger, ReadOnlyLedger
from dragoman.ledger import delta, lookup
from dragoman.ledger.entries import Appended, Run
from dragoman.ledger.tables import CODED, GATED, TABLES
from dragoman.records import Issue, Reading


def sizes(ledger: Ledger) -> dict[str, int]:
    return {name: ledger.history(name).num_rows for name in TABLES}


# Making and opening


def test_create_opens_what_is_there(read: Ledger) -> None:
    before = sizes(read)
    assert sizes(Ledger.create(read.path)) == before
    header = json.loads((read.path / "ledger.json").read_text())
    assert header["format"] == 1
    assert datetime.fromisoformat(header["created"]).tzinfo is not None


def test_create_completes_what_was_cut_short(ledger: Ledger) -> None:
    (ledger.path / "ledger.json").unlink()
    shutil.rmtree(ledger.path / "events")
    assert Ledger.create(ledger.path).append([entry()], "r").added > 0


def test_create_leaves_other_folders_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(LedgerError, match=r"thesis\.txt"):
        Ledger.create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("name", ["nothing", "file", "file/below"])
def test_no_ledger(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NoLedger, match="D301"):
        Ledger(tmp_path / name)


@pytest.mark.parametrize("name", ["file", "file/below"])
def test_create_where_no_folder_can_be(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ReadOnlyLedger, match="D303"):
        Ledger.create(tmp_path / name)


def test_newer_format(ledger: Ledger) -> None:
    (ledger.path / "ledger.json").write_text('{"format": 99}')
    with pytest.raises(NewerLedger, match="99"):
        Ledger(ledger.path)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"format": "x"}', '{"format": null}'])
def test_damaged_header(ledger: Ledger, content: str) -> None:
    (ledger.path / "ledger.json").write_text(content)
    with pytest.raises(LedgerError, match="damaged"):
        Ledger(ledger.path)


def test_missing_table(ledger: Ledger) -> None:
    shutil.rmtree(ledger.path / "claims")
    with pytest.raises(LedgerError, match="claims"):
        Ledger(ledger.path)


def test_damaged_log(read: Ledger) -> None:
    for commit in (read.path / "events" / "_delta_log").glob("*.json"):
        commit.write_text('{"broken')
    for use in (read.events, lambda: read.sql("SELECT 1 FROM events"), lambda: read.append([entry(coder=RECODER, events=())], "r")):
        with pytest.raises(LedgerError, match="D300"):
            use()


def test_missing_data_file(read: Ledger) -> None:
    for file in (read.path / "events").glob("*.parquet"):
        file.unlink()
    with pytest.raises(LedgerError, match="D300"):
        read.events()


def test_a_damaged_data_file_is_the_ledgers_fault_for_a_writer_too(read: Ledger) -> None:
    for file in (read.path / "events").glob("*.parquet"):
        file.write_text("damaged", encoding="utf-8")
    with pytest.raises(LedgerError, match="damaged or gone"):
        lookup.versions(read, "events", ["strike"], lookup.batches(read))


def test_a_lock_that_cannot_be_had(ledger: Ledger) -> None:
    lock = ledger.path / "ledger.lock"
    lock.mkdir()  # what cannot be opened for writing, also for root
    with pytest.raises(ReadOnlyLedger, match="D303"):
        ledger.append([entry()], "r")
    assert ledger.articles() == []


def test_no_permission(read: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, _: "claims" not in str(path))
    for write in (lambda: read.append([entry(events=())], "r"), lambda: read.record_issues([], "r", CODER), lambda: read.compact(1),
                  lambda: read.record_run(Run("r", datetime.now(UTC), CODER))):
        with pytest.raises(ReadOnlyLedger, match="claims"):
            write()
    assert len(read.events()) == 1


# Appending


def test_append_records_every_table(read: Ledger) -> None:
    found = sizes(read)
    assert {name for name in GATED if not found[name]} == {"issues"}
    assert found["batches"] == 1


def test_the_same_again_adds_nothing(read: Ledger) -> None:
    before = sizes(read)
    assert read.append([entry()], "run-2") == Appended(articles=1)
    assert Ledger(read.path).append([entry(coder=RECODER)], "run-3").added == 1 - 1
    after = sizes(read)
    assert {name for name in TABLES if before[name] != after[name]} <= {"stages", "batches"}  # the second coder's stage had another key


def test_a_new_coding_adds_versions_and_withdraws(read: Ledger) -> None:
    of = article()
    known = read.latest("events").to_pylist()[0]
    done = read.append([entry(of, RECODER, events=(event(of, "negated"),))], "run-2")
    assert (done.added, done.withdrawn) == (0, 0)
    (now,) = read.latest("events").to_pylist()
    assert (now["id"], now["factuality"], now["coder"], now["run"]) == (known["id"], "negated", RECODER, "run-2")
    assert read.append([entry(of, RECODER, events=())], "run-3").withdrawn == 3  # the event and its two participants
    assert read.latest("events").num_rows == read.latest("participants").num_rows == 0
    assert [row["withdrawn"] for row in sorted(read.history("events").to_pylist(), key=lambda row: row["recorded_at"])] == [False, False, True]
    read.append([entry(of)], "run-4")
    assert [row["factuality"] for row in read.latest("events").to_pylist()] == ["actual"]


def test_vintage(read: Ledger) -> None:
    of = article()
    then = datetime.now(UTC)
    read.append([entry(of, RECODER, events=(event(of, "negated"),)), *many(2)], "run-2")
    assert [row["factuality"] for row in read.as_of("events", then).to_pylist()] == ["actual"]
    assert len(read.articles(when=then)) == 1
    assert len(read.articles()) == 3
    assert read.sql("SELECT count(*) FROM events_history", when=then).rows == [(1,)]
    assert read.as_of("events", datetime(2020, 1, 1, tzinfo=UTC)).num_rows == 0


def test_a_changed_text_keeps_the_article(read: Ledger) -> None:
    changed = article(TEXT + " More follows.", id=article().id)
    assert read.has(changed.id)
    assert read.has(changed.id, article().sha256)
    assert not read.has(changed.id, changed.sha256)
    read.append([entry(changed)], "run-2")
    assert read.has(changed.id, changed.sha256)
    assert [row["sha256"] for row in read.latest("articles").to_pylist()] == [changed.sha256]
    assert Ledger(read.path).has(changed.id, changed.sha256)


def test_an_article_twice_in_a_batch_is_recorded_in_order(ledger: Ledger) -> None:
    first, second = article(id="a"), article(TEXT + " More follows.", id="a")
    ledger.append([entry(first), *many(2), entry(second)], "r")
    assert ledger.history("articles").num_rows == 4
    assert ledger.has("a", second.sha256)


def test_what_could_not_be_parsed_keeps_its_rows(read: Ledger) -> None:
    bare = entry(issues=(Issue(article().id, "annotate", "D011", "failed"),))
    read.append([replace(bare, notes=None, reading=replace(bare.reading, events=(), claims=(), figures=()))], "run-2")
    assert read.latest("events").num_rows == read.latest("claims").num_rows == 1
    assert [issue.code for issue in read.issues()] == ["D011"]
    read.append([entry()], "run-3")
    assert read.issues() == []


def test_empty_batches_commit_nothing(ledger: Ledger) -> None:
    assert ledger.append([], "r") == Appended()
    assert ledger.record_issues([], "r", CODER) == 0
    assert sizes(ledger)["batches"] == 0


def test_an_empty_text(ledger: Ledger) -> None:
    of = article("")
    bare = entry()
    nothing = Reading(of, CODER)
    ledger.append([replace(bare, notes=notes(""), reading=nothing)], "r")
    assert ledger.has(of.id)
    assert [len(parse) for _, parse in ledger.annotations()] == [0]


def test_issues_of_the_intake(ledger: Ledger) -> None:
    found = [Issue("a.txt", "intake", "D005", "a.txt: empty."), Issue("b.txt", "intake", "D006", "b.txt: binary data.")]
    assert ledger.record_issues([*found, found[0]], "r1", CODER) == 2
    assert ledger.record_issues(found, "r2", CODER) == 0
    assert sorted(ledger.issues(), key=lambda issue: issue.article) == found


def test_runs(ledger: Ledger) -> None:
    run = Run("r1", datetime(2031, 5, 5, tzinfo=UTC), CODER, "read news/")
    ledger.record_run(run)
    ledger.record_run(replace(run, status="done", articles=3, finished_at=datetime(2031, 5, 5, 1, tzinfo=UTC)))
    assert [(row["status"], row["articles"]) for row in ledger.latest("runs").to_pylist()] == [("done", 3)]


# Reading what stages need


def test_parses_come_back(ledger: Ledger) -> None:
    entries = many(5)
    ledger.append(entries, "r")
    found = dict(ledger.annotations())
    assert found == {e.reading.article: e.notes for e in entries}
    chosen = entries[2].reading.article
    assert list(ledger.annotations([chosen.id])) == [(chosen, entries[2].notes)]
    assert list(ledger.annotations([])) == []


def test_outputs_of_stages(ledger: Ledger) -> None:
    entries = many(3)
    ledger.append(entries, "r")
    assert ledger.stage_outputs() == {(e.reading.article.id, "code"): e.outputs[0] for e in entries}
    chosen = entries[1].outputs[0]
    assert ledger.stage_outputs([chosen.article], "code") == {(chosen.article, "code"): chosen}
    assert ledger.stage_outputs(stage="judge") == ledger.stage_outputs([]) == {}
    assert {stored.article.id: dict(stored.outputs) for stored in ledger.archive()} == {e.reading.article.id: {"code": e.outputs[0]} for e in entries}


def test_a_parse_of_an_earlier_text_is_not_given(read: Ledger) -> None:
    changed = entry(article(TEXT + " More follows.", id=article().id))
    read.append([replace(changed, notes=None)], "run-2")
    assert list(read.annotations()) == []


def test_compaction_changes_no_row(ledger: Ledger) -> None:
    for one in many(3):
        ledger.append([one], "r")
    before = {name: ledger.history(name).sort_by("recorded_at").to_pylist() for name in CODED}
    assert "events" in ledger.compact(at_least=2)
    assert ledger.compact(at_least=2) == []
    key = repr
    assert {name: sorted(ledger.history(name).to_pylist(), key=key) for name in CODED} == {name: sorted(found, key=key) for name, found in before.items()}
    assert ledger.append(many(3), "r2") == Appended(articles=3)


# Several writers, killed writers

_WRITER = """
import sys
sys.path.insert(0, {tests!r})
from ledger_factory import many
from dragoman import Ledger
for number in range({first}, {last}):
    Ledger({path!r}).append(many(2, number * 2), "writer-{first}")
    print(number, flush=True)
"""


def writer(ledger: Ledger, first: int, last: int) -> subprocess.Popen[str]:
    code = _WRITER.format(tests=str(Path(__file__).parent), path=str(ledger.path), first=first, last=last)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))})


def test_two_writers_at_once(ledger: Ledger) -> None:
    writers = [writer(ledger, 0, 4), writer(ledger, 2, 6)]  # batches 2 and 3 come from both
    assert [one.wait(120) for one in writers] == [0, 0]
    assert len(ledger.articles()) == ledger.history("articles").num_rows == 12
    assert ledger.history("events").num_rows == 12


@pytest.mark.parametrize("after", [1, 2])
def test_a_killed_writer_loses_nothing_acknowledged(ledger: Ledger, after: int) -> None:
    killed = writer(ledger, 0, 50)
    assert killed.stdout is not None
    acknowledged = [killed.stdout.readline() for _ in range(after)][-1]
    killed.send_signal(signal.SIGKILL)
    killed.wait(60)
    reopened = Ledger(ledger.path)
    found = len(reopened.articles())
    assert found >= 2 * (int(acknowledged) + 1)
    assert found % 2 == 0
    assert reopened.latest("events").num_rows == reopened.latest("claims").num_rows == found
    reopened.append(many(found + 4), "again")
    assert len(reopened.articles()) == reopened.latest("events").num_rows == found + 4


@pytest.mark.parametrize("table", [name for name in GATED if name != "issues"] + ["batches"])
def test_a_batch_cut_off_before_any_commit_does_not_count(read: Ledger, table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = delta.append

    def cut(path: Path, *rest: object) -> None:
        if path.name == table:
            raise KeyboardInterrupt
        whole(path, *rest)  # type: ignore[arg-type]

    of = article()
    batch = [entry(of, RECODER, events=(event(of, "negated"),)), *many(2)]
    monkeypatch.setattr(delta, "append", cut)
    with pytest.raises(KeyboardInterrupt):
        read.append(batch, "run-2")
    monkeypatch.undo()
    assert [row["factuality"] for row in read.latest("events").to_pylist()] == ["actual"]
    assert len(read.articles()) == read.history("claims").num_rows == 1
    assert not Ledger(read.path).has(batch[1].reading.article.id)
    Ledger(read.path).append(batch, "run-2")
    assert sorted(row["factuality"] for row in read.latest("events").to_pylist()) == ["actual", "actual", "negated"]
    assert len(read.articles()) == len(list(read.annotations())) == 3
