"""Citations that outlive a re-reading: what was cited, where its words stand now, and how it is written down.

A citation is known by the record's key and by its place in one text (`KEY.TEXT.START.END`, TEXT the text's id). The
register keeps every text it ever read, so the words can always be shown, and looked for in the text that replaced it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Literal

from rapidfuzz.fuzz import partial_ratio_alignment

from servanda.folding import bare, fold
from servanda.keep.when import when

State = Literal["stands", "moved", "changed", "unread", "gone", "withdrawn"]
FORMATS = ("text", "markdown", "bibtex", "csl-json")
ID = re.compile(r"([0-9a-f]{16})\.([0-9a-f]{16})\.(\d{1,9})\.(\d{1,9})")
LIKE = 85.0  # likeness, of 100, of words that were only reworded
LONGEST = 4000  # code points of words that are looked for reworded
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "_": r"\_",
       "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}  # fmt: skip
MARKS = re.compile(r"([\\`*_\[\]<>#|])")


@dataclass(slots=True, frozen=True)
class Cited:
    """What is cited: the words of a record (`key`) in one text (`document`, its id; `start`..`end` code points)."""

    key: str
    document: str
    start: int
    end: int

    @property
    def id(self) -> str:
        """The permanent id."""
        return f"{self.key}.{self.document}.{self.start}.{self.end}"


def parsed(id: str) -> Cited | None:
    """What a permanent id cites; None where it is none."""
    found = ID.fullmatch(id)
    if found is None or int(found[3]) >= int(found[4]):
        return None
    return Cited(found[1], found[2], int(found[3]), int(found[4]))


def find_again(words: str, start: int, text: str) -> tuple[State, int, int]:
    """Where words that stood at `start` of an older text stand in a newer one: moved, changed or gone, and the place.

    The same words nearest to where they stood; else the same but for accents, case and spaces; else reworded.
    """
    place = _nearest(text, words, start)
    if place >= 0:
        return "moved", place, place + len(words)
    folded = re.compile(r"\s+".join(re.escape(bare(it)) for it in fold(words).split()) or r"(?!)")
    near = min(folded.finditer(bare(text)), key=lambda it: abs(it.start() - start), default=None)
    if near is not None:
        return "moved", near.start(), near.end()
    found = partial_ratio_alignment(words, text, score_cutoff=LIKE) if len(words) <= LONGEST else None
    if found is None or not found.score:
        return "gone", 0, 0
    return "changed", found.dest_start, found.dest_end


def _nearest(text: str, words: str, start: int) -> int:
    after, before = text.find(words, start), text.rfind(words, 0, start + len(words))
    places = [place for place in (after, before) if place >= 0]
    return min(places, key=lambda place: abs(place - start), default=-1)


def written(row: dict[str, Any], kind: str, *, link: str) -> str | dict[str, Any]:
    """A citation as text, Markdown, BibTeX, or (a dict) CSL-JSON.

    `row`: `id, quote, source, start, end` and what is known of the document: `title, publisher, published, url,
    language`. `link`: where it is found again.
    """
    if kind == "csl-json":
        return _csl(row, link)
    return {"text": _text, "markdown": _markdown, "bibtex": _bibtex}[kind](row, link)


def _quote(row: dict[str, Any]) -> str:
    return " ".join(str(row["quote"]).split())


def _about(row: dict[str, Any]) -> list[str]:
    return [str(row[name]) for name in ("title", "publisher", "published") if row.get(name)]


def _place(row: dict[str, Any]) -> str:
    return f"{row.get('url') or row['source']}, {row['start']}–{row['end']}"


def _text(row: dict[str, Any], link: str) -> str:
    return f"“{_quote(row)}” {'. '.join(_about(row))}{'. ' if _about(row) else ''}{_place(row)}. {link}"


def _markdown(row: dict[str, Any], link: str) -> str:
    def plain(words: str) -> str:
        return MARKS.sub(r"\\\1", words)

    named = [
        str(row.get("title") or row["source"]),
        *(str(row[it]) for it in ("publisher", "published") if row.get(it)),
    ]
    told = ", ".join(plain(it) for it in named)
    where = str(row.get("url") or "")
    shown = f"[{told}](<{where}>)" if re.fullmatch(r"https?://[^\s<>]+", where) else told
    return f"> {plain(_quote(row))}\n>\n> {shown}, {row['start']}–{row['end']} ([Servanda]({link}))"


def _bibtex(row: dict[str, Any], link: str) -> str:
    def tex(words: str) -> str:
        return "".join(TEX.get(c, c) for c in words if c.isprintable())

    day = when(row.get("published"))
    told = {
        "title": tex(str(row.get("title") or _quote(row)[:80])), "organization": tex(str(row.get("publisher") or "")),
        "url": tex(str(row.get("url") or "")), "note": tex(f"“{_quote(row)}” {_place(row)}"), "howpublished": tex(link),
    }  # fmt: skip
    if day is not None and not day.yearless:
        told |= {"year": str(day.first.year)} | ({"month": MONTHS[day.first.month - 1]} if day.days <= 31 else {})
    lines = [f"  {name} = {value if name == 'month' else '{' + value + '}'}," for name, value in told.items() if value]
    return "@misc{" + _name(row) + ",\n" + "\n".join(lines) + "\n}"


def _name(row: dict[str, Any]) -> str:
    """What the entry is called: of the publisher, the year and the key."""
    first = re.sub(r"[^a-z0-9]", "", bare(str(row.get("publisher") or "servanda")))[:12] or "servanda"
    year = str(row.get("published") or "")[:4]
    return f"{first}{year if year.isdecimal() else ''}_{str(row['id'])[:8]}"


def _csl(row: dict[str, Any], link: str) -> dict[str, Any]:
    day = when(row.get("published"))
    told: dict[str, Any] = {
        "id": row["id"], "type": "webpage" if row.get("url") else "document", "title": row.get("title"),
        "container-title": row.get("publisher"), "URL": row.get("url") or link, "language": row.get("language"),
        "note": f"“{unicodedata.normalize('NFC', _quote(row))}” {_place(row)}", "archive_location": link,
    }  # fmt: skip
    if day is not None and not day.yearless:
        first = [day.first.year, day.first.month, day.first.day]
        told["issued"] = {"date-parts": [first[: 3 if day.days == 1 else 2 if day.days <= 31 else 1]]}
    return {name: value for name, value in told.items() if value}
