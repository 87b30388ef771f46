"""Kills a follower (SIGKILL) at random moments of its work (fetching, reading, recording) and counts what is lost or doubled in the ledger.

Usage: killed.py FOLDER [KILLS] [ARTICLES] [SEED]
"""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from dragoman import Ledger
from site_server import HOST, Reply, page, rss, served


def main() -> None:
    """Kill, finish, count."""
    folder = Path(sys.argv[1])
    kills, articles, seed = (int(sys.argv[at]) if len(sys.argv) > at else default for at, default in ((2, 30), (3, 200), (4, 1)))
    folder.mkdir(parents=True)
    chance = random.Random(seed)  # noqa: S311 (no secret)
    with served() as site:
        urls = [site.url(f"/{number}") for number in range(articles)]
        for number in range(articles):
            text = f"Kenya accused Somalia of piracy for the {number + 2}th time. Somalia denied the charge on Friday, its ministry said in a note."
            site.paths[f"/{number}"] = page(f"Report {number}", text)
        site.paths["/feed"] = Reply(rss(*urls))
        (folder / "feeds.toml").write_text(f'delay = 0.02\nevery = 1\ndays = 40000\nallow_hosts = ["{HOST}"]\n[[feed]]\nurl = "{site.url("/feed")}"\n', encoding="utf-8")
        command = [sys.executable, "-m", "dragoman", "follow", str(folder / "feeds.toml"), "--ledger", str(folder / "ledger"), "--jobs", "1"]
        for kill in range(kills):
            with subprocess.Popen(command, stderr=subprocess.DEVNULL) as follower:
                asked = len(site.requests)
                while len(site.requests) < asked + 3 and follower.poll() is None:
                    time.sleep(0.02)
                time.sleep(chance.uniform(0, 6))
                follower.send_signal(signal.SIGKILL)
            print(f"kill {kill + 1}: {_states(folder)}", flush=True)
        subprocess.run([*command, "--once"], check=True, stderr=subprocess.DEVNULL)
    ledger = Ledger(folder / "ledger")
    ((rows, distinct),) = ledger.sql("SELECT count(*), count(DISTINCT url) FROM articles_history").rows
    ((events, event_rows),) = ledger.sql("SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM events_history)").rows
    print(f"{kills} kills, {articles} articles: {articles - distinct} lost, {rows - distinct} doubled; events {events}, versions of events {event_rows}; {_states(folder)}")


def _states(folder: Path) -> dict[str, int]:
    path = folder / "ledger" / "follow.sqlite"
    if not path.exists():
        return {}
    with sqlite3.connect(path) as base:
        return dict(base.execute("SELECT state, count(*) FROM items GROUP BY state")) if base.execute("SELECT 1 FROM sqlite_master WHERE name = 'items'").fetchone() else {}


if __name__ == "__main__":
    main()
