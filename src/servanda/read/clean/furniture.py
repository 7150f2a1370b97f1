"""Furniture: lines of the page's own rather than of the article, told by how they begin and what they hold."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from servanda.folding import fold
from servanda.lexicon import Lexicon
from servanda.read.clean.words import Words
from servanda.read.page import Page
from servanda.types import NoiseKind, Span
from servanda.vocabulary import PageLine, expand

RULE = re.compile(r"[-_=*~.•·–—]{3,}$")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
BETWEEN = re.compile(r"\s*[|/,•·]\s*|\s{2,}|\t")
HASHTAGS = re.compile(r"#\w+(?:[ ,]+#\w+)*")
FIRST = re.compile(r"[\W\d_]*(\w+)")
ABROAD = re.compile("[\u0370-\u1dff\u2e80-\ud7ff\uf900-\ufdff]")
LONGEST, ROW, SAMPLE = 240, 90, 2000


class Furniture(NamedTuple):
    """What a line is instead of text: kind of noise, reason, rule."""

    kind: NoiseKind
    why: str
    rule: str


def furniture(page: Page, span: Span, words: Words) -> Furniture | None:
    """What a line is if it is the page's own; None where it may be text."""
    if span[1] - span[0] > LONGEST:
        return None
    folded = page.folded[slice(*span)]
    why = _bare(folded, words)
    if why:
        return Furniture("navigation", why, "vi.noise.page")
    return _begun(page, folded) or _in_other_letters(page, folded)


def _bare(folded: str, words: Words) -> str:
    """Why a line is furniture whatever the page is about, or nothing."""
    if folded in words.pages:
        return "line of the page's own"
    if RULE.match(folded):
        return "rule of dashes"
    if ADDRESS.match(folded):
        return "bare address"
    if folded[0] in "©®" or (folded[0] == "#" and HASHTAGS.fullmatch(folded)):
        return "imprint or labels of the page's own"
    if folded.count("|") > 1 and folded[-1] != ".":
        return "row of links"
    if folded[-1] == "." or not any(language in folded for language in words.languages):
        return ""
    items = [item for item in BETWEEN.split(folded) if item]
    if len(items) > 1 and sum(item in words.languages for item in items) > len(items) / 2:
        return "list of languages"
    return ""


def _begun(page: Page, folded: str) -> Furniture | None:
    """What the beginning of a line says it is."""
    first = FIRST.match(folded)
    if first is None:
        return None
    for pattern, entry in _lines(page.lexicon).get(first.group(1), ()):
        if pattern.fullmatch(folded, first.start(1)) and not (entry.items and len(folded) > ROW):
            return Furniture(entry.kind, "begins as a line of the page's own", entry.id)
    return None


def _in_other_letters(page: Page, folded: str) -> Furniture | None:
    """A line mostly in the letters of another script than the page."""
    if not ABROAD.search(folded):
        return None
    sample, letters = page.text[:SAMPLE], sum(map(str.isalpha, folded))
    if len(ABROAD.findall(folded)) * 2 < letters or len(ABROAD.findall(sample)) * 4 > len(sample):
        return None
    return Furniture("spam", "in the letters of another script", "vi.noise.script")


@cache
def _lines(lexicon: Lexicon) -> dict[str, list[tuple[re.Pattern[str], PageLine]]]:
    """By first word, the patterns of the lines that begin with it."""
    found: dict[str, list[tuple[re.Pattern[str], PageLine]]] = {}
    for entry in lexicon.entries("page_lines", PageLine):
        forms = {fold(form) for written in entry.forms for form in expand(written)}
        row = _row(forms) if entry.items else None
        by_first: dict[str, list[str]] = {}
        for form in sorted(forms, key=lambda form: (-len(form), form)):
            by_first.setdefault(FIRST.match(form).group(1), []).append(re.escape(form))  # type: ignore[union-attr]
        for first, those in by_first.items():
            pattern = row or re.compile(rf"(?:{'|'.join(those)})(?!\w)(?:{entry.pattern})[\W_]*")
            found.setdefault(first, []).append((pattern, entry))
    return found


def _row(forms: set[str]) -> re.Pattern[str]:
    """A row of two of the forms or more, with numbers and marks between."""
    item = "|".join(sorted(map(re.escape, forms), key=len, reverse=True))
    return re.compile(rf"(?:(?:{item})(?!\w)[\W\d_]*){{2,}}")
