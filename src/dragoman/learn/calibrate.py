"""Fits the weights of `codebooks/confidence.yaml` on rows that were read by hand.

`judged.tsv` names each row by the article's id and the hash of its text, the trigger's characters and the type that was coded, and says whether
a careful reader would code that type there; the articles themselves (English Wikinews, CC BY 2.5) are not part of the project. Rows that today's
rules no longer make do not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dragoman.annotate.columns import Annotations
from dragoman.annotate.english import DEFAULT_MODEL, annotate
from dragoman.code.confidence import Traced, log_odds, signals
from dragoman.code.events import load_coder, trace
from dragoman.codebook import BUILT_IN, boilerplate, fingerprint, read_tsv
from dragoman.errors import SettingError
from dragoman.extract import actors, places, roster
from dragoman.intake.jsonl import parse_line
from dragoman.learn.softmax import WEIGHTS, Softmax
from dragoman.learn.words import features, hashed
from dragoman.records import Article

if TYPE_CHECKING:
    from numpy.typing import NDArray

JUDGED = Path(__file__).parent / "judged.tsv"
Verdicts = Mapping[tuple[int, int, str], bool]
COLUMNS = ("article", "sha256", "start", "end", "type", "right")
# Pull of every weight but the base towards nothing; of {3, 10, 30} the best by cross-validation.
_PULL = 10.0
_ROUNDS = 60
_FOLDS = 6

_HEADER = """\
# How much each signal says about a row's type being right (dragoman.code.confidence). confidence = 1 / (1 + exp(-score)), where
# score = base + opinion * log odds of the second opinion for the row's type + the weights of the signals that hold.
# Fitted by ridge regression on rows of English Wikinews reports (CC BY 2.5) that were read by hand (dragoman/learn/judged.tsv):
# {rows} rows of {articles} reports, {right:.1%} with the right type. Cross-validated by report: {quality}.
# Made by `dragoman train --corpus FILE`, or with the present second opinion by `python benchmarks/quality/curve.py --fit FILE`.
"""


@dataclass(frozen=True, slots=True)
class Point:
    """A row with what is known of it, and whether its type is right."""

    article: str
    opinion: float
    signals: tuple[str, ...]
    right: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """The base, the weight of the second opinion's log odds, and the signals' weights."""

    base: float
    opinion: float
    weights: Mapping[str, float]

    def of(self, point: Point) -> float:
        """The probability that the point's type is right."""
        score = self.base + self.opinion * point.opinion + sum(self.weights.get(name, 0.0) for name in point.signals)
        return float(1 / (1 + np.exp(-score)))


@dataclass(frozen=True, slots=True)
class Quality:
    """How good probabilities are: area under the ROC curve, Brier score, expected calibration error (ten equal parts)."""

    auc: float
    brier: float
    ece: float

    def __str__(self) -> str:
        return f"AUC {self.auc:.3f}, Brier score {self.brier:.3f}, calibration error {self.ece:.3f}"


def judged(path: Path = JUDGED) -> dict[tuple[str, str], dict[tuple[int, int, str], bool]]:
    """Article id and hash of its text -> (start, end, type) -> whether the type is right."""
    found: dict[tuple[str, str], dict[tuple[int, int, str], bool]] = {}
    for _, row in read_tsv(path, COLUMNS):
        found.setdefault((row["article"], row["sha256"]), {})[int(row["start"]), int(row["end"]), row["type"]] = row["right"] == "1"
    return found


def reports(corpus: Path) -> list[Article]:
    """The judged reports among the articles of a corpus (JSON lines).

    Raises:
        InputError: a line is no article.
        SettingError: the corpus has none of the judged reports, or none with the text that was judged.
    """
    wanted = judged()
    lines = ((number, line) for number, line in enumerate(corpus.read_bytes().splitlines(), 1) if line.strip())
    articles = (parse_line(line, f"{corpus}:{number}") for number, line in lines)
    known = [article for article in articles if _key(article) in wanted]
    if not known:
        raise SettingError(str(corpus), detail=f"none of the judged reports is here; {JUDGED.name} names them by id and hash of their text.")
    return known


def points(known: Sequence[Article], judge: Softmax, folder: Path = BUILT_IN, model: str = DEFAULT_MODEL) -> list[Point]:
    """The judged rows of some reports that today's rules make."""
    wanted = judged()
    coder, people, gazetteer = load_coder(folder, settled=False), roster.load(folder), places.load_gazetteer(folder)
    found: list[Point] = []
    for article, notes in annotate(known, boilerplate(folder), model):
        rows = trace(article, notes, actors.read(article, notes, people), places.read(article, notes, gazetteer), coder)
        found += _points(notes, rows, article.id, wanted[_key(article)], judge)
    return found


def _key(article: Article) -> tuple[str, str]:
    return article.id, article.sha256[:16]


def _points(notes: Annotations, rows: Iterable[Traced], article: str, verdicts: Verdicts, judge: Softmax) -> Iterator[Point]:
    for event, also in rows:
        right = verdicts.get((event.trigger.start, event.trigger.end, event.type))
        if right is not None:
            shares = judge.probabilities(hashed(features(notes, event.head), judge.size))
            yield Point(article, log_odds(shares[event.type]), signals(event, also), right)


def fit(found: Sequence[Point], pull: float = _PULL) -> Fit:
    """Ridge regression by Newton's method; only signals that some row has get a weight."""
    names = sorted({name for point in found for name in point.signals})
    table = np.array([[name in point.signals for name in names] + [point.opinion, 1.0] for point in found], dtype=np.float64)
    right = np.array([point.right for point in found], dtype=np.float64)
    weights = np.zeros(table.shape[1])
    held = np.array([pull] * len(names) + [1e-3, 1e-6])
    for _ in range(_ROUNDS):
        shares = 1 / (1 + np.exp(-table @ weights))
        gradient = table.T @ (shares - right) + held * weights
        weights -= np.linalg.solve((table * (shares * (1 - shares))[:, None]).T @ table + np.diag(held), gradient)
    return Fit(float(weights[-1]), float(weights[-2]), dict(zip(names, map(float, weights), strict=False)))


def cross_validated(found: Sequence[Point]) -> Quality:
    """The quality on articles that the weights were not fitted on."""
    return quality(held_out(found))


def held_out(found: Sequence[Point]) -> list[tuple[float, bool]]:
    """For each row the probability by weights fitted on other articles, and whether its type is right."""
    fold = {article: number % _FOLDS for number, article in enumerate(sorted({point.article for point in found}))}
    said: list[tuple[float, bool]] = []
    for number in range(_FOLDS):
        rest = fit([point for point in found if fold[point.article] != number])
        said += [(rest.of(point), point.right) for point in found if fold[point.article] == number]
    return said


def quality(said: Iterable[tuple[float, bool]]) -> Quality:
    """How well probabilities fit what was right."""
    pairs = sorted(said, key=lambda pair: pair[0])
    shares, right = np.array([share for share, _ in pairs]), np.array([hit for _, hit in pairs], dtype=np.float64)
    parts = np.array_split(np.arange(len(pairs)), 10)
    ece = sum(len(part) * abs(shares[part].mean() - right[part].mean()) for part in parts if len(part)) / len(pairs)
    return Quality(_auc(shares, right), float(((shares - right) ** 2).mean()), float(ece))


def _auc(shares: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """How often a right row is surer than a wrong one; ties count half."""
    wrong, hits = shares[right == 0], shares[right == 1]
    if not len(wrong) or not len(hits):
        return float("nan")
    above = (hits[:, None] > wrong[None, :]).mean() + 0.5 * (hits[:, None] == wrong[None, :]).mean()
    return float(above)


def write(found: Sequence[Point], folder: Path = BUILT_IN) -> Fit:
    """Fit the weights, and write them into `confidence.yaml` with how good they are."""
    fitted = fit(found)
    share = sum(point.right for point in found) / len(found)
    head = _HEADER.format(rows=len(found), articles=len({point.article for point in found}), right=share, quality=cross_validated(found))
    body = [f"fitted_with: {fingerprint(WEIGHTS)}", f"base: {fitted.base:.3f}", f"opinion: {fitted.opinion:.3f}", "told: 0.15", "weights:"]
    body += [f"  {name}: {value:.3f}" for name, value in sorted(fitted.weights.items())]
    (folder / "confidence.yaml").write_text(head + "\n".join(body) + "\n", encoding="utf-8")
    return fitted
