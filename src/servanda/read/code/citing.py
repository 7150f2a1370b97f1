"""Who cites whom: the chain of those through whom a fact reached the page, outermost first."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from servanda.lexicon import Hit
from servanda.read.code.walk import FAR, START, grammar, look_left
from servanda.read.page import Mention, Page, Sentence
from servanda.vocabulary import Body, CitingWords

NEWS = "news."  # how the ids of press bodies begin
GAP = 60  # code points between the words of citing and whom they join
LEAD = 8  # sentences at the head of a page in which a citation may hold for all of it
STOPS = set(",;:.!?()\n")


@dataclass(slots=True)
class Citation:
    """`chain` (actor ids, outermost first) stands behind what is told in `start`..`end`; `whole`: of the page."""

    start: int
    end: int
    chain: tuple[str, ...]
    whole: bool


def chain_at(page: Page, at: int) -> tuple[str, ...]:
    """The actors through whom the words at offset `at` came, outermost first; empty where the page tells none."""
    known, whole = citations(page)
    index = bisect_right(known, at, key=START)
    near = [c for c in known[max(0, index - FAR) : index] if at < c.end]
    told = (whole, *near) if whole and whole not in near else near
    return tuple(dict.fromkeys(actor for citation in told for actor in citation.chain))


def citations(page: Page) -> tuple[list[Citation], Citation | None]:
    """Those of a page in order, and the one that holds for all of it; made once and kept on the page."""
    kept = page.memo.get("citations")
    if isinstance(kept, tuple):
        return kept
    found = [c for hit in page.longest("citing") if (c := _citation(page, hit))]
    found.sort(key=START)
    made = found, _whole(found) or (None if any(c.whole for c in found) else _signed(page))
    page.memo["citations"] = made
    return made


def _whole(found: list[Citation]) -> Citation | None:
    """The one told for the page; a notice cited in it no longer is where somebody else cites another."""
    whole = next((c for c in found if c.whole), None)
    if whole is None or any(c.whole and c.chain != whole.chain for c in found):
        return None
    others = {c.chain[0] for c in found if len(c.chain) > 1}
    return whole if len(whole.chain) < 2 or len(others) == 1 else None


def _signed(page: Page) -> Citation | None:
    """The one agency named in the credit under the article (`(Theo hãng A)`), where the article names it too."""
    last = page.sentences[-1].end if page.sentences else len(page.text)
    credits = [noise for noise in page.noise if noise.kind == "credit" and noise.start >= last - 1]
    hits = [hit for noise in credits for hit in page.within("bodies", noise.start, noise.end)]
    press = [(hit, hit.entry) for hit in hits if isinstance(hit.entry, Body) and hit.entry.id.startswith(NEWS)]
    signed = {entry.code or page.text[hit.start : hit.end] for hit, entry in press}
    bodies = [actor for actor in page.actors if actor.kind == "organisation" and signed & {actor.code, *actor.names}]
    chain = (bodies[0].id,) if len(signed) == len(bodies) == 1 else ()
    return Citation(last, last, chain, whole=True) if chain else None


def _citation(page: Page, hit: Hit) -> Citation | None:
    index = bisect_right(page.sentences, hit.start, key=START) - 1
    sentence = page.sentences[index] if index >= 0 else None
    if sentence is None or hit.end > sentence.end or not isinstance(hit.entry, CitingWords):
        return None
    whole = hit.entry.whole and index < LEAD
    return (_opens if hit.entry.frame == "opens" else _cites)(page, sentence, hit, whole)


def _opens(page: Page, sentence: Sentence, hit: Hit, whole: bool) -> Citation | None:
    """`Theo hãng A, …`: A, where it is a body named at the head of the sentence or after a mark."""
    named = _next(page, sentence, hit)
    left = look_left(page, sentence, hit.start)
    if named is None or named.kind != "organisation" or page.text[hit.end : named.start].strip():
        return None
    if left.what not in ("start", "mark"):
        page.refuse(hit.entry.id, hit.start, named.end, "opens no clause")
        return None
    return Citation(hit.start, sentence.end, named.actors[:1], whole)


def _cites(page: Page, sentence: Sentence, hit: Hit, whole: bool) -> Citation | None:
    """`A dẫn thông báo của B …`: A and B, for what the rest of the sentence and a quotation begun in it tell."""
    citing, cited = _previous(page, sentence, hit), _next(page, sentence, hit)
    if citing is None or cited is None or citing.kind != "organisation":
        page.refuse(hit.entry.id, hit.start, hit.end, "who cites or who is cited is not named")
        return None
    chain = tuple(dict.fromkeys((citing.actors[0], cited.actors[0])))
    end = max([sentence.end, *(stop for start, stop in sentence.quotes if start >= hit.end)])
    return Citation(hit.end, end, chain, whole and _own(page, citing, hit))


def _own(page: Page, citing: Mention, hit: Hit) -> bool:
    """Whether the one who cites is told to be the page's own reporter."""
    after = hit.entry.after if isinstance(hit.entry, CitingWords) else ()
    before = page.text[max(0, citing.start - GAP) : citing.start].rstrip().casefold()
    return not after or before.endswith(after)


def _next(page: Page, sentence: Sentence, hit: Hit) -> Mention | None:
    """The first name after the words, with neither a mark nor a verb of speech between."""
    tops = grammar(page).tops
    first = bisect_left(tops, hit.start, key=START)
    for mention in tops[first : first + 1]:
        near = _joined(page, hit.end, max(hit.end, mention.start))
        if hit.end <= mention.end <= sentence.end and mention.actors and near:
            return mention
    return None


def _previous(page: Page, sentence: Sentence, hit: Hit) -> Mention | None:
    """The last name before the words, with neither a mark nor a verb of speech between."""
    tops = grammar(page).tops
    index = bisect_left(tops, hit.start, key=START) - 1
    mention = tops[index] if index >= 0 else None
    if mention and mention.start >= sentence.start and mention.actors and _joined(page, mention.end, hit.start):
        return mention
    return None


def _joined(page: Page, start: int, end: int) -> bool:
    if end - start > GAP or set(page.text[start:end]) & STOPS:
        return False
    heads = grammar(page).heads
    return bisect_left(heads, start, key=START) == bisect_left(heads, end, key=START)
