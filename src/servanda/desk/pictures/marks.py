"""What every mark of a picture carries: a title, a link to its record, the first of the quotes it was taken from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import quote

from babel.numbers import format_decimal
from fastapi import Request

from servanda.answers.pages import LooksAt
from servanda.desk import dates, geography
from servanda.desk.languages import called, language_of, translations
from servanda.desk.rendering import document_url
from servanda.desk.settings import Language
from servanda.desk.words import cut, place, sentence
from servanda.labels import Labels

Row: TypeAlias = dict[str, Any]
Mark: TypeAlias = dict[str, Any]
SHOWN = 4  # quotes of a mark that are sent with it; its record has them all
LONGEST = 400  # code points of a quote that are sent
NAMED = 3  # participants in a title


@dataclass(slots=True, frozen=True)
class Words:
    """How a reader's language says things: `say` messages, `count` messages of a number, `label` the vocabulary."""

    language: Language
    say: Callable[[str], str]
    count: Callable[[str, str, int], str]
    label: Labels

    @classmethod
    def of(cls, request: Request) -> Words:
        """Those of the reader who asks."""
        language = language_of(request)
        known = translations(language)
        return cls(language, known.ugettext, known.ungettext, Labels(language))

    def date(self, edtf: str | None) -> str:
        """A date in words; that there is none where there is none."""
        return dates.said(edtf, self.language) or self.say("no date")

    def number(self, n: int) -> str:
        """A number as the language writes it: `1.003`, `1,003`."""
        return format_decimal(n, locale=self.language)

    def n(self, n: int) -> dict[str, str]:
        """The number of a message that has one, `%(n)s`."""
        return {"n": self.number(n)}

    def looked_at(self, looked: LooksAt) -> str:
        """Over what was looked: `5 documents, the newest of 17 January 2025`."""
        count, newest = looked
        told = self.count("%(n)s document", "%(n)s documents", count) % self.n(count)
        return told + (self.say(", the newest of %(date)s") % {"date": self.date(newest)} if newest else "")


def quotes(evidence: Sequence[Row]) -> Row:
    """`quotes [{words, source, href}]` and `more`, how many were left out."""
    shown = [{"words": cut(it["quote"] or "", LONGEST), "source": place(it["source"]),
              "href": document_url(it["source"], it["start"], it["end"])} for it in evidence[:SHOWN]]  # fmt: skip
    return {"quotes": shown, "more": max(0, len(evidence) - SHOWN)}


def names(people: Iterable[Row], language: Language) -> str:
    """`Bùi Thanh Sơn, António Guterres +2`."""
    known = list(dict.fromkeys(called(it.get("actor"), it["name"], language) for it in people if it["name"]))
    more = f" +{len(known) - NAMED}" if len(known) > NAMED else ""
    return ", ".join(known[:NAMED]) + more


def engagement_title(row: Row, words: Words) -> str:
    """`Meeting: Bùi Thanh Sơn, António Guterres`; a conference or exercise by its own name, where it has one."""
    told = row["occasion"] or names(row["participants"], words.language) or row["place"] or ""
    kind = sentence(words.label(row["kind"]))
    return f"{kind}: {told}" if told else kind


def undertaking_title(row: Row, language: Language) -> str:
    """`Iran → Bùi Thanh Sơn: what was undertaken`."""
    sides = [names(row[side], language) for side in ("by_actors", "to_actors") if row[side]]
    return ": ".join(part for part in (" → ".join(sides), row["what"]) if part)


def engagement_url(id: str) -> str:
    """The address of an engagement's page."""
    return f"/engagements/{quote(id, safe='')}"


def undertaking_url(id: str) -> str:
    """The address of an undertaking's page."""
    return f"/undertakings/{quote(id, safe='')}"


def engagement_mark(row: Row, words: Words) -> Mark:
    """An engagement as `id, title, href, note, date, edtf, kind, status, quotes, more`."""
    place = geography.told(row["place"] or "", words.language)
    told = [words.label(row["status"]), words.date(row["date"]), place]
    return {"id": row["id"], "title": engagement_title(row, words), "href": engagement_url(row["id"]),
            "note": " · ".join(filter(None, told)), "date": words.date(row["date"]), "edtf": row["date"],
            "kind": row["kind"], "status": row["status"], **quotes(row["evidence"])}  # fmt: skip


def undertaking_mark(row: Row, words: Words) -> Mark:
    """An undertaking the same way; its date is when it is due."""
    told = [words.label(row["kind"]), words.label(row["status"]), words.date(row["due"])]
    evidence = [row["made"], *row["told_again"], *row["evidence"]]
    return {"id": row["id"], "title": undertaking_title(row, words.language), "href": undertaking_url(row["id"]),
            "note": " · ".join(filter(None, told)), "date": words.date(row["due"]), "edtf": row["due"],
            "kind": row["kind"], "status": row["status"], **quotes(evidence)}  # fmt: skip
