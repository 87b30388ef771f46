"""What an article has said of actors up to a place, kept so that a description finds what it repeats without walking back to the beginning."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from dragoman.extract.drafts import Draft, Scene, Shelf


@dataclass(slots=True)
class Trail:
    """Mentions of one kind so far: the `newest`, the `last` one with a country, and the countries and names of all."""

    newest: Draft | None = None
    last: Draft | None = None
    countries: set[str] = field(default_factory=set)
    names: set[str | None] = field(default_factory=set)

    def add(self, draft: Draft) -> None:
        """Put the next one in."""
        self.newest = draft
        self.names.add(draft.name)
        if draft.country:
            self.last = draft
            self.countries.add(draft.country)


_NONE = Trail()


class History:
    """The drafts before a place in the text, put in one by one."""

    def __init__(self, scene: Scene) -> None:
        self._shelf = Shelf(scene.notes)
        self._singles: dict[str, Trail] = defaultdict(Trail)
        self._plurals: dict[str, Trail] = defaultdict(Trail)
        self._titled: dict[str, Trail] = defaultdict(Trail)

    def add(self, draft: Draft) -> None:
        """Put the next draft in, as it stands now."""
        self._shelf.add(draft)
        if draft.role and draft.how != "inferred":
            if draft.plural:
                if draft.country:
                    self._plurals[draft.role].add(draft)
            else:
                words = draft.role.split(" ")
                for begin in range(len(words)):
                    self._singles[" ".join(words[begin:])].add(draft)
        if draft.kind == "person":
            for title in {*draft.titles, draft.entry.role if draft.entry else ""}:
                self._titled[title].add(draft)

    def singles(self, role: str) -> Trail:
        """Single bodies and persons described by the role noun, or by a longer one that ends in it."""
        return self._singles.get(role, _NONE)

    def plurals(self, role: str) -> Trail:
        """Groups of known countries described by the role noun."""
        return self._plurals.get(role, _NONE)

    def titled(self, role: str) -> Trail:
        """Named persons with the title or in the office."""
        return self._titled.get(role, _NONE)

    def ending(self, role: str) -> Draft | None:
        """The last body or group of the tables whose longer name ends in the role noun."""
        found = self._shelf.ending(role)
        return found[-1] if found else None

    def sentence(self, number: int) -> list[Draft]:
        """Those of one sentence."""
        return self._shelf.sentences(number, number)
