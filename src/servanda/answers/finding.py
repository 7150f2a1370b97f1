"""What has all of some words: on SQLite by FTS5, on PostgreSQL by its own full text search. The last kept come first.

Numbers of one sort lie together (`assembly.RANGE`) and later ones are higher, so the last that have the words are found
without going through all: SQLite goes backwards through its index; PostgreSQL, whose index knows no order, first goes
backwards through the rows kept lately, where frequent words are soon found often enough, and asks the index of a sort
only where they are not: of what is rare it knows few.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from sqlalchemy import TextClause, text

from servanda.answers.asking import Question
from servanda.answers.assembly import ORDER, RANGE, folded
from servanda.errors import BadQuestion

LONGEST = 1000  # characters of a question
LATELY, EACH = 2000, 10  # rows kept lately of one sort that are looked at, and so many more for each one wanted
LATE_TEXTS, EACH_TEXT = 500, 5  # of whole texts
FTS = "SELECT rowid FROM search_words WHERE search_words MATCH ? AND rowid BETWEEN ? AND ?"
LATE = (
    "SELECT * FROM (SELECT number FROM (SELECT number, words FROM search_words WHERE number BETWEEN {low} AND {high}"
    " ORDER BY number DESC LIMIT {late}) AS lately{place} WHERE words @@ to_tsquery('simple', :words)"
    " ORDER BY number DESC LIMIT {most}) AS late{place}"
)
HAVING = text("SELECT number FROM search_words WHERE number = ANY(:numbers) AND words @@ to_tsquery('simple', :words)")
ALL = (  # OFFSET 0: by the index of the sort alone, never backwards through its rows
    "SELECT * FROM (SELECT number FROM (SELECT number FROM search_words WHERE words @@ to_tsquery('simple', :words)"
    " AND number BETWEEN {low} AND {high} OFFSET 0) AS every{place} ORDER BY number DESC LIMIT {most}) AS last{place}"
)


def asked_for(words: str) -> list[str]:
    """The words of a question, without accents; one letter that begins the next word waits. Raises BadQuestion."""
    if len(words) > LONGEST:
        raise BadQuestion(f"a question of {len(words)} characters; {LONGEST} is the most")
    found = folded(words).split()
    if not found:
        raise BadQuestion("a question needs a word")
    return found[:-1] if len(found) > 1 and len(found[-1]) == 1 else found


def holds(told: str, words: Sequence[str]) -> bool:
    """Whether folded text has all of these words, the last as the beginning of one."""
    padded = f" {told} "
    return all(f" {word} " in padded for word in words[:-1]) and _ended(words[-1]) in padded


def _ended(word: str) -> str:
    """The last word as it begins one; a single letter is a word of its own."""
    return f" {word} " if len(word) == 1 else f" {word}"


def place_of(sort: str) -> int:
    """Where the numbers of a sort lie, in ranges."""
    return ORDER.index(sort) + 1


def last_with(question: Question, words: Sequence[str], sorts: Collection[str], most: int) -> list[int]:
    """The numbers of the last so many of each sort that have the words, the highest first."""
    places = sorted(map(place_of, sorts), reverse=True)
    ask = _backwards if question.connection.dialect.name == "sqlite" else _lately
    return ask(question, words, places, most)


def having(question: Question, words: Sequence[str], sort: str, numbers: Collection[int]) -> set[int]:
    """Which of these numbers of one sort have the words."""
    if not numbers:
        return set()
    low, high = _range(place_of(sort))
    connection, match = question.connection, _match(question, words)
    if connection.dialect.name == "sqlite":
        query = f"{FTS} AND +rowid IN (SELECT value FROM json_each(?))"
        return set(connection.exec_driver_sql(query, (match, low, high, str(sorted(numbers)))).scalars())
    return set(connection.execute(HAVING, {"words": match, "numbers": sorted(numbers)}).scalars())


def _range(place: int) -> tuple[int, int]:
    return place * RANGE, (place + 1) * RANGE - 1


def _match(question: Question, words: Sequence[str]) -> str:
    *whole, last = words
    whole, begun = list(dict.fromkeys(whole)), len(last) > 1
    if question.connection.dialect.name == "sqlite":
        return " ".join([*(f'"{word}"' for word in whole), f'"{last}"{" *" if begun else ""}'])
    return " & ".join([*whole, f"{last}{':*' if begun else ''}"])


def _backwards(question: Question, words: Sequence[str], places: Sequence[int], most: int) -> list[int]:
    """Through the index from its end; where a sort has enough, on from the sort before."""
    found: dict[int, list[int]] = {place: [] for place in places}
    left = list(places)
    query, match = f"{FTS} ORDER BY rowid DESC LIMIT ?", _match(question, words)
    while left:
        given = (match, _range(left[-1])[0], _range(left[0])[1], most * len(left))
        full = None
        with question.connection.exec_driver_sql(query, given) as rows:
            for (number,) in rows:
                own = found[number // RANGE]
                own.append(number)
                if len(own) == most:
                    full = number // RANGE
                    break
        left = [place for place in left if full is not None and place < full]
    return [number for place in places for number in found[place]]


def _lately(question: Question, words: Sequence[str], places: Sequence[int], most: int) -> list[int]:
    """Among the rows kept lately; those of the sorts that do not have enough there, by their indexes."""
    given = {"words": _match(question, words)}
    found: dict[int, list[int]] = {place: [] for place in places}
    for number in question.connection.execute(_late(tuple(places), most), given).scalars():
        found[number // RANGE].append(number)
    left = tuple(place for place in places if len(found[place]) < most)
    found |= {place: [] for place in left}
    for number in question.connection.execute(_all(left, most), given).scalars() if left else ():
        found[number // RANGE].append(number)
    return [number for place in places for number in sorted(found[place], reverse=True)]


@cache
def _late(places: tuple[int, ...], most: int) -> TextClause:
    return _each(LATE, places, most)


@cache
def _all(places: tuple[int, ...], most: int) -> TextClause:
    return _each(ALL, places, most)


def _each(asked: str, places: tuple[int, ...], most: int) -> TextClause:
    """The same of each of these sorts."""
    texts, late, late_texts = place_of("document"), LATELY + EACH * most, LATE_TEXTS + EACH_TEXT * most
    return text(" UNION ALL ".join(
        asked.format(place=place, low=_range(place)[0], high=_range(place)[1], most=most,
                     late=late_texts if place == texts else late)
        for place in places
    ))  # fmt: skip
