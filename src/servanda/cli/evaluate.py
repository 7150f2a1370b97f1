"""`servanda evaluate`: the reader's figures on gold readings of one's own."""

from __future__ import annotations

import json
from pathlib import Path

import click

from servanda.evaluate import FACETS, Comparison, Figures, compare_folder, reliability, summarise


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--errors", is_flag=True, help="List every missed and every wrong fact first.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
def evaluate(folder: Path, errors: bool, as_json: bool) -> None:
    """Read the texts of FOLDER and score the readings against the gold beside them.

    FOLDER holds NAME.txt and NAME.json for each document. Printed are precision, recall and F1 by facet, over all
    documents together, and how far the confidence of a fact can be trusted.
    """
    compared = list(compare_folder(folder))
    if errors:
        for name, comparison in compared:
            for error in comparison.errors:
                click.echo(f"{name}: {error}")
    comparisons = [comparison for _, comparison in compared]
    figures = summarise(comparisons)
    click.echo(json.dumps(as_object(figures, comparisons)) if as_json else as_table(figures, comparisons))


def as_table(figures: Figures, comparisons: list[Comparison]) -> str:
    """The figures and the reliability of confidence, for people."""
    lines = [f"{figures.documents} documents", f"{'facet':15}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'read':>7}"]
    for facet in (f for f in (*FACETS, "addressees") if f in figures.facets):
        figure = figures.facets[facet]
        lines.append(f"{facet:15}" + "".join(f"{x:7.3f}" for x in figure[:3]) + f"{figure.gold:7}{figure.read:7}")
    low, high = figures.spread
    lines.append(f"overall F1 {figures.overall:.3f} (mean of the ten; 95% of resamples {low:.3f} to {high:.3f})")
    return "\n".join([*lines, "", *_reliability(comparisons)])


def _reliability(comparisons: list[Comparison]) -> list[str]:
    rows = [
        f"{f'{b.low:.2f} to {b.high:.2f}':15}{b.facts:7}{b.share:7.3f}{b.right:7.3f}" for b in reliability(comparisons)
    ]
    return [f"{'confidence':15}{'facts':>7}{'share':>7}{'right':>7}", *rows, _sure(comparisons)]


def _sure(comparisons: list[Comparison]) -> str:
    verdicts = [(confidence, right) for c in comparisons for _, confidence, right in c.verdicts]
    sure = [right for confidence, right in verdicts if confidence >= 0.9]
    if not sure:
        return "no fact has a confidence of 0.9 or more"
    return f"{len(sure) / len(verdicts):.1%} of facts have 0.9 or more; {sum(sure) / len(sure):.1%} of those are right"


def as_object(figures: Figures, comparisons: list[Comparison]) -> dict[str, object]:
    """The figures as one JSON object."""
    facets = {name: {k: v for k, v in f._asdict().items() if k != "read"} for name, f in figures.facets.items()}
    return {**facets, "overall": figures.overall, "reliability": [b._asdict() for b in reliability(comparisons)]}
