"""Who asserts a fact: the speaker of the quotation, interview turn or report it stands in, else the publisher."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from servanda.read.code.citing import chain_at
from servanda.read.code.clauses import Predicate, predicates_of, source_of
from servanda.read.code.walk import FAR, START, grammar, look_left, role_of
from servanda.read.page import Mention, Page, Sentence
from servanda.types import Reading

QUOTE = re.compile(r'["“”«»]')
SHORTEST, LONGEST = 20, 2500
NEAR = 160
LEAD, MARKS = 4, ' .!…"”'  # words between a comma and who is named as a source, at most; what may follow the verb


@dataclass(slots=True)
class Speech:
    """A stretch of direct speech, quotation marks left out; `speaker` is an actor id, None where nobody is named."""

    start: int
    end: int
    speaker: str | None


def speeches(page: Page) -> list[Speech]:
    """Quotations and interview turns of the page in order; made once and kept on it."""
    kept = page.memo.get("speeches")
    if isinstance(kept, list):
        return kept
    made = _quotations(page) + _turns(page)
    made.sort(key=lambda s: (s.start, -s.end))
    page.memo["speeches"] = made
    return made


def speaker_at(page: Page, at: int) -> str | None:
    """Who speaks the words at offset `at`, where they are direct speech of someone named."""
    known = speeches(page)
    index = bisect_right(known, at, key=START)
    for speech in reversed(known[max(0, index - 3) : index]):
        if at < speech.end and speech.speaker:
            return speech.speaker
    return None


def quote_spans(text: str) -> list[tuple[int, int]]:
    """Pairs of quotation marks: spans of what stands between them, at least 20 and at most 2 500 characters."""
    spans, opened = [], -1
    for match in QUOTE.finditer(text):
        at = match.start()
        if _opens(text, at, opened >= 0):
            opened = at + 1
        elif opened >= 0:
            if SHORTEST <= at - opened <= LONGEST:
                spans.append((opened, at))
            opened = -1
    return spans


def _opens(text: str, at: int, within: bool) -> bool:
    if text[at] in "“«":
        return True
    if text[at] in "”»":
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before.isspace() != after.isspace() and before and after:
        return before.isspace() and (after.isalnum() or not within)
    return not within


def _quotations(page: Page) -> list[Speech]:
    found: list[Speech] = []
    for start, end in quote_spans(page.text):
        speaker = _after(page, end) or _before(page, start)
        if speaker is None and found and start - found[-1].end <= 3:
            speaker = found[-1].speaker
        found.append(Speech(start, end, speaker))
    for earlier, later in zip(reversed(found[:-1]), reversed(found[1:]), strict=False):
        if earlier.speaker is None and later.start - earlier.end <= 3:
            earlier.speaker = later.speaker
    return found


def _after(page: Page, end: int) -> str | None:
    """`"…", ông X nói`: the subject of the first verb of speech after the quotation."""
    known = grammar(page)
    stop = page.text.find("\n", end)
    line = Sentence(end + 1, min(end + NEAR, stop if stop > end else len(page.text)), 0)
    first = bisect_left(known.heads, line.start, key=START)
    for hit in known.heads[first : first + 2]:
        if hit.start >= line.end:
            break
        if role_of(hit) not in ("verb", "express"):
            continue
        left = look_left(page, line, hit.start)
        if left.what == "mention" and left.mention and left.mention.actors:
            gap = page.text[line.start : left.mention.start]
            return left.mention.actors[0] if not set(gap) & set(".;:\n") and len(gap) < 40 else None
    return None


def _before(page: Page, start: int) -> str | None:
    """`Ông X nói: "…`: the subject of the last verb of speech before the quotation, in its sentence."""
    sentence = sentence_at(page, max(0, start - 2))
    if sentence is None or start - sentence.start > 600:
        return None
    gap = page.text[sentence.start : start]
    for predicate in reversed(predicates_of(page, sentence)):
        if role_of(predicate.hit) in ("verb", "express") and predicate.hit.end <= start:
            near = start - predicate.hit.end < 30 or gap.rstrip(' "“').endswith((":", ","))
            return predicate.subjects[-1].actors[0] if near and _named(predicate) else None
    return None


def _named(predicate: Predicate) -> bool:
    return bool(predicate.subjects and predicate.subjects[-1].actors)


def _turns(page: Page) -> list[Speech]:
    """Interview turns: `Ông X: …` until the next turn or question."""
    found: list[Speech] = []
    starts = {m.start: m for m in grammar(page).tops}
    for sentence in page.sentences:
        opener = starts.get(sentence.start)
        if opener and opener.actors and page.text[opener.end : opener.end + 2].lstrip().startswith(":"):
            found.append(Speech(opener.end + 1, sentence.end, opener.actors[0]))
        elif found and found[-1].end and not found[-1].speaker:
            continue
        elif found and _is_question(page, sentence):
            found.append(Speech(sentence.start, sentence.end, None))
        elif found:
            found[-1].end = sentence.end
    return found


def _is_question(page: Page, sentence: Sentence) -> bool:
    before = page.text[max(0, sentence.start - 2) : sentence.start]
    return "\n" in before and page.text[sentence.end - 1] == "?"


def sentence_at(page: Page, at: int) -> Sentence | None:
    """The sentence in which offset `at` lies."""
    index = bisect_right(page.sentences, at, key=START) - 1
    return page.sentences[index] if index >= 0 and at < page.sentences[index].end else None


def asserted_by(page: Page, start: int, end: int) -> str | None:
    """The actor id of the speaker whom the text lets say `text[start:end]`; None where the publisher says it itself.

    The innermost speaker counts: of a report within a quotation, who is reported.
    """
    sentence = sentence_at(page, start)
    told = _reporter(page, sentence, start) if sentence else None
    return told or speaker_at(page, start)


def _reporter(page: Page, sentence: Sentence, start: int) -> str | None:
    if sentence.end - sentence.start > 3000:
        return None
    for predicate in reversed(predicates_of(page, sentence)[:FAR]):
        reports = role_of(predicate.hit) == "verb" and predicate.join != "start"
        if reports and predicate.content <= start < predicate.end and _named(predicate):
            return predicate.subjects[-1].actors[0]
        if predicate.governor and predicate.clause <= start < predicate.end:
            return next(iter(names(predicate.governor)), None)
    source = source_of(page, sentence, start) or _closing(page, sentence, start)
    return next(iter(names(source)), None)


def _closing(page: Page, sentence: Sentence, start: int) -> tuple[Mention, ...]:
    """`…, theo X.` and `…, thông cáo của X cho biết.`: X, whose word all before the last comma of the sentence is."""
    comma = page.text.rfind(", ", start, sentence.end)
    if comma <= start or QUOTE.match(page.text, comma - 1):
        return ()
    known, tail = grammar(page), comma + 2
    first = bisect_left(known.tops, tail, key=START)
    mention = next((m for m in known.tops[first : first + 1] if m.end <= sentence.end and m.actors), None)
    led = page.text.count(" ", tail, mention.start) if mention else 0
    if mention is None or led > LEAD or (led and mention.kind == "state"):
        return ()
    word = known.words.get(page.text.find(" ", tail))
    if word is not None and role_of(word) == "source":
        return (mention,)
    says = [
        hit for hit in known.heads[bisect_left(known.heads, mention.end, key=START) :][:1] if role_of(hit) == "verb"
    ]
    ends = bool(says) and not page.text[says[0].end : sentence.end].strip(MARKS)
    return (mention,) if ends and page.text[mention.end : says[0].start].isspace() else ()


def attribute(page: Page, reading: Reading) -> None:
    """Set who asserts every coded fact, where it is not told yet, and through whom their word reached the page."""
    for facts in (
        reading.engagements,
        reading.acts,
        reading.positions,
        reading.plans,
        reading.contributions,
        reading.agreements,
    ):
        for fact in facts:
            chain = chain_at(page, fact.start)
            by = fact.asserted_by or asserted_by(page, fact.start, fact.end) or next(reversed(chain), None)
            fact.asserted_by = by
            fact.asserted_via = list(chain[: chain.index(by)] if by in chain else chain)


def names(mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    """The actors of mentions, each once, in order."""
    return tuple(dict.fromkeys(actor for mention in mentions for actor in mention.actors))
