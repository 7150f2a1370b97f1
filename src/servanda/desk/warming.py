"""What takes longest when it is asked first is asked before a reader does: when the desk starts, and after a change."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from threading import Thread

from servanda import answers
from servanda.answers.asking import asking
from servanda.answers.brief import brief
from servanda.desk.geography import locate
from servanda.desk.languages import translations
from servanda.desk.pictures.calendar import ahead
from servanda.desk.pictures.filters import Filters
from servanda.desk.pictures.listings import SORTS, lasting, listing
from servanda.desk.pictures.meetings_map import placed
from servanda.desk.registers import Registers
from servanda.desk.settings import LANGUAGES
from servanda.errors import ServandaError
from servanda.review import open_questions
from servanda.store import Register

LOG = logging.getLogger("servanda.desk")
SEARCHED = 4  # names, those that most engagements have: what a search reads first is then at hand
STATES = 24  # those that most engagements have
YOUNG = 20_000  # new objects after which garbage is looked for: a page makes some ten thousand, and then lets them go


def sums(register: Register) -> None:
    """What the calendar and the timeline count over all that there is."""
    every = Filters()
    with asking(register) as question:
        counted = [it for _, it in ahead(question, every)]
        for it in (*counted, *(listing(question, sort, every, period=False) for sort in SORTS)):
            lasting(question, it)


def sides(register: Register) -> None:
    """Who speaks for the states that take part in most, and whom they deal with: what briefs on them read first."""
    for it in answers.busiest(register, STATES, "state"):
        brief(register, it["id"])


QUESTIONS: tuple[Callable[[Register], object], ...] = (
    lambda register: answers.programmes(register, limit=1),
    sums,
    lambda register: placed(register, Filters()),
    open_questions,
    sides,
    lambda register: [answers.search(register, it["name"]) for it in answers.busiest(register, SEARCHED)],
    lambda register: locate(""),
    lambda register: [translations(language) for language in LANGUAGES],
)


def warm(registers: Registers) -> None:
    """Ask in a thread of its own. A register that cannot be used yet is left to the reader, who is told so."""
    Thread(target=_ask, args=(registers,), name="servanda-warming", daemon=True).start()


def _ask(registers: Registers) -> None:
    try:
        _answer(registers)
    finally:
        if registers.settings.alone:
            settle()


def settle() -> None:
    """Leave out of every later garbage collection what is there now: the lexicon and all that is kept between pages.

    Gone through whole, it keeps each page waiting that is being made then, by 0.2 s at 50 000 documents.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)


def _answer(registers: Registers) -> None:
    try:
        register, behind = registers.get()
        for question in () if behind else QUESTIONS:
            question(register)
    except ServandaError as error:
        LOG.info("not asked beforehand: %s", error)
    except Exception:
        LOG.exception("what takes longest could not be asked beforehand")
