"""`servanda review`: one question at a time, its words in context, single keys; and what was decided so far."""

from __future__ import annotations

import getpass
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click
from rich.text import Text

from servanda.cli.options import asking, register_option
from servanda.cli.output import console, print_json
from servanda.cli.register import Columns, answer
from servanda.errors import NotFound, Overtaken, ServandaError
from servanda.labels import Labels
from servanda.review import Choice, Question, decide, doubt, entry_row, judgement_rows, open_questions, question, undo
from servanda.review.questions import STATUSES, Part
from servanda.store import Register, extent, open_register

LONGEST = 2000  # code points of a quotation on the screen
HIDDEN = ("told", "asserted_via", "role")
KEYS = {
    "c": ("confirmed", "confirm"), "r": ("rejected", "reject"), "e": ("corrected", "correct a field"),
    "s": ("same", "the same"), "a": ("not_same", "not the same"), "t": ("status", "set its status"),
    "x": ("not_outcome", "not its outcome"), "k": ("renew", "stand by it"), "b": ("undo", "take it back"),
}  # fmt: skip
ALWAYS = {"n": "next", "u": "undo my last", "q": "quit"}


def named_option(command: Any) -> Any:
    """`--by NAME`: who decides; else SERVANDA_BY, else the user of this machine."""
    return click.option("--by", metavar="NAME", help="Who decides; else SERVANDA_BY, else your user name.")(command)


def who(by: str | None) -> str:
    """The name under which a decision is kept."""
    return by or os.environ.get("SERVANDA_BY") or getpass.getuser()


@click.command("review")
@click.option("--about", metavar="KIND", help="Only these: undertaking, outcome, merge, people, judgement, act …")
@click.option("--question", "address", metavar="QUESTION", help="Only this one, whether it is open or decided.")
@click.option("--undo", "number", type=int, metavar="ID", help="Take the decision of this number back, and stop.")
@named_option
@asking
def review_command(
    about: str | None,
    address: str | None,
    number: int | None,
    by: str | None,
    register: str | None,
    as_json: bool,
    lang: str | None,
) -> None:
    """Look at what may be wrong, the most harmful first, and decide by single keys; each decision keeps who and when.

    \b
    Examples: servanda review --by "Nguyễn Lan"
              servanda review --json
              servanda review --about people
              servanda review --undo 12
    """  # fmt: skip
    labels = Labels(lang)
    with open_register(register) as opened:
        if number is not None:
            click.echo(f"{number}: {labels(undo(opened, number, by=who(by)).kind)}: {labels('undo')}")
            return
        asked = open_questions(opened)
        entries = [it for it in asked.entries if about in (None, it.about) and address in (None, it.address)]
        if as_json:
            print_json(map(entry_row, entries))
            return
        if address and not entries:
            entries = [question(opened, address).entry]
        if not entries:
            answer([], {}, False, labels, asked.looked_at)
            return
        _Session(opened, [it.address for it in entries], who(by), labels).run()


@click.command("judgements")
@click.option("--of", "key", metavar="ID", help="Only those on this record.")
@click.option("--all", "everything", is_flag=True, help="Also those taken back.")
@asking
def judgements_command(
    key: str | None, everything: bool, register: str | None, as_json: bool, lang: str | None
) -> None:
    """What people decided, on which words, who and when; the newest first.

    Example: servanda judgements --all
    """
    labels = Labels(lang)
    with open_register(register) as opened:
        rows, looked_at = judgement_rows(opened, about=key, undone=everything or as_json), extent(opened)
    columns: Columns = {
        "judgement": lambda it: it["id"],
        "kind": lambda it: labels(it["kind"]) if not it["undone_at"] else f"{labels(it['kind'])} ({labels('undo')})",
        "name": lambda it: " ".join(str(v) for v in (it["property"], labels(it["value"])) if v),
        "by": lambda it: it["by"],
        "at": lambda it: it["at"],
        "reason": lambda it: it["reason"],
        "source": lambda it: it["saw"][0]["source"] if it["saw"] else it["subject"],
        "quote": lambda it: it["saw"][0]["quote"] if it["saw"] else None,
    }
    answer(rows, columns, as_json, labels, looked_at)


@dataclass(slots=True)
class _Session:
    """One person before the queue."""

    register: Register
    addresses: list[str]
    by: str
    labels: Labels
    last: int | None = None
    said: str = ""

    def run(self) -> None:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise click.UsageError("review asks at a terminal; elsewhere: servanda review --json, servanda judge")
        at = 0
        while 0 <= at < len(self.addresses):
            step = self._ask(at)
            if step is None:
                break
            at += step
        console().print(self.labels("nothing_to_review", documents=extent(self.register)[0])
                        if at >= len(self.addresses) else "")  # fmt: skip

    def _ask(self, at: int) -> int | None:
        try:
            asked = question(self.register, self.addresses[at])
        except NotFound:  # settled meanwhile
            return 1
        click.clear()
        self._show(asked, at)
        return self._answer(asked)

    def _answer(self, asked: Question) -> int | None:
        while True:
            key = click.getchar().lower()
            if key in ("q", "\x03", "\x04", "\x1b"):
                return None
            if key in ("n", " "):
                self.said = ""
                return 1
            if key == "u":
                return self._take_back()
            if key in KEYS and KEYS[key][0] in asked.choices:
                return self._decide(asked, KEYS[key][0])

    def _take_back(self) -> int:
        """Undo this session's last decision, and look at it again."""
        if self.last is None:
            self.said = "nothing to undo yet"
            return 0
        try:
            undo(self.register, self.last, by=self.by)
        except ServandaError as error:
            self.said, self.last = str(error), None
            return 0
        self.said, self.last = f"{self.last}: {self.labels('undo')}", None
        return -1

    def _decide(self, asked: Question, kind: str) -> int:
        try:
            choice = self._choice(asked, kind)
            if choice is None:
                self.said = ""
                return 0
            self.last = decide(self.register, asked.entry.address, choice, by=self.by)
        except Overtaken as error:
            self.said = f"{self.labels('overtaken')}: {error}"
            return 0
        except ServandaError as error:
            self.said = str(error)
            return 0
        self.said = f"{self.last}: {self.labels(kind)} · {self.by}"
        return 1

    def _choice(self, asked: Question, kind: str) -> Choice | None:
        until = asked.looked.until
        if kind == "corrected":
            return self._correction(asked, until)
        if kind == "status" and asked.entry.about != "outcome":
            value = self._pick("status", STATUSES)
            reason = click.prompt("why", default="", show_default=False) if value else None
            return Choice("status", value=value, reason=reason, until=until) if value else None
        if kind == "not_same" and asked.entry.about not in ("merge", "people"):
            telling = self._pick("which telling is another engagement", [it.key for it in asked.parts], _places(asked))
            return Choice(kind, telling=telling, until=until) if telling else None
        return Choice(kind, until=until)

    def _correction(self, asked: Question, until: str) -> Choice | None:
        name = self._pick("which field", list(asked.fields), self.labels)
        if name is None:
            return None
        present = asked.parts[0].now.get(name, [])
        was = self._pick("in place of", [*present, ""]) if len(present) > 1 else None
        admitted = asked.fields[name]
        if admitted:
            value = self._pick(name, admitted, self.labels)
            return Choice("corrected", value=value, property=name, was=was, until=until) if value else None
        value = click.prompt(f"{self.labels(name)} (- takes it out)", default=", ".join(present) or None)
        taken_out = None if value.strip() == "-" else value
        return Choice("corrected", value=taken_out, property=name, was=was or None, until=until)

    def _pick(self, what: str, among: list[str] | tuple[str, ...], said: Callable[[str], str] = str) -> str | None:
        """One of several by its number; None where nothing was chosen."""
        for n, it in enumerate(among, 1):
            click.echo(f"  {n}. {said(it) or '(none of these: add one)'}")
        number = click.prompt(f"{what}: number, or 0 to go back", type=click.IntRange(0, len(among)), default=0)
        return among[number - 1] if number else None

    def _show(self, asked: Question, at: int) -> None:
        out, entry = console(), asked.entry
        if self.said:
            out.print(self.said, style="green")
        head = f"{at + 1}/{len(self.addresses)} · {self.labels(entry.about)} · {self.labels('harm')} {entry.harm:.1f}"
        out.print(head, style="bold")
        out.print(" · ".join(doubt(self.labels, name, said) for name, said in entry.why), style="yellow")
        if asked.judgement:
            j = asked.judgement
            out.print(f"{j.id}: {self.labels(j.kind)} {j.value or ''} · {j.by} · {j.at} {j.reason or ''}")
        for n, part in enumerate((*asked.parts, *asked.beside)):
            self._part(part)
            self._person(asked.people[n] if n < len(asked.people) else {})
        for name, _, adds in asked.alike.table() if asked.alike else ():
            out.print(f"  {self.labels(f'like_{name}')}: {adds:+.2f}", style="dim")
        for mark in asked.marks:
            told = " ".join(str(mark.get(it)) for it in ("property", "value") if mark.get(it))
            out.print(
                f"{self.labels('decided_before')}: {self.labels(mark['kind'])} {told} · {mark['by']} · {mark['at']}"
            )
        offered = [f"[{key}] {said}" for key, (kind, said) in KEYS.items() if kind in asked.choices]
        out.print("\n" + "  ".join([*offered, *(f"[{key}] {said}" for key, said in ALWAYS.items())]), style="cyan")

    def _person(self, who: dict[str, Any]) -> None:
        """All that is told of somebody who may be another."""
        if not who:
            return
        told = [who["id"], *who["names"][1:6], *who["states"], f"{self.labels('documents')}: {who['documents']}"]
        console().print("  " + " · ".join(told))
        for it in who["posts"][:8]:
            days = " – ".join(dict.fromkeys(day for day in (it["first"], it["last"]) if day))
            console().print(f"    {days or '?'}  {it['post']}: “{_line(it['evidence'][0]['quote'])}”")

    def _part(self, part: Part) -> None:
        out = console()
        about = [part.source, part.document.get("published"), part.document.get("title")]
        out.print("\n" + " · ".join(str(it) for it in about if it), style="dim")
        if part.stands != "stands":
            out.print(self.labels(f"{part.stands}_since"), style="bold red")
        text = Text("…" + _line(part.before[-240:])) if part.before else Text()
        text.append(_line(part.quote), style="bold reverse")
        out.print(text.append(_line(part.after[:240]) + ("…" if part.after else "")))
        for name, told in part.read.items():
            if name not in HIDDEN:
                now = part.now.get(name, told if not part.now else [])
                more = f"  → {', '.join(now) or '∅'}" if part.now and now != told else ""
                out.print(f"  {self.labels(name)}: {', '.join(map(self.labels, told))}{more}")


def _places(asked: Question) -> Callable[[str], str]:
    shown = {it.key: f"{it.source}: {_line(it.quote)}" for it in asked.parts}
    return lambda key: shown[key]


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


@click.command("judge")
@click.argument("question", metavar="QUESTION")
@click.argument("kind", type=click.Choice(sorted({kind for kind, _ in KEYS.values()})))
@click.option("--property", "name", metavar="NAME", help="Of a correction: which field.")
@click.option("--value", help="Of a correction: what it should be; of a status: which.")
@click.option("--was", help="Of a correction of one of several names: which.")
@click.option("--telling", metavar="ID", help="Of not_same on an engagement: the telling that is another one.")
@click.option("--reason", help="Why; kept with the decision.")
@named_option
@register_option
def judge_command(
    question: str, kind: str, name: str | None, value: str | None, was: str | None, telling: str | None,
    reason: str | None, by: str | None, register: str | None,
) -> None:  # fmt: skip
    """Keep one decision without the terminal: on a QUESTION of servanda review --json, or any record.

    \b
    Examples: servanda judge act:94a48b21fa4918d0 rejected --by "Nguyễn Lan" --reason "chỉ là lời chào"
              servanda judge undertaking:94a48b21fa4918d0 status --value kept --reason "biên bản ngày 3/5"
              servanda judge merge:94a48b21fa4918d0+da9561053932c24f same
              servanda judge engagement:94a48b21fa4918d0 corrected --property date --value 2024-02-26
    """  # fmt: skip
    choice = Choice(kind, value, name, was, telling, reason)
    with open_register(register) as opened:
        number = decide(opened, question, choice, by=who(by))
    click.echo(f"{number}: {kind}, by {who(by)}; to take it back: servanda review --undo {number}")
