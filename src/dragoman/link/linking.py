"""The step after reading: what is kept of each new article for comparison, and which articles carry its words and tell its story.

All of it is worked out from the articles of the ledger and can be made again: `traces` holds the sums and terms, `copies` and `stories`
the results, append-only like all tables. Only articles that are new or changed are compared, with those of the days around them.
"""

# ruff: noqa: S608 (the conditions are ours; what users give goes in as parameters)
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.codebook import BUILT_IN
from dragoman.link.agencies import load_agencies
from dragoman.link.copies import COPY_DAYS, Copy, CopyIndex, Facts, directed, reduced, shingles
from dragoman.link.stories import StoryIndex, load_manner
from dragoman.link.versions import address
from dragoman.records import content_id

if TYPE_CHECKING:
    from dragoman.ledger.store import Ledger

Row = dict[str, Any]
# Articles linked at a time: the ledger is locked meanwhile.
_LOT = 1000
_DAY = "strftime({}published, '%Y-%m-%d') AS published"
_FRESH = f"""SELECT a.id AS article, {_DAY.format("a.")}, a.title, a.outlet, a.url, a.authors, a.sha256, a.text, t.id IS NOT NULL AS changed
             FROM articles a LEFT JOIN traces t ON t.id = a.id WHERE t.id IS NULL OR t.sha256 <> a.sha256
             OR t.published IS DISTINCT FROM a.published OR t.outlet IS DISTINCT FROM a.outlet ORDER BY a.published NULLS LAST, a.id LIMIT {_LOT}"""
_KNOWN = f"""SELECT t.id AS article, {_DAY.format("t.")}, t.outlet, t.agency, t.agency_rule, a.url, {{columns}} FROM traces t JOIN articles a ON a.id = t.id
             WHERE (t.published IS NULL OR t.published BETWEEN ?::DATE AND ?::DATE OR ?)"""


@dataclass
class _Lot:
    """New articles with their traces, and what is written for them."""

    fresh: Mapping[str, Row]
    changed: frozenset[str]
    first: date | None
    last: date | None
    folder: Path
    written: dict[str, list[Row]] = field(default_factory=dict)

    def around(self, days: int) -> list[object]:
        """Bounds of the days to compare with; all days if an article has none, or the window is 0."""
        every = not days or self.first is None or self.last is None or any(row["published"] is None for row in self.fresh.values())
        if every or self.first is None or self.last is None:
            return [str(date.min), str(date.max), every]
        return [str(self.first - timedelta(days)), str(self.last + timedelta(days)), every]


def link(ledger: Ledger, run: str, coder: str, folder: Path = BUILT_IN) -> int:
    """Bring traces, copies and stories up to date with the articles; how many rows were written. Nothing new: nothing is written.

    Args:
        ledger: whose.
        run: id of the run.
        coder: what the rows are signed with.
        folder: the codebooks.
    """
    written = 0
    while made := ledger.record_links(partial(_linked, ledger, folder), run, coder):
        written += made
    return written


def _linked(ledger: Ledger, folder: Path) -> Mapping[str, Sequence[Row]]:
    """The rows of one lot of articles; none if all are linked."""
    from dragoman.ledger.query import arrow

    found = arrow(ledger, _FRESH).to_pylist()
    if not found:
        return {}
    days = [date.fromisoformat(row["published"]) for row in found if row["published"]]
    changed = frozenset(row["article"] for row in found if row["changed"])
    lot = _Lot({row["article"]: _trace(row, folder) for row in found}, changed, min(days, default=None), max(days, default=None), folder)
    lot.written["traces"] = [{name: value for name, value in row.items() if name != "url"} for row in lot.fresh.values()]
    lot.written["copies"] = _copies(ledger, lot)
    lot.written["stories"] = _stories(ledger, lot)
    return lot.written


def _trace(row: Row, folder: Path) -> Row:
    """What is kept of one article."""
    credit = load_agencies(folder).credit(row["text"], row["outlet"], row["authors"] or ())
    terms = load_manner(folder).terms(row["title"], row["text"])
    told = {"agency": credit.agency, "agency_start": credit.start, "agency_end": credit.end, "agency_rule": credit.rule} if credit else dict.fromkeys(
        ("agency", "agency_start", "agency_end", "agency_rule"))  # fmt: skip
    return {"id": row["article"], "article": row["article"], "published": _day(row["published"]), "sha256": row["sha256"], "outlet": row["outlet"], **told,
            "sums": sorted(shingles(row["text"])), "terms": list(terms), "weights": list(terms.values()), "url": row["url"]}


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _facts(row: Row) -> Facts:
    published = row["published"].isoformat() if isinstance(row["published"], date) else row["published"]
    return Facts(row["article"], published, row["outlet"], row["agency"], row["agency_rule"] == "agencies.outlet", address(row["url"]))


# --- copies ---
def _copies(ledger: Ledger, lot: _Lot) -> list[Row]:
    """Rows of copies that are new, changed, or no longer there."""
    before = {(copy.article, copy.source): copy for copy in stored_copies(ledger)}
    found = {(copy.article, copy.source): copy for copy in _compared(ledger, lot)}
    kept = {pair: copy for pair, copy in before.items() if not lot.changed.intersection(pair)}
    after = {(copy.article, copy.source): copy for copy in reduced((*kept.values(), *found.values()))}
    days = _published(ledger, lot, {article for article, _ in after.keys() - before.keys()})
    new = [_copy_row(copy, days.get(copy.article)) for pair, copy in sorted(after.items()) if before.get(pair) != copy]
    gone = [{"id": _copy_id(*pair), "article": pair[0], "withdrawn": True} for pair in sorted(before.keys() - after.keys())]
    return [*new, *gone]


def stored_copies(ledger: Ledger) -> list[Copy]:
    """The copies that the ledger knows of."""
    from dragoman.ledger.query import arrow

    return [Copy(**row) for row in arrow(ledger, "SELECT article, source, carried, contained, shared, how, agency FROM copies").to_pylist()]


def _copy_id(article: str, source: str) -> str:
    return content_id("copy", article, source)


def _copy_row(copy: Copy, published: date | None) -> Row:
    return {"id": _copy_id(copy.article, copy.source), "published": published, **asdict(copy)}


def _published(ledger: Ledger, lot: _Lot, articles: Iterable[str]) -> dict[str, date | None]:
    """Days of publication: a later article may turn an earlier one into its copy."""
    from dragoman.ledger.query import arrow

    old = [article for article in articles if article not in lot.fresh]
    found = arrow(ledger, "SELECT id, published FROM articles WHERE id IN (SELECT unnest(?))", [old]).to_pylist() if old else []
    return {**{row["id"]: row["published"] for row in found}, **{key: row["published"] for key, row in lot.fresh.items()}}


def _compared(ledger: Ledger, lot: _Lot) -> Iterable[Copy]:
    """Every pair of a new article and another of which one carries the other's words."""
    compared = {**_again(ledger, lot), **lot.fresh}
    index, facts = CopyIndex(), {key: _facts(row) for key, row in compared.items()}
    _know(ledger, lot, index, facts, compared)
    for key, row in compared.items():
        for overlap in index.put(key, frozenset(row["sums"])):
            if copy := directed(overlap, facts[key], facts[overlap.other]):
                yield copy


def _again(ledger: Ledger, lot: _Lot) -> dict[str, Row]:
    """Articles that carried the words of one that has changed: they may carry those of a third."""
    from dragoman.ledger.query import arrow

    if not lot.changed:
        return {}
    carriers = f"{_KNOWN.format(columns='t.sums')} AND t.id IN (SELECT article FROM copies WHERE source IN (SELECT unnest(?)))"
    found = arrow(ledger, carriers, [*lot.around(0), sorted(lot.changed)])
    return {row["article"]: row for row in found.to_pylist()}


def _know(ledger: Ledger, lot: _Lot, index: CopyIndex, facts: dict[str, Facts], compared: Mapping[str, Row]) -> None:
    """Put the articles of the days around into the index, with those sums that a new article has."""
    import numpy as np

    from dragoman.ledger.query import arrow

    wanted = np.unique(np.fromiter((value for row in compared.values() for value in row["sums"]), np.int64))
    table = arrow(ledger, _KNOWN.format(columns="t.sums"), lot.around(COPY_DAYS))
    for batch in table.to_batches():
        sums = batch.column("sums")
        sizes = sums.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
        values = sums.flatten().to_numpy(zero_copy_only=False)
        alike, ends = np.isin(values, wanted), np.cumsum(sizes)
        for row, size, end in zip(batch.drop_columns(["sums"]).to_pylist(), sizes.tolist(), ends.tolist(), strict=True):
            if row["article"] not in compared and alike[end - size : end].any():
                facts[row["article"]] = _facts(row)
                index.know(row["article"], values[end - size : end][alike[end - size : end]].tolist(), size)


# --- stories ---
def _stories(ledger: Ledger, lot: _Lot) -> list[Row]:
    """Rows of stories that are new or changed: a new article may show that another was put in the wrong one."""
    from dragoman.ledger.query import arrow

    manner = load_manner(lot.folder)
    before = {row["article"]: row for row in arrow(ledger, "SELECT article, story, similarity, published FROM stories").to_pylist()}
    index = StoryIndex(manner)
    around = arrow(ledger, _KNOWN.format(columns="t.terms, t.weights"), lot.around(manner.window_days)).to_pylist()
    known = [row for row in around if row["article"] not in lot.fresh]
    for row in (*known, *lot.fresh.values()):
        index.count(row["terms"])
    for row in sorted(known, key=lambda row: (row["published"] or "9999", row["article"])):
        if told := before.get(row["article"]):
            index.know(row["article"], dict(zip(row["terms"], row["weights"], strict=True)), row["published"], told["story"], told["similarity"])
    taken = {row["story"] for row in before.values()} - set(index.stories)
    for article, row in lot.fresh.items():
        index.put(article, dict(zip(row["terms"], row["weights"], strict=True)), row["published"].isoformat() if row["published"] else None, taken)
    index.tidy(lot.fresh, taken)
    days = {**{row["article"]: _day(row["published"]) for row in known}, **{article: row["published"] for article, row in lot.fresh.items()}}
    moved = ((article, story) for article, story in index.story_of.items() if before.get(article, {}).get("story") != story)
    return [{"id": content_id("story", "of", article), "article": article, "published": days[article], "story": story,
             "similarity": round(index.similarity[article], 4)} for article, story in moved]
