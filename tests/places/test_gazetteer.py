"""The gazetteer: a GeoNames dump into SQLite, what is refused, what is left as it was; the built-in one."""

from __future__ import annotations

import os
import sqlite3
import zipfile
from pathlib import Path

import pytest

from dragoman.errors import BadDumpLine, BadGazetteer
from dragoman.places import bundled, selection
from dragoman.places.dump import Source, build, built
from dragoman.places.forms import fold
from dragoman.places.store import OTHER, Store
from outcome import Dragoman


def line(number: int, name: str, code: str = "P.PPL", *, others: str = "", lat: str = "10.5", population: str = "900", changed: str = "2026-01-02") -> str:
    group, feature = code.split(".")
    return "\t".join([str(number), name, name, others, lat, "20.25", group, feature, "KE", "", "01", "", "", "", population, "", "", "Africa/Nairobi", changed])


ROWS = [
    line(1, "Strelsau", others="Strelsavia,Стрельзау"),
    line(2, "Zenda County", "A.ADM2", changed="2026-03-04"),
    line(3, "Ruritan Creek", "H.STM"),
    line(4, "Rurita", "H.STM", others="Rurita River,Ruritza"),
    line(5, "Old Mill", "S.ML"),
]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "RU.txt"
    path.write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out" / "places.sqlite"


def names(path: Path, form: str) -> list[tuple[int, str]]:
    return [(place.id, place.precision) for place in Store(path).find(fold(form)) if place.id < 100]


def test_a_dump_becomes_a_gazetteer(dump: Path, out: Path) -> None:
    assert build(Source(dump), out) > 4  # with the divisions of the built-in table
    assert names(out, "STRELSAU") == [(1, "city")]
    assert names(out, "Strelsavia") == [(1, "city")]
    assert names(out, "Zenda") == names(out, "Zenda County") == [(2, "region")]
    assert names(out, "Ruritan Creek") == names(out, "Old Mill") == []
    assert names(out, "Ruritza") == [(4, "region")]
    origin = Store(out).origin
    assert (origin.name, origin.date, len(origin.hash)) == ("GeoNames RU.txt", "2026-03-04", 16)
    (strelsau,) = Store(out).find("strelsau")
    assert (strelsau.country, strelsau.admin1, strelsau.lat, strelsau.lon, strelsau.population) == ("KEN", "01", 10.5, 20.25, 900)
    assert next(p.rank for p in Store(out).find("strelsavia")) == OTHER


def test_further_names_and_a_zip(dump: Path, out: Path, tmp_path: Path) -> None:
    zipped = tmp_path / "RU.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.write(dump, "RU.txt")
        archive.writestr("readme.txt", "about")
    more = tmp_path / "alternateNamesV2.txt"
    more.write_text("7\t1\ten\tStrelsau City\t1\n8\t1\tfr\tStrelsaut\n", encoding="utf-8")
    admin = tmp_path / "admin2Codes.txt"
    admin.write_text("KE.01.2\tZendaland\tZendaland\t2\n", encoding="utf-8")
    build(Source(zipped, more, (admin,)), out)
    assert names(out, "Strelsau City") == [(1, "city")]
    assert names(out, "Strelsaut") == []
    assert names(out, "Zendaland") == [(2, "region")]


@pytest.mark.parametrize(
    ("bad", "number", "says"),
    [
        (ROWS[0] + "\n" + ROWS[1][:40], 2, "columns"),
        (line(1, "A" * 3, lat="north"), 1, "number"),
        (line(1, "Abc", lat="91.0"), 1, "no point on earth"),
        (ROWS[0] + "\n\n" + line(3, "Abc", population="many"), 3, "number"),
    ],
)
def test_a_malformed_dump_is_refused_with_its_line_and_leaves_the_old_file(bad: str, number: int, says: str, dump: Path, out: Path) -> None:
    build(Source(dump), out)
    before = out.read_bytes()
    dump.write_text(bad, encoding="utf-8")
    with pytest.raises(BadDumpLine, match=f"RU.txt:{number}: .*{says}"):
        build(Source(dump), out)
    assert out.read_bytes() == before
    assert os.listdir(out.parent) == [out.name]


def test_a_torn_zip_and_broken_characters_are_refused(dump: Path, out: Path, tmp_path: Path) -> None:
    zipped = tmp_path / "RU.zip"
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("RU.txt", "\n".join(line(n, f"Town {n * 7919}") for n in range(1, 3000)))
    whole = zipped.read_bytes()
    zipped.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadGazetteer):
        build(Source(zipped), out)
    dump.write_bytes(ROWS[0].encode() + b"\n" + ROWS[1].encode().replace(b"Zenda", b"Zend\xff", 1))
    with pytest.raises(BadDumpLine, match=r":2: broken UTF-8"):
        build(Source(dump), out)
    assert not out.exists()


def test_a_dump_without_places_and_a_missing_one_are_refused(tmp_path: Path, out: Path) -> None:
    nothing = tmp_path / "none.txt"
    nothing.write_text(ROWS[4], encoding="utf-8")
    with pytest.raises(BadGazetteer, match="no place"):
        build(Source(nothing), out)
    with pytest.raises(BadGazetteer, match="cannot be opened"):
        build(Source(tmp_path / "missing.txt"), out)


def test_the_cache_knows_a_dump_by_its_bytes(dump: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DRAGOMAN_CACHE", str(tmp_path / "cache"))
    first = built(dump)
    assert built(dump) == first
    dump.write_text("\n".join([*ROWS, line(6, "Tarlenheim")]), encoding="utf-8")
    assert built(dump) != first
    assert Store(first).origin.hash != Store(built(dump)).origin.hash


def test_no_gazetteer_is_no_gazetteer(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE t (a)")
    base.close()
    with pytest.raises(BadGazetteer, match="no gazetteer"):
        Store(path)


def test_the_built_in_gazetteer() -> None:
    store = selection.store(bundled.path() if bundled.path().exists() else None)
    assert store.size > 200_000
    assert {place.country for place in store.find("strasbourg")} >= {"FRA"}
    (strasbourg, *_) = store.find("strasbourg")
    assert (strasbourg.precision, round(strasbourg.lat), round(strasbourg.lon)) == ("city", 49, 8)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("St. Étienne-du-Bois", "saint etienne du bois"),
        ("São Tomé", "sao tome"),
        ("N'Djamena", "ndjamena"),
        ("Mt. Elgon", "mount elgon"),
        ("Łódź", "lodz"),
        ("St", "st"),
        ("Rio  de\nJaneiro", "rio de janeiro"),
    ],
)
def test_how_a_name_is_looked_up(name: str, form: str) -> None:
    assert fold(name) == form


def test_the_command(dump: Path, out: Path, dragoman: Dragoman) -> None:
    made = dragoman("gazetteer", "build", dump, "--output", out)
    assert (made.status, made.out.strip()) == (0, str(out))
    shown = dragoman("gazetteer", "show", "--gazetteer", out)
    assert "GeoNames RU.txt" in shown.out
    dump.write_text(ROWS[0][:30], encoding="utf-8")
    refused = dragoman("gazetteer", "build", dump, "--output", out)
    assert (refused.status, "D203" in refused.err, "RU.txt:1" in refused.err) == (2, True, True)


def test_a_reading_with_another_gazetteer_says_so(dump: Path, dragoman: Dragoman, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("DRAGOMAN_GAZETTEER", "")
    text = tmp_path / "a.txt"
    text.write_text("Troops shelled a school in Strelsau on Monday.", encoding="utf-8")
    ledger = tmp_path / "ledger"
    assert dragoman("read", text, "--ledger", ledger, "--published", "2026-05-01", "--gazetteer", dump, "--jobs", "1").status == 0
    asked = dragoman("sql", "SELECT surface, lat, gazetteer FROM toponyms", "--ledger", ledger)
    assert "Strelsau" in asked.out
    assert "GeoNames RU.txt 2026-03-04" in asked.out


def test_names_without_a_dump_are_refused_and_not_passed_over(dragoman: Dragoman, tmp_path: Path) -> None:
    done = dragoman("gazetteer", "build", "--names", tmp_path / "names.txt")
    assert (done.status, done.out, done.codes) == (2, "", {"D200"})
