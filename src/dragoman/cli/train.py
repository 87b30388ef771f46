"""`dragoman train`: make the second opinion and the weights of `confidence` again."""

from __future__ import annotations

from pathlib import Path

import typer

from dragoman.codebook import BUILT_IN


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("train")(train)


def train(
    corpus: Path | None = typer.Option(None, exists=True, dir_okay=False, help="JSONL with the reports whose rows were judged: `confidence` is fitted too."),
    codebook: Path = typer.Option(BUILT_IN, help="Folder of codebooks.", show_default=False),
    seed: int = typer.Option(1, help="Of the order in which sentences are seen."),
) -> None:
    """Train the second opinion on the codebooks' sentences, and fit the weights of `confidence` on rows that were read by hand.

    Writes both into the installed package and the codebook folder. The same sentences and seed give the same weights.
    """
    from dragoman.errors import SettingError
    from dragoman.learn import calibrate
    from dragoman.learn.train import learn, save
    from dragoman.run.codebooks import load_codebooks

    known = calibrate.reports(corpus) if corpus else []  # before the minutes that learning takes
    load_codebooks(codebook)
    judge, made = learn(codebook, seed=seed)
    typer.echo(f"{made.predicates} predicates of {made.sentences} sentences (data {made.data[:12]}); type right on held-out sentences: {made.accuracy:.1%}")
    found = calibrate.points(known, judge, codebook) if known else []
    try:
        save(judge, made)
        if found:
            calibrate.write(found, codebook)
    except OSError as error:
        raise SettingError(str(error.filename), detail=f"cannot be written ({error.strerror}).") from error
    if not found:
        typer.echo("dragoman: `confidence` was not fitted to this second opinion; name the judged reports with --corpus", err=True)
        return
    typer.echo(f"{len(found)} judged rows; cross-validated: {calibrate.cross_validated(found)}")
