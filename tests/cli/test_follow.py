"""`dragoman follow`: what is fetched, when again, and that being killed loses and doubles nothing."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from dragoman import Ledger
from outcome import Dragoman, Outcome
from site_server import HOST, REPORTS, Reply, Site, page, rss

FEED = "/feed.xml"


def settings(folder: Path, site: Site, more: str = "", feed: str = FEED) -> Path:
    path = folder / "feeds.toml"
    path.write_text(f'delay = 0\nevery = 0.2\ndays = 40000\nallow_hosts = ["{HOST}"]\n{more}\n[[feed]]\nurl = "{site.url(feed)}"\n', encoding="utf-8")
    return path


def publish(site: Site, names: list[str], feed: str = FEED) -> None:
    site.paths |= {f"/{name}": page(*REPORTS[name]) for name in names}
    body = rss(*(site.url(f"/{name}") for name in names))

    def answer(given: Mapping[str, str]) -> Reply:
        tag = f'"{len(names)}"'
        return Reply(status=304) if given.get("if-none-match") == tag else Reply(body, headers={"ETag": tag, "Content-Type": "application/rss+xml"})

    site.paths[feed] = answer


@pytest.fixture
def follow(dragoman: Dragoman, tmp_path: Path, site: Site) -> Dragoman:
    def run(*words: str, more: str = "", feed: str = FEED) -> Outcome:
        return dragoman("follow", settings(tmp_path, site, more, feed), "--ledger", tmp_path / "ledger", "--once", "--jobs", "1", *words)

    return run


def titles(folder: Path) -> list[str]:
    return sorted(article.title or "" for article in Ledger(folder / "ledger").articles())


def items(folder: Path) -> dict[str, tuple[str, int]]:
    with sqlite3.connect(folder / "ledger" / "follow.sqlite") as base:
        return {url.rpartition("/")[2]: (state, tries) for url, state, tries in base.execute("SELECT url, state, tries FROM items")}


def test_what_is_new_is_read_and_what_is_known_is_not_asked_for_again(follow: Dragoman, site: Site, tmp_path: Path) -> None:
    publish(site, ["border", "strike"])
    done = follow()
    assert (done.status, done.out) == (0, ""), done.err
    assert done.err.startswith("2 articles read")
    (first, second) = sorted(Ledger(tmp_path / "ledger").articles(), key=lambda article: article.title or "")
    assert (first.title, first.outlet, str(first.published), first.url) == ("Kenya reopens a crossing", "Meridian Wire", "2031-03-03", site.url("/border"))
    time.sleep(0.3)
    assert "feed unchanged: 1" in follow().err
    publish(site, ["border", "strike", "talks"])
    time.sleep(0.3)
    assert follow().err.startswith("1 articles read")
    assert [site.asked(f"/{name}") for name in REPORTS] == [1, 1, 1]
    assert len(titles(tmp_path)) == 3
    assert second.title == "Sudan accuses Chad"


def test_a_news_sitemap_and_its_index(follow: Dragoman, site: Site, tmp_path: Path) -> None:
    publish(site, ["border"])
    name = "http://www.google.com/schemas/sitemap-news/0.9"
    site.paths["/index.xml"] = Reply(f"<sitemapindex><sitemap><loc>{site.url('/news.xml')}</loc></sitemap></sitemapindex>".encode())
    site.paths["/news.xml"] = Reply(f'<urlset xmlns:news="{name}"><url><loc>{site.url("/border")}</loc><news:news><news:publication_date>2031-03-04T10:00Z</news:publication_date>'
                                    "</news:news></url></urlset>".encode())  # fmt: skip
    assert follow(feed="/index.xml").status == 0
    assert [str(article.published) for article in Ledger(tmp_path / "ledger").articles()] == ["2031-03-04"]


def test_a_page_that_fails_is_asked_for_again_and_one_that_is_gone_is_an_issue(follow: Dragoman, site: Site, tmp_path: Path) -> None:
    publish(site, ["border", "strike", "talks"])
    site.paths |= {"/strike": Reply(status=503), "/talks": Reply(status=404)}
    done = follow()
    assert (done.status, done.codes) == (1, {"D014"})
    assert titles(tmp_path) == ["Kenya reopens a crossing"]
    assert items(tmp_path) == {"border": ("read", 0), "strike": ("waiting", 1), "talks": ("failed", 0)}


def test_a_host_that_has_enough_is_left_alone(follow: Dragoman, site: Site, tmp_path: Path) -> None:
    publish(site, ["border", "strike", "talks"])
    site.paths["/border"] = Reply(status=429, headers={"Retry-After": "3600"})
    follow()
    with sqlite3.connect(tmp_path / "ledger" / "follow.sqlite") as base:
        (due,) = base.execute("SELECT due FROM items WHERE url LIKE '%/border'").fetchone()
    assert 3_500 < due - time.time() < 3_700
    asked = site.asked("/border")
    follow()
    assert site.asked("/border") == asked


def test_a_feed_that_fails_is_left_alone_for_longer_and_longer_and_told_once(follow: Dragoman, site: Site, tmp_path: Path) -> None:
    site.paths[FEED] = Reply(b"no feed")
    assert follow().codes == {"D019"}
    for _ in range(2):
        time.sleep(0.9)
        assert follow().codes == set()
    with sqlite3.connect(tmp_path / "ledger" / "follow.sqlite") as base:
        ((failures,),) = base.execute("SELECT failures FROM feeds").fetchall()
    assert failures in (2, 3)
    assert [issue.code for issue in Ledger(tmp_path / "ledger").issues()] == ["D019"]


def test_robots_and_old_articles(follow: Dragoman, site: Site, tmp_path: Path) -> None:
    publish(site, ["border"])
    site.paths["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /border")
    assert follow().codes == {"D016"}
    site.paths["/old.xml"] = Reply(rss(site.url("/strike"), day="Mon, 03 Mar 1902 10:00:00 GMT"))
    assert "older than asked for: 1" in follow(feed="/old.xml").err
    assert items(tmp_path)["strike"] == ("old", 0)


def test_a_private_host_that_is_not_allowed(dragoman: Dragoman, site: Site, tmp_path: Path) -> None:
    publish(site, ["border"])
    (tmp_path / "feeds.toml").write_text(f'[[feed]]\nurl = "{site.url(FEED)}"\n', encoding="utf-8")
    done = dragoman("follow", tmp_path / "feeds.toml", "--ledger", tmp_path / "ledger", "--once")
    assert (done.status, done.codes) == (1, {"D015"})
    assert site.requests == []


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "no feed"), ("[[feed]]\n", "url"), ("[[feed", "TOML"), ('colour = 1\n[[feed]]\nurl = "https://e.org"', "colour"),
     ('every = "soon"\n[[feed]]\nurl = "https://e.org"', "every"), ('[[feed]]\nurl = "file:///etc"', "http"), ('[[feed]]\nurl = "https://e.org"\ndays = -1', "days")],
)  # fmt: skip
def test_settings_that_make_no_sense_stop_it_before_anything_is_done(text: str, said: str, dragoman: Dragoman, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(text, encoding="utf-8")
    done = dragoman("follow", tmp_path / "feeds.toml", "--ledger", tmp_path / "ledger", "--once")
    assert (done.status, done.codes) == (2, {"D200"})
    assert said in done.err
    assert not (tmp_path / "ledger").exists()


def test_being_killed_loses_and_doubles_nothing(site: Site, tmp_path: Path) -> None:
    names = [f"report-{number}" for number in range(6)]
    for number, name in enumerate(names):
        text = f"Kenya accused Somalia of piracy for the {number + 2}th time. Somalia denied the charge on Friday, its ministry said in a note."
        site.paths[f"/{name}"] = page(f"Report {number}", text)
    site.paths[FEED] = Reply(rss(*(site.url(f"/{name}") for name in names)))
    command = [sys.executable, "-m", "dragoman", "follow", str(settings(tmp_path, site)), "--ledger", str(tmp_path / "ledger"), "--jobs", "1"]
    chance = random.Random(4)  # noqa: S311 (no secret)
    for _ in range(3):
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as follower:
            time.sleep(chance.uniform(0.5, 9))
            follower.send_signal(signal.SIGKILL)
    subprocess.run([*command, "--once"], timeout=300, check=True, capture_output=True)
    assert titles(tmp_path) == [f"Report {number}" for number in range(6)]
    ledger = Ledger(tmp_path / "ledger")
    assert [tuple(row) for row in ledger.sql("SELECT count(*) FROM articles_history").rows] == [(6,)]
    assert set(items(tmp_path).values()) == {("read", 0)}
