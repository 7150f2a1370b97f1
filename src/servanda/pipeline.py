"""The way through for one document: clean, segment, find, dates, link, code. Pure: a Document in, a Reading out."""

from __future__ import annotations

from dataclasses import replace

from servanda.lexicon import Lexicon, load
from servanda.read.clean import clean
from servanda.read.code.acts import code_acts
from servanda.read.code.agreements import code_agreements
from servanda.read.code.asserted import attribute
from servanda.read.code.contributions import code_contributions
from servanda.read.code.engagements import code_engagements
from servanda.read.code.plans import code_plans
from servanda.read.code.positions import code_positions
from servanda.read.dates import find_dates
from servanda.read.find import find_mentions
from servanda.read.link import link
from servanda.read.page import Page, Refusal, Sentence, open_page
from servanda.read.segment import segment
from servanda.read.translated import translated
from servanda.types import Document, Noise, Reading


def read(document: Document, lexicon: Lexicon | None = None) -> Reading:
    """What a careful reader takes from one document; never raises on any text."""
    return _read(open_page(document, lexicon or load("vi")))


def read_explained(document: Document, lexicon: Lexicon | None = None) -> tuple[Reading, list[Refusal]]:
    """The reading, and the rules that nearly fired: where, and why they did not."""
    page = open_page(document, lexicon or load("vi"))
    refusals = page.refusals = []
    return _read(page), refusals


def _read(page: Page) -> Reading:
    page.noise = clean(page)
    sentences = segment(page)
    grafts = [noise for noise in page.noise if noise.kind == "foreign"]
    reading = _interpret(page, [s for s in sentences if not _grafted(s, grafts)])
    reading.noise = page.noise
    reading.machine_translated_reasons = translated(page)
    reading.machine_translated = bool(reading.machine_translated_reasons)
    reading.quarantined = [_quarantine(page, sentences, graft) for graft in grafts]
    return reading


def _grafted(sentence: Sentence, grafts: list[Noise]) -> bool:
    return any(graft.start <= sentence.start < graft.end for graft in grafts)


def _quarantine(page: Page, sentences: list[Sentence], graft: Noise) -> Reading:
    """The facts of a grafted passage, read as another document's: neither the page's title nor its date bears on it."""
    passage = replace(page, title=None, published=None, grafted=True, mentions=[], dates=[], actors=[], memo={})
    return _interpret(passage, [s for s in sentences if _grafted(s, [graft])])


def _interpret(page: Page, sentences: list[Sentence]) -> Reading:
    page.sentences = sentences
    page.mentions = find_mentions(page)
    page.dates = find_dates(page)
    page.actors = link(page)
    reading = Reading(
        source=page.document.source,
        id=page.document.id,
        language=page.lexicon.language,
        title=page.text[slice(*page.title)] if page.title else None,
        published=page.published,
        actors=page.actors,
        dates=page.dates,
        engagements=code_engagements(page),
        acts=code_acts(page),
        positions=code_positions(page),
        contributions=code_contributions(page),
        agreements=code_agreements(page),
    )
    reading.plans = code_plans(page, reading)
    attribute(page, reading)
    return reading
