"""Acts, training and agreements as outcomes: aid, refusals, support that is shown, what was signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.fuzz import token_set_ratio

from servanda.keep.answers import Answers, about, answerers, doers, keys, receivers
from servanda.keep.facts import Fact
from servanda.keep.names import Who
from servanda.keep.promises import Promise, moved
from servanda.keep.rules import rules
from servanda.keep.weighing import Status, Weighed, any_alike, share, states_of, weighed
from servanda.keep.when import apart, when
from servanda.keep.wording import own_words

FEWEST = 3  # words of its own: of fewer, a part says nothing
SAME = 0.7  # of the words: what is refused is what was asked, however long ago
NAME = 4  # words: an agreement's name of fewer is any agreement's


def answered(promise: Promise, answers: Answers) -> Iterator[Weighed]:
    """Acts that answer: aid, a refusal, a yes; in the same document only right after what was asked."""
    made = _asked(promise)
    if made is None:
        return
    who, others = answerers(made), made.by if made.kind in rules().refusable else made.to
    topics = [*about(made, others), *rules().refusals, *rules().accepts]
    for fact in answers.near(answers.acts, [f"{a}|{b}" for a in keys(who) for b in topics], made.time):
        features = _answer(made, fact, who, others)
        says_yes, says_no = fact.mode in rules().accepts, rules().answers.get(fact.status) == "refused"
        if (fact.number == made.number and not features["reply"]) or (says_no and made.kind not in rules().refusable):
            continue
        if says_yes and (made.kind not in rules().refusable or not (features["reply"] or features["invited"])):
            continue
        status: Status = "accepted" if says_yes else rules().answers[fact.status]  # type: ignore[assignment]
        yield weighed("answered", features, fact.passage, status, fact.mode or fact.status, fact.number)


def _asked(promise: Promise) -> Fact | None:
    """The words that ask, invite or offer; else those of a pledge."""
    first = promise.made.number
    own = [f for f in promise.facts if f.number == first and f.record in ("act", "plan")]
    asked = next((f for f in own if f.kind in rules().refusable), None)
    return asked or (promise.made if promise.made.record == "act" else None)


def _answer(made: Fact, fact: Fact, who: Sequence[Who], others: Sequence[Who]) -> dict[str, float]:
    order, gap = made.time.order(fact.time), made.time.apart(fact.time)
    after = fact.passage.start - made.passage.start if fact.number == made.number else -1
    near = 0 <= after <= made.passage.end - made.passage.start + rules().beside
    addressed = share(others, fact.to)
    no, content = fact.mode in rules().refusals, _content(made, fact)
    return {
        "actor": float(share(who, fact.by)),
        "addressee": float(addressed),
        "topic": float(bool(set(made.topics) & set(fact.topics))),
        "content": content,
        "reply": float(near and _says_yes_or_no(fact) and fact.passage != made.passage and any_alike(who, fact.by)),
        "invited": float(made.kind == "invitation" and fact.mode in rules().accepts and addressed
                         and any_alike(who, fact.by)),
        "demand": float(no and made.status in rules().demands and _of_terms(made)),
        "far": float(no and gap > rules().soon and content < SAME),
        "later": float(order > 0),
        "before": float(order < 0),
    }  # fmt: skip


def _of_terms(made: Fact) -> bool:
    """It demands an answer to other demands, or that they be met: who refuses these refuses it."""
    return any(f" {word} " in f" {made.said} " for word in rules().terms)


def _says_yes_or_no(fact: Fact) -> bool:
    return fact.mode in rules().accepts or rules().answers.get(fact.status) == "refused"


def _content(made: Fact, answer: Fact) -> float:
    """The part of the shorter one's words, without those of everybody's names, that stand in the other."""
    names = {word for w in (*made.by, *made.to, *answer.by, *answer.to) for form in w.forms for word in form.split()}
    a, b = (set(own_words(fact.said)) - names for fact in (made, answer))
    return len(a & b) / min(len(a), len(b)) if min(len(a), len(b)) >= FEWEST else 0.0


def helped(promise: Promise, answers: Answers) -> Iterator[Weighed]:
    """Training given by who promised support or was asked for it, to whom, in what it was promised for."""
    made = promise.made
    if made.record != "act" or made.kind not in ("pledge", "request") or not made.topics:
        return
    does = states_of(doers(promise))
    gets = states_of(receivers(promise)) or made.states - does
    if not does or not gets or does & gets:
        return
    for telling in answers.near(answers.help, [f"#{state}" for state in does], made.time):
        if telling.number == made.number:
            continue
        order = made.time.order(answers.when(telling))
        shared = len(set(made.topics) & set(telling.topics))
        features = {
            "doer": float(bool(does & telling.states)),
            "receiver": float(bool(gets & telling.states)),
            "topics": min(1.0, shared / 2),
            "words": max(0.0, token_set_ratio(made.said, telling.said) / 100 - 0.5),
            "later": float(order > 0),
            "before": float(order < 0),
        }
        yield weighed("helped", features, telling.passages[0], "partly_kept", telling.kind, telling.number)


def signed(promise: Promise, answers: Answers) -> Iterator[Weighed]:
    """The agreement that was to come, told as signed or adopted by another document."""
    made = promise.made
    if made.record != "agreement":
        return
    wanted = [f"{key}|{made.form}" for key in keys([*made.by, *made.to])]
    for fact in answers.near(answers.signed, wanted, made.time):
        if fact.number == made.number or fact.status not in rules().signs.get(made.status, ()):
            continue
        first, second = [*made.by, *made.to], [*fact.by, *fact.to]
        order = made.time.order(answers.when(fact))
        due, signed = when(made.due), when(fact.due)
        features = {
            "party": float(any_alike(first, second)),
            "parties": float(sum(any_alike([w], second) for w in first) >= 2),
            "kind": float(made.form == fact.form),
            "name": max(0.0, token_set_ratio(made.called, fact.called) / 100 - 0.5) * 2 if _long(made, fact) else 0.0,
            "date": float(bool(due and signed and apart(due, signed) <= rules().due_moved)),
            "within": float(_in_more(promise)),
            "unordered": float(not order),
            "later": float(order > 0),
            "before": float(order < 0),
        }
        late = moved(made.due, fact.due)
        yield weighed("signed", features, fact.passage, "changed" if late else "kept", fact.status, fact.number)


def _in_more(promise: Promise) -> bool:
    """The agreement is only spoken of, in words that ask or promise more."""
    first = promise.made.number
    acts = [f for f in promise.facts if f.record == "act" and f.number == first]
    return any(len(f.said) > 2 * len(promise.made.said) for f in acts)


def _long(made: Fact, fact: Fact) -> bool:
    return min(len(made.called.split()), len(fact.called.split())) >= NAME
