"""Which mentions over documents are one actor: by names in any script and order, offices, states and company.

States, missions and bodies with a code are known by it. People are never one on a name alone: a feature table, with
weights as data (schema/actors.yaml), says what else speaks for it, and explains itself. Nothing is edited: an actor is
the set of its mentions, made again whenever it is asked for, and a person's judgement (same, not_same) goes first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from servanda.keep.joining import Said, across, core, joined, nearest, within
from servanda.keep.likeness import Likeness, sole
from servanda.keep.mentions import Held, Id, Mention, mentions
from servanda.keep.offices import Office, office, rules
from servanda.keep.posts import Holder, Holding, Tenure, chosen, earliest, latest
from servanda.keep.sketches import Signature, Sketch, drawn, gathered
from servanda.keep.when import when
from servanda.records import Filed, Judgement


@dataclass(slots=True)
class Actor:
    """One person, body, mission or state, and its mentions."""

    id: str
    kind: str
    mentions: list[Mention]

    @property
    def names(self) -> list[str]:
        """Every name, the one most documents use in full first."""
        full = Counter(m.who.name for m in self.mentions)
        every = Counter(name for m in self.mentions for name in m.who.names)
        return sorted(every, key=lambda name: (-full[name], -every[name], name))

    @property
    def name(self) -> str:
        """The name that most documents use in full."""
        return self.names[0] if self.names else ""

    @property
    def code(self) -> str | None:
        """ISO 3166 of a state, acronym of a mission or body."""
        return next((m.who.code for m in self.mentions if m.who.code), None)

    @property
    def state(self) -> str | None:
        """The state (ISO) that a person's offices are of, where enough of them tell it; a state's own code."""
        if self.kind != "person":
            return self.code if self.kind == "state" else None
        offices = [h.office for m in self.mentions for h in m.held if not h.office.rank and not h.former]
        told = Counter(office.state for office in offices if office.state)
        return told.most_common(1)[0][0] if told and told.total() >= rules().told * len(offices) else None

    @property
    def documents(self) -> list[str]:
        """The sources that name it, in their order."""
        return list(dict.fromkeys(m.source for m in self.mentions))

    def tenures(self) -> list[Tenure]:
        """Offices and ranks from first to last sighting, the latest first; those told as past apart."""
        own = self.state
        told: dict[tuple[str, str | None, bool], list[Held]] = defaultdict(list)
        for mention in self.mentions:
            press = None if self.name.isascii() else mention.press
            for held in mention.held:
                of = held.office.state or (own or press if held.office.of_state else None)
                told[held.office.title, of, held.former].append(held)
        found = [_tenure(helds, state, former) for (_, state, former), helds in told.items()]
        return sorted(found, key=lambda tenure: _last_day(tenure.last), reverse=True)


def _tenure(helds: Sequence[Held], state: str | None, former: bool) -> Tenure:
    words = Counter(held.words for held in helds).most_common(1)[0][0]
    eras = [held.era for held in helds]
    seen = [(held.era, held.passage) for held in helds]
    return Tenure(words, helds[0].office, state, earliest(eras), latest(eras), seen, former)


def _last_day(edtf: str | None) -> str:
    found = when(edtf)
    return found.last.isoformat() if found and not found.yearless else ""


@dataclass(slots=True)
class Identities:
    """All actors; pairs of people too alike to leave and too unlike to join; over how many documents."""

    actors: list[Actor]
    doubtful: list[Likeness]
    documents: int
    newest: str | None

    def of(self) -> dict[Id, Actor]:
        """Each mention's actor, by document number and record key."""
        return {mention.id: actor for actor in self.actors for mention in actor.mentions}


def identify(documents: Iterable[Filed], judgements: Iterable[Judgement] = ()) -> Identities:
    """Gather the mentions of these documents into actors, in the order of their first mention."""
    found: list[Mention] = []
    published: list[str | None] = []
    for document in documents:
        found += mentions([document])
        published.append(document.published)
    said = Said(judgements)
    resolved, doubtful = _people([m for m in found if m.who.kind == "person"], said)
    others = _others([m for m in found if m.who.kind != "person"], said)
    actors = sorted([*others, *resolved], key=lambda actor: actor.mentions[0].number)
    return Identities(actors, doubtful, len(published), latest(published))


def _people(found: Iterable[Mention], said: Said) -> tuple[list[Actor], list[Likeness]]:
    told: dict[Signature, list[Mention]] = defaultdict(list)
    sketches = []
    for mention in sorted(found, key=lambda m: m.id):
        sketches.append(drawn(mention, alone=mention.key in said.keys))
        told[sketches[-1].signature].append(mention)
    names: dict[str, list[Sketch]] = defaultdict(list)
    for sketch in gathered(sketches):
        names[sketch.words].append(sketch)
    pairs, further = _compared(names)
    cores = [sketch for known in names.values() for sketch in core(known)]
    clusters = joined(cores, pairs, said)
    place = {sketch.id: n for n, members in enumerate(clusters) for sketch in members}
    for sketch, near in further:
        if near is None or near.score < rules().least:
            place[sketch.id] = len(clusters)
            clusters.append([sketch])
        else:
            place[sketch.id] = place[near.first if near.second == sketch.id else near.second]
            clusters[place[sketch.id]].append(sketch)
    pairs += [near for _, near in further if near]
    apart = {frozenset(pair) for pair in said.ids("not_same", cores)}
    doubtful = [it for it in pairs if it.score >= rules().review and place[it.first] != place[it.second]
                and frozenset((it.first, it.second)) not in apart]  # fmt: skip
    return [_actor(members, told) for members in clusters], doubtful


def _compared(names: Mapping[str, list[Sketch]]) -> tuple[list[Likeness], list[tuple[Sketch, Likeness | None]]]:
    """All likenesses of cores; and every further sketch with that to the one of its core that it is most like."""
    cores = {words: core(known) for words, known in names.items()}
    pairs, further = list(across(cores)), []
    for words, own in cores.items():
        pairs += within(own)
        decided, one = {sketch.id for sketch in own}, sole(own)
        further += [(sketch, nearest(sketch, own, one=one)) for sketch in names[words] if sketch.id not in decided]
    return pairs, further


def _actor(members: Iterable[Sketch], told: Mapping[Signature, list[Mention]]) -> Actor:
    found = sorted((m for sketch in members for m in told[sketch.signature]), key=lambda m: m.id)
    return Actor(found[0].key, "person", found)


def _others(found: Iterable[Mention], said: Said) -> list[Actor]:
    """States, missions and bodies: by code, else a body by its name and state, unless many states have one so named."""
    states: dict[str, set[str]] = defaultdict(set)
    named = [(mention, office(mention.who.name, mention.who.named)) for mention in found]
    for mention, body in named:
        if not mention.who.code:
            states[body.title].update(body.states[:1])
    apart = {key for pair in said.pairs("not_same") for key in pair}
    groups: dict[object, list[Mention]] = defaultdict(list)
    for mention, body in named:
        own = (not body.states and len(states[body.title]) > 1) or mention.key in apart
        key = (mention.who.kind, mention.who.code) if mention.who.code else mention.id if own else body
        groups[key].append(mention)
    actors = [Actor(ms[0].key, ms[0].who.kind, ms) for ms in groups.values()]
    return _joined(actors, said)


def _joined(actors: list[Actor], said: Said) -> list[Actor]:
    for a, b in said.pairs("same"):
        holders = [actor for actor in actors if any(m.key in (a, b) for m in actor.mentions)]
        for other in holders[1:]:
            holders[0].mentions += other.mentions
            actors.remove(other)
    return actors


def holders(found: Identities, post: str, *, state: str | None = None, on: str | None = None,
            states: Mapping[str, str] | None = None) -> Holding:  # fmt: skip
    """Who was seen in an office at a date (EDTF): `Bộ trưởng Ngoại giao`, `VN`, `2017-06`.

    The state may stand in the words of the post; without a date everyone ever seen in it. Never a guess: no holders
    means not known. `states`: codes by name, where these are not among the actors found.
    """
    names = states or {name: a.code for a in found.actors if a.kind == "state" and a.code for name in a.names}
    asked = office(post, names)
    wanted = state or asked.state
    seen = []
    for actor in (a for a in found.actors if a.kind == "person"):
        for tenure in actor.tenures():
            if tenure.office.title == asked.title and wanted in (None, tenure.state) and not tenure.former:
                days = tenure.days_from(on) if on else 0
                if days is not None:
                    seen.append(Holder(actor.id, actor.name, tenure, days))
    held, others = chosen(seen, asked.one_holder)
    return Holding(Office(asked.title, (wanted,) if wanted else ()), on, held, others, found.documents, found.newest)
