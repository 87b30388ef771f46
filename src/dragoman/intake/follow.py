"""Following feeds and news sitemaps: look whether there is something new, fetch it, hand it on to be read, mark it as read.

A feed is asked with its ETag and Last-Modified. One that fails is left alone for twice as long each time; a host that says when to come
back is taken at its word.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from dragoman.errors import InputError, NotFetched
from dragoman.intake import feed, web
from dragoman.intake.documents import Found, guarded, issue
from dragoman.intake.fetch import Fetcher, Limits
from dragoman.intake.html import Origin
from dragoman.intake.options import Count, Options
from dragoman.intake.state import FAILED, OLD, READ, WAITING, Item, Polled, State
from dragoman.intake.watch import Feed, Watch
from dragoman.records import Article, Issue

Read = Callable[[Sequence[Found]], None]
# Articles that are fetched before they are read: what a killed follower fetches again at most.
_BATCH = 16
_TRIES = 5
_FIRST_WAIT, _LONGEST_WAIT = 60.0, 86_400.0
# Answers after which asking again may help.
_PASSING = (0, 408, 425, 429, 500, 502, 503, 504)


@dataclass
class Follower:
    """Follows what a watch names.

    Args:
        watch: the feeds.
        state: what is remembered.
        read: reads articles and issues into the ledger; when it returns, all of it stays.
        clock: seconds since 1970.
    """

    watch: Watch
    state: State
    read: Read
    allowed: Sequence[str] = ()
    clock: Callable[[], float] = time.time
    count: Count = field(default_factory=Count)

    def __post_init__(self) -> None:
        limits = Limits(delay=self.watch.delay, allowed=(*self.watch.allow_hosts, *self.allowed), contact=self.watch.contact)
        self._options = Options(fetcher=Fetcher(limits), count=self.count)
        self._feeds = {feed.url: feed for feed in self.watch.feeds}
        self.state.know(self._feeds)

    @property
    def fetcher(self) -> Fetcher:
        """Asks the network."""
        return self._options.fetcher or Fetcher()

    def round(self) -> int:
        """Look at all feeds that are due and read all articles that are; how many articles."""
        while due := self.state.due_feeds(self.clock(), self._feeds):
            for polled in due:
                self._poll(polled)
        done = 0
        while items := self.state.waiting(self.clock(), _BATCH):
            done += self._read(items)
        return done

    def pause(self) -> float:
        """Seconds until there is something to do."""
        due = self.state.next_due(self._feeds)
        return max(0.0, due - self.clock()) if due is not None else _FIRST_WAIT

    # Feeds

    def _poll(self, polled: Polled) -> None:
        settings = self._feeds[polled.parent]
        try:
            answer = self.fetcher.get(polled.url, polled.conditions)
            listing = feed.Listing("feed", ()) if answer.status == 304 else feed.read_listing(answer.body, polled.url, answer.url)
        except InputError as error:
            self._failed(polled, settings, error)
            return
        self.count.read["feed unchanged" if answer.status == 304 else listing.kind] += 1
        validators = (polled.etag, polled.last_modified) if answer.status == 304 else (answer.headers.get("etag"), answer.headers.get("last-modified"))
        self.state.know(listing.parts, polled.parent)
        self.state.polled(polled, *validators, self.clock() + settings.every, list(self._items(listing.entries, settings)))

    def _items(self, entries: Sequence[feed.Entry], settings: Feed) -> Iterator[tuple[feed.Entry, str, str]]:
        """Entries with their host and state; old ones are kept as such and not fetched."""
        from courlan import clean_url, get_hostinfo

        oldest = (datetime.fromtimestamp(self.clock(), UTC) - timedelta(days=settings.days)).date().isoformat()
        for entry in entries:
            if url := clean_url(entry.url):
                old = entry.dated is not None and entry.dated.day < oldest
                self.count.skipped["older than asked for"] += old
                yield replace(entry, url=url, outlet=settings.outlet or entry.outlet), get_hostinfo(url)[1] or url, OLD if old else WAITING

    def _failed(self, polled: Polled, settings: Feed, error: InputError) -> None:
        """Leave a feed alone for a while; the ledger is told once, when it begins to fail."""
        wait = min(settings.every * 2 ** min(polled.failures + 1, 20), _LONGEST_WAIT)
        asked = error.wait if isinstance(error, NotFetched) and error.wait else 0.0
        if not polled.failures:
            self.read([issue(error)])
        self.state.feed_failed(polled, self.clock() + max(wait, min(asked, _LONGEST_WAIT)), str(error))

    # Articles

    def _read(self, items: Sequence[Item]) -> int:
        """Fetch articles, have them read, and only then mark them."""
        found: list[Found] = []
        results: list[tuple[str, str, str | None]] = []
        for item in items:
            got = self._fetched(item)
            if got is not None:
                found += got
                said = next((one.message for one in got if isinstance(one, Issue)), None)
                results.append((item.entry.url, READ if any(isinstance(one, Article) for one in got) else FAILED, said))
        self.read(found)
        self.state.finish(results)
        return len(results)

    def _fetched(self, item: Item) -> list[Found] | None:
        """What an address gave; None if it is to be asked again later."""
        try:
            answer = self.fetcher.get(item.entry.url)
        except NotFetched as error:
            if error.status not in _PASSING or item.tries + 1 >= _TRIES:
                return [issue(error)]
            self._postpone(item, error)
            return None
        except InputError as error:
            return [issue(error)]
        origin = Origin(stated=item.entry.dated, outlet=item.entry.outlet, title=item.entry.title)
        return list(guarded(item.entry.url, partial(web.read_answer, answer, origin, self._options)))

    def _postpone(self, item: Item, error: NotFetched) -> None:
        wait = max(_FIRST_WAIT * 2**item.tries, min(error.wait or 0.0, _LONGEST_WAIT))
        due = self.clock() + wait
        self.count.skipped["put off"] += 1
        self.state.postpone(item, due, str(error), due if error.wait or error.status in (429, 503) else None)
