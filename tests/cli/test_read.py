"""`dragoman read`: what goes in, and what comes of input that is not as it should be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman import Ledger
from factory import BORDER, REPORTS, STRIKE, jsonl
from outcome import Dragoman, Outcome
from site_server import HOST, Reply, Site, page, rss
from site_server import REPORTS as SITE

SENTENCE = "Kenya accused Somalia of piracy. "
PAGE = "<html><head><title>Ports</title></head><body><nav>Home</nav><article><p>Kenya accused Somalia of piracy.</p></article></body></html>"


def codes(ledger: Path) -> list[str]:
    return [issue.code for issue in Ledger(ledger).issues()]


@pytest.fixture
def read(dragoman: Dragoman, tmp_path: Path) -> Dragoman:
    """Reads one file of the given name and content, and a sound report beside it."""

    def run(name: str, content: str | bytes, *words: str) -> Outcome:
        sound = tmp_path / "sound.jsonl"
        sound.write_text(jsonl(STRIKE), encoding="utf-8")
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return dragoman("read", path, sound, "--ledger", tmp_path / "ledger", "--jobs", "1", *words)

    return run


def test_reports_are_read_and_the_counts_go_to_standard_error(dragoman: Dragoman, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(jsonl(*REPORTS), encoding="utf-8")
    done = dragoman("read", source, "--ledger", tmp_path / "ledger")
    assert (done.status, done.out) == (0, "")
    assert done.err.startswith("3 articles read, 0 known already, ")
    assert len(Ledger(tmp_path / "ledger").articles()) == len(REPORTS)


def test_reading_the_same_again_says_it_is_known(dragoman: Dragoman, tmp_path: Path) -> None:
    for expected in ("1 articles read, 0 known", "0 articles read, 1 known"):
        assert dragoman("read", "-", "--ledger", tmp_path / "ledger", stdin=jsonl(STRIKE)).err.startswith(expected)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.txt", b"", "D005"),
        ("blank.txt", b" \n\n ", "D005"),
        ("empty.jsonl", b"", "D005"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "D006"),
        ("numbers.jsonl", bytes(range(256)), "D001"),
        ("nothing.html", "<html><body><nav>Home</nav></body></html>", "D008"),
        ("broken.jsonl", '{"id": "x", "text": "Kenya', "D001"),
        ("typed.jsonl", '{"id": 7, "text": "Kenya."}', "D003"),
        ("silent.jsonl", '{"id": "x"}', "D002"),
        ("dated.jsonl", '{"id": "x", "text": "Kenya.", "date": "28/07/2025"}', "D004"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_issue_row_and_the_rest_is_read(name: str, content: bytes, code: str, read: Dragoman, tmp_path: Path) -> None:
    done = read(name, content)
    assert (done.status, done.out) == (1, "")
    assert code in done.codes
    assert str(tmp_path / name) in done.err
    assert set(codes(tmp_path / "ledger")) == {code}
    assert [article.id for article in Ledger(tmp_path / "ledger").articles()] == ["strike"]


@pytest.mark.parametrize(("name", "content"), [("latin.txt", "The café in Nairobi. ".encode("latin-1") + SENTENCE.encode()),
                                               ("cut.txt", "“" .encode()[:2] + SENTENCE.encode() + "“Kenya” “”".encode())])
def test_broken_utf8_is_read_and_reported(name: str, content: bytes, read: Dragoman, tmp_path: Path) -> None:
    done = read(name, content)
    assert (done.status, done.codes) == (1, {"D007"})
    assert codes(tmp_path / "ledger") == ["D007"]
    assert "ACCUSE" in {event.type for event in Ledger(tmp_path / "ledger").events() if event.article != "strike"}


def test_a_page_with_a_date_that_is_none_is_read_without_one_and_reported(read: Dragoman, tmp_path: Path) -> None:
    done = read("page.html", PAGE.replace("<head>", '<head><meta property="article:published_time" content="yesterday">'))
    assert (done.status, done.codes) == (1, {"D004"})
    assert {article.published for article in Ledger(tmp_path / "ledger").articles() if article.id != "strike"} == {None}


def test_a_jsonl_file_with_one_broken_line_gives_all_other_articles(read: Dragoman, tmp_path: Path) -> None:
    done = read("mixed.jsonl", jsonl(BORDER) + '{"id": "cut", "te\n' + jsonl(STRIKE))
    assert done.status == 1
    assert f"{tmp_path / 'mixed.jsonl'}:2" in done.err
    assert {article.id for article in Ledger(tmp_path / "ledger").articles()} == {"border", "strike"}


def test_five_megabytes_on_one_line_are_an_issue_that_says_what_to_do_and_the_rest_is_read(read: Dragoman, tmp_path: Path) -> None:
    done = read("long.txt", SENTENCE * (5_000_000 // len(SENTENCE)))
    assert (done.status, done.codes) == (1, {"D012"})
    assert "Split the text" in done.err
    assert codes(tmp_path / "ledger") == ["D012"]
    assert [article.id for article in Ledger(tmp_path / "ledger").articles()] == ["strike"]


def test_a_long_paragraph_without_an_end_is_read(read: Dragoman, tmp_path: Path) -> None:
    done = read("long.txt", "word " * 6_000 + SENTENCE)
    assert (done.status, done.codes) == (0, set())
    assert "ACCUSE" in {event.type for event in Ledger(tmp_path / "ledger").events() if event.article != "strike"}


def test_a_publication_date_that_is_none_is_refused_before_anything_is_done(read: Dragoman, tmp_path: Path) -> None:
    done = read("in.txt", SENTENCE, "--published", "28/07/2025")
    assert (done.status, done.codes) == (2, {"D004"})
    assert "28/07/2025" in done.err
    assert "YYYY-MM-DD" in done.err
    assert not (tmp_path / "ledger").exists()


def test_published_and_outlet_stand_in_for_what_an_article_does_not_state(read: Dragoman, tmp_path: Path) -> None:
    assert read("in.txt", SENTENCE, "--published", "2025-07-28", "--outlet", "Test Wire").status == 0
    known = {article.outlet: str(article.published) for article in Ledger(tmp_path / "ledger").articles()}
    assert known == {"Test Wire": "2025-07-28", STRIKE.outlet: STRIKE.date}


@pytest.mark.parametrize("source", ["nowhere", "nowhere/*.txt", "nowhere.txt"])
def test_a_source_that_is_not_there_is_an_issue(source: str, dragoman: Dragoman, tmp_path: Path) -> None:
    done = dragoman("read", tmp_path / source, "--ledger", tmp_path / "ledger")
    assert (done.status, done.codes) == (1, {"D009"})
    assert codes(tmp_path / "ledger") == ["D009"]


def test_a_ledger_below_a_file_cannot_be_written(dragoman: Dragoman, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    done = dragoman("read", "-", "--ledger", tmp_path / "file" / "ledger", stdin=jsonl(STRIKE))
    assert (done.status, done.out, done.codes) == (2, "", {"D303"})
    assert (tmp_path / "file").read_text(encoding="utf-8") == "in the way"


def test_a_folder_that_holds_something_else_is_refused(dragoman: Dragoman, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    done = dragoman("read", "-", "--ledger", tmp_path, stdin=jsonl(STRIKE))
    assert (done.status, done.codes) == (2, {"D300"})
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("command", [["read", "-"], ["events"], ["recode"], ["sql", "SELECT 1"], ["why", "x"]], ids=lambda words: words[0])
def test_a_ledger_of_a_newer_format_is_refused_and_left_alone(command: list[str], dragoman: Dragoman, ledger_copy: Path) -> None:
    header = ledger_copy / "ledger.json"
    header.write_text(json.dumps({**json.loads(header.read_text(encoding="utf-8")), "format": 99}), encoding="utf-8")
    before = sorted(str(path) for path in ledger_copy.rglob("*"))
    done = dragoman(*command, "--ledger", ledger_copy, stdin=jsonl(STRIKE))
    assert (done.status, done.out, done.codes) == (2, "", {"D302"})
    assert sorted(str(path) for path in ledger_copy.rglob("*")) == before


def test_a_folder_is_read_with_all_kinds_of_files(dragoman: Dragoman, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    (folder / "deeper").mkdir(parents=True)
    (folder / "a.txt").write_text(SENTENCE, encoding="utf-8")
    (folder / "deeper" / "b.html").write_text(PAGE.replace("piracy", "spying"), encoding="utf-8")
    (folder / "c.jsonl").write_text(jsonl(STRIKE), encoding="utf-8")
    (folder / "d.docx").write_bytes(b"PK")
    done = dragoman("read", folder, "--ledger", tmp_path / "ledger")
    assert done.status == 0
    assert done.err.startswith("3 articles read")


def test_an_article_in_another_language_is_kept_and_counted_but_not_coded(read: Dragoman, tmp_path: Path) -> None:
    text = "Kenia warf Somalia am Freitag vor, Piraten zu dulden, wie die Ministerin am Abend in der Hauptstadt sagte."
    done = read("a.txt", text)
    assert (done.status, done.codes) == (0, set())
    assert "skipped language de: 1" in done.err
    ledger = Ledger(tmp_path / "ledger")
    assert {article.language: article.sha256 for article in ledger.articles()}.keys() == {"en", "de"}
    assert [(issue.code, issue.stage) for issue in ledger.issues()] == [("D013", "language")]
    assert {event.article for event in ledger.events()} == {"strike"}
    assert read("a.txt", text).err.startswith("0 articles read, 2 known already")


def test_what_was_read_is_said_by_kind(read: Dragoman) -> None:
    assert "from web page: 1, JSONL: 1" in read("a.html", PAGE).err


def test_addresses_feeds_and_lists_are_read_over_the_network(dragoman: Dragoman, site: Site, tmp_path: Path) -> None:
    site.paths |= {f"/{name}": page(*report) for name, report in SITE.items()}
    site.paths["/feed"] = Reply(rss(site.url("/border"), site.url("/gone")))
    site.paths |= {"/robots.txt": Reply(b"User-agent: *\nCrawl-delay: 0"), "/pdf": Reply(b"x", headers={"Content-Type": "image/png"})}
    (tmp_path / "list.txt").write_text(f"# ours\n{site.url('/strike')}\n{site.url('/pdf')}\n", encoding="utf-8")
    words = [site.url("/talks"), site.url("/feed"), tmp_path / "list.txt", "--ledger", tmp_path / "ledger"]
    assert dragoman("read", *words).codes == {"D015"}
    done = dragoman("read", *words, "--allow-host", HOST)
    assert (done.status, done.codes) == (1, {"D014", "D006"})
    assert {article.title for article in Ledger(tmp_path / "ledger").articles()} == {title for title, _ in SITE.values()}
    assert {str(article.published) for article in Ledger(tmp_path / "ledger").articles()} == {"None", "2031-03-03"}
