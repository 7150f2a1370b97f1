"""Everything the register says of one actor: posts, engagements, acts given and received, contributions, agreements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from servanda.keep import assemble
from servanda.keep.assemble import Assembled, newest_first
from servanda.records import Filed, Record, Statement


def profiles(filed: Iterable[Filed], places: Mapping[int, set[int]]) -> list[Assembled]:
    """One profile a kind of actor (person, state …) at these places of these documents; each fact cited."""
    found = list(filed)
    kinds = {(document.records[place].value("kind") or "") for document, place in _matches(found, places)}
    return [_profile(found, places, kind) for kind in sorted(kinds)]


def _matches(filed: Iterable[Filed], places: Mapping[int, set[int]]) -> list[tuple[Filed, int]]:
    pairs = ((document, place) for document in filed for place in sorted(places.get(document.number, ())))
    return [(document, place) for document, place in pairs if place in document.records]


def _profile(filed: list[Filed], places: Mapping[int, set[int]], kind: str) -> Assembled:
    matches = [(d, p) for d, p in _matches(filed, places) if d.records[p].value("kind") == kind]
    own: dict[int, set[int]] = {}
    for document, place in matches:
        own.setdefault(document.number, set()).add(place)
    said = [(document, document.records[place]) for document, place in matches]
    return {
        "kind": kind,
        "name": _names(said)[0],
        "names": _names(said),
        "codes": sorted({code for _, record in said if (code := record.value("code"))}),
        "documents": list(dict.fromkeys(document.source for document, _ in said)),
        "posts": _posts(said),
        **_facts(filed, own),
        "quarantined": _quarantined(filed, own),
    }


def _names(said: list[tuple[Filed, Record]]) -> list[str]:
    """Every name, the one most documents use first."""
    names = [it.value for _, record in said for it in record.all("name") if it.value]
    first = [value for _, record in said if (value := record.value("name"))]
    return sorted(dict.fromkeys(names), key=lambda name: (-first.count(name), -names.count(name)))


def _posts(said: list[tuple[Filed, Record]]) -> list[Assembled]:
    found: dict[tuple[str, bool], list[tuple[Filed, Statement]]] = {}
    for document, record in said:
        for it in record.statements:
            if it.property in ("post", "former_post") and it.value:
                found.setdefault((it.value, it.property == "former_post"), []).append((document, it))
    return [
        {"post": post, "former": former, "published": sorted({d.published for d, _ in told if d.published}),
         "evidence": [assemble.cite(d, it) for d, it in told]}
        for (post, former), told in found.items()
    ]  # fmt: skip


def _facts(filed: list[Filed], own: Mapping[int, set[int]], *, quarantined: bool = False) -> dict[str, Any]:
    given = _with(filed, own, "speaker")
    return {
        "engagements": newest_first(assemble.engagements(_with(filed, own, "participant"), quarantined=quarantined)),
        "acts_given": newest_first(assemble.acts(given, quarantined=quarantined)),
        "acts_received": newest_first(assemble.acts(_with(filed, own, "addressee"), quarantined=quarantined)),
        "positions": assemble.positions(given, quarantined=quarantined),
        "contributions": newest_first(
            assemble.contributions(_with(filed, own, "contributor", "mission"), quarantined=quarantined)
        ),
        "agreements": newest_first(assemble.agreements(_with(filed, own, "party"), quarantined=quarantined)),
    }


def _with(filed: list[Filed], own: Mapping[int, set[int]], *names: str) -> list[Filed]:
    """The documents with only those facts that refer to the actor under one of these names, and all actors."""
    return [
        replace(document, records={p: r for p, r in document.records.items() if _kept(r, own[document.number], names)})
        for document in filed
        if document.number in own
    ]


def _kept(record: Record, own: set[int], names: tuple[str, ...]) -> bool:
    return record.kind == "actor" or any(it.property in names and it.about in own for it in record.statements)


def _quarantined(filed: list[Filed], own: Mapping[int, set[int]]) -> list[Assembled]:
    """Facts of grafted passages, kept apart."""
    facts = _facts(filed, own, quarantined=True)
    return [it for told in facts.values() for it in told if it.get("quarantined")]
