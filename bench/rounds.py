"""Other articles made of real ones: the same texts told again with other names, other words and later months.

Words are exchanged for words of the same length, the same one everywhere in a round, so that lengths, repetitions and
who meets whom stay those of real texts; states keep their codes. Rows of a register are changed the same way: a value
is taken apart once into pieces, and a round changes each distinct piece once.
"""

from __future__ import annotations

import random
import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from operator import itemgetter
from typing import Any

import orjson

from servanda.answers.assembly import folded
from servanda.answers.assembly.work import digest
from servanda.keep.when import when
from servanda.store.sheets import name_key

STEP = 10**6  # numbers of documents of one round
WORD = re.compile(r"\w+")
HEX = re.compile(r"[0-9a-f]{16}")
EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=\D|$)")
PIECES = re.compile(r"(?P<months>@\d+-\d+$)|(?P<date>\d{4}-\d\d(?!\d))|(?P<word>(?<![#\w])\w+)")
AT = re.compile(r"#(\d+)")
KINDS = (
    "word",
    "bare",
    "folded",
    "key",
    "source",
    "actor",
    "document",
    "date",
    "months",
    "month",
    "hashed",
    "digest",
    "same",
)

Pieces = tuple[int, ...]
Change = Callable[["Round", str], str]


class Round:
    """Another set of the same articles; `number` is how many months later, and 0 the articles themselves."""

    def __init__(self, number: int, words: Sequence[str]) -> None:
        self.number = number
        self.mask = int.from_bytes(blake2b(f"round {number}".encode(), digest_size=8).digest(), "big")
        self.words = dict(self._exchanged(words))

    def _exchanged(self, words: Sequence[str]) -> Iterator[tuple[str, str]]:
        alike: dict[tuple[int, bool, bool], list[str]] = {}
        for word in words:
            if not word.isdecimal():
                alike.setdefault((len(word), word[:1].isupper(), word.isascii()), []).append(word)
        for group in alike.values():
            others = group.copy()
            random.Random(self.number).shuffle(others)
            yield from zip(group, others, strict=True)

    def word(self, word: str) -> str:
        """Another word of the same length."""
        return self.words.get(word, word)

    def bare(self, word: str) -> str:
        """The same without accents, as names are looked up."""
        return name_key(self.word(word))

    def folded(self, word: str) -> str:
        """The same as texts are searched."""
        return folded(self.word(word))

    def key(self, key: str) -> str:
        """Another key of a record, or id of a text."""
        return f"{int(key, 16) ^ self.mask:016x}"

    def source(self, source: str) -> str:
        """Another address."""
        return f"{source}?round={self.number}"

    def actor(self, actor: str) -> str:
        """Another actor's id."""
        return f"{actor}~{self.number}"

    def document(self, number: str) -> str:
        """The number of a document, as `#12`."""
        return f"#{int(number[1:]) + self.number * STEP}"

    def date(self, edtf: str) -> str:
        """So many months later, on a day that there is."""
        return EDTF.sub(self._later, edtf)

    def _later(self, found: re.Match[str]) -> str:
        year, month, day = found.groups()
        if month is None:
            return f"{int(year) + self.number // 12:04}"
        months = int(year) * 12 + int(month) - 1 + self.number
        year, month = months // 12, months % 12 + 1
        return f"{year:04}-{month:02}" + (f"-{min(int(day), monthrange(year, month)[1]):02}" if day else "")

    def months(self, span: str) -> str:
        """A span of months, as `@24201-24203`."""
        first, last = span[1:].split("-")
        return f"@{int(first) + self.number}-{int(last) + self.number}"

    def month(self, month: str) -> str:
        """One month, as a number."""
        return str(int(month) + self.number)

    def hashed(self, number: str) -> str:
        """Another hash."""
        return str(int(number) ^ self.mask)

    def digest(self, number: str) -> str:
        """Another digest, of as many bits."""
        return str(int(number) ^ self.mask >> 1)

    def same(self, said: str) -> str:
        """What no round changes."""
        return said


class Column:
    """The values of one column, taken apart; `shift` is added to numbers in every round."""

    def __init__(self, values: Sequence[Any], *, shift: int = 0, pieces: dict[Any, Pieces | None] | None = None,
                 last: Callable[[str], Any] = str) -> None:  # fmt: skip
        self.values, self.shift, self.last = values, shift, last
        distinct = {} if pieces is None else {value: n for n, value in enumerate(pieces)}
        self.at = [distinct[value] for value in values] if pieces else None
        self.made = [_made(value, own) for value, own in (pieces or {}).items()]

    def of(self, it: Round, changed: Sequence[str]) -> Sequence[Any]:
        """In a round, of which `changed` are the pieces."""
        if self.shift:
            by = self.shift * it.number
            return [value + by if value else value for value in self.values]
        if self.at is None or not it.number:
            return self.values
        known = [value if get is None else self.last("".join(get(changed))) for value, get in self.made]
        return [known[n] for n in self.at]


def _made(value: Any, pieces: Pieces | None) -> tuple[Any, Callable[[Sequence[str]], Sequence[str]] | None]:
    if not pieces:
        return value, None
    return value, itemgetter(*pieces) if len(pieces) > 1 else itemgetter(slice(pieces[0], pieces[0] + 1))


class Taking:
    """Takes values apart into pieces that all columns share. `sources`, `actors`: addresses and ids to be exchanged;
    `parts`: what the digests of keys were made of."""

    def __init__(self, sources: set[str], actors: set[str], parts: dict[int, tuple[object, ...]]) -> None:
        self.sources, self.actors, self.parts = sources, actors, parts
        self.pieces: dict[tuple[str, str], int] = {}
        self.kinds: dict[str, Change] = {name: getattr(Round, name) for name in KINDS}

    def changed(self, it: Round) -> list[str]:
        """Every piece as a round has it."""
        return [self.kinds[kind](it, said) for kind, said in self.pieces]

    def _join(self, found: Sequence[tuple[str, str]]) -> Pieces | None:
        """The pieces of these, what does not change put together; None where nothing changes."""
        if all(kind == "same" for kind, _ in found):
            return None
        joined: list[tuple[str, str]] = []
        for kind, said in found:
            if kind == "same" and joined and joined[-1][0] == "same":
                joined[-1] = ("same", joined[-1][1] + said)
            else:
                joined.append((kind, said))
        return tuple(self.pieces.setdefault(it, len(self.pieces)) for it in joined)

    def told(self, said: str, kind: str = "word") -> Pieces | None:
        """Words, and what stands between them."""
        return self._join(_worded(said, kind, str))

    def text(self, said: str) -> Pieces | None:
        """The words of a text as they are searched, single spaces between."""
        found = [piece for word in WORD.findall(said) for piece in (("folded", word), ("same", " "))]
        return self._join(found)

    def date(self, edtf: str) -> Pieces | None:
        """A date."""
        return self._join([("date", edtf)])

    def id(self, said: str) -> Pieces | None:
        """A key, an address, an actor's id, the number of a document; anything else stays."""
        return self._join([(self._id(said) or "same", said)])

    def _id(self, said: str) -> str | None:
        kinds = {"key": HEX.fullmatch(said), "source": said in self.sources, "actor": said in self.actors,
                 "document": AT.fullmatch(said)}  # fmt: skip
        return next((kind for kind, is_so in kinds.items() if is_so), None)

    def value(self, said: str) -> Pieces | None:
        """Anything that a statement says."""
        return self.date(said) if when(said) else self.told(said)

    def json(self, row: str) -> Pieces | None:
        """JSON, each string in it by what it is."""
        return self._join(list(self._json(orjson.loads(row))))

    def _json(self, it: Any) -> Iterator[tuple[str, str]]:
        if isinstance(it, dict | list):
            yield "same", "{" if isinstance(it, dict) else "["
            for n, part in enumerate(it.items() if isinstance(it, dict) else it):
                yield "same", "," if n else ""
                if isinstance(it, dict):
                    yield "same", f"{_quoted(part[0])}:"
                yield from self._json(part[1] if isinstance(it, dict) else part)
            yield "same", "}" if isinstance(it, dict) else "]"
        elif isinstance(it, str):
            yield "same", '"'
            kind = self._id(it) or ("date" if when(it) else None)
            yield from [(kind, it)] if kind else _worded(it, "word", lambda said: _quoted(said)[1:-1])
            yield "same", '"'
        else:
            yield "same", orjson.dumps(it).decode()

    def digest(self, number: int) -> Pieces | None:
        """A digest of what every round changes."""
        return self._join([("digest", str(number))])

    def block(self, key: int) -> Pieces | None:
        """What the key of a block was made of: the same where it names states and no words."""
        found: list[tuple[str, str]] = []
        for n, part in enumerate(self.parts.get(key, (key,))):
            found += [("same", "\x1f")] if n else []
            found += [_numbered(part)] if isinstance(part, int) else list(_part(str(part)))
        return self._join(found)


def _quoted(said: str) -> str:
    return orjson.dumps(said).decode()


def _worded(said: str, kind: str, plain: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    at = 0
    for word in WORD.finditer(said):
        yield "same", plain(said[at : word.start()])
        yield kind, word.group()
        at = word.end()
    yield "same", plain(said[at:])


def _numbered(part: int) -> tuple[str, str]:
    return ("month" if part < 10**6 else "hashed", str(part))


def _part(said: str) -> Iterator[tuple[str, str]]:
    at = 0
    for piece in PIECES.finditer(said):
        yield "same", said[at : piece.start()]
        yield str(piece.lastgroup), piece.group()
        at = piece.end()
    yield "same", said[at:]


def as_key(joined: str) -> int:
    """A block's key of what it is made of, joined as `work.digest` does."""
    return digest(joined)
