"""A brief in words, in either language: headings, one line for each row, and the passages at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from babel.numbers import format_decimal

from servanda.answers.brief import Brief, Line, Section
from servanda.answers.pages import Row
from servanda.desk import geography
from servanda.desk.dates import said
from servanda.desk.languages import called, country, translations
from servanda.desk.navigation import N_
from servanda.desk.reasons import spoken
from servanda.desk.settings import Language
from servanda.desk.words import about, cut, sentence
from servanda.labels import Labels

QUOTE, SOURCE = 200, 400  # characters of a quotation in a line, and at the end
HEADINGS = {
    "meetings": N_("Last meetings"),
    "to_come": N_("Planned or proposed"),
    "we_asked": N_("What %(home)s asked"),
    "they_asked": N_("What %(about)s asked"),
    "they_promised": N_("What %(about)s promised"),
    "we_promised": N_("What %(home)s promised"),
    "together": N_("What both agreed to do"),
    "invitations": N_("Invitations"),
    "done": N_("Help, support and thanks"),
    "agreements": N_("Agreements"),
    "positions": N_("Positions of %(about)s"),
    "figures": N_("Figures in the press"),
    "official": N_("The UN's own figures"),
    "conflicts": N_("Where documents disagree"),
}


@dataclass(slots=True)
class Said:
    """One line: what it says, the page's own words, a remark, and the numbers of its passages."""

    text: str
    quote: str | None = None
    remark: str | None = None
    cited: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """A heading with its lines; `more` says how many are left out."""

    key: str
    heading: str
    lines: list[Said]
    more: str | None = None


@dataclass(slots=True)
class Worded:
    """A brief ready to be set in any format. `sources` are numbered from 1: (what it is, the row).

    `nothing`: of what there is no evidence, and over what was looked.
    """

    language: Language
    title: str
    scope: str
    rests: str
    parts: list[Part]
    nothing: list[str]
    sources: list[tuple[str, Row]]
    sources_heading: str
    note: str


def worded(brief: Brief, language: Language) -> Worded:
    """The brief in one language."""
    return _Wording(brief, language).all()


class _Wording:
    def __init__(self, brief: Brief, language: Language) -> None:
        self.brief, self.language, self.label = brief, language, Labels(language)
        self._: Callable[[str], str] = translations(language).gettext
        home = brief.home["name"] if brief.home else self._("the other side")
        home = called(brief.home["id"], home, language) if brief.home else home
        self.sides = {"about": called(brief.about["id"], brief.about["name"], language), "home": home}
        self.known = {str(brief.about["id"]): self.sides["about"]} | (
            {str(brief.home["id"]): home} if brief.home else {}
        )

    def all(self) -> Worded:
        title = self._("Brief: %(about)s") % self.sides
        return Worded(
            self.language, title, self._scope(), self._rests(),
            [self._part(it) for it in self.brief.sections if it.lines], self._nothing(),
            [(self._source(it), it) for it in self.brief.sources], self._("The words cited"),
            self._("Every line stands on the words it cites; nothing was added up or made up."),
        )  # fmt: skip

    def _scope(self) -> str:
        brief = self.brief
        told = [
            self._("for %(home)s") % self.sides if brief.home else None,
            self._("topic: %(topic)s") % {"topic": self.label(brief.topic)} if brief.topic else self._("all topics"),
            self._("since %(date)s") % {"date": said(brief.since, self.language)} if brief.since else None,
            self._("until %(date)s") % {"date": said(brief.until, self.language)} if brief.until else None,
        ]
        return " · ".join(it for it in told if it)

    def _rests(self) -> str:
        count, newest = self.brief.looked_at
        told = {"count": self._number(count), "newest": said(newest, self.language)}
        known = self._("Rests on %(count)s documents, the newest of %(newest)s.")
        return (known if newest else self._("Rests on %(count)s documents.")) % told

    def _part(self, section: Section) -> Part:
        lines: dict[tuple[str, str], Said] = {}
        for line in map(self._line, section.lines):
            alike = (line.text.casefold(), "" if section.key == "agreements" else (line.quote or "").casefold())
            kept = lines.setdefault(alike, line)
            kept.cited = list(dict.fromkeys([*kept.cited, *line.cited]))
        more = self._more(section) if section.more else None
        return Part(section.key, self._heading(section), list(lines.values()), more)

    def _more(self, section: Section) -> str:
        told = {"count": self._number(section.more)}
        if section.more_than:
            return self._("and more than %(count)s more in the register") % told
        return self._("and %(count)s more in the register") % told

    def _heading(self, section: Section) -> str:
        return self._(HEADINGS[section.key]) % self.sides

    def _nothing(self) -> list[str]:
        count, newest = self.brief.looked_at
        empty = [self._heading(it) for it in self.brief.sections if not it.lines and it.key != "official"]
        told = {"count": self._number(count), "newest": said(newest, self.language), "what": "; ".join(empty)}
        known = self._("No evidence in %(count)s documents, the newest of %(newest)s: %(what)s.")
        found = [(known if newest else self._("No evidence in %(count)s documents: %(what)s.")) % told] if empty else []
        no_table = any(it.key == "official" and not it.lines for it in self.brief.sections)
        if no_table and self.brief.about["kind"] in ("state", "mission"):
            found.append(self._("No table of the UN that is kept here tells of %(about)s.") % self.sides)
        return found

    def _line(self, line: Line) -> Said:
        made: Said = getattr(self, f"_{line.sort}")(line.row)
        made.cited = line.cited
        if line.row.get("asserted_by") and not _own_words(line.row):
            told = self._("according to %(name)s") % {"name": line.row["asserted_by"]}
            made.remark = f"{made.remark}; {told}" if made.remark else told
        decided = [f"{self.label(it['kind'])}: {it['by']}, {it['at'][:10]}" for it in line.row.get("judged") or ()]
        made.remark = "; ".join(filter(None, [made.remark, *decided])) or None
        return made

    def _engagement(self, row: Row) -> Said:
        what = row["occasion"] or sentence(self.label(row["form"] or row["kind"]))
        status = "" if row["status"] == "held" else f" ({self.label(row['status'])})"
        place = geography.told(row["place"] or "", self.language)
        where = f", {place}" if place and place not in {self._name(it) for it in row["participants"]} else ""
        return Said(
            f"{self._day(row['date'])}{where}: {what}{status}: {self._parties(row['participants'])}", _words(row)
        )

    def _undertaking(self, row: Row) -> Said:
        when = {"date": said(row["due"], self.language)}
        due = self._("due %(date)s") % when if row["due"] else self._("no due date")
        who = _to(self._parties(row["by_actors"]) or self._("nobody named"), self._parties(row["to_actors"]))
        history = row["history"][-1] if row["history"] and row["status"] == "overdue" else None
        remark = f"{due}; {self._reason(history)}" if history else f"{self.label(row['status'])}, {due}"
        return Said(f"{who}: {self.label(row['kind'])}", cut(row["made"]["quote"], QUOTE), remark)

    def _act(self, row: Row) -> Said:
        who = _to(self._name(row["speaker"]) or self._("nobody named"), self._name(row["addressee"]))
        return Said(f"{who}: {self.label(row['type'])}", _words(row))

    def _agreement(self, row: Row) -> Said:
        parties = self._parties(row["parties"])
        told = f"{self._day(row['date'])}: {row['name']} ({self.label(row['status'])})"
        return Said(f"{told}: {parties}" if parties else told, _words(row))

    def _position(self, row: Row) -> Said:
        return Said(self._name(row["speaker"]) or self._("nobody named"), _words(row))

    def _contribution(self, row: Row) -> Said:
        what = row["unit"] or self.label.counted(row["count"], row["what"])
        counted = f"{self._number(row['count'])} {what}" if row["count"] is not None else what
        women = f", {row['women']} {self.label('women').lower()}" if row["women"] is not None else ""
        who = _to(self._name(row["contributor"]) or self._("nobody named"), self._name(row["mission"]))
        remark = f"{self.label(row['status'])}, {self.label(row['measure'])}"
        return Said(f"{self._day(row['date'] or row.get('published'))}: {who}: {counted}{women}", _words(row), remark)

    def _official(self, row: Row) -> Said:
        where = row["mission"] or self._("that table gives no mission")
        who = f"{country(row['country'], self.language)}, {where}" if self.brief.about["kind"] == "mission" else where
        told = {"total": self._number(row["total"]), "female": self._number(row["female"])}
        counted = self._("%(total)s, of them %(female)s women") % told
        return Said(f"{said(row['as_of'], self.language)}: {who}: {self.label(row['personnel_type'])}: {counted}")

    def _conflict(self, row: Row) -> Said:
        told = dict.fromkeys(self._value(row["property"], it["value"]) for it in row["values"])
        preferred = self._value(row["property"], row["preferred"])
        told_why = {"value": preferred, "reason": self._reason(row["reason"])}
        remark = self._("preferred: %(value)s (%(reason)s)") % told_why
        return Said(f"{about(row, self.label)}, {self.label(row['property'])}: {' / '.join(told)}", None, remark)

    def _value(self, property: str, value: str) -> str:
        if property in ("date", "due"):
            return said(value, self.language)
        return self.label(value) if property in ("status", "kind") else value

    def _day(self, edtf: str | None) -> str:
        return sentence(said(edtf, self.language)) if edtf else self._("No date")

    def _parties(self, them: Iterable[Row]) -> str:
        told = (f"{self._name(it)} ({self.label(it['role'])})" if it.get("role") else self._name(it) for it in them)
        return ", ".join(dict.fromkeys(told))

    def _name(self, actor: Row | None) -> str:
        """The two sides by one name each, however a page spells them."""
        if actor is None:
            return ""
        side = self.known.get(str(actor.get("actor")))
        return side or called(actor.get("actor"), str(actor["name"] or ""), self.language)

    def _number(self, n: int) -> str:
        return format_decimal(n, locale=self.language)

    def _reason(self, told: str) -> str:
        return spoken(told, self.language) or told

    def _source(self, row: Row) -> str:
        about = [row.get("title"), row.get("publisher"), said(row.get("published"), self.language)]
        told = ", ".join(str(it) for it in about if it)
        where = f"{row['source']} [{row['start']}–{row['end']}]"
        return f"{told}. {where}" if told else where


def _own_words(row: Row) -> bool:
    """Whoever says it is whose word it is: that needs no second telling."""
    by = [row.get("speaker"), *(row.get("by_actors") or ())]
    return any(it and it.get("name") == row["asserted_by"] for it in by)


def _words(row: Row) -> str | None:
    return cut(row["evidence"][0]["quote"], QUOTE) if row.get("evidence") else None


def _to(first: str, second: str) -> str:
    return f"{first} → {second}" if second else first
