"""A brief as Markdown, with its passages as footnotes."""

from __future__ import annotations

import re

from servanda.desk.briefs.wording import SOURCE, Said, Worded
from servanda.desk.hostile import seen
from servanda.desk.words import cut

MARKS = re.compile(r"([\\`*_\[\]<>#|])")


def markdown(brief: Worded) -> str:
    """CommonMark with footnotes: what is cited follows at the end, each passage with its document and place."""
    lines = [f"# {plain(brief.title)}", "", f"{plain(brief.scope)}  ", plain(brief.rests), ""]
    for part in brief.parts:
        lines += [f"## {plain(part.heading)}", ""]
        lines += [f"- {_line(it)}" for it in part.lines]
        lines += [f"- … {plain(part.more)}"] if part.more else []
        lines.append("")
    for told in (*brief.nothing, brief.note):
        lines += [f"*{plain(told)}*", ""]
    lines += [f"## {plain(brief.sources_heading)}", ""]
    lines += [
        f"[^{n}]: “{plain(cut(row['quote'], SOURCE))}” {plain(told)}" for n, (told, row) in enumerate(brief.sources, 1)
    ]
    return "\n".join(lines) + "\n"


def _line(said: Said) -> str:
    told = [f"**{plain(said.text)}**", f"“{plain(said.quote)}”" if said.quote else "",
            f"({plain(said.remark)})" if said.remark else ""]  # fmt: skip
    return " ".join(it for it in told if it) + "".join(f"[^{n}]" for n in said.cited)


def plain(words: str) -> str:
    """Words that Markdown takes for nothing but words."""
    return MARKS.sub(r"\\\1", " ".join(seen(words).split()))
