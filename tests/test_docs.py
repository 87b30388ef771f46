"""The documentation says what is true: its commands run, its lists are whole, its generated page is fresh."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.cli import build
from dragoman.codebook import BUILT_IN
from dragoman.intake.sources import read_sources
from dragoman.run.archive import read_into
from dragoman.run.local import Plan
from factory import REPORTS, jsonl
from outcome import Dragoman

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", ROOT / "docs" / "ten-minutes.md")
TEXT = {path: path.read_text(encoding="utf-8") for path in (*PAGES, ROOT / "docs" / "cli.md", ROOT / "docs" / "recipes.md")}
MACHINE = re.compile(r"/(home|root|work|tmp|Users)/[\w.-]+|https?://[\w.-]*(registry|artifactory|nexus|pypi-)[\w.-]*", re.IGNORECASE)


def commands() -> Iterator[str]:
    app = build()
    yield from (str(command.name) for command in app.registered_commands)
    yield from (f"{group.name} {command.name}" for group in app.registered_groups for command in group.typer_instance.registered_commands)


def console_lines() -> Iterator[str]:
    """Commands of blocks marked `console`, in order."""
    for page in PAGES:
        for block in re.findall(r"```console\n(.*?)```", TEXT[page], re.DOTALL):
            yield from (line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ "))


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader of the pages has it: the samples in `demo-ledger`, some articles of his own."""
    folder = tmp_path_factory.mktemp("docs")
    import dragoman

    read_into(folder / "demo-ledger", read_sources([str(Path(dragoman.__file__).parent / "samples")]), Plan(jobs=1), "demo")
    (folder / "news.jsonl").write_text(jsonl(*REPORTS), encoding="utf-8")
    (folder / "notes.txt").write_text(REPORTS[0].text, encoding="utf-8")
    (folder / "page.html").write_text(f"<html><body><article><p>{REPORTS[1].text}</p></article></body></html>", encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", list(dict.fromkeys(console_lines())))
def test_a_command_of_the_pages_runs(command: str, samples: Path, dragoman: Dragoman, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(samples)
    program, *words = shlex.split(command)
    assert program == "dragoman"
    done = dragoman(*words)
    assert done.status == 0, done.err


@pytest.mark.parametrize("query", re.findall(r"```sql\n(.*?)```", TEXT[ROOT / "docs" / "recipes.md"], re.DOTALL), ids=lambda query: query.split("\n")[0][:40])
def test_a_recipe_runs(query: str, samples: Path, dragoman: Dragoman) -> None:
    done = dragoman("sql", query, "--ledger", samples / "demo-ledger")
    assert done.status == 0, done.err


@pytest.mark.parametrize("page", ["docs/recipes.md", "README.md"])
def test_python_of_the_pages_runs(page: str, samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(samples)
    for block in re.findall(r"```python\n(.*?)```", TEXT[ROOT / page], re.DOTALL):
        exec(compile(block, page, "exec"), {})  # noqa: S102 (our own page)


def test_every_command_is_in_the_readme_and_in_the_list_of_commands() -> None:
    for command in commands():
        assert re.search(rf"`dragoman {command}\b|`{command}`", TEXT[ROOT / "README.md"]), command
        assert f"## dragoman {command}\n" in TEXT[ROOT / "docs" / "cli.md"], command


def test_the_page_of_commands_is_fresh() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "benchmarks" / "docs.py"), "--check"], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_every_page_is_in_the_table_of_contents_and_every_link_leads_somewhere() -> None:
    contents = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for page in sorted((ROOT / "docs").rglob("*.md")):
        assert str(page.relative_to(ROOT / "docs")) in contents, page
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_table_of_the_codebooks_has_its_origin() -> None:
    sources = (BUILT_IN / "SOURCES.md").read_text(encoding="utf-8")
    files = [path.relative_to(BUILT_IN) for path in BUILT_IN.rglob("*") if path.suffix in (".yaml", ".tsv", ".csv") and path.parent.name not in ("plover", "examples")]
    assert [str(file) for file in files if f"`{file}`" not in sources] == []


def test_no_page_and_no_codebook_names_a_machine() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("*.yml"), *ROOT.glob("*.cff"), *(ROOT / "docs").rglob("*.md"), *BUILT_IN.rglob("*.*")]
    assert [str(page) for page in pages if MACHINE.search(page.read_text(encoding="utf-8"))] == []


@pytest.mark.skipif(shutil.which("mkdocs") is None and not (Path(sys.executable).parent / "mkdocs").exists(), reason="mkdocs is not installed")
def test_the_pages_build_without_a_warning(tmp_path: Path) -> None:
    mkdocs = shutil.which("mkdocs") or str(Path(sys.executable).parent / "mkdocs")
    done = subprocess.run([mkdocs, "build", "--strict", "--quiet", "--site-dir", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
