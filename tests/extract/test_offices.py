"""Who holds an office on a day: the dated tables, their limits, and a row that cannot be."""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.codebook import BUILT_IN, read_tsv
from dragoman.errors import CodebookError
from dragoman.extract.entry import End, Entry, Learnt
from dragoman.extract.offices import DATED, OUTSIDE, SEVERAL, UNKNOWN, VACANT, Tenures, ended, load_offices
from dragoman.extract.roster import COLUMNS, OFFICE_COLUMNS, load

BOOK = load_offices()


def row(name: str, since: str | None, until: str | None = None, *, role: str = "president", country: str = "AAA", seen: str | None = None) -> Entry:
    return Entry(name, name, "person", country, "GOV", role, since, until, "own", "actors.leaders:2", seen)


ROWS = (row("Ada", "2001-01-20", "2009-01-20"), row("Ben", "2009-01-20", "2012-05"), row("Cleo", "2012-05", "2014-06-01"),
        row("Dan", "2014-06-10", "2016-03-01", role="acting president"), row("Eve", "2016-03-01", seen="2025-09-30"))


@pytest.mark.parametrize(("date", "how", "names"), [
    ("2000-12-31", OUTSIDE, []),                # before the first row
    ("2001-01-20", DATED, ["Ada"]),             # the first day counts
    ("2009-01-20", DATED, ["Ben"]),             # the last does not
    ("2012-05-11", SEVERAL, ["Ben", "Cleo"]),   # the month of the change: nobody knows
    ("2012-06-01", DATED, ["Cleo"]),
    ("2014-06-05", VACANT, []),                 # between two rows
    ("2015-01-01", DATED, ["Dan"]),             # who acts holds the office for the time being
    ("2025-09-30", DATED, ["Eve"]),             # the last day that was checked
    ("2025-10-01", OUTSIDE, []),                # no guess afterwards
])
def test_the_holder_on_a_day(date, how, names):
    answer = Tenures(ROWS, BOOK).on("AAA", "president", date)
    assert (answer.how, sorted(holder.name for holder in answer.holders)) == (how, names)
    assert (how == DATED) == (not answer.note)


def test_an_office_of_no_row_is_unknown():
    assert Tenures(ROWS, BOOK).on("BBB", "president", "2010-01-01").how == UNKNOWN
    assert Tenures(ROWS, BOOK).on("AAA", "king", "2010-01-01").how == UNKNOWN


def test_two_who_hold_one_office_are_both_named():
    rows = (row("Ada", "2001", "2005"), row("Ben", "2003-02-01", "2004-02-01", role="acting president"))
    assert Tenures(rows, BOOK).on("AAA", "president", "2003-06-01").how == SEVERAL
    assert Tenures(rows, BOOK).on("AAA", "president", "2002-06-01").how == DATED


def test_of_two_offices_with_common_words_the_one_asked_for_counts():
    rows = (row("Ada", "2001", "2005", role="army chief"), row("Ben", "2001", "2005", role="chief of defence staff"))
    for words, name in (("army chief", "Ada"), ("chief of defence staff", "Ben")):
        assert [holder.name for holder in Tenures(rows, BOOK).on("AAA", words, "2003-01-01").holders] == [name]


@pytest.mark.parametrize(("words", "country", "name"), [
    ("premier", "FRA", "prime minister"), ("chancellor", "DEU", "chancellor"), ("chancellor", "GBR", "chancellor"), ("secretary of state", "USA", "secretary of state"),
    ("secretary of state", "GBR", None), ("senator", "USA", None), ("chancellor", "FRA", None), ("foreign secretary", "PHL", "foreign minister"),
])
def test_words_mean_an_office_of_a_state(words, country, name):
    office = BOOK.meant(words, country)
    assert (office.name if office else None) == name


def test_an_end_learnt_closes_a_row_and_leaves_the_others():
    rows = (row("Ada", "2020-01-01", seen="2025-09-30"), row("Ada", "2011-01-01", "2012-01-01"), row("Ben", "2012-01-01", "2020-01-01"))
    closed = ended(rows, (End("AAA", "president", "Ada", "2026-02-01"),), BOOK)
    assert [entry.until for entry in closed] == ["2026-02-01", "2012-01-01", "2020-01-01"]
    assert rows[0].until is None


def test_what_is_learnt_counts_beside_the_tables_and_changes_none_of_them():
    before = load().tenures.on("DEU", "chancellor", "2026-06-01")
    extra = Learnt((Entry("Tora Lindvik", "Tora Lindvik", "person", "DEU", "GOV", "chancellor", "2026-05-01", None, "learnt", "actors.learnt:x", "2026-09-01"),),
                   (End("DEU", "chancellor", "Friedrich Merz", "2026-05-01"),))
    table = load(BUILT_IN, extra)
    assert before.how == OUTSIDE
    assert [holder.name for holder in table.tenures.on("DEU", "chancellor", "2026-06-01").holders] == ["Tora Lindvik"]
    assert [holder.name for holder in table.tenures.on("DEU", "chancellor", "2025-06-01").holders] == ["Friedrich Merz"]
    assert table.on(table.named("Friedrich Merz"), "2026-06-01")[0].sector == "ELI"
    assert load().on(load().named("Friedrich Merz"), "2026-06-01")[0].sector == "GOV"


# --- the tables ---
def test_every_row_of_the_offices_is_an_office_of_its_state_and_in_order():
    last: dict[tuple[str, str], str] = {}
    for line, cells in read_tsv(BUILT_IN / "actors" / "offices.tsv", OFFICE_COLUMNS):
        key = (cells["country"], BOOK.plain(cells["office"]))
        assert last.get(key, "") <= cells["since"], f"line {line}"
        last[key] = cells["since"]


def test_no_state_has_two_heads_of_government_for_long():
    tenures = load().tenures
    days = [f"{year}-{month:02}-15" for year in range(2000, 2026) for month in (2, 5, 8, 11)]
    states = {cells["country"] for _, cells in read_tsv(BUILT_IN / "actors" / "leaders.tsv", COLUMNS) if re.fullmatch("[A-Z]{3}", cells["country"])}
    several = [(state, office, day) for state in sorted(states) for office in ("prime minister", "president") for day in days
               if tenures.on(state, office, day).how == SEVERAL]
    assert len({(state, office) for state, office, _ in several}) <= 8, several


@pytest.mark.parametrize(("line", "fault"), [
    ("FRA\tforeign minister\tA B\t2030-02-30x\t\t\town", "is no date"),
    ("FRA\tforeign minister\tA B\t2030-02-01\t2029\t\town", "before it begins"),
    ("FR\tforeign minister\tA B\t2030-02-01\t\t\town", "is no country"),
    ("FRA\tminister of tea\tA B\t2030-02-01\t\t\town", "is no office"),
    ("FRA\tforeign minister\t\t2030-02-01\t\t\town", "a name"),
    ("FRA\tforeign minister\tA B\t\t\t\town", "no first day"),
    ("FRA\tforeign minister\tA B\t2030-02-01", "cells"),
])
def test_a_row_that_cannot_be_stops_at_load_with_file_and_line(line, fault, tmp_path: Path):
    folder = _copy(tmp_path)
    path = folder / "actors" / "offices.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:5], line, *lines[5:]]) + "\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=rf"D100 .*offices\.tsv:6: .*{fault}"):
        load(folder)


@pytest.mark.parametrize(("cells", "fault"), [
    ("Ada B\tAda B\tperson\tFRANCE\tGOV\tpresident\t\t\town", "is no country"),
    ("Ada B\tAda B\thuman\tFRA\tGOV\tpresident\t\t\town", "is no kind"),
    ("Ada B\tAda B\tperson\tFRA\tgovernment\tpresident\t\t\town", "is no PLOVER sector"),
    ("Ada B\tAda B\tperson\tFRA\tGOV\tpresident\tlast May\t\town", "is no date"),
])
def test_a_leader_who_cannot_be_stops_at_load_with_file_and_line(cells, fault, tmp_path: Path):
    folder = _copy(tmp_path)
    with open(folder / "actors" / "leaders.tsv", "a", encoding="utf-8") as table:
        table.write(cells + "\n")
    count = len((folder / "actors" / "leaders.tsv").read_text(encoding="utf-8").splitlines())
    with pytest.raises(CodebookError, match=rf"leaders\.tsv:{count}: .*{fault}"):
        load(folder)


@pytest.mark.parametrize(("text", "line"), [("  - words: [duke]\n", "an office needs"), ("  - roles: [duke]\n", "an office needs")])
def test_an_office_without_words_or_roles_stops_at_load(text, line, tmp_path: Path):
    folder = _copy(tmp_path)
    with open(folder / "actors" / "offices.yaml", "a", encoding="utf-8") as sheet:
        sheet.write(text)
    with pytest.raises(CodebookError, match=rf"offices\.yaml:\d+: {line}"):
        load_offices(folder)


def test_a_day_of_the_roster_must_be_a_day(tmp_path: Path):
    folder = _copy(tmp_path)
    path = folder / "actors" / "offices.yaml"
    path.write_text(re.sub(r'own: "[\d-]+"', 'own: "last autumn"', path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(CodebookError, match=r"offices\.yaml:\d+: `last autumn` is no day"):
        load_offices(folder)


def test_loading_the_roster_is_cheap():
    """Measured: 0.29 s of CPU and 27 MB for 25,000 rows (limits: 0.3 s and 60 MB); a slow machine gets slack."""
    code = ("import resource, time\nfrom dragoman.extract import roster\nbefore, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()\n"
            "roster.load()\nprint(time.process_time() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)")
    lines = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60).stdout.split() for _ in range(2)]
    seconds, megabytes = (min(float(line[n]) for line in lines) for n in (0, 1))
    assert seconds < 0.9
    assert megabytes < 60 * (1 if sys.platform == "linux" else 1024)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0


def _copy(folder: Path) -> Path:
    return Path(shutil.copytree(BUILT_IN / "actors", folder / "books" / "actors").parent)
