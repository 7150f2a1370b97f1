"""The lexicon of a language: every data file of `world/` and `lang/<xx>/`, checked, and one automaton over all words.

`load("vi")` is cached. A broken entry raises BadData with file, key and why. `Lexicon.scan` makes one pass over a
folded text and returns the hits of each file, offsets in code points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, TypeVar

import yaml
from ahocorasick_rs import AhoCorasick, MatchKind
from pydantic import ValidationError

from servanda.errors import BadData
from servanda.folding import bare, fold
from servanda.vocabulary import FILES, Entry, expand
from servanda.yamlfile import yaml_file

HERE = Path(__file__).parent
E_ = TypeVar("E_", bound=Entry)


class Hit(NamedTuple):
    """A word of the lexicon in the text: where, and whose."""

    start: int
    end: int
    entry: Entry


_hit = tuple.__new__  # a Hit at half the price of Hit(...)


class _Form(NamedTuple):
    """A form of an entry's word: `file` is the number of its data file, `wants` what the text itself must say."""

    file: int
    entry: Entry
    wants: str | None  # None: any case; "": a capital; else these very letters


def _wants(word: str) -> str | None:
    letters = [c for c in word if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return word
    return "" if word[:1].isupper() else None


_Automaton: TypeAlias = tuple[AhoCorasick, list[tuple[_Form, ...]]]


class Lexicon:
    """The entries of a language and the world, by file, and the scan over their words."""

    def __init__(self, language: str, files: dict[str, tuple[Entry, ...]]) -> None:
        self.language, self.files = language, files
        self._forms: dict[str, list[_Form]] = {}
        self._automata: dict[bool, _Automaton] = {}

    def entries(self, file: str, kind: type[E_]) -> tuple[E_, ...]:
        """The entries of one data file (`states`), typed."""
        return tuple(e for e in self.files.get(file, ()) if isinstance(e, kind))

    def _automaton(self, without_accents: bool) -> _Automaton:
        """Made when first asked for; by hand, as a compiled class keeps no cached property."""
        made = self._automata.get(without_accents)
        if made is None:
            self._forms = self._forms or _forms(self.files)
            made = self._automata[without_accents] = _automaton(_bare(self._forms) if without_accents else self._forms)
        return made

    def scan(self, text: str, folded: str, *, without_accents: bool = False) -> dict[str, list[Hit]]:
        """Every word of the lexicon in the text, by file, ordered by start and then longest first."""
        automaton, groups = self._automaton(without_accents)
        found: list[list[Hit]] = [[] for _ in self.files]
        padded = folded + " "
        matches: list[tuple[int, int, int]] = automaton.find_matches_as_indexes(folded, overlapping=True)
        matches.reverse()  # they come by end: reversed, and sorted by start, the longest stands first
        matches.sort(key=itemgetter(1))
        for index, start, end in matches:
            before, after = padded[start - 1], padded[end]
            if (before != " " and before.isalnum() and padded[start].isalnum()) or (
                after != " " and after.isalnum() and padded[end - 1].isalnum()
            ):
                continue
            for file, entry, wants in groups[index]:
                if wants is None or (text[start:end] == wants if wants else text[start].isupper()):
                    found[file].append(_hit(Hit, (start, end, entry)))
        return {file: hits for file, hits in zip(self.files, found, strict=True) if hits}


def _forms(files: dict[str, tuple[Entry, ...]]) -> dict[str, list[_Form]]:
    """Every form of every word, folded, and whose it is."""
    found: dict[str, list[_Form]] = {}
    for number, entries in enumerate(files.values()):
        for entry in entries:
            for word in _words(entry):
                for form in expand(word):
                    found.setdefault(fold(form), []).append(_Form(number, entry, _wants(form)))
    return found


def _bare(forms: dict[str, list[_Form]]) -> dict[str, list[_Form]]:
    """The same without accents."""
    groups: dict[str, list[_Form]] = {}
    for key, those in forms.items():
        groups.setdefault(bare(key), []).extend(those)
    return groups


def _automaton(forms: dict[str, list[_Form]]) -> _Automaton:
    """The words as one automaton, and by its numbers the forms of each: only what the scan touches."""
    return AhoCorasick(list(forms), matchkind=MatchKind.Standard), [tuple(group) for group in forms.values()]


def longest(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Of hits ordered by start and longest first, those that do not overlap an earlier one."""
    reach = -1
    for hit in hits:
        if hit.start >= reach:
            yield hit
            reach = hit.end


def _words(entry: Entry) -> Iterator[str]:
    yield from entry.words


def _load_file(path: Path) -> tuple[Entry, ...]:
    kind = FILES.get(path.stem)
    if kind is None:
        raise BadData(f"{path.name}: no kind of entry is declared for this file; known: {', '.join(sorted(FILES))}")
    try:
        raw: Any = yaml_file(path)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadData(f"{path.name}: cannot be read: {' '.join(str(error).split())}") from error
    if not isinstance(raw, list):
        raise BadData(f"{path.name}: must be a list of entries")
    return tuple(_entry(path.name, kind, number, item) for number, item in enumerate(raw, 1))


def _entry(file: str, kind: type[Entry], number: int, item: Any) -> Entry:
    try:
        return kind.model_validate(item)
    except ValidationError as error:
        first = error.errors()[0]
        name = item.get("id", f"entry {number}") if isinstance(item, dict) else f"entry {number}"
        key = ".".join(str(part) for part in first["loc"]) or "entry"
        raise BadData(f"{file}: {name}: {key}: {first['msg']}") from error


@cache
def load(language: str = "vi", root: Path = HERE) -> Lexicon:
    """The lexicon of `language`, once a process. Raises BadData naming file, key and why."""
    folder = root / "lang" / language
    if not folder.is_dir():
        raise BadData(f"lang/{language}: no such language")
    files: dict[str, tuple[Entry, ...]] = {}
    for path in sorted([*(root / "world").glob("*.yaml"), *folder.glob("*.yaml")]):
        files[path.stem] = files.get(path.stem, ()) + _load_file(path)
    return Lexicon(language, files)
