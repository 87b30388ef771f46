"""Languages, tables, Markdown and PDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import NoColumn, SettingError
from dragoman.intake.language import identify
from dragoman.intake.markdown import read_markdown
from dragoman.intake.sources import read_sources
from dragoman.intake.table import parse_columns
from dragoman.records import Article, Issue

ENGLISH = "Kenya reopened its border crossing with Somalia on Monday, and the minister said that trade would go on."
TEXTS = {
    "en": ENGLISH,
    "de": "Kenia hat am Montag den Grenzübergang zu Somalia wieder geöffnet, und der Minister sagte, der Handel gehe weiter.",
    "fr": "Le Kenya a rouvert lundi son poste-frontière avec la Somalie, et le ministre a déclaré que le commerce continuerait.",
    "ru": "Кения в понедельник вновь открыла пограничный переход с Сомали, и министр заявил, что торговля продолжится.",
    "es": "Kenia reabrió el lunes su paso fronterizo con Somalia, y el ministro dijo que el comercio continuaría como antes.",
}


def found(*paths: object, **options: object) -> tuple[list[Article], list[str]]:
    items = list(read_sources(map(str, paths), **options))  # type: ignore[arg-type]
    return [item for item in items if isinstance(item, Article)], [item.code for item in items if isinstance(item, Issue)]


@pytest.mark.parametrize("language", TEXTS)
def test_the_text_tells_its_language_whatever_the_page_says(language: str) -> None:
    assert {identify(TEXTS[language], stated) for stated in (None, "en-GB", "de", "")} == {language}


@pytest.mark.parametrize(("text", "stated", "language"), [("Kenya sagt nein.", None, "en"), ("Non.", "fr_CA", "fr"), ("", "", "en"), ("1234 5678", "DE", "de")])
def test_a_text_that_is_too_short_is_in_the_language_that_is_stated(text: str, stated: str | None, language: str) -> None:
    assert identify(text, stated) == language


def test_a_table_with_columns_of_the_usual_names(tmp_path: Path) -> None:
    header = "Headline,Body,Published,Author,Source"
    (tmp_path / "a.csv").write_text(f'{header}\n"Crossing, open","{ENGLISH}\nMore.",2031-03-04T10:00:00Z,Ada Alder; Ben Birch,Meridian Wire\n\n', encoding="utf-8")
    ((article,), issues) = found(tmp_path / "a.csv")
    assert (article.title, article.text, article.date, article.outlet) == ("Crossing, open", f"{ENGLISH}\nMore.", "2031-03-04", "Meridian Wire")
    assert article.authors == ("Ada Alder", "Ben Birch")
    assert (article.date_source, article.language, issues) == ("given", "en", [])


@pytest.mark.parametrize("name", ["a.tsv", "a.csv"])
def test_a_table_with_mapped_columns(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(f"\ufefftext\tcopy\tday\nno\t{ENGLISH}\t2031-03-04\n", encoding="utf-8")
    ((article,), _) = found(tmp_path / name, columns=parse_columns("text=copy, date=day"))
    assert (article.text, article.date) == (ENGLISH, "2031-03-04")


def test_bad_rows_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'text,date\n"{ENGLISH}\nsecond line",2031-03-04\n,2031-03-04\nx,4 March\ncut\n"{TEXTS["de"]}",\n', encoding="utf-8")
    items = list(read_sources([str(tmp_path / "a.csv")]))
    assert [(item.article.rpartition(":")[2], item.code) for item in items if isinstance(item, Issue)] == [("4", "D002"), ("5", "D004")]
    assert [(item.text[:5], item.date, item.language) for item in items if isinstance(item, Article)] == [("Kenya", "2031-03-04", "en"), ("cut", None, "en"), ("Kenia", None, "de")]


@pytest.mark.parametrize(("table", "columns", "code"), [("a,b\n1,2\n", "", "D020"), ("text\nx\n", "text=story", "D020"), ("text\n", "", "D005"), ("", "", "D005")])
def test_tables_without_an_article(table: str, columns: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(table)
    assert found(tmp_path / "a.csv", columns=parse_columns(columns)) == ([], [code])


@pytest.mark.parametrize("value", ["text", "text=", "=body", "colour=red"])
def test_a_mapping_that_makes_no_sense(value: str) -> None:
    with pytest.raises(SettingError, match="--columns"):
        parse_columns(value)


def test_what_a_missing_column_says() -> None:
    assert "--columns text=COLUMN" in str(NoColumn("a.csv", name="text", columns="a, b"))


def test_markdown() -> None:
    source = ("---\ntitle: Crossing\ndate: 2031-03-04\nauthor: [Ada Alder]\nurl: https://example.org/a\n---\n# Heading\n\nKenya *reopened* its [border](https://e.org)\ncrossing.\n\n"
              "> “We welcome\n> it,” he said.\n\n- One `thing`.\n- Two.\n\n![map](m.png)\n\n<script>no</script>\n\n```\ncode\n```\n")  # fmt: skip
    text, facts = read_markdown(source)
    assert text == "Kenya reopened its border crossing.\n\n“We welcome it,” he said.\n\nOne thing.\n\nTwo."
    assert (facts["title"], str(facts["date"])) == ("Crossing", "2031-03-04")
    assert read_markdown("# Heading\n\nWords.") == ("Words.", {"title": "Heading"})
    assert read_markdown("---\n: {\n---\nWords.")[0] == "Words."


def test_a_markdown_file(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\ndate: 2031-03-04\nauthor: Ada Alder\n---\n# Crossing\n\n{ENGLISH}\n", encoding="utf-8")
    ((article,), issues) = found(tmp_path / "a.md")
    assert (article.title, article.text, article.date, article.authors, issues) == ("Crossing", ENGLISH, "2031-03-04", ("Ada Alder",), [])
    (tmp_path / "b.md").write_text("# Only a heading\n")
    assert found(tmp_path / "b.md")[1] == ["D005"]


def pdf_of(text: str) -> bytes:
    """A PDF file with one page of text."""
    lines = " T* ".join(f"({line}) Tj" for line in text.split("\n"))
    stream = f"BT /F1 12 Tf 14 TL 50 700 Td {lines} ET"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
               f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]  # fmt: skip
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return f"{body}xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n".encode()


def test_pdf(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    (tmp_path / "a.pdf").write_bytes(pdf_of("Kenya reopened its border cross-\ning with Somalia on\nMonday.\nTrade went on."))
    ((article,), issues) = found(tmp_path / "a.pdf")
    assert (article.text, issues) == ("Kenya reopened its border crossing with Somalia on Monday.\nTrade went on.", [])
    for name, content, code in (("b.pdf", b"%PDF-1.4\nnothing", "D010"), ("c.pdf", pdf_of(""), "D008")):
        (tmp_path / name).write_bytes(content)
        assert found(tmp_path / name) == ([], [code])
