"""The unit table `codebooks/units.tsv`: written forms of units with their name, kind and factor, and the search for the unit after a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dragoman.codebook import BUILT_IN, read_tsv
from dragoman.errors import CodebookError
from dragoman.extract.lexemes import Lexeme, split

# Currency signs, and the abbreviations that stand before an amount as signs do.
_SIGNS = "$£€¥₹₽₺₩₪₴₦₱฿₫₡₸₾₼₵₲"
_LETTERS = ("rs", "rmb", "rm", "nis", "tl", "ksh", "sh", "dh", "dhs", "kr")
_COLUMNS = ("form", "unit", "kind", "factor")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `name` as figures spell it, `kind` money, length, time ..., `factor` in the kind's base unit (SI), None if it has none."""

    name: str
    kind: str
    factor: float | None


@dataclass(frozen=True)
class UnitTable:
    """Units by the first word of their forms, longest form first. `codes` are forms with capitals (ISO 4217, "Nm"), which count only in that spelling.

    `signs` are what stands for a currency sign in texts that were cut down to ASCII ("PS" for £), only where it touches the figure after it.
    """

    forms: dict[str, list[tuple[tuple[str, ...], Unit]]]
    codes: dict[str, Unit]
    signs: dict[str, Unit]

    def at(self, lex: Sequence[Lexeme], at: int, text: str) -> tuple[Unit, int] | None:
        """The longest form that starts at a lexeme, with its last lexeme."""
        if at >= len(lex):
            return None
        surface = text[lex[at].start : lex[at].end]
        if surface in self.codes:
            return self.codes[surface], at
        for words, unit in self.forms.get(lex[at].low, ()):
            if at + len(words) <= len(lex) and all(lex[at + step].low == word for step, word in enumerate(words)):
                return unit, at + len(words) - 1
        return None

    def before(self, lex: Sequence[Lexeme], at: int, text: str) -> tuple[Unit, int] | None:
        """The currency sign or code that ends right before a lexeme, with its first lexeme."""
        for width in (1, 2):
            if at >= width and lex[at - 1].touches(lex[at]) and (sign := self.signs.get(text[lex[at - width].start : lex[at - 1].end])):
                return sign, at - width
        for width in (4, 3, 2, 1):
            if at < width or lex[at - 1].kind == "number":
                continue
            found = self.at(lex, at - width, text)
            if found and found[1] == at - 1 and found[0].kind == "money" and _is_sign(lex, at - width, at, text, self.codes):
                return found[0], at - width
        return None


def _is_sign(lex: Sequence[Lexeme], first: int, at: int, text: str, codes: dict[str, Unit]) -> bool:
    """Whether a currency form can stand before its amount: signs, ISO codes, "Rs", never a name ("dollar 5")."""
    surface = text[lex[first].start : lex[at - 1].end]
    if " " in surface and (not lex[first].capital or surface[0] in "ARS"):
        return False
    return surface in codes or lex[at - 1].low in _SIGNS or (surface.lower().rstrip(".") in _LETTERS and surface[0].isupper())


@lru_cache(maxsize=4)
def unit_table(folder: Path = BUILT_IN) -> UnitTable:
    """The units of a codebook folder.

    Raises:
        CodebookError: a form stands twice, or a factor is no number.
    """
    path = folder / "units.tsv"
    forms: dict[str, list[tuple[tuple[str, ...], Unit]]] = {}
    codes: dict[str, Unit] = {}
    signs: dict[str, Unit] = {}
    seen: set[str] = set()
    for line, row in read_tsv(path, _COLUMNS):
        if row["form"] in seen:
            raise CodebookError(f"{path}:{line}", detail=f"the form {row['form']} stands twice.")
        seen.add(row["form"])
        unit = Unit(row["unit"], row["kind"], _factor(row["factor"], path, line))
        if row["kind"] == "sign":
            signs[row["form"]] = Unit(row["unit"], "money", None)
        elif row["form"] != row["form"].lower():
            codes[row["form"]] = unit
        else:
            words = split(row["form"])
            forms.setdefault(words[0], []).append((words, unit))
    return UnitTable({word: sorted(entries, key=lambda entry: -len(entry[0])) for word, entries in forms.items()}, codes, signs)


def _factor(text: str, path: Path, line: int) -> float | None:
    try:
        return float(text) if text else None
    except ValueError as error:
        raise CodebookError(f"{path}:{line}", detail=f"the factor {text} is no number.") from error
