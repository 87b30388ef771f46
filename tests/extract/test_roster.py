"""The tables of actors: what is found in a text, and which row holds on a day."""

from __future__ import annotations

import pytest

from dragoman.errors import CodebookError
from dragoman.extract.references import references
from dragoman.extract.roster import Entry, Roster, fold, load


def row(form: str, name: str, country: str = "AAA", *, sector: str = "GOV", since: str | None = None, until: str | None = None) -> Entry:
    return Entry(form, name, "person", country, sector, "leader", since, until, "test", "actors.leaders:2")


@pytest.mark.parametrize(("text", "found"), [
    ("North Korea fired.", ["North Korea"]),
    ("Troops left South Sudan.", ["South Sudan"]),
    ("The U.S.-led talks failed.", ["U.S."]),
    ("He met Germany's chancellor.", ["Germany"]),
    ("They told us to stay.", []),
    ("She bought china and a turkey.", []),
    ("It is made of polish.", []),
    ("Chinatown and Indiana are quiet.", []),
    ("FRANCE WARNS TURKEY OVER LIBYA", ["FRANCE", "TURKEY", "LIBYA"]),
    ("The UN security council met.", ["UN security council"]),
    ("Anti-Iran and pro-Russia voices grew.", ["Iran", "Russia"]),
])
def test_names_are_found_at_word_boundaries(parse, text, found):
    hits = [hit for hit in load().names(parse(text)) if hit.entries[0].kind != "none"]
    assert [text[hit.start : hit.end] for hit in hits] == found


@pytest.mark.parametrize(("one", "other"), [("Kim Jong-un", "Kim Jong Un"), ("François Hollande", "Francois Hollande"), ("al‑Assad", "al-Assad")])
def test_spellings_that_are_one_name(one, other):
    assert fold(one) == fold(other)
    assert len(fold(one)) == len(one)


def test_longest_name_wins(parse):
    roster = Roster([row("Congo", "Congo", "COG"), row("Democratic Republic of the Congo", "DR Congo", "COD")])
    (hit,) = roster.names(parse("The Democratic Republic of the Congo closed its border."))
    assert hit.entries[0].country == "COD"


@pytest.mark.parametrize(("date", "sector"), [
    ("2001-12-31", None),       # long before the first office
    ("2009-12-31", "PTY"),      # shortly before it
    ("2010-03-01", "GOV"),
    ("2012-06-30", "ELI"),      # until is exclusive
    ("2016-01-01", "ELI"),      # between offices
    ("2018-05-05", "LEG"),
    (None, "LEG"),              # no date: the row without end
])
def test_rows_hold_on_a_day(date, sector):
    rows = (row("X", "Ada X", since="2010-03", until="2012-06-30"), row("X", "Ada X", sector="LEG", since="2018"))
    (best,) = Roster.on(rows, date)
    assert best.sector == sector
    assert best.country == "AAA"


def test_namesakes_are_told_apart_by_the_day():
    rows = (row("Bush", "Elder Bush", since="1989", until="1993"), row("Bush", "Younger Bush", since="2001", until="2009"))
    assert [r.name for r in Roster.on(rows, "1990-06-01")] == ["Elder Bush"]
    assert [r.name for r in Roster.on(rows, "2005-06-01")] == ["Younger Bush"]
    assert len(Roster.on(rows, "1995-06-01")) == 2


@pytest.mark.parametrize(("text", "found"), [
    ("Two prime ministers met.", ["prime ministers"]),
    ("The vice-president left.", ["vice-president"]),
    ("The Foreign Ministry spoke.", ["Foreign Ministry"]),
    ("Policemen fled.", ["Policemen"]),
])
def test_role_nouns_by_lemma(parse, text, found):
    assert [text[hit.start : hit.end] for hit in load().titles(parse(text))] == found


def test_a_missing_table_is_named(tmp_path):
    (tmp_path / "actors").mkdir()
    with pytest.raises(CodebookError, match=r"countries\.tsv"):
        load(tmp_path)


def test_a_homograph_needs_its_words(tmp_path):
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "references.yaml").write_text("national_offices: {}\nhomographs:\n  - form: Georgia\n", encoding="utf-8")
    (tmp_path / "actors" / "first_names.tsv").write_text("form\tgender\torigin\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=r"references\.yaml:3"):
        references(tmp_path)


def test_a_full_name_is_one_person():
    table = load()
    for form, name in (("Kim Jong Un", "Kim Jong-un"), ("Lee Jae-myung", "Lee Jae-myung"), ("Mahinda Rajapaksa", "Mahinda Rajapaksa")):
        assert {entry.name for entry in table.named(form)} == {name}
