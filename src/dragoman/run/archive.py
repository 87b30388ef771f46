"""Reads articles into a ledger, and codes those in it again."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path

import msgspec

from dragoman import pipeline
from dragoman.errors import CodebookError, LedgerError, OtherLanguage
from dragoman.intake.language import CODED
from dragoman.ledger.entries import Appended, Entry, Run, StageOutput, Stored
from dragoman.ledger.store import Ledger
from dragoman.link.learning import learnt
from dragoman.link.linking import link
from dragoman.link.versions import Addresses
from dragoman.places import selection
from dragoman.records import Article, Event, Issue, Reading, content_id
from dragoman.run.changes import Change, changes
from dragoman.run.codebooks import load_codebooks
from dragoman.run.local import Parsed, Plan, failure, prepare, read_all

_BATCH = 64
_RECODED = 256
_EVENTS = msgspec.json.Decoder(tuple[Event, ...])
Progress = Callable[[int], None]


@dataclass
class Summary:
    """What a run did: articles read, those already known, events, issues, rows written; stages that ran and how often.

    `skipped` counts articles that are kept but not coded, by reason; each has an issue row too.
    """

    articles: int = 0
    known: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    events: int = 0
    issues: list[Issue] = field(default_factory=list)
    earlier: int = 0
    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    stages: dict[str, int] = field(default_factory=dict)

    @property
    def failed(self) -> int:
        """Issues, those of earlier runs that were added included."""
        return len(self.issues) + self.earlier


def add(total: Summary, more: Summary) -> None:
    """Add what a run did to what runs before it did; of its issues only the number is kept, for a follower may run for months."""
    for name in ("articles", "known", "events", "added", "changed", "withdrawn"):
        setattr(total, name, getattr(total, name) + getattr(more, name))
    total.skipped += more.skipped
    total.earlier += more.failed


def read_into(path: Path, found: Iterable[Article | Issue], plan: Plan, command: str, progress: Progress = lambda _: None) -> Summary:
    """Read articles into the ledger of a folder, which is made if there is none.

    Args:
        path: the folder.
        found: articles, and issues of the intake.
        plan: how to read.
        command: what the run is called in the table of runs.
        progress: called with the number of articles that a step has finished.

    Raises:
        LedgerError, UnknownModel, CodebookError: nothing was written.
    """
    prepare(plan)
    ledger, summary, coder = Ledger.create(path), Summary(), pipeline.coder_name(plan.folder)
    plan = replace(plan, learnt=learnt(ledger, plan.folder))
    known = {row.id: (row.sha256, row.published.isoformat() if row.published else None, row.outlet) for row in ledger.articles()}
    aside: list[Article | Issue] = []
    with _recorded(ledger, coder, command, plan, summary) as run:

        def keep_aside() -> None:
            _keep_aside(ledger, run.id, coder, aside, summary)
            progress(len(aside))
            aside.clear()

        results = read_all(_unknown(found, known, summary, aside, keep_aside, Addresses(ledger)), plan, partial(_entry, coder=coder, model=plan.model))
        while batch := list(islice(results, _BATCH)):
            _keep(ledger, run.id, coder, batch, summary)
            progress(len(batch))
        keep_aside()
        link(ledger, run.id, coder, plan.folder)
    return summary


def _unknown(
    found: Iterable[Article | Issue], known: dict[str, tuple[str, str | None, str | None]], summary: Summary, aside: list[Article | Issue], keep_aside: Callable[[], None],
    addresses: Addresses,
) -> Iterator[Article]:
    """Articles that the ledger does not have as they are; issues and what is not coded are put aside, and kept when there are many."""
    for item in found:
        if len(aside) >= _RECODED:
            keep_aside()
        if isinstance(item, Issue):
            aside.append(item)
            continue
        settled = addresses.settled(item)
        if settled is None or known.get(settled.id) == (settled.sha256, settled.date, settled.outlet):
            summary.known += 1
        else:
            known[settled.id] = (settled.sha256, settled.date, settled.outlet)
            if settled.language == CODED:
                yield settled
            else:
                aside.append(settled)


def _keep_aside(ledger: Ledger, run: str, coder: str, aside: list[Article | Issue], summary: Summary) -> None:
    """Record issues of the intake, and articles in languages that are not coded: their text, and an issue that says so."""
    issues = [item for item in aside if isinstance(item, Issue)]
    skipped = [(item, OtherLanguage(item.title or item.id, language=item.language)) for item in aside if isinstance(item, Article)]
    told = ((article, Issue(article.id, "language", said.code, str(said.args[0]))) for article, said in skipped)
    if skipped:
        _count(summary, ledger.append([Entry(Reading(article, coder, issues=(issue,)), None) for article, issue in told], run))
    if issues:
        ledger.record_issues(issues, run, coder)
    summary.skipped.update(f"language {article.language}" for article, _ in skipped)
    summary.skipped["language"] += sum(issue.code == OtherLanguage.code for issue in issues)
    summary.issues += [issue for issue in issues if issue.code != OtherLanguage.code]


def _entry(parsed: Parsed, coder: str, model: str) -> Entry:
    result = parsed.result
    return Entry(result.reading(parsed.notes, coder), parsed.notes, _outputs(result, pipeline.annotations_hash(result.article, model)))


def _outputs(result: pipeline.Pass, parse: str) -> tuple[StageOutput, ...]:
    """The outputs as the ledger keeps them; the first stands for the parse itself."""
    made = [StageOutput(result.article.id, name, output.key, output.hash, output.payload) for name, output in result.outputs.items()]
    return (StageOutput(result.article.id, "annotate", parse, parse, None), *made)


def _keep(ledger: Ledger, run: str, coder: str, batch: list[Entry | Issue], summary: Summary) -> None:
    entries = [item for item in batch if isinstance(item, Entry)]
    issues = [item for item in batch if isinstance(item, Issue)]
    written = ledger.append(entries, run)
    ledger.record_issues(issues, run, coder)
    summary.articles += len(entries)
    summary.events += sum(len(entry.reading.events) for entry in entries)
    summary.issues += issues
    _count(summary, written)


def _count(summary: Summary, written: Appended) -> None:
    summary.added, summary.changed, summary.withdrawn = summary.added + written.added, summary.changed + written.changed, summary.withdrawn + written.withdrawn


@contextmanager
def _recorded(ledger: Ledger, coder: str, command: str, plan: Plan, summary: Summary) -> Iterator[Run]:
    """A run in the table of runs: recorded when it begins, and how it ended, also when it is stopped."""
    now = datetime.now(UTC)
    settings = {"model": plan.model, "jobs": plan.jobs, "learnt": plan.learnt.fingerprint, "gazetteer": str(selection.store().origin)}
    run = Run(content_id(now.isoformat(), os.getpid()), now, coder, command, json.dumps(settings))
    ledger.record_run(run)
    try:
        yield run
    except BaseException:
        with suppress(LedgerError):
            _end(ledger, run, summary, "failed")
        raise
    _end(ledger, run, summary, "done")


def _end(ledger: Ledger, run: Run, summary: Summary, status: str) -> None:
    ledger.record_run(replace(run, finished_at=datetime.now(UTC), articles=summary.articles, events=summary.events, issues=len(summary.issues), status=status))


# --- coding again ---
def recode(path: Path, plan: Plan, progress: Progress = lambda _: None) -> tuple[Summary, list[Change]]:
    """Bring every article of a ledger up to date with the codebooks, from its stored parse; what changed.

    Only stages whose codebooks or inputs changed run again; an article in which none did is not written. An article on which a stage
    fails keeps its coding and becomes an issue.

    Raises:
        LedgerError, CodebookError: nothing was written.
    """
    selection.use(plan.gazetteer)
    load_codebooks(plan.folder)
    ledger, summary, coder = Ledger(path), Summary(), pipeline.coder_name(plan.folder)
    plan = replace(plan, learnt=learnt(ledger, plan.folder))
    moved: list[Change] = []
    with _recorded(ledger, coder, "recode", plan, summary) as run:
        renewed = _renewed(ledger.archive(), plan, coder, summary, moved, progress)
        while batch := list(islice(renewed, _RECODED)):
            _count(summary, ledger.append(batch, run.id))
        ledger.record_issues(summary.issues, run.id, coder)
        link(ledger, run.id, coder, plan.folder)
    return summary, moved


def _renewed(archive: Iterable[Stored], plan: Plan, coder: str, summary: Summary, moved: list[Change], progress: Progress) -> Iterator[Entry]:
    for stored in archive:
        summary.articles += 1
        progress(1)
        try:
            result, parse = _again(stored, plan)
        except CodebookError:
            raise
        except Exception as error:  # the article boundary
            summary.issues.append(failure(stored.article, "recode", error))
            continue
        for stage in result.ran:
            summary.stages[stage] = summary.stages.get(stage, 0) + 1
        if result.ran:
            reading = result.reading(stored.notes, coder)
            summary.events += len(reading.events)
            moved += changes(stored.article.id, _stored_events(stored), reading.events)
            yield Entry(reading, stored.notes, _outputs(result, parse))


def _again(stored: Stored, plan: Plan) -> tuple[pipeline.Pass, str]:
    """A stored article through the stages, as far as they must run."""
    annotated = stored.outputs.get("annotate")
    parse = annotated.output_hash if annotated else pipeline.annotations_hash(stored.article, plan.model)
    outputs = {name: pipeline.Output(out.key, out.output_hash, out.payload) for name, out in stored.outputs.items() if out.payload is not None}
    return pipeline.run(stored.article, stored.notes, parse, outputs, plan.folder, plan.learnt), parse


def _stored_events(stored: Stored) -> tuple[Event, ...]:
    output = stored.outputs.get("judge")
    return _EVENTS.decode(output.payload) if output is not None and output.payload is not None else ()


def compare(path: Path, before: Path, after: Path) -> Iterator[Change]:
    """What another codebook folder would change in a ledger; nothing is written.

    Raises:
        LedgerError, CodebookError: there is nothing to compare.
    """
    for folder in (before, after):
        load_codebooks(folder)
    for stored in Ledger(path).archive():
        old, new = (_again(stored, Plan(folder=folder))[0].reading(stored.notes, "").events for folder in (before, after))
        yield from changes(stored.article.id, old, new)
