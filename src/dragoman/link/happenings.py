"""One happening, several reports: events of one type, the same sides, the same day and a place that agrees, made one row.

A keyed reduce over the ledger's events, worked out when it is asked for: nothing is stored, so nothing can be out of date, and what was
known at an earlier moment is answered in the same way. Events are taken in the order of publication, and each joins the happening that
most speaks for or opens a new one; sides, days, places and persons that contradict each other keep two apart whatever else agrees.
Points: `codebooks/link/happenings.yaml`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.codebook import BUILT_IN, LINE, read_yaml
from dragoman.link.sources import Sources, load_sources
from dragoman.records import content_id

if TYPE_CHECKING:
    import pyarrow

    from dragoman.ledger.store import Ledger

_FINE = ("city", "feature")
# Events so many days before and after the days asked for are looked at as well, for reports differ.
_MARGIN = 45
# More days than these are a long time.
_LONG = 31
_EVENTS = """
WITH named AS (SELECT DISTINCT ON (article, start, "end") article, start, "end", kind FROM mentions),
     who AS (SELECT p.event, list({'country': p.country, 'name': p.name} ORDER BY p.role, p.n) AS persons FROM participants p
             JOIN named m ON m.article = p.article AND m.start = p.start AND m."end" = p."end"
             WHERE p.name IS NOT NULL AND m.kind IN ('person', 'role') GROUP BY p.event)
SELECT e.id, e.article, e.published, a.outlet, e.type, e.mode, e.surface, e.actor_countries AS actors, e.recipient_countries AS recipients, who.persons,
       e.valid_from, e.valid_to, e.factuality, e.place_name, e.place_country, e.lat, e.lon, e.geonames_id, e.precision, e.voice_surface AS voice, e.confidence,
       e.sentence, s.story, q.surface AS quote
FROM events e JOIN articles a ON a.id = e.article LEFT JOIN who ON who.event = e.id LEFT JOIN stories s ON s.article = e.article
LEFT JOIN sentences q ON q.id = e.sentence
WHERE coalesce(e.valid_to, e.published, DATE '9999-12-31') >= $1::DATE AND coalesce(e.valid_from, e.published, DATE '0001-01-01') <= $2::DATE
ORDER BY e.published NULLS LAST, e.article, e.start, e.id"""
_FIGURES = """SELECT sentence, surface, unit, "of", coalesce(value, low) AS low, coalesce(value, high) AS high FROM figures
              WHERE sentence IS NOT NULL AND unit IS NOT NULL ORDER BY published, article, start"""


@dataclass(frozen=True, slots=True)
class FigureSpread:
    """What the reports of a happening say of one quantity: its unit, what is counted, the lowest and highest amount, and each as it stands."""

    unit: str
    of: str | None
    low: float | None
    high: float | None
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened, with all that the ledger has of it.

    `first_day` to `last_day` are the days on which it can have been by all reports (None where none says). `factuality` is that of the latest
    report, `factualities` counts all. `articles` and `outlets` are numbers; `originals` leaves copies out, and `independent_sources`
    counts copies, articles of one outlet and those of one agency once. `events` and `told_by` are the ids of rows and articles.
    """

    id: str
    type: str
    mode: str | None
    actor_countries: tuple[str, ...]
    recipient_countries: tuple[str, ...]
    first_day: date | None
    last_day: date | None
    place_name: str | None
    place_country: str | None
    lat: float | None
    lon: float | None
    factuality: str
    factualities: dict[str, int]
    voices: tuple[str, ...]
    confidence: float
    articles: int
    outlets: int
    originals: int
    independent_sources: int
    first_published: date | None
    last_published: date | None
    figures: tuple[FigureSpread, ...]
    stories: tuple[str, ...]
    events: tuple[str, ...]
    told_by: tuple[str, ...]
    quote: str | None


@dataclass(frozen=True, slots=True)
class Weighing:
    """What speaks for one happening, and how much: `codebooks/link/happenings.yaml`."""

    enough: int
    enough_undated: int
    points: Mapping[str, int]
    short_stretch: int
    undated: Mapping[str, tuple[int, int]]
    reciprocal: frozenset[str]
    stem: int


@lru_cache(maxsize=4)
def load_weighing(folder: Path = BUILT_IN) -> Weighing:
    """The points of a codebook folder."""
    book = read_yaml(folder / "link" / "happenings.yaml")
    plain = {name: {key: value for key, value in book[name].items() if key != LINE} for name in ("points", "undated")}
    return Weighing(book["enough"], book["enough_undated"], plain["points"], book["short_stretch"],
                    {name: (days[0], days[1]) for name, days in plain["undated"].items()}, frozenset(book["reciprocal"]), book["stem"])


@dataclass(slots=True)
class _Told:
    """An event as it is compared; and a happening while events join it, which is compared in the same way."""

    number: int
    rows: list[dict[str, Any]]
    type: str
    actors: set[str]
    recipients: set[str]
    first: date | None
    last: date | None
    dated: bool
    place: dict[str, Any] | None
    persons: dict[str, set[str]]
    modes: set[str]
    stems: set[str]
    groups: set[str]

    def take(self, other: _Told) -> None:
        """Join an event to the happening: days that agree, the finest place."""
        self.rows += other.rows
        if other.dated or not self.dated:
            spans = [told for told in (self, other) if told.dated == (self.dated or other.dated) and told.first and told.last]
            self.first, self.last = max((t.first for t in spans if t.first), default=None), min((t.last for t in spans if t.last), default=None)
        self.dated = self.dated or other.dated
        if other.place and (self.place is None or (other.place["precision"] in _FINE and self.place["precision"] not in _FINE)):
            self.place = other.place
        for country, names in other.persons.items():
            self.persons.setdefault(country, set()).update(names)
        for name in ("actors", "recipients", "modes", "stems", "groups"):
            getattr(self, name).update(getattr(other, name))

    @property
    def width(self) -> int | None:
        """Days from the first to the last; None where there are none."""
        return (self.last - self.first).days + 1 if self.first and self.last else None


def happenings(
    ledger: Ledger, *, since: str | date | None = None, until: str | date | None = None, actor: str | None = None, recipient: str | None = None,
    type: str | None = None, factuality: str | None = None, min_sources: int = 0, limit: int | None = None,  # noqa: A002 (the field's word)
    when: datetime | None = None, folder: Path = BUILT_IN,
) -> list[Happening]:
    """Happenings in the order of their days.

    Args:
        ledger: whom to ask.
        since: first day (ISO day, month or year).
        until: last day.
        actor: country codes, any of which must be among the actors'.
        recipient: country codes, any of which must be among the recipients'.
        type: PLOVER types.
        factuality: that of the latest report: actual, future, hypothetical, negated.
        min_sources: only those with so many independent sources.
        limit: how many at most.
        when: what was known at this moment (UTC).
        folder: the codebooks.

    Raises:
        SettingError: `since` or `until` is no ISO date, or a name is none of its vocabulary.
    """
    from dragoman.ledger.answers import known, listed, to_day
    from dragoman.ledger.codes import codes
    from dragoman.ledger.query import arrow

    first, last = to_day("since", since, 0) if since else date.min, to_day("until", until, 1) if until else date.max
    kinds, states = known("type", type, upper=True), known("factuality", factuality)
    low, high = (date.min if first.year < 2 else first - timedelta(_MARGIN)), (date.max if last.year > 9998 else last + timedelta(_MARGIN))
    rows = arrow(ledger, _EVENTS, [low.isoformat(), high.isoformat()], when).to_pylist()
    figures = _figures(arrow(ledger, _FIGURES, when=when).to_pylist())
    sources = load_sources(ledger, when)
    found = [_happening(told, figures, sources) for told in gathered(rows, sources, load_weighing(folder))]
    wanted = {"actor_countries": listed(codes("actor", actor) or ""), "recipient_countries": listed(codes("recipient", recipient) or "")}
    kept = [one for one in found if _touches(one, first, last) and one.independent_sources >= min_sources
            and (kinds is None or one.type in kinds.split(",")) and (states is None or one.factuality in states.split(","))
            and all(not sides or set(sides) & set(getattr(one, side)) for side, sides in wanted.items())]  # fmt: skip
    return sorted(kept, key=lambda one: (one.first_day or one.first_published or date.max, one.first_published or date.max, one.id))[:limit]


def _touches(one: Happening, first: date, last: date) -> bool:
    begin, end = one.first_day or one.last_day or one.first_published, one.last_day or one.first_day or one.last_published
    return (end or first) >= first and (begin or last) <= last


def gathered(rows: Iterable[dict[str, Any]], sources: Sources, weighing: Weighing) -> list[_Told]:
    """Events put together, in the order of publication."""
    found: list[_Told] = []
    shelf = _Shelf()
    for number, row in enumerate(rows):
        event = _told(number, row, sources, weighing)
        pairs = ((points, -at, told) for at, told in enumerate(shelf.near(event)) if (points := _points(event, told, weighing)))
        best = max(pairs, default=None, key=lambda pair: pair[:2])
        if best is None:
            found.append(event)
        told = event if best is None else best[2]
        shelf.put(event, told)
        if best is not None:
            told.take(event)
    return found


class _Shelf:
    """Happenings by type, side and week, so that an event is compared only with what it may be of; those of no or a long time by side alone."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str, int | None], dict[int, _Told]] = defaultdict(dict)
        self._weeks: dict[tuple[str, str], set[int]] = defaultdict(set)

    def near(self, event: _Told) -> list[_Told]:
        """What an event may be of, in the order in which it was put here."""
        weeks = _weeks(event)
        near: dict[int, _Told] = {}
        for code in _codes(event):
            known = self._weeks[event.type, code]
            for week in (*(weeks if weeks else _within(event, known)), None):
                near.update(self._places.get((event.type, code, week), {}))
        return [near[number] for number in sorted(near)]

    def put(self, event: _Told, told: _Told) -> None:
        """Have a happening found by the sides and days of an event that is of it."""
        weeks = _weeks(event)
        for code in _codes(event):
            self._weeks[event.type, code].update(weeks)
            for week in weeks or (None,):
                self._places[event.type, code, week][told.number] = told


def _codes(event: _Told) -> list[str]:
    return sorted(event.actors | event.recipients) or [""]


def _weeks(event: _Told) -> range | tuple[()]:
    """The weeks of an event whose days are few."""
    if event.first is None or event.last is None or (event.last - event.first).days > _LONG:
        return ()
    return range(event.first.toordinal() // 7, event.last.toordinal() // 7 + 1)


def _within(event: _Told, weeks: Iterable[int]) -> list[int]:
    """Those of some weeks that an event of a long time may be of."""
    first = event.first.toordinal() // 7 if event.first else 0
    last = event.last.toordinal() // 7 if event.last else date.max.toordinal()
    return [week for week in weeks if first <= week <= last]


def _told(number: int, row: dict[str, Any], sources: Sources, weighing: Weighing) -> _Told:
    """An event ready to be compared."""
    first, last = row["valid_from"], row["valid_to"]
    dated = first is not None or last is not None
    if not dated and row["published"]:
        before, after = weighing.undated[row["factuality"]]
        first, last = row["published"] - timedelta(before), row["published"] + timedelta(after)
    persons: dict[str, set[str]] = defaultdict(set)
    for person in row["persons"] or ():
        persons[person["country"] or ""].add(person["name"].split()[-1].casefold())
    actors, recipients = set(row["actors"] or ()), set(row["recipients"] or ())
    if row["type"] in weighing.reciprocal:
        actors, recipients = actors | recipients, set()
    stems = {word[: weighing.stem].casefold() for word in row["surface"].split() if len(word) > 3}
    groups = {name for name in (row["story"] and f"story {row['story']}", sources.group(row["article"]), f"article {row['article']}") if name}
    return _Told(number, [row], row["type"], actors, recipients, first, last, dated, _place(row), dict(persons), {row["mode"]} - {None}, stems, groups)


def _place(row: dict[str, Any]) -> dict[str, Any] | None:
    names = ("place_name", "place_country", "lat", "lon", "geonames_id", "precision")
    return {name: row[name] for name in names} if row["place_name"] or row["place_country"] else None


def _points(event: _Told, told: _Told, weighing: Weighing) -> int:
    """What speaks for an event being of a happening; 0 if it is too little or anything contradicts."""
    sides, days = _side_points(event, told, weighing), _day_points(event, told, weighing)
    place, person = _place_points(event, told, weighing), _person_points(event, told, weighing)
    if sides is None or days is None or place is None or person is None:
        return 0
    act = weighing.points["same_act"] * bool(event.modes & told.modes or event.stems & told.stems)
    total = sides + days + place + person + act + weighing.points["same_story"] * bool(event.groups & told.groups)
    if event.dated and told.dated:
        return total if total >= weighing.enough else 0
    # Without a day something of the act itself must agree: who meets whom, or what is done, or in which town.
    is_same = act or place or (person and event.type in weighing.reciprocal)
    return total if is_same and total >= weighing.enough_undated else 0


def _side_points(event: _Told, told: _Told, weighing: Weighing) -> int | None:
    """Points for the same sides; None if they contradict each other."""
    points = weighing.points
    shared, also = event.actors & told.actors, event.recipients & told.recipients
    if event.type in weighing.reciprocal:
        if not shared:
            return None
        whole = len(shared) > 1 or (event.actors <= told.actors and told.actors <= event.actors)
        return points["both_sides"] if len(shared) > 1 else points["one_side"] if whole or 1 in (len(event.actors), len(told.actors)) else None
    for mine, others, both in ((event.actors, told.actors, shared), (event.recipients, told.recipients, also)):
        if mine and others and not both:
            return None
    if not shared and not also:
        return None
    if shared and also:
        return points["both_sides"] if len(shared | also) > 1 else 0
    return points["one_side"]


def _day_points(event: _Told, told: _Told, weighing: Weighing) -> int | None:
    """Points for the same day; None if the days exclude each other."""
    if (event.first and told.last and event.first > told.last) or (event.last and told.first and event.last < told.first):
        return None
    # An event of nobody knows when may be of any day: it is not put with one that has a day.
    if bool(event.first or event.last) != bool(told.first or told.last):
        return None
    if not (event.dated and told.dated):
        return 0
    widths = (event.width, told.width)
    if widths == (1, 1):
        return weighing.points["same_day"]
    return weighing.points["days_overlap"] if all(width is not None and width <= weighing.short_stretch for width in widths) else 0


def _place_points(event: _Told, told: _Told, weighing: Weighing) -> int | None:
    """Points for the same place; None if the two are somewhere else."""
    one, other = event.place, told.place
    if one is None or other is None:
        return 0
    if one["place_country"] and other["place_country"] and one["place_country"] != other["place_country"]:
        return None
    same = one["place_name"] == other["place_name"] or (one["geonames_id"] is not None and one["geonames_id"] == other["geonames_id"])
    if one["precision"] in _FINE and other["precision"] in _FINE:
        return weighing.points["same_place"] if same else None
    return 0


def _person_points(event: _Told, told: _Told, weighing: Weighing) -> int | None:
    """Points for the same person of a country; None if each names another one."""
    shared = event.persons.keys() & told.persons.keys()
    agree = [country for country in shared if event.persons[country] & told.persons[country]]
    if shared and len(agree) < len(shared):
        return None
    return weighing.points["same_person"] if agree else 0


def to_table(found: Sequence[Happening]) -> pyarrow.Table:
    """Happenings as an Arrow table, for queries; `factualities` is a map, `figures` a list of structs."""
    import pyarrow as pa

    texts, day = pa.list_(pa.string()), pa.date32()
    figure = pa.struct([("unit", pa.string()), ("of", pa.string()), ("low", pa.float64()), ("high", pa.float64()), ("told", texts)])
    kinds = {"actor_countries": texts, "recipient_countries": texts, "voices": texts, "stories": texts, "events": texts, "told_by": texts,
             "first_day": day, "last_day": day, "first_published": day, "last_published": day, "figures": pa.list_(figure),
             "factualities": pa.map_(pa.string(), pa.int64()), **dict.fromkeys(("lat", "lon", "confidence"), pa.float64()),
             **dict.fromkeys(("articles", "outlets", "originals", "independent_sources"), pa.int64())}
    schema = pa.schema([(column.name, kinds.get(column.name, pa.string())) for column in fields(Happening)])
    return pa.Table.from_pylist([{**asdict(one), "factualities": list(one.factualities.items())} for one in found], schema)


# --- what is shown of a happening ---
def _happening(told: _Told, figures: Mapping[str, Sequence[dict[str, Any]]], sources: Sources) -> Happening:
    rows = told.rows
    articles = tuple(dict.fromkeys(row["article"] for row in rows))
    days = [row["published"] for row in rows if row["published"]]
    place = told.place or dict.fromkeys(("place_name", "place_country", "lat", "lon"))
    dated = (told.first, told.last) if told.dated else (None, None)
    return Happening(
        content_id("happening", rows[0]["id"]), told.type, _most(row["mode"] for row in rows), _listed(rows, "actors"), _listed(rows, "recipients"), *dated,
        place["place_name"], place["place_country"], place["lat"], place["lon"], rows[-1]["factuality"], dict(Counter(row["factuality"] for row in rows)),
        tuple(dict.fromkeys(row["voice"] or "article" for row in rows)), max(row["confidence"] for row in rows), len(articles),
        len({row["outlet"] for row in rows if row["outlet"]}), sum(article not in sources.copies for article in articles) or 1, sources.independent(articles),
        min(days, default=None), max(days, default=None), tuple(_spreads(rows, figures)), tuple(sorted({row["story"] for row in rows if row["story"]})),
        tuple(row["id"] for row in rows), articles, max(rows, key=lambda row: row["confidence"])["quote"],
    )  # fmt: skip


def _most(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return counts.most_common(1)[0][0] if counts else None


def _listed(rows: Iterable[dict[str, Any]], side: str) -> tuple[str, ...]:
    """The countries of a side, those that most reports name first."""
    return tuple(code for code, _ in Counter(code for row in rows for code in row[side] or ()).most_common())


def _figures(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["sentence"]].append(row)
    return found


def _spreads(rows: Iterable[dict[str, Any]], figures: Mapping[str, Sequence[dict[str, Any]]]) -> Iterator[FigureSpread]:
    """Quantities of the sentences that tell the happening, by what is counted."""
    groups: dict[tuple[str, str | None], list[dict[str, Any]]] = defaultdict(list)
    for sentence in dict.fromkeys(row["sentence"] for row in rows):
        for figure in figures.get(sentence, ()):
            groups[figure["unit"], figure["of"]].append(figure)
    for (unit, of), told in groups.items():
        lows, highs = [f["low"] for f in told if f["low"] is not None], [f["high"] for f in told if f["high"] is not None]
        yield FigureSpread(unit, of, min(lows or highs, default=None), max(highs or lows, default=None), tuple(dict.fromkeys(f["surface"] for f in told)))
