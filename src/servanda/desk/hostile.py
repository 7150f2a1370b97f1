"""Text of unknown hands made harmless to look at: what is invisible or turns the line around is shown as a sign.

Escaping of markup is the templates' (they escape everything); this is about characters that no escaping touches.
"""

from __future__ import annotations

import re

from markupsafe import Markup

# C0 and C1 controls but for tab and line ends; zero-width and directional marks, embeddings, overrides, isolates; the
# byte order mark; tags; lone surrogates, which no encoding carries.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)


def seen(text: str) -> str:
    """The text with each such character replaced by a sign that names it: `␀`, `⟦U+202E⟧`."""
    return UNSEEN.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    code = ord(found.group())
    return chr(0x2400 + code) if code < 0x20 else f"⟦U+{code:04X}⟧"


def finalized(value: object) -> object:
    """What a template prints for a value: nothing for None, hostile characters as signs."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup):
        return seen(value)
    return value
