"""A brief as a document for a word processor."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor

from servanda.desk.briefs.wording import SOURCE, Part, Worded
from servanda.desk.hostile import seen
from servanda.desk.words import cut

GREY = RGBColor(0x55, 0x55, 0x55)
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx(brief: Worded) -> bytes:
    """The bytes of a DOCX file, set small so that a brief is a page or two."""
    made = Document()
    _style(made)
    made.core_properties.title = brief.title
    made.core_properties.language = brief.language
    made.add_heading(_plain(brief.title), level=1)
    _say(made.add_paragraph(), f"{brief.scope}. {brief.rests}", grey=True)
    for part in brief.parts:
        _part(made, part)
    for told in (*brief.nothing, brief.note):
        _say(made.add_paragraph(), told, italic=True)
    made.add_heading(_plain(brief.sources_heading), level=2)
    for n, (told, row) in enumerate(brief.sources, 1):
        line = made.add_paragraph()
        _say(line, f"[{n}] “{cut(row['quote'], SOURCE)}” ", size=8)
        _say(line, told, size=8, grey=True)
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _style(made: Any) -> None:
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(10.5)
    normal.paragraph_format.space_after = Pt(2)
    for level in (1, 2):
        heading = made.styles[f"Heading {level}"]
        heading.font.name, heading.font.size = "Times New Roman", Pt(16 if level == 1 else 11.5)
        heading.font.color.rgb = RGBColor(0, 0, 0)
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(7), Pt(2)
    for section in made.sections:
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(1.8)


def _part(made: Any, part: Part) -> None:
    made.add_heading(_plain(part.heading), level=2)
    bullet = made.styles["List Bullet"].style_id
    for said in part.lines:
        line = made.add_paragraph()
        line._p.style = bullet  # by its name it would be looked up, and the default beside it, for every line
        line.alignment = WD_ALIGN_PARAGRAPH.LEFT
        _say(line, said.text, bold=True)
        _say(line, f" “{said.quote}”" if said.quote else "")
        _say(line, f" ({said.remark})" if said.remark else "", grey=True)
        _say(line, "".join(f" [{n}]" for n in said.cited), size=8)
    if part.more:
        _say(made.add_paragraph(style="List Bullet"), f"… {part.more}", grey=True)


def _say(
    line: Any, words: str, *, bold: bool = False, italic: bool = False, grey: bool = False, size: float = 0
) -> None:
    if not words:
        return
    run = line.add_run(_plain(words))
    if bold:
        run.bold = True
    if italic:
        run.italic = True
    if grey:
        run.font.color.rgb = GREY
    if size:
        run.font.size = Pt(size)


def _plain(words: str) -> str:
    """Without what XML or a reader's eye cannot take."""
    return "".join(c for c in seen(words) if c >= " " and not "\ud800" <= c <= "\udfff")
