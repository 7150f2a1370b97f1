"""Clean: what on the page is not the article, the kind and reason of each span; headline and date of publication."""

from __future__ import annotations

from servanda.read.clean.body import body_noise
from servanda.read.clean.header import read_header
from servanda.read.clean.layout import lines_of
from servanda.read.clean.words import words
from servanda.read.page import Page
from servanda.types import Noise


def clean(page: Page) -> list[Noise]:
    """The noise of the page in order, without overlaps; also sets `page.title` and `page.published`."""
    known, lines = words(page.lexicon), lines_of(page.text)
    header = read_header(page, lines, known)
    page.title, page.published = header.title, header.published
    return _apart([*header.noise, *body_noise(page, header, lines, known)])


def _apart(found: list[Noise]) -> list[Noise]:
    """In order, each cut where an earlier one ends; what is wholly covered falls away."""
    kept: list[Noise] = []
    for noise in sorted(found, key=lambda n: (n.start, -n.end)):
        if kept and noise.start < kept[-1].end:
            noise.start = kept[-1].end
        if noise.end > noise.start:
            kept.append(noise)
    return kept


__all__ = ["clean"]
