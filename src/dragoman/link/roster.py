"""The roster that keeps itself current: what articles say about who holds which office, held against the dated tables.

A keyed reduce over the ledger's observations, by state, office and person. A person becomes a dated entry when outlets that do not copy
each other agree and nothing dated contradicts; "the former X" and a successor end an entry. The thresholds stand in
`codebooks/actors/offices.yaml`; a row of the tables is never changed, and every answer can be made again from the same rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from dragoman.extract.entry import LEARNT, End, Entry, Learnt
from dragoman.extract.offices import OUTSIDE, UNKNOWN, VACANT, Answer, Tenures, Thresholds
from dragoman.extract.roster import fold
from dragoman.records import content_id

OBSERVED, PROMOTED, CONFLICT, ACCEPTED, REJECTED, LISTED = "observed", "promoted", "conflict", "accepted", "rejected", "listed"
_HOLDS, _ACTS, _HELD = "current", "acting", "former"
# The country is said by the text or by the tables; what was inferred or learnt proves nothing new.
_FIRST_HAND = ("description", "name", "dated")


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation as the ledger has it; `source` is the article, or the one whose words it carries."""

    article: str
    source: str
    outlet: str
    day: str
    name: str
    office: str
    country: str
    sector: str | None
    status: str
    how: str | None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person in an office as articles have it.

    `status` is observed (too few yet), promoted, conflict, accepted, rejected, or listed (the tables say the same). `since` is the first
    day on which the person was seen in it, `until` the day after the last (None: not known to have ended), `last` the last report.
    """

    id: str
    country: str
    office: str
    name: str
    sector: str | None
    status: str
    since: str
    until: str | None
    last: str
    outlets: int
    articles: int
    acting: bool
    note: str

    @property
    def holds(self) -> bool:
        """Whether it counts as a dated entry."""
        return self.status in (PROMOTED, ACCEPTED)


@dataclass(frozen=True, slots=True)
class _Person:
    """What was seen of one person in one office: `fresh` where the tables are silent, `agreeing` and `against` where they speak."""

    name: str
    fresh: tuple[Seen, ...]
    agreeing: tuple[Seen, ...]
    against: tuple[Seen, ...]
    former: tuple[Seen, ...]
    holder: str


def candidates(seen: Iterable[Seen], tenures: Tenures, decisions: Mapping[str, str]) -> tuple[Candidate, ...]:
    """Every person seen in an office, by state, office and first day; the order of the observations does not matter.

    Args:
        seen: the observations.
        tenures: the tables without what was learnt.
        decisions: accept or reject by the candidate's id.
    """
    groups: dict[tuple[str, str], dict[str, list[Seen]]] = defaultdict(lambda: defaultdict(list))
    answers = cache(tenures.on)
    for one in sorted(seen, key=lambda s: (s.day, s.article, s.name)):
        groups[one.country, one.office][_key(one.name)].append(one)
    found: list[Candidate] = []
    for (country, office), people in sorted(groups.items()):
        persons = [_person(rows, country, office, tenures, answers) for rows in people.values()]
        judged = [(person, made) for person in persons if (made := _judged(person, country, office, tenures.book.promotion, decisions))]
        found += _in_turn(judged, tenures.book.promotion)
    return tuple(found)


def candidate_id(country: str, office: str, name: str) -> str:
    """The id of a person in an office, the same in every ledger."""
    return content_id("candidate", country, office, _key(name))


def _key(name: str) -> str:
    """The words of a name in any order: Japanese and Hungarian names stand either way round."""
    return " ".join(sorted(fold(name).lower().split()))


def _is_same(one: str, other: str) -> bool:
    """Whether two names are one person's: the same words, or one is the other without some."""
    first, second = set(_key(one).split()), set(_key(other).split())
    return first == second or (min(len(first), len(second)) > 1 and (first <= second or second <= first))


def is_listed(row: Seen, answer: Answer) -> bool:
    """Whether the observation only says what the tables say: it teaches nothing."""
    return row.status in (_HOLDS, _ACTS) and any(_is_same(row.name, entry.name) for entry in answer.holders)


def _person(rows: Sequence[Seen], country: str, office: str, tenures: Tenures, answers: Callable[[str, str, str], Answer]) -> _Person:
    """The observations of one person, sorted by what the tables say about their days."""
    sorts: dict[str, list[Seen]] = defaultdict(list)
    holder = ""
    for row in rows:
        if row.status not in (_HOLDS, _ACTS):
            sorts[row.status].append(row)
            continue
        answer = answers(country, office, row.day)
        if is_listed(row, answer):
            sorts["agreeing"].append(row)
        elif answer.how in (OUTSIDE, VACANT, UNKNOWN):
            sorts["title" if _is_only_title(row, country, office, tenures) else "fresh"].append(row)
        else:
            sorts["against"].append(row)
            holder = " or ".join(entry.name for entry in answer.holders)
    return _Person(rows[0].name, tuple(sorts["fresh"]), tuple(sorts["agreeing"]), tuple(sorts["against"]), tuple(sorts[_HELD]), holder)


def _is_only_title(row: Seen, country: str, office: str, tenures: Tenures) -> bool:
    """Whether a title is all that speaks for somebody whom the tables have out of this office: former presidents keep theirs."""
    if row.rule != "actors.observations:title":
        return False
    return any(_is_same(row.name, entry.name) and entry.until and row.day[: len(entry.until)] >= entry.until for entry in tenures.rows(country, office))


def _independent(rows: Iterable[Seen], *, first_hand: bool = True) -> tuple[int, int]:
    """Outlets and articles that say so in words of their own."""
    chosen = [row for row in rows if row.source == row.article and (row.how in _FIRST_HAND or not first_hand)]
    return len({row.outlet for row in chosen if row.outlet}), len({row.article for row in chosen})


def _is_enough(rows: Iterable[Seen], need: Thresholds) -> bool:
    outlets, articles = _independent(rows)
    return outlets >= need.outlets and articles >= need.articles


def _is_over(rows: Iterable[Seen], need: Thresholds) -> bool:
    outlets, articles = _independent(rows)
    return outlets >= need.former_outlets and articles >= need.former_articles


def _judged(person: _Person, country: str, office: str, need: Thresholds, decisions: Mapping[str, str]) -> Candidate | None:
    """The candidate that the observations of a person make by themselves; None where they only say that it is over."""
    shown = person.fresh or person.against or person.agreeing
    if not shown:
        return None
    outlets, articles = _independent(shown)
    key = candidate_id(country, office, person.name)
    status, note = OBSERVED, f"{need.outlets} outlets and {need.articles} articles of their own are needed"
    if _is_enough(person.fresh, need):
        status, note = PROMOTED, ""
    elif _is_enough(person.against, need):
        status, note = CONFLICT, f"the tables name {person.holder}"
    elif not person.fresh and person.agreeing:
        status, note = LISTED, "the tables say the same"
    if decision := decisions.get(key):
        status, note = (ACCEPTED, "by decision") if decision == "accept" else (REJECTED, "by decision")
    acting = sum(row.status == _ACTS for row in shown) * 2 > len(shown)
    days = [row.day for row in (*person.fresh, *person.agreeing, *(person.against if not person.fresh else ()))]
    return Candidate(key, country, office, person.name, shown[0].sector, status, shown[0].day, _end(person, shown, need), max(days), outlets, articles, acting, note)


def _end(person: _Person, shown: Sequence[Seen], need: Thresholds) -> str | None:
    """The first day on which the person was called former, if enough say so and none calls the person the holder later."""
    later = [row for row in person.former if row.day > shown[-1].day]
    return later[0].day if _is_over(later, need) else None


def _in_turn(judged: Sequence[tuple[_Person, Candidate]], need: Thresholds) -> list[Candidate]:
    """The candidates of one office one after the other: a successor ends a predecessor, unless both go on being seen in it."""
    order = sorted(judged, key=lambda pair: (pair[1].since, pair[1].name))
    made = [candidate for _, candidate in order]
    last: int | None = None
    for at, candidate in enumerate(made):
        if not candidate.holds:
            continue
        if last is not None:
            still = [row for row in order[last][0].fresh if row.day >= candidate.since]
            if _is_over(still, need) and candidate.status == PROMOTED:
                made[at] = replace(candidate, status=CONFLICT, note=f"{made[last].name} is still seen in it")
                continue
            made[last] = replace(made[last], until=min(made[last].until or candidate.since, candidate.since))
        last = at
    return made


# --- what the reader takes from it ---
def learnt(found: Sequence[Candidate], seen: Sequence[Seen], tenures: Tenures) -> Learnt:
    """The entries and ends of office that the reader adds to the tables."""
    rows: list[Entry] = []
    ends = list(_left(seen, tenures))
    for candidate in found:
        if candidate.holds:
            rows.append(_entry(candidate, tenures))
            ends += _succeeded(candidate, tenures)
    first = {(end.country, end.office, end.name): end for end in sorted(ends, key=lambda end: end.until, reverse=True)}
    return Learnt(tuple(rows), tuple(end for _, end in sorted(first.items())))


def _entry(candidate: Candidate, tenures: Tenures) -> Entry:
    """The dated entry of a candidate; somebody whom the tables know in the office goes on from there."""
    before = [row for row in _open(tenures, candidate) if _is_same(row.name, candidate.name)]
    since = before[-1].since if before else candidate.since
    seen = (date.fromisoformat(candidate.last) + timedelta(tenures.book.promotion.holds_days)).isoformat()
    role = f"acting {candidate.office}" if candidate.acting else candidate.office
    name = before[-1].name if before else candidate.name
    return Entry(candidate.name, name, "person", candidate.country, candidate.sector, role, since, candidate.until, "learnt", f"{LEARNT}{candidate.id}",
                 None if candidate.until else seen)


def _open(tenures: Tenures, candidate: Candidate) -> list[Entry]:
    """Rows of the tables of this office that hold on the candidate's first day as far as they say."""
    return [row for row in tenures.rows(candidate.country, candidate.office) if row.valid(candidate.since)]


def _succeeded(candidate: Candidate, tenures: Tenures) -> Iterable[End]:
    """The ends of those whom the tables still have in the office."""
    return (End(row.country or "", candidate.office, row.name, candidate.since) for row in _open(tenures, candidate) if not _is_same(row.name, candidate.name))


def _left(seen: Iterable[Seen], tenures: Tenures) -> Iterable[End]:
    """The ends of those whom the tables have in office after their last day and articles call former."""
    groups: dict[tuple[str, str, str], list[Seen]] = defaultdict(list)
    for row in seen:
        groups[row.country, row.office, _key(row.name)].append(row)
    for (country, office, _), rows in sorted(groups.items()):
        entry = next((entry for entry in tenures.rows(country, office) if _is_same(entry.name, rows[0].name) and entry.until is None and entry.seen), None)
        if entry is None:
            continue
        held = max((row.day for row in rows if row.status in (_HOLDS, _ACTS)), default="")
        over = sorted(row.day for row in rows if row.status == _HELD and row.day > max(held, entry.seen or ""))
        if over and _is_over([row for row in rows if row.status == _HELD and row.day >= over[0]], tenures.book.promotion):
            yield End(country, office, entry.name, over[0])
