"""Retold: acts that a headline or standfirst tells and the article tells again; each counts once, in the article."""

from __future__ import annotations

from servanda.read.code.talks import Floor, floor
from servanda.read.page import Page
from servanda.types import Act

MOST = 50  # acts compared on either side
ALIKE = 0.4  # share of the words of the shorter telling that the other has too


def without_retellings(page: Page, acts: list[Act]) -> list[Act]:
    """`acts` without those of the headline and standfirst that a later sentence tells again."""
    body = _body_start(page)
    early = [act for act in acts if act.start < body]
    late = [act for act in acts if act.start >= body]
    if not early or not late:
        return acts
    sides = floor(page)
    kept = [act for act in early[:MOST] if not any(_retells(page, act, other, sides) for other in late[:MOST])]
    return kept + early[MOST:] + late


def _body_start(page: Page) -> int:
    """Where the article's body begins: after its headlines and the paragraph that follows them."""
    headed = [s for s in page.sentences if s.headline]
    first = headed[-1].end if headed and headed[-1].start < 400 else 0
    after = [s for s in page.sentences if s.start >= first][:1]
    return max((s.end for s in page.sentences if after and s.paragraph == after[0].paragraph), default=first)


def _retells(page: Page, early: Act, late: Act, sides: Floor) -> bool:
    if early.type != late.type or not sides.together(early.speaker, late.speaker):
        return False
    one, other = _words(page, early), _words(page, late)
    return len(one & other) >= ALIKE * min(len(one), len(other))


def _words(page: Page, act: Act) -> set[str]:
    return set(page.folded[act.start : act.end].replace(",", " ").split())
