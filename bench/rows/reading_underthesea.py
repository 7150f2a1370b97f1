"""One full reading against underthesea's recognition of names, sentence by sentence, on the same documents."""

from __future__ import annotations

from rows import Row, articles, best, peer
from servanda import Document, read

WHAT, REACH, AIM = "full reading against underthesea's names", "≥ 50", "100"
DOCUMENTS, ROUNDS = 200, 3


def measure(smoke: bool) -> Row:
    """Documents a second as a ratio, one process each, process time; theirs once, ours the best of rounds."""
    over = articles(3 if smoke else DOCUMENTS)
    told = peer("underthesea_ner.py", "underthesea", over, offline=smoke)
    if isinstance(told, str):
        return Row(WHAT, None, "", REACH, AIM, f"underthesea cannot be had: {told}")
    read(Document("", "the lexicon is loaded once"))
    ours = sum(best(lambda text: read(Document(text, "bench")), over, 1 if smoke else ROUNDS))
    theirs = sum(told["seconds"])
    note = (
        f"{len(over)} different documents: {len(over) / ours:.0f} documents/s against {len(over) / theirs:.2f} "
        f"of underthesea {told['version']}"
    )
    return Row(WHAT, theirs / ours, "×", REACH, AIM, note)
