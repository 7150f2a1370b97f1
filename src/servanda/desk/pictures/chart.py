"""What the press says of a state's peacekeepers, beside the UN's monthly figures. Nothing is ever added up but the rows
of one table of the UN: a claim is a mark of its own, and strengths, cumulative totals and movements never mix."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy import func, select

from servanda.answers import contributions, official
from servanda.answers.asking import asking
from servanda.answers.pages import LooksAt, days
from servanda.desk.languages import country
from servanda.desk.pictures.looks import first_look
from servanda.desk.pictures.marks import Mark, Row, Words, quotes
from servanda.store import Register
from servanda.store.derived import actors, entry_links
from servanda.store.tables import official_figures

DRAWN = 500  # press claims, the newest
MEASURES = ("strength", "cumulative", "movement")


@dataclass(slots=True)
class Figures:
    """Press claims with a number and a year; those of years far from all others; those with a number and no year; the
    UN's rows by date."""

    claims: list[tuple[str, str, Row]]  # first day, last day, row
    far: list[Row]
    unknown: list[Row]
    uncounted: int
    elsewhere: int
    left_out: int
    official: dict[str, list[Row]]
    looked_at: LooksAt


def figures(register: Register, state: str | None, mission: str | None) -> Figures:
    """A state's, in one mission or in all; a claim about one mission is not set beside figures of all."""
    page = contributions(register, state=state, mission=mission, limit=DRAWN)
    rows = [row for row in page.rows if row["count"] is not None]
    here = [row for row in rows if mission or not row["mission"]]
    dated = [(*days(row["date"] or row["published"]), row) for row in here]
    tables: dict[str, list[Row]] = defaultdict(list)
    for row in official(register, state=_code(register, state), mission=_code(register, mission)) if state else ():
        tables[row["as_of"]].append(row)
    claims = sorted((it for it in dated if it[0]), key=lambda it: (it[0], it[1], it[2]["id"]))
    first, last = _years(claims, tables)
    return Figures([it for it in claims if first <= it[0] <= last],
                   [row for day, _, row in claims if not first <= day <= last],
                   [it[2] for it in dated if not it[0]], len(page.rows) - len(rows), len(rows) - len(here),
                   page.total - len(page.rows), dict(tables), page.looked_at)  # fmt: skip


def _years(claims: list[tuple[str, str, Row]], tables: Mapping[str, list[Row]]) -> tuple[str, str]:
    """The first and last day of what is drawn: where most claims and tables are, and every table."""
    days_told = Counter([*(it[0] for it in claims), *tables])
    if not days_told:
        return "", ""
    first, last = first_look(days_told, (min(days_told), max(days_told)))
    return min([first, *tables]), max([last, *tables])


def _code(register: Register, name: str | None) -> str | None:
    """The code under which the UN's tables have a state or a mission: `VN`, `UNISFA`."""
    if name is None:
        return None
    with asking(register) as question:
        a = actors.c
        found = question.rows(select(a.id, a.code).where(a.id.in_(question.known_as(name)), a.code.is_not(None)))
    return str(found[0].code) if found else name.upper() if len(name) == 2 else name


def usual_state(register: Register) -> str | None:
    """The state of which the press tells most figures, else the first of the UN's."""
    c = entry_links.c
    query = select(c.value).where(c.sort == "contribution", c.facet == "contributor", c.value.like("state-%"))
    with asking(register) as question:
        found = question.rows(query.group_by(c.value).order_by(func.count().desc(), c.value).limit(1))
    return str(found[0][0]).removeprefix("state-") if found else next(iter(official_names(register)["states"]), None)


def choices(register: Register) -> dict[str, list[str]]:
    """The states and missions that there are figures of, in the press or in the UN's tables."""
    named: dict[str, set[str]] = {}
    with asking(register) as question:
        for facet, name in (("contributor", "states"), ("mission", "missions")):
            links = select(entry_links.c.value).where(
                entry_links.c.sort == "contribution", entry_links.c.facet == facet
            )
            named[name] = {str(row[0]) for row in question.rows(select(actors.c.name).where(actors.c.id.in_(links)))}
    return {name: sorted(named[name] | set(told)) for name, told in official_names(register).items()}


def official_names(register: Register) -> dict[str, list[str]]:
    """The states and missions of the UN's tables, as these name them."""
    c = official_figures.c
    with register.reading() as connection:
        found = {
            "states": connection.execute(select(c.country).distinct().order_by(c.country)).scalars(),
            "missions": connection.execute(select(c.mission).where(c.mission.is_not(None)).distinct()).scalars(),
        }
        return {name: [str(it) for it in values] for name, values in found.items()}  # fmt: skip


def picture(found: Figures, state: str | None, mission: str | None, words: Words) -> Row:
    """What the browser draws: `claims`, `official`, the `titles` of the panels, and what is missing, in words."""
    return {"claims": [{**claim(row, words), "start": first, "end": last} for first, last, row in found.claims],
            "official": [_table(as_of, rows, state, mission, words) for as_of, rows in found.official.items()],
            "titles": {"strength": words.say("People at a time: the UN's figures, and strengths told by the press"),
                       "cumulative": words.say("Told by the press as totals since a start (not comparable)"),
                       "movement": words.say("Told by the press as a departure or a return")},
            "says": says(found, state, mission, words)}  # fmt: skip


def claim(row: Row, words: Words) -> Mark:
    """A press claim as `id, title, note, date, count, women, measure, href, quotes, more`."""
    women = words.say("%(n)s of them women") % words.n(row["women"]) if row["women"] is not None else None
    who = [it["name"] for it in (row["contributor"], row["mission"]) if it]
    what = row["unit"] or words.label(row["what"])
    note = [words.label(row["measure"]), words.label(row["status"]), women, when(row, words)]
    proof = quotes(row["evidence"])
    return {"id": row["id"], "title": f"{row['count']} · {what} · {', '.join(who)}", "count": row["count"],
            "women": row["women"], "measure": row["measure"], "note": " · ".join(filter(None, note)),
            "date": when(row, words), "href": proof["quotes"][0]["href"], **proof}  # fmt: skip


def when(row: Row, words: Words) -> str:
    """When it is told to have been so; else the day of the page, said to be that."""
    if row["date"] or not row["published"]:
        return words.date(row["date"])
    return words.say("page of %(date)s") % {"date": words.date(row["published"])}


def _table(as_of: str, rows: list[Row], state: str | None, mission: str | None, words: Words) -> Mark:
    total, women = sum(it["total"] for it in rows), sum(it["female"] for it in rows)
    said = [{"words": row_words(it, words), "source": words.say("UN table of %(date)s") % {"date": words.date(as_of)},
             "href": official_url(as_of, state, mission)} for it in rows]  # fmt: skip
    note = words.say("%(n)s of them women") % words.n(women)
    return {"id": as_of, "title": words.say("UN") + f" {words.date(as_of)}: {total}", "count": total, "women": women,
            "start": as_of, "end": as_of, "note": note, "href": official_url(as_of, state, mission),
            "quotes": said, "more": 0}  # fmt: skip


def row_words(row: Row, words: Words) -> str:
    """`UNISFA · Troops: 184, 18 of them women`."""
    place = " · ".join(filter(None, (row["mission"], words.label(row["personnel_type"]))))
    return f"{place}: {row['total']}, " + words.say("%(n)s of them women") % words.n(row["female"])


def official_url(as_of: str, state: str | None, mission: str | None) -> str:
    """The page of the UN's rows of one date."""
    asked = {"as_of": as_of, "state": state, "mission": mission}
    return f"/official?{urlencode({k: v for k, v in asked.items() if v})}"


def says(found: Figures, state: str | None, mission: str | None, words: Words) -> str:
    """Of whom, what is drawn and what is not, in a line."""
    tables, claims, elsewhere = len(found.official), len(found.claims), found.elsewhere
    parts = [words.count("%(n)s table of the UN", "%(n)s tables of the UN", tables) % words.n(tables)]
    parts.append(words.count("%(n)s press claim", "%(n)s press claims", claims) % words.n(claims))
    if elsewhere:
        told = words.count("%(n)s claim is about one mission", "%(n)s claims are about one mission", elsewhere)
        parts.append(told % words.n(elsewhere) + words.say(": choose it"))
    if found.left_out:
        parts.append(words.say("%(n)s older ones are left out") % words.n(found.left_out))
    if found.far:
        told = words.count("%(n)s of a far year is only listed", "%(n)s of far years are only listed", len(found.far))
        parts.append(told % words.n(len(found.far)))
    if found.unknown:
        parts.append(words.say("%(n)s of an unknown year are only listed") % words.n(len(found.unknown)))
    if found.uncounted:
        parts.append(words.say("%(n)s tell no number") % words.n(found.uncounted))
    whose = " · ".join(filter(None, (state and country(state, words.language), mission)))
    return (f"{whose}: " if whose else "") + "; ".join([*parts, words.looked_at(found.looked_at)]) + "."
