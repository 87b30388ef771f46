"""What a change of the codebooks changes: events before and after, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.records import Event, Participant, Place, Span

_FIELDS = ("type", "mode", "factuality", "actors", "recipients", "date", "place", "voice", "contexts")


@dataclass(frozen=True, slots=True)
class Change:
    """One event that is new, gone or coded otherwise; `fields` maps a field to its value before and after."""

    article: str
    kind: str
    event: Event
    fields: dict[str, tuple[str, str]]

    def __str__(self) -> str:
        moved = "; ".join(f"{name}: {before or '-'} -> {after or '-'}" for name, (before, after) in self.fields.items())
        return f"{self.kind:7} {self.event.id}  {self.article}  {self.event.type} `{self.event.trigger.surface}`" + (f"  {moved}" if moved else "")


def changes(article: str, before: Sequence[Event], after: Sequence[Event]) -> Iterator[Change]:
    """Events of one article that a re-coding adds, drops or codes otherwise."""
    old, new = ({event.id: event for event in events} for events in (before, after))
    for key, event in new.items():
        if key not in old:
            yield Change(article, "added", event, {})
        elif moved := _moved(old[key], event):
            yield Change(article, "changed", event, moved)
    yield from (Change(article, "dropped", event, {}) for key, event in old.items() if key not in new)


def _moved(before: Event, after: Event) -> dict[str, tuple[str, str]]:
    pairs = ((name, _shown(getattr(before, name)), _shown(getattr(after, name))) for name in _FIELDS)
    return {name: (old, new) for name, old, new in pairs if old != new}


def _shown(value: object) -> str:
    if isinstance(value, Place):
        return " ".join(str(part) for part in (value.name, value.country, value.geonames_id) if part is not None)
    if isinstance(value, Span):
        return value.surface
    if isinstance(value, tuple):
        return ",".join(sorted((item.country or item.name or "?") if isinstance(item, Participant) else str(item) for item in value))
    return "" if value is None else str(value)


def tally(found: Sequence[Change]) -> dict[str, int]:
    """How many changes of each kind, and for changed types from which to which."""
    counts = Counter(change.kind for change in found)
    counts.update(f"{change.fields['type'][0]} -> {change.fields['type'][1]}" for change in found if "type" in change.fields)
    return dict(counts)
