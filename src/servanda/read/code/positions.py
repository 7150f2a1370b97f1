"""Code the positions of a page: views that someone states, which bind nobody."""

from __future__ import annotations

from servanda.read.code.acts import SHORTEST
from servanda.read.code.asserted import names, speaker_at
from servanda.read.code.clauses import Predicate, predicates_of
from servanda.read.code.spans import span_of
from servanda.read.code.talks import floor
from servanda.read.code.topics import topics_of
from servanda.read.code.walk import cued
from servanda.read.page import Page
from servanda.types import Position
from servanda.vocabulary import PositionRule

CONFIDENCE = 0.6


def code_positions(page: Page) -> list[Position]:
    """The positions that the article tells, in order of start."""
    found: list[Position] = []
    for sentence in cued(page, PositionRule):
        for predicate in predicates_of(page, sentence):
            if isinstance(predicate.hit.entry, PositionRule) and _fires(page, predicate, predicate.hit.entry):
                found.extend(_coded(page, predicate, predicate.hit.entry.id))
    return found


def _fires(page: Page, predicate: Predicate, rule: PositionRule) -> bool:
    content = page.folded[predicate.content : predicate.end].lstrip()
    if predicate.barred or predicate.left == "genitive" or len(content) < SHORTEST or content.startswith(rule.stops):
        return False
    return not rule.needs or any(word in content for word in rule.needs)


def _coded(page: Page, predicate: Predicate, rule: str) -> list[Position]:
    start, end = span_of(page, predicate)
    topics = topics_of(page, start, end)
    return [Position(who, start, end, topics, rule, confidence=CONFIDENCE) for who in _holders(page, predicate)]


def _holders(page: Page, predicate: Predicate) -> tuple[str, ...]:
    """Who holds the view: the subject, or who speaks for it."""
    spoken = speaker_at(page, predicate.start)
    said = names(predicate.governor) or ((spoken,) if spoken else ())
    holders = names(predicate.subjects)
    if not holders or (said and floor(page).together(said[0], holders[0])):
        return said
    return holders
