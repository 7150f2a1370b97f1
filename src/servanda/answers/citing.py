"""One citation: a fact's words by a permanent id, found again wherever they stand now, or said to be gone."""

from __future__ import annotations

from typing import Any

from servanda.answers.pages import Row
from servanda.errors import NotFound
from servanda.keep.citing import Cited, State, find_again, parsed
from servanda.keep.seen import again, seen
from servanda.records import Filed, Record
from servanda.store import Register, extent, filed, text_of
from servanda.store.judging import holding, texts_with

KINDS = ("engagement", "act", "position", "plan", "contribution", "agreement", "date", "actor")


def citation(register: Register, id: str) -> Row:
    """`id` (permanent), `key, kind, state, quote, source, start, end`, the document's `title, publisher, published,
    url, language`, and `present {quote, start, end}` where other words stand there now, `reason` where withdrawn.

    `id` is a permanent id or the key of any record. `state`: `stands`; `moved` (the same words in a newer text);
    `changed` (reworded, or read on other words); `unread` (the words stand, but are no longer read so); `gone`;
    `withdrawn`. Raises NotFound on what no document ever held.
    """
    cited = parsed(id)
    if cited is None:
        document, record = _present(register, id)
        if document is None or record is None:
            document, record = _present(register, id, status=None)
            if document is not None and record is not None:
                return _again(register, Cited(record.key, document.id, record.start, record.end))
            count, newest = extent(register)
            latest = f", the newest of {newest}" if newest else ""
            raise NotFound(f"{id[:80]}: no record of this key in {count} documents of {register.shown}{latest}")
        cited = Cited(record.key, document.id, record.start, record.end)
        return _row(cited, document, record.words, "stands", record.kind)
    return _again(register, cited)


def replaced(register: Register, source: str, start: int, end: int) -> Row | None:
    """The citation of words at this place of `source`, where they are of a text that another one replaced since.

    Of which text they are is told by the statements that stand exactly there, else by where words begin and end. None
    where they are of the present text, or of none.
    """
    numbers = holding(register, (), [source], status=None)
    texts = [it for it in filed(register, KINDS, numbers=numbers, status=None) if it.status != "withdrawn"]
    texts.sort(key=lambda it: (it.status != "current", -it.number))
    if len(texts) < 2 or texts[0].status != "current":
        return None
    told = {it.number: _telling(it, start, end) for it in texts}
    held = {it.number: text_of(register, it.number) for it in texts}
    meant = max(texts, key=lambda it: (told[it.number] is not None, _whole(held[it.number], start, end)))
    words = held[meant.number][start:end]
    if meant.status == "current" or not words:
        return None
    found = _in_newer_text(register, Cited(told[meant.number] or "", meant.id, start, end), meant, words)
    return None if found["state"] == "stands" else found


def _telling(document: Filed, start: int, end: int) -> str | None:
    """The key of a record that stands, or says something, exactly there."""
    place = (start, end)
    found = (it.key for it in document.records.values()
             if (it.start, it.end) == place or any((s.start, s.end) == place for s in it.statements))  # fmt: skip
    return next(found, None)


def _whole(text: str, start: int, end: int) -> bool:
    """Whether whole words stand there."""
    cut = (text[place - 1 : place + 1].isalnum() for place in (start, end) if 0 < place < len(text))
    return end <= len(text) and not any(cut)  # two letters in a row make one word


def _present(register: Register, key: str, status: str | None = "current") -> tuple[Filed | None, Record | None]:
    numbers = holding(register, [key], status=status)
    for document in filed(register, KINDS, numbers=numbers, status=status) if numbers else ():
        for record in document.records.values():
            if record.key == key:
                return document, record
    return None, None


def _again(register: Register, cited: Cited) -> Row:
    document, record = _present(register, cited.key)
    numbers = texts_with(register, cited.document)
    held = list(filed(register, KINDS, numbers=numbers, status=None)) if numbers else []
    if not held:
        if document is None or record is None:
            raise NotFound(f"{cited.id}: neither this text nor this record was ever in {register.shown}")
        return _row(cited, document, record.words, "changed", record.kind, (record.start, record.end, record.words))
    first = next((it for it in held if it.status == "current"), held[-1])
    words = text_of(register, first.number)[cited.start : cited.end]
    if first.status == "current":
        return _in_its_text(cited, first, words)
    if first.status == "withdrawn":
        return {**_row(cited, first, words, "withdrawn", None), "reason": first.status_reason}
    return _in_newer_text(register, cited, first, words)


def _in_its_text(cited: Cited, document: Filed, words: str) -> Row:
    """The text is as it was: what is read there may have changed."""
    record = next((it for it in document.records.values() if it.key == cited.key), None)
    if record is None:
        return _row(cited, document, words, "unread", None)
    if (record.start, record.end) == (cited.start, cited.end):
        return _row(cited, document, words, "stands", record.kind)
    return _row(cited, document, words, "changed", record.kind, (record.start, record.end, record.words))


def _in_newer_text(register: Register, cited: Cited, old: Filed, words: str) -> Row:
    newer = next(iter(filed(register, KINDS, numbers=holding(register, (), [old.source]))), None)
    if newer is None:
        return _row(cited, old, words, "gone", None)
    text = text_of(register, newer.number)
    state, start, end = find_again(words, cited.start, text)
    if state == "gone":
        return _row(cited, old, words, "gone", None)
    if (start, text[start:end]) == (cited.start, words):
        state = "stands"
    record = next((r for r in old.records.values() if r.key == cited.key), None)
    now = again(seen(old, record), newer) if record is not None else None
    return _row(cited, newer, words, state, now.kind if now else None, (start, end, text[start:end]))


def _row(
    cited: Cited, document: Filed, words: str, state: State, kind: str | None, now: tuple[int, int, str] | None = None
) -> Row:
    about: dict[str, Any] = {name: getattr(document, name)
                             for name in ("title", "publisher", "published", "url", "language")}  # fmt: skip
    start, end, present = now or (cited.start, cited.end, words)
    told = {"quote": present, "start": start, "end": end} if present != words else None
    return {"id": cited.id, "key": cited.key, "kind": kind, "state": state, "quote": words, "source": document.source,
            "start": start, "end": end, **about, "present": told, "reason": None}  # fmt: skip
