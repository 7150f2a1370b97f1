"""States by any of their names, in the languages of the lexicon: where a register's own documents use another."""

from __future__ import annotations

from functools import cache

from servanda.folding import fold
from servanda.lexicon import load
from servanda.vocabulary import Body, HomeNames, NameWord, State, expand

LANGUAGE, OWN = "vi", "VN"


def state_called(name: str) -> str | None:
    """The ISO 3166 code of the state of this name (Japan, Nhật Bản) or code; None where there is none."""
    return name if name in _codes().values() else _codes().get(fold(name))


@cache
def _codes() -> dict[str, str]:
    return {fold(form): code for form, code in states().items()}


@cache
def states() -> dict[str, str]:
    """The ISO 3166 code of each state, by every name as it is written."""
    known = load(LANGUAGE).entries("states", State)
    return {form: it.id for it in known for words in (*it.words, *it.paired) for form in expand(words)}


@cache
def only_paired() -> frozenset[str]:
    """Names that mean a state only beside another, as they are written: `Trung` in `Trung - Việt`. A language's own
    state is meant by its own wherever it stands: `người Việt`."""
    known = load(LANGUAGE).entries("states", State)
    whole = {form for it in known for words in it.words for form in expand(words)}
    return frozenset(form for it in known for words in it.paired if it.id != OWN for form in expand(words)) - whole


@cache
def own_names() -> HomeNames:
    """What the people of the state `OWN` are called."""
    return HomeNames.of(load(LANGUAGE).entries("name_words", NameWord))


@cache
def states_of_bodies() -> dict[str, str]:
    """The ISO 3166 code of the state that a body belongs to, by the body's own code."""
    known = load(LANGUAGE).entries("bodies", Body)
    return {it.code: it.state for it in known if it.code and it.state}
