"""A brief as a document for a word processor: its paragraphs are written as WordprocessingML into a document that is
made and styled once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt, RGBColor

from servanda.desk.briefs.wording import SOURCE, Part, Worded
from servanda.desk.hostile import seen
from servanda.desk.words import cut

GREY, SMALL = '<w:color w:val="555555"/>', '<w:sz w:val="16"/>'  # properties of words: a colour, 8 points
BOLD, ITALIC = "<w:b/>", "<w:i/>"
TITLE, HEADING, BULLET = "Heading1", "Heading2", "ListBullet"  # ids of styles
NONE = re.compile("[\x00-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML takes for no character, and ends of lines
BODY, CORE = "word/document.xml", "docProps/core.xml"  # parts of the file
MARK, TITLED, SPOKEN, WRITTEN = "brief-body", "brief-title", "brief-language", "brief-written"  # what stands for them
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx(brief: Worded) -> bytes:
    """The bytes of a DOCX file, set small so that a brief is a page or two."""
    parts, kept = _template(), BytesIO()
    body = parts[BODY].replace(MARK, "".join(_paragraphs(brief)))
    core = parts[CORE].replace(TITLED, escape(_plain(brief.title))).replace(SPOKEN, brief.language)
    written = {BODY: body, CORE: core.replace(WRITTEN, datetime.now(UTC).isoformat(timespec="seconds")[:19] + "Z")}
    with ZipFile(kept, "w", ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, written.get(name, part))
    return kept.getvalue()


@cache
def _template() -> dict[str, Any]:
    """The parts of an empty document in the style of briefs, made once: bytes, and words where it is written in."""
    made, kept = Document(), BytesIO()
    _style(made)
    about = made.core_properties
    about.title, about.language, about.author, about.comments = TITLED, SPOKEN, "Servanda", ""
    made.element.body.sectPr.addprevious(parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>{MARK}</w:t></w:r></w:p>"))
    made.save(kept)
    with ZipFile(kept) as file:
        parts: dict[str, Any] = {name: file.read(name) for name in file.namelist()}
    parts[BODY] = re.sub(f"<w:p>(?:(?!</w:p>).)*{MARK}.*?</w:p>", MARK, parts[BODY].decode(), count=1)
    parts[CORE] = re.sub(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rf"\g<1>{WRITTEN}", parts[CORE].decode())
    return parts


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


def _paragraphs(brief: Worded) -> Iterator[str]:
    yield _paragraph(_said(brief.title), style=TITLE)
    yield _paragraph(_said(f"{brief.scope}. {brief.rests}", GREY))
    for part in brief.parts:
        yield from _part(part)
    for told in (*brief.nothing, brief.note):
        yield _paragraph(_said(told, ITALIC))
    yield _paragraph(_said(brief.sources_heading), style=HEADING)
    for n, (told, row) in enumerate(brief.sources, 1):
        yield _paragraph(_said(f"[{n}] “{cut(row['quote'], SOURCE)}” ", SMALL), _said(told, GREY + SMALL))


def _part(part: Part) -> Iterator[str]:
    yield _paragraph(_said(part.heading), style=HEADING)
    for said in part.lines:
        yield _paragraph(
            _said(said.text, BOLD),
            _said(f" “{said.quote}”" if said.quote else ""),
            _said(f" ({said.remark})" if said.remark else "", GREY),
            _said("".join(f" [{n}]" for n in said.cited), SMALL),
            style=BULLET, more='<w:jc w:val="left"/>',
        )  # fmt: skip
    if part.more:
        yield _paragraph(_said(f"… {part.more}", GREY), style=BULLET)


def _paragraph(*runs: str, style: str = "", more: str = "") -> str:
    about = (f'<w:pStyle w:val="{style}"/>' if style else "") + more
    return f"<w:p>{f'<w:pPr>{about}</w:pPr>' if about else ''}{''.join(runs)}</w:p>"


def _said(words: str, properties: str = "") -> str:
    """A run of words with these properties, in the order that the schema has them."""
    if not words:
        return ""
    about = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{about}<w:t xml:space="preserve">{escape(_plain(words))}</w:t></w:r>'


def _plain(words: str) -> str:
    """Without what XML or a reader's eye cannot take."""
    return NONE.sub("", seen(words))
