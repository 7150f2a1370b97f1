"""A folder of gold: `NAME.txt` and `NAME.json` side by side, each text read and compared."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from servanda.errors import BadInput
from servanda.evaluate.compare import Comparison, compare
from servanda.evaluate.gold import load_gold
from servanda.pipeline import read
from servanda.types import Document


def compare_folder(folder: Path) -> Iterator[tuple[str, Comparison]]:
    """Each document's name and comparison. Raises BadInput for a missing or undecodable text, BadData for bad gold."""
    golds = sorted(folder.glob("*.json"))
    if not golds:
        raise BadInput(str(folder), "no gold readings here (NAME.json beside NAME.txt)")
    for path in golds:
        text = _text(path.with_suffix(".txt"))
        yield path.stem, compare(text, load_gold(path, text), read(Document(text, str(path.with_suffix(".txt")))))


def digest(folder: Path) -> str:
    """SHA-256 over names and bytes of all texts and golds: figures of different data are never set side by side."""
    total = hashlib.sha256()
    for path in sorted([*folder.glob("*.txt"), *folder.glob("*.json")]):
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _text(path: Path) -> str:
    try:
        return unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(str(path), " ".join(str(error).split())) from error
