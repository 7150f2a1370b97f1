"""States by their code; bodies by name, acronym and the state that they belong to."""

from __future__ import annotations

from functools import cache

from servanda.folding import fold
from servanda.lexicon import Lexicon
from servanda.read.page import Mention, Page
from servanda.types import Actor, ActorKind
from servanda.vocabulary import Body, Mission, NameWord, State, expand


@cache
def _state_names(lexicon: Lexicon) -> dict[str, str]:
    return {s.id: s.name for s in lexicon.entries("states", State)}


def link_states(page: Page) -> list[Actor]:
    """One actor a state; `nước này` is the state named last before it."""
    names = _state_names(page.lexicon)
    actors: dict[str, Actor] = {}
    last: Actor | None = None
    for mention in page.mentions:
        if mention.kind != "state":
            continue
        if mention.code:
            last = actors.get(mention.code)
            if last is None:
                last = Actor(f"s{len(actors) + 1}", "state", [], mention.code, confidence=0.97)
                actors[mention.code] = last
            _add_name(last, page.text[slice(*(mention.name or (mention.start, mention.end)))])
        if last:
            mention.actors = (last.id,)
    for code, actor in actors.items():
        _add_name(actor, names.get(code, code))
    return list(actors.values())


def _add_name(actor: Actor, name: str) -> None:
    name = " ".join(name.split())
    if name and name not in actor.names:
        actor.names.append(name)


def link_bodies(page: Page, states: list[Actor]) -> list[Actor]:
    """Organisations and missions, one actor a body however it is named; a bare `phái bộ` is the mission named last."""
    page.mentions[:] = _without_unknown_missions(page)
    mentions = [m for m in page.mentions if m.kind in ("organisation", "mission")]
    if not mentions:
        return []
    actors: dict[str, Actor] = {}
    counts = {"organisation": 0, "mission": 0}
    for mention, key in zip(mentions, _keys(page, mentions), strict=True):
        actor = actors.get(key)
        if actor is None:
            counts[mention.kind] += 1
            kind: ActorKind = "mission" if mention.kind == "mission" else "organisation"
            actor = Actor(f"{kind[0]}{counts[kind]}", kind, [], mention.code, confidence=0.85)
            actors[key] = actor
        actor.code = actor.code or mention.code
        if mention.name or mention.kind != "mission":
            _add_name(actor, page.text[slice(*(mention.name or (mention.start, mention.end)))])
        mention.actors = (actor.id,)
    for actor in actors.values():
        actor.confidence = 0.97 if actor.code else 0.92
        actor.inferred = not actor.names
        known = _known_names(page.lexicon).get(actor.code or "", [])
        actor.names.sort(key=lambda n: (n.isupper(), -len(n)))
        if known and actor.names and " " not in actor.names[0] and not actor.names[0].isupper():
            actor.names.insert(0, known[0])
        for name in known:
            _add_name(actor, name)
    return list(actors.values())


def _without_unknown_missions(page: Page) -> list[Mention]:
    """The mentions, a bare `phái bộ` with the code of the mission named last before it, or left out."""
    kept: list[Mention] = []
    last: str | None = None
    for mention in page.mentions:
        if mention.kind == "mission":
            last = mention.code = mention.code or last
        if mention.kind != "mission" or mention.code:
            kept.append(mention)
    return kept


@cache
def _known_names(lexicon: Lexicon) -> dict[str, list[str]]:
    """By code: the usual names of bodies and missions."""
    known: dict[str, list[str]] = {}
    for body in lexicon.entries("bodies", Body):
        if body.code and body.of is None:
            known.setdefault(body.code, []).extend(expand(w)[0] for w in body.words[:2])
    for mission in lexicon.entries("missions", Mission):
        known[mission.id] = [mission.id, mission.english]
    return known


def _keys(page: Page, mentions: list[Mention]) -> list[str]:
    """A key for each mention such that mentions of one body have one key: its acronym, else its name with its state."""
    keys: list[str] = []
    with_state: dict[str, str] = {}
    ending = {m.end: m for m in page.mentions if m.kind == "state"}
    names = [_normal(page, *(m.name or (m.start, m.end))) for m in mentions]
    codes = {name: m.code for name, m in zip(names, mentions, strict=True) if m.code}
    for name, mention in zip(names, mentions, strict=True):
        code = mention.code or codes.get(name)
        if code:
            keys.append(code)
            continue
        state = ending.get(mention.end)
        state = state if state and state.start > mention.start else None
        if state and state.actors:
            base = _normal(page, mention.start, state.start)
            key = f"{base}|{state.actors[0]}"
            with_state[base] = key
        else:
            key = with_state.get(name, name)
        keys.append(key)
    keys = _without_seat(page, names, [with_state.get(k, k) if "|" not in k else k for k in keys])
    return _with_alias(page, mentions, keys)


def _with_alias(page: Page, mentions: list[Mention], keys: list[str]) -> list[str]:
    """A name alone in brackets right after another is the same body's (Nhật báo Bình Minh (Morning Daily)),
    unless a head opens it: that is the larger body (Cục Lâm nghiệp (Bộ Nông nghiệp))."""
    ends = {m.end: (m, key) for m, key in zip(mentions, keys, strict=True) if m.kind == "organisation"}
    heads = {hit.start for hit in page.hits.get("body_heads", ())}
    same: dict[str, str] = {}
    for mention, key in zip(mentions, keys, strict=True):
        if mention.start in heads:
            continue
        opened = (
            page.text[mention.start - 2 : mention.start] == " (" and page.text[mention.end : mention.end + 1] == ")"
        )
        other = ends.get(mention.start - 2) if opened and mention.kind == "organisation" else None
        if other and not mention.code and not other[0].code and "|" not in key and key != other[1]:
            same[key] = other[1]
    return [same.get(key, key) for key in keys]


def _bracketed(page: Page, mention: Mention) -> bool:
    """Whether the mention stands alone in brackets."""
    start, end = mention.start, mention.end
    return start > 1 and page.text[start - 2 : start] == " (" and page.text[end : end + 1] == ")"


def _without_seat(page: Page, names: list[str], keys: list[str]) -> list[str]:
    """`Đại sứ quán Lào` is `Đại sứ quán Lào tại Kenya` where the page names one seat only."""
    seat = f" {_words(page.lexicon)['body_seat'][0]} "
    seated: dict[str, set[str]] = {}
    for name, key in zip(names, keys, strict=True):
        body, at, _ = name.partition(seat)
        if at:
            seated.setdefault(body, set()).add(key)
    one = {body: next(iter(found)) for body, found in seated.items() if len(found) == 1}
    return [one.get(name, key) for name, key in zip(names, keys, strict=True)]


@cache
def _words(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """The words that come and go in the names of bodies, and those that lead to a seat: lists of name_words."""
    return {e.id: tuple(map(fold, e.list)) for e in lexicon.entries("name_words", NameWord)}


def _normal(page: Page, start: int, end: int) -> str:
    """A body's folded name without the words that come and go in it, and with one word for every lead to a seat."""
    known, name = _words(page.lexicon), page.folded[start:end].replace("-", " ").replace(",", " ")
    words = [w for w in name.split() if w not in known["body_small"]]
    return " ".join(known["body_seat"][0] if w in known["body_seat"] else w for w in words)
