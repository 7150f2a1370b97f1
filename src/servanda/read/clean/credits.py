"""Credits: the names of photographers, agencies and authors that stand after captions and at the end of articles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from servanda.read.clean.words import Words
from servanda.read.page import Page
from servanda.vocabulary import NoiseRule

TOKEN = re.compile(r"[^\s/()]+|/|[()]")
COLON = re.compile(r"\s{0,2}:\s*")
NAME_TOKENS = 5
INSIDE = 110


@dataclass(slots=True)
class Credit:
    """A credit in running text. `intro` is true where the word heads a caption itself (`Ảnh: …` before a clause)."""

    start: int
    end: int
    rule: str
    intro: bool = False


def credits_of(page: Page, openings: frozenset[str], words: Words) -> list[Credit]:
    """Every photo or source credit of the page, in order and without overlap."""
    found: list[Credit] = []
    reach = -1
    for hit in page.longest("noise"):
        if isinstance(hit.entry, NoiseRule) and hit.entry.role in ("photo", "clip") and hit.start >= reach:
            credit = _credit(page, hit.start, hit.end, hit.entry.id, openings, words)
            if credit:
                found.append(credit)
                reach = credit.end
    return found


def _credit(page: Page, start: int, end: int, rule: str, openings: frozenset[str], words: Words) -> Credit | None:
    text = page.text
    before = text[max(0, start - 3) : start].rstrip()
    if before.endswith("("):
        return _bracketed(text, start, end, rule)
    colon = COLON.match(text, end)
    if not colon:
        return _uncoloned(page, start, end, rule, openings, words)
    if "\n" in colon.group():
        return None
    stop = name_end(text, colon.end(), openings, words, film=rule.endswith("clip"))
    if stop == colon.end():
        return Credit(start, start, rule, intro=True) if text[start].isupper() and _fresh(text, start) else None
    return Credit(_lead(text, start), stop, rule)


def _fresh(text: str, start: int) -> bool:
    """A sentence or line could start here."""
    before = text[max(0, start - 3) : start].rstrip(" ")
    return not before or before[-1] in '\n.!?…”")'


def _bracketed(text: str, start: int, end: int, rule: str) -> Credit | None:
    close = text.find(")", end, end + INSIDE)
    line = text.find("\n", end, close if close >= 0 else end + INSIDE)
    if close < 0 or line >= 0:
        return None
    after = text[end:close].strip()
    if not (after == "" or after[0] == ":" or after[0].isupper() or len(after.split()) < 4):
        return None
    opened = text.rfind("(", max(0, start - 3), start)
    close += 1
    if text[close : close + 1] == "." and text[close + 1 : close + 2] in ("", " ", "\n"):
        close += 1
    return Credit(opened, close, rule)


def _uncoloned(page: Page, start: int, end: int, rule: str, openings: frozenset[str], words: Words) -> Credit | None:
    """`Ảnh VGP/…`, `Ảnh minh họa.`: without a colon only an agency, or the end of the sentence after a fixed phrase."""
    text = page.text
    if not text[start].isupper() or (rule.endswith("clip") and " " not in page.folded[start:end]):
        return None
    if text[end : end + 1] == " ":
        stop = name_end(text, end + 1, openings, words, agency=True)
        if stop > end + 1:
            return Credit(_lead(text, start), stop, rule)
    if " " in text[start:end] and _fresh(text, start) and text[end : end + 1] in ("", ".", "\n"):
        return Credit(_lead(text, start), end + (text[end : end + 1] == "."), rule)
    return None


def _lead(text: str, start: int) -> int:
    """The start with the dash or blank before the credit, but not the full stop of the caption."""
    while start and text[start - 1] in " -–—|\t":
        start -= 1
    return start


def name_end(
    text: str, start: int, openings: frozenset[str], words: Words, *, agency: bool = False, film: bool = False
) -> int:
    """Where a name of a person, an agency or both ends that starts here; `start` where none does.

    A capitalised word before one in lower case opens the next sentence, unless the name has only begun. After an
    agency's name only what a slash or a dash joins goes on.
    """
    line = text.find("\n", start)
    found = list(TOKEN.finditer(text, start, min(start + 90, line if line >= 0 else len(text))))
    if not found or (agency and not _is_agency(found, words)):
        return start
    body = not film and found[0].group().lower() in words.bodies and len(found) > 1
    return _name_end(text, start, found, openings, words, body)


def _is_agency(found: list[re.Match[str]], words: Words) -> bool:
    first = found[0].group().rstrip(".,").lower()
    return first in words.agencies or "-" in first or (len(found) > 1 and found[1].group() == "/")


def _name_end(
    text: str, start: int, found: list[re.Match[str]], openings: frozenset[str], words: Words, body: bool
) -> int:
    stop, taken, joined, said = start, 0, False, False
    for index, token in enumerate(found):
        word = token.group()
        if word in "/-–&":
            joined = True
            continue
        after = found[index + 1].group() if index + 1 < len(found) else ""
        plain = word.rstrip(".,;:")
        if body and taken and word[0].islower():
            stop = token.end()
        else:
            known = plain.lower() in words.agencies
            starts = _opens(word, after, known) and not (body and taken < 2)
            if word in "()" or not (known or _capital(word)) or (taken == 0 and starts and not word.endswith(".")):
                break
            if taken and not joined and after != "/" and (said or plain in openings or starts):
                break
            stop, taken, said = token.end(), taken + 1, known
        joined = word.endswith(("-", "–"))
        if _closes(text, token, after) or taken >= NAME_TOKENS:
            break
        if word[-1] in ",;" and not (after and after.rstrip(".").lower() in words.agencies):
            return stop - 1
    return stop


def _capital(word: str) -> bool:
    return word[0].isupper() or (word[0].isdigit() and word[:-1].isalnum() and not word.isdigit()) or word[0] in "@"


def _opens(word: str, after: str, known: bool) -> bool:
    """A capitalised word right before a lower-case word or a number: the first of a sentence."""
    return not known and bool(after) and (after[0].islower() or after[0].isdigit()) and word[-1] not in ".,"


def _closes(text: str, token: re.Match[str], after: str) -> bool:
    """A full stop that ends the credit rather than an initial."""
    word = token.group()
    if not word.endswith("."):
        return False
    initials = len(word.rstrip(".").split(".")[-1]) == 1
    return not initials or not after or not after[0].isupper() or token.end() >= len(text)
