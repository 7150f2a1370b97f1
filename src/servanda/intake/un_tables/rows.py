"""From lines to rows, every total on the way checked against the rows it stands for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from servanda.intake.un_tables.layout import Broken, Line
from servanda.intake.un_tables.terms import country_code, personnel_type, plain, terms

SHORTEST = 6  # letters of a name that its cell cut off


class OfficialRow(NamedTuple):
    """One row of a table: so many people of one country and kind in one mission (None: the table has no missions)."""

    as_of: str
    country: str
    country_as_printed: str
    mission: str | None
    personnel_type: str
    male: int
    female: int
    total: int


@dataclass(slots=True)
class Rows:
    """The rows read so far, and where the sums that the next totals stand for begin."""

    as_of: str
    rows: list[OfficialRow] = field(default_factory=list)
    country: str | None = None
    mission: str | None = None
    since: dict[str, int] = field(default_factory=lambda: {"mission": 0, "country": 0, "grand": 0})
    closed: set[str] = field(default_factory=set)
    open_rows: int = 0

    def take(self, line: Line) -> None:
        """A line is a label, a row or a total. Raises Broken where a total does not add up."""
        scope = self._scope(line)
        if scope is not None:
            return self._close(scope, line)
        self.country = line.labels.get("country", self.country)
        self.mission = line.labels.get("mission", self.mission)
        for kind, male, female, total in _figures(line):
            self._add(line, kind, male, female, total)
        return None

    def _scope(self, line: Line) -> str | None:
        """Which total a line is: mission, country, grand; None for a row or a label."""
        if not line.figures or "type" in line.labels:
            return None
        words = [*line.other, *line.labels.values()]
        named = plain(" ".join(words))
        for scope, starts in terms().totals.items():
            if any(named.startswith(start) for start in starts):
                return scope
        if not words or named == "total":
            return "mission" if self.open_rows and not words else "grand"
        if "mission" in line.labels and any("/" in column for column in line.figures):
            return None
        if _names(named.removeprefix("total "), self.mission):
            return "mission"
        if _names(named, self.country):
            return "country"
        raise Broken(f"page {line.page + 1}: a total of {named!r} after rows of {self.mission or ''} {self.country}")

    def _close(self, scope: str, line: Line) -> None:
        part = self.rows[self.since[scope] if scope != "grand" else 0 :]
        for column, printed in line.figures.items():
            kind, _, sex = column.rpartition("/")
            found = sum(getattr(row, sex) for row in part if not kind or row.personnel_type == kind)
            if found != printed:
                name = {"mission": self.mission, "country": self.country}.get(scope) or "all"
                raise Broken(
                    f"page {line.page + 1}: {scope} total of {name}: {column} {printed}, but its rows give {found}"
                )
        self.since["mission"] = len(self.rows)
        if scope == "country":
            self.since["country"] = len(self.rows)
        self.open_rows = 0
        self.closed.add(scope)

    def _add(self, line: Line, kind: str, male: int, female: int, total: int) -> None:
        where = f"page {line.page + 1}"
        if self.country is None:
            raise Broken(f"{where}: a row before any country")
        code, known = country_code(self.country), personnel_type(kind)
        if code is None or known is None:
            unknown = f"kind of personnel {kind!r}" if code else f"country {self.country!r}"
            raise Broken(f"{where}: unknown {unknown}")
        if male + female != total:
            raise Broken(f"{where}: {self.country}, {kind}: {male} and {female} are not {total}")
        self.rows.append(OfficialRow(self.as_of, code, self.country, self.mission, known, male, female, total))
        self.open_rows += 1


def _names(label: str, name: str | None) -> bool:
    """A label is a name, or as much of it as its cell holds."""
    full = plain(name or "")
    return label == full or (len(label) >= SHORTEST and full.startswith(label))


def _figures(line: Line) -> list[tuple[str, int, int, int]]:
    """Kind, men, women, total of a line; several kinds where each has its own columns, those with nobody left out."""
    if "type" in line.labels:
        figures = line.figures
        missing = [c for c in ("male", "female", "total") if c not in figures]
        if missing:
            raise Broken(f"page {line.page + 1}: {line.labels['type']}: no figure under {', '.join(missing)}")
        return [(line.labels["type"], figures["male"], figures["female"], figures["total"])]
    kinds = dict.fromkeys(column.split("/")[0] for column in line.figures if "/" in column)
    found = [(k, line.figures.get(f"{k}/male", 0), line.figures.get(f"{k}/female", 0)) for k in kinds]
    return [(kind, male, female, male + female) for kind, male, female in found if male or female]
