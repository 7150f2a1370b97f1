"""From bytes to text: UTF-8, else what the page declares, else the encoding in which the words look Vietnamese."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from servanda.errors import BadData, BadInput

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
TRIED = ("windows-1258", "tcvn3", "viscii", "vni")
WORD = re.compile(r"[^\W\d_]+")
TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
SYLLABLE = re.compile(r"(ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx])?[aăâeêioôơuưy]{1,3}(ng|nh|ch|[cmnpt])?")
CONVINCING = 0.85  # of the words with marks must be Vietnamese syllables
SAMPLE = 40_000  # bytes to judge by


def decode(data: bytes, source: str, declared: str | None = None) -> tuple[str, str | None]:
    """The text of `data`, and a note where it was not plain UTF-8. Raises BadInput naming what was tried."""
    for bom, name in BOMS:
        if data.startswith(bom) and name != "utf-8":
            return _strictly(data, name, source), f"decoded from {name.upper()}"
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        where = error.start
    if declared and (text := _as(data, declared)) is not None and "\ufffd" not in text:
        return text, f"decoded from {declared}, as it declares"
    found = _wide(data) or _vietnamese(data) or _western(data)
    if found is None:
        tried = ", ".join(("UTF-16", *TRIED, "windows-1252"))
        raise BadInput(source, f"not UTF-8 (byte {where}), and no text in {tried}; convert it with iconv -t UTF-8")
    return found[0], f"decoded from {found[1]}: not UTF-8 (byte {where})"


def _strictly(data: bytes, name: str, source: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise BadInput(source, f"starts as {name.upper()} but is not (byte {error.start})") from error


def _as(data: bytes, name: str) -> str | None:
    """The bytes in a named encoding, ours included; None where the name is unknown or they do not fit."""
    ours = _legacy().get(name.strip().lower())
    try:
        return ours(data) if ours else data.decode(name.strip())
    except (LookupError, UnicodeError):
        return None


def _wide(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without its mark: every other byte of Latin letters is zero."""
    for name, zeros in (("utf-16-le", data[1:SAMPLE:2]), ("utf-16-be", data[:SAMPLE:2])):
        if len(zeros) > 8 and zeros.count(0) * 2 > len(zeros) and (text := _as(data, name)) is not None:
            return text, name.upper()
    return None


def _vietnamese(data: bytes) -> tuple[str, str] | None:
    """The encoding, if any, in which nearly all words with marks are Vietnamese syllables."""
    if _damaged_utf8(data):
        return None
    scores = [(_likeness(_as(data[:SAMPLE], name)), name) for name in TRIED]
    score, name = max(scores, key=lambda it: it[0])
    text = _as(data, name) if score >= CONVINCING else None
    return (unicodedata.normalize("NFC", text), name) if text is not None else None


def _likeness(text: str | None) -> float:
    """Of the words with marks, the share that are Vietnamese syllables with at most one tone; none without any."""
    marked = [w for w in WORD.findall(unicodedata.normalize("NFC", text or "").lower()) if not w.isascii()]
    if len(marked) < 3:
        return 0.0
    return sum(map(_syllable, marked)) / len(marked)


def _syllable(word: str) -> bool:
    bare = TONE.sub("", unicodedata.normalize("NFD", word))
    tones = len(TONE.findall(unicodedata.normalize("NFD", word)))
    return tones <= 1 and SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


def _western(data: bytes) -> tuple[str, str] | None:
    """windows-1252 (Latin-1 with typographic quotes), where marks are as rare as in French or English."""
    high = sum(byte > 127 for byte in data[:SAMPLE])
    if high * 7 > len(data[:SAMPLE]) or _damaged_utf8(data):
        return None
    text = _as(data, "windows-1252")
    return (text, "windows-1252") if text is not None else None


def _damaged_utf8(data: bytes) -> bool:
    """Most bytes over 127 do make UTF-8: a cut or spoilt file, which no other encoding would mend."""
    kept = data.decode("utf-8", "ignore").encode()
    lost = len(data) - len(kept)
    return lost * 4 < sum(byte > 127 for byte in kept[:SAMPLE])


@cache
def _legacy() -> dict[str, Callable[[bytes], str]]:
    """Decoders of the encodings that Python does not know, under every name they go by."""
    raw = yaml.safe_load(files("servanda.intake").joinpath("encodings.yaml").read_text(encoding="utf-8"))
    return {name: decoder for entry in raw for decoder in [_decoder(entry)] for name in entry["known_as"]}


def _decoder(entry: dict[str, Any]) -> Callable[[bytes], str]:
    if "marks" in entry:
        return _two_part(entry)
    table = "".join(entry["table"])
    if len(table) != 128:
        raise BadData(f"encodings.yaml: {entry['name']}: table: has {len(table)} characters, not 128")
    low = {chr(byte): letter for byte, letter in entry.get("low", {}).items()}
    mapping = str.maketrans(low | {chr(128 + n): character for n, character in enumerate(table)})
    return lambda data: data.decode("latin-1").translate(mapping)


def _two_part(entry: dict[str, Any]) -> Callable[[bytes], str]:
    marks = {written: mark for both, mark in entry["marks"].items() for written in both}
    pair = re.compile(f"([{entry['bases']}])([{''.join(marks)}])|[{''.join(entry['letters'])}]")

    def read(match: re.Match[str]) -> str:
        letter = entry["letters"].get(match[1] or match[0], match[1])
        return unicodedata.normalize("NFC", letter + marks[match[2]] if match[2] else letter)

    return lambda data: pair.sub(read, data.decode("windows-1252"))
