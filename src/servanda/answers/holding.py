"""Who held a post when: looked for among those whom documents draw with it."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select

from servanda.answers.asking import Question, asking
from servanda.keep.actors import Actor, Identities, holders
from servanda.keep.judged import Judged
from servanda.keep.mentions import Mention, mentions
from servanda.keep.offices import office
from servanda.keep.posts import Holding
from servanda.store import Register, decided, filed
from servanda.store.bulk import chunks
from servanda.store.derived import actor_names, actors, sketched, sketches

S, M = sketches.c, sketched.c


def holding(register: Register, post: str, *, state: str | None = None, on: str | None = None) -> Holding:
    """Who was seen in a post at a date (EDTF), else everyone ever seen in it: `Bộ trưởng Ngoại giao`, `VN`, `2017-06`.

    The state (ISO) may stand in the words of the post. No holders means not known, over all documents of the register.
    """
    with asking(register) as question:
        states = _states(question)
        of = _drawn_with(question, office(post, states).title)
        count, newest = question.looked_at
    judged, told = Judged(decided(register)), defaultdict[str, list[Mention]](list)
    for document in filed(register, ("actor", "date"), without=("mention",), numbers=sorted({n for n, _ in of})):
        for mention in mentions([judged.document(document)]):
            if mention.id in of:
                told[of[mention.id]].append(mention)
    people = [Actor(id, "person", own) for id, own in sorted(told.items())]
    return holders(Identities(people, [], count, newest), post, state=state, on=on, states=states)


def _states(question: Question) -> dict[str, str]:
    """The code (ISO) of each state by its names in this register."""
    named = select(actor_names.c.name, actors.c.code).join(actors, actors.c.id == actor_names.c.actor)
    return {row.name: row.code for row in question.rows(named.where(actors.c.kind == "state", actors.c.code > ""))}


def _drawn_with(question: Question, title: str) -> dict[tuple[int, str], str]:
    """The actor of every mention, by document and key, of those who are somewhere told with an office so called."""
    drawn = select(S.actor).where(S.drawn.contains(f'["{title}"', autoescape=True)).distinct()
    chosen = sorted(row.actor for row in question.rows(drawn) if row.actor.startswith("person-"))
    query = select(M.document, M.key, S.actor).join(sketches, S.sketch == M.sketch)
    return {(row.document, row.key): row.actor for chunk in chunks(chosen)
            for row in question.rows(query.where(S.actor.in_(chunk)))}  # fmt: skip
